import Domain

/// Works a trace out again, by code that shares nothing with the module that made it but values:
/// numbers, dates, scales, evidence and hashes.
///
/// A trace holds the policy, the evidence and every intermediate value, so that nothing else is
/// needed to accept or refuse it.
public struct TraceCheck {
  let policy: DocumentNode
  let scale: ProficiencyScale
  let asOf: AsOf
  let offset: Int
  let facts: DocumentNode
  let learner: LearnerID
  var targets: [CheckedTarget] = []

  /// Checks a trace.
  ///
  /// - Parameter bytes: The trace as JSON.
  /// - Throws: ``TraceCheckerError`` that names the first wrong step by its JSON pointer.
  /// - Complexity: O(*n* log *n*) in the size of the trace.
  public static func check(json bytes: [UInt8]) throws(TraceCheckerError) {
    do {
      let root = DocumentNode(try DocumentReader.read(bytes))
      try root.need("trace").expect(1 as DocumentValue)
      var check = try TraceCheck(root, root.need("policy"))
      try root.need("policyHash").expect(check.policy.value.digest)
      for node in try root.need("targets").items {
        check.targets.append(try CheckedTarget(node, check))
      }
      try check.checkGates(root.need("gates"))
      let unsealed = (root.value.members ?? []).filter { $0.name != "seal" }
      try root.need("seal").expect(DocumentValue.object(unsealed).digest)
    } catch { throw TraceCheckerError(error) }
  }

  private init(_ root: DocumentNode, _ policy: DocumentNode) throws {
    self.policy = policy
    scale = try ProficiencyScale(policy.need("scale"))
    offset = try policy["offsetMinutes"]?.count() ?? 0
    guard offset.magnitude <= 1_080 else { throw policy.malformed("an offset of hours") }
    let point = try root.need("asOf")
    asOf = AsOf(
      occurred: try point.need("occurred").moment(), known: try point.need("known").moment())
    facts = try root.need("facts")
    learner = ID(try root.need("learner").text())
  }

  /// The first field of a demand that evidence does not fit.
  func misfit(_ piece: Evidence, _ demand: DocumentNode?) throws -> String? {
    let words: [(Identifier, Identifier?)] = [
      ("kinds", piece.kind.word), ("purposes", piece.purpose.word), ("contexts", piece.context),
      ("raters", piece.rater?.identifier), ("depths", piece.depth.map { Identifier($0.text) }),
    ]
    let wrong = words.first { list, word in
      demand?[list].map { allowed in !allowed.words.contains { $0 == word } } ?? false
    }
    if let wrong { return wrong.0.text }
    let least = demand?["trust"]?.value.text.flatMap { Trust(rawValue: $0.text) }
    if let least, piece.trust < least { return "trust" }
    return try piece.attempt ?? 1 > demand?["attempts"]?.count() ?? .max ? "attempts" : nil
  }

  /// The number of a score, or why it has none.
  func reading(_ state: EvidenceState) throws -> (value: BigRational?, why: String) {
    switch state {
    case .notAssessed: return (nil, "not_assessed")
    case .assessed(.points(let earned, let possible)):
      return try points(BigRational(earned), BigRational(possible))
    case .assessed(.level(let label, scale.id)): return (scale.number(of: label), "off_scale")
    case .assessed(.level(let label, let from)):
      let rule = policy["conversions"]?.items.first { $0["scale"]?.value.text == from.identifier }
      return (rule?["levels"]?[label]?.value.text.flatMap(scale.number), "unconverted")
    case .assessed(.number(let number, let from)):
      guard from == scale.id, scale.hasNumbers else { return (nil, "unconverted") }
      let isInside = scale.numbers[0] <= BigRational(number) && BigRational(number) <= top
      return (isInside ? BigRational(number) : nil, "off_scale")
    }
  }

  private var top: BigRational { scale.numbers[scale.levels.count - 1] }

  /// The number that stands for points, or why there is none.
  func points(
    _ earned: BigRational, _ possible: BigRational
  ) throws -> (value: BigRational?, why: String) {
    guard let rule = policy["points"] else { return (nil, "points_unread") }
    if rule.value == "earned" { return (earned, "") }
    guard earned >= 0, possible > 0 else { return (nil, "off_scale") }
    if let factor = ["share": 1, "percent": 100, "scaled": top][rule.value.text] {
      return (try? (earned / possible * factor).shortened(), "off_scale")
    }
    if let bend = try rule["masteredAt"]?.number(), bend > 0 {
      let (share, cut) = (earned / possible, scale.numbers[scale.masteryRank])
      let isBelow = share <= bend || bend == 1
      let value = isBelow ? share / bend * cut : cut + (share - bend) / (1 - bend) * (top - cut)
      return (try? value.shortened(), "off_scale")
    }
    let step = try rule.items.last { try earned / possible >= $0.need("share").number() }
    return (try scale.number(of: step?.need("level").text() ?? scale.levels[0].label), "")
  }
}
