import Domain

extension Policy {
  /// Refuses parts that do not fit together.
  func check() throws(GradingError) {
    guard !id.isEmpty else { throw Policy.fault("/policy", "The policy has no identifier.") }
    guard !title.isEmpty else { throw Policy.fault("/title", "The policy has no title.") }
    guard (0...12).contains(rounding.places) else {
      throw Policy.fault("/rounding/places", "Round to 0 to 12 places, not \(rounding.places).")
    }
    guard (-1_080...1_080).contains(offsetMinutes) else {
      throw Policy.fault("/offsetMinutes", "A zone lies at most 1080 minutes from UTC.")
    }
    guard minimum >= 1 else { throw Policy.fault("/minimum", "Ask for at least 1 observation.") }
    if !scale.hasNumbers { try checkRanks() }
    for (index, conversion) in conversions.enumerated() {
      for level in conversion.levels.values.sorted() {
        try checkLevel(level, "/conversions/\(index)/levels")
      }
    }
    if case .steps(let steps) = points { try check(steps) }
    if case .masteredAt(let share) = points, share <= 0 || share > 1 {
      throw Policy.fault("/points/masteredAt", "The share lies above 0 and at most at 1.")
    }
    try checkMethod()
    try checkGates()
  }

  private static func fault(_ pointer: String, _ message: String) -> GradingError {
    GradingError(.wrongValue, message, at: Place(pointer: pointer))
  }

  func checkLevel(_ level: Identifier, _ pointer: String) throws(GradingError) {
    guard scale.rank(of: level) == nil else { return }
    let labels = scale.levels.map(\.label.text).joined(separator: ", ")
    throw Policy.fault(pointer, "\"\(level)\" is no level of scale \(scale.id); use \(labels).")
  }

  private func checkRanks() throws(GradingError) {
    switch method {
    case .latest, .highest, .mode, .timesAtCut, .streak, .promotion: break
    case .median(let middle) where middle != .mean: break
    default:
      throw Policy.fault(
        "/method",
        "Method \(method.name) calculates with numbers, and the levels of scale \(scale.id) have "
          + "none; give them numbers or use latest, highest, mode or median.")
    }
    if let points, case .steps = points { return }
    guard points == nil else {
      throw Policy.fault("/points", "Points cannot be read on a scale without numbers.")
    }
    guard grouping != .pooled && grouping != .mean else {
      throw Policy.fault("/group", "Levels without numbers have no mean; use highest or latest.")
    }
  }

  private func check(_ steps: [Points.Step]) throws(GradingError) {
    for (index, step) in steps.enumerated() {
      try checkLevel(step.level, "/points/\(index)/level")
    }
    guard !steps.isEmpty, zip(steps, steps.dropFirst()).allSatisfy({ $0.share < $1.share }) else {
      throw Policy.fault("/points", "The shares of the steps have to rise.")
    }
  }

  private func checkMethod() throws(GradingError) {
    switch method {
    case .timesAtCut(let least, let count):
      guard least >= 1, count.map({ $0 >= least }) ?? true else {
        throw Policy.fault(
          "/method", "Ask for at least 1 and at most as many scores as are looked at.")
      }
    case .meanOfLast(let count), .streak(let count):
      guard count >= 1 else { throw Policy.fault("/method", "Ask for at least 1 score.") }
    case .promotion(let rules):
      for (index, rule) in rules.enumerated() {
        for level in rule.from { try checkLevel(level, "/method/rules/\(index)/from") }
        if case .to(let level) = rule.move { try checkLevel(level, "/method/rules/\(index)/to") }
      }
    case .pointsShare:
      guard points != nil, grouping == nil || grouping == .pooled else {
        throw Policy.fault("/points", "Method points_share needs \"points\": \"percent\".")
      }
    case .powerLaw(.some(let zero)):
      guard zero > 0 else { throw Policy.fault("/method/zero", "Raise zeros to more than 0.") }
    case .newestAgainstOlder(let weight), .exponentialDecay(let weight):
      guard weight >= 0, weight <= 1 else {
        throw Policy.fault("/method/weight", "The weight lies from 0 to 1, not at \(weight).")
      }
    default: break
    }
  }

  private func checkGates() throws(GradingError) {
    var names: Set<Identifier> = []
    for (index, named) in gates.enumerated() {
      guard names.insert(named.name).inserted else {
        throw Policy.fault("/gates/\(index)/name", "There are two gates \"\(named.name)\".")
      }
      try check(named.gate, "/gates/\(index)/when")
    }
    var done: Set<Identifier> = []
    for (index, named) in gates.enumerated() {
      try followGates(from: named, index, chain: [named.name], &done)
    }
  }

  private func check(_ gate: Gate, _ pointer: String) throws(GradingError) {
    switch gate {
    case .combine(let quantity, let gates):
      let list = quantity == .all ? "all" : quantity == .least(1) ? "any" : "of"
      for (index, gate) in gates.enumerated() { try check(gate, "\(pointer)/\(list)/\(index)") }
    case .target(_, let level), .targets(_, _, let level):
      if let level { try checkLevel(level, "\(pointer)/at") }
    case .evidence(let gate):
      if let level = gate.at { try checkLevel(level, "\(pointer)/at") }
    case .mean:
      guard scale.hasNumbers else {
        throw Policy.fault(pointer, "Levels without numbers have no mean.")
      }
    case .gate(let name):
      guard gates.contains(where: { $0.name == name }) else {
        throw Policy.fault(pointer, "There is no gate \"\(name)\" in this policy.")
      }
    default: break
    }
  }

  private func followGates(
    from named: NamedGate, _ index: Int, chain: [Identifier], _ done: inout Set<Identifier>
  ) throws(GradingError) {
    guard !done.contains(named.name) else { return }
    for name in named.gate.references {
      guard !chain.contains(name) else {
        throw GradingError(
          .cycle,
          "The gates \((chain + [name]).map(\.text).joined(separator: " -> ")) lead back to "
            + "themselves; take one of the references out.",
          at: Place(pointer: "/gates/\(index)"))
      }
      guard let next = gates.first(where: { $0.name == name }) else { continue }
      try followGates(from: next, index, chain: chain + [name], &done)
    }
    done.insert(named.name)
  }
}

extension Gate {
  /// The names of the gates that this one asks.
  var references: [Identifier] {
    switch self {
    case .combine(_, let gates): gates.flatMap(\.references)
    case .gate(let name): [name]
    default: []
    }
  }
}
