import Assessment
import Domain
import Testing

/// Small rubrics, tasks and ratings for tests.
enum Classroom {
  static func scale() throws -> ProficiencyScale {
    try ProficiencyScale(
      id: "four", title: "four",
      levels: (1...4).map { MasteryLevel(Identifier("\($0)"), number: ExactDecimal($0)) },
      masteredFrom: "3")
  }

  static func descriptors(_ levels: [Int] = [1, 2, 3, 4]) -> [RubricCriterion.Descriptor] {
    levels.map { .init(Identifier("\($0)"), "work at \($0)") }
  }

  static func rubric() throws -> Rubric {
    try Rubric(
      id: "lab", title: "Lab report", form: .analytic, scale: try scale(),
      criteria: [
        RubricCriterion(
          id: "plan", title: "Plan", targets: ["planning"], descriptors: descriptors()),
        RubricCriterion(
          id: "data", title: "Data", targets: ["measuring"], descriptors: descriptors()),
      ])
  }

  static func task(
    _ resolution: RatingResolution = .thirdWhenApart(), raters: Int = 2,
    counting: RatingStreams = .staff
  ) throws -> PerformanceTask {
    try PerformanceTask(
      id: "pendulum", title: "A pendulum", rubric: try rubric(),
      demonstrations: [
        .init("report", kind: .essay), .init("film", kind: .demonstration, artefactCount: 2),
      ], resolution: resolution, raterCount: raters, counting: counting)
  }

  static func work(
    _ task: PerformanceTask, accommodations: [Accommodation] = []
  ) throws -> TaskWork {
    try TaskWork(
      id: "w1", learner: "ann", task: task, demonstration: "report", artefacts: ["a1"],
      accommodations: accommodations, submitted: try #require(PartialDate("2026-03-02")))
  }

  static func rating(
    _ rater: ID<Person>, _ plan: Identifier?, _ data: Identifier? = "3",
    stream: RatingStream = .staff, at second: Int64 = 0
  ) throws -> Rating {
    try Rating(
      work: "w1", rater: rater, stream: stream, rubric: try rubric(),
      marks: [.init("plan", plan), .init("data", data)],
      recorded: try #require(Instant(secondsSince1970: 1_800_000_000 + second)))
  }
}

@Suite("Rubrics")
struct RubricTests {
  static let forms: [(form: Rubric.Form, targets: [[CompetencyID]], levels: [Int], isRight: Bool)] =
    [
      (.analytic, [["a"], ["b"]], [1, 2, 3, 4], true),
      (.analytic, [["a", "b"]], [1, 2, 3, 4], false),
      (.analytic, [["a"]], [1, 2, 4], false),
      (.holistic, [["a", "b"]], [1, 2, 3, 4], true),
      (.holistic, [["a"], ["b"]], [1, 2, 3, 4], false),
      (.singlePoint, [["a"], ["b"]], [3], true),
      (.singlePoint, [["a"]], [2], false),
      (.singlePoint, [["a"]], [1, 2, 3, 4], false),
      (.multiTarget, [["a", "b"], ["b"]], [1, 2, 3, 4], true),
      (.multiTarget, [["a"]], [1, 2, 3, 4], false),
      (.analytic, [[]], [1, 2, 3, 4], false),
      (.analytic, [["a"]], [1, 2, 3, 5], false),
    ]

  @Test("a form has the criteria and words that it needs", arguments: forms)
  func form(form: Rubric.Form, targets: [[CompetencyID]], levels: [Int], isRight: Bool) throws {
    let criteria = targets.enumerated().map { number, targets in
      RubricCriterion(
        id: ID("c\(number)"), title: "", targets: targets,
        descriptors: Classroom.descriptors(levels))
    }
    let scale = try Classroom.scale()
    let rubric = try? Rubric(id: "r", title: "r", form: form, scale: scale, criteria: criteria)
    #expect((rubric != nil) == isRight)
  }

  @Test("a revision is a new version and says what it changed")
  func revision() throws {
    let old = try Classroom.rubric()
    var criteria = old.criteria
    criteria[1].descriptors[0].text = "no data"
    let new = try old.revised(criteria: criteria)
    #expect(new.reference.description == "lab@2")
    let change = RubricChange(from: old, to: new)
    #expect(change.reworded == ["data"])
    #expect(!change.keepsMeaning)
    #expect(RubricChange(from: old, to: try old.revised(title: "Report")).keepsMeaning)
  }

  @Test("levels that say the same are pointed out")
  func sameWords() throws {
    var criteria = try Classroom.rubric().criteria
    criteria[0].descriptors[1].text = "work at 1"
    let rubric = try Classroom.rubric().revised(criteria: criteria)
    #expect(rubric.findings.map(\.subject) == ["plan"])
  }
}

@Suite("Several raters")
struct JudgementTests {
  static let cases:
    [(rule: RatingResolution, levels: [Identifier], number: String?, level: Identifier?)] = [
      (.thirdWhenApart(), ["3", "3"], "3", "3"),
      (.thirdWhenApart(), ["2", "3"], "5/2", "2"),
      (.thirdWhenApart(), ["1", "3"], nil, nil),
      (.thirdWhenApart(), ["1", "4", "3"], "7/2", "3"),
      (.thirdWhenApart(), ["1", "3", "2"], "5/2", "2"),
      (.mean, ["1", "4"], "5/2", "2"), (.mean, ["2", "3", "3"], "8/3", "2"),
      (.expertWhenApart(), ["2", "3"], nil, nil), (.expertWhenApart(1), ["3", "4"], "7/2", "3"),
    ]

  @Test(
    "ratings come together by the rule, and a mean is not rounded up to the cut", arguments: cases)
  func resolution(
    rule: RatingResolution, levels: [Identifier], number: String?, level: Identifier?
  ) throws {
    let task = try Classroom.task(rule)
    let ratings = try levels.enumerated().map {
      try Classroom.rating(ID("r\($0.offset)"), $0.element, at: Int64($0.offset))
    }
    let judgement = try WorkJudgement(
      of: try Classroom.work(task), task: task, ratings: ratings)
    let row = judgement.rows[0]
    if case .resolved(let found, let reached, _) = row.outcome {
      #expect(found.description == number)
      #expect(reached == level)
      #expect(row.isMastery == (level == "3" || level == "4"))
    } else {
      #expect(number == nil)
      #expect(row.isMastery == nil)
      #expect(!judgement.isComplete)
    }
    #expect(row.originals.map(\.level) == levels)
  }

  @Test("an expert decides, and what others gave is kept")
  func expert() throws {
    let task = try Classroom.task(.expertWhenApart())
    let ratings = try [
      Classroom.rating("r1", "1"), Classroom.rating("r2", "4", at: 1),
      Classroom.rating("chief", "3", stream: .expert, at: 2),
    ]
    let judgement = try WorkJudgement(of: try Classroom.work(task), task: task, ratings: ratings)
    #expect(judgement.rows[0].outcome == .resolved(number: 3, level: "3", by: "expert"))
    #expect(judgement.rows[0].originals.count == 3)
  }

  @Test("ratings of the learner and of peers stand beside and open nothing by default")
  func streams() throws {
    let task = try Classroom.task(raters: 1)
    let ratings = try [
      Classroom.rating("t", "2"), Classroom.rating("ann", "4", stream: .selfRating),
      Classroom.rating("bob", "4", stream: .peer),
    ]
    let work = try Classroom.work(task)
    let judgement = try WorkJudgement(of: work, task: task, ratings: ratings)
    #expect(judgement.rows[0].outcome == .resolved(number: 2, level: "2", by: "single"))
    #expect(judgement.rows[0].beside.count == 2)
    let recorded = try #require(Instant(secondsSince1970: 1_800_000_100))
    let evidence = judgement.evidence(recorded: recorded).filter { $0.competency == "planning" }
    #expect(evidence.map(\.purpose) == [.summative, .selfAssessment, .peer])
    #expect(evidence.map(\.trust) == [.claimed, .selfReported, .claimed])
    #expect(evidence[0].state == .assessed(.number(2, scale: "four")))
    let open = try Classroom.task(.mean, raters: 1, counting: [.staff, .peer])
    let counted = try WorkJudgement(of: try Classroom.work(open), task: open, ratings: ratings)
    #expect(counted.rows[0].outcome == .resolved(number: 3, level: "3", by: "mean"))
  }

  @Test("help lowers no cut, and where it does what the target is about nothing is judged")
  func accommodations() throws {
    let task = try Classroom.task(raters: 1)
    let work = try Classroom.work(
      task,
      accommodations: [
        Accommodation("extra_time"), Accommodation("data_given", replaces: ["measuring"]),
      ])
    let judgement = try WorkJudgement(
      of: work, task: task, ratings: [try Classroom.rating("t", "2", "4")])
    #expect(judgement.rows[0].isMastery == false)
    #expect(judgement.rows[1].outcome == .notAssessed(.insufficient))
    let evidence = judgement.evidence(recorded: try #require(Instant(secondsSince1970: 0)))
    #expect(evidence[1].state == .notAssessed(.insufficient))
  }

  @Test("work that cannot be judged is not the lowest level")
  func insufficient() throws {
    let task = try Classroom.task(raters: 1)
    let judgement = try WorkJudgement(
      of: try Classroom.work(task), task: task, ratings: [try Classroom.rating("t", nil)])
    #expect(judgement.rows[0].outcome == .notAssessed(.insufficient))
    #expect(judgement.rows[0].isMastery == nil)
  }

  @Test("wrong ratings are refused")
  func refused() throws {
    let task = try Classroom.task()
    let work = try Classroom.work(task)
    #expect(throws: AssessmentError.self) { try Classroom.rating("t", "5") }
    #expect(throws: AssessmentError.self) {
      try WorkJudgement(of: work, task: task, ratings: [try Classroom.rating("ann", "3")])
    }
    let newer = try task.rubric.revised(title: "new")
    let moment = try #require(Instant(secondsSince1970: 0))
    #expect(throws: AssessmentError.self) {
      try WorkJudgement(
        of: work, task: task,
        ratings: [try Rating(work: "w1", rater: "t", rubric: newer, marks: [], recorded: moment)])
    }
    #expect(throws: AssessmentError.self) {
      try TaskWork(
        id: "w", learner: "ann", task: task, demonstration: "film", artefacts: ["a"],
        submitted: try #require(PartialDate("2026-03-02")))
    }
    #expect(throws: AssessmentError.self) {
      try TaskWork(
        id: "w", learner: "ann", task: task, demonstration: "dance", artefacts: ["a"],
        submitted: try #require(PartialDate("2026-03-02")))
    }
  }
}

@Suite("Bodies of evidence and prior learning")
struct BodyOfEvidenceTests {
  static func piece(
    _ id: EvidenceID, _ day: String, _ kind: EvidenceKind = .essay,
    _ purpose: EvidencePurpose = .summative
  ) throws -> Evidence {
    Evidence(
      id: id, learner: "ann", competency: "t", state: .assessed(.level("3", scale: "four")),
      kind: kind, purpose: purpose,
      times: EvidenceTimes(
        occurred: try #require(PartialDate(day)),
        recorded: try #require(Instant(secondsSince1970: 1_700_000_000))))
  }

  @Test("what is lacking is said, and then nobody decides")
  func lacks() throws {
    var rule = BodyOfEvidenceRule()
    rule.kinds = [.project]
    rule.kindCount = 3
    rule.spreadDays = 30
    rule.recencyDays = 20
    let asOf = try #require(CalendarDate("2026-04-01"))
    let body = rule.review(
      [
        try Self.piece("1", "2026-03-01"), try Self.piece("2", "2026-03-05"),
        try Self.piece("3", "2026-03-30", .quiz, .selfAssessment),
      ], learner: "ann", target: "t", asOf: asOf)
    #expect(body.evidence == ["1", "2"])
    #expect(body.lacks.count == 5)
    let error = #expect(throws: AssessmentError.self) {
      try body.decide(
        "3", on: try Classroom.scale(), by: ["teacher"], rationale: "convincing",
        recorded: try #require(Instant(secondsSince1970: 0)))
    }
    #expect(error?.message.contains("project") == true)
  }

  @Test("a complete body takes a level, a person and a rationale")
  func decides() throws {
    let body = BodyOfEvidenceRule().review(
      [
        try Self.piece("1", "2026-03-01"), try Self.piece("2", "2026-03-05"),
        try Self.piece("3", "2026-03-30", .quiz),
      ], learner: "ann", target: "t", asOf: try #require(CalendarDate("2026-04-01")))
    let moment = try #require(Instant(secondsSince1970: 0))
    let scale = try Classroom.scale()
    let decision = try body.decide(
      "3", on: scale, by: ["teacher"], rationale: "three times without help", recorded: moment)
    #expect(decision.isMastery)
    #expect(decision.body.evidence.count == 3)
    for (level, person, rationale): (Identifier, ID<Person>, String) in [
      ("9", "teacher", "x"), ("3", "ann", "x"), ("3", "teacher", "  "),
    ] {
      #expect(throws: AssessmentError.self) {
        try body.decide(level, on: scale, by: [person], rationale: rationale, recorded: moment)
      }
    }
  }

  @Test("a claim is evidence only where somebody else granted it")
  func claims() throws {
    let scale = try Classroom.scale()
    let moment = try #require(Instant(secondsSince1970: 1_700_000_000))
    var claim = try PriorLearningClaim(
      id: "c", learner: "ann", targets: ["t", "u", "v"], source: "a summer course",
      artefacts: ["certificate"], occurred: try #require(PartialDate("2025-07")))
    #expect(claim.waiting == ["t", "u", "v"])
    #expect(claim.evidence(scale: scale).isEmpty)
    try claim.add(
      .init(
        target: "t", finding: .granted("3"), reviewer: "teacher", rationale: "shown in a talk",
        isVerified: true, recorded: moment), scale: scale)
    try claim.add(
      .init(
        target: "u", finding: .refused, reviewer: "teacher", rationale: "not in the course",
        recorded: moment), scale: scale)
    #expect(claim.waiting == ["v"])
    let evidence = claim.evidence(scale: scale)
    #expect(evidence.map(\.competency) == ["t"])
    #expect(evidence.map(\.trust) == [.verified])
    #expect(throws: AssessmentError.self) {
      try claim.add(
        .init(
          target: "v", finding: .granted("3"), reviewer: "ann", rationale: "I can",
          recorded: moment), scale: scale)
    }
  }
}
