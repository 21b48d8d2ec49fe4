import Domain
import Grading
import Testing

@Suite("Events of many learners")
struct IntakeTests {
  private static func piece(
    _ id: String, of learner: LearnerID = Example.learner, _ score: EvidenceState, line: Int
  ) -> EvidenceEvent {
    var piece = Example.evidence(id, day: 1, score)
    piece.learner = learner
    piece.provenance = Provenance(place: Place(file: "e.csv", line: line))
    return .recorded(piece)
  }

  private static func reversal(_ evidence: EvidenceID, line: Int) -> EvidenceEvent {
    .reversed(
      Reversal(
        id: "r", of: evidence, reason: "slip", actor: "t", recorded: Example.moment(day: 2),
        provenance: Provenance(place: Place(file: "e.csv", line: line))))
  }

  @Test("what no history can have is left out and told with its line")
  func problems() {
    let problems = ProblemList()
    let intake = EvidenceIntake(
      [
        Self.reversal("b", line: 2), Self.piece("a", Example.level("3"), line: 3),
        Self.piece("a", Example.level("3"), line: 4), Self.piece("a", Example.level("4"), line: 5),
        Self.piece("a", of: "other", Example.level("3"), line: 6),
        Self.piece("b", of: "other", Example.level("2"), line: 7), Self.reversal("b", line: 8),
        Self.reversal("c", line: 9),
      ], reporting: problems)
    #expect(
      problems.problems.map { "\($0.place.line ?? 0) \($0.severity) \($0.code)" } == [
        "4 skipped grading.duplicate_evidence", "5 rejected grading.duplicate_evidence",
        "6 rejected grading.duplicate_evidence", "8 rejected grading.unfounded_reversal",
        "9 rejected grading.unfounded_reversal",
      ])
    #expect(intake.learners == [Example.learner, "other"])
    #expect(intake.history(of: Example.learner).evidence(asOf: Example.asOf()).map(\.id) == ["a"])
    #expect(intake.history(of: "other").evidence(asOf: Example.asOf()) == [])
    #expect(Array(intake.evidence).map(\.id) == ["a", "b"])
  }

  static let readings: [(state: EvidenceState, code: Problem.Code?)] = [
    (Example.level("3"), nil), (Example.level("5"), "grading.off_scale"),
    (.assessed(.number(4, scale: "zero-to-four")), nil),
    (.assessed(.number(5, scale: "zero-to-four")), "grading.off_scale"),
    (.assessed(.number(-1, scale: "zero-to-four")), "grading.off_scale"),
    (Example.level("A", "letters"), "grading.unconverted"),
    (Example.points("3", of: "4"), "grading.points_unread"),
    (.notAssessed(.excused), nil),
  ]

  @Test("a score that cannot be read is told", arguments: readings)
  func scores(state: EvidenceState, code: Problem.Code?) throws {
    let policy = try Policy(id: "p", title: "P", scale: Example.scale(), method: .latest)
    let problem = policy.problem(with: Example.evidence("e", day: 1, state))
    #expect(problem?.code == code)
    #expect(
      problem?.severity == (code == nil ? nil : code == "grading.off_scale" ? .rejected : .warning))
    // What is for no target is never looked at.
    #expect(policy.problem(with: Example.evidence("e", day: 1, state, target: nil)) == nil)
  }

  @Test("results of a batch are those of each learner")
  func evaluate() throws {
    let policy = try Policy(id: "p", title: "P", scale: Example.scale(), method: .latest)
    let grader: some PolicyEvaluating = Grader(policy, targets: [GradedTarget("t")])
    let problems = ProblemList()
    let results = grader.evaluate(
      [
        Self.piece("b", of: "bea", Example.level("2"), line: 2),
        Self.piece("a", of: "ann", Example.level("3"), line: 3),
        Self.piece("c", of: "ann", Example.level("9"), line: 4),
      ], asOf: Example.asOf(), reporting: problems)
    #expect(results.map(\.learner) == ["bea", "ann"])
    #expect(results.map(\.outcome) == [.notYet, .mastered])
    #expect(problems.problems.map(\.place.line) == [4])
    #expect(grader.digest == policy.digest)
  }
}
