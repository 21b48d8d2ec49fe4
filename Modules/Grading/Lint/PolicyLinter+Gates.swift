import Domain

extension PolicyLinter {
  /// What is wrong with gates.
  ///
  /// - Parameter reach: The rank of the highest level that can be reached.
  func gateFindings(_ reach: Int) -> [Problem] {
    var findings: [Problem] = []
    for (index, named) in policy.gates.enumerated() {
      let pointer = "/gates/\(index)/when"
      if let obstacle = obstacle(in: named.gate, pointer, reach, []) {
        findings.append(
          finding(
            "policy.unreachable_gate", obstacle.pointer,
            "Gate \"\(named.name)\" never opens: \(obstacle.why). Change this or take the gate "
              + "out."))
      }
      findings += closingFindings(named, named.gate, pointer)
      if let support = support(of: named.gate, []) {
        findings.append(
          finding(
            support.isTime ? "policy.seat_time" : "policy.weak_evidence", pointer,
            "Gate \"\(named.name)\" opens by \(support.what) alone. Ask for results as well."))
      }
    }
    return findings
  }

  private typealias Obstacle = (pointer: String, why: String)

  /// Why a gate never opens, or `nil` when it may.
  private func obstacle(
    in gate: Gate, _ pointer: String, _ reach: Int, _ above: Set<Identifier>
  ) -> Obstacle? {
    switch gate {
    case .combine(let quantity, let gates):
      return combination(quantity, gates, pointer, reach, above)
    case .target(_, let level): return self.level(level, pointer, reach)
    case .targets(let quantity, let selector, let level):
      if case .named(let ids) = selector {
        if ids.isEmpty { return (pointer, "it names no targets") }
        if case .least(let least) = quantity, least > Set(ids).count {
          return (pointer, "it asks for \(least) of \(Set(ids).count) targets")
        }
      }
      return self.level(level, pointer, reach)
    case .mean(let least, _):
      let top = policy.number(ofRank: policy.scale.levels.count - 1)
      let isBounded = policy.method != .sum && policy.points != .earned
      guard isBounded, least > top, !hasExtraCredit else { return nil }
      return (pointer, "no mean is above \(top), and it asks for \(least)")
    case .points(let least, let items):
      let all = BigRational.sum(items.map(\.points))
      guard all < BigRational(least) else { return nil }
      return (pointer, "all targets together are worth \(all), and it asks for \(least)")
    case .window(let from, let to): return window(from, to).map { (pointer, $0) }
    case .within(let days, _, let isInclusive):
      guard days == 0, !isInclusive else { return nil }
      return (pointer, "no day is less than 0 days after another")
    case .evidence(let gate): return evidence(gate, pointer)
    case .gate(let name):
      guard !above.contains(name), let other = policy.gates.first(where: { $0.name == name }),
        let obstacle = obstacle(in: other.gate, pointer, reach, above.union([name]))
      else { return nil }
      return (pointer, "gate \"\(name)\" never opens, because \(obstacle.why)")
    case .step, .elapsed: return nil
    }
  }

  /// Whether points may be worth more than the highest level.
  private var hasExtraCredit: Bool {
    switch policy.points {
    case .percent, .share, .scaled, .masteredAt: true
    default: false
    }
  }

  private func combination(
    _ quantity: Gate.Quantity, _ gates: [Gate], _ pointer: String, _ reach: Int,
    _ above: Set<Identifier>
  ) -> Obstacle? {
    let list = quantity == .all ? "all" : quantity == .least(1) ? "any" : "of"
    guard !gates.isEmpty else { return (pointer, "there is nothing in it") }
    let obstacles = gates.enumerated().compactMap { index, gate in
      obstacle(in: gate, "\(pointer)/\(list)/\(index)", reach, above)
    }
    let open = gates.count - obstacles.count
    switch quantity {
    case .all:
      if let first = obstacles.first { return first }
      return conflict(in: gates).map { (pointer, $0) }
    case .least(let least):
      if least > gates.count { return (pointer, "it asks for \(least) of \(gates.count)") }
      return open < least ? obstacles.first : nil
    case .share(let share):
      let needed = BigRational(share) * BigRational(gates.count)
      return BigRational(open) < needed ? obstacles.first : nil
    }
  }

  /// Why gates that all have to be open never are at the same time.
  private func conflict(in gates: [Gate]) -> String? {
    var (latest, earliest): (Gate.Bound?, Gate.Bound?)
    for case .window(let from, let to) in gates {
      if let from, latest.map({ $0.date < from.date }) ?? true { latest = from }
      if let to, earliest.map({ to.date < $0.date }) ?? true { earliest = to }
    }
    if latest != nil, earliest != nil, let why = window(latest, earliest) { return why }
    for case .elapsed(let days, let since) in gates {
      for case .within(let most, since, let isInclusive) in gates
      where isInclusive ? days > most : days >= most {
        return "\(days) days after \(since) it is too late, and before that too early"
      }
    }
    return nil
  }

  private func window(_ from: Gate.Bound?, _ to: Gate.Bound?) -> String? {
    guard let from, let to else { return nil }
    let first = from.isInclusive ? from.date : from.date.adding(days: 1)
    let last = to.isInclusive ? to.date : to.date.adding(days: -1)
    guard let first, let last, first <= last else {
      return "no day lies between \(from.date) and \(to.date)"
    }
    return nil
  }

  private func level(_ level: Identifier?, _ pointer: String, _ reach: Int) -> Obstacle? {
    let asked = level.flatMap { policy.scale.rank(of: $0) } ?? policy.scale.masteryRank
    guard asked > reach else { return nil }
    return (
      level == nil ? pointer : "\(pointer)/at",
      "method \(policy.method.name) gives no level as high as "
        + "\"\(policy.scale.levels[asked].label)\""
    )
  }

  private func evidence(_ gate: EvidenceGate, _ pointer: String) -> Obstacle? {
    if let least = gate.least, let most = gate.most, least > most {
      return ("\(pointer)/most", "it asks for at least \(least) and at most \(most) pieces")
    }
    guard gate.least ?? 0 > 0, isEmpty(gate.demand, and: EvidenceDemand()) else { return nil }
    return ("\(pointer)/evidence", "a list of what fits is empty")
  }

  /// Gates on evidence that close again, for good.
  private func closingFindings(
    _ named: Policy.NamedGate, _ gate: Gate, _ pointer: String
  ) -> [Problem] {
    switch gate {
    case .combine(let quantity, let gates):
      let list = quantity == .all ? "all" : quantity == .least(1) ? "any" : "of"
      return gates.enumerated().flatMap { index, gate in
        closingFindings(named, gate, "\(pointer)/\(list)/\(index)")
      }
    case .evidence(let gate):
      let once = attemptFindings(named, gate, pointer)
      guard let most = gate.most else { return once }
      let isLevel = gate.at != nil
      let code: Problem.Code = isLevel ? "policy.non_monotone" : "policy.dead_end"
      let what =
        isLevel
        ? "one more score of \"\(gate.at?.text ?? "")\" or better closes it"
        : "one more piece of evidence closes it, and evidence is never taken out"
      return once + [
        finding(
          code, "\(pointer)/most",
          "Gate \"\(named.name)\" takes at most \(most) pieces: \(what). Ask for \"least\" instead, "
            + "or limit \"attempts\".")
      ]
    default: return []
    }
  }

  /// Gates that only look at the first attempts.
  private func attemptFindings(
    _ named: Policy.NamedGate, _ gate: EvidenceGate, _ pointer: String
  ) -> [Problem] {
    guard let attempts = gate.demand.attempts, let level = gate.at, gate.least ?? 0 > 0 else {
      return []
    }
    let what = attempts == 1 ? "the first attempt" : "the first \(attempts) attempts"
    return [
      finding(
        "policy.dead_end", "\(pointer)/evidence/attempts",
        "Gate \"\(named.name)\" only looks at \(what): a learner who has not reached \"\(level)\" by "
          + "then has no way on. Allow a retake or say what opens one.",
        attempts == 1 ? .warning : .note)
    ]
  }

  /// What weak thing alone opens a gate, or `nil` when it takes more.
  private func support(
    of gate: Gate, _ above: Set<Identifier>
  ) -> (what: String, isTime: Bool)? {
    switch gate {
    case .elapsed(let days, let since): return ("\(days) days since \(since)", true)
    case .evidence(let gate): return gate.least ?? 0 > 0 ? weakness(of: gate.demand) : nil
    case .gate(let name):
      guard !above.contains(name), let other = policy.gates.first(where: { $0.name == name })
      else { return nil }
      return support(of: other.gate, above.union([name]))
    case .combine(.all, let gates):
      let supports = gates.map { support(of: $0, above) }
      guard !supports.contains(where: { $0 == nil }) else { return nil }
      return supports.first { !($0?.isTime ?? false) } ?? supports.first ?? nil
    case .combine(_, let gates):
      return gates.lazy.compactMap { support(of: $0, above) }.first
    default: return nil
    }
  }
}
