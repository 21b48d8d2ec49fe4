import Domain

extension TraceCheck {
  func checkGates(_ node: Node) throws {
    var expected: [Value] = []
    for gate in policy["gates"]?.items ?? [] {
      for group in gate.isTrue("perGroup") ? groups.map({ $0 }) : [nil] {
        let root = try tree(gate.need("when"), group, depth: 0)
        let (name, named) = (gate["name"]?.value, group.map { Value.string($0) })
        expected.append(Value(members: [("name", name), ("group", named), ("node", root)]))
      }
    }
    // Gate by gate, so that the wrong one is named.
    for (found, right) in zip(node.items, expected) { try found.expect(right) }
    try node.expect(.array(expected))
  }

  private func node(
    _ isOpen: Bool, _ found: Number? = nil, _ needed: Number? = nil, absent: [Identifier] = [],
    of below: [Value] = []
  ) -> Value {
    Value(members: [
      ("open", .bool(isOpen)), ("found", found.map { Value("\($0)") }),
      ("needed", needed.map { Value("\($0)") }),
      ("notAssessed", absent.isEmpty ? nil : Value(texts: absent)),
      ("of", below.isEmpty ? nil : .array(below)),
    ])
  }

  private func tree(_ gate: Node, _ group: Identifier?, depth: Int) throws -> Value {
    // Gates that name each other could go round for ever.
    guard depth < 200 else { throw gate.malformed("gates that come to an end") }
    if gate["points"] != nil { return try pointsGate(gate) }
    if let nodes = gate["all"] ?? gate["any"] ?? gate["of"] {
      let below = try nodes.items.map { try tree($0, group, depth: depth + 1) }
      return try count(below.count { $0["open"] == true }, of: below.count, gate, below: below)
    }
    if let id = gate["target"]?.value.text { return node(reached(id, gate), absent: absent([id])) }
    if gate["evidence"] != nil { return try evidenceGate(gate, group) }
    if let ids = try gate["targets"].map({ try select($0, group) }) {
      guard let least = try gate["mean"]?.number() else {
        return try count(ids.count { reached($0, gate) }, of: ids.count, gate, absent: absent(ids))
      }
      let unread = ids.filter { target($0)?["result"]?["number"] == nil }
      let numbers = try ids.compactMap { try target($0)?["result"]?["number"]?.number() }
      let mean = unread.isEmpty ? Number.mean(numbers) : nil
      return node(mean.map { $0 >= least } ?? false, mean, least, absent: unread)
    }
    guard let name = gate["gate"]?.value else { return try factGate(gate) }
    guard let other = policy["gates"]?.items.first(where: { $0["name"]?.value == name }) else {
      throw gate.malformed("a gate that is there")
    }
    let own = other.isTrue("perGroup") ? group : nil
    return node(try tree(other.need("when"), own, depth: depth + 1)["open"] == true)
  }

  /// Compares how many there are with how many a gate asks for.
  private func count(
    _ found: Int, of all: Int, _ gate: Node, absent: [Identifier] = [], below: [Value] = []
  ) throws -> Value {
    let least = gate["any"] == nil ? try gate["least"]?.count() : 1
    let part = try gate["share"].map { try $0.number() * Number(all) }
    let needed = part ?? Number(least ?? all)
    let isOpen = Number(found) >= needed && (all > 0 || (part == nil && least != nil))
    return node(isOpen, Number(found), needed, absent: absent, of: below)
  }

  private func target(_ id: Identifier) -> Node? {
    targets.first { $0["target"]?.value.text == id }
  }

  private func absent(_ ids: [Identifier]) -> [Identifier] {
    ids.filter { target($0)?["result"]?["outcome"]?.value ?? "not_assessed" == "not_assessed" }
  }

  private func reached(_ id: Identifier, _ gate: Node) -> Bool {
    let result = target(id)?["result"]
    guard let level = gate["at"]?.value.text else { return result?["outcome"]?.value == "mastered" }
    return result?["level"]?.value.text.flatMap(scale.rank) ?? -1 >= scale.rank(of: level) ?? .max
  }

  private func select(_ selector: Node, _ group: Identifier?) throws -> [Identifier] {
    if selector.value.elements != nil { return selector.words }
    let wanted = selector.value.text == nil ? try selector.need("group").text() : group
    return targets.filter { target in
      (selector.value != "backbone" || target.isTrue("backbone"))
        && wanted.map { target["groups"]?.words.contains($0) ?? false } ?? true
    }.compactMap { $0["target"]?.value.text }
  }

  private func pointsGate(_ gate: Node) throws -> Value {
    let least = try gate.need("points").number()
    let items = try gate.need("of").items.map { (id: try $0.need("target").text(), node: $0) }
    let done = items.filter { reached($0.id, $0.node) }
    let sum = Number.sum(try done.map { try $0.node.need("points").number() })
    let isWhole = items.allSatisfy { !$0.node.isTrue("required") || reached($0.id, $0.node) }
    return node(sum >= least && isWhole, sum, least, absent: absent(items.map(\.id)))
  }

  private func evidenceGate(_ gate: Node, _ group: Identifier?) throws -> Value {
    let level = gate["at"]?.value.text.flatMap(scale.number)
    let targets = try select(gate.need("targets"), group).compactMap(target)
    let found = try targets.flatMap { $0["evidence"]?.items ?? [] }.count { piece in
      let state = try EvidenceState(json: piece.need("state"))
      let isHigh = try level.map { level in try reading(state).value.map { $0 >= level } ?? false }
      return try isHigh ?? (state.score != nil) && misfit(piece, gate["evidence"]) == nil
    }
    let (least, most) = (try gate["least"]?.count(), try gate["most"]?.count())
    let isOpen = found >= least ?? 0 && found <= most ?? .max
    return node(isOpen, Number(found), (least ?? most).map { Number($0) })
  }

  private func factGate(_ gate: Node) throws -> Value {
    if let step = gate["step"]?.value {
      let confirmations = facts["confirmations"]?.items.filter { $0["step"]?.value == step } ?? []
      let own = confirmations.filter { $0["role"]?.value == gate["role"]?.value }
      return node(try own.contains { try $0.need("recorded").moment() <= asOf.known })
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
    let isEarly = gate.isTrue("inclusive") ? passed <= days : passed < days
    let isOpen = gate["elapsed"] == nil ? passed >= 0 && isEarly : passed >= days
    return node(isOpen, Number(passed), Number(days))
  }
}
