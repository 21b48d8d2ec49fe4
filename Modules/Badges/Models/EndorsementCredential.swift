public import Domain
public import LinkedData

/// What somebody says of a credential, an achievement or an organization.
public struct EndorsementCredential: JSONModel {
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

  /// Who says it; `nil` where only an identifier is there.
  public var issuer: Profile? {
    get { model("issuer") }
    set { set("issuer", newValue) }
  }

  /// The name of the credential.
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

  /// The identifier of the issuer.
  public var issuerID: Identifier? { text("issuer") ?? issuer?.id }
}
