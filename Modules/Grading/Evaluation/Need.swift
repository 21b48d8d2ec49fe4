public import Domain

/// The least next evidence for one target.
public struct Need: Hashable, Sendable {
  /// The target.
  public var target: CompetencyID
  /// The least number on the policy's scale, exact; the rank on a scale without numbers.
  public var number: Rational
  /// The lowest level that is at least that number.
  public var level: Identifier
}

extension Grader {
  /// The least score of one more piece of evidence, the newest, that brings a target to a level.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - level: The level; without one, the policy's cut.
  ///   - report: The report on the learner.
  ///   - kind: The kind of the next evidence.
  /// - Returns: The need, or `nil` when the level is already reached.
  /// - Throws: ``GradingError`` with the code `noAnswer` when no single piece can do it.
  public func need(
    for target: CompetencyID, at level: Identifier? = nil, in report: LearnerReport,
    kind: EvidenceKind = .quiz
  ) throws(GradingError) -> Need? {
    guard let result = report.targets.first(where: { $0.target == target }) else {
      throw GradingError(.noAnswer, "Target \"\(target)\" is not among those that are graded.")
    }
    if policy.hasReached(result, level) { return nil }
    let search = NeedSearch(
      policy: policy, observations: result.derivation.observations, level: level, kind: kind)
    guard let number = try search.least(),
      let label = policy.scale.levels.indices.first(where: { policy.number(ofRank: $0) >= number })
    else {
      throw GradingError(
        .noAnswer,
        "No single score brings target \"\(target)\" to \(level ?? policy.scale.cut.label) under "
          + "policy \"\(policy.id)\"; it takes more evidence.")
    }
    return Need(target: target, number: number, level: policy.scale.levels[label].label)
  }

  /// The least next evidence, one piece for each of some targets, that opens a gate.
  ///
  /// No piece can be left out. Gates that wait for a person, a day or a mean are not opened by
  /// single scores and have no answer.
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
    let level = policy.highestLevel(in: gate.gate)
    var needs: [Need] = []
    for target in targets {
      if let need = try? need(for: target.id, at: level, in: report) { needs.append(need) }
    }
    guard try isOpen(name, group, needs, report) else {
      throw GradingError(
        .noAnswer,
        "Scores alone do not open gate \"\(name)\"; look at its steps, dates and other evidence.")
    }
    // The hardest are left out first, so that what remains is the least.
    for need in needs.sorted(by: { ($0.number, $0.target) > ($1.number, $1.target) }) {
      let fewer = needs.filter { $0 != need }
      if try isOpen(name, group, fewer, report) { needs = fewer }
    }
    return needs
  }

  private func isOpen(
    _ name: Identifier, _ group: Identifier?, _ needs: [Need], _ report: LearnerReport
  ) throws(GradingError) -> Bool {
    var results = report.targets
    for need in needs {
      guard let index = results.firstIndex(where: { $0.target == need.target }) else { continue }
      let next = Observation(evidence: ["next"], kind: .quiz, value: need.number)
      let observations = results[index].derivation.observations + [next]
      results[index] = try policy.hypothesis(results[index], observations)
    }
    let changed = try self.report(
      on: report.learner, results: results, facts: report.facts, asOf: report.asOf)
    return changed.gates.contains { $0.name == name && $0.group == group && $0.isOpen }
  }
}

/// Looks for the least next score.
private struct NeedSearch {
  let policy: Policy
  let observations: [Observation]
  let level: Identifier?
  let kind: EvidenceKind

  private var lowest: Rational { policy.number(ofRank: 0) }
  private var highest: Rational { policy.number(ofRank: policy.scale.levels.count - 1) }

  func least() throws(GradingError) -> Rational? {
    guard try reaches(highest) else { return try leastCandidate() }
    if try reaches(lowest) { return lowest }
    switch policy.method {
    case .mean, .meanOfLast, .weightedMean, .newestAgainstOlder, .exponentialDecay, .sum:
      return policy.rounding.beforeCut ? try leastOnGrid() : try leastOnLine()
    case .powerLaw: return try leastOnGrid()
    default: return try leastCandidate()
    }
  }

  /// The number is a straight line in the next score, so two points give its crossing of the cut.
  private func leastOnLine() throws(GradingError) -> Rational? {
    guard let start = try number(with: 0), let end = try number(with: 1) else { return nil }
    let slope = try Exact.subtract(end, start)
    guard slope > 0 else { return nil }
    let least = try Exact.divide(Exact.subtract(policy.number(of: level), start), slope)
    return try reaches(least) ? least : nil
  }

  /// The least multiple of 1/10000, by halving: the result rises with the score.
  private func leastOnGrid() throws(GradingError) -> Rational? {
    let scale = Rational(10_000)
    var low = 0
    var high = 1
    while try !reaches(at(high, scale)) {
      guard high < 1 << 40 else { return nil }
      (low, high) = (high, high * 2)
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try reaches(at(middle, scale)) { high = middle } else { low = middle }
    }
    let least = try at(high, scale)
    return least <= highest ? least : nil
  }

  private func at(_ index: Int, _ scale: Rational) throws(GradingError) -> Rational {
    try Exact.add(lowest, Exact.divide(Rational(index), scale))
  }

  /// Methods that pick or compare only change at scores that are already there, levels and
  /// thresholds.
  private func leastCandidate() throws(GradingError) -> Rational? {
    var candidates = policy.scale.levels.indices.map { policy.number(ofRank: $0) }
    candidates += observations.map(\.value)
    for value in observations.map(\.value) {
      candidates.append(try Exact.subtract(Exact.multiply(2, policy.number(of: level)), value))
    }
    switch policy.method {
    case .counter(let rule): candidates.append(rule.success)
    case .knowledgeTracing(let model): candidates.append(model.success)
    case .promotion(let rules): candidates += rules.compactMap(\.least)
    default: break
    }
    for candidate in candidates.sorted() where candidate >= lowest && candidate <= highest {
      if try reaches(candidate) { return candidate }
    }
    return nil
  }

  private func next(_ number: Rational) -> [Observation] {
    observations + [Observation(evidence: ["next"], kind: kind, value: number)]
  }

  private func number(with next: Rational) throws(GradingError) -> Rational? {
    try policy.outcome(of: self.next(next)).number
  }

  private func reaches(_ number: Rational) throws(GradingError) -> Bool {
    try policy.judgement(of: next(number), requirementsMet: true).reaches(level, policy)
  }
}

extension Policy {
  /// Whether a result has reached a level; without one, whether it is mastered.
  func hasReached(_ result: TargetResult, _ level: Identifier?) -> Bool {
    Judgement(result.result).reaches(level, self)
  }

  /// The highest level that a gate asks of targets, or `nil` for the cut.
  func highestLevel(in gate: Gate) -> Identifier? {
    let levels: [Identifier]
    switch gate {
    case .combine(_, let gates): levels = gates.compactMap { highestLevel(in: $0) }
    case .target(_, let level), .targets(_, _, let level): levels = level.map { [$0] } ?? []
    case .gate(let name):
      let named = gates.first { $0.name == name }
      levels = [named.flatMap { highestLevel(in: $0.gate) }].compactMap { $0 }
    default: levels = []
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
