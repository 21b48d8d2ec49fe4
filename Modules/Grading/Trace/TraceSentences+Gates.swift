import Domain

extension TraceSentences {
  /// Tells whether a gate is open, and below it which of its conditions are.
  func tellGate(_ gate: DocumentValue, _ policy: DocumentValue?) -> [String] {
    var name = text(gate["name"])
    if let group = gate["group"] { name = say("gate.group", ["name": name, "group": text(group)]) }
    guard let node = gate["node"] else { return [] }
    var line = say(node["open"] == true ? "gate.open" : "gate.closed", ["name": name])
    line += found(in: node)
    let missing = notAssessed(in: node)
    if !missing.isEmpty {
      line += " " + say("gate.not_assessed", ["targets": list(.array(missing))])
    }
    let rule = policy?["gates"]?.elements?.first { $0["name"] == gate["name"] }?["when"]
    guard let rule else { return [line] }
    return [line] + conditions(rule, node, policy, depth: 1)
  }

  private func found(in node: DocumentValue) -> String {
    guard let found = node["found"], let needed = node["needed"] else { return "" }
    return " " + say("gate.found", ["found": text(found), "needed": text(needed)])
  }

  /// The targets that are not assessed in a gate's tree, each once.
  private func notAssessed(in node: DocumentValue) -> [DocumentValue] {
    var seen: Set<DocumentValue> = []
    let below = (node["of"]?.elements ?? []).flatMap { notAssessed(in: $0) }
    return ((node["notAssessed"]?.elements ?? []) + below).filter { seen.insert($0).inserted }
  }

  private func conditions(
    _ rule: DocumentValue, _ node: DocumentValue, _ policy: DocumentValue?, depth: Int
  ) -> [String] {
    let state: Identifier = node["open"] == true ? "condition.open" : "condition.closed"
    var line = String(repeating: "  ", count: depth)
    line += say(state, ["condition": condition(rule, policy)])
    // What was found at the top stands in the line above.
    if depth > 1 { line += found(in: node) }
    let rules = rule["points"] == nil ? rule["all"] ?? rule["any"] ?? rule["of"] : nil
    let below = zip(rules?.elements ?? [], node["of"]?.elements ?? [])
    return [line] + below.flatMap { conditions($0, $1, policy, depth: depth + 1) }
  }

  /// A condition in words.
  private func condition(_ rule: DocumentValue, _ policy: DocumentValue?) -> String {
    var values: [String: String] = [:]
    for member in rule.members ?? [] { values[member.name.text] = text(member.value) }
    values["at"] = text(rule["at"] ?? policy?["scale"]?["masteredFrom"])
    if let selector = rule["targets"] { values["targets"] = targets(selector) }
    if rule["target"] != nil { return say("condition.target", values) }
    if let demand = rule["evidence"] {
      values["demand"] = (demand.members ?? []).map { member in
        member.value.elements == nil ? text(member.value) : list(member.value)
      }.joined(separator: "; ")
      let isAny = (demand.members ?? []).isEmpty
      let most = rule["most"].map { _ in say("condition.most", values) }
      let least = rule["least"].map { _ in say("condition.least", values) }
      values["count"] = [least, most].compactMap { $0 }.joined(separator: ", ")
      return say(isAny ? "condition.evidence" : "condition.evidence_of", values)
    }
    if rule["targets"] != nil {
      for name in ["mean", "least", "share"] where values[name] != nil {
        return say(Identifier("condition.targets_\(name)"), values)
      }
      return say("condition.targets", values)
    }
    for name in ["points", "all", "any", "least", "share", "step", "within", "elapsed", "gate"]
    where values[name] != nil {
      return say(Identifier("condition.\(name)"), values)
    }
    return ["from", "after", "through", "before"].filter { values[$0] != nil }.map { name in
      say(Identifier("condition.\(name)"), values)
    }.joined(separator: ", ")
  }

  private func targets(_ selector: DocumentValue) -> String {
    if selector.elements != nil { return list(selector) }
    if let group = selector["group"] { return say("targets.group", ["group": text(group)]) }
    return say(selector == "backbone" ? "targets.backbone" : "targets.all", [:])
  }
}
