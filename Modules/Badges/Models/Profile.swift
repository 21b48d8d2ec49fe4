public import Domain
public import LinkedData

/// A person or an organization.
public struct Profile: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The identifier.
  public var id: Identifier? {
    get { text("id") }
    set { set("id", newValue) }
  }

  /// The types.
  public var types: [Identifier] {
    get { texts("type") }
    set { set("type", newValue) }
  }

  /// The name.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// The web page.
  public var url: Identifier? {
    get { text("url") }
    set { set("url", newValue) }
  }

  /// The e-mail address.
  public var email: Identifier? {
    get { text("email") }
    set { set("email", newValue) }
  }

  /// Who it is, in words.
  public var description: Identifier? {
    get { text("description") }
    set { set("description", newValue) }
  }
}

/// An identifier of a person, in plain text or as a salted hash.
public struct IdentityObject: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The kind of identifier, such as `emailAddress`.
  public var identityType: Identifier? {
    get { text("identityType") }
    set { set("identityType", newValue) }
  }

  /// The hash, or the plain text where it is not hashed.
  public var identityHash: Identifier? {
    get { text("identityHash") }
    set { set("identityHash", newValue) }
  }

  /// The salt of the hash.
  public var salt: Identifier? {
    get { text("salt") }
    set { set("salt", newValue) }
  }

  /// Whether it is a hash.
  public var isHashed: Bool { json["hashed"] == true }
}

/// What shows an achievement.
public struct BadgeEvidence: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The URL of the work.
  public var id: Identifier? {
    get { text("id") }
    set { set("id", newValue) }
  }

  /// The name.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// What it is, in words.
  public var description: Identifier? {
    get { text("description") }
    set { set("description", newValue) }
  }

  /// How it came about, as Markdown.
  public var narrative: Identifier? {
    get { text("narrative") }
    set { set("narrative", newValue) }
  }

  /// The kind of work.
  public var genre: Identifier? {
    get { text("genre") }
    set { set("genre", newValue) }
  }
}
