/// Whether a learner was there.
///
/// It is no ``Evidence``: academic results cannot be made of it.
public struct Attendance: Hashable, Sendable, Identified {
  /// Whether and how a learner was there; an open set.
  public struct Status: OpenVocabulary {
    /// The word, kept byte for byte.
    public let word: Identifier

    /// Takes any word.
    public init(word: Identifier) {
      self.word = word
    }

    /// There from the start.
    public static let present: Status = "present"
    /// There, but not from the start.
    public static let late: Status = "late"
    /// Not there, with leave.
    public static let excused: Status = "excused"
    /// Not there.
    public static let absent: Status = "absent"
  }

  /// The identifier that our own data uses.
  public var id: ID<Attendance>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// Who it is about.
  public var learner: LearnerID
  /// The class, or `nil` for the whole day.
  public var schoolClass: ID<SchoolClass>?
  /// The day.
  public var date: CalendarDate
  /// Whether and how the learner was there.
  public var status: Status

  /// Creates an entry.
  public init(
    id: ID<Attendance>, externalIdentifiers: [ExternalIdentifier] = [], learner: LearnerID,
    schoolClass: ID<SchoolClass>? = nil, date: CalendarDate, status: Status
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.schoolClass = schoolClass
    self.date = date
    self.status = status
  }
}
