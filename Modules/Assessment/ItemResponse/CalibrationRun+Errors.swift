extension CalibrationRun {
  /// The standard errors of all items' parameters.
  mutating func errors(
    _ table: ResponseTable, method: Calibration.ErrorMethod
  ) -> [Calibration.ItemErrors] {
    let information: SquareMatrix
    if method == .crossProduct {
      information = crossProducts(table)
    } else if model == .twoParameter, !table.hasMissing {
      information = louis(table)
    } else {
      information = differences()
    }
    let variances = information.inversePositive()
    let starts = self.starts
    return starts.indices.map { item in
      func error(_ place: Int) -> Double? {
        variances.flatMap { matrix in
          matrix[place, place] > 0 ? matrix[place, place].squareRoot() : nil
        }
      }
      let own = starts[item]
      let first = model.hasCommonSlope ? own : own + 1
      let categories = kernel.categoryCounts[item]
      return Calibration.ItemErrors(
        slope: error(model.hasCommonSlope ? 0 : own),
        intercepts: (0..<categories - 1).map { error(first + $0) },
        guessingLogit: model == .threeParameter ? error(first + categories - 1) : nil)
    }
  }

  /// The gradient of the log-likelihood, from the expected counts (Fisher's identity).
  private func gradient(_ all: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: all.count)
    let starts = self.starts
    unsafe counts.withUnsafeBufferPointer { counts in
      for item in starts.indices {
        let size = kernel.categoryCounts[item] * stride
        let begin = kernel.offsets[item] * stride
        let own = unsafe UnsafeBufferPointer(rebasing: counts[begin..<begin + size])
        let gradient = unsafe curves(item, starts[item], all).score(
          kernel.nodes, own, stride: stride
        ).gradient
        if model.hasCommonSlope {
          result[0] += gradient[0]
          for place in 1..<gradient.count { result[starts[item] + place - 1] = gradient[place] }
        } else {
          for place in gradient.indices { result[starts[item] + place] = gradient[place] }
        }
        if model == .threeParameter, let prior = options.guessingPrior {
          let place = starts[item] + ownCount(item) - 1
          result[place] -= (all[place] - prior.mean) / (prior.deviation * prior.deviation)
        }
      }
    }
    return result
  }

  /// The observed information by central differences of the gradient.
  private mutating func differences() -> SquareMatrix {
    let size = parameters.count
    var information = SquareMatrix(size: size)
    for column in 0..<size {
      let step = 1e-4 * max(1, abs(parameters[column]))
      var moved = parameters
      moved[column] += step
      _ = expectation(moved)
      let up = gradient(moved)
      moved[column] -= 2 * step
      _ = expectation(moved)
      let down = gradient(moved)
      for row in 0..<size { information[row, column] = (down[row] - up[row]) / (2 * step) }
    }
    for row in 0..<size {
      for column in 0..<row {
        let mean = (information[row, column] + information[column, row]) / 2
        information[row, column] = mean
        information[column, row] = mean
      }
    }
    return information
  }

  /// The products of persons' gradients, added up.
  private mutating func crossProducts(_ table: ResponseTable) -> SquareMatrix {
    let size = parameters.count
    let scores = ScoreTables(self)
    let logs = currentLogs()
    let width = kernel.width
    var information = SquareMatrix(size: size)
    var own = [Double](repeating: 0, count: size)
    let persons = table.persons.count
    let starts = self.starts
    unsafe kernel.posteriors(logs) { person, posterior, _ in
      for place in own.indices { own[place] = 0 }
      for item in starts.indices {
        let cell = table.cells[item * persons + person]
        guard cell != ResponseTable.missing else { continue }
        scores.forEachParameter(item, Int(cell)) { place, values in
          var sum = SIMD8<Double>()
          for vector in 0..<width { unsafe sum += posterior[vector] * values[vector] }
          own[place] += sum.sum()
        }
      }
      let weight = table.weight(person)
      for a in 0..<size {
        let factor = weight * own[a]
        for b in 0...a { information[a, b] += factor * own[b] }
      }
    }
    for a in 0..<size { for b in 0..<a { information[b, a] = information[a, b] } }
    return information
  }
}

/// The derivatives of log-probabilities by parameters at all nodes, for each item and category.
struct ScoreTables {
  private let width: Int
  /// For each item: for each category and parameter of the item, `width` vectors.
  private var values: [[[SIMD8<Double>]]] = []
  private var places: [[Int]] = []
  private let categories: [Int]

  init(_ run: borrowing CalibrationRun) {
    width = run.kernel.width
    categories = run.kernel.categoryCounts
    let starts = run.starts
    for item in starts.indices {
      let curves = run.curves(item, starts[item], run.parameters)
      let size = curves.parameters.count
      var rows = [[SIMD8<Double>]](
        repeating: [SIMD8<Double>](repeating: SIMD8(), count: width),
        count: categories[item] * size)
      var slopes = [Double](repeating: 0, count: categories[item] * size)
      for (node, ability) in run.kernel.nodes.enumerated() {
        let p = curves.derivatives(at: ability, &slopes)
        for k in 0..<categories[item] {
          for a in 0..<size {
            rows[k * size + a][node / 8][node % 8] = slopes[k * size + a] / max(p[k], 1e-300)
          }
        }
      }
      values.append(rows)
      places.append(
        (0..<size).map { a in
          guard run.model.hasCommonSlope else { return starts[item] + a }
          return a == 0 ? 0 : starts[item] + a - 1
        })
    }
  }

  @inline(__always)
  func forEachParameter(
    _ item: Int, _ category: Int, _ body: (Int, [SIMD8<Double>]) -> Void
  ) {
    let size = places[item].count
    for a in 0..<size { body(places[item][a], values[item][category * size + a]) }
  }
}
