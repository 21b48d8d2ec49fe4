/// A judgement of a learner's habit of work, such as meeting deadlines.
///
/// It is no ``Evidence``: academic results cannot be made of it.
public struct HabitObservation: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<HabitObservation>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// Who was observed.
  public var learner: LearnerID
  /// The habit, a competency of the kind `habit`.
  public var habit: CompetencyID
  /// The judgement, or that there is none.
  public var state: EvidenceState
  /// Who observed it.
  public var observer: ID<Person>?
  /// When it happened, and when it was learnt of.
  public var times: EvidenceTimes

  /// Creates an observation.
  public init(
    id: ID<HabitObservation>, externalIdentifiers: [ExternalIdentifier] = [],
    learner: LearnerID, habit: CompetencyID, state: EvidenceState, observer: ID<Person>? = nil,
    times: EvidenceTimes
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.habit = habit
    self.state = state
    self.observer = observer
    self.times = times
  }
}
