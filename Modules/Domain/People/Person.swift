/// Somebody at a school: a learner, teacher, parent or other.
///
/// Names are kept as the source has them. Birthdays, sex and the like are not here, so that a
/// person can be handled without them.
public struct Person: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Person>
  /// What other systems call the person.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The name.
  public var name: PersonName
  /// What the person does, and where.
  public var roles: [RoleAssignment]

  /// Creates a person.
  public init(
    id: ID<Person>, externalIdentifiers: [ExternalIdentifier] = [], name: PersonName,
    roles: [RoleAssignment] = []
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.name = name
    self.roles = roles
  }
}

/// The name of a person, in the parts that school systems keep.
public struct PersonName: Hashable, Sendable {
  /// The given name.
  public var given: String?
  /// The middle name.
  public var middle: String?
  /// The family name.
  public var family: String?
  /// The whole name in the order in which the person uses it, where the source has that.
  public var full: String?

  /// Creates a name from the parts that are known.
  public init(
    given: String? = nil, middle: String? = nil, family: String? = nil, full: String? = nil
  ) {
    self.given = given
    self.middle = middle
    self.family = family
    self.full = full
  }
}

/// Somebody who learns and whose mastery is tracked.
public struct Learner: Hashable, Sendable, Identified {
  /// The identifier that our own data uses.
  public var id: ID<Learner>
  /// What other systems call the learner.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The same as a person with roles and enrollments; `nil` in data without persons.
  public var person: PersonID?
  /// The name, or `nil` in data without names.
  public var name: PersonName?
  /// The grade levels, in the words of the source; a learner may be between two.
  public var gradeLevels: [String]
  /// The school that is answerable for the learner.
  public var school: ID<Organization>?

  /// Creates a learner.
  public init(
    id: ID<Learner>, externalIdentifiers: [ExternalIdentifier] = [], person: PersonID? = nil,
    name: PersonName? = nil,
    gradeLevels: [String] = [], school: ID<Organization>? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.person = person
    self.name = name
    self.gradeLevels = gradeLevels
    self.school = school
  }
}

/// The identifier of a learner.
public typealias LearnerID = ID<Learner>
/// The identifier of a person.
public typealias PersonID = ID<Person>
