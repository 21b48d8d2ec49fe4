/// A group of learners that is taught together for a time.
public struct SchoolClass: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<SchoolClass>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The title.
  public var title: String
  /// The code that people know it by.
  public var code: String?
  /// The school.
  public var school: OrganizationID?
  /// The terms in which it meets.
  public var sessions: [ID<AcademicSession>]

  /// Creates a class.
  public init(
    id: ID<SchoolClass>, externalIdentifiers: [ExternalIdentifier] = [], title: String,
    code: String? = nil, school: OrganizationID? = nil, sessions: [ID<AcademicSession>] = []
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.title = title
    self.code = code
    self.school = school
    self.sessions = sessions
  }
}

/// The membership of a person in a class.
public struct Enrollment: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Enrollment>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// Who is a member.
  public var person: PersonID
  /// Of which class.
  public var schoolClass: ID<SchoolClass>
  /// As what: learner, teacher, administrator or proctor.
  public var role: Role
  /// Whether the person is the main teacher, where the source says so.
  public var isPrimary: FieldState<Bool>
  /// When the membership holds.
  public var period: Period

  /// Creates a membership.
  public init(
    id: ID<Enrollment>, externalIdentifiers: [ExternalIdentifier] = [], person: PersonID,
    schoolClass: ID<SchoolClass>, role: Role, isPrimary: FieldState<Bool> = .absent,
    period: Period = Period()
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.person = person
    self.schoolClass = schoolClass
    self.role = role
    self.isPrimary = isPrimary
    self.period = period
  }
}
