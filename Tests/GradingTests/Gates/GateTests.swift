import Domain
import Grading
import TestSupport
import Testing

@Suite("Gates")
struct GateTests {
  /// Targets a and b are mastered, c is not yet, d is not assessed.
  private static func report(
    _ gate: Gate, facts: LearnerFacts = LearnerFacts(), day: Int = 100, perGroup: Bool = false
  ) throws -> LearnerReport {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .latest,
      gates: [Policy.NamedGate("g", perGroup: perGroup, gate)])
    let evidence =
      Example.scores(["3"], target: "a") + Example.scores(["4"], target: "b")
      + Example.scores(["2"], target: "c")
    let targets = [
      GradedTarget("a", groups: ["math"]), GradedTarget("b", groups: ["reading"]),
      GradedTarget("c", isBackbone: false, groups: ["reading"]),
      GradedTarget("d", isBackbone: false, groups: ["art"]),
    ]
    return try Grader(policy, targets: targets).report(
      on: Example.learner, history: Example.history(evidence), facts: facts,
      asOf: Example.asOf(day: day))
  }

  static let trees: [(gate: Gate, isOpen: Bool)] = [
    (.target("a", at: nil), true), (.target("c", at: nil), false), (.target("c", at: "2"), true),
    (.target("d", at: "0"), false), (.target("nobody", at: nil), false),
    (.all([.target("a", at: nil), .target("b", at: nil)]), true),
    (.all([.target("a", at: nil), .target("c", at: nil)]), false), (.all([]), false),
    (.any([.target("d", at: nil), .target("b", at: "4")]), true), (.any([]), false),
    (
      .combine(.least(2), [.target("a", at: nil), .target("b", at: nil), .target("c", at: nil)]),
      true
    ),
    (.targets(.all, .backbone, at: nil), true), (.targets(.all, .all, at: nil), false),
    (.targets(.share(MethodTests.rational("1/2")), .all, at: nil), true),
    (.targets(.share(MethodTests.rational("0.51")), .all, at: nil), false),
    (.targets(.least(2), .all, at: nil), true), (.targets(.least(3), .all, at: "2"), true),
    (.targets(.all, .group("reading"), at: "2"), true),
    (.targets(.all, .group("none"), at: nil), false),
    (.mean(3, .named(["a", "b", "c"])), true),
    (.mean(MethodTests.rational("3.01"), .named(["a", "b", "c"])), false),
    (.mean(0, .all), false),
    (.points(10, [Gate.PointsItem("a", points: 5), Gate.PointsItem("b", points: 5)]), true),
    (
      .points(
        5, [Gate.PointsItem("a", points: 5), Gate.PointsItem("c", points: 5, isRequired: true)]),
      false
    ),
    (.evidence(EvidenceGate(EvidenceDemand(kinds: [.quiz]), least: 3)), true),
    (.evidence(EvidenceGate(EvidenceDemand(), at: "3", least: 3)), false),
    (.evidence(EvidenceGate(EvidenceDemand(), at: "3", most: 1)), false),
    (.evidence(EvidenceGate(EvidenceDemand(kinds: [.essay]), most: 0)), true),
  ]

  @Test("trees over results", arguments: trees)
  func tree(gate: Gate, isOpen: Bool) throws {
    #expect(try Self.report(gate).gates.map(\.isOpen) == [isOpen])
  }

  // Day 100 is 11 April 2025.
  static let days: [(gate: Gate, isOpen: Bool)] = [
    (.window(from: bound(100, true), to: bound(100, true)), true),
    (.window(from: bound(100, false), to: nil), false),
    (.window(from: nil, to: bound(100, false)), false),
    (.window(from: bound(99, false), to: bound(101, false)), true),
    (.within(days: 14, since: "day 87", isInclusive: false), true),
    (.within(days: 14, since: "day 86", isInclusive: false), false),
    (.within(days: 14, since: "day 86", isInclusive: true), true),
    (.within(days: 14, since: "day 101", isInclusive: false), false),
    (.within(days: 14, since: "never", isInclusive: false), false),
    (.elapsed(days: 14, since: "day 86"), true), (.elapsed(days: 14, since: "day 87"), false),
  ]

  private static func bound(_ day: Int, _ isInclusive: Bool) -> Gate.Bound {
    Gate.Bound(Example.date(day: day), isInclusive: isInclusive)
  }

  @Test("windows and times keep their bounds", arguments: days)
  func time(gate: Gate, isOpen: Bool) throws {
    let facts = LearnerFacts(dates: [
      "day 86": Example.date(day: 86), "day 87": Example.date(day: 87),
      "day 101": Example.date(day: 101),
    ])
    #expect(try Self.report(gate, facts: facts).gates.map(\.isOpen) == [isOpen])
  }

  @Test("a step is confirmed by the role that is named, once it is known")
  func step() throws {
    let facts = LearnerFacts(confirmations: [
      Confirmation(step: "talk", role: "teacher", actor: "t-1", recorded: Example.moment(day: 50))
    ])
    #expect(try Self.report(.step("talk", role: "teacher"), facts: facts).gates[0].isOpen)
    #expect(try !Self.report(.step("talk", role: "principal"), facts: facts).gates[0].isOpen)
    #expect(try !Self.report(.step("talk", role: "teacher"), facts: facts, day: 49).gates[0].isOpen)
  }

  @Test("a gate per group is answered for each group by itself")
  func groups() throws {
    let gates = try Self.report(.targets(.all, .all, at: nil), perGroup: true).gates
    #expect(gates.map(\.group) == ["math", "reading", "art"])
    #expect(gates.map(\.isOpen) == [true, false, false])
    #expect(gates[2].node.notAssessed == ["d"])
  }

  @Test("an override stands beside the computed value")
  func override() throws {
    let override = try Override(
      of: .target("c"), .level("3"), actor: "t-1", reason: "Shown in the workshop.",
      recorded: Example.moment(day: 50))
    let report = try Self.report(
      .target("c", at: nil), facts: LearnerFacts(overrides: [override]))
    #expect(report.override(of: .target("c")) == override)
    #expect(report.targets[2].result.level == "2")
    #expect(report.gates.map(\.isOpen) == [false])
  }

  @Test("an override needs an actor and a reason")
  func incompleteOverride() {
    for (actor, reason) in [("", "Because."), ("t-1", " "), ("t-1", "")] {
      let error = #expect(throws: GradingError.self) {
        try Override(
          of: .target("c"), .level("3"), actor: ID(actor), reason: reason,
          recorded: Example.moment(day: 1))
      }
      #expect(error?.code == .missingField)
    }
  }

  @Test("habits are no targets of academic results")
  func habits() {
    #expect(GradedTarget(Competency(id: "h", statement: "Is on time.", kind: .habit)) == nil)
    #expect(
      GradedTarget(Competency(id: "a", statement: "Adds.", emphasis: .familiar))?.isBackbone
        == false)
  }

  @Test("evidence for other targets or none changes no byte of a result, in 10,000 cases")
  func unaligned() throws {
    var random = SeededGenerator(seed: 85)
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      method: .exponentialDecay(weight: MethodTests.rational("0.65")),
      gates: [Policy.NamedGate("g", .targets(.all, .all, at: nil))])
    let grader = Grader(policy, targets: [GradedTarget("t")])
    for round in 0..<10_000 {
      let own = Example.scores((0..<3).map { _ in "\(Int.random(in: 0...4, using: &random))" })
      let target: CompetencyID? = Bool.random(using: &random) ? nil : "habit-or-other"
      let other = Example.evidence(
        "extra", day: Int.random(in: 0..<5, using: &random), Example.level("4"), target: target)
      var mixed = own
      mixed.insert(other, at: Int.random(in: 0...3, using: &random))
      let plain = try grader.report(
        on: Example.learner, history: Example.history(own), asOf: Example.asOf())
      let extra = try grader.report(
        on: Example.learner, history: Example.history(mixed), asOf: Example.asOf())
      #expect(plain == extra, "round \(round)")
    }
  }
}
