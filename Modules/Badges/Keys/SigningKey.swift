public import Domain
internal import LinkedData

/// A secret key that signs badges.
///
/// It is never printed: its description names the public key only, and no error repeats its bytes.
public struct SigningKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The kinds of keys that sign.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Ed25519
    case ed25519 = "Ed25519"
    /// ECDSA with P-256
    case p256 = "P-256"
  }

  /// The kind of key.
  public let kind: Kind
  /// The key with which its signatures are checked.
  public let publicKey: PublicKey
  private let secret: [UInt8]

  /// Takes a secret: the seed of an Ed25519 key, or the number of a P-256 key, 32 bytes.
  ///
  /// - Throws: ``BadgesError`` with the code `key` for bytes that are no key.
  public init(kind: Kind, secret: [UInt8]) throws(BadgesError) {
    guard secret.count == 32 else {
      throw BadgesError(.key, "A secret key has 32 bytes, found \(secret.count).")
    }
    self.kind = kind
    self.secret = secret
    publicKey = try Cryptography.publicKey(of: secret, kind)
  }

  /// Creates a new key from the system's random numbers.
  public init(new kind: Kind) throws(BadgesError) {
    try self.init(kind: kind, secret: Cryptography.newSecret(kind))
  }

  /// Reads a secret Multikey, such as `z3u2...`.
  ///
  /// - Throws: ``BadgesError`` with the code `key`; the text is not repeated.
  public init(multikey text: String) throws(BadgesError) {
    guard let bytes = Multibase.bytes(text), bytes.count == 34 else {
      throw BadgesError(.key, "This is no secret Multikey of Ed25519 or P-256.")
    }
    switch (bytes[0], bytes[1]) {
    case (0x80, 0x26): try self.init(kind: .ed25519, secret: Array(bytes[2...]))
    case (0x86, 0x26): try self.init(kind: .p256, secret: Array(bytes[2...]))
    default: throw BadgesError(.key, "This is no secret Multikey of Ed25519 or P-256.")
    }
  }

  /// Reads the key that a source of secrets keeps under a name, as a secret Multikey or its document.
  ///
  /// - Throws: ``BadgesError`` with the code `key` or `unavailable`.
  public init(
    _ name: Identifier, from source: some SecretSource
  ) throws(BadgesError) {
    let found: [UInt8]?
    do throws(DomainError) { found = try source.secret(name) } catch {
      throw BadgesError(.unavailable, "The source of secrets cannot be reached.")
    }
    guard let found else {
      throw BadgesError(.unavailable, "The source of secrets has no key \"\(name)\".")
    }
    try self.init(document: found)
  }

  /// Reads a key file: a Multikey document with `secretKeyMultibase`, or that text alone.
  ///
  /// - Throws: ``BadgesError`` with the code `key`; nothing of the file is repeated.
  public init(document bytes: [UInt8]) throws(BadgesError) {
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    guard text.utf8.first == UInt8(ascii: "{") else {
      try self.init(multikey: text)
      return
    }
    guard let node = try? JSONNode(reading: bytes),
      let secret = node["secretKeyMultibase"]?.string
    else {
      throw BadgesError(.key, "The key file is no JSON with a member secretKeyMultibase.")
    }
    try self.init(multikey: secret.text)
    if let text = node["publicKeyMultibase"]?.string, PublicKey(multikey: text) != publicKey {
      throw BadgesError(.key, "The public key of the key file is not that of its secret key.")
    }
  }

  /// The key as the document of a key file, secret included; for files that only their owner reads.
  ///
  /// - Parameter controller: Who owns the key; the did:key of the key when it is `nil`.
  public func document(controller: Identifier? = nil) -> [UInt8] {
    let multikey = publicKey.multikey ?? ""
    let owner = controller ?? publicKey.didKey ?? ""
    let prefix: [UInt8] = kind == .ed25519 ? [0x80, 0x26] : [0x86, 0x26]
    let node: JSONNode = [
      "@context": "https://w3id.org/security/multikey/v1",
      "id": .string(Identifier("\(owner)#\(multikey)")), "type": "Multikey",
      "controller": .string(owner), "publicKeyMultibase": .string(multikey),
      "secretKeyMultibase": JSONNode(Multibase.base58(prefix + secret)),
    ]
    return node.compactBytes() + [0x0A]
  }

  /// Signs a message: Ed25519, or ECDSA with SHA-256 as r and s.
  public func signature(of message: [UInt8]) throws(BadgesError) -> [UInt8] {
    try Cryptography.signature(of: message, secret, kind)
  }

  /// The kind and the public key.
  public var description: String { "\(kind.rawValue) \(publicKey.multikey ?? "")" }

  /// The kind and the public key.
  public var debugDescription: String { description }
}
