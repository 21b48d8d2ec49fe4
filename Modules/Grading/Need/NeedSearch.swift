import Domain

/// Looks for the least next score, or the least score that has to come several times.
struct NeedSearch {
  /// What is to be reached.
  enum Goal {
    /// A level; without one, the policy's cut.
    case level(Identifier?)
    /// A number, whatever level it has.
    case number(BigRational)
  }

  let policy: Policy
  let observations: [Observation]
  let goal: Goal
  let kind: EvidenceKind

  /// The most pieces that are asked for.
  static let mostPieces = 30

  private var lowest: Rational { policy.number(ofRank: 0) }
  private var highest: Rational { policy.number(ofRank: policy.scale.levels.count - 1) }

  /// What the number has to reach.
  private var threshold: BigRational {
    switch goal {
    case .level(let level): BigRational(policy.number(of: level))
    case .number(let number): number
    }
  }

  /// The fewest pieces that do it, and the least score of each.
  func least() throws(GradingError) -> (number: Rational, pieces: Int)? {
    for pieces in 1...NeedSearch.mostPieces {
      if let number = try least(pieces) { return (number, pieces) }
    }
    return nil
  }

  private func least(_ pieces: Int) throws(GradingError) -> Rational? {
    guard try reaches(highest, pieces) else { return try leastCandidate(pieces) }
    if try reaches(lowest, pieces) { return lowest }
    switch policy.method {
    case .mean, .meanOfLast, .weightedMean, .newestAgainstOlder, .exponentialDecay, .sum:
      return policy.rounding.beforeCut ? try leastOnGrid(pieces) : try leastOnLine(pieces)
    case .powerLaw: return try leastOnGrid(pieces)
    default: return try leastCandidate(pieces)
    }
  }

  /// The number is a straight line in the next score, so two points give its crossing of the cut.
  private func leastOnLine(_ pieces: Int) throws(GradingError) -> Rational? {
    guard let start = try number(with: 0, pieces), let end = try number(with: 1, pieces) else {
      return nil
    }
    let slope = end - start
    guard slope > 0 else { return nil }
    guard let least = ((threshold - start) / slope).rational else {
      return try leastOnGrid(pieces)
    }
    return try reaches(least, pieces) ? least : nil
  }

  /// The least multiple of 1/10000, by halving: the result rises with the score.
  private func leastOnGrid(_ pieces: Int) throws(GradingError) -> Rational? {
    var low = 0
    var high = 1
    while try !reaches(at(high), pieces) {
      guard high < 1 << 40 else { return nil }
      (low, high) = (high, high * 2)
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if try reaches(at(middle), pieces) { high = middle } else { low = middle }
    }
    let least = try at(high)
    return least <= highest ? least : nil
  }

  private func at(_ index: Int) throws(GradingError) -> Rational {
    let number = BigRational(lowest) + BigRational(index) / 10_000
    do throws(DomainError) { return try number.nearest() } catch { throw GradingError(error) }
  }

  /// Methods that pick or compare only change at scores that are already there, levels and
  /// thresholds.
  private func leastCandidate(_ pieces: Int) throws(GradingError) -> Rational? {
    var candidates = policy.scale.levels.indices.map { policy.number(ofRank: $0) }
    candidates += observations.map(\.value)
    if let threshold = threshold.rational { candidates.append(threshold) }
    for value in observations.map(\.value) {
      // What brings the mean of two scores in the middle to the level.
      let partner = threshold * 2 - BigRational(value)
      if let partner = partner.rational { candidates.append(partner) }
    }
    switch policy.method {
    case .counter(let rule): candidates.append(rule.success)
    case .knowledgeTracing(let model): candidates.append(model.success)
    case .promotion(let rules): candidates += rules.compactMap(\.least)
    default: break
    }
    for candidate in candidates.sorted() where candidate >= lowest && candidate <= highest {
      if try reaches(candidate, pieces) { return candidate }
    }
    return nil
  }

  private func next(_ number: Rational, _ pieces: Int) -> [Observation] {
    let next = Observation(
      evidence: ["next"], kind: kind, value: number,
      points: policy.method == .pointsShare ? .init(earned: number, possible: 100) : nil)
    return observations + Array(repeating: next, count: pieces)
  }

  private func number(
    with next: Rational, _ pieces: Int
  ) throws(GradingError) -> BigRational? {
    try policy.outcome(of: self.next(next, pieces)).number
  }

  private func reaches(_ number: Rational, _ pieces: Int) throws(GradingError) -> Bool {
    let row = next(number, pieces)
    switch goal {
    case .level(let level):
      return try policy.judgement(of: row, requirementsMet: true).reaches(level, policy)
    case .number(let threshold):
      guard row.count >= policy.minimum else { return false }
      return try policy.outcome(of: row).number.map { $0 >= threshold } ?? false
    }
  }
}
