/// A policy that turns evidence into results.
///
/// It is a pure function: no clock, no randomness, no order between learners. May be called from
/// several threads at the same time.
public protocol PolicyEvaluating: Sendable {
  /// The content hash of the policy; two policies with the same hash give the same results.
  var digest: SHA256.Digest { get }

  /// Judges learners.
  ///
  /// Called once per batch of learners.
  ///
  /// - Parameters:
  ///   - events: All entries of the learners, those of one learner one after another in the order
  ///     in which they were recorded.
  ///   - asOf: The point of view; the policy leaves out what lies after it.
  ///   - problems: Takes what is wrong with entries, such as a score off its scale.
  /// - Returns: The results, in the order of the learners and then of the policy's competencies.
  func evaluate(
    _ events: [EvidenceEvent], asOf: AsOf, reporting problems: some ProblemReporter
  ) -> [MasteryResult]
}
