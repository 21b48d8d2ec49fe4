/// An append-only log of evidence with two times.
///
/// Several threads may read at the same time, also while one appends; a reading sees the log as
/// it was when the reading began.
public protocol EvidenceLog: Sendable {
  /// Adds entries at the end, all or none.
  ///
  /// - Parameters:
  ///   - events: The entries, in the order in which they were recorded.
  ///   - problems: Takes what is wrong with entries: an identifier that is already there, or the
  ///     reversal of evidence that is not. With one rejected entry none is added.
  /// - Returns: Whether the entries were added.
  /// - Throws: ``DomainError`` when the log cannot be reached.
  func append(
    _ events: [EvidenceEvent], reporting problems: some ProblemReporter
  ) throws(DomainError) -> Bool

  /// Reads entries batch by batch.
  ///
  /// Entries of one learner come one after another in the order in which they were recorded;
  /// learners come in the order of their identifiers. Memory is bounded by the largest batch.
  ///
  /// - Parameters:
  ///   - query: Which entries to read.
  ///   - body: Takes the next entries, never none; answers whether to go on.
  /// - Throws: ``DomainError`` when the log cannot be read any further.
  func read(
    _ query: EvidenceQuery, _ body: ([EvidenceEvent]) -> Bool
  ) throws(DomainError)
}

/// Which entries of an evidence log to read.
public struct EvidenceQuery: Hashable, Sendable {
  /// Only these learners; `nil` for all.
  public var learners: Set<LearnerID>?
  /// Only these competencies; `nil` for all, and for evidence that is tied to none.
  public var competencies: Set<CompetencyID>?
  /// Only what was recorded up to this moment; `nil` for all.
  public var known: Instant?

  /// Creates a query.
  public init(
    learners: Set<LearnerID>? = nil, competencies: Set<CompetencyID>? = nil,
    known: Instant? = nil
  ) {
    self.learners = learners
    self.competencies = competencies
    self.known = known
  }
}
