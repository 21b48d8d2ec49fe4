import Domain
import Grading
import TestSupport

/// Policies and histories of every kind, from a seed.
struct RandomPolicies {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  static let kinds: [EvidenceKind] = [.quiz, .project, "lab"]
  static let learners: [LearnerID] = ["ann", "bo", "cy"]
  static let targets: [CompetencyID] = ["t1", "t2"]

  mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

  mutating func chance(_ of: Int) -> Bool { number(1...of) == 1 }

  mutating func element<Value>(_ values: [Value]) -> Value {
    values[number(0...(values.count - 1))]
  }

  /// The names of the methods, each of which `method(_:)` knows.
  static let methods = [
    "latest", "highest", "mean", "meanOfLast", "weightedMean", "median", "mode",
    "newestAgainstOlder", "exponentialDecay", "timesAtCut", "streak", "sum", "pointsShare",
    "powerLaw", "promotion", "counter", "knowledgeTracing",
  ]
  /// The methods that levels without numbers allow.
  static let ofRanks = ["latest", "highest", "median", "mode", "timesAtCut", "streak", "promotion"]

  private mutating func fraction() -> Rational {
    let below = element([2, 3, 4, 10, 20, 100])
    return (try? Rational(Int128(number(0...below)), over: Int128(below))) ?? .one
  }

  mutating func method(_ name: String, hasNumbers: Bool) -> Method {
    switch name {
    case "latest": return .latest
    case "highest": return .highest
    case "mean": return .mean
    case "meanOfLast": return .meanOfLast(number(1...4))
    case "sum": return .sum
    case "weightedMean":
      return .weightedMean(
        weights: [.quiz: fraction(), .project: Rational(number(0...3))], others: fraction())
    case "median":
      return .median(
        middle: hasNumbers ? element(Method.Middle.allCases) : element([.lower, .higher]))
    case "mode": return .mode(tie: element(Method.Tie.allCases))
    case "newestAgainstOlder": return .newestAgainstOlder(weight: fraction())
    case "exponentialDecay": return .exponentialDecay(weight: fraction())
    case "timesAtCut":
      let least = number(1...3)
      return .timesAtCut(least: least, of: chance(2) ? nil : number(least...5))
    case "streak": return .streak(least: number(1...3))
    case "pointsShare": return .pointsShare
    case "powerLaw": return .powerLaw(zero: chance(2) ? nil : Rational("0.3"))
    case "promotion":
      return .promotion([
        PromotionRule(kinds: [.project], least: Rational(number(2...3)), move: .to("2")),
        PromotionRule(from: ["0", "1"], least: Rational(number(1...2)), move: .by(1)),
        PromotionRule(below: 2, move: .by(-number(1...2))),
      ])
    case "counter":
      return .counter(
        CounterRule(
          success: Rational(number(1...3)), gain: fraction(), loss: chance(2) ? nil : fraction(),
          floor: Rational(number(-1...0)), ceiling: chance(2) ? nil : Rational(number(1...3))))
    default:
      return .knowledgeTracing(
        KnowledgeTracing(
          success: 2, prior: fraction(), learn: fraction(), forget: fraction(), guess: fraction(),
          slip: fraction()))
    }
  }

  mutating func policy(_ name: String) throws -> Policy {
    let hasNumbers = !Self.ofRanks.contains(name) || !chance(3)
    let scale = try ProficiencyScale(
      id: "s", title: "S",
      levels: (0...3).map { rank in
        let number = ExactDecimal(rank == 3 && chance(3) ? "100" : rank == 1 ? "1.25" : "\(rank)")
        return MasteryLevel(Identifier("\(rank)"), number: hasNumbers ? number : nil)
      }, masteredFrom: "2")
    let steps = [Policy.Points.Step(share: fraction(), level: "2")]
    var points: Policy.Points? =
      hasNumbers
      ? element([.percent, .share, .scaled, .earned, .steps(steps)])
      : chance(2) ? .steps(steps) : nil
    if hasNumbers, name != "pointsShare", chance(5) { points = nil }
    var counts = EvidenceDemand()
    if chance(3) { counts.kinds = [.quiz, "lab"] }
    if chance(4) { counts.attempts = 2 }
    if chance(5) { counts.trust = .claimed }
    if chance(6) { counts.purposes = [.summative] }
    let grouping: Policy.Grouping? =
      chance(6) ? (name == "pointsShare" ? .pooled : element([.latest, .highest])) : nil
    let requires =
      chance(4)
      ? [Policy.Requirement(EvidenceDemand(kinds: [.quiz]), least: number(1...3))] : []
    return try Policy(
      id: "p", title: "P", scale: scale,
      conversions: chance(2)
        ? [Policy.Conversion(scale: "letters", levels: ["A": "3", "B": "2"])] : [],
      points: points, counts: counts, order: element(Policy.Order.allCases), grouping: grouping,
      minimum: chance(3) ? number(2...3) : 1, requires: requires,
      method: method(name, hasNumbers: hasNumbers),
      rounding: Policy.Rounding(places: number(0...4), beforeCut: chance(3)),
      offsetMinutes: element([0, -300, 330]))
  }

  private mutating func state() -> EvidenceState {
    switch number(1...12) {
    case 1: return .notAssessed(.excused)
    case 2: return .assessed(.level(element(["A", "B", "C"]), scale: "letters"))
    case 3: return .assessed(.level(Identifier("\(number(0...4))"), scale: "s"))
    case 4, 5: return .assessed(.number(ExactDecimal("\(number(0...3)).5") ?? 0, scale: "s"))
    default:
      let possible = element([4, 7, 10, 20, 13, 1_048_583])
      return Example.points("\(number(0...possible))", of: "\(chance(20) ? 0 : possible)")
    }
  }

  private mutating func time(_ day: Int) -> PartialDate {
    let date = Example.date(day: day).description
    let texts = [
      date, "\(date)T10:0\(number(0...2))", "\(date)T10:00:0\(number(0...2)).5Z",
      "\(date)T10:00:00+05:30", String(date.prefix(7)), "\(date)T10:00:00.25Z",
    ]
    return PartialDate(element(texts)) ?? PartialDate(Example.date(day: day))
  }

  /// Events of some learners, in the order of the log.
  mutating func events(_ count: Int, sorted: Bool) -> [EvidenceEvent] {
    var owners = (0..<count).map { _ in element(Self.learners) }
    if sorted { owners.sort() }
    var events: [EvidenceEvent] = []
    var live: [EvidenceID] = []
    for (index, learner) in owners.enumerated() {
      let id = ID<Evidence>("e\(index)")
      var piece = Example.evidence(
        "e\(index)", day: number(0...20), state(),
        target: chance(9) ? nil : element(Self.targets), kind: element(Self.kinds),
        purpose: element([.summative, .formative]), attempt: chance(2) ? nil : number(1...3),
        assessment: chance(2) ? nil : ID("a\(number(1...4))"), trust: element(Trust.allCases))
      piece.learner = learner
      piece.times.occurred = time(number(0...20))
      if chance(3) { piece.times.due = time(number(0...20)) }
      if chance(3) { piece.times.submitted = time(number(0...20)) }
      if chance(4) { piece.context = "club" }
      if chance(4) { piece.artefact = ID("w\(number(1...3))") }
      events.append(.recorded(piece))
      live.append(id)
      guard chance(10) else { continue }
      let taken = live.remove(at: number(0...(live.count - 1)))
      events.append(
        .reversed(
          Reversal(
            id: ID("r\(index)"), of: taken, reason: "error", actor: "p",
            recorded: Example.moment(day: number(0...30)))))
    }
    return events
  }
}
