import Domain
import Grading
import Testing

@Suite("Methods")
struct MethodTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var method: Method
    var scores: [String]
    /// The exact number, or `nil` for none.
    var number: String?
    var shown: String?
    var outcome = MasteryResult.Outcome.notYet

    var testDescription: String { "\(method) of \(scores)" }
  }

  // Worked out by hand from the formulas.
  static let cases: [Case] = [
    Case(method: .latest, scores: ["4", "2", "3"], number: "3", shown: "3", outcome: .mastered),
    Case(method: .highest, scores: ["2", "4", "1"], number: "4", shown: "4", outcome: .mastered),
    Case(method: .mean, scores: ["4", "4.25"], number: "33/8", shown: "4.13", outcome: .mastered),
    Case(method: .mean, scores: ["1", "2", "2"], number: "5/3", shown: "1.67"),
    Case(
      method: .meanOfLast(2), scores: ["0", "3", "4"], number: "7/2", shown: "3.5",
      outcome: .mastered),
    Case(method: .meanOfLast(5), scores: ["1", "2"], number: "3/2", shown: "1.5"),
    Case(
      method: .median(middle: .mean), scores: ["1", "4", "2", "3"], number: "5/2", shown: "2.5"),
    Case(method: .median(middle: .lower), scores: ["1", "4", "2", "3"], number: "2", shown: "2"),
    Case(
      method: .median(middle: .higher), scores: ["1", "4", "2", "3"], number: "3", shown: "3",
      outcome: .mastered),
    Case(
      method: .median(middle: .mean), scores: ["4", "0", "3"], number: "3", shown: "3",
      outcome: .mastered),
    Case(
      method: .mode(tie: .highest), scores: ["2", "4", "4", "2"], number: "4", shown: "4",
      outcome: .mastered),
    Case(method: .mode(tie: .lowest), scores: ["2", "4", "4", "2"], number: "2", shown: "2"),
    Case(method: .mode(tie: .latest), scores: ["2", "4", "4", "2"], number: "2", shown: "2"),
    Case(
      method: .newestAgainstOlder(weight: rational("0.65")), scores: ["2", "3"], number: "53/20",
      shown: "2.65"),
    Case(
      method: .newestAgainstOlder(weight: rational("0.65")), scores: ["2", "3", "4"],
      number: "139/40", shown: "3.48", outcome: .mastered),
    Case(
      method: .newestAgainstOlder(weight: rational("0.65")), scores: ["2"], number: "2", shown: "2"),
    Case(
      method: .exponentialDecay(weight: rational("0.65")), scores: ["2", "3", "4"],
      number: "1411/400", shown: "3.53", outcome: .mastered),
    Case(
      method: .timesAtCut(least: 2, of: nil), scores: ["3", "1", "4", "0"], number: "7/2",
      shown: "3.5", outcome: .mastered),
    Case(method: .timesAtCut(least: 3, of: nil), scores: ["3", "1", "4", "0"], number: nil),
    Case(method: .timesAtCut(least: 2, of: 3), scores: ["3", "3", "4", "0", "0"], number: nil),
    Case(
      method: .timesAtCut(least: 2, of: 3), scores: ["0", "3", "0", "4"], number: "7/2",
      shown: "3.5", outcome: .mastered),
    Case(method: .streak(least: 2), scores: ["4", "4", "1", "3"], number: nil),
    Case(
      method: .streak(least: 2), scores: ["1", "3", "4"], number: "7/2", shown: "3.5",
      outcome: .mastered),
    Case(method: .sum, scores: ["1", "2", "0.5"], number: "7/2", shown: "3.5", outcome: .mastered),
    Case(
      method: .counter(CounterRule(success: 3, gain: 1, loss: nil)), scores: ["3", "3", "1", "4"],
      number: "1", shown: "1"),
    Case(
      method: .counter(CounterRule(success: 3, gain: 2, loss: 1, ceiling: 4)),
      scores: ["0", "3", "3", "4", "1"], number: "3", shown: "3", outcome: .mastered),
  ]

  static func rational(_ text: String) -> Rational {
    guard let number = Rational(text) else { preconditionFailure("\(text) is no number") }
    return number
  }

  @Test("give the exact number, the rounded one and the outcome", arguments: cases)
  func number(example: Case) throws {
    let scale = try Example.scale()
    let policy = try Policy(id: "p", title: "P", scale: scale, method: example.method)
    // Scores above the scale are not asked for here; 4.25 is read from points.
    let evidence = example.scores.enumerated().map { index, score in
      Example.evidence("e\(index)", day: index, Example.points(score, of: "1"))
    }
    var earned = policy
    earned.points = .earned
    let result = try earned.judge(evidence)
    #expect(result.result.number == example.number.map(Self.rational))
    #expect(result.shown?.description == example.shown)
    #expect(result.result.outcome == example.outcome)
  }

  // JumpRope's published examples of its power law.
  static let powerLaws: [(scores: [String], shown: String)] = [
    (["1", "3", "2", "4"], "3.66"), (["2", "4", "1", "3"], "2.16"), (["4", "3", "2", "1"], "1.28"),
    (["3"], "3"), (["3", "3", "1", "3"], "1.9"),
  ]

  @Test("the power law gives the published numbers", arguments: powerLaws)
  func powerLaw(scores: [String], shown: String) throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .powerLaw(zero: nil))
    #expect(try policy.judge(Example.scores(scores)).shown?.description == shown)
  }

  @Test("the power law does with zero what its field says")
  func zeros() throws {
    let scale = try Example.scale()
    let left = try Policy(id: "p", title: "P", scale: scale, method: .powerLaw(zero: nil))
    let raised = try Policy(
      id: "p", title: "P", scale: scale, method: .powerLaw(zero: Self.rational("0.5")))
    #expect(try left.judge(Example.scores(["0", "2"])).result.number == 2)
    #expect(try left.judge(Example.scores(["0", "0"])).result.outcome == .notAssessed)
    // ln 2 on ln 2 with ln 0.5 on 0: read at the second, the line goes through the last score.
    #expect(try raised.judge(Example.scores(["0", "2"])).result.number == 2)
  }

  @Test("knowledge tracing follows its two equations")
  func tracing() throws {
    let model = KnowledgeTracing(
      success: 3, prior: Self.rational("0.5"), learn: 0, guess: Self.rational("0.25"),
      slip: Self.rational("0.25"))
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .knowledgeTracing(model))
    // 0.375 / (0.375 + 0.125), then 0.75 * 0.25 / (0.75 * 0.25 + 0.25 * 0.75).
    #expect(try policy.judge(Example.scores(["3"])).result.number == Self.rational("0.75"))
    #expect(try policy.judge(Example.scores(["3", "0"])).result.number == Self.rational("0.5"))
  }

  @Test("weights follow the kind of evidence")
  func weights() throws {
    var policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      method: .weightedMean(weights: [.project: 3, .quiz: 0], others: 1))
    let project = Example.evidence("a", day: 0, Example.level("4"), kind: .project)
    let essay = Example.evidence("b", day: 1, Example.level("2"), kind: .essay)
    let quiz = Example.evidence("c", day: 2, Example.level("0"))
    #expect(try policy.judge([project, essay, quiz]).result.number == Self.rational("7/2"))
    #expect(try policy.judge([quiz]).result.outcome == .notAssessed)
    policy.minimum = 4
    #expect(try policy.judge([project, essay, quiz]).result.outcome == .notAssessed)
  }

  // Khan Academy's published levels: 70 % makes familiar, 100 % proficient, a right answer in a
  // unit test from there mastered, a wrong one takes a level away.
  @Test("levels are won and lost")
  func promotion() throws {
    let scale = try ProficiencyScale(
      id: "khan", title: "Levels",
      levels: [
        MasteryLevel("attempted", number: 0), MasteryLevel("familiar", number: 1),
        MasteryLevel("proficient", number: 2), MasteryLevel("mastered", number: 3),
      ], masteredFrom: "mastered")
    let policy = try Policy("khan") {
      PolicyPart.scale(scale)
      PolicyPart.points(.earned)
      PolicyPart.method(
        .promotion([
          PromotionRule(
            kinds: [.test], from: ["proficient", "mastered"], least: 1, move: .to("mastered")),
          PromotionRule(kinds: [.test], least: 1, move: .by(1)),
          PromotionRule(kinds: [.test], below: 1, move: .by(-1)),
          PromotionRule(from: ["attempted", "familiar"], least: 1, move: .to("proficient")),
          PromotionRule(from: ["attempted"], least: Self.rational("0.7"), move: .to("familiar")),
        ]))
    }
    let events: [(share: String, kind: EvidenceKind, level: Identifier)] = [
      ("0.6", "exercise", "attempted"), ("0.7", "exercise", "familiar"),
      ("1", "exercise", "proficient"), ("1", .test, "mastered"), ("0", .test, "proficient"),
      ("0", .test, "familiar"), ("1", .test, "proficient"),
    ]
    var evidence: [Evidence] = []
    for (index, event) in events.enumerated() {
      evidence.append(
        Example.evidence(
          "e\(index)", day: index, Example.points(event.share, of: "1"), kind: event.kind))
      #expect(try policy.judge(evidence).result.level == event.level)
    }
  }

  @Test("a hundred scores do not run out of digits")
  func longDecay() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      method: .exponentialDecay(weight: Self.rational("0.65")))
    let scores = (0..<100).map { "\($0 % 5)" }
    let result = try policy.judge(Example.scores(scores))
    // The last 20 scores decide all digits that are shown: 0.35^20 is below 10^-9.
    var number = 0.0
    for index in 60..<100 { number = 0.35 * number + 0.65 * Double(index % 5) }
    #expect(abs((result.result.number?.approximateDouble ?? 0) - number) < 1e-9)
  }
}
