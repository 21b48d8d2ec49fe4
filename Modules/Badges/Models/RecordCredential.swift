public import Domain
public import LinkedData

/// A CLR 2.0 credential: a learner's record, made of signed credentials.
public struct RecordCredential: JSONModel {
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

  /// Who issued it; `nil` where only an identifier is there.
  public var issuer: Profile? {
    get { model("issuer") }
    set { set("issuer", newValue) }
  }

  /// The name of the record.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// From when it holds.
  public var validFrom: Instant? {
    get { moment("validFrom") }
    set { set("validFrom", newValue) }
  }

  /// Until when it holds.
  public var validUntil: Instant? {
    get { moment("validUntil") }
    set { set("validUntil", newValue) }
  }

  /// Whose record it is, with what is in it.
  public var subject: RecordSubject? {
    get { model("credentialSubject") }
    set { set("credentialSubject", newValue) }
  }

  /// The identifier of the issuer.
  public var issuerID: Identifier? { text("issuer") ?? issuer?.id }
}

/// Whose record it is, with the credentials in it.
public struct RecordSubject: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The identifier of the learner.
  public var id: Identifier? {
    get { text("id") }
    set { set("id", newValue) }
  }

  /// Other identifiers of the learner.
  public var identifiers: [IdentityObject] {
    get { models("identifier") }
    set { set("identifier", newValue) }
  }

  /// The credentials, as they were signed.
  public var credentials: [AchievementCredential] {
    get { models("verifiableCredential") }
    set { set("verifiableCredential", newValue) }
  }

  /// Definitions that associations name.
  public var achievements: [Achievement] {
    get { models("achievement") }
    set { set("achievement", newValue) }
  }

  /// How achievements belong together.
  public var associations: [RecordAssociation] {
    get { models("association") }
    set { set("association", newValue) }
  }
}

/// How two achievements of a record belong together.
public struct RecordAssociation: JSONModel {
  /// The object.
  public var json: JSONObject

  /// Takes an object as it is.
  public init(json: JSONObject) {
    self.json = json
  }

  /// The kind of association, such as `isChildOf`.
  public var associationType: Identifier? {
    get { text("associationType") }
    set { set("associationType", newValue) }
  }

  /// The achievement from which it goes.
  public var source: Identifier? {
    get { text("sourceId") }
    set { set("sourceId", newValue) }
  }

  /// The achievement to which it goes.
  public var target: Identifier? {
    get { text("targetId") }
    set { set("targetId", newValue) }
  }
}
