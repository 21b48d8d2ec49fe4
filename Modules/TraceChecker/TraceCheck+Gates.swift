import Domain

extension TraceCheck {
  func checkGates(_ node: DocumentNode) throws {
    var groups: [Identifier] = []
    for group in targets.flatMap(\.groups) where !groups.contains(group) { groups.append(group) }
    let found = node.items
    var expected: [DocumentValue] = []
    for gate in policy["gates"]?.items ?? [] {
      for group in gate["perGroup"]?.isTrue ?? false ? groups.map({ $0 }) : [nil] {
        let value = DocumentValue(members: [
          ("name", gate["name"]?.value), ("group", group.map { .string($0) }),
          ("node", try tree(gate.need("when"), group, depth: 0)),
        ])
        // Gate by gate, so that the wrong one is named.
        if expected.count < found.count { try found[expected.count].expect(value) }
        expected.append(value)
      }
    }
    try node.expect(.array(expected))
  }

  private func node(
    _ isOpen: Bool, _ found: BigRational? = nil, _ needed: BigRational? = nil,
    missing: [CompetencyID] = [], of children: [DocumentValue] = []
  ) -> DocumentValue {
    let texts = DocumentValue(texts: [("found", found), ("needed", needed)])
    return DocumentValue(members: [
      ("open", .bool(isOpen)), ("found", texts["found"]), ("needed", texts["needed"]),
      ("notAssessed", missing.isEmpty ? nil : DocumentValue(texts: missing)),
      ("of", children.isEmpty ? nil : .array(children)),
    ])
  }

  private func tree(
    _ gate: DocumentNode, _ group: Identifier?, depth: Int
  ) throws -> DocumentValue {
    // Gates that name each other could go round for ever.
    guard depth < 200 else { throw gate.malformed("gates that come to an end") }
    if gate["points"] != nil { return try pointsGate(gate) }
    if let nodes = gate["all"] ?? gate["any"] ?? gate["of"] {
      let children = try nodes.items.map { try tree($0, group, depth: depth + 1) }
      let least = gate["any"] == nil ? try gate["least"]?.count() : 1
      let open = children.count { $0["open"] == true }
      return try count(open, of: children.count, least, gate["share"], children: children)
    }
    if let id = gate["target"]?.value.text.map({ CompetencyID($0) }) {
      return node(hasReached(id, gate), missing: missing([id]))
    }
    if gate["evidence"] != nil { return try evidenceGate(gate, group) }
    if let ids = try gate["targets"].map({ try select($0, group) }) {
      guard let least = try gate["mean"]?.number() else {
        return try count(
          ids.count { hasReached($0, gate) }, of: ids.count, gate["least"]?.count(),
          gate["share"], missing: missing(ids))
      }
      let absent = ids.filter { target($0)?.number == nil }
      let mean = absent.isEmpty ? BigRational.mean(ids.compactMap { target($0)?.number }) : nil
      return node(mean.map { $0 >= least } ?? false, mean, least, missing: absent)
    }
    guard let name = gate["gate"]?.value else { return try factGate(gate) }
    guard let other = policy["gates"]?.items.first(where: { $0["name"]?.value == name }) else {
      throw gate.malformed("a gate that is there")
    }
    let own = other["perGroup"]?.isTrue ?? false ? group : nil
    return node(try tree(other.need("when"), own, depth: depth + 1)["open"] == true)
  }

  private func count(
    _ found: Int, of all: Int, _ least: Int?, _ share: DocumentNode?,
    missing: [CompetencyID] = [], children: [DocumentValue] = []
  ) throws -> DocumentValue {
    let part = try share.map { try $0.number() * BigRational(all) }
    let needed = part ?? BigRational(least ?? all)
    let isOpen = BigRational(found) >= needed && (all > 0 || (share == nil && least != nil))
    return node(isOpen, BigRational(found), needed, missing: missing, of: children)
  }

  private func target(_ id: CompetencyID) -> CheckedTarget? { targets.first { $0.id == id } }

  private func missing(_ ids: [CompetencyID]) -> [CompetencyID] {
    ids.filter { target($0)?.outcome ?? .notAssessed == .notAssessed }
  }

  private func hasReached(_ id: CompetencyID, _ gate: DocumentNode? = nil) -> Bool {
    guard let target = target(id), target.outcome != .notAssessed else { return false }
    guard let level = gate?["at"]?.value.text else { return target.outcome == .mastered }
    let (own, asked) = (target.level.flatMap(scale.rank), scale.rank(of: level))
    return own ?? -1 >= asked ?? .max
  }

  private func select(_ selector: DocumentNode, _ group: Identifier?) throws -> [CompetencyID] {
    if selector.value.elements != nil { return selector.words.map { CompetencyID($0) } }
    let isNamed = selector.value.text == nil
    let wanted = isNamed ? try selector.need("group").text() : group
    return targets.filter { target in
      (selector.value != "backbone" || target.isBackbone)
        && wanted.map { target.groups.contains($0) } ?? true
    }.map(\.id)
  }

  private func pointsGate(_ gate: DocumentNode) throws -> DocumentValue {
    let least = try gate.need("points").number()
    let items = try gate.need("of").items.map { item in
      (
        id: CompetencyID(try item.need("target").text()),
        points: try item.need("points").number(), isRequired: item["required"]?.isTrue ?? false
      )
    }
    let sum = BigRational.sum(items.filter { hasReached($0.id) }.map(\.points))
    let isWhole = items.allSatisfy { !$0.isRequired || hasReached($0.id) }
    return node(
      sum >= least && isWhole, sum, least, missing: missing(items.map(\.id)))
  }

  private func evidenceGate(_ gate: DocumentNode, _ group: Identifier?) throws -> DocumentValue {
    let level = gate["at"]?.value.text.flatMap(scale.number)
    let pieces = try select(gate.need("targets"), group).flatMap { target($0)?.evidence ?? [] }
    let found = try pieces.filter { piece in
      guard piece.state.score != nil, try misfit(piece, gate["evidence"]) == nil else {
        return false
      }
      guard let level else { return true }
      return try reading(piece.state).value.map { $0 >= level } ?? false
    }.count
    let (least, most) = (try gate["least"]?.count(), try gate["most"]?.count())
    let isOpen = found >= least ?? 0 && found <= most ?? .max
    return node(isOpen, BigRational(found), (least ?? most).map { BigRational($0) })
  }

  private func factGate(_ gate: DocumentNode) throws -> DocumentValue {
    if let step = gate["step"]?.value {
      return try node(
        facts["confirmations"]?.items.contains {
          try $0["step"]?.value == step && $0["role"]?.value == gate["role"]?.value
            && $0.need("recorded").moment() <= asOf.known
        } ?? false)
    }
    guard let today = asOf.occurred.date(offsetMinutes: offset) else { return node(false) }
    guard let name = gate["since"]?.value.text else {
      return try node(
        gate["from"].map { try $0.date().firstDay <= today } ?? true
          && gate["after"].map { try $0.date().firstDay < today } ?? true
          && gate["through"].map { try $0.date().firstDay >= today } ?? true
          && gate["before"].map { try $0.date().firstDay > today } ?? true)
    }
    let start = try facts["dates"]?[name]?.date().firstDay
    guard let passed = start?.days(until: today) else { return node(false) }
    let days = try (gate["elapsed"] ?? gate.need("within")).count()
    let isEarly = gate["inclusive"]?.isTrue ?? false ? passed <= days : passed < days
    let isOpen = gate["elapsed"] == nil ? passed >= 0 && isEarly : passed >= days
    return node(isOpen, BigRational(passed), BigRational(days))
  }
}
