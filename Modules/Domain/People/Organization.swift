/// A school, district or other body.
public struct Organization: Hashable, Sendable, Identified {
  /// What a body is, in the words of OneRoster 1.2; an open set.
  public struct Kind: OpenVocabulary {
    /// The word, kept byte for byte.
    public let word: Identifier

    /// Takes any word.
    public init(word: Identifier) {
      self.word = word
    }

    /// A part of a school or district.
    public static let department: Kind = "department"
    /// A school.
    public static let school: Kind = "school"
    /// A district.
    public static let district: Kind = "district"
    /// A local body.
    public static let local: Kind = "local"
    /// A state.
    public static let state: Kind = "state"
    /// A nation.
    public static let national: Kind = "national"
  }

  /// The identifier that our own data uses.
  public var id: ID<Organization>
  /// What other systems call it.
  public var externalIdentifiers: [ExternalIdentifier]
  /// The name.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// The body that it belongs to.
  public var parent: ID<Organization>?

  /// Creates a body.
  public init(
    id: ID<Organization>, externalIdentifiers: [ExternalIdentifier] = [], name: String,
    kind: Kind, parent: ID<Organization>? = nil
  ) {
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.name = name
    self.kind = kind
    self.parent = parent
  }
}

/// The identifier of an organization.
public typealias OrganizationID = ID<Organization>
