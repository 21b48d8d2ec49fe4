/// Who goes where in each block, and how good that is known to be.
public struct GroupingPlan: Hashable, Sendable {
  /// Why a solver stopped.
  public enum Stop: String, Hashable, Sendable, CaseIterable {
    /// Nothing better exists.
    case optimal
    /// The gap that was asked for is reached.
    case gap
    /// The steps that were allowed are done.
    case steps
    /// The caller asked to stop.
    case caller
  }

  /// The section of each learner in each block, or `nil`.
  public var places: [[Int?]]
  /// The sum of values, less what open sections and missing live sections cost.
  public var objective: Int
  /// A number that no plan can exceed, or `nil`: then there is no certificate.
  public var bound: Int?
  /// What the last place in each section is worth to those who would have it, where the form is
  /// exact; empty otherwise.
  public var prices: [Int]
  /// The seed that the search used.
  public var seed: UInt64
  /// Why the search ended.
  public var stop: Stop

  /// Creates a plan.
  ///
  /// - Parameters:
  ///   - places: The section of each learner in each block, or `nil`.
  ///   - objective: The sum of values, less costs.
  ///   - bound: A number that no plan can exceed, or `nil`.
  ///   - prices: Prices of sections, where they are known.
  ///   - seed: The seed of the search.
  ///   - stop: Why the search ended.
  public init(
    places: [[Int?]], objective: Int, bound: Int? = nil, prices: [Int] = [], seed: UInt64 = 0,
    stop: Stop = .steps
  ) {
    self.places = places
    self.objective = objective
    self.bound = bound
    self.prices = prices
    self.seed = seed
    self.stop = stop
  }

  /// How far the plan may be below the best one, in parts per million of the bound, or `nil` where
  /// there is no certificate.
  public var gap: Int? {
    bound.map { $0 <= objective ? 0 : ($0 - objective) * 1_000_000 / max(1, abs($0)) }
  }

  /// The certificate in words.
  public var certificate: String {
    guard let gap else { return "no certificate" }
    if gap == 0 { return "optimal" }
    return "at most \(gap / 10_000).\(digits(gap % 10_000 / 100, 2)) % below the best"
  }
}

/// The state of a search that goes on.
public struct GroupingProgress: Hashable, Sendable {
  /// The objective of the best plan so far.
  public var objective: Int
  /// The best bound so far, or `nil` where there is none.
  public var bound: Int?
  /// How many steps are done.
  public var steps: Int
}

/// How long a search goes on.
public struct GroupingEffort: Sendable {
  /// The most steps; the same steps give the same plan on every machine.
  public var mostSteps: Int
  /// The seed.
  public var seed: UInt64
  /// The gap in parts per million at which to stop.
  public var gap: Int
  /// Asked from time to time; a search ends when it answers `false`, with the best plan so far.
  public var goesOn: @Sendable (GroupingProgress) -> Bool

  /// Creates an effort.
  public init(
    mostSteps: Int = 400, seed: UInt64 = 1, gap: Int = 0,
    goesOn: @escaping @Sendable (GroupingProgress) -> Bool = { _ in true }
  ) {
    self.mostSteps = mostSteps
    self.seed = seed
    self.gap = gap
    self.goesOn = goesOn
  }
}
