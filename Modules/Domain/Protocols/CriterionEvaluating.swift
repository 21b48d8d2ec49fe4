/// A judge of single criteria of a rubric: a person's tool, a scorer or a service.
///
/// May be called from several threads at the same time.
public protocol CriterionEvaluating: Sendable {
  /// Judges pieces of work.
  ///
  /// Called once per batch. A piece that cannot be judged is not assessed; it is never given the
  /// lowest level instead.
  ///
  /// - Parameter requests: What to judge.
  /// - Returns: One answer for each request, in the order asked.
  /// - Throws: ``DomainError`` when the judge cannot be reached; then nothing was judged.
  func judge(_ requests: [CriterionRequest]) async throws(DomainError) -> [EvidenceState]
}

/// A piece of work that is to be judged by one criterion.
public struct CriterionRequest: Hashable, Sendable {
  /// The criterion.
  public var criterion: ID<Criterion>
  /// The scale to judge on.
  public var scale: ScaleID
  /// The piece of work.
  public var artefact: ID<Artefact>
  /// Whose work it is.
  public var learner: LearnerID

  /// Creates a request.
  public init(
    criterion: ID<Criterion>, scale: ScaleID, artefact: ID<Artefact>, learner: LearnerID
  ) {
    self.criterion = criterion
    self.scale = scale
    self.artefact = artefact
    self.learner = learner
  }
}

/// Marks identifiers of the criteria of rubrics.
public enum Criterion {}
