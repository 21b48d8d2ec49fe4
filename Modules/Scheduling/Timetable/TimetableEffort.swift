/// How long a timetable is searched for, and from which seed.
///
/// A search that only counts steps gives the same timetable on every machine. One that ends by time
/// is as good as the machine is fast.
public struct TimetableEffort: Sendable {
  /// The most steps; a step is one change that is tried.
  public var mostSteps: Int
  /// The seed.
  public var seed: UInt64
  /// Asked from time to time: how much of the effort is used, from 0 to 1. At 1 the search ends
  /// with the best timetable so far. Without it, steps are the measure.
  public var usedShare: (@Sendable (TimetableProgress) -> Double)?

  /// Creates an effort.
  public init(
    mostSteps: Int = 2_000_000, seed: UInt64 = 1,
    usedShare: (@Sendable (TimetableProgress) -> Double)? = nil
  ) {
    self.mostSteps = mostSteps
    self.seed = seed
    self.usedShare = usedShare
  }

  /// How much of the effort is used after some steps.
  func used(_ steps: Int, _ best: TimetableCost) -> Double {
    if let usedShare { return usedShare(TimetableProgress(steps: steps, best: best)) }
    return mostSteps <= 0 ? 1 : Double(steps) / Double(mostSteps)
  }
}

/// Where a search for a timetable stands.
public struct TimetableProgress: Hashable, Sendable {
  /// How many changes were tried.
  public let steps: Int
  /// What the best timetable costs so far.
  public let best: TimetableCost
}

/// What a timetable costs: broken hard rules first, then the weighted deviations from soft ones.
public struct TimetableCost: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The deviations from rules that must hold; 0 for a timetable that can be used.
  public var hard: Int
  /// The deviations from rules that should hold.
  public var soft: Int

  /// Creates a cost.
  public init(hard: Int, soft: Int) {
    self.hard = hard
    self.soft = soft
  }

  /// Whether one cost is lower: by the hard rules, and among equals by the soft ones.
  public static func < (one: TimetableCost, other: TimetableCost) -> Bool {
    (one.hard, one.soft) < (other.hard, other.soft)
  }

  /// The cost as `hard 0, soft 5`.
  public var description: String { "hard \(hard), soft \(soft)" }
}
