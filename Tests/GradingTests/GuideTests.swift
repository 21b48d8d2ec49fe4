import Domain
import Grading
import Testing

@Suite("Guide")
struct GuideTests {
  static let document = """
    {
      "policy": "unit-credit",
      "title": "80 % on every unit",
      "scale": {
        "id": "percent",
        "levels": [{"label": "not yet", "number": 0}, {"label": "mastered", "number": 80}],
        "masteredFrom": "mastered"
      },
      "points": "percent",
      "method": {"name": "highest"},
      "gates": [{"name": "credit", "when": {"targets": "all"}}]
    }
    """

  @Test("the guide's policy in Swift is the one in JSON, and opens when all units are mastered")
  func writeAPolicy() throws {
    let scale = try ProficiencyScale(
      id: "percent", title: "percent",
      levels: [MasteryLevel("not yet", number: 0), MasteryLevel("mastered", number: 80)],
      masteredFrom: "mastered")
    let policy = try Policy("unit-credit", title: "80 % on every unit") {
      PolicyPart.scale(scale)
      PolicyPart.points(.percent)
      PolicyPart.method(.highest)
      PolicyPart.gate("credit", .targets(.all, .all, at: nil))
    }
    #expect(try policy.digest == Policy(json: Array(Self.document.utf8)).digest)

    var history = try Example.history([
      Example.evidence("a", day: 1, Example.points("4", of: "5"), target: "unit-1")
    ])
    let asOf = Example.asOf()
    let grader = Grader(policy, targets: [GradedTarget("unit-1"), GradedTarget("unit-2")])
    let report = try grader.report(on: "learner-1", history: history, asOf: asOf)
    #expect(report.targets.map(\.result.outcome) == [.mastered, .notAssessed])
    #expect(report.gates.map(\.isOpen) == [false])
    #expect(report.gates.first?.node.notAssessed == ["unit-2"])
    try history.append(
      .recorded(Example.evidence("b", day: 2, Example.points("79.99", of: "100"), target: "unit-2"))
    )
    #expect(
      try grader.report(on: "learner-1", history: history, asOf: asOf).gates[0].isOpen == false)
    try history.append(
      .recorded(Example.evidence("c", day: 3, Example.points("8", of: "10"), target: "unit-2")))
    #expect(try grader.report(on: "learner-1", history: history, asOf: asOf).gates[0].isOpen)
  }

  @Test("the guide's class is graded, and what is wrong is told")
  func gradeAClass() throws {
    let scale = try Example.scale()
    let policy = try Policy("credit", title: "3 on both") {
      PolicyPart.scale(scale)
      PolicyPart.method(.latest)
      PolicyPart.gate("credit", .targets(.all, .all, at: nil))
    }
    let scores = Example.scores(["3"], target: "a") + Example.scores(["2"], target: "b")
    var events = scores.map { EvidenceEvent.recorded($0) }
    events.append(
      .reversed(
        Reversal(
          id: "r", of: "nothing", reason: "slip", actor: "t", recorded: Example.moment(day: 1))))
    let asOf = Example.asOf()

    let problems = ProblemList()
    let intake = EvidenceIntake(events, reporting: problems)
    #expect(problems.problems.map(\.code) == ["grading.unfounded_reversal"])
    let grader = Grader(policy, targets: [GradedTarget("a"), GradedTarget("b")])
    var opened: [LearnerID: Bool] = [:]
    for learner in intake.learners {
      let report = try grader.report(on: learner, history: intake.history(of: learner), asOf: asOf)
      opened[learner] = report.gates.contains { $0.name == "credit" && $0.isOpen }
      let needs = try grader.need(toOpen: "credit", in: report)
      #expect(needs.map(\.target) == ["b"])
    }
    #expect(opened == [Example.learner: false])
    let results = grader.evaluate(events, asOf: asOf, reporting: problems)
    #expect(results.map(\.outcome) == [.mastered, .notYet])
    #expect(PolicyLinter(policy).findings() == [])
  }

  @Test("the guide's roll-up judges all learners of a log, and tells the trace of one")
  func rollUpALog() throws {
    let policy = try Policy(json: Array(Self.document.utf8))
    let asOf = Example.asOf()
    let events = [
      EvidenceEvent.recorded(
        Example.evidence("a", day: 1, Example.points("4", of: "5"), target: "unit-1")),
      .recorded(Example.evidence("b", day: 2, Example.points("3", of: "5"), target: "unit-2")),
    ]
    var columns = EvidenceColumns()
    for event in events { try columns.append(event) }
    let groups = EvidenceGroups(columns, for: policy, asOf: asOf)
    let rollUp = try RollUp(policy, over: groups, keepsTrace: true)
    let outcomes = (0..<rollUp.count).map { rollUp.verdicts.outcome(at: $0) }
    #expect(outcomes == [.mastered, .notYet])
    #expect(rollUp.verdicts.exactCount == 0)
    let grader = Grader(policy, targets: [GradedTarget("unit-1"), GradedTarget("unit-2")])
    let report = try rollUp.report(on: Example.learner, by: grader)
    #expect(
      try report == grader.report(on: Example.learner, history: EvidenceHistory(events), asOf: asOf)
    )
  }

  @Test("the guide's results are kept up to date, and so are their gates")
  func keepResultsUpToDate() throws {
    let scale = try Example.scale()
    let policy = try Policy("p", title: "P") {
      PolicyPart.scale(scale)
      PolicyPart.method(.latest)
      PolicyPart.gate("credit", .targets(.all, .all, at: nil))
    }
    let (learners, targets) = (2, 2)
    let grader = Grader(policy, targets: [GradedTarget("a"), GradedTarget("b")])
    var results = try LiveResults(policy, count: learners * targets, unit: 2, range: 0...8)
    var board = try GateBoard(grader, learnerCount: learners)
    let learner = 1
    var opened: [UInt64] = []
    for target in 0..<targets {
      let told = results.add(7, at: learner * targets + target)
      let change = try #require(told)
      opened.append(board.set(levels: change.after, of: target, for: learner))
    }
    #expect(opened == [0, 1])
    #expect(board.isOpen(gate: 0, for: learner))
    #expect(results.level(at: 3) == "3")
  }
}
