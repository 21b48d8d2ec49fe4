import Domain

/// One target of a trace, worked out again.
struct CheckedTarget {
  /// What a method takes: one piece of evidence, or those of one attempt at one assessment.
  struct Item {
    var pieces: [Evidence]
    var kind: Identifier
    var value: BigRational
    var points: (earned: BigRational, possible: BigRational)?
  }

  let id: CompetencyID
  let isBackbone: Bool
  let groups: [Identifier]
  let evidence: [Evidence]
  let outcome: MasteryResult.Outcome
  let number: BigRational?
  let level: Identifier?

  init(_ node: DocumentNode, _ check: TraceCheck) throws {
    id = ID(try node.need("target").text())
    isBackbone = try node.need("backbone").isTrue
    groups = try node.need("groups").words
    let nodes = try node.need("evidence").items
    evidence = try nodes.map { try Evidence(json: $0) }
    for (node, piece) in zip(nodes, evidence) {
      try node.expect(piece.json)
      let moment = piece.times.moment("occurred", offsetMinutes: check.offset)
      guard piece.learner == check.learner, piece.competency == id, let moment,
        piece.times.recorded <= check.asOf.known, moment <= check.asOf.occurred
      else { throw node.unexpected("The evidence was not there from this point of view.") }
    }
    try node.need("evidenceHash").expect(Evidence.digest(of: evidence))
    let read = try evidence.map { try Self.item($0, check) }
    let leftOut = zip(evidence, read).filter { $0.1.item == nil }.map { piece, read in
      DocumentValue(texts: [("evidence", piece.id), ("why", read.why)])
    }
    try node.need("leftOut").expect(.array(leftOut))
    var items = read.compactMap(\.item)
    let pieces = items.flatMap(\.pieces)
    let isComplete = try check.policy["requires"]?.items.allSatisfy { demand in
      let fitting = try pieces.filter { try check.misfit($0, demand) == nil }
      return fitting.count >= (try demand.need("least").count())
    }
    items = try Self.grouped(Self.ordered(items, check), check)
    try node.need("observations").expect(.array(items.map(Self.document)))
    var answer = CheckedMethod.Answer()
    if try items.count >= check.policy["minimum"]?.count() ?? 1, isComplete ?? true {
      let method = CheckedMethod(rule: try check.policy.need("method"), scale: check.scale)
      answer = try method.answer(items)
    }
    try node.need("steps").expect(DocumentValue(texts: answer.steps))
    let rounding = try check.policy.need("rounding")
    let shown = try answer.number?.rounded(places: rounding.need("places").count())
    let isRounded = rounding["beforeCut"]?.isTrue ?? false
    let compared = isRounded ? shown.map { BigRational($0) } : answer.number
    level = compared.flatMap { check.scale.level(atOrBelow: $0) }?.label
    let isMastered = level.flatMap { check.scale.isMastery($0) } ?? false
    let isAssessed = answer.number != nil || answer.isNotYet
    outcome = isMastered ? .mastered : isAssessed ? .notYet : .notAssessed
    number = check.scale.hasNumbers ? try answer.number?.shortened() : nil
    try node.need("result").expect(
      DocumentValue(texts: [
        ("outcome", outcome.rawValue), ("number", number), ("shown", number.flatMap { _ in shown }),
        ("level", level),
      ]))
  }

  private static func item(
    _ piece: Evidence, _ check: TraceCheck
  ) throws -> (item: Item?, why: String) {
    guard let score = piece.state.score else { return (nil, "not_assessed") }
    if let field = try check.misfit(piece, check.policy["counts"]) {
      return (nil, "counts_\(field)")
    }
    let (value, why) = try check.reading(piece.state)
    var item = value.map { Item(pieces: [piece], kind: piece.kind.word, value: $0) }
    if case .points(let earned, let possible) = score {
      item?.points = (BigRational(earned), BigRational(possible))
    } else if check.policy["method"]?["name"]?.value == "points_share" {
      return (nil, "unconverted")
    }
    return (item, why)
  }

  /// Orders items by the date of the policy; ties keep the order of the evidence.
  private static func ordered(_ items: [Item], _ check: TraceCheck) -> [Item] {
    let name = check.policy["order"]?.value.text?.text ?? ""
    let keys = items.enumerated().map { index, item in
      let moment = item.pieces[0].times.moment(name, offsetMinutes: check.offset)
      return (moment?.secondsSince1970 ?? .min, moment?.nanoseconds ?? 0, index)
    }
    return keys.sorted { $0 < $1 }.map { items[$0.2] }
  }

  /// Joins items of one attempt at one assessment where the last of them stands.
  private static func grouped(_ items: [Item], _ check: TraceCheck) throws -> [Item] {
    guard let rule = check.policy["group"]?.value else { return items }
    return try items.enumerated().compactMap { index, item in
      let own = item.pieces[0]
      let isSame = { (other: Item) in
        own.assessment == other.pieces[0].assessment && own.attempt == other.pieces[0].attempt
      }
      if own.assessment == nil { return item }
      if items[(index + 1)...].contains(where: isSame) { return nil }
      return try joined(items.filter(isSame), rule, check)
    }
  }

  private static func joined(
    _ items: [Item], _ rule: DocumentValue, _ check: TraceCheck
  ) throws -> Item {
    let values = items.map(\.value)
    let points = items.compactMap(\.points)
    var joined = items[items.count - 1]
    joined.pieces = items.flatMap(\.pieces)
    if rule == "pooled", points.count == items.count, check.policy["points"] != nil {
      let earned = try BigRational.sum(points.map(\.earned)).shortened()
      let possible = try BigRational.sum(points.map(\.possible)).shortened()
      joined.points = (earned, possible)
      joined.value = try check.points(earned, possible).value ?? joined.value
    } else if rule != "latest" {
      joined.points = nil
      joined.value =
        try (rule == "highest" ? values.max() : BigRational.mean(values))?.shortened() ?? 0
    }
    return joined
  }

  private static func document(_ item: Item) -> DocumentValue {
    let texts = DocumentValue(texts: [
      ("kind", item.kind), ("value", item.value), ("earned", item.points?.earned),
      ("possible", item.points?.possible),
    ])
    let ids = DocumentValue(texts: item.pieces.map(\.id))
    return .object([DocumentValue.Member("evidence", ids)] + (texts.members ?? []))
  }
}
