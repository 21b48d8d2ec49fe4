/// A school year, term or grading period.
public struct AcademicSession: Hashable, Sendable, Identified {
  /// What a session is, in the words of OneRoster 1.2; an open set.
  public struct Kind: OpenVocabulary {
    /// The word, kept byte for byte.
    public let word: Identifier

    /// Takes any word.
    public init(word: Identifier) {
      self.word = word
    }

    /// A period at whose end grades are given.
    public static let gradingPeriod: Kind = "gradingPeriod"
    /// A half of a school year.
    public static let semester: Kind = "semester"
    /// A school year.
    public static let schoolYear: Kind = "schoolYear"
    /// A term.
    public static let term: Kind = "term"
  }

  /// The identifier that our own data uses.
  public var id: ID<AcademicSession>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The title.
  public var title: String
  /// What it is.
  public var kind: Kind
  /// The days of the session.
  public var period: Period
  /// The session that it is part of.
  public var parent: ID<AcademicSession>?

  /// Creates a session.
  public init(
    id: ID<AcademicSession>, externalIdentifiers: [ExternalIdentifier] = [], title: String,
    kind: Kind, period: Period, parent: ID<AcademicSession>? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.title = title
    self.kind = kind
    self.period = period
    self.parent = parent
  }
}
