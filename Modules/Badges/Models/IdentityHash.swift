public import Domain
internal import LinkedData

/// The salted hash of a person's identifier.
public enum IdentityHash {
  /// The hash: `sha256$` and the digest of the identifier followed by the salt.
  public static func sha256(_ identifier: Identifier, salt: Identifier) -> Identifier {
    Identifier("sha256$\(SHA256.hash(Array(identifier.utf8) + Array(salt.utf8)))")
  }

  /// Whether an IdentityObject is that of a recipient.
  static func matches(_ object: JSONNode, _ recipient: BadgeVerifier.Recipient) -> Bool {
    guard let hash = object["identityHash"]?.string else { return false }
    if let type = recipient.type, object["identityType"]?.string != type { return false }
    guard object["hashed"] == true else { return hash == recipient.value }
    let salt = object["salt"]?.string ?? ""
    return sha256(recipient.value, salt: salt).text.lowercased() == hash.text.lowercased()
  }
}
