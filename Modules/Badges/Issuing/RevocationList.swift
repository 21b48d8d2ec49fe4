public import Domain
public import LinkedData

/// The older list of 1EdTech, which names revoked credentials by their identifiers and is not
/// signed. A bitstring list tells less about other badges; issue this one for readers who know no
/// other.
public enum RevocationList {
  /// A list on which nothing is revoked.
  ///
  /// - Parameters:
  ///   - id: The URL under which it is published.
  ///   - issuer: The issuer of the credentials.
  public static func empty(id: Identifier, issuer: Identifier) -> JSONObject {
    let node: JSONNode = [
      "id": .string(id), "type": ["1EdTechRevocationList"], "issuer": .string(issuer),
      "revokedCredential": [],
    ]
    return node.object ?? JSONObject()
  }

  /// The status entry of a credential whose revocation such a list would tell.
  public static func entry(list: Identifier) -> JSONNode {
    ["id": .string(list), "type": "1EdTechRevocationList"]
  }

  /// Whether a document is such a list.
  public static func isList(_ document: JSONObject) -> Bool {
    document["revokedCredential"] != nil
      || (document["type"]?.asArray ?? []).contains("1EdTechRevocationList")
  }

  /// A list on which a credential is revoked too, once.
  ///
  /// - Throws: ``BadgesError`` with the code `status` for a document that is no such list.
  public static func revoking(
    _ credential: Identifier, on list: JSONObject
  ) throws(BadgesError) -> JSONObject {
    guard isList(list) else {
      throw BadgesError(.status, "The document has no revokedCredential; it is no such list.")
    }
    var entries = list["revokedCredential"]?.asArray ?? []
    entries.removeAll { ($0["id"] ?? $0).string == credential }
    entries.append(["id": .string(credential), "revoked": true])
    var changed = list
    changed["revokedCredential"] = .array(entries)
    return changed
  }
}
