#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Estimates abilities from answers to calibrated items.
///
/// The curves of all items are worked out once, at the nodes of the grid.
public struct AbilityScorer: Sendable {
  /// The items.
  public let items: [CalibratedItem]
  /// The grid with the prior of abilities.
  public let grid: QuadratureGrid
  /// Where abilities by maximum and weighted likelihood are searched.
  public let range: ClosedRange<Double>

  /// How many vectors hold all nodes.
  private let width: Int
  private let offsets: [Int]
  private let rows: [SIMD8<Double>]
  private let prior: [SIMD8<Double>]
  private let powers: [SIMD8<Double>]
  private let priorMean: Double
  private let priorVariance: Double

  /// Prepares items.
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - grid: The grid with the prior; its mean and variance are the prior of `map`.
  ///   - range: Where `ml`, `map` and `wle` are searched.
  /// - Complexity: O(*items* * *nodes*).
  public init(
    items: [CalibratedItem], grid: QuadratureGrid = .normal(),
    range: ClosedRange<Double> = -20...20
  ) {
    self.items = items
    self.grid = grid
    self.range = range
    let width = (grid.nodes.count + 7) / 8
    self.width = width
    var offsets: [Int] = []
    var rows: [SIMD8<Double>] = []
    for item in items {
      offsets.append(rows.count)
      var own = [SIMD8<Double>](
        repeating: SIMD8(), count: item.categoryCount * width)
      for (node, ability) in grid.nodes.enumerated() {
        for (k, p) in item.probabilities(at: ability).enumerated() {
          own[k * width + node / 8][node % 8] = log(max(p, 1e-300))
        }
      }
      rows += own
    }
    self.offsets = offsets
    self.rows = rows
    var prior = [SIMD8<Double>](repeating: SIMD8(repeating: -1e30), count: width)
    var powers = [SIMD8<Double>](repeating: SIMD8(), count: 2 * width)
    for (node, weight) in grid.weights.enumerated() {
      let ability = grid.nodes[node]
      prior[node / 8][node % 8] = weight > 0 ? log(weight) : -1e30
      powers[node / 8][node % 8] = ability
      powers[width + node / 8][node % 8] = ability * ability
    }
    self.prior = prior
    self.powers = powers
    let mean = zip(grid.nodes, grid.weights).reduce(0) { $0 + $1.0 * $1.1 }
    priorMean = mean
    priorVariance = zip(grid.nodes, grid.weights).reduce(0) {
      $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1
    }
  }

  /// The mean and deviation of the posterior of one person.
  ///
  /// - Parameter answers: For each item the category from 0 upwards, or `nil`.
  /// - Returns: The estimate; the prior's when there is no answer.
  /// - Complexity: O(*items* * *nodes*).
  public func eap(_ answers: [Int?]) -> AbilityEstimate {
    var posterior = prior
    let width = self.width
    unsafe posterior.withUnsafeMutableBufferPointer { posterior in
      unsafe rows.withUnsafeBufferPointer { rows in
        for (item, answer) in answers.enumerated() where item < items.count {
          guard let answer, answer >= 0, answer < items[item].categoryCount else { continue }
          let start = offsets[item] + answer * width
          for vector in 0..<width { unsafe posterior[vector] += rows[start + vector] }
        }
      }
    }
    var top = posterior[0]
    for vector in posterior { top = top.replacing(with: vector, where: vector .> top) }
    let most = top.max()
    var (sum, first, second) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    for vector in 0..<width {
      let value = VectorMath.exponential(posterior[vector] - most)
      sum += value
      first += value * powers[vector]
      second += value * powers[width + vector]
    }
    return Self.moments(sum.sum(), first.sum(), second.sum())
  }

  private static func moments(_ sum: Double, _ first: Double, _ second: Double) -> AbilityEstimate {
    let mean = first / sum
    return AbilityEstimate(
      value: mean, standardError: max(0, second / sum - mean * mean).squareRoot())
  }

  /// Estimates the ability of one person.
  ///
  /// - Parameters:
  ///   - answers: For each item the category from 0 upwards, or `nil`.
  ///   - method: The method.
  public func estimate(_ answers: [Int?], method: AbilityMethod) -> AbilityEstimate {
    guard method != .eap else { return eap(answers) }
    let answered = answers.enumerated().compactMap { item, answer -> (CalibratedItem, Int)? in
      guard item < items.count, let answer, answer >= 0, answer < items[item].categoryCount
      else { return nil }
      return (items[item], answer)
    }
    return AbilitySearch(
      answered, method: method, range: range, priorMean: priorMean, priorVariance: priorVariance
    ).estimate
  }

  /// Estimates the abilities of all persons of a table.
  ///
  /// - Parameters:
  ///   - table: The answers; its items are those of the scorer, in the same order.
  ///   - method: The method.
  /// - Throws: ``AssessmentError`` when the number of items or categories does not fit.
  /// - Complexity: O(*persons* * *items* * *nodes* / 5) for `eap`; the others search from there.
  public func estimates(
    _ table: ResponseTable, method: AbilityMethod = .eap
  ) throws(AssessmentError) -> [AbilityEstimate] {
    try check(table)
    if method == .eap { return eap(table) }
    let curve = ScoreCurve(items, table, method, range, priorMean, priorVariance)
    let found = curve?.estimates(table) ?? Array(repeating: nil, count: table.persons.count)
    return found.enumerated().map { person, known in
      known
        ?? estimate(
          table.items.indices.map { table[person, $0].map { $0 - table.lowest } }, method: method)
    }
  }

  private func check(_ table: ResponseTable) throws(AssessmentError) {
    guard table.items.count == items.count else {
      throw AssessmentError(
        .shape, "The answers have \(table.items.count) items, the bank has \(items.count).")
    }
    for item in items.indices where table.categoryCounts[item] > items[item].categoryCount {
      throw AssessmentError(
        .shape,
        "Item \(table.items[item]) has scores up to \(table.categoryCounts[item] - 1); "
          + "the bank knows \(items[item].categoryCount) categories.")
    }
  }

  private func eap(_ table: ResponseTable) -> [AbilityEstimate] {
    let kernel = ExpectationKernel(table, nodes: grid.nodes, weights: grid.weights)
    let logs = self.logs(kernel.categoryCounts)
    var estimates = [AbilityEstimate](repeating: .none, count: table.persons.count)
    let width = self.width
    unsafe powers.withUnsafeBufferPointer { powers in
      unsafe kernel.posteriors(logs) { person, posterior, _ in
        var (first, second) = (SIMD8<Double>(), SIMD8<Double>())
        for vector in 0..<width {
          unsafe first += posterior[vector] * powers[vector]
          unsafe second += posterior[vector] * powers[width + vector]
        }
        estimates[person] = Self.moments(1, first.sum(), second.sum())
      }
    }
    return estimates
  }

  /// The log-probabilities of as many categories as a table has, as the kernel wants them.
  func logs(_ categoryCounts: [Int]) -> [Double] {
    var logs: [Double] = []
    logs.reserveCapacity(categoryCounts.reduce(0, +) * width * 8)
    for (item, count) in categoryCounts.enumerated() {
      for row in rows[offsets[item]..<offsets[item] + count * width] {
        for lane in 0..<8 { logs.append(row[lane]) }
      }
    }
    return logs
  }
}
