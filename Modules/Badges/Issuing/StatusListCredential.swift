public import Domain
public import LinkedData

/// Status lists as credentials, before they are signed.
public enum StatusListCredential {
  /// Why a credential may be on a list.
  public enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// It does not hold any more, which cannot be undone.
    case revocation
    /// It does not hold for the time being.
    case suspension
  }

  /// Makes the credential of a list.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - id: The URL under which it is published.
  ///   - issuer: The issuer, which has to be that of the credentials on the list.
  ///   - purpose: Why credentials are on it.
  ///   - validFrom: From when it holds.
  public static func credential(
    of list: StatusList, id: Identifier, issuer: Identifier, purpose: Purpose,
    validFrom: Instant
  ) -> JSONObject {
    let node: JSONNode = [
      "@context": [.string(CredentialForm.credentials)], "id": .string(id),
      "type": ["VerifiableCredential", "BitstringStatusListCredential"],
      "issuer": .string(issuer), "validFrom": JSONNode(validFrom.description),
      "credentialSubject": [
        "id": .string(Identifier("\(id)#list")), "type": "BitstringStatusList",
        "statusPurpose": JSONNode(purpose.rawValue), "encodedList": JSONNode(list.encoded),
      ],
    ]
    return node.object ?? JSONObject()
  }

  /// The list of a credential.
  ///
  /// - Throws: ``BadgesError`` with the code `status`.
  public static func list(of credential: JSONObject) throws(BadgesError) -> StatusList {
    guard let text = credential["credentialSubject"]?["encodedList"]?.string else {
      throw BadgesError(.status, "The credential has no encodedList; it is no status list.")
    }
    return try StatusList(encoded: text.text)
  }

  /// The entry of a credential for its place on a list.
  public static func entry(list: Identifier, index: Int, purpose: Purpose) -> JSONNode {
    [
      "id": .string(Identifier("\(list)#\(index)")), "type": "BitstringStatusListEntry",
      "statusPurpose": JSONNode(purpose.rawValue), "statusListIndex": JSONNode(String(index)),
      "statusListCredential": .string(list),
    ]
  }

  /// A list with another state for one credential, to be signed anew.
  ///
  /// - Throws: ``BadgesError`` with the code `status` for an index outside of the list, and when a
  ///   revocation would be undone.
  public static func changing(
    _ credential: JSONObject, index: Int, to isSet: Bool, validFrom: Instant
  ) throws(BadgesError) -> JSONObject {
    var list = try list(of: credential)
    let isRevocation = credential["credentialSubject"]?["statusPurpose"] == "revocation"
    if isRevocation, !isSet, list.state(at: index) ?? 0 != 0 {
      throw BadgesError(.status, "A revocation cannot be undone; issue the badge anew.")
    }
    try list.setState(isSet ? 1 : 0, at: index)
    var changed = credential
    guard var subject = credential["credentialSubject"]?.object else { return credential }
    subject["encodedList"] = JSONNode(list.encoded)
    changed["credentialSubject"] = .object(subject)
    changed["validFrom"] = JSONNode(validFrom.description)
    changed["proof"] = nil
    return changed
  }
}
