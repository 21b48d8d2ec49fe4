#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Comparative judgement: abilities of pieces of work from which of two was found better
/// (Bradley and Terry 1952).
public struct PairedComparison: Sendable {
  /// How often one was found better than another.
  public struct Result: Hashable, Sendable {
    /// The place of the better one.
    public var winner: Int
    /// The place of the other one.
    public var loser: Int
    /// How often.
    public var count: Double

    /// Creates a result.
    public init(winner: Int, loser: Int, count: Double = 1) {
      self.winner = winner
      self.loser = loser
      self.count = count
    }
  }

  /// The names of what was compared.
  public let names: [String]
  /// Abilities as logits; the first is 0. `nil` for those that always or never won, or that no
  /// chain of comparisons connects with the first.
  public let abilities: [Double?]
  /// Standard errors of differences to the first; `nil` where there is no ability or for more
  /// than 600 pieces.
  public let standardErrors: [Double?]
  /// The log-likelihood.
  public let logLikelihood: Double
  /// How many Newton steps it took.
  public let steps: Int
  /// What is remarkable.
  public let findings: [Finding]

  /// Estimates abilities by maximum likelihood.
  ///
  /// - Parameters:
  ///   - names: The names of what was compared.
  ///   - results: The results of comparisons.
  /// - Throws: ``AssessmentError`` when a result names something that is not there, or nothing can
  ///   be compared.
  /// - Complexity: O(*results*) for each of some hundred steps of conjugate gradients.
  public init(names: [String], results: [Result]) throws(AssessmentError) {
    let places = names.indices
    for (index, result) in results.enumerated() {
      guard places.contains(result.winner), places.contains(result.loser),
        result.winner != result.loser, result.count >= 0, result.count.isFinite
      else {
        throw AssessmentError(
          .wrongValue, "Result \(index + 1) does not compare two of the \(names.count) pieces.")
      }
    }
    let kept = Self.connected(names.count, results)
    guard kept.count > 1 else {
      throw AssessmentError(
        .notEstimable,
        "No two pieces both won and lost against each other in a chain; compare "
          + "more.")
    }
    var places2 = [Int](repeating: -1, count: names.count)
    for (place, item) in kept.enumerated() { places2[item] = place }
    let edges = Self.edges(results, places2)
    var solver = ComparisonSolver(count: kept.count, edges: edges)
    solver.solve()
    let errors = kept.count <= 600 ? solver.errors() : nil
    let base = solver.abilities[0]
    var abilities = [Double?](repeating: nil, count: names.count)
    var standardErrors = abilities
    for (place, item) in kept.enumerated() {
      abilities[item] = solver.abilities[place] - base
      standardErrors[item] = errors?[place]
    }
    self.names = names
    self.abilities = abilities
    self.standardErrors = standardErrors
    logLikelihood = solver.likelihood(solver.abilities)
    steps = solver.steps
    var findings = names.indices.filter { places2[$0] < 0 }.prefix(50).map { item in
      Finding(
        .disconnected, names[item],
        "won or lost everything, or was compared with others only; it has no ability yet: compare "
          + "it with pieces of like quality")
    }
    if !solver.isAtRest {
      findings.append(Finding(.notConverged, nil, "abilities were not at rest"))
    }
    self.findings = findings
  }

  /// The largest set in which everything is connected by wins in both directions.
  private static func connected(_ count: Int, _ results: [Result]) -> [Int] {
    var wins = [[Int]](repeating: [], count: count)
    var losses = wins
    for result in results where result.count > 0 {
      wins[result.winner].append(result.loser)
      losses[result.loser].append(result.winner)
    }
    var best: [Int] = []
    var isDone = [Bool](repeating: false, count: count)
    for start in 0..<count where !isDone[start] {
      let forward = reach(start, wins)
      let set = reach(start, losses).filter { forward.contains($0) }.sorted()
      for item in set { isDone[item] = true }
      if set.count > best.count { best = set }
      if best.count > count / 2 { break }
    }
    return best
  }

  private static func reach(_ start: Int, _ next: [[Int]]) -> Set<Int> {
    var reached: Set<Int> = [start]
    var open = [start]
    while let item = open.popLast() {
      for other in next[item] where reached.insert(other).inserted { open.append(other) }
    }
    return reached
  }

  private static func edges(
    _ results: [Result], _ places: [Int]
  ) -> [ComparisonSolver.Edge] {
    var sums: [UInt64: (first: Double, second: Double)] = [:]
    for result in results {
      let (a, b) = (places[result.winner], places[result.loser])
      guard a >= 0, b >= 0 else { continue }
      let key = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
      if a < b {
        sums[key, default: (0, 0)].first += result.count
      } else {
        sums[key, default: (0, 0)].second += result.count
      }
    }
    return sums.sorted { $0.key < $1.key }.map { key, counts in
      ComparisonSolver.Edge(
        a: Int(key >> 32), b: Int(key & 0xFFFF_FFFF), wins: counts.first, losses: counts.second)
    }
  }
}

/// Newton's method with conjugate gradients on the graph of comparisons.
struct ComparisonSolver {
  struct Edge {
    var a: Int
    var b: Int
    var wins: Double
    var losses: Double
  }

  let count: Int
  let edges: [Edge]
  private(set) var abilities: [Double]
  private(set) var steps = 0
  private(set) var isAtRest = false

  init(count: Int, edges: [Edge]) {
    self.count = count
    self.edges = edges
    abilities = [Double](repeating: 0, count: count)
  }

  func likelihood(_ x: [Double]) -> Double {
    edges.reduce(0) { sum, edge in
      let z = x[edge.a] - x[edge.b]
      let small = log1p(exp(-abs(z)))
      return sum - (edge.wins + edge.losses) * small
        - (z > 0 ? edge.losses * z : -edge.wins * z)
    }
  }

  mutating func solve() {
    var value = likelihood(abilities)
    while steps < 100 {
      steps += 1
      var gradient = [Double](repeating: 0, count: count)
      var weights = [Double](repeating: 0, count: edges.count)
      for (place, edge) in edges.enumerated() {
        let p = CalibratedItem.logistic(abilities[edge.a] - abilities[edge.b])
        let all = edge.wins + edge.losses
        gradient[edge.a] += edge.wins - all * p
        gradient[edge.b] -= edge.wins - all * p
        weights[place] = all * p * (1 - p)
      }
      let step = conjugate(weights, gradient)
      let largest = step.reduce(0) { max($0, abs($1)) }
      var scale = 1.0
      for _ in 0..<40 {
        let candidate = zip(abilities, step).map { $0 + scale * $1 }
        let reached = likelihood(candidate)
        if reached >= value - 1e-13 * abs(value) {
          (abilities, value) = (candidate, reached)
          break
        }
        scale /= 2
      }
      if largest < 1e-10 {
        isAtRest = true
        break
      }
    }
  }

  /// Solves the weighted Laplacian of the graph for a right side that adds up to 0.
  private func conjugate(_ weights: [Double], _ right: [Double]) -> [Double] {
    var diagonal = [Double](repeating: 1e-12, count: count)
    for (place, edge) in edges.enumerated() {
      diagonal[edge.a] += weights[place]
      diagonal[edge.b] += weights[place]
    }
    var x = [Double](repeating: 0, count: count)
    var rest = right
    var z = zip(rest, diagonal).map { $0 / $1 }
    var direction = z
    var product = zip(rest, z).reduce(0) { $0 + $1.0 * $1.1 }
    let goal = product * 1e-24
    for _ in 0..<(2 * count + 50) where product > goal && product > 1e-300 {
      var image = [Double](repeating: 0, count: count)
      for (place, edge) in edges.enumerated() {
        let flow = weights[place] * (direction[edge.a] - direction[edge.b])
        image[edge.a] += flow
        image[edge.b] -= flow
      }
      let along = zip(direction, image).reduce(0) { $0 + $1.0 * $1.1 }
      guard along > 0 else { break }
      let size = product / along
      for place in 0..<count {
        x[place] += size * direction[place]
        rest[place] -= size * image[place]
        z[place] = rest[place] / diagonal[place]
      }
      let next = zip(rest, z).reduce(0) { $0 + $1.0 * $1.1 }
      for place in 0..<count {
        direction[place] = z[place] + next / product * direction[place]
      }
      product = next
    }
    return x
  }

  /// Standard errors of differences to the first.
  func errors() -> [Double]? {
    var information = SquareMatrix(size: count - 1)
    for edge in edges {
      let p = CalibratedItem.logistic(abilities[edge.a] - abilities[edge.b])
      let weight = (edge.wins + edge.losses) * p * (1 - p)
      if edge.a > 0 { information[edge.a - 1, edge.a - 1] += weight }
      if edge.b > 0 { information[edge.b - 1, edge.b - 1] += weight }
      if edge.a > 0, edge.b > 0 {
        information[edge.a - 1, edge.b - 1] -= weight
        information[edge.b - 1, edge.a - 1] -= weight
      }
    }
    guard let variances = information.inversePositive() else { return nil }
    return [0] + (0..<count - 1).map { variances[$0, $0].squareRoot() }
  }
}
