import Badges
import Domain
import Testing

@Suite("Awarding")
struct AwardBookTests {
  static let learner: LearnerID = LearnerID("17")
  static let basis = MasteryResult.Basis(
    policy: SHA256.hash("policy"), evidence: SHA256.hash("evidence"),
    asOf: AsOf(occurred: Fixture.now, known: Fixture.now))

  static func results(_ levels: [String: String], mastered: Set<String> = []) -> [MasteryResult] {
    levels.map { name, level in
      MasteryResult(
        learner: learner, competency: CompetencyID(Identifier(name)),
        outcome: mastered.contains(name) ? .mastered : .notYet, level: Identifier(level),
        basis: basis)
    }
  }

  static let a = AwardCriterion.mastered(CompetencyID("A"))
  static let b = AwardCriterion.mastered(CompetencyID("B"))
  static let c = AwardCriterion.level(CompetencyID("C"), oneOf: ["3", "4"])

  static let answers:
    [(criterion: AwardCriterion, mastered: Set<String>, level: String, holds: Bool)] =
      [
        (a, ["A"], "1", true), (a, ["B"], "1", false), (c, [], "3", true), (c, [], "2", false),
        (.all([a, b]), ["A"], "1", false), (.all([a, b]), ["A", "B"], "1", true),
        (.atLeast(2, of: [a, b, c]), ["A"], "4", true),
        (.atLeast(2, of: [a, b, c]), ["A"], "1", false), (.all([]), [], "1", true),
      ]

  @Test("answers questions to results", arguments: answers.indices)
  func answer(_ index: Int) {
    let test = Self.answers[index]
    let results = Self.results(
      ["A": "1", "B": "1", "C": test.level], mastered: test.mastered)
    let known = Dictionary(uniqueKeysWithValues: results.map { ($0.competency, $0) })
    let trace = test.criterion.answer(known, holding: [])
    #expect(trace.holds == test.holds, "\(trace)")
  }

  @Test("what was not assessed does not hold")
  func notAssessed() {
    let trace = Self.a.answer([:], holding: [])
    #expect(!trace.holds)
    #expect(trace.found == "not_assessed")
  }

  @Test("badges of badges are due in the same run, in whatever order the rules are given")
  func composite() throws {
    let book = try AwardBook(rules: [
      AwardRule(id: "both", criterion: .all([.holds("a"), .holds("b")])),
      AwardRule(id: "a", criterion: Self.a), AwardRule(id: "b", criterion: Self.b),
    ])
    let decisions = book.decisions(
      for: Self.learner, Self.results(["A": "3", "B": "3"], mastered: ["A", "B"]))
    #expect(decisions.map(\.rule) == ["a", "b", "both"])
    #expect(decisions.allSatisfy { $0.step == .issue })
  }

  @Test("a correction that takes a result away revokes the badge, and what was built on it")
  func revocation() throws {
    let rules = [
      AwardRule(id: "a", criterion: Self.a),
      AwardRule(id: "both", criterion: .all([.holds("a"), Self.b])),
    ]
    let book = try AwardBook(
      rules: rules,
      awards: [
        Award(rule: "a", learner: Self.learner, credential: "urn:1"),
        Award(rule: "both", learner: Self.learner, credential: "urn:2"),
      ])
    let before = book.decisions(
      for: Self.learner, Self.results(["A": "3", "B": "3"], mastered: ["A", "B"]))
    #expect(before.map(\.step) == [.keep("urn:1"), .keep("urn:2")])
    let after = book.decisions(
      for: Self.learner, Self.results(["A": "1", "B": "3"], mastered: ["B"]))
    #expect(after.map(\.step) == [.revoke("urn:1"), .revoke("urn:2")])
    #expect(after[1].trace.description.contains("no: holds a, found not held"))
    #expect(after[0].trace.basis == Self.basis)
  }

  @Test("a badge that is given once only is not given again after it was revoked")
  func onceOnly() throws {
    for (isOnceOnly, step) in [(true, AwardDecision.Step.spent), (false, .issue)] {
      let book = try AwardBook(
        rules: [AwardRule(id: "a", criterion: Self.a, isOnceOnly: isOnceOnly)],
        awards: [
          Award(rule: "a", learner: Self.learner, credential: "urn:1", isRevoked: true)
        ])
      let decisions = book.decisions(
        for: Self.learner, Self.results(["A": "3"], mastered: ["A"]))
      #expect(decisions.map(\.step) == [step])
    }
  }

  @Test("rules that ask for each other are refused")
  func circle() {
    #expect(throws: BadgesError.self) {
      try AwardBook(rules: [
        AwardRule(id: "a", criterion: .holds("b")), AwardRule(id: "b", criterion: .holds("a")),
      ])
    }
    #expect(throws: BadgesError.self) {
      try AwardBook(rules: [
        AwardRule(id: "a", criterion: Self.a), AwardRule(id: "a", criterion: Self.b),
      ])
    }
  }
}
