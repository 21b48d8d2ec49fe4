import Domain

extension TraceCheck {
  func checkGates(_ node: Node) throws(TraceCheckerError) {
    var expected: [DocumentValue] = []
    var groups: [Identifier] = []
    for group in targets.flatMap(\.groups) where !groups.contains(group) { groups.append(group) }
    for gate in policy["gates"]?.items ?? [] {
      let own: [Identifier?] = gate["perGroup"]?.isTrue ?? false ? groups.map { $0 } : [nil]
      for group in own {
        let tree = try tree(gate.need("when"), group)
        let value = DocumentValue(members: [
          ("name", gate["name"]?.value), ("group", group.map { .string($0) }), ("node", tree),
        ])
        if expected.count < node.items.count { try node.items[expected.count].expect(value) }
        expected.append(value)
      }
    }
    try node.expect(.array(expected))
  }

  private func node(
    _ isOpen: Bool, _ found: Rational? = nil, _ needed: Rational? = nil,
    missing: [Identifier] = [], of children: [DocumentValue]? = nil
  ) -> DocumentValue {
    DocumentValue(members: [
      ("open", .bool(isOpen)), ("found", found.map { DocumentValue($0.description) }),
      ("needed", needed.map { DocumentValue($0.description) }),
      ("notAssessed", missing.isEmpty ? nil : .array(missing.map { .string($0) })),
      ("of", children.flatMap { $0.isEmpty ? nil : .array($0) }),
    ])
  }

  private func tree(_ gate: Node, _ group: Identifier?) throws(TraceCheckerError) -> DocumentValue {
    if gate["points"] != nil { return try pointsGate(gate) }
    for list in ["all", "any", "of"] as [Identifier] {
      guard let nodes = gate[list]?.items else { continue }
      var children: [DocumentValue] = []
      for node in nodes { children.append(try tree(node, group)) }
      let open = children.count { $0["open"] == true }
      let least: Int? = list == "any" ? 1 : try gate["least"]?.count()
      return try count(open, children.count, least, gate["share"], [], children)
    }
    if let id = gate["target"]?.value.text {
      return node(try hasReached(id, gate), missing: missing([id]))
    }
    if gate["evidence"] != nil { return try evidenceGate(gate, group) }
    if let least = try gate["mean"]?.number() {
      let ids = try select(gate.need("targets"), group)
      let numbers = ids.compactMap { target($0)?.number }
      let absent = ids.filter { target($0)?.number == nil }
      guard absent.isEmpty, !numbers.isEmpty else {
        return node(false, nil, least, missing: absent)
      }
      let mean = try calculate(total(numbers), "/", Rational(numbers.count))
      return node(mean >= least, mean, least)
    }
    if let selector = gate["targets"] {
      let ids = try select(selector, group)
      var reached = 0
      for id in ids where try hasReached(id, gate) { reached += 1 }
      return try count(reached, ids.count, gate["least"]?.count(), gate["share"], missing(ids), [])
    }
    if let name = gate["gate"]?.value.text {
      let other = policy["gates"]?.items.first { $0["name"]?.value.text == name }
      guard let other else { throw gate.malformed("a gate that is there") }
      let inner = try tree(other.need("when"), other["perGroup"]?.isTrue ?? false ? group : nil)
      return node(inner["open"] == true)
    }
    return try factGate(gate)
  }

  private func count(
    _ found: Int, _ all: Int, _ least: Int?, _ share: Node?, _ missing: [Identifier],
    _ children: [DocumentValue]
  ) throws(TraceCheckerError) -> DocumentValue {
    var needed = Rational(least ?? all)
    if let share { needed = try calculate(share.number(), "*", Rational(all)) }
    let isOpen = Rational(found) >= needed && (all > 0 || least != nil)
    return node(isOpen, Rational(found), needed, missing: missing, of: children)
  }

  private func target(_ id: Identifier) -> CheckedTarget? { targets.first { $0.id == id } }

  private func missing(_ ids: [Identifier]) -> [Identifier] {
    ids.filter { target($0)?.outcome ?? "not_assessed" == "not_assessed" }
  }

  private func hasReached(_ id: Identifier, _ gate: Node?) throws(TraceCheckerError) -> Bool {
    guard let target = target(id), target.outcome != "not_assessed" else { return false }
    guard let level = gate?["at"]?.value.text else { return target.outcome == "mastered" }
    guard let own = target.level.flatMap(scale.rank), let asked = scale.rank(level) else {
      return false
    }
    return own >= asked
  }

  private func select(
    _ selector: Node, _ group: Identifier?
  ) throws(TraceCheckerError) -> [Identifier] {
    let inside = targets.filter { target in group.map { target.groups.contains($0) } ?? true }
    switch selector.value {
    case "all": return inside.map(\.id)
    case "backbone": return inside.filter(\.isBackbone).map(\.id)
    case .array: return selector.words
    default:
      let name = try selector.need("group").text()
      return targets.filter { $0.groups.contains(name) }.map(\.id)
    }
  }

  private func pointsGate(_ gate: Node) throws(TraceCheckerError) -> DocumentValue {
    let least = try gate.need("points").number()
    var sum = Rational.zero
    var isComplete = true
    var ids: [Identifier] = []
    for item in try gate.need("of").items {
      ids.append(try item.need("target").text())
      if try hasReached(ids[ids.count - 1], nil) {
        sum = try calculate(sum, "+", item.need("points").number())
      } else if item["required"]?.isTrue ?? false {
        isComplete = false
      }
    }
    return node(sum >= least && isComplete, sum, least, missing: missing(ids))
  }

  private func evidenceGate(
    _ gate: Node, _ group: Identifier?
  ) throws(TraceCheckerError) -> DocumentValue {
    var found = 0
    for id in try select(gate.need("targets"), group) {
      for piece in target(id)?.evidence ?? [] {
        guard piece["state"]?["notAssessed"] == nil,
          try misfit(piece, gate.need("evidence")) == nil
        else { continue }
        if let rank = gate["at"]?.value.text.flatMap(scale.rank) {
          guard let value = try reading(piece).value, value >= scale.numbers[rank] else { continue }
        }
        found += 1
      }
    }
    let (least, most) = (try gate["least"]?.count(), try gate["most"]?.count())
    let isOpen = found >= least ?? 0 && found <= most ?? .max
    return node(isOpen, Rational(found), (least ?? most).map { Rational($0) })
  }

  private func factGate(_ gate: Node) throws(TraceCheckerError) -> DocumentValue {
    if let step = gate["step"]?.value {
      return node(
        facts["confirmations"]?.items.contains {
          $0["step"]?.value == step && $0["role"]?.value == gate["role"]?.value
            && ($0["recorded"]?.value.text.flatMap { Instant($0.text) }.map { $0 <= asOf.known }
              ?? false)
        } ?? false)
    }
    guard let today = asOf.occurred.date(offsetMinutes: offset) else { return node(false) }
    func day(_ node: Node?) -> CalendarDate? { node?.value.text.flatMap { CalendarDate($0.text) } }
    if let name = gate["since"]?.value.text {
      guard let start = day(facts["dates"]?[name]) else { return node(false) }
      let passed = start.days(until: today)
      if let days = try gate["elapsed"]?.count() {
        return node(passed >= days, Rational(passed), Rational(days))
      }
      let days = try gate.need("within").count()
      let last = gate["inclusive"]?.isTrue ?? false ? days : days - 1
      return node(passed >= 0 && passed <= last, Rational(passed), Rational(days))
    }
    return node(
      (day(gate["from"]).map { today >= $0 } ?? true)
        && (day(gate["after"]).map { today > $0 } ?? true)
        && (day(gate["through"]).map { today <= $0 } ?? true)
        && (day(gate["before"]).map { today < $0 } ?? true))
  }
}
