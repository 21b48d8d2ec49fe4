public import Domain

/// What a further attempt does to the record.
public struct RetakeRule: Hashable, Sendable {
  /// How the new result goes with the old one.
  public enum Effect: String, Hashable, Sendable, CaseIterable {
    /// It is new evidence, and the policy of the school decides.
    case policy
    /// It stands instead of the old one.
    case replace
    /// The higher one stands.
    case higher
    /// The mean stands.
    case average
  }

  /// How the new result goes with the old one.
  public var effect: Effect
  /// The highest result that a retake can have, as a rank of the scale; `nil` for none.
  public var capRank: Int?
  /// The targets that are taken again; empty for all of the assessment.
  public var onlyTargets: [CompetencyID]
  /// When and how often.
  public var attempts: AttemptRules

  /// Creates a rule.
  public init(
    effect: Effect = .policy, capRank: Int? = nil, onlyTargets: [CompetencyID] = [],
    attempts: AttemptRules = AttemptRules()
  ) {
    self.effect = effect
    self.capRank = capRank
    self.onlyTargets = onlyTargets
    self.attempts = attempts
  }

  /// The result that stands.
  ///
  /// - Parameter results: Numbers of the attempts, first to last.
  /// - Returns: `nil` without attempts, and where the policy of the school decides among several.
  public func standing(_ results: [Rational]) -> Rational? {
    guard let first = results.first else { return nil }
    let capped =
      [first]
      + results.dropFirst().map { result in
        capRank.map { min(result, Rational(ExactDecimal($0))) } ?? result
      }
    switch effect {
    case .policy: return capped.count == 1 ? first : nil
    case .replace: return capped.last
    case .higher: return capped.max()
    case .average:
      var sum = Rational.zero
      for result in capped {
        guard let next = try? sum + result else { return nil }
        sum = next
      }
      return try? sum / Rational(ExactDecimal(capped.count))
    }
  }

  /// What is to be said about the rule.
  ///
  /// - Parameter masteryRank: The rank of the lowest level that is mastery.
  public func findings(masteryRank: Int) -> [Finding] {
    var findings: [Finding] = []
    if let capRank {
      findings.append(
        Finding(
          .caution, nil,
          "A cap makes the record say less than the learner can"
            + (capRank < masteryRank
              ? "; this one lies below the cut, so that no retake is mastery."
              : ". Leave it out, or write the reason beside it.")))
    }
    if effect == .higher, attempts.limit == nil {
      findings.append(
        Finding(
          .caution, nil,
          "The higher of any number of attempts gets worse as evidence with each attempt: chance "
            + "alone lifts it. Limit the attempts, or let the newest one stand."))
    }
    if effect == .average {
      findings.append(
        Finding(
          .caution, nil, "A mean with early attempts tells how long learning took, not its end."))
    }
    if !attempts.needsOtherForm {
      findings.append(
        Finding(
          .caution, nil, "Retakes may have the same form; answers can be learnt by heart."))
    }
    return findings
  }
}
