public import Domain
public import LinkedData

/// The form in which credentials are written.
public enum CredentialForm {
  /// The context of every credential.
  public static let credentials: Identifier = "https://www.w3.org/ns/credentials/v2"
  /// The context of Open Badges 3.0.
  public static let badges: Identifier =
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
  /// The context of CLR 2.0.
  public static let records: Identifier =
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
  /// The context of JSON Schemas, revocation lists and refreshing of 1EdTech.
  public static let extensions: Identifier =
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

  /// The contexts of a class of credentials.
  ///
  /// - Parameters:
  ///   - types: The types of the credential.
  ///   - usesExtensions: Whether it has a credentialSchema, a 1EdTech revocation list or a
  ///     refreshService.
  public static func contexts(
    of types: [Identifier], usesExtensions: Bool = false
  ) -> [Identifier] {
    if types.contains("BitstringStatusListCredential") { return [credentials] }
    let main =
      types.contains("ClrCredential") ? [credentials, records, badges] : [credentials, badges]
    return main + (usesExtensions ? [extensions] : [])
  }

  /// A credential in which members that may be several are arrays, as both published JSON Schemas
  /// take them. Credentials inside of it stay as they were signed.
  public static func withArrays(_ credential: JSONObject) -> JSONObject {
    guard let name = ShapeChecker.className(of: credential) else { return credential }
    return withArrays(credential, name)
  }

  /// Members that are one object in the JSON Schema, or hold what was signed before.
  private static let kept: Set<Identifier> = [
    "credentialStatus", "credentialSubject", "endorsement", "verifiableCredential",
  ]

  private static func withArrays(_ object: JSONObject, _ name: String) -> JSONObject {
    guard let model = CredentialClass.all[name] else { return object }
    var result = object
    if !model.isClosed, let type = object["type"], type.array == nil {
      result["type"] = .array([type])
    }
    for member in object.members {
      guard let known = model.members[member.name] else { continue }
      var value = member.value
      switch known.kind {
      case .object(let inner), .reference(let inner):
        value =
          value.array.map { .array($0.map { withArrays($0, inner) }) } ?? withArrays(value, inner)
      default: break
      }
      let isSigned = member.name == "endorsement" || member.name == "verifiableCredential"
      if known.isMany, value.array == nil, isSigned || !kept.contains(member.name) {
        value = .array([value])
      }
      result[member.name] = value
    }
    return result
  }

  private static func withArrays(_ node: JSONNode, _ name: String) -> JSONNode {
    guard case .object(let object) = node else { return node }
    return .object(withArrays(object, name))
  }
}
