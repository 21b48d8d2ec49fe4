/// What the evidence says about one learner in one competency under one policy.
///
/// It is a pure function of the evidence, the policy and the two as-of times, all of which it
/// names, so that anybody can work it out again.
public struct MasteryResult: Hashable, Sendable {
  /// Whether a learner has mastered a competency.
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// The policy's demands are met.
    case mastered
    /// There is enough evidence, and the demands are not met.
    case notYet = "not_yet"
    /// There is too little evidence to judge; this is never the lowest level.
    case notAssessed = "not_assessed"
  }

  /// Who it is about.
  public var learner: LearnerID
  /// What it is about.
  public var competency: CompetencyID
  /// Whether the competency is mastered.
  public var outcome: Outcome
  /// The level on the policy's scale, where the policy gives one.
  public var level: Identifier?
  /// The exact number before rounding, where the policy gives one.
  public var number: Rational?
  /// What the result was made from.
  public var basis: Basis

  /// Creates a result.
  public init(
    learner: LearnerID, competency: CompetencyID, outcome: Outcome, level: Identifier? = nil,
    number: Rational? = nil, basis: Basis
  ) {
    self.learner = learner
    self.competency = competency
    self.outcome = outcome
    self.level = level
    self.number = number
    self.basis = basis
  }

  /// What a result was made from.
  public struct Basis: Hashable, Sendable {
    /// The content hash of the policy.
    public var policy: SHA256.Digest
    /// The content hash of the evidence that was taken into account.
    public var evidence: SHA256.Digest
    /// The two as-of times.
    public var asOf: AsOf

    /// Creates a basis.
    public init(policy: SHA256.Digest, evidence: SHA256.Digest, asOf: AsOf) {
      self.policy = policy
      self.evidence = evidence
      self.asOf = asOf
    }
  }
}

/// The point in both times from which a log is looked at.
public struct AsOf: Hashable, Sendable {
  /// Evidence that occurred later is left out.
  public var occurred: Instant
  /// What was recorded later, reversals too, is left out.
  public var known: Instant

  /// Creates a point of view.
  ///
  /// - Parameters:
  ///   - occurred: Evidence that occurred later is left out.
  ///   - known: What was recorded later is left out.
  public init(occurred: Instant, known: Instant) {
    self.occurred = occurred
    self.known = known
  }
}
