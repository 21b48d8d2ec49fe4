#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The work of a ``ManyFacetRasch``.
///
/// Ratings under the same levels are one combination with one table of log-probabilities, so that
/// a rating costs one row of additions.
struct FacetRun {
  private let ratings: FacetRatings
  private let options: ManyFacetRasch.Options
  private let nodes: [Double]
  private let width: Int
  private let categories: Int
  /// The levels of each combination.
  private var combinations: [[Int32]] = []
  /// For each person, in order: combination * categories + score of each rating.
  private var cells: [Int32] = []
  private var starts: [Int] = []
  /// Where the free parameters of each facet begin, those of the steps, and the log of the
  /// deviation.
  private var facetStarts: [Int] = []
  private var stepStart = 0
  private(set) var parameters: [Double] = []
  private(set) var likelihood = -Double.infinity
  private(set) var stepCount = 0
  private(set) var hasConverged = false
  private var counts: [SIMD8<Double>] = []
  /// The sum over persons of the mean square of ability.
  private var squares = 0.0

  init(_ ratings: FacetRatings, _ options: ManyFacetRasch.Options) {
    self.ratings = ratings
    self.options = options
    let count = max(11, options.nodes)
    nodes = (0..<count).map {
      -options.limit + 2 * options.limit * Double($0) / Double(count - 1)
    }
    width = (count + 7) / 8
    categories = ratings.categoryCount
    place()
    var start = 0
    for (index, facet) in ratings.facets.enumerated() {
      facetStarts.append(start)
      start += facet.levels.count - (index == 0 ? 0 : 1)
    }
    stepStart = start
    parameters = [Double](repeating: 0, count: start + max(0, categories - 2) + 1)
  }

  /// Sorts ratings by person and finds the combinations.
  private mutating func place() {
    let facets = ratings.facets.count
    var places: [[Int32]: Int32] = [:]
    var combinationOf: [Int32] = []
    for rating in ratings.scores.indices {
      let key = Array(ratings.levels[rating * facets..<(rating + 1) * facets])
      let known = places[key] ?? Int32(combinations.count)
      if Int(known) == combinations.count {
        places[key] = known
        combinations.append(key)
      }
      combinationOf.append(known)
    }
    var starts = [Int](repeating: 0, count: ratings.persons.count + 1)
    for person in ratings.personOfRating { starts[Int(person) + 1] += 1 }
    for person in ratings.persons.indices { starts[person + 1] += starts[person] }
    cells = [Int32](repeating: 0, count: ratings.scores.count)
    for rating in ratings.scores.indices {
      let person = Int(ratings.personOfRating[rating])
      cells[starts[person]] =
        combinationOf[rating] * Int32(categories) + Int32(ratings.scores[rating])
      starts[person] += 1
    }
    // Each place has moved on to where the next person begins.
    self.starts = starts
  }

  // MARK: Parameters

  private func values(_ all: [Double], facet: Int) -> [Double] {
    let count = ratings.facets[facet].levels.count - (facet == 0 ? 0 : 1)
    let free = Array(all[facetStarts[facet]..<facetStarts[facet] + count])
    return facet == 0 ? free : free + [-free.reduce(0, +)]
  }

  private func steps(_ all: [Double]) -> [Double] {
    guard categories > 2 else { return [0] }
    let free = Array(all[stepStart..<stepStart + categories - 2])
    return free + [-free.reduce(0, +)]
  }

  var steps: [Double] { steps(parameters) }
  var variance: Double { exp(2 * (parameters.last ?? 0)) }

  /// Log-probabilities of each combination and score at all nodes.
  private func tables(_ all: [Double]) -> [SIMD8<Double>] {
    let facetValues = ratings.facets.indices.map { values(all, facet: $0) }
    var cumulative = [0.0]
    for step in steps(all) { cumulative.append((cumulative.last ?? 0) + step) }
    var tables = [SIMD8<Double>](
      repeating: SIMD8(), count: combinations.count * categories * width)
    var vectors = [SIMD8<Double>](repeating: SIMD8(), count: width)
    for (node, ability) in nodes.enumerated() { vectors[node / 8][node % 8] = ability }
    for (place, combination) in combinations.enumerated() {
      let location = combination.enumerated().reduce(0.0) {
        $0 + facetValues[$1.offset][Int($1.element)]
      }
      for vector in 0..<width {
        let ability = vectors[vector] - location
        var most = SIMD8<Double>()
        for k in 1..<categories {
          let value = Double(k) * ability - cumulative[k]
          most = most.replacing(with: value, where: value .> most)
        }
        var sum = VectorMath.exponential(0 - most)
        for k in 1..<categories {
          sum += VectorMath.exponential(Double(k) * ability - cumulative[k] - most)
        }
        var logs = most
        for lane in 0..<8 { logs[lane] += log(sum[lane]) }
        for k in 0..<categories {
          tables[(place * categories + k) * width + vector] =
            Double(k) * ability - cumulative[k] - logs
        }
      }
    }
    return tables
  }

  private func prior(_ all: [Double]) -> [SIMD8<Double>] {
    let deviation = exp(all.last ?? 0)
    let weights = QuadratureGrid.normal(
      count: nodes.count, limit: options.limit, deviation: deviation
    ).weights
    var prior = [SIMD8<Double>](repeating: SIMD8(repeating: -1e30), count: width)
    for (node, weight) in weights.enumerated() {
      prior[node / 8][node % 8] = weight > 0 ? log(weight) : -1e30
    }
    return prior
  }

  // MARK: Steps

  /// Visits the posterior of each person.
  private func posteriors(
    _ all: [Double], _ body: (Int, UnsafeMutableBufferPointer<SIMD8<Double>>) -> Void
  ) -> Double {
    let tables = self.tables(all)
    let prior = self.prior(all)
    var row = prior
    var likelihood = 0.0
    let width = self.width
    unsafe tables.withUnsafeBufferPointer { tables in
      unsafe row.withUnsafeMutableBufferPointer { row in
        for person in ratings.persons.indices {
          for vector in 0..<width { unsafe row[vector] = prior[vector] }
          let begin = person == 0 ? 0 : starts[person - 1]
          for place in begin..<starts[person] {
            let start = Int(cells[place]) * width
            for vector in 0..<width { unsafe row[vector] += tables[start + vector] }
          }
          var top = unsafe row[0]
          for vector in 1..<max(1, width) {
            let next = unsafe row[vector]
            top = top.replacing(with: next, where: next .> top)
          }
          let most = top.max()
          var sum = SIMD8<Double>()
          for vector in 0..<width {
            let value = unsafe VectorMath.exponential(row[vector] - most)
            unsafe row[vector] = value
            sum += value
          }
          let total = sum.sum()
          likelihood += most + log(total)
          for vector in 0..<width { unsafe row[vector] *= 1 / total }
          unsafe body(person, row)
        }
      }
    }
    return likelihood
  }

  private mutating func expectation(_ all: [Double]) -> Double {
    var counts = [SIMD8<Double>](
      repeating: SIMD8(), count: combinations.count * categories * width)
    var powers = [SIMD8<Double>](repeating: SIMD8(), count: width)
    for (node, ability) in nodes.enumerated() { powers[node / 8][node % 8] = ability * ability }
    var squares = SIMD8<Double>()
    let width = self.width
    let likelihood = unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe posteriors(all) { person, row in
        let begin = person == 0 ? 0 : starts[person - 1]
        for place in begin..<starts[person] {
          let start = Int(cells[place]) * width
          for vector in 0..<width { unsafe counts[start + vector] += row[vector] }
        }
        for vector in 0..<width { unsafe squares += row[vector] * powers[vector] }
      }
    }
    self.counts = counts
    self.squares = squares.sum()
    return likelihood
  }

  /// Gradient and information of the expected log-likelihood, by free parameters.
  private func score(_ all: [Double]) -> (gradient: [Double], information: SquareMatrix) {
    let size = parameters.count
    var gradient = [Double](repeating: 0, count: size)
    var information = SquareMatrix(size: size)
    let tables = self.tables(all)
    let steps = max(0, categories - 2)
    for (place, combination) in combinations.enumerated() {
      let moments = CombinationMoments(
        tables, counts, start: place * categories * width, width: width, categories: categories)
      // The location of a combination by its free parameters.
      var design: [(place: Int, factor: Double)] = []
      for (facet, level) in combination.enumerated() {
        let last = ratings.facets[facet].levels.count - 1
        if facet == 0 || Int(level) < last {
          design.append((facetStarts[facet] + Int(level), 1))
        } else {
          for free in 0..<last { design.append((facetStarts[facet] + free, -1)) }
        }
      }
      for (a, x) in design {
        gradient[a] -= x * moments.scoreError
        for (b, y) in design { information[a, b] += x * y * moments.variance }
        for j in 0..<steps {
          let value = x * (moments.cross[j] - moments.cross[categories - 2])
          information[a, stepStart + j] += value
          information[stepStart + j, a] += value
        }
      }
      for j in 0..<steps {
        let last = categories - 2
        gradient[stepStart + j] -= moments.stepErrors[j] - moments.stepErrors[last]
        for l in 0..<steps {
          information[stepStart + j, stepStart + l] +=
            moments.stepProducts[j, l] - moments.stepProducts[j, last]
            - moments.stepProducts[last, l] + moments.stepProducts[last, last]
        }
      }
    }
    let count = Double(ratings.persons.count)
    let variance = exp(2 * (all.last ?? 0))
    gradient[size - 1] = squares / variance - count
    information[size - 1, size - 1] = 2 * squares / variance
    return (gradient, information)
  }

  private func maximum(from all: [Double]) -> [Double] {
    var next = all
    for _ in 0..<3 {
      var (gradient, information) = score(next)
      let last = information.size - 1
      gradient[last] = 0
      for place in 0..<last { information[place, place] += 1e-9 * (1 + information[place, place]) }
      guard let step = information.solve(gradient) else { break }
      for place in 0..<last { next[place] += max(-1, min(1, step[place])) }
      if step.allSatisfy({ abs($0) < 1e-8 }) { break }
    }
    let variance = max(1e-6, squares / Double(ratings.persons.count))
    next[next.count - 1] = 0.5 * log(variance)
    return next
  }

  mutating func estimate() {
    var mixer = AndersonMixer(depth: 6)
    var current = parameters
    var value = expectation(current)
    while stepCount < options.mostSteps {
      stepCount += 1
      let mapped = maximum(from: current)
      let change = zip(mapped, current).reduce(0) { max($0, abs($1.0 - $1.1)) }
      (parameters, likelihood) = (current, value)
      if change < options.tolerance {
        hasConverged = true
        return
      }
      var candidate = mixer.next(from: current, mapped: mapped)
      let isPossible = candidate.allSatisfy { $0.isFinite && abs($0) < 50 }
      if !isPossible || abs(candidate.last ?? 0) > 5 { candidate = mapped }
      var reached = expectation(candidate)
      if !(reached >= value - 1e-9 * abs(value)) {
        mixer.clear()
        candidate = mapped
        reached = expectation(candidate)
      }
      (current, value) = (candidate, reached)
    }
    (parameters, likelihood) = (current, value)
  }

  // MARK: Results

  /// The covariances of free parameters, from the observed information.
  mutating func errors() -> SquareMatrix? {
    let size = parameters.count
    var information = SquareMatrix(size: size)
    for column in 0..<size {
      var moved = parameters
      moved[column] += 1e-4
      _ = expectation(moved)
      let up = score(moved).gradient
      moved[column] -= 2e-4
      _ = expectation(moved)
      let down = score(moved).gradient
      for row in 0..<size { information[row, column] = (down[row] - up[row]) / 2e-4 }
    }
    for row in 0..<size {
      for column in 0..<row {
        let mean = (information[row, column] + information[column, row]) / 2
        information[row, column] = mean
        information[column, row] = mean
      }
    }
    return information.inversePositive()
  }

  func abilities() -> [AbilityEstimate] {
    var estimates = [AbilityEstimate](repeating: .none, count: ratings.persons.count)
    _ = unsafe posteriors(parameters) { person, row in
      var (mean, square) = (0.0, 0.0)
      for (node, ability) in nodes.enumerated() {
        let weight = unsafe row[node / 8][node % 8]
        mean += weight * ability
        square += weight * ability * ability
      }
      estimates[person] = AbilityEstimate(
        value: mean, standardError: max(0, square - mean * mean).squareRoot())
    }
    return estimates
  }

  func levels(
    _ variances: SquareMatrix?, _ abilities: [AbilityEstimate]
  ) -> [ManyFacetRasch.Level] {
    let fit = FacetFit(ratings, locations: locations, steps: steps, abilities: abilities)
    var levels: [ManyFacetRasch.Level] = []
    for (facet, named) in ratings.facets.enumerated() {
      let values = values(parameters, facet: facet)
      for (level, name) in named.levels.enumerated() {
        let sums = fit.sums[facet][level]
        levels.append(
          ManyFacetRasch.Level(
            facet: named.name, name: name, value: values[level],
            standardError: variances.flatMap { error(facet, level, $0) }, count: Int(sums.count),
            mean: sums.score / max(1, sums.count) + Double(ratings.lowest),
            infit: sums.information > 0 ? sums.square / sums.information : nil,
            outfit: sums.count > 0 ? sums.standardized / sums.count : nil))
      }
    }
    return levels
  }

  private var locations: [[Double]] { ratings.facets.indices.map { values(parameters, facet: $0) } }

  private func error(_ facet: Int, _ level: Int, _ variances: SquareMatrix) -> Double? {
    let last = ratings.facets[facet].levels.count - 1
    let start = facetStarts[facet]
    let variance: Double
    if facet == 0 || level < last {
      variance = variances[start + level, start + level]
    } else {
      // The last one is minus the sum of the others.
      var sum = 0.0
      for a in 0..<last { for b in 0..<last { sum += variances[start + a, start + b] } }
      variance = sum
    }
    return variance > 0 ? variance.squareRoot() : nil
  }
}
