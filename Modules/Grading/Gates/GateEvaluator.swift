import Domain

/// What gates ask of a target's result.
struct Standing {
  var outcome: MasteryResult.Outcome
  var level: Identifier?
  var number: Rational?
  /// The evidence for the target, where a gate asks for pieces of it.
  var evidence: [Evidence] = []

  init(outcome: MasteryResult.Outcome, level: Identifier?, number: Rational?) {
    self.outcome = outcome
    self.level = level
    self.number = number
  }

  init(_ result: TargetResult) {
    self.init(
      outcome: result.result.outcome, level: result.result.level, number: result.result.number)
    evidence = result.derivation.evidence
  }
}

/// Answers the gates of a policy for one learner.
struct GateEvaluator {
  let policy: Policy
  let targets: [GradedTarget]
  let results: [CompetencyID: Standing]
  let facts: LearnerFacts
  let asOf: AsOf
  private var cache: [CacheKey: GateNode] = [:]

  private struct CacheKey: Hashable {
    var name: Identifier
    var group: Identifier?
  }

  init(
    policy: Policy, targets: [GradedTarget], results: [CompetencyID: Standing],
    facts: LearnerFacts, asOf: AsOf
  ) {
    self.policy = policy
    self.targets = targets
    self.results = results
    self.facts = facts.known(at: asOf.known)
    self.asOf = asOf
  }

  /// All groups, in the order in which the targets name them.
  static func groups(of targets: [GradedTarget]) -> [Identifier] {
    var seen: Set<Identifier> = []
    return targets.flatMap(\.groups).filter { seen.insert($0).inserted }
  }

  mutating func answers() throws(GradingError) -> [GateResult] {
    var found: [GateResult] = []
    for named in policy.gates {
      let groups: [Identifier?] =
        named.perGroup ? GateEvaluator.groups(of: targets).map { $0 } : [nil]
      for group in groups {
        found.append(
          GateResult(name: named.name, group: group, node: try answer(named, in: group)))
      }
    }
    return found
  }

  private mutating func answer(
    _ named: Policy.NamedGate, in group: Identifier?
  ) throws(GradingError) -> GateNode {
    let key = CacheKey(name: named.name, group: group)
    if let node = cache[key] { return node }
    let node = try node(of: named.gate, in: group)
    cache[key] = node
    return node
  }

  private mutating func node(
    of gate: Gate, in group: Identifier?
  ) throws(GradingError) -> GateNode {
    switch gate {
    case .combine(let quantity, let gates):
      var children: [GateNode] = []
      for gate in gates { children.append(try node(of: gate, in: group)) }
      return counted(children.count(where: \.isOpen), of: children.count, quantity, children)
    case .target(let id, let level): return target(id, level)
    case .targets(let quantity, let selector, let level):
      return reached(quantity, select(selector, in: group), level)
    case .mean(let least, let selector):
      return try mean(least, select(selector, in: group))
    case .points(let least, let items): return try points(least, items)
    case .evidence(let gate): return evidence(gate, select(gate.targets, in: group))
    case .gate(let name):
      guard let named = policy.gates.first(where: { $0.name == name }) else {
        return GateNode(false)
      }
      return GateNode(try answer(named, in: named.perGroup ? group : nil).isOpen)
    case .step, .window, .within, .elapsed: return fact(gate)
    }
  }

  func select(_ selector: TargetSelector, in group: Identifier?) -> [CompetencyID] {
    let inGroup = targets.filter { group == nil || $0.groups.contains(group ?? "") }
    switch selector {
    case .all: return inGroup.map(\.id)
    case .backbone: return inGroup.filter(\.isBackbone).map(\.id)
    case .group(let name): return targets.filter { $0.groups.contains(name) }.map(\.id)
    case .named(let ids): return ids
    }
  }

  /// Compares a count with what is asked for; of nothing no share is open.
  private func counted(
    _ count: Int, of all: Int, _ quantity: Gate.Quantity, _ children: [GateNode] = [],
    notAssessed: [CompetencyID] = []
  ) -> GateNode {
    let isOpen: Bool
    let needed: Rational
    switch quantity {
    case .all: (isOpen, needed) = (count == all && all > 0, Rational(all))
    case .least(let least): (isOpen, needed) = (count >= least, Rational(least))
    case .share(let share):
      needed = (try? share * Rational(all)) ?? Rational(all)
      isOpen = all > 0 && Rational(count) >= needed
    }
    return GateNode(
      isOpen, found: Rational(count), needed: needed, notAssessed: notAssessed,
      children: children)
  }

  private func isAssessed(_ id: CompetencyID) -> Bool {
    results[id].map { $0.outcome != .notAssessed } ?? false
  }

  /// Whether the result has reached a level; without one, whether it is mastered.
  func hasReached(_ id: CompetencyID, _ level: Identifier?) -> Bool {
    guard let result = results[id], result.outcome != .notAssessed else { return false }
    guard let level else { return result.outcome == .mastered }
    guard let own = result.level.flatMap({ policy.scale.rank(of: $0) }),
      let asked = policy.scale.rank(of: level)
    else { return false }
    return own >= asked
  }

  private func target(_ id: CompetencyID, _ level: Identifier?) -> GateNode {
    GateNode(hasReached(id, level), notAssessed: isAssessed(id) ? [] : [id])
  }

  private func reached(
    _ quantity: Gate.Quantity, _ ids: [CompetencyID], _ level: Identifier?
  ) -> GateNode {
    counted(
      ids.count { hasReached($0, level) }, of: ids.count, quantity,
      notAssessed: ids.filter { !isAssessed($0) })
  }

  private func mean(_ least: Rational, _ ids: [CompetencyID]) throws(GradingError) -> GateNode {
    let open = ids.filter { results[$0]?.number == nil }
    let numbers = ids.compactMap { results[$0]?.number }
    guard open.isEmpty, !numbers.isEmpty else {
      return GateNode(false, needed: least, notAssessed: open)
    }
    let mean = BigRational.mean(numbers) ?? 0
    return GateNode(mean >= BigRational(least), found: try nearest(mean), needed: least)
  }

  private func points(
    _ least: Rational, _ items: [Gate.PointsItem]
  ) throws(GradingError) -> GateNode {
    let mastered = items.filter { hasReached($0.target, nil) }
    let sum = BigRational.sum(mastered.map(\.points))
    let isComplete = items.allSatisfy { !$0.isRequired || hasReached($0.target, nil) }
    return GateNode(
      sum >= BigRational(least) && isComplete, found: try nearest(sum), needed: least,
      notAssessed: items.map(\.target).filter { !isAssessed($0) })
  }

  private func nearest(_ number: BigRational) throws(GradingError) -> Rational {
    do throws(DomainError) { return try number.nearest() } catch { throw GradingError(error) }
  }

  private func evidence(_ gate: EvidenceGate, _ ids: [CompetencyID]) -> GateNode {
    let count = count(gate, ids)
    let isOpen = count >= gate.least ?? 0 && count <= gate.most ?? .max
    return GateNode(
      isOpen, found: Rational(count), needed: (gate.least ?? gate.most).map { Rational($0) })
  }

  /// How many pieces of evidence for targets fit a gate.
  func count(_ gate: EvidenceGate, _ ids: [CompetencyID]) -> Int {
    ids.reduce(0) { total, id in
      total + (results[id]?.evidence ?? []).count { fits($0, gate) }
    }
  }

  private func fits(_ evidence: Evidence, _ gate: EvidenceGate) -> Bool {
    guard evidence.state.score != nil, gate.demand.misfit(of: evidence) == nil else { return false }
    guard let level = gate.at else { return true }
    guard case .success(let observation) = policy.reading(of: evidence) else { return false }
    return observation.value >= policy.number(of: level)
  }

  private func fact(_ gate: Gate) -> GateNode {
    let today = asOf.occurred.date(offsetMinutes: policy.offsetMinutes)
    switch gate {
    case .step(let step, let role):
      return GateNode(facts.confirmations.contains { $0.step == step && $0.role == role })
    case .window(let from, let to):
      guard let today else { return GateNode(false) }
      let isAfter = from.map { $0.isInclusive ? today >= $0.date : today > $0.date } ?? true
      let isBefore = to.map { $0.isInclusive ? today <= $0.date : today < $0.date } ?? true
      return GateNode(isAfter && isBefore)
    case .within(let days, let since, let isInclusive):
      guard let passed = self.days(since: since, today) else { return GateNode(false) }
      let isOpen = passed >= 0 && (isInclusive ? passed <= days : passed < days)
      return GateNode(isOpen, found: Rational(passed), needed: Rational(days))
    case .elapsed(let days, let since):
      guard let passed = self.days(since: since, today) else { return GateNode(false) }
      return GateNode(passed >= days, found: Rational(passed), needed: Rational(days))
    default: return GateNode(false)
    }
  }

  private func days(since name: Identifier, _ today: CalendarDate?) -> Int? {
    guard let today, let start = facts.dates[name] else { return nil }
    return start.days(until: today)
  }
}
