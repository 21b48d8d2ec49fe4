public import Domain
public import LinkedData

/// A key with which signatures are checked.
public enum PublicKey: Hashable, Sendable {
  /// Ed25519: 32 bytes.
  case ed25519([UInt8])
  /// P-256: the compressed point, 33 bytes.
  case p256([UInt8])
  /// P-384: the compressed point, 49 bytes.
  case p384([UInt8])
  /// RSA: modulus and exponent, the highest byte first and without leading zeros.
  case rsa(modulus: [UInt8], exponent: [UInt8])

  /// Reads a Multikey, such as `z6Mk...`.
  ///
  /// - Returns: `nil` for other texts and for secret keys.
  public init?(multikey text: Identifier) {
    guard let bytes = Multibase.bytes(text.text), bytes.count > 2 else { return nil }
    self.init(multicodec: bytes)
  }

  /// Reads the bytes of a Multikey.
  init?(multicodec bytes: [UInt8]) {
    let key = Array(bytes.dropFirst(2))
    switch (bytes.first, bytes.dropFirst().first, key.count) {
    case (0xED, 0x01, 32): self = .ed25519(key)
    case (0x80, 0x24, 33) where key[0] == 2 || key[0] == 3: self = .p256(key)
    case (0x81, 0x24, 49) where key[0] == 2 || key[0] == 3: self = .p384(key)
    default: return nil
    }
  }

  /// Reads a JSON Web Key (RFC 7517, RFC 8037).
  ///
  /// - Returns: `nil` for other objects, and for one that holds a secret key.
  public init?(jwk: JSONNode) {
    guard jwk.object != nil, jwk["d"] == nil else { return nil }
    func bytes(_ name: Identifier) -> [UInt8]? {
      jwk[name]?.string.flatMap { Base64URL.bytes($0.utf8) }
    }
    switch (jwk["kty"]?.string?.text, jwk["crv"]?.string?.text) {
    case ("OKP", "Ed25519"):
      guard let x = bytes("x"), x.count == 32 else { return nil }
      self = .ed25519(x)
    case ("EC", "P-256"):
      guard let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32,
        Cryptography.isPoint(x, y, isLarge: false)
      else { return nil }
      self = .p256([2 | (y[31] & 1)] + x)
    case ("EC", "P-384"):
      guard let x = bytes("x"), let y = bytes("y"), x.count == 48, y.count == 48,
        Cryptography.isPoint(x, y, isLarge: true)
      else { return nil }
      self = .p384([2 | (y[47] & 1)] + x)
    case ("RSA", _):
      guard let n = bytes("n"), let e = bytes("e") else { return nil }
      self = .rsa(modulus: Array(n.drop { $0 == 0 }), exponent: Array(e.drop { $0 == 0 }))
    default: return nil
    }
  }

  /// The bytes of the Multikey; `nil` for RSA.
  public var multicodec: [UInt8]? {
    switch self {
    case .ed25519(let key): [0xED, 0x01] + key
    case .p256(let key): [0x80, 0x24] + key
    case .p384(let key): [0x81, 0x24] + key
    case .rsa: nil
    }
  }

  /// The key as a Multikey; `nil` for RSA.
  public var multikey: Identifier? {
    multicodec.map { Identifier(Multibase.base58($0)) }
  }

  /// The did:key of the key; `nil` for RSA.
  public var didKey: Identifier? { multikey.map { Identifier("did:key:\($0)") } }

  /// The algorithm of JSON Web Signatures that goes with the key.
  public var jwsAlgorithm: String {
    switch self {
    case .ed25519: "EdDSA"
    case .p256: "ES256"
    case .p384: "ES384"
    case .rsa: "RS256"
    }
  }

  /// Checks a signature: Ed25519, ECDSA as r and s with SHA-256 or SHA-384, or RSA PKCS #1 v1.5 with
  /// SHA-256.
  ///
  /// Keys of small order, RSA keys below 2,048 bits and Ed25519 signatures whose number is not
  /// reduced are refused.
  ///
  /// - Throws: ``BadgesError`` with the code `cryptography` in a build without the trait Crypto.
  public func isSignature(
    _ signature: [UInt8], of message: [UInt8]
  ) throws(BadgesError) -> Bool {
    if case .ed25519(let key) = self, Self.hasSmallOrder(key) { return false }
    return try Cryptography.isSignature(signature, of: message, by: self)
  }

  /// Whether an Ed25519 key is one of the eight points of small order, in any of their encodings:
  /// everybody can sign for those.
  static func hasSmallOrder(_ key: [UInt8]) -> Bool {
    var key = key
    guard key.count == 32 else { return true }
    key[31] &= 0x7F
    return smallOrder.contains(key)
  }

  /// The y coordinates of the points of small order, the lowest byte first: 0, 1, p - 1, p, p + 1
  /// and the two of order 8.
  private static let smallOrder: Set<[UInt8]> = [
    [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31),
    [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    [
      0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98,
      0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53,
      0xFC, 0x05,
    ],
    [
      0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67,
      0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC,
      0x03, 0x7A,
    ],
  ]
}
