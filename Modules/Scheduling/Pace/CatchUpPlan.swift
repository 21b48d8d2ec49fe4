public import Domain

/// What it takes to reach a level, with dates for each competency, or a plain no.
public struct CatchUpPlan: Hashable, Sendable {
  /// The dates of a competency.
  public struct Step: Hashable, Sendable {
    /// The number of the competency in the map.
    public var competency: Int
    /// The first day on which it can be done, by prerequisites alone.
    public var earliest: CalendarDate?
    /// The day on which it is done at the learner's rate; `nil` after the calendar.
    public var expected: CalendarDate?
    /// The last day that lets everything else be reached; `nil` when that lies before the start.
    public var latest: CalendarDate?
  }

  /// The competencies that are left, in the order of the map.
  public let steps: [Step]
  /// The least rate in percent that reaches the goal in time, or `nil` when none up to the most does.
  public let requiredRate: Int?
  /// The least rate when the optional days are used too; `nil` without such days or without an answer.
  public let requiredRateWithOptionalDays: Int?
  /// The learner's rate.
  public let rate: Int
  /// How many levels the learner is short of the goal at the end, at the learner's rate.
  public let levelsShort: Int
  /// How many days of instruction the plan has.
  public let dayCount: Int
  /// How many of them are optional, and not in the plan.
  public let optionalDayCount: Int

  /// Whether the learner reaches the goal at the own rate.
  public var isReached: Bool { levelsShort == 0 }

  /// Plans a learner up to a level.
  ///
  /// - Parameters:
  ///   - map: The competencies.
  ///   - learner: The learner; the start day is counted in `days`.
  ///   - goal: The last level to reach, in every track.
  ///   - days: The days of instruction, in order, of one year or several.
  ///   - optionalDays: Days that may be added, such as those of intersessions.
  ///   - mostRate: The greatest rate in percent that is thought possible.
  /// - Throws: ``SchedulingError`` when numbers do not fit the map, or there is no day.
  /// - Complexity: O((*n* + *m*) log *r*) for a greatest rate *r*.
  public init(
    _ map: CompetencyMap, _ learner: PaceLearner, goal: Int, days: [CalendarDate],
    optionalDays: [CalendarDate] = [], mostRate: Int = 300
  ) throws(SchedulingError) {
    guard let last = days.last, days.indices.contains(learner.startDay) else {
      throw SchedulingError(
        .impossibleWindow,
        "The plan starts on day \(learner.startDay) of \(days.count); start on a day that it has.")
    }
    let first = days[learner.startDay]
    let goals = map.needed(
      for: (0..<map.count).filter { map.levels[$0] <= goal }, mastered: learner.mastered)
    let engine = PacingEngine(map, dayCount: days.count, goals: goals)
    var plan = PacePlan(for: map)
    requiredRate = try Self.leastRate(engine, learner, mostRate, &plan)
    let added = Set(optionalDays).subtracting(days).filter { $0 >= first && $0 <= last }
    if added.isEmpty {
      requiredRateWithOptionalDays = nil
    } else {
      let longer = PacingEngine(map, dayCount: days.count + added.count, goals: goals)
      requiredRateWithOptionalDays = try Self.leastRate(longer, learner, mostRate, &plan)
    }
    try engine.plan(learner, into: &plan)
    steps = (0..<map.count).filter { plan.lengths[$0] > 0 }.map { number in
      Self.step(number, map, plan, learner, days)
    }
    levelsShort = Self.levelsShort(map, plan, goal)
    rate = learner.rate
    dayCount = days.count - learner.startDay
    optionalDayCount = added.count
  }

  /// The least rate at which nothing ends late; lengths fall as the rate rises, so halving finds it.
  private static func leastRate(
    _ engine: PacingEngine, _ learner: PaceLearner, _ most: Int, _ plan: inout PacePlan
  ) throws(SchedulingError) -> Int? {
    var learner = learner
    var (low, high) = (1, max(1, min(most, 10_000)))
    learner.rate = high
    try engine.plan(learner, into: &plan)
    guard plan.late == 0 else { return nil }
    while low < high {
      learner.rate = (low + high) / 2
      try engine.plan(learner, into: &plan)
      if plan.late == 0 { high = learner.rate } else { low = learner.rate + 1 }
    }
    return low
  }

  private static func step(
    _ number: Int, _ map: CompetencyMap, _ plan: PacePlan, _ learner: PaceLearner,
    _ days: [CalendarDate]
  ) -> Step {
    let perDay = Int(plan.perDay[Int(map.tracks[number])])
    func date(_ minutes: Int32) -> CalendarDate? {
      guard perDay > 0, minutes > 0 else { return nil }
      let day = learner.startDay + (Int(minutes) + perDay - 1) / perDay - 1
      return days.indices.contains(day) ? days[day] : nil
    }
    let expected = Int(plan.expectedDays[number])
    return Step(
      competency: number, earliest: date(plan.earliest[number]),
      expected: expected >= 0 ? days[expected] : nil, latest: date(plan.latest[number]))
  }

  /// The greatest number of levels that a track has left at the end of the calendar.
  private static func levelsShort(_ map: CompetencyMap, _ plan: PacePlan, _ goal: Int) -> Int {
    var lowest = Array(repeating: goal + 1, count: map.trackCount)
    for number in 0..<map.count where plan.lengths[number] > 0 && plan.expectedDays[number] < 0 {
      let track = Int(map.tracks[number])
      lowest[track] = min(lowest[track], Int(map.levels[number]))
    }
    return lowest.map { goal + 1 - $0 }.max() ?? 0
  }

  /// The answer for a family, as one or two sentences.
  ///
  /// - Parameter years: How many years the days make.
  public func verdict(years: Int) -> String {
    let need = requiredRate.map { "needs \(Self.times($0))" } ?? "no possible rate is enough"
    let optional = requiredRateWithOptionalDays.map {
      ", or \(Self.times($0)) with \(counted(optionalDayCount, "optional day"))"
    }
    let assumption = "at \(Self.times(rate)) the expected pace"
    if isReached { return "Yes: reached \(assumption); \(need)\(optional ?? "")." }
    return "No: \(Self.words(levelsShort)) \(levelsShort == 1 ? "level" : "levels") short in "
      + "\(Self.words(years)) \(years == 1 ? "year" : "years") \(assumption); \(need)"
      + "\(optional ?? "")."
  }

  private static func times(_ rate: Int) -> String {
    rate % 10 == 0 ? "\(rate / 100).\(rate % 100 / 10)x" : "\(rate / 100).\(digits(rate % 100, 2))x"
  }

  private static func words(_ number: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words.indices.contains(number) ? words[number] : String(number)
  }
}
