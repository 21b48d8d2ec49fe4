public import Domain

/// The least next evidence for one target.
public struct Need: Hashable, Sendable {
  /// The target.
  public var target: CompetencyID
  /// The least number on the policy's scale, exact; the rank on a scale without numbers.
  public var number: Rational
  /// The lowest level that is at least that number.
  public var level: Identifier
  /// How many pieces of evidence with that number are needed, one after the other.
  public var pieces: Int
  /// What the evidence has to be; empty where any that counts will do.
  public var demand = EvidenceDemand()
}

extension Grader {
  /// The least score of the next evidence that brings a target to a level.
  ///
  /// Where one piece cannot do it, it is the fewest pieces, and the least score of each.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - level: The level; without one, the policy's cut.
  ///   - report: The report on the learner.
  ///   - kind: The kind of the next evidence.
  /// - Returns: The need, or `nil` when the level is already reached.
  /// - Throws: ``GradingError`` with the code `noAnswer` when 30 pieces cannot do it, or when there
  ///   is no such target or level.
  public func need(
    for target: CompetencyID, at level: Identifier? = nil, in report: LearnerReport,
    kind: EvidenceKind = .quiz
  ) throws(GradingError) -> Need? {
    guard let result = report.targets.first(where: { $0.target == target }) else {
      throw GradingError(.noAnswer, "Target \"\(target)\" is not among those that are graded.")
    }
    if let level { try policy.checkLevel(level, "") }
    if policy.hasReached(result, level) { return nil }
    if let need = try need(for: result, .level(level), kind) { return need }
    throw GradingError(
      .noAnswer,
      "No next scores bring target \"\(target)\" to \(level ?? policy.scale.cut.label) under "
        + "policy \"\(policy.id)\"; look at what it requires.")
  }

  private func need(
    for result: TargetResult, _ goal: NeedSearch.Goal, _ kind: EvidenceKind = .quiz
  ) throws(GradingError) -> Need? {
    let search = NeedSearch(
      policy: policy, observations: result.derivation.observations, goal: goal, kind: kind)
    guard let (number, pieces) = try search.least(), let level = label(atLeast: number) else {
      return nil
    }
    return Need(target: result.target, number: number, level: level, pieces: pieces)
  }

  private func label(atLeast number: Rational) -> Identifier? {
    let rank = policy.scale.levels.indices.first { policy.number(ofRank: $0) >= number }
    return rank.map { policy.scale.levels[$0].label }
  }

  /// The least next evidence for some targets that opens a gate.
  ///
  /// No piece can be left out. Gates on results, points, means and evidence have an answer; what
  /// waits for a person or a day has none.
  ///
  /// - Parameters:
  ///   - name: The gate.
  ///   - group: The group, in a gate that is answered per group.
  ///   - report: The report on the learner.
  /// - Returns: The needs, in the order of the targets; empty when the gate is open.
  /// - Throws: ``GradingError`` with the code `noAnswer`.
  public func need(
    toOpen name: Identifier, group: Identifier? = nil, in report: LearnerReport
  ) throws(GradingError) -> [Need] {
    guard let gate = policy.gates.first(where: { $0.name == name }) else {
      throw GradingError(.noAnswer, "There is no gate \"\(name)\" in policy \"\(policy.id)\".")
    }
    var needs: [Need] = []
    if try isOpen(name, group, needs, report) { return needs }
    let level = policy.highestLevel(in: gate.gate)
    for target in targets where policy.asksForLevels(gate.gate) {
      if let need = try? need(for: target.id, at: level, in: report) { needs.append(need) }
    }
    needs += evidenceNeeds(policy.leaves(of: gate.gate), group, report)
    if try !isOpen(name, group, needs, report) {
      needs += try meanNeeds(policy.leaves(of: gate.gate), group, needs, report)
    }
    guard try isOpen(name, group, needs, report) else {
      throw GradingError(
        .noAnswer,
        "Evidence alone does not open gate \"\(name)\"; look at its steps and dates.")
    }
    // The hardest are left out first, so that what remains is the least.
    for need in needs.sorted(by: { Need.isHarder($0, than: $1) }) {
      let fewer = needs.filter { $0 != need }
      if try isOpen(name, group, fewer, report) { needs = fewer }
    }
    return needs
  }

  /// What gates on single pieces of evidence lack.
  private func evidenceNeeds(
    _ leaves: [Gate], _ group: Identifier?, _ report: LearnerReport
  ) -> [Need] {
    leaves.compactMap { leaf in
      guard case .evidence(let gate) = leaf, let least = gate.least else { return nil }
      let evaluator = evaluator(report.targets, report)
      let ids = evaluator.select(gate.targets, in: group)
      let missing = least - evaluator.count(gate, ids)
      guard missing > 0, let target = ids.first else { return nil }
      let number = gate.at.map { policy.number(of: $0) } ?? policy.number(ofRank: 0)
      return Need(
        target: target, number: number, level: gate.at ?? policy.scale.levels[0].label,
        pieces: missing, demand: gate.demand)
    }
  }

  /// What a mean lacks, as better scores for the one target for which the least will do.
  private func meanNeeds(
    _ leaves: [Gate], _ group: Identifier?, _ needs: [Need], _ report: LearnerReport
  ) throws(GradingError) -> [Need] {
    var found: [Need] = []
    for case .mean(let least, let selector) in leaves {
      let results = try hypothesis(needs + found, report)
      let ids = evaluator(results, report).select(selector, in: group)
      let chosen = results.filter { ids.contains($0.target) }
      let sum = BigRational.sum(chosen.compactMap(\.result.number))
      let wanted = BigRational(least) * BigRational(ids.count)
      guard sum < wanted else { continue }
      var best: Need?
      for result in chosen {
        let own = result.result.number.map { BigRational($0) } ?? 0
        let need = try need(for: result, .number(wanted - (sum - own)))
        if let need, best.map({ Need.isHarder($0, than: need) }) ?? true { best = need }
      }
      if let best { found.append(best) }
    }
    return found
  }

  private func evaluator(
    _ results: [TargetResult], _ report: LearnerReport
  ) -> GateEvaluator {
    GateEvaluator(
      policy: policy, targets: targets,
      results: Dictionary(results.map { ($0.target, Standing($0)) }) { first, _ in first },
      facts: report.facts, asOf: report.asOf)
  }

  /// The results as they would be with more evidence.
  private func hypothesis(
    _ needs: [Need], _ report: LearnerReport
  ) throws(GradingError) -> [TargetResult] {
    var results = report.targets
    for need in needs {
      guard let index = results.firstIndex(where: { $0.target == need.target }) else { continue }
      let pieces = (0..<need.pieces).map { place in
        need.piece(place, of: report.learner, policy, occurred: report.asOf)
      }
      let counted = pieces.count { policy.counts.misfit(of: $0) == nil }
      let next = Observation(
        evidence: ["next"], kind: pieces.first?.kind ?? .quiz, value: need.number,
        points: policy.method == .pointsShare
          ? Observation.Points(earned: need.number, possible: 100) : nil)
      results[index].derivation.observations += Array(repeating: next, count: counted)
      results[index].derivation.evidence += pieces
      results[index] = try policy.hypothesis(
        results[index], results[index].derivation.observations)
    }
    return results
  }

  private func isOpen(
    _ name: Identifier, _ group: Identifier?, _ needs: [Need], _ report: LearnerReport
  ) throws(GradingError) -> Bool {
    let results = try hypothesis(needs, report)
    let changed = try self.report(
      on: report.learner, results: results, facts: report.facts, asOf: report.asOf)
    return changed.gates.contains { $0.name == name && $0.group == group && $0.isOpen }
  }
}

extension Need {
  /// Whether a need asks for more than another.
  static func isHarder(_ first: Need, than second: Need) -> Bool {
    (first.pieces, first.number, first.target) > (second.pieces, second.number, second.target)
  }

  /// A piece of evidence as it is needed.
  func piece(
    _ place: Int, of learner: LearnerID, _ policy: Policy, occurred asOf: AsOf
  ) -> Evidence {
    var fitting = policy.counts
    fitting.kinds = demand.kinds ?? fitting.kinds
    fitting.purposes = demand.purposes ?? fitting.purposes
    return Evidence(
      id: ID("next \(target) \(place + 1)"), learner: learner, competency: target,
      state: .assessed(.level(level, scale: policy.scale.id)), kind: fitting.kinds?.first ?? .quiz,
      purpose: fitting.purposes?.first ?? .summative,
      times: EvidenceTimes(occurred: PartialDate(asOf.occurred), recorded: asOf.known),
      attempt: 1, context: (demand.contexts ?? fitting.contexts)?.first,
      depth: (demand.depths ?? fitting.depths)?.first.map { Depth(text: $0.text) },
      trust: .verified, rater: (demand.raters ?? fitting.raters)?.first)
  }
}

extension Policy {
  /// Whether a result has reached a level; without one, whether it is mastered.
  func hasReached(_ result: TargetResult, _ level: Identifier?) -> Bool {
    Judgement(result.result).reaches(level, self)
  }

  /// The conditions at the ends of a gate, those of gates that it asks too.
  func leaves(of gate: Gate) -> [Gate] {
    switch gate {
    case .combine(_, let gates): gates.flatMap { leaves(of: $0) }
    case .gate(let name): gates.first { $0.name == name }.map { leaves(of: $0.gate) } ?? []
    default: [gate]
    }
  }

  /// Whether a gate asks for targets one by one, and not only for a mean or pieces of evidence.
  func asksForLevels(_ gate: Gate) -> Bool {
    leaves(of: gate).contains { leaf in
      switch leaf {
      case .target, .targets, .points: true
      default: false
      }
    }
  }

  /// The highest level that a gate asks of targets, or `nil` for the cut.
  func highestLevel(in gate: Gate) -> Identifier? {
    let levels = leaves(of: gate).compactMap { leaf -> Identifier? in
      switch leaf {
      case .target(_, let level), .targets(_, _, let level): level
      default: nil
      }
    }
    return levels.max { (scale.rank(of: $0) ?? 0) < (scale.rank(of: $1) ?? 0) }
  }

  /// A result as it would be with other observations.
  func hypothesis(
    _ result: TargetResult, _ observations: [Observation]
  ) throws(GradingError) -> TargetResult {
    let judgement = try judgement(of: observations, requirementsMet: true)
    var changed = result
    changed.result.outcome = judgement.outcome
    changed.result.level = judgement.level
    changed.result.number = scale.hasNumbers ? judgement.number : nil
    return changed
  }
}
