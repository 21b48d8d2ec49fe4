public import Domain

/// Everything that a policy says about one learner.
public struct LearnerReport: Hashable, Sendable {
  /// The learner.
  public var learner: LearnerID
  /// The point of view.
  public var asOf: AsOf
  /// The results, in the order of the targets.
  public var targets: [TargetResult]
  /// The gates, in the order of the policy and then of the groups.
  public var gates: [GateResult]
  /// What was known of the learner beside evidence.
  public var facts: LearnerFacts

  /// The decision that stands for a subject: the newest override, if there is one.
  ///
  /// The computed value stays what it is.
  public func override(of subject: Subject) -> Override? {
    facts.overrides.last { $0.subject == subject }
  }
}

/// A policy together with the targets that it is applied to.
public struct Grader: Hashable, Sendable {
  /// The policy.
  public let policy: Policy
  /// The targets, in the order of the results.
  public let targets: [GradedTarget]
  /// The policy's content hash.
  public let digest: SHA256.Digest

  /// Creates a grader.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - targets: The targets; of those with the same identifier the first one stands.
  public init(_ policy: Policy, targets: [GradedTarget]) {
    self.policy = policy
    var seen: Set<CompetencyID> = []
    self.targets = targets.filter { seen.insert($0.id).inserted }
    digest = policy.digest
  }

  /// Judges one learner from scratch.
  ///
  /// Evidence for other targets, or for none, changes nothing.
  ///
  /// - Parameters:
  ///   - learner: The learner.
  ///   - history: The learner's events; those of others are passed over.
  ///   - facts: What else is known of the learner.
  ///   - asOf: The point of view.
  /// - Throws: ``GradingError`` with the code `overflow`.
  /// - Complexity: O(*n* log *n*) in the number of events.
  public func report(
    on learner: LearnerID, history: EvidenceHistory, facts: LearnerFacts = LearnerFacts(),
    asOf: AsOf
  ) throws(GradingError) -> LearnerReport {
    var evidence: [CompetencyID: [Evidence]] = [:]
    for piece in history.evidence(asOf: asOf, offsetMinutes: policy.offsetMinutes)
    where piece.learner == learner {
      guard let target = piece.competency else { continue }
      evidence[target, default: []].append(piece)
    }
    var results: [TargetResult] = []
    for target in targets {
      results.append(
        try policy.result(
          of: target.id, learner: learner, evidence: evidence[target.id] ?? [], asOf: asOf,
          policyDigest: digest))
    }
    return try report(on: learner, results: results, facts: facts, asOf: asOf)
  }

  func report(
    on learner: LearnerID, results: [TargetResult], facts: LearnerFacts, asOf: AsOf
  ) throws(GradingError) -> LearnerReport {
    let pairs = results.map { ($0.target, Standing($0)) }
    var evaluator = GateEvaluator(
      policy: policy, targets: targets,
      results: Dictionary(pairs) { first, _ in first }, facts: facts, asOf: asOf)
    return LearnerReport(
      learner: learner, asOf: asOf, targets: results, gates: try evaluator.answers(),
      facts: facts.known(at: asOf.known))
  }
}
