/// What a person does at a school, in the words of OneRoster 1.2; an open set.
public struct Role: OpenVocabulary {
  /// The word, kept byte for byte.
  public let word: Identifier

  /// Takes any word.
  public init(word: Identifier) {
    self.word = word
  }

  /// Helps teachers.
  public static let aide: Role = "aide"
  /// Runs a class or course without teaching it.
  public static let administrator: Role = "administrator"
  /// Advises learners.
  public static let counselor: Role = "counselor"
  /// Runs a district.
  public static let districtAdministrator: Role = "districtAdministrator"
  /// Is answerable for a learner by law.
  public static let guardian: Role = "guardian"
  /// Is a parent of a learner.
  public static let parent: Role = "parent"
  /// Leads a school.
  public static let principal: Role = "principal"
  /// Watches over exams.
  public static let proctor: Role = "proctor"
  /// Is related to a learner.
  public static let relative: Role = "relative"
  /// Runs a site.
  public static let siteAdministrator: Role = "siteAdministrator"
  /// Learns.
  public static let student: Role = "student"
  /// Runs a system.
  public static let systemAdministrator: Role = "systemAdministrator"
  /// Teaches.
  public static let teacher: Role = "teacher"
}

/// A role that a person has at an organization for a time.
public struct RoleAssignment: Hashable, Sendable {
  /// What the person does.
  public var role: Role
  /// Where.
  public var organization: ID<Organization>
  /// Whether it is the person's main role there, where the source says so.
  public var isPrimary: FieldState<Bool>
  /// When it is held.
  public var period: Period

  /// Creates an assignment.
  public init(
    _ role: Role, at organization: ID<Organization>, isPrimary: FieldState<Bool> = .absent,
    period: Period = Period()
  ) {
    self.role = role
    self.organization = organization
    self.isPrimary = isPrimary
    self.period = period
  }
}

/// A run of days, open where a side is not known.
public struct Period: Hashable, Sendable {
  /// The first day.
  public var begin: CalendarDate?
  /// The day after the last one.
  public var end: CalendarDate?

  /// Creates a period.
  ///
  /// - Parameters:
  ///   - begin: The first day.
  ///   - end: The day after the last one, as in OneRoster.
  public init(begin: CalendarDate? = nil, end: CalendarDate? = nil) {
    self.begin = begin
    self.end = end
  }

  /// Whether a day lies in the period; the end does not.
  public func contains(_ date: CalendarDate) -> Bool {
    if let begin, date < begin { return false }
    if let end, date >= end { return false }
    return true
  }
}
