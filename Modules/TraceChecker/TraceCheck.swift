import Domain

/// Works a trace out again, by code that shares nothing with the module that made it but values:
/// numbers, dates, scales, evidence and hashes.
///
/// A trace holds policy, evidence and every intermediate value; nothing else is needed to judge it.
public struct TraceCheck {
  typealias Node = DocumentNode
  typealias Value = DocumentValue
  typealias Number = BigRational

  let policy: Node
  let method: Node
  let scale: ProficiencyScale
  let asOf: AsOf
  let offset: Int
  let facts: Node
  let learner: LearnerID
  /// The targets that were found right, and the groups that they name.
  var (targets, groups): ([Node], [Identifier]) = ([], [])

  /// Checks a trace.
  ///
  /// - Parameter bytes: The trace as JSON.
  /// - Throws: ``TraceCheckerError`` that names the first wrong step by its JSON pointer.
  /// - Complexity: O(*n* log *n*) in the size of the trace.
  public static func check(json bytes: [UInt8]) throws(TraceCheckerError) {
    do { _ = try TraceCheck(Node(DocumentReader.read(bytes))) } catch { throw .init(error) }
  }

  /// Goes through a trace from its premises to its seal.
  private init(_ root: Node) throws {
    try root.need("trace").expect(1 as Value)
    policy = try root.need("policy")
    try root.need("policyHash").expect(policy.value.digest)
    method = try policy.need("method")
    scale = try ProficiencyScale(policy.need("scale"))
    offset = try policy["offsetMinutes"]?.count() ?? 0
    guard offset.magnitude <= 1_080 else { throw policy.malformed("an offset of hours") }
    let point = try root.need("asOf")
    asOf = AsOf(
      occurred: try point.need("occurred").moment(), known: try point.need("known").moment())
    facts = try root.need("facts")
    learner = ID(try root.need("learner").text())
    for node in try root.need("targets").items { try checkTarget(node) }
    try checkGates(root.need("gates"))
    let unsealed = (root.value.members ?? []).filter { $0.name != "seal" }
    try root.need("seal").expect(Value.object(unsealed).digest)
  }

  /// The first field of a demand that evidence does not fit.
  func misfit(_ piece: Node, _ demand: Node?) throws -> String? {
    for field in ["kind", "purpose", "context", "rater", "depth"] {
      let own = piece[Identifier(field)]?.value.text
      let isAllowed = demand?[Identifier(field + "s")]?.words.contains { $0 == own }
      if isAllowed == false { return field + "s" }
    }
    let ranks: [Identifier?] = ["self", "claimed", "verified"]
    let asked = demand?["trust"].flatMap { ranks.firstIndex(of: $0.value.text) } ?? 0
    if ranks.firstIndex(of: piece["trust"]?.value.text) ?? 0 < asked { return "trust" }
    let most = try demand?["attempts"]?.count() ?? .max
    return try piece["attempt"]?.count() ?? 1 > most ? "attempts" : nil
  }

  var cut: Number { scale.numbers[scale.masteryRank] }
  private var top: Number { scale.numbers[scale.levels.count - 1] }

  /// The number of a score, or why it has none.
  func reading(_ state: EvidenceState) throws -> (value: Number?, why: String) {
    switch state {
    case .notAssessed: return (nil, "not_assessed")
    case .assessed(.points(let earned, let possible)):
      return try points(Number(earned), Number(possible))
    case .assessed(.level(let label, scale.id)): return (scale.number(of: label), "off_scale")
    case .assessed(.level(let label, let from)):
      let rule = policy["conversions"]?.items.first { $0["scale"]?.value.text == from.identifier }
      return (rule?["levels"]?[label]?.value.text.flatMap(scale.number), "unconverted")
    case .assessed(.number(let number, let from)):
      guard from == scale.id, scale.hasNumbers else { return (nil, "unconverted") }
      let isInside = (scale.numbers[0]...top).contains(Number(number))
      return (isInside ? Number(number) : nil, "off_scale")
    }
  }

  /// The number that stands for points, or why there is none.
  func points(_ earned: Number, _ possible: Number) throws -> (value: Number?, why: String) {
    guard let rule = policy["points"] else { return (nil, "points_unread") }
    if rule.value == "earned" { return (earned, "") }
    guard earned >= 0, possible > 0 else { return (nil, "off_scale") }
    let share = earned / possible
    if let factor = ["share": 1, "percent": 100, "scaled": top][rule.value.text] {
      return (try? (share * factor).shortened(), "off_scale")
    }
    guard let bend = try rule["masteredAt"]?.number(), bend > 0 else {
      let step = try rule.items.last { try share >= $0.need("share").number() }
      return (try scale.number(of: step?.need("level").text() ?? scale.levels[0].label), "")
    }
    let isBelow = share <= bend || bend == 1
    let value = isBelow ? share / bend * cut : cut + (share - bend) / (1 - bend) * (top - cut)
    return (try? value.shortened(), "off_scale")
  }
}
