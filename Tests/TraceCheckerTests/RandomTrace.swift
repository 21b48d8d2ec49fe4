import Domain
import Grading
import TestSupport

/// Random policies, evidence and facts, and the trace of what follows from them.
enum RandomTrace {
  static func moment(_ day: Int) -> Instant {
    guard let moment = Instant(secondsSince1970: 1_735_689_600 + Int64(day) * 86_400) else {
      preconditionFailure("day \(day) is out of range")
    }
    return moment
  }

  private static func ratio(_ text: String) -> Rational {
    guard let number = Rational(text) else { preconditionFailure("\(text) is no number") }
    return number
  }

  private static let methods: [Method] = [
    .latest, .highest, .mean, .meanOfLast(2), .sum, .pointsShare, .median(middle: .mean),
    .weightedMean(weights: [.quiz: ratio("0.5"), .project: 3], others: 1), .median(middle: .lower),
    .median(middle: .higher), .mode(tie: .highest), .mode(tie: .lowest), .mode(tie: .latest),
    .newestAgainstOlder(weight: ratio("0.65")), .exponentialDecay(weight: ratio("1/3")),
    .timesAtCut(least: 2, of: nil), .timesAtCut(least: 2, of: 3), .streak(least: 2),
    .powerLaw(zero: nil), .powerLaw(zero: ratio("0.1")),
    .counter(CounterRule(success: 2, gain: 1, loss: nil, ceiling: 3)),
    .counter(CounterRule(success: 2, gain: 2, loss: 1)),
    .promotion([
      PromotionRule(kinds: [.quiz], from: ["0", "1"], least: 2, move: .to("3")),
      PromotionRule(below: 1, move: .by(-1)), PromotionRule(least: 3, move: .by(1)),
    ]),
    .knowledgeTracing(
      KnowledgeTracing(
        success: 2, prior: ratio("0.3"), learn: ratio("0.1"), forget: ratio("0.05"),
        guess: ratio("0.2"), slip: ratio("0.1"))),
  ]

  static func make(_ random: inout SeededGenerator) throws -> DocumentValue {
    let policy = try policy(&random)
    let targets = [
      GradedTarget("a", groups: ["math"]), GradedTarget("b", groups: ["math", "reading"]),
      GradedTarget("c", isBackbone: false, groups: ["reading"]),
    ]
    let grader = Grader(policy, targets: targets)
    let asOf = AsOf(
      occurred: moment(.random(in: 20...60, using: &random)),
      known: moment(.random(in: 20...60, using: &random)))
    var events: [EvidenceEvent] = []
    for index in 0..<Int.random(in: 0...8, using: &random) {
      events.append(.recorded(evidence(index, &random)))
    }
    var facts = LearnerFacts(
      dates: ["entry": CalendarDate(daysSince1970: 20_089)].compactMapValues { $0 })
    if Bool.random(using: &random) {
      facts.confirmations = [
        Confirmation(step: "talk", role: "teacher", actor: "t-1", recorded: moment(30))
      ]
    }
    // Half of the reports come from a roll-up that kept its derivations.
    guard Bool.random(using: &random) else {
      let report = try grader.report(
        on: "l", history: EvidenceHistory(events), facts: facts, asOf: asOf)
      return grader.trace(of: report)
    }
    var columns = EvidenceColumns()
    for event in events { try columns.append(event) }
    let rollUp = try RollUp(
      policy, over: EvidenceGroups(columns, for: policy, asOf: asOf), keepsTrace: true)
    return grader.trace(of: try rollUp.report(on: "l", by: grader, facts: facts))
  }

  private static func policy(_ random: inout SeededGenerator) throws -> Policy {
    let method = methods.randomElement(using: &random) ?? .latest
    var points: Policy.Points =
      [
        .scaled, .earned, .percent, .share,
        .steps([
          Policy.Points.Step(share: ratio("0.5"), level: "2"),
          Policy.Points.Step(share: ratio("0.8"), level: "3"),
        ]),
      ].randomElement(using: &random) ?? .scaled
    var grouping: Policy.Grouping? = [nil, .pooled, .mean, .highest, .latest].randomElement(
      using: &random
    ).flatMap { $0 }
    if method == .pointsShare { (points, grouping) = (.percent, .pooled) }
    let scale = try ProficiencyScale(
      id: "s", title: "s",
      levels: (0...4).map { MasteryLevel(Identifier("\($0)"), number: ExactDecimal($0)) },
      masteredFrom: "3")
    return try Policy(
      id: "p", title: "P", scale: scale,
      conversions: [Policy.Conversion(scale: "letters", levels: ["A": "4", "C": "2"])],
      points: points,
      counts: Bool.random(using: &random)
        ? EvidenceDemand() : EvidenceDemand(kinds: [.quiz, .essay], trust: .claimed, attempts: 2),
      order: Policy.Order.allCases.randomElement(using: &random) ?? .occurred, grouping: grouping,
      minimum: .random(in: 1...2, using: &random),
      requires: Int.random(in: 0..<4, using: &random) == 0
        ? [Policy.Requirement(EvidenceDemand(kinds: [.essay]))] : [],
      method: method,
      rounding: Policy.Rounding(
        places: .random(in: 0...3, using: &random), beforeCut: Bool.random(using: &random)),
      gates: gates(&random))
  }

  private static func gates(_ random: inout SeededGenerator) -> [Policy.NamedGate] {
    let leaves: [Gate] = [
      .target("a", at: nil), .target("b", at: "2"), .targets(.all, .backbone, at: nil),
      .targets(.share(ratio("2/3")), .all, at: "1"),
      .targets(.least(1), .group("reading"), at: nil),
      .mean(2, .named(["a", "b"])), .step("talk", role: "teacher"),
      .points(
        5, [Gate.PointsItem("a", points: 5), Gate.PointsItem("b", points: 3, isRequired: true)]),
      .within(days: 30, since: "entry", isInclusive: Bool.random(using: &random)),
      .elapsed(days: 40, since: "entry"),
      .window(
        from: CalendarDate(daysSince1970: 20_100).map { Gate.Bound($0, isInclusive: false) },
        to: CalendarDate(daysSince1970: 20_140).map { Gate.Bound($0, isInclusive: true) }),
      .evidence(EvidenceGate(EvidenceDemand(kinds: [.quiz]), at: "2", least: 1, most: 3)),
    ]
    let picked = leaves.shuffled(using: &random).prefix(4)
    return [
      Policy.NamedGate("first", picked[0]),
      Policy.NamedGate("each", perGroup: true, .any([picked[1], .gate("first")])),
      Policy.NamedGate(
        "last",
        .all([
          .combine(.least(2), Array(picked)),
          .combine(.share(ratio("1/2")), [picked[2], .gate("each")]),
        ])),
    ]
  }

  private static func evidence(_ index: Int, _ random: inout SeededGenerator) -> Evidence {
    let number = Int.random(in: 0...4, using: &random)
    let state: EvidenceState
    switch Int.random(in: 0..<8, using: &random) {
    case 0: state = .notAssessed(.excused)
    case 1: state = .assessed(.level("A", scale: "letters"))
    case 2: state = .assessed(.level("B", scale: "letters"))
    case 3: state = .assessed(.number(ExactDecimal("\(number).5") ?? 0, scale: "s"))
    case 4: state = .assessed(.level(Identifier("\(number)"), scale: "s"))
    default:
      state = .assessed(
        .points(ExactDecimal(number), of: ExactDecimal(.random(in: 3...6, using: &random))))
    }
    let day = Int.random(in: 0..<50, using: &random)
    return Evidence(
      id: ID("e\(index)"), learner: "l",
      competency: ["a", "b", "c", nil].randomElement(using: &random) ?? nil,
      state: state, kind: [.quiz, .essay, .project].randomElement(using: &random) ?? .quiz,
      purpose: .summative,
      times: EvidenceTimes(
        occurred: PartialDate(moment(day)),
        recorded: moment(day + .random(in: 0...5, using: &random)),
        due: Bool.random(using: &random)
          ? PartialDate(moment(.random(in: 0..<50, using: &random))) : nil,
        submitted: Bool.random(using: &random) ? PartialDate(moment(day + 1)) : nil),
      attempt: [nil, 1, 2, 3].randomElement(using: &random) ?? nil,
      assessment: ["x", "y", nil].randomElement(using: &random) ?? nil,
      trust: Trust.allCases.randomElement(using: &random) ?? .claimed)
  }
}
