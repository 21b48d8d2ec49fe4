public import Domain

/// A result with everything that it was derived from.
public struct TargetResult: Hashable, Sendable {
  /// The result.
  public var result: MasteryResult
  /// The number rounded as the policy says, for people to read.
  public var shown: ExactDecimal?
  /// How it came about.
  public var derivation: Derivation

  /// The target.
  public var target: CompetencyID { result.competency }

  /// How a result came about.
  public struct Derivation: Hashable, Sendable {
    /// All evidence for the target, in the order of the log.
    public var evidence: [Evidence]
    /// What does not count, and why.
    public var leftOut: [LeftOut]
    /// What the method took, in its order.
    public var observations: [Observation]
    /// The method's intermediate values.
    public var steps: [Rational]
  }

  /// A piece of evidence that does not count.
  public struct LeftOut: Hashable, Sendable {
    /// The evidence.
    public var evidence: EvidenceID
    /// Why it does not count.
    public var why: Omission
  }
}

extension Policy {
  /// Judges one learner in one target.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - learner: The learner.
  ///   - evidence: The learner's evidence for the target that stands from the point of view, in
  ///     the order of the log.
  ///   - asOf: The point of view.
  /// - Throws: ``GradingError`` with the code `overflow`.
  /// - Complexity: O(*n* log *n*) in the number of pieces.
  public func result(
    of target: CompetencyID, learner: LearnerID, evidence: [Evidence], asOf: AsOf
  ) throws(GradingError) -> TargetResult {
    try result(of: target, learner: learner, evidence: evidence, asOf: asOf, policyDigest: digest)
  }

  func result(
    of target: CompetencyID, learner: LearnerID, evidence: [Evidence], asOf: AsOf,
    policyDigest: SHA256.Digest
  ) throws(GradingError) -> TargetResult {
    var derivation = TargetResult.Derivation(
      evidence: evidence, leftOut: [], observations: [], steps: [])
    derivation.observations = try observations(of: evidence, &derivation.leftOut)
    let judgement = try judgement(
      of: derivation.observations,
      requirementsMet: areRequirementsMet(evidence, derivation.leftOut))
    derivation.steps = judgement.steps
    let basis = MasteryResult.Basis(
      policy: policyDigest, evidence: Evidence.digest(of: evidence), asOf: asOf)
    let result = MasteryResult(
      learner: learner, competency: target, outcome: judgement.outcome, level: judgement.level,
      number: scale.hasNumbers ? judgement.number : nil, basis: basis)
    return TargetResult(
      result: result, shown: scale.hasNumbers ? judgement.shown : nil, derivation: derivation)
  }

  private func areRequirementsMet(
    _ evidence: [Evidence], _ leftOut: [TargetResult.LeftOut]
  ) -> Bool {
    guard !requires.isEmpty else { return true }
    let omitted = Set(leftOut.map(\.evidence))
    return requires.allSatisfy { requirement in
      let fitting = evidence.count {
        !omitted.contains($0.id) && requirement.demand.misfit(of: $0) == nil
      }
      return fitting >= requirement.least
    }
  }
}
