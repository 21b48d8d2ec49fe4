extension CalibrationRun {
  /// The observed information of a two-parameter model by Louis's formula (1982).
  ///
  /// It is the expected information of complete data, less the spread of complete-data gradients
  /// within persons. For answers of 0 and 1 without gaps the products of two items' answers need
  /// only three moments of each person's posterior.
  mutating func louis(_ table: ResponseTable) -> SquareMatrix {
    let items = table.items.count
    _ = expectation(parameters)
    let moments = PersonMoments(self, table, currentLogs())
    var information = SquareMatrix(size: 2 * items)
    // Complete data: n p (1 - p) at each node.
    var probabilities: [[Double]] = []
    var rights: [[Double]] = []
    let nodes = kernel.nodes
    for item in 0..<items {
      let curve = curves(item, 2 * item, parameters).item
      probabilities.append(nodes.map { curve.probabilities(at: $0)[1] })
      let begin = (kernel.offsets[item] + 1) * stride
      rights.append(Array(counts[begin..<begin + nodes.count]))
    }
    let atNode = nodes.indices.map { node in
      rights[0][node] + counts[kernel.offsets[0] * stride + node]
    }
    for i in 0..<items {
      for j in 0...i {
        // Sums over nodes of what does not depend on both answers, for powers 0 to 2.
        var known = SIMD4<Double>()
        for (node, ability) in nodes.enumerated() {
          let (p, q) = (probabilities[i][node], probabilities[j][node])
          var value = atNode[node] * p * q - p * rights[j][node] - q * rights[i][node]
          if i == j { value -= atNode[node] * p * (1 - p) }
          known += value * SIMD4(1, ability, ability * ability, 0)
        }
        let answers = moments.products(i, j)
        let within = known + answers
        // Information = complete - within + between; "complete" is already subtracted from known.
        let terms = [
          (2 * i, 2 * j, within[2]), (2 * i, 2 * j + 1, within[1]),
          (2 * i + 1, 2 * j, within[1]), (2 * i + 1, 2 * j + 1, within[0]),
        ]
        for (a, b, value) in terms {
          let cell = moments.between[a, b] - value
          information[a, b] = cell
          information[b, a] = cell
        }
      }
    }
    return information
  }
}

/// Moments of persons' posteriors, and products of their expected gradients.
private struct PersonMoments {
  /// Sums over persons of products of expected gradients.
  private(set) var between: SquareMatrix
  private let items: Int
  private var weightedProducts: [SIMD4<Double>]

  /// The sum over persons of both answers times the moments of powers 0 to 2.
  func products(_ i: Int, _ j: Int) -> SIMD4<Double> { weightedProducts[i * items + j] }

  init(_ run: borrowing CalibrationRun, _ table: ResponseTable, _ logs: [Double]) {
    items = table.items.count
    let (items, persons) = (items, table.persons.count)
    let size = 2 * items
    let kernelWidth = run.kernel.width
    // The expected answer at all nodes, and the same times ability.
    var curves = [SIMD8<Double>](repeating: SIMD8(), count: size * kernelWidth)
    var powers = [SIMD8<Double>](repeating: SIMD8(), count: 2 * kernelWidth)
    for (node, ability) in run.kernel.nodes.enumerated() {
      powers[node / 8][node % 8] = ability
      powers[kernelWidth + node / 8][node % 8] = ability * ability
      for item in 0..<items {
        let p = run.curves(item, 2 * item, run.parameters).item.probabilities(at: ability)[1]
        curves[2 * item * kernelWidth + node / 8][node % 8] = p * ability
        curves[(2 * item + 1) * kernelWidth + node / 8][node % 8] = p
      }
    }
    // Persons in blocks; each block's gradients are multiplied while they are near.
    let block = 128
    let padded = (size + 7) / 8 * 8
    var gradients = [Double](repeating: 0, count: block * padded)
    var products = PairSums(size: padded)
    var sums = [SIMD4<Double>](repeating: SIMD4(), count: items * items)
    var filled = 0
    var correct: [Int] = []
    unsafe run.kernel.posteriors(logs) { person, posterior, _ in
      var (first, second) = (SIMD8<Double>(), SIMD8<Double>())
      for vector in 0..<kernelWidth {
        unsafe first += posterior[vector] * powers[vector]
        unsafe second += posterior[vector] * powers[kernelWidth + vector]
      }
      let (m1, m2) = (first.sum(), second.sum())
      let weight = table.weight(person)
      let root = weight.squareRoot()
      correct.removeAll(keepingCapacity: true)
      let start = filled * padded
      for item in 0..<items {
        var (a, d) = (SIMD8<Double>(), SIMD8<Double>())
        let base = 2 * item * kernelWidth
        for vector in 0..<kernelWidth {
          unsafe a += posterior[vector] * curves[base + vector]
          unsafe d += posterior[vector] * curves[base + kernelWidth + vector]
        }
        let isRight = table.cells[item * persons + person] == 1
        gradients[start + 2 * item] = root * ((isRight ? m1 : 0) - a.sum())
        gradients[start + 2 * item + 1] = root * ((isRight ? 1 : 0) - d.sum())
        if isRight { correct.append(item) }
      }
      let moments = weight * SIMD4(1, m1, m2, 0)
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for (place, i) in correct.enumerated() {
          for j in correct[...place] { unsafe sums[i * items + j] += moments }
        }
      }
      filled += 1
      if filled == block {
        products.add(gradients, rows: filled, width: padded)
        filled = 0
      }
    }
    if filled > 0 { products.add(gradients, rows: filled, width: padded) }
    between = products.matrix(size)
    weightedProducts = sums
  }
}

/// Sums of products of pairs of columns, for rows that come in blocks.
struct PairSums {
  private let size: Int
  private var sums: [Double]

  init(size: Int) {
    self.size = size
    sums = [Double](repeating: 0, count: size * size)
  }

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - values: Row after row.
  ///   - rows: How many rows there are.
  ///   - width: How many numbers a row has, a multiple of eight.
  mutating func add(_ values: [Double], rows: Int, width: Int) {
    let size = self.size
    unsafe values.withUnsafeBytes { values in
      unsafe sums.withUnsafeMutableBytes { sums in
        guard let source = values.baseAddress, let target = sums.baseAddress else { return }
        for a in stride(from: 0, to: size, by: 2) {
          for b in stride(from: 0, through: a, by: 8) {
            var first = unsafe (target + (a * size + b) * 8).loadUnaligned(
              as: SIMD8<Double>.self)
            var second = unsafe (target + ((a + 1) * size + b) * 8).loadUnaligned(
              as: SIMD8<Double>.self)
            for row in 0..<rows {
              let base = unsafe source + row * width * 8
              let x = unsafe (base + a * 8).loadUnaligned(as: SIMD2<Double>.self)
              let y = unsafe (base + b * 8).loadUnaligned(as: SIMD8<Double>.self)
              first += x[0] * y
              second += x[1] * y
            }
            unsafe (target + (a * size + b) * 8).storeBytes(of: first, as: SIMD8<Double>.self)
            unsafe (target + ((a + 1) * size + b) * 8).storeBytes(
              of: second, as: SIMD8<Double>.self)
          }
        }
      }
    }
  }

  /// The lower part of the sums, mirrored.
  func matrix(_ count: Int) -> SquareMatrix {
    var matrix = SquareMatrix(size: count)
    for a in 0..<count {
      for b in 0...a {
        matrix[a, b] = sums[a * size + b]
        matrix[b, a] = sums[a * size + b]
      }
    }
    return matrix
  }
}
