public import Domain

/// From where a rating comes.
public enum RatingStream: String, Hashable, Sendable, CaseIterable {
  /// Staff of the school.
  case staff
  /// Somebody who is asked when others do not agree.
  case expert
  /// The learner.
  case selfRating = "self"
  /// Other learners.
  case peer
}

/// Which streams count for gates.
///
/// Ratings of the learner and of peers are kept beside those of staff, and are evidence of their
/// own purpose. They open no gate unless a school says so.
public struct RatingStreams: OptionSet, Hashable, Sendable {
  /// The streams as bits.
  public let rawValue: Int

  /// Creates a set from bits.
  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Staff, and experts among them.
  public static let staff = RatingStreams(rawValue: 1)
  /// The learner.
  public static let selfRating = RatingStreams(rawValue: 2)
  /// Other learners.
  public static let peer = RatingStreams(rawValue: 4)

  /// Whether a stream counts.
  public func counts(_ stream: RatingStream) -> Bool {
    switch stream {
    case .staff, .expert: contains(.staff)
    case .selfRating: contains(.selfRating)
    case .peer: contains(.peer)
    }
  }
}

/// What one person gave a piece of work by a rubric; it is never changed.
public struct Rating: Hashable, Sendable {
  /// A level for one criterion.
  public struct Mark: Hashable, Sendable {
    /// The criterion.
    public var criterion: ID<Criterion>
    /// The label of the level, or `nil` when the work does not allow a judgement.
    public var level: Identifier?
    /// Why, in words; the place for what is above and below a single point.
    public var comment: String

    /// Creates a mark.
    public init(_ criterion: ID<Criterion>, _ level: Identifier?, comment: String = "") {
      self.criterion = criterion
      self.level = level
      self.comment = comment
    }
  }

  /// The work.
  public let work: ID<TaskWork>
  /// Who rated.
  public let rater: ID<Person>
  /// From where it comes.
  public let stream: RatingStream
  /// The rubric, in the version that was used.
  public let rubric: Rubric.Reference
  /// The levels.
  public let marks: [Mark]
  /// When it entered the log.
  public let recorded: Instant

  /// Creates a rating.
  ///
  /// - Throws: ``AssessmentError`` when a mark is for no criterion of the rubric, for one twice, or
  ///   no level of its scale.
  public init(
    work: ID<TaskWork>, rater: ID<Person>, stream: RatingStream = .staff, rubric: Rubric,
    marks: [Mark], recorded: Instant
  ) throws(AssessmentError) {
    var seen: Set<ID<Criterion>> = []
    for mark in marks {
      guard rubric.criterion(mark.criterion) != nil, seen.insert(mark.criterion).inserted else {
        throw AssessmentError(
          .wrongValue,
          "Rating of \(work) marks \(mark.criterion), which rubric \(rubric.reference) does not "
            + "have or which is marked already.")
      }
      if let level = mark.level, rubric.scale.rank(of: level) == nil {
        let labels = rubric.scale.levels.map(\.label.text).joined(separator: ", ")
        throw AssessmentError(
          .wrongValue,
          "Rating of \(work) gives \(mark.criterion) the level \"\(level)\"; the levels are "
            + "\(labels).")
      }
    }
    self.work = work
    self.rater = rater
    self.stream = stream
    self.rubric = rubric.reference
    self.marks = marks
    self.recorded = recorded
  }
}

/// What a learner thinks about own work; it has no level and opens nothing.
public struct Reflection: Hashable, Sendable {
  /// The work.
  public var work: ID<TaskWork>
  /// Whose reflection it is.
  public var learner: LearnerID
  /// The words.
  public var text: String
  /// When it entered the log.
  public var recorded: Instant

  /// Creates a reflection.
  public init(work: ID<TaskWork>, learner: LearnerID, text: String, recorded: Instant) {
    self.work = work
    self.learner = learner
    self.text = text
    self.recorded = recorded
  }
}
