public import Domain

extension Policy {
  /// Creates a policy that stands on another, such as a school's on its district's.
  ///
  /// The changes are an RFC 7396 merge patch of the parent's document. A child may demand more,
  /// never less: the cut and minimums may rise, the evidence that counts may narrow, gates may
  /// ask for more, and new gates may be added. What cannot be told to be stricter is refused.
  ///
  /// - Parameters:
  ///   - parent: The policy of the level above.
  ///   - changes: What is different, with an identifier of its own.
  /// - Throws: ``GradingError`` with the code `weakened` and the pointer of the first field that
  ///   demands less, or as for any document.
  public init(extending parent: Policy, with changes: DocumentValue) throws(GradingError) {
    try self.init(document: parent.document.merging(changes))
    if let pointer = weakening(of: parent) {
      throw GradingError(
        .weakened,
        "Policy \"\(id)\" demands less than \"\(parent.id)\" here, or something else; a child may "
          + "only demand more.",
        at: Place(pointer: pointer))
    }
  }

  /// The pointer of the first field that demands less than another policy, or something else.
  ///
  /// - Parameter parent: The other policy.
  /// - Returns: `nil` when this policy is at least as strict throughout.
  public func weakening(of parent: Policy) -> String? {
    guard scale.levels.map(\.label) == parent.scale.levels.map(\.label),
      scale.levels.map(\.number) == parent.scale.levels.map(\.number), scale.id == parent.scale.id
    else { return "/scale/levels" }
    guard scale.masteryRank >= parent.scale.masteryRank else { return "/scale/masteredFrom" }
    guard areConversionsNoHigher(than: parent) else { return "/conversions" }
    guard points == parent.points else { return "/points" }
    if let field = counts.weakening(of: parent.counts) { return "/counts/\(field)" }
    guard order == parent.order else { return "/order" }
    guard grouping == parent.grouping else { return "/group" }
    guard minimum >= parent.minimum else { return "/minimum" }
    for requirement in parent.requires {
      let isKept = requires.contains {
        $0.least >= requirement.least && $0.demand.weakening(of: requirement.demand) == nil
      }
      guard isKept else { return "/requires" }
    }
    guard method == parent.method else { return "/method" }
    guard rounding == parent.rounding else { return "/rounding" }
    guard offsetMinutes == parent.offsetMinutes else { return "/offsetMinutes" }
    let strictness = Strictness(child: self, parent: parent)
    for asked in parent.gates {
      guard let index = gates.firstIndex(where: { $0.name == asked.name }) else { return "/gates" }
      guard gates[index].perGroup == asked.perGroup else { return "/gates/\(index)/perGroup" }
      guard strictness.implies(gates[index].gate, asked.gate) else { return "/gates/\(index)/when" }
    }
    return nil
  }

  private func areConversionsNoHigher(than parent: Policy) -> Bool {
    conversions.allSatisfy { conversion in
      guard let other = parent.conversions.first(where: { $0.scale == conversion.scale }) else {
        return false
      }
      return conversion.levels.allSatisfy { from, to in
        guard let before = other.levels[from].flatMap({ scale.rank(of: $0) }) else { return false }
        return scale.rank(of: to).map { $0 <= before } ?? false
      }
    }
  }
}

extension EvidenceDemand {
  /// The first field that lets in evidence that another demand does not.
  func weakening(of parent: EvidenceDemand) -> String? {
    if !EvidenceDemand.isPart(kinds, of: parent.kinds) { return "kinds" }
    if !EvidenceDemand.isPart(purposes, of: parent.purposes) { return "purposes" }
    if !EvidenceDemand.isPart(contexts, of: parent.contexts) { return "contexts" }
    if !EvidenceDemand.isPart(raters, of: parent.raters) { return "raters" }
    if !EvidenceDemand.isPart(depths, of: parent.depths) { return "depths" }
    if let asked = parent.trust, trust.map({ $0 < asked }) ?? true { return "trust" }
    if let asked = parent.attempts, attempts.map({ $0 > asked }) ?? true { return "attempts" }
    return nil
  }

  private static func isPart<Word: Equatable>(_ words: [Word]?, of parent: [Word]?) -> Bool {
    guard let parent else { return true }
    return words?.allSatisfy(parent.contains) ?? false
  }
}

/// Whether a child's gates can only be open where the parent's are.
private struct Strictness {
  let child: Policy
  let parent: Policy

  /// Whether the parent's gate follows from the child's; `false` where that cannot be told.
  func implies(_ own: Gate, _ asked: Gate) -> Bool {
    if own == asked { return true }
    if case .combine(.all, let gates) = asked, !gates.isEmpty {
      if gates.allSatisfy({ implies(own, $0) }) { return true }
    }
    if case .combine(.least(1), let gates) = asked, gates.contains(where: { implies(own, $0) }) {
      return true
    }
    if case .combine(.all, let gates) = own, gates.contains(where: { implies($0, asked) }) {
      return true
    }
    if case .combine(.least(1), let gates) = own, !gates.isEmpty,
      gates.allSatisfy({ implies($0, asked) })
    {
      return true
    }
    return impliesShape(own, asked)
  }

  private func impliesShape(_ own: Gate, _ asked: Gate) -> Bool {
    switch (own, asked) {
    case (.combine(let ownCount, let ownGates), .combine(let askedCount, let askedGates)):
      return isNoLess(ownCount, askedCount) && ownGates.count == askedGates.count
        && zip(ownGates, askedGates).allSatisfy { implies($0, $1) }
    case (.target(let own, let level), .target(let asked, let askedLevel)):
      return own == asked && isNoLower(level, askedLevel)
    case (.targets(let ownCount, let own, let level), .targets(let count, let asked, let other)):
      return own == asked && isNoLess(ownCount, count) && isNoLower(level, other)
    case (.mean(let own, let selector), .mean(let asked, let other)):
      return own >= asked && selector == other
    case (.points(let own, let items), .points(let asked, let others)):
      return own >= asked && items == others
    case (.within(let own, let since, let isInclusive), .within(let asked, let other, let bound)):
      return since == other && own <= asked && (bound || !isInclusive || own < asked)
    case (.elapsed(let own, let since), .elapsed(let asked, let other)):
      return since == other && own >= asked
    case (.evidence(let own), .evidence(let asked)): return isNoLess(own, asked)
    default: return false
    }
  }

  private func isNoLess(_ own: EvidenceGate, _ asked: EvidenceGate) -> Bool {
    // A narrower demand finds fewer pieces, which an upper bound would welcome.
    if asked.most != nil {
      guard own.demand == asked.demand, own.at == asked.at, let most = own.most,
        let limit = asked.most, most <= limit
      else { return false }
    }
    let isLevelKept = asked.at == nil || own.at.map { isNoLower($0, asked.at) } ?? false
    return own.targets == asked.targets && own.demand.weakening(of: asked.demand) == nil
      && isLevelKept && own.least ?? 0 >= asked.least ?? 0
  }

  private func isNoLess(_ own: Gate.Quantity, _ asked: Gate.Quantity) -> Bool {
    switch (own, asked) {
    case (.all, .all), (.all, .share): true
    case (.least(let own), .least(let asked)): own >= asked
    case (.share(let own), .share(let asked)): own >= asked
    default: false
    }
  }

  private func isNoLower(_ own: Identifier?, _ asked: Identifier?) -> Bool {
    let rank = own.flatMap { child.scale.rank(of: $0) } ?? child.scale.masteryRank
    let other = asked.flatMap { parent.scale.rank(of: $0) } ?? parent.scale.masteryRank
    return rank >= other
  }
}
