/// When a learner will have finished what is left, as days with probabilities.
///
/// Times of single competencies are drawn from their histories; the days follow. The same seed gives
/// the same forecast. It rests on the histories, the rate and the minutes a day that are given; a date
/// is never shown without them.
public struct FinishForecast: Hashable, Sendable {
  /// A competency that is left.
  public struct Task: Hashable, Sendable {
    /// Expected minutes.
    public var effort: Int
    /// How long others took; without observations the effort stands as it is.
    public var history: EffortHistory

    /// Creates a task.
    public init(effort: Int, history: EffortHistory) {
      self.effort = effort
      self.history = history
    }
  }

  /// Days of learning until everything is done, in order, one for each drawing; `Int.max` where a
  /// drawing takes longer than anybody was observed to.
  public let days: [Int]
  /// The seed.
  public let seed: UInt64

  /// Draws finishing days.
  ///
  /// - Parameters:
  ///   - tasks: What is left, done one after another.
  ///   - rate: The learner's rate in percent; 150 takes two thirds of the time.
  ///   - minutesPerDay: Minutes of learning a day.
  ///   - draws: How many drawings.
  ///   - seed: The seed.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when there is no time or no rate.
  public init(
    _ tasks: [Task], rate: Int = 100, minutesPerDay: Int, draws: Int = 2_000, seed: UInt64 = 1
  ) throws(SchedulingError) {
    guard rate > 0, (1...1_440).contains(minutesPerDay), (1...100_000).contains(draws) else {
      throw SchedulingError(
        .wrongValue,
        "A forecast has a rate of \(rate) %, \(minutesPerDay) minutes a day and \(draws) drawings; "
          + "give a rate above 0, 1 to 1,440 minutes and up to 100,000 drawings.")
    }
    var random = SplitMix(seed: seed)
    var days: [Int] = []
    days.reserveCapacity(draws)
    for _ in 0..<draws {
      var total = 0
      for task in tasks {
        let share = Self.draw(task.history, random.unit())
        guard let share, total < Int.max else {
          total = .max
          continue
        }
        total += task.effort * share / 10 / rate
      }
      days.append(total == .max ? .max : (total + minutesPerDay - 1) / minutesPerDay)
    }
    self.days = days.sorted()
    self.seed = seed
  }

  private static func draw(_ history: EffortHistory, _ unit: Double) -> Int? {
    guard history.finishedCount > 0 else { return 1_000 }
    return history.share(at: unit)
  }

  /// The day by which everything is done with a probability.
  ///
  /// - Returns: `nil` where so much cannot be said: too many learners are still at it.
  public func day(at part: Double) -> Int? {
    let index = min(days.count - 1, max(0, Int((part * Double(days.count)).rounded(.up)) - 1))
    return days[index] == .max ? nil : days[index]
  }

  /// The probability of being done by a day.
  public func probability(by day: Int) -> Double {
    Double(days.count { $0 <= day }) / Double(days.count)
  }
}

/// Numbers that are the same on every machine for a seed (SplitMix64, Steele and others 2014).
struct SplitMix: Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number from 0 to below a count, which may not be 0.
  mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number above 0 and at most 1.
  mutating func unit() -> Double {
    (Double(next() >> 11) + 1) / 9_007_199_254_740_992
  }

  /// The number of a new, independent stream.
  mutating func fork() -> SplitMix { SplitMix(seed: next()) }
}
