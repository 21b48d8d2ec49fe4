/// How many competencies are to be mastered by each day of instruction: the expected line.
///
/// Schools look at three of them: the line of the course (a rate of 100 %), of the personal plan (the
/// rate agreed), and of the skill shown so far (the rate of the evidence).
public struct PaceLine: Hashable, Sendable {
  /// The days on which competencies are due, in order.
  public let days: [Int]

  /// Creates a line from days in any order.
  public init(days: [Int]) {
    self.days = days.sorted()
  }

  /// Creates the line of a plan; what ends after the calendar is due nowhere on it.
  public init(_ plan: PacePlan) {
    self.init(
      days: plan.lengths.indices.filter { plan.lengths[$0] > 0 && plan.expectedDays[$0] >= 0 }.map {
        Int(plan.expectedDays[$0])
      })
  }

  /// Creates a line that rises evenly from the first to the last day.
  ///
  /// - Parameters:
  ///   - count: How many competencies there are.
  ///   - dayCount: Over how many days.
  public init(even count: Int, over dayCount: Int) {
    let (count, dayCount) = (max(0, count), max(1, dayCount))
    self.init(days: (0..<count).map { (($0 + 1) * dayCount - 1) / count })
  }

  /// How many are due by the end of a day.
  ///
  /// - Complexity: O(log *n*).
  public func expected(by day: Int) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Where a learner stands against an expected line.
public struct PaceStatus: Hashable, Sendable {
  /// The one word for families.
  public enum Word: String, Hashable, Sendable, CaseIterable {
    /// Less is done than expected.
    case behind
    /// As much is done as expected, within bounds.
    case on
    /// More is done than expected.
    case ahead
  }

  /// How many competencies are mastered.
  public let done: Int
  /// How many are expected.
  public let expected: Int
  /// How many days of instruction it takes until as many are expected as are done, or how many days
  /// ago they were; 0 where both are equal.
  public let bufferDays: Int
  /// The word.
  public let word: Word

  /// Compares what is done with a line.
  ///
  /// - Parameters:
  ///   - done: How many competencies of the line are mastered.
  ///   - line: The line.
  ///   - day: The number of the day of instruction that has ended.
  ///   - tolerance: Percent around the line that still are on pace.
  public init(done: Int, on line: PaceLine, day: Int, tolerance: Int = 10) {
    self.done = done
    expected = line.expected(by: day)
    // Exact: done / expected against (100 ± tolerance) / 100.
    if done * 100 < expected * (100 - tolerance) {
      word = .behind
    } else if done * 100 > expected * (100 + tolerance) {
      word = .ahead
    } else {
      word = .on
    }
    if done > expected {
      let last = min(done, line.days.count) - 1
      bufferDays = last >= 0 ? max(0, line.days[last] - day) : 0
    } else if done < expected {
      bufferDays = line.days[max(0, done)] - day
    } else {
      bufferDays = 0
    }
  }

  /// Done over expected in hundredths, rounded down: 45 of 36 is 125; `nil` where nothing is due.
  public var hundredths: Int? { expected > 0 ? done * 100 / expected : nil }

  /// How many more are done than expected; negative when fewer.
  public var buffer: Int { done - expected }

  /// The word with its reason, as one sentence.
  public var reason: String {
    let share = hundredths.map { "\($0 / 100).\(digits($0 % 100, 2))" }
    let compared = "\(done) done, \(expected) expected" + (share.map { ", pace \($0)" } ?? "")
    let days =
      switch bufferDays {
      case 0: ""
      case 1...: "; \(counted(bufferDays, "day")) of buffer"
      default: "; the next one was due \(counted(-bufferDays, "day")) ago"
      }
    return "\(word.rawValue): \(compared)\(days)."
  }
}

/// Tells of falling behind once for each time it happens.
///
/// An episode begins when a learner is behind and ends after a number of readings in a row that are
/// not; until then no second alert is given.
public struct PaceAlerts: Hashable, Sendable {
  /// How many readings in a row end an episode.
  public let calmReadings: Int
  /// Whether an episode goes on.
  public private(set) var isOpen = false
  private var calm = 0

  /// Begins without an episode.
  public init(calmReadings: Int = 1) {
    self.calmReadings = max(1, calmReadings)
  }

  /// Takes the next reading.
  ///
  /// - Returns: Whether to give an alert.
  public mutating func take(_ status: PaceStatus) -> Bool {
    guard status.word == .behind else {
      calm += 1
      if calm >= calmReadings { isOpen = false }
      return false
    }
    calm = 0
    defer { isOpen = true }
    return !isOpen
  }
}
