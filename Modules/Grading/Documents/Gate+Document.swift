import Domain

extension Policy.NamedGate {
  var document: DocumentValue {
    DocumentValue(members: [
      ("name", .string(name)), ("perGroup", perGroup ? true : nil), ("when", gate.document),
    ])
  }
}

extension TargetSelector {
  var document: DocumentValue {
    switch self {
    case .all: "all"
    case .backbone: "backbone"
    case .group(let name): DocumentValue(members: [("group", .string(name))])
    case .named(let ids): .array(ids.map { .string($0.identifier) })
    }
  }
}

extension Gate {
  var document: DocumentValue { DocumentValue(members: members) }

  private var members: [(Identifier, DocumentValue?)] {
    switch self {
    case .combine(.all, let gates): return [("all", Gate.list(gates))]
    case .combine(.least(1), let gates): return [("any", Gate.list(gates))]
    case .combine(.least(let count), let gates):
      return [("least", .whole(count)), ("of", Gate.list(gates))]
    case .combine(.share(let share), let gates):
      return [("share", share.documentValue), ("of", Gate.list(gates))]
    case .target(let id, let level):
      return [("target", .string(id.identifier)), ("at", level.map { .string($0) })]
    case .targets(let quantity, let selector, let level):
      var members: [(Identifier, DocumentValue?)] = [("targets", selector.document)]
      switch quantity {
      case .all: break
      case .least(let count): members.append(("least", .whole(count)))
      case .share(let share): members.append(("share", share.documentValue))
      }
      return members + [("at", level.map { .string($0) })]
    case .mean(let least, let selector):
      return [("mean", least.documentValue), ("targets", selector.document)]
    case .points(let least, let items):
      return [("points", least.documentValue), ("of", .array(items.map(\.document)))]
    case .step(let name, let role): return [("step", .string(name)), ("role", .string(role))]
    case .window(let from, let to): return Gate.window(from, to)
    case .within(let days, let since, let isInclusive):
      return [
        ("within", .whole(days)), ("since", .string(since)),
        ("inclusive", isInclusive ? true : nil),
      ]
    case .elapsed(let days, let since):
      return [("elapsed", .whole(days)), ("since", .string(since))]
    case .evidence(let gate):
      return [
        ("evidence", .object(gate.demand.members)), ("targets", gate.targets.document),
        ("at", gate.at.map { .string($0) }), ("least", gate.least.map { .whole($0) }),
        ("most", gate.most.map { .whole($0) }),
      ]
    case .gate(let name): return [("gate", .string(name))]
    }
  }

  private static func list(_ gates: [Gate]) -> DocumentValue { .array(gates.map(\.document)) }

  private static func window(_ from: Bound?, _ to: Bound?) -> [(Identifier, DocumentValue?)] {
    var members: [(Identifier, DocumentValue?)] = []
    if let from {
      members.append((from.isInclusive ? "from" : "after", DocumentValue(from.date.description)))
    }
    if let to {
      members.append((to.isInclusive ? "through" : "before", DocumentValue(to.date.description)))
    }
    return members
  }
}

extension Gate.PointsItem {
  var document: DocumentValue {
    DocumentValue(members: [
      ("target", .string(target.identifier)), ("points", points.documentValue),
      ("required", isRequired ? true : nil),
    ])
  }
}

extension Field {
  func namedGate() throws(GradingError) -> Policy.NamedGate {
    var fields = try fields()
    let name = try fields.required("name").text()
    let perGroup =
      try fields.optional("perGroup").reading({ field throws(GradingError) in try field.bool() })
      ?? false
    let gate = try fields.required("when").gate()
    try fields.finish()
    return Policy.NamedGate(name, perGroup: perGroup, gate)
  }

  func gate() throws(GradingError) -> Gate {
    var fields = try fields()
    var gate = try fields.combination()
    if gate == nil { gate = try fields.targetGate() }
    if gate == nil { gate = try fields.otherGate() }
    guard let gate else {
      throw GradingError(
        .unknownMethod,
        "This is no gate; give it one of all, any, least, share, target, targets, mean, points, "
          + "step, from, after, through, before, within, elapsed, evidence, gate.",
        at: Place(pointer: pointer))
    }
    try fields.finish()
    return gate
  }

  func selector() throws(GradingError) -> TargetSelector {
    switch value {
    case .string("all"): return .all
    case .string("backbone"): return .backbone
    case .array: return .named(try map { field throws(GradingError) in ID(try field.text()) })
    case .object:
      var fields = try fields()
      let group = try fields.required("group").text()
      try fields.finish()
      return .group(group)
    default: throw wrong("all, backbone, {\"group\": name} or an array of targets")
    }
  }
}

extension Fields {
  fileprivate mutating func combination() throws(GradingError) -> Gate? {
    if let all = optional("all") {
      return .all(try all.map { field throws(GradingError) in try field.gate() })
    }
    if let any = optional("any") {
      return .any(try any.map { field throws(GradingError) in try field.gate() })
    }
    guard members.contains(where: { $0.name == "of" }),
      !members.contains(where: { $0.name == "points" })
    else { return nil }
    let gates = try required("of").map { field throws(GradingError) in try field.gate() }
    guard let quantity = try quantity() else {
      throw GradingError(
        .missingField, "The gate has \"of\" and needs \"least\" or \"share\"; add one.",
        at: Place(pointer: pointer))
    }
    return .combine(quantity, gates)
  }

  fileprivate mutating func targetGate() throws(GradingError) -> Gate? {
    if let target = optional("target") {
      let level = try optional("at").reading({ field throws(GradingError) in try field.text() })
      return .target(ID(try target.text()), at: level)
    }
    if let demand = optional("evidence") { return .evidence(try evidence(demand)) }
    if let mean = optional("mean") {
      return .mean(try mean.rational(), try required("targets").selector())
    }
    if let targets = optional("targets") {
      let quantity = try quantity() ?? .all
      let level = try optional("at").reading({ field throws(GradingError) in try field.text() })
      return .targets(quantity, try targets.selector(), at: level)
    }
    return nil
  }

  private mutating func quantity() throws(GradingError) -> Gate.Quantity? {
    if let least = optional("least") { return .least(try least.whole(1...1_000_000)) }
    if let share = optional("share") { return .share(try share.share()) }
    return nil
  }

  private mutating func evidence(_ field: Field) throws(GradingError) -> EvidenceGate {
    var inner = try field.fields()
    let demand = try EvidenceDemand(&inner)
    try inner.finish()
    let gate = EvidenceGate(
      demand,
      targets: try optional("targets").reading({ field throws(GradingError) in try field.selector()
      }) ?? .all,
      at: try optional("at").reading({ field throws(GradingError) in try field.text() }),
      least: try optional("least").reading({ field throws(GradingError) in
        try field.whole(1...1_000_000)
      }),
      most: try optional("most").reading({ field throws(GradingError) in
        try field.whole(0...1_000_000)
      }))
    guard gate.least != nil || gate.most != nil else {
      throw GradingError(
        .missingField, "The gate on evidence needs \"least\" or \"most\"; add one.",
        at: Place(pointer: pointer))
    }
    return gate
  }

  fileprivate mutating func otherGate() throws(GradingError) -> Gate? {
    if let points = optional("points") {
      let least = try points.rational()
      return .points(
        least, try required("of").map { field throws(GradingError) in try field.pointsItem() })
    }
    if let step = optional("step") {
      return .step(try step.text(), role: try required("role").text())
    }
    if let days = optional("within") {
      return .within(
        days: try days.whole(0...100_000), since: try required("since").text(),
        isInclusive: try optional("inclusive").reading({ field throws(GradingError) in
          try field.bool()
        }) ?? false)
    }
    if let days = optional("elapsed") {
      return .elapsed(days: try days.whole(0...100_000), since: try required("since").text())
    }
    if let name = optional("gate") { return .gate(try name.text()) }
    return try window()
  }

  private mutating func window() throws(GradingError) -> Gate? {
    var from: Gate.Bound?
    var to: Gate.Bound?
    if let date = optional("from") { from = Gate.Bound(try date.date(), isInclusive: true) }
    if from == nil, let date = optional("after") {
      from = Gate.Bound(try date.date(), isInclusive: false)
    }
    if let date = optional("through") { to = Gate.Bound(try date.date(), isInclusive: true) }
    if to == nil, let date = optional("before") {
      to = Gate.Bound(try date.date(), isInclusive: false)
    }
    return from == nil && to == nil ? nil : .window(from: from, to: to)
  }
}

extension Field {
  fileprivate func pointsItem() throws(GradingError) -> Gate.PointsItem {
    var fields = try fields()
    let item = Gate.PointsItem(
      ID(try fields.required("target").text()), points: try fields.required("points").rational(),
      isRequired: try fields.optional("required").reading({ field throws(GradingError) in
        try field.bool()
      }) ?? false)
    try fields.finish()
    return item
  }
}
