/// A source of results for those who report, award or plan with them.
public protocol ResultSource: Sendable {
  /// Reads results batch by batch.
  ///
  /// Results of one learner come one after another in the order of the competencies' identifiers;
  /// learners come in the order of theirs. May be called from several threads at the same time.
  ///
  /// - Parameters:
  ///   - learners: Whose results to read; `nil` for all.
  ///   - body: Takes the next results, never none; answers whether to go on.
  /// - Throws: ``DomainError`` when the results cannot be read any further.
  func results(
    of learners: Set<LearnerID>?, _ body: ([MasteryResult]) -> Bool
  ) throws(DomainError)
}
