import Domain
import Grading
import TestSupport
import Testing

@Suite("Corrections")
struct CorrectionTests {
  private static func grader(cut: Identifier = "3") throws -> Grader {
    let scale = try ProficiencyScale(
      id: "zero-to-four", title: "0 to 4",
      levels: (0...4).map { MasteryLevel(Identifier("\($0)"), number: ExactDecimal($0)) },
      masteredFrom: cut)
    let policy = try Policy(
      id: "p", title: "P", scale: scale, counts: EvidenceDemand(kinds: [.quiz, .essay]),
      minimum: 2, method: .exponentialDecay(weight: MethodTests.rational("0.65")),
      gates: [
        Policy.NamedGate("level", .targets(.all, .backbone, at: nil)),
        Policy.NamedGate("credit", .all([.gate("level"), .targets(.least(3), .all, at: nil)])),
      ])
    return Grader(
      policy,
      targets: [GradedTarget("a"), GradedTarget("b"), GradedTarget("c", isBackbone: false)])
  }

  private static func reversal(_ id: EvidenceID, _ index: Int) -> EvidenceEvent {
    .reversed(
      Reversal(
        id: ID("r\(index)"), of: id, reason: "Wrong learner.", actor: "t-1",
        recorded: Example.moment(day: 500 + index)))
  }

  @Test("incremental results equal those from scratch, over 1,000 random histories")
  func incremental() throws {
    var random = SeededGenerator(seed: 1_000)
    let grader = try Self.grader()
    var changes = 0
    for round in 0..<1_000 {
      var ledger = try LearnerLedger(grader, learner: Example.learner, asOf: Example.asOf(day: 520))
      var live: [EvidenceID] = []
      for index in 0..<Int.random(in: 1...12, using: &random) {
        let event: EvidenceEvent
        if let id = live.randomElement(using: &random), Int.random(in: 0..<4, using: &random) == 0 {
          // Some reversals are recorded after the point of view.
          event = Self.reversal(id, Int.random(in: 0..<30, using: &random))
          live.removeAll { $0 == id }
        } else {
          var piece = Example.evidence(
            "e\(index)", day: .random(in: 0..<540, using: &random),
            Example.level(Identifier("\(Int.random(in: 0...4, using: &random))")),
            target: ["a", "b", "c", "other", nil].randomElement(using: &random) ?? nil,
            kind: [.quiz, .essay, .project].randomElement(using: &random) ?? .quiz)
          if Int.random(in: 0..<6, using: &random) == 0 { piece.state = .notAssessed(.excused) }
          live.append(piece.id)
          event = .recorded(piece)
        }
        if try !ledger.append(event).isEmpty { changes += 1 }
        let scratch = try grader.report(
          on: Example.learner, history: ledger.history, asOf: Example.asOf(day: 520))
        #expect(ledger.report == scratch, "round \(round)")
      }
    }
    #expect(changes > 300)
  }

  @Test("a reversal closes what it had opened, and the affected learners are listed")
  func affected() throws {
    let grader = try Self.grader()
    var ledgers: [LearnerLedger] = []
    for learner in ["x", "y"] {
      let evidence = ["a", "b", "c"].flatMap { target in
        (0..<2).map { index in
          var piece = Example.evidence(
            "\(learner)-\(target)-\(index)", day: index, Example.level("3"), target: ID(target))
          piece.learner = ID(learner)
          return piece
        }
      }
      ledgers.append(
        try LearnerLedger(
          grader, learner: ID(learner), history: Example.history(evidence),
          asOf: Example.asOf()))
    }
    var corrections = Corrections(ledgers)
    #expect(corrections.report(on: "y")?.gates.map(\.isOpen) == [true, true])
    let changes = try corrections.append([Self.reversal("y-b-1", 1)])
    #expect(changes.map(\.learner) == ["y"])
    #expect(changes.first?.targets.map(\.after.result.outcome) == [.notAssessed])
    #expect(changes.first?.gates.map(\.after.name) == ["level", "credit"])
    #expect(corrections.report(on: "x")?.gates.map(\.isOpen) == [true, true])

    let before = corrections.report(on: "x")
    let error = #expect(throws: GradingError.self) {
      try corrections.append([Self.reversal("x-a-0", 2), Self.reversal("none", 3)])
    }
    #expect(error?.code == .invalidEvidence)
    #expect(corrections.report(on: "x") == before)
  }

  @Test("a result names the policy, the evidence and the point of view")
  func basis() throws {
    let grader = try Self.grader()
    let evidence = Example.scores(["3", "4"], target: "a")
    let report = try grader.report(
      on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
    let basis = report.targets[0].result.basis
    #expect(basis.policy == grader.policy.digest)
    #expect(basis.evidence == Evidence.digest(of: evidence))
    #expect(basis.asOf == Example.asOf())
  }

  @Test("what-if tells who would pass and who would not, by subgroup, and changes nothing")
  func whatIf() throws {
    let grader = try Self.grader()
    var records: [WhatIf.Record] = []
    for (learner, score) in [("x", "3"), ("y", "2"), ("z", "1")] {
      let evidence = ["a", "b"].flatMap { target in
        (0..<2).map { index in
          var piece = Example.evidence(
            "\(target)-\(index)", day: index, Example.level(Identifier(score)), target: ID(target))
          piece.learner = ID(learner)
          return piece
        }
      }
      records.append(
        WhatIf.Record(
          ID(learner), history: try Example.history(evidence),
          subgroups: learner == "x" ? [] : ["ELL"]))
    }
    let easier = try Self.grader(cut: "2").policy
    let harder = try Self.grader(cut: "4").policy
    let answers = try WhatIf.compare(
      [easier, harder, grader.policy], with: grader, over: records, asOf: Example.asOf())
    #expect(answers.map { $0.changes.map(\.learner) } == [["y"], ["x"], []])
    #expect(answers[0].gates["level"] == WhatIf.Count(learners: 3, opened: 1, closed: 0))
    #expect(answers[1].gates["level"] == WhatIf.Count(learners: 3, opened: 0, closed: 1))
    #expect(
      answers[0].subgroups["ELL"]?["level"] == WhatIf.Count(learners: 2, opened: 1, closed: 0))
    #expect(answers[2].policy == grader.policy.digest)
  }
}
