public import Domain
public import LinkedData

/// An Open Badges 3.0 credential: somebody achieved something.
public struct AchievementCredential: JSONModel {
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

  /// Who issued it; `nil` where only an identifier is there, see ``issuerID``.
  public var issuer: Profile? {
    get { model("issuer") }
    set { set("issuer", newValue) }
  }

  /// The name of the credential.
  public var name: Identifier? {
    get { text("name") }
    set { set("name", newValue) }
  }

  /// What it is, in words.
  public var description: Identifier? {
    get { text("description") }
    set { set("description", newValue) }
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

  /// When it was first awarded.
  public var awardedDate: Instant? {
    get { moment("awardedDate") }
    set { set("awardedDate", newValue) }
  }

  /// Who achieved what.
  public var subject: AchievementSubject? {
    get { model("credentialSubject") }
    set { set("credentialSubject", newValue) }
  }

  /// What shows it.
  public var evidence: [BadgeEvidence] {
    get { models("evidence") }
    set { set("evidence", newValue) }
  }

  /// What others say of it.
  public var endorsements: [EndorsementCredential] {
    get { models("endorsement") }
    set { set("endorsement", newValue) }
  }

  /// The identifier of the issuer.
  public var issuerID: Identifier? { text("issuer") ?? issuer?.id }
}

/// Who achieved what.
public struct AchievementSubject: JSONModel {
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

  /// What was achieved.
  public var achievement: Achievement? {
    get { model("achievement") }
    set { set("achievement", newValue) }
  }

  /// With which results.
  public var results: [AchievementResult] {
    get { models("result") }
    set { set("result", newValue) }
  }

  /// What the learner did, as Markdown.
  public var narrative: Identifier? {
    get { text("narrative") }
    set { set("narrative", newValue) }
  }

  /// The role of the learner.
  public var role: Identifier? {
    get { text("role") }
    set { set("role", newValue) }
  }

  /// The academic term.
  public var term: Identifier? {
    get { text("term") }
    set { set("term", newValue) }
  }
}
