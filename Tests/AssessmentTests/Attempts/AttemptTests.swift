import Assessment
import Domain
import Testing

@Suite("Attempts")
struct AttemptTests {
  static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  static func rules() throws -> AttemptRules {
    var rules = AttemptRules()
    rules.readiness = .init(count: 1, level: "3")
    rules.limit = 3
    rules.limitPerWindow = 1
    rules.spacingDays = 14
    rules.windows = [
      AssessmentWindow("autumn", try day("2026-10-01")...(try day("2026-10-31"))),
      AssessmentWindow("spring", try day("2027-03-01")...(try day("2027-03-31"))),
    ]
    rules.needsOtherForm = true
    rules.retakeSteps = ["corrections"]
    return rules
  }

  static let cases:
    [(
      day: String, earlier: [(String, String)], form: String, steps: Set<String>, isReady: Bool,
      kinds: [AttemptRules.Refusal.Kind], earliest: String?
    )] = [
      ("2026-10-05", [], "a", [], true, [], "2026-10-05"),
      ("2026-10-05", [], "a", [], false, [.notReady], "2026-10-05"),
      ("2026-11-05", [], "a", [], true, [.window], "2027-03-01"),
      ("2026-10-20", [("2026-10-05", "a")], "b", ["corrections"], true, [.limit], "2027-03-01"),
      (
        "2026-10-10", [("2026-10-05", "a")], "a", [], true, [.spacing, .limit, .form, .steps],
        "2027-03-01"
      ),
      ("2027-03-02", [("2026-10-05", "a")], "b", ["corrections"], false, [], "2027-03-02"),
      (
        "2027-03-20", [("2025-10-05", "a"), ("2026-03-05", "b"), ("2026-10-05", "c")], "d",
        ["corrections"], true, [.limit], nil
      ),
    ]

  @Test(
    "a wish is granted or refused with every reason and the first possible day", arguments: cases)
  func booking(
    day: String, earlier: [(String, String)], form: String, steps: Set<String>, isReady: Bool,
    kinds: [AttemptRules.Refusal.Kind], earliest: String?
  ) throws {
    let evidence = Evidence(
      id: "e", learner: "ann", competency: "t",
      state: .assessed(.level(isReady ? "3" : "2", scale: "four")), kind: .quiz,
      purpose: .formative,
      times: EvidenceTimes(
        occurred: try #require(PartialDate("2026-09-01")),
        recorded: try #require(Instant(secondsSince1970: 1_700_000_000))))
    let booking = try Self.rules().book(
      .init(day: try Self.day(day), targets: ["t"], form: form, doneSteps: steps),
      after: try earlier.map { .init(day: try Self.day($0.0), form: $0.1) },
      evidence: [evidence], scale: try Classroom.scale())
    #expect(booking.refusals.map(\.kind) == kinds, "\(booking.refusals)")
    #expect(booking.isGranted == kinds.isEmpty)
    #expect(booking.attempt == earlier.count + 1)
    #expect(booking.earliest?.description == earliest)
  }

  @Test("rules without demands grant everything; an attempt that does not count is none")
  func free() throws {
    var rules = AttemptRules()
    rules.limit = 1
    let booking = rules.book(
      .init(day: try Self.day("2026-10-05"), targets: ["t"]),
      after: [.init(day: try Self.day("2026-10-01"), isValid: false)], evidence: [],
      scale: try Classroom.scale())
    #expect(booking.isGranted)
  }

  static let effects: [(effect: RetakeRule.Effect, cap: Int?, stands: String?)] = [
    (.replace, nil, "3"), (.higher, nil, "4"), (.average, nil, "3"), (.policy, nil, nil),
    (.higher, 3, "3"),
  ]

  @Test("the effect of a retake, with and without a cap", arguments: effects)
  func retake(effect: RetakeRule.Effect, cap: Int?, stands: String?) {
    let rule = RetakeRule(effect: effect, capRank: cap)
    #expect(rule.standing([2, 4, 3])?.description == stands)
    #expect(rule.standing([]) == nil)
  }

  @Test("caps, means and the higher of any number of attempts are warned of")
  func warnings() {
    #expect(
      RetakeRule(effect: .higher).findings(masteryRank: 2).contains {
        $0.message.contains("worse")
      })
    #expect(
      RetakeRule(capRank: 1).findings(masteryRank: 2).contains {
        $0.message.contains("below the cut")
      })
    var attempts = AttemptRules()
    attempts.needsOtherForm = true
    #expect(RetakeRule(attempts: attempts).findings(masteryRank: 2).isEmpty)
  }
}

@Suite("Pre-tests and exemptions")
struct PretestTests {
  static func plan(_ demand: PretestPlan.Demand = .all) throws -> PretestPlan {
    try PretestPlan(
      groups: (1...5).map { number in
        CompetencyGroup(
          Identifier("g\(number)"), targets: [ID("t\(number)a"), ID("t\(number)b")])
      }, demand: demand)
  }

  @Test("five groups, three mastered, two discussions passed: two exempt, one waiting")
  func example() throws {
    var mastery: [CompetencyID: Bool] = [:]
    for number in 1...5 {
      mastery[ID("t\(number)a")] = true
      mastery[ID("t\(number)b")] = number <= 3
    }
    let results = try Self.plan().results(
      mastery: mastery, discussions: ["g1": true, "g2": true])
    #expect(
      results.map(\.standing) == [.exempt, .exempt, .waiting, .notMastered, .notMastered])
    #expect(results[3].missing == ["t4b"])
  }

  @Test("a passed discussion does not stand for a test, nor untested for not mastered")
  func standings() throws {
    let results = try Self.plan().results(
      mastery: ["t1a": true, "t2a": false, "t2b": true, "t3a": true, "t3b": true],
      discussions: ["g2": true, "g3": false])
    #expect(
      results.map(\.standing)
        == [.incomplete, .notMastered, .discussionNotPassed, .incomplete, .incomplete])
    let some = try Self.plan(.count(1)).results(mastery: ["t1a": true], discussions: ["g1": true])
    #expect(some[0].standing == .exempt)
    #expect(throws: AssessmentError.self) {
      try Self.plan().results(mastery: [:], discussions: ["g9": true])
    }
    #expect(throws: AssessmentError.self) { try Self.plan(.count(3)) }
    #expect(throws: AssessmentError.self) {
      try PretestPlan(groups: [.init("a", targets: ["t"]), .init("b", targets: ["t"])])
    }
  }

  static let texanClaims:
    [(scores: [(ExactDecimal, String)], hadInstruction: Bool, standing: String)] = [
      ([(80, "2026-10-05")], false, "granted"), ([(79, "2026-10-05")], false, "waiting"),
      ([(70, "2026-10-05")], true, "granted"),
      ([(79, "2026-10-05"), (90, "2026-10-20")], false, "waiting"),
      ([(79, "2026-10-05"), (90, "2027-03-03")], false, "granted"),
      ([(79, "2026-10-05"), (60, "2027-03-03")], false, "refused"),
      ([(95, "2026-11-05")], false, "waiting"),
    ]

  @Test("Texas: 80 or 70 %, once in a window, at most twice", arguments: texanClaims)
  func texas(
    scores: [(ExactDecimal, String)], hadInstruction: Bool, standing: String
  ) throws {
    let rule = try ExemptionRule.texas(windows: try AttemptTests.rules().windows)
    let decision = rule.decide(
      scores: try scores.map { .init("criterion_test", $0.0, on: try AttemptTests.day($0.1)) },
      hadInstruction: hadInstruction)
    #expect(decision.standing.rawValue == standing, "\(decision.reasons)")
  }

  @Test("two phases and recommendations come one after another")
  func phases() throws {
    let rule = try ExemptionRule(
      phases: [[.init("exam", cut: 90)], [.init("artefact", cut: 3)]], recommenders: ["teacher"],
      effect: .creditAsPass)
    let day = try AttemptTests.day("2026-10-05")
    let exam = ExemptionRule.Score("exam", 93, on: day)
    let artefact = ExemptionRule.Score("artefact", 3, on: day)
    #expect(rule.decide(scores: [artefact], hadInstruction: false).passedPhases == 0)
    #expect(rule.decide(scores: [exam], hadInstruction: false).passedPhases == 1)
    #expect(rule.decide(scores: [exam, artefact], hadInstruction: false).standing == .waiting)
    let granted = rule.decide(
      scores: [exam, artefact], hadInstruction: false, recommendations: ["teacher": true])
    #expect(granted.standing == .granted)
    #expect(granted.effect == .creditAsPass)
    #expect(
      rule.decide(
        scores: [exam, artefact], hadInstruction: false, recommendations: ["teacher": false]
      ).standing == .refused)
  }

  @Test("the load of weeks from Monday to Sunday")
  func load() throws {
    let entries = try [
      ("2026-09-06", 40), ("2026-09-07", 30), ("2026-09-07", 45), ("2026-09-13", 20),
    ].map {
      AssessmentLoad.Entry(
        learner: "ann", task: Identifier("q\($0.1)"), day: try AttemptTests.day($0.0),
        minutes: $0.1)
    }
    let load = try AssessmentLoad(
      entries.reversed(), limits: .init(minutes: 90, tasksPerDay: 2))
    // 6 September 2026 is a Sunday.
    #expect(load.weeks.map(\.monday.description) == ["2026-08-31", "2026-09-07"])
    #expect(load.weeks.map(\.minutes) == [40, 95])
    #expect(load.weeks.map(\.mostOnOneDay) == [1, 2])
    #expect(load.weeks.map(\.isOver) == [false, true])
    #expect(throws: AssessmentError.self) {
      try AssessmentLoad([
        .init(learner: "a", task: "t", day: try AttemptTests.day("2026-09-06"), minutes: -1)
      ])
    }
  }
}
