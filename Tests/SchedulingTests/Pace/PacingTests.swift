import Domain
import Scheduling
import Testing

@Suite("Pacing")
struct PacingTests {
  /// Works the definitions out by looking at paths one by one, for small maps.
  struct Oracle {
    var entries: [CompetencyMap.Entry]
    var learner: PaceLearner
    var days: Int

    func number(_ id: CompetencyID) -> Int { entries.firstIndex { $0.id == id } ?? -1 }

    func length(_ number: Int) -> Int {
      learner.mastered[number]
        ? 0 : (100 * entries[number].effort + learner.rate - 1) / learner.rate
    }

    func earliest(_ number: Int) -> Int {
      guard !learner.mastered[number] else { return 0 }
      return length(number)
        + (entries[number].prerequisites.map { earliest(self.number($0)) }.max() ?? 0)
    }

    func capacity(_ track: Int) -> Int {
      let counts = learner.minutes.indices.map { track in
        entries.indices.count { entries[$0].track == track && learner.mastered[$0] }
      }
      let weakest = counts.indices.min { (counts[$0], $0) < (counts[$1], $1) }
      let minutes = learner.minutes[track] + (track == weakest ? learner.supportMinutes : 0)
      return minutes * (days - learner.startDay)
    }

    func latest(_ number: Int) -> Int {
      let followers = entries.indices.filter {
        !learner.mastered[$0] && entries[$0].prerequisites.contains(entries[number].id)
      }
      let own = capacity(entries[number].track)
      return min(own, followers.map { latest($0) - length($0) }.min() ?? own)
    }
  }

  static func random(_ numbers: inout Numbers) -> Oracle {
    let count = 1 + numbers.below(12)
    let entries = (0..<count).map { number in
      CompetencyMap.Entry(
        ID("c\(number)"),
        prerequisites: (0..<number).filter { _ in numbers.below(4) == 0 }.map { ID("c\($0)") },
        track: number < 2 ? number : numbers.below(2), effort: 1 + numbers.below(90))
    }
    let tracks = count > 1 ? 2 : 1
    let days = 1 + numbers.below(20)
    return Oracle(
      entries: entries,
      learner: PaceLearner(
        mastered: (0..<count).map { _ in numbers.below(3) == 0 }, rate: 50 + numbers.below(150),
        minutes: (0..<tracks).map { _ in numbers.below(60) }, supportMinutes: numbers.below(30),
        startDay: numbers.below(days + 1)), days: days)
  }

  @Test("earliest and latest ends are those of all paths; nobody starts before a prerequisite")
  func paths() throws {
    var numbers = Numbers(seed: 4)
    for _ in 0..<1_000 {
      let oracle = Self.random(&numbers)
      let map = try CompetencyMap(oracle.entries)
      var plan = PacePlan(for: map)
      try PacingEngine(map, dayCount: oracle.days).plan(oracle.learner, into: &plan)
      var trackEnds: [Int: Int] = [:]
      for number in oracle.entries.indices where !oracle.learner.mastered[number] {
        #expect(Int(plan.earliest[number]) == oracle.earliest(number))
        #expect(Int(plan.latest[number]) == oracle.latest(number))
        let start = Int(plan.expected[number]) - oracle.length(number)
        let before = oracle.entries[number].prerequisites.map {
          Int(plan.expected[oracle.number($0)])
        }
        #expect(start == max(before.max() ?? 0, trackEnds[oracle.entries[number].track] ?? 0))
        trackEnds[oracle.entries[number].track] = Int(plan.expected[number])
        let capacity = oracle.capacity(oracle.entries[number].track)
        #expect((plan.expectedDays[number] < 0) == (Int(plan.expected[number]) > capacity))
      }
      #expect(plan.remaining == oracle.learner.mastered.count { !$0 })
    }
  }

  @Test("a circle of prerequisites is named; unknown, doubled and empty ones are refused")
  func refused() {
    typealias Entry = CompetencyMap.Entry
    let circle = #expect(throws: SchedulingError.self) {
      try CompetencyMap([
        Entry("x", effort: 1), Entry("a", prerequisites: ["c"], effort: 1),
        Entry("b", prerequisites: ["a"], effort: 1), Entry("c", prerequisites: ["b"], effort: 1),
        Entry("d", prerequisites: ["c"], effort: 1),
      ])
    }
    #expect(circle?.code == .cycle)
    #expect(
      circle?.message.contains("\"a\" → \"b\" → \"c\" → \"a\"") == true
        || circle?.message
          .contains("\"b\" → \"c\" → \"a\" → \"b\"") == true
        || circle?.message
          .contains("\"c\" → \"a\" → \"b\" → \"c\"") == true
    )
    let cases: [([Entry], SchedulingError.Code)] = [
      ([Entry("a", prerequisites: ["z"], effort: 1)], .unknownIdentifier),
      ([Entry("a", effort: 1), Entry("a", effort: 1)], .duplicateIdentifier),
      ([Entry("a", effort: 0)], .zeroLength), ([Entry("a", track: 99, effort: 1)], .wrongValue),
      ([Entry("a", prerequisites: ["a"], effort: 1)], .cycle),
    ]
    for (entries, code) in cases {
      let error = #expect(throws: SchedulingError.self) { try CompetencyMap(entries) }
      #expect(error?.code == code)
    }
  }

  @Test("a learner who does not fit the map is refused")
  func misfit() throws {
    let map = try CompetencyMap([.init("a", effort: 10)])
    var plan = PacePlan(for: map)
    let good = PaceLearner(mastered: [false], minutes: [10])
    for change: (inout PaceLearner) -> Void in [
      { $0.rate = 0 }, { $0.mastered = [] }, { $0.minutes = [] }, { $0.startDay = 9 },
      { $0.minutes = [-1] }, { $0.supportMinutes = 2_000 },
    ] {
      var bad = good
      change(&bad)
      #expect(throws: SchedulingError.self) {
        try PacingEngine(map, dayCount: 5).plan(bad, into: &plan)
      }
    }
  }
}

@Suite("Pace in one word")
struct PaceStatusTests {
  @Test("45 done of 36 expected is 1.25, ahead")
  func ahead() {
    let status = PaceStatus(done: 45, on: PaceLine(even: 180, over: 180), day: 35)
    #expect(status.expected == 36)
    #expect(status.hundredths == 125)
    #expect(status.word == .ahead)
    #expect(status.buffer == 9)
    #expect(status.bufferDays == 9)
    #expect(status.reason == "ahead: 45 done, 36 expected, pace 1.25; 9 days of buffer.")
  }

  static let cases: [(done: Int, expected: Int, word: PaceStatus.Word)] = [
    (90, 100, .on), (89, 100, .behind), (110, 100, .on), (111, 100, .ahead), (0, 0, .on),
    (1, 0, .ahead), (0, 1, .behind),
  ]

  @Test("bounds are exact", arguments: cases)
  func bounds(done: Int, expected: Int, word: PaceStatus.Word) {
    let line = PaceLine(days: Array(repeating: 3, count: expected) + [900])
    #expect(PaceStatus(done: done, on: line, day: 3).word == word)
  }

  @Test("behind says how long ago the next one was due")
  func behind() {
    let status = PaceStatus(done: 10, on: PaceLine(even: 180, over: 180), day: 19)
    #expect(
      status.reason == "behind: 10 done, 20 expected, pace 0.50; the next one was due 9 days ago.")
  }

  @Test("an alert is given once per episode")
  func alerts() {
    var alerts = PaceAlerts(calmReadings: 2)
    let line = PaceLine(even: 100, over: 100)
    let done = [0, 8, 8, 8, 15, 8, 20, 22, 8, 8]
    let given = done.enumerated().map { index, done in
      alerts.take(PaceStatus(done: done, on: line, day: index + 9))
    }
    #expect(
      given
        == [true, false, false, false, false, false, false, false, true, false]
        .enumerated().map { $0.offset == 0 ? true : $0.offset == 8 })
  }
}

@Suite("Catching up")
struct CatchUpTests {
  /// Four levels of ten competencies of 90 minutes.
  static func map() throws -> CompetencyMap {
    try CompetencyMap(
      (0..<40).map { number in
        .init(
          ID("c\(number)"), prerequisites: number > 0 ? [ID("c\(number - 1)")] : [],
          level: number / 10 + 1, effort: 90)
      })
  }

  static func days(_ count: Int) throws -> [CalendarDate] {
    let first = try day("2026-08-24")
    return try (0..<count).map { try #require(first.adding(days: $0)) }
  }

  @Test("two levels in one year need twice the rate; the plan says so and gives dates")
  func reached() throws {
    let learner = PaceLearner(
      mastered: Array(repeating: false, count: 40), rate: 200, minutes: [10])
    let plan = try CatchUpPlan(Self.map(), learner, goal: 2, days: Self.days(90))
    #expect(plan.requiredRate == 200)
    #expect(plan.isReached)
    #expect(plan.steps.count == 20)
    #expect(plan.steps.last?.expected == (try day("2026-11-21")))
    #expect(plan.steps.last?.latest == (try day("2026-11-21")))
    #expect(plan.verdict(years: 1) == "Yes: reached at 2.0x the expected pace; needs 2.0x.")
  }

  @Test("a plan that does not reach says plainly no: one level short in two years")
  func short() throws {
    let learner = PaceLearner(
      mastered: Array(repeating: false, count: 40), rate: 150, minutes: [10])
    let optional = try [day("2026-08-23")] + Self.days(0)
    let plan = try CatchUpPlan(
      Self.map(), learner, goal: 4, days: Self.days(180), optionalDays: optional, mostRate: 190)
    #expect(plan.requiredRate == nil)
    #expect(plan.levelsShort == 1)
    #expect(
      plan.verdict(years: 2)
        == "No: one level short in two years at 1.5x the expected pace; no possible rate is enough."
    )
  }

  @Test("days of intersessions lower the rate that is needed")
  func intersessions() throws {
    let learner = PaceLearner(mastered: Array(repeating: false, count: 40), minutes: [10])
    let all = try Self.days(100)
    let plan = try CatchUpPlan(
      Self.map(), learner, goal: 2, days: Array(all[..<45]) + Array(all[55...]),
      optionalDays: Array(all[45..<55]))
    #expect(plan.requiredRate == 200)
    #expect(plan.requiredRateWithOptionalDays == 180)
    #expect(plan.verdict(years: 1).contains("needs 2.0x, or 1.8x with 10 optional days"))
  }

  @Test("the least rate is the least: one percent less is late")
  func least() throws {
    var numbers = Numbers(seed: 5)
    for _ in 0..<200 {
      let oracle = PacingTests.random(&numbers)
      guard oracle.learner.startDay < oracle.days else { continue }
      let map = try CompetencyMap(oracle.entries)
      let plan = try CatchUpPlan(map, oracle.learner, goal: 1, days: Self.days(oracle.days))
      var columns = PacePlan(for: map)
      let engine = PacingEngine(map, dayCount: oracle.days)
      func late(_ rate: Int) throws -> Int {
        var learner = oracle.learner
        learner.rate = rate
        try engine.plan(learner, into: &columns)
        return columns.late
      }
      if let rate = plan.requiredRate {
        #expect(try late(rate) == 0)
        if rate > 1 { #expect(try late(rate - 1) > 0) }
      } else {
        #expect(try late(300) > 0)
      }
    }
  }
}
