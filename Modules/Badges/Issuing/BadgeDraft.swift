public import Domain
public import LinkedData

/// Credentials that are not signed yet.
public enum BadgeDraft {
  /// Adds what a credential does not say itself: contexts, identifier, issuer and the moment from
  /// which it holds.
  ///
  /// The identifier is made from the content, so that the same draft gives the same credential.
  ///
  /// - Parameters:
  ///   - draft: A credential; an achievement alone is no credential.
  ///   - issuer: The identifier of the issuer.
  ///   - issuerName: The name of the issuer.
  ///   - moment: From when it holds.
  public static func completed(
    _ draft: JSONObject, issuer: Identifier, issuerName: Identifier? = nil, at moment: Instant
  ) -> JSONObject {
    var draft = draft
    let types = (draft["type"]?.asArray ?? ["OpenBadgeCredential"]).compactMap(\.string)
    var all = types
    if !all.contains("VerifiableCredential") { all.insert("VerifiableCredential", at: 0) }
    draft["type"] = .array(all.map { .string($0) })
    if draft["issuer"] == nil {
      var profile = JSONObject()
      profile["id"] = .string(issuer)
      profile["type"] = ["Profile"]
      if let issuerName { profile["name"] = .string(issuerName) }
      draft["issuer"] = .object(profile)
    }
    if draft["validFrom"] == nil { draft["validFrom"] = JSONNode(moment.description) }
    if draft["name"] == nil, let name = draft["credentialSubject"]?["achievement"]?["name"] {
      draft["name"] = name
    }
    if draft["id"] == nil {
      let text = (try? JSONNode.object(draft).canonicalBytes()) ?? []
      draft["id"] = .string(uuid(from: SHA256.hash(text).bytes))
    }
    guard draft["@context"] == nil else { return draft }
    let usesExtensions =
      draft["credentialSchema"] != nil || draft["refreshService"] != nil
      || (draft["credentialStatus"]?.asArray ?? []).contains {
        $0["type"] == "1EdTechRevocationList"
      }
    let contexts = CredentialForm.contexts(of: all, usesExtensions: usesExtensions)
    var first = JSONObject()
    first["@context"] = .array(contexts.map { .string($0) })
    for member in draft.members { first[member.name] = member.value }
    return first
  }

  /// A UUID of version 8 (RFC 9562), made from a hash.
  package static func uuid(from hash: [UInt8]) -> Identifier {
    var bytes = Array(hash.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    var text = "urn:uuid:"
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    return Identifier(text)
  }
}
