/// What a plan needs to know of a learner.
public struct PaceLearner: Hashable, Sendable {
  /// Which competencies of the map are mastered, by number.
  public var mastered: [Bool]
  /// Minutes of learning per 100 minutes of expected effort, turned around: 150 % does an hour's
  /// work in 40 minutes.
  public var rate: Int
  /// Minutes a day for each track.
  public var minutes: [Int]
  /// Minutes a day of support, given to the track with the fewest mastered competencies.
  public var supportMinutes: Int
  /// The number of the day of instruction from which on the plan counts.
  public var startDay: Int

  /// Creates a learner.
  public init(
    mastered: [Bool], rate: Int = 100, minutes: [Int], supportMinutes: Int = 0, startDay: Int = 0
  ) {
    self.mastered = mastered
    self.rate = rate
    self.minutes = minutes
    self.supportMinutes = supportMinutes
    self.startDay = startDay
  }
}

/// The plan of one learner: for each competency when it can, will and must be done.
///
/// Times are minutes of work from the start of the plan, inside of the competency's track. The
/// columns are reused from learner to learner. What is mastered has zeros.
public struct PacePlan: Sendable {
  /// The earliest end: with all the time in the world, by prerequisites alone (critical path).
  public internal(set) var earliest: [Int32]
  /// The expected end: one competency after another in each track, in the order of the map.
  public internal(set) var expected: [Int32]
  /// The latest end that lets everything that follows end with the calendar; may be negative.
  public internal(set) var latest: [Int32]
  /// The day of instruction of the expected end, or -1 when the calendar ends before.
  public internal(set) var expectedDays: [Int32]
  /// Minutes that each track has from the start to the end of the calendar.
  public internal(set) var capacities: [Int32]
  /// How many competencies are left to master.
  public internal(set) var remaining = 0
  /// How many of them end after the calendar.
  public internal(set) var late = 0
  var lengths: [Int32]
  var ends: [Int32]
  var perDay: [Int32]
  var counts: [Int32]

  /// Creates an empty plan for a map.
  public init(for map: CompetencyMap) {
    earliest = Array(repeating: 0, count: map.count)
    expected = earliest
    latest = earliest
    expectedDays = earliest
    lengths = earliest
    capacities = Array(repeating: 0, count: map.trackCount)
    ends = capacities
    perDay = capacities
    counts = capacities
  }

  /// Minutes that are short: how far the expected end of each track lies after the calendar.
  public var shortage: Int {
    zip(ends, capacities).reduce(0) { $0 + max(0, Int($1.0) - Int($1.1)) }
  }
}

/// Plans learners through a map of competencies, in time linear in the map.
public struct PacingEngine: Sendable {
  /// The competencies.
  public let map: CompetencyMap
  /// How many days of instruction the calendar has.
  public let dayCount: Int
  private let goals: [Bool]?

  /// Creates an engine.
  ///
  /// - Parameters:
  ///   - map: The competencies.
  ///   - dayCount: How many days of instruction the calendar has.
  ///   - goals: Which competencies are planned, by number; `nil` for all.
  public init(_ map: CompetencyMap, dayCount: Int, goals: [Bool]? = nil) {
    self.map = map
    self.dayCount = dayCount
    self.goals = goals
  }

  /// Plans one learner.
  ///
  /// - Parameters:
  ///   - learner: The learner.
  ///   - plan: Takes the plan; made for the same map.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` when numbers do not fit the map.
  /// - Complexity: O(*n* + *m*) in the numbers of competencies and prerequisites; no memory is
  ///   taken.
  public func plan(_ learner: PaceLearner, into plan: inout PacePlan) throws(SchedulingError) {
    try check(learner)
    prepare(learner, &plan)
    forwards(learner, &plan)
    backwards(learner, &plan)
  }

  private func check(_ learner: PaceLearner) throws(SchedulingError) {
    guard learner.mastered.count == map.count, learner.minutes.count == map.trackCount,
      (1...10_000).contains(learner.rate), (0...dayCount).contains(learner.startDay),
      learner.minutes.allSatisfy({ (0...1_440).contains($0) }),
      (0...1_440).contains(learner.supportMinutes)
    else {
      throw SchedulingError(
        .wrongValue,
        "A learner has \(learner.mastered.count) states, \(learner.minutes.count) tracks, a rate of "
          + "\(learner.rate) % and starts on day \(learner.startDay); expected \(map.count) states, "
          + "\(map.trackCount) tracks, a rate of 1 to 10,000 %, a day up to \(dayCount), and at most "
          + "1,440 minutes a day.")
    }
  }

  private func prepare(_ learner: PaceLearner, _ plan: inout PacePlan) {
    for track in 0..<map.trackCount { plan.counts[track] = 0 }
    for number in 0..<map.count where learner.mastered[number] {
      plan.counts[Int(map.tracks[number])] &+= 1
    }
    var weakest = 0
    for track in 1..<max(1, map.trackCount) where plan.counts[track] < plan.counts[weakest] {
      weakest = track
    }
    let days = dayCount - learner.startDay
    for track in 0..<map.trackCount {
      let support = track == weakest ? learner.supportMinutes : 0
      plan.perDay[track] = Int32(learner.minutes[track] + support)
      plan.capacities[track] = Int32(clamping: (learner.minutes[track] + support) * days)
      plan.ends[track] = 0
    }
    (plan.remaining, plan.late) = (0, 0)
  }

  private func forwards(_ learner: PaceLearner, _ plan: inout PacePlan) {
    let rate = UInt32(learner.rate)
    let start = Int32(learner.startDay)
    for number in 0..<map.count {
      guard !learner.mastered[number], goals?[number] ?? true else {
        plan.earliest[number] = 0
        plan.expected[number] = 0
        plan.latest[number] = 0
        plan.expectedDays[number] = 0
        plan.lengths[number] = 0
        continue
      }
      let track = Int(map.tracks[number])
      let length = Int32((100 &* UInt32(map.efforts[number]) &+ rate &- 1) / rate)
      var (earliest, expected): (Int32, Int32) = (0, plan.ends[track])
      for link in map.prerequisiteStarts[number]..<map.prerequisiteStarts[number &+ 1] {
        let prerequisite = Int(map.prerequisites[Int(link)])
        earliest = max(earliest, plan.earliest[prerequisite])
        expected = max(expected, plan.expected[prerequisite])
      }
      expected &+= length
      plan.lengths[number] = length
      plan.earliest[number] = earliest &+ length
      plan.expected[number] = expected
      plan.latest[number] = plan.capacities[track]
      plan.ends[track] = expected
      plan.remaining &+= 1
      if expected > plan.capacities[track] {
        plan.late &+= 1
        plan.expectedDays[number] = -1
      } else {
        let perDay = UInt32(plan.perDay[track])
        plan.expectedDays[number] =
          start &+ Int32((UInt32(expected) &+ perDay &- 1) / perDay) &- 1
      }
    }
  }

  private func backwards(_ learner: PaceLearner, _ plan: inout PacePlan) {
    var number = map.count &- 1
    while number >= 0 {
      let length = plan.lengths[number]
      if length > 0 {
        let start = plan.latest[number] &- length
        for link in map.prerequisiteStarts[number]..<map.prerequisiteStarts[number &+ 1] {
          let prerequisite = Int(map.prerequisites[Int(link)])
          if plan.lengths[prerequisite] > 0, plan.latest[prerequisite] > start {
            plan.latest[prerequisite] = start
          }
        }
      }
      number &-= 1
    }
  }
}
