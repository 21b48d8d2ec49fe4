/// One observation of what one learner knows or can do, for one competency.
///
/// Evidence is never changed or deleted: it enters an append-only log and may later be reversed
/// by an ``EvidenceEvent``. One artefact gives several pieces of evidence when it touches several
/// competencies. Habits, attendance and engagement have types of their own, so that functions
/// that take `Evidence` cannot be given them.
public struct Evidence: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Evidence>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// Who showed it.
  public var learner: LearnerID
  /// What it is about, or `nil` when it is tied to no competency, such as extra credit.
  public var competency: CompetencyID?
  /// The score, or that there is none.
  public var state: EvidenceState
  /// What it is, such as a quiz.
  public var kind: EvidenceKind
  /// Why it was gathered.
  public var purpose: EvidencePurpose
  /// When it happened, and when it was learnt of.
  public var times: EvidenceTimes
  /// Which try it is, counted from 1, where the source counts tries.
  public var attempt: Int?
  /// The task, quiz or exam it belongs to, so that its items can be grouped.
  public var assessment: ID<Assessment>?
  /// The piece of work that it was read from.
  public var artefact: ID<Artefact>?
  /// Where it was shown, such as the class, club or workplace, in the words of the source.
  public var context: Identifier?
  /// How deep the thinking is that it asks for.
  public var depth: Depth?
  /// How far the source vouches for it.
  public var trust: Trust
  /// Who judged it.
  public var rater: ID<Person>?
  /// Where it comes from.
  public var provenance: Provenance?

  /// Creates a piece of evidence.
  public init(
    id: ID<Evidence>, externalIdentifiers: [ExternalIdentifier] = [], learner: LearnerID,
    competency: CompetencyID?, state: EvidenceState, kind: EvidenceKind,
    purpose: EvidencePurpose, times: EvidenceTimes, attempt: Int? = nil,
    assessment: ID<Assessment>? = nil, artefact: ID<Artefact>? = nil,
    context: Identifier? = nil, depth: Depth? = nil, trust: Trust = .claimed,
    rater: ID<Person>? = nil, provenance: Provenance? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.competency = competency
    self.state = state
    self.kind = kind
    self.purpose = purpose
    self.times = times
    self.attempt = attempt
    self.assessment = assessment
    self.artefact = artefact
    self.context = context
    self.depth = depth
    self.trust = trust
    self.rater = rater
    self.provenance = provenance
  }
}

/// The times of a piece of evidence.
///
/// What was known on a day is told by ``recorded``; what had happened by a day, by ``occurred``.
public struct EvidenceTimes: Hashable, Sendable {
  /// When the learner showed it.
  public var occurred: PartialDate
  /// When it entered the log.
  public var recorded: Instant
  /// When the work was due.
  public var due: PartialDate?
  /// When the work was handed in.
  public var submitted: PartialDate?

  /// Creates the times of a piece of evidence.
  public init(
    occurred: PartialDate, recorded: Instant, due: PartialDate? = nil,
    submitted: PartialDate? = nil
  ) {
    self.occurred = occurred
    self.recorded = recorded
    self.due = due
    self.submitted = submitted
  }
}

extension EvidenceTimes {
  /// The moment by which evidence is ordered.
  ///
  /// - Parameters:
  ///   - name: `due`, `submitted`, `recorded`, or any other name for when it occurred; that stands
  ///     too where the asked one is missing.
  ///   - offsetMinutes: Minutes to the east of UTC, for dates without a zone.
  package func moment(_ name: String, offsetMinutes: Int) -> Instant? {
    let date: PartialDate? =
      switch name {
      case "due": due
      case "submitted": submitted
      case "recorded": PartialDate(recorded)
      default: nil
      }
    return (date ?? occurred).earliest(offsetMinutes: offsetMinutes)
  }
}

/// Marks identifiers of tasks, quizzes and exams.
public enum Assessment {}

/// Marks identifiers of pieces of work.
public enum Artefact {}

/// The identifier of a piece of evidence.
public typealias EvidenceID = ID<Evidence>
