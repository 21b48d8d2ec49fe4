public import Domain

/// Work that learners do to show what they can, such as a project or a performance.
public struct PerformanceTask: Hashable, Sendable, Identified {
  /// One way to do the task.
  public struct Demonstration: Hashable, Sendable {
    /// The name, such as `film`.
    public var name: Identifier
    /// What kind of evidence it is.
    public var kind: EvidenceKind
    /// How many artefacts have to be handed in at least.
    public var artefactCount: Int

    /// Creates a way to do a task.
    public init(_ name: Identifier, kind: EvidenceKind, artefactCount: Int = 1) {
      self.name = name
      self.kind = kind
      self.artefactCount = artefactCount
    }
  }

  /// The identifier that our own data uses.
  public let id: ID<PerformanceTask>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// The title.
  public let title: String
  /// What it is judged by; the same for every way to do it.
  public let rubric: Rubric
  /// The ways among which learners choose.
  public let demonstrations: [Demonstration]
  /// How several ratings become one.
  public let resolution: RatingResolution
  /// How many ratings of staff a piece of work gets at least.
  public let raterCount: Int
  /// Why it is done.
  public let purpose: EvidencePurpose
  /// Which ratings count for gates.
  public let counting: RatingStreams

  /// Creates a task.
  ///
  /// - Throws: ``AssessmentError`` when there is no way to do it, two have one name, or it has no
  ///   rater.
  public init(
    id: ID<PerformanceTask>, externalIdentifiers: [ExternalIdentifier] = [], title: String,
    rubric: Rubric, demonstrations: [Demonstration],
    resolution: RatingResolution = .thirdWhenApart(), raterCount: Int = 1,
    purpose: EvidencePurpose = .summative, counting: RatingStreams = .staff
  ) throws(AssessmentError) {
    guard !demonstrations.isEmpty,
      Set(demonstrations.map(\.name)).count == demonstrations.count,
      demonstrations.allSatisfy({ $0.artefactCount >= 0 }), raterCount >= 1
    else {
      throw AssessmentError(
        .wrongValue,
        "Task \(id) has \(demonstrations.count) ways to do it and \(raterCount) raters; give at "
          + "least one of each, and every way its own name.")
    }
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.title = title
    self.rubric = rubric
    self.demonstrations = demonstrations
    self.resolution = resolution
    self.raterCount = raterCount
    self.purpose = purpose
    self.counting = counting
  }
}

/// Help that a learner had with a piece of work.
///
/// It is noted and changes no cut. Help that does the very thing a target is about, such as reading
/// a text aloud where decoding is the target, makes the work say nothing about that target; it is
/// then not assessed there, and never judged by less.
public struct Accommodation: Hashable, Sendable {
  /// The help, such as `extra_time` or `read_aloud`.
  public var support: Identifier
  /// More about it.
  public var note: String
  /// The targets that the work says nothing about with this help.
  public var replaces: [CompetencyID]

  /// Notes help.
  public init(_ support: Identifier, note: String = "", replaces: [CompetencyID] = []) {
    self.support = support
    self.note = note
    self.replaces = replaces
  }
}

/// What a learner handed in for a task.
public struct TaskWork: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public let id: ID<TaskWork>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// Whose work it is.
  public let learner: LearnerID
  /// The task.
  public let task: ID<PerformanceTask>
  /// The way that was chosen.
  public let demonstration: PerformanceTask.Demonstration
  /// What was handed in.
  public let artefacts: [ID<Artefact>]
  /// The help that the learner had.
  public let accommodations: [Accommodation]
  /// Which try it is, counted from 1; a revision is a new try.
  public let attempt: Int
  /// When it was handed in.
  public let submitted: PartialDate

  /// Creates a piece of work.
  ///
  /// - Throws: ``AssessmentError`` when the task has no such way or artefacts are missing.
  public init(
    id: ID<TaskWork>, externalIdentifiers: [ExternalIdentifier] = [], learner: LearnerID,
    task: PerformanceTask, demonstration: Identifier, artefacts: [ID<Artefact>],
    accommodations: [Accommodation] = [], attempt: Int = 1, submitted: PartialDate
  ) throws(AssessmentError) {
    guard let way = task.demonstrations.first(where: { $0.name == demonstration }) else {
      let names = task.demonstrations.map(\.name.text).joined(separator: ", ")
      throw AssessmentError(
        .wrongValue,
        "Task \(task.id) cannot be done as \"\(demonstration)\"; choose one of \(names).")
    }
    guard artefacts.count >= way.artefactCount, attempt >= 1 else {
      throw AssessmentError(
        .wrongValue,
        "Work \(id) has \(artefacts.count) artefacts as try \(attempt); \(way.name) needs "
          + "\(way.artefactCount), and tries count from 1.")
    }
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.task = task.id
    self.demonstration = way
    self.artefacts = artefacts
    self.accommodations = accommodations
    self.attempt = attempt
    self.submitted = submitted
  }

  /// The targets that the work says nothing about, because help did what they are about.
  public var replacedTargets: Set<CompetencyID> { Set(accommodations.flatMap(\.replaces)) }
}
