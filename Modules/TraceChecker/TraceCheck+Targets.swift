import Domain

extension TraceCheck {
  /// What a method takes: one piece of evidence, or those of one attempt at one assessment.
  struct Item {
    var pieces: [Node]
    var value: Number
    var points: (earned: Number, possible: Number)?
    /// The date by which the policy orders, as seconds and their parts.
    var date: (Int64, Int32)

    var kind: Identifier { pieces.last?["kind"]?.value.text ?? "" }

    var document: Value {
      let texts = Value(texts: [
        ("kind", kind), ("value", value), ("earned", points?.earned),
        ("possible", points?.possible),
      ])
      let ids = Value.array(pieces.compactMap { $0["id"]?.value })
      return .object([Value.Member("evidence", ids)] + (texts.members ?? []))
    }
  }

  /// Works one target out again: what counts, what the method takes, its steps and the result.
  mutating func checkTarget(_ node: Node) throws {
    let pieces = try node.need("evidence").items
    let evidence = try pieces.map { try Evidence(json: $0) }
    let read = try zip(pieces, evidence).map { try item($0, $1, for: node.need("target").text()) }
    try node.need("evidenceHash").expect(Evidence.digest(of: evidence))
    let leftOut = zip(evidence, read).filter { $0.1.item == nil }.map { piece, read in
      Value(texts: [("evidence", piece.id), ("why", read.why)])
    }
    try node.need("leftOut").expect(.array(leftOut))
    // Sorting is stable: ties keep the order of the evidence.
    let items = read.compactMap(\.item).sorted { $0.date < $1.date }
    let observations = try grouped(items)
    try node.need("observations").expect(.array(observations.map(\.document)))
    let isComplete = try policy["requires"]?.items.allSatisfy { demand in
      try items.count { try misfit($0.pieces[0], demand) == nil } >= demand.need("least").count()
    }
    let isEnough = try observations.count >= policy["minimum"]?.count() ?? 1
    let answer: Answer = try isEnough && isComplete ?? true ? self.answer(observations) : (nil, [])
    try node.need("steps").expect(Value(texts: answer.steps))
    try node.need("result").expect(result(of: answer))
    targets.append(node)
    for group in node["groups"]?.words ?? [] where !groups.contains(group) { groups.append(group) }
  }

  /// What a piece of evidence is for the method, or why it does not count.
  private func item(
    _ node: Node, _ piece: Evidence, for target: Identifier
  ) throws -> (item: Item?, why: String) {
    try node.expect(piece.json)
    guard let moment = piece.times.moment("occurred", offsetMinutes: offset),
      piece.learner == learner, piece.competency == ID(target),
      piece.times.recorded <= asOf.known, moment <= asOf.occurred
    else { throw node.unexpected("The evidence was not there from this point of view.") }
    guard let score = piece.state.score else { return (nil, "not_assessed") }
    if let field = try misfit(node, policy["counts"]) { return (nil, "counts_\(field)") }
    let order = policy["order"]?.value.text?.text ?? ""
    let key = piece.times.moment(order, offsetMinutes: offset)
    let date = (key?.secondsSince1970 ?? .min, key?.nanoseconds ?? 0)
    let (value, why) = try reading(piece.state)
    var item = value.map { Item(pieces: [node], value: $0, date: date) }
    if case .points(let earned, let possible) = score {
      item?.points = (Number(earned), Number(possible))
    } else if method["name"]?.value == "points_share" {
      return (nil, "unconverted")
    }
    return (item, why)
  }

  /// Joins the items of one attempt at one assessment where the last of them stands.
  private func grouped(_ items: [Item]) throws -> [Item] {
    guard let rule = policy["group"]?.value else { return items }
    let keys = items.map { item in ["assessment", "attempt"].map { item.pieces[0][$0]?.value } }
    return try items.indices.compactMap { index in
      let same = items.indices.filter { keys[$0] == keys[index] }
      if keys[index][0] == nil { return items[index] }
      return same.last == index ? try joined(same.map { items[$0] }, rule) : nil
    }
  }

  private func joined(_ items: [Item], _ rule: Value) throws -> Item {
    let (points, values) = (items.compactMap(\.points), items.map(\.value))
    var joined = items[items.count - 1]
    joined.pieces = items.flatMap(\.pieces)
    if rule == "pooled", points.count == items.count, policy["points"] != nil {
      let earned = try Number.sum(points.map(\.earned)).shortened()
      let possible = try Number.sum(points.map(\.possible)).shortened()
      joined.points = (earned, possible)
      joined.value = try self.points(earned, possible).value ?? joined.value
    } else if rule != "latest" {
      joined.value = try (rule == "highest" ? values.max() : Number.mean(values))?.shortened() ?? 0
      joined.points = nil
    }
    return joined
  }

  private func result(of answer: Answer) throws -> Value {
    let rounding = try policy.need("rounding")
    let shown = try answer.number?.rounded(places: rounding.need("places").count())
    let compared = rounding.isTrue("beforeCut") ? shown.map { Number($0) } : answer.number
    let level = compared.flatMap { scale.level(atOrBelow: $0) }?.label
    let isMastered = level.flatMap { scale.isMastery($0) } ?? false
    let isAssessed = answer.number != nil || !answer.steps.isEmpty
    return Value(texts: [
      ("outcome", isMastered ? "mastered" : isAssessed ? "not_yet" : "not_assessed"),
      ("number", scale.hasNumbers ? try answer.number?.shortened() : nil),
      ("shown", scale.hasNumbers ? shown : nil), ("level", level),
    ])
  }
}
