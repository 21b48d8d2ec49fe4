internal import Domain

/// The signature of a manifest, as the file `signature.json` of a bundle holds it.
public struct ManifestSignature: Hashable, Sendable {
  /// The Ed25519 public key as 64 hexadecimal digits.
  public let key: String
  /// The Ed25519 signature (RFC 8032) of ``AdapterManifest/canonicalBytes`` as 128 hexadecimal
  /// digits.
  public let value: String

  /// A signature.
  ///
  /// - Parameters:
  ///   - key: The 32 bytes of the public key.
  ///   - value: The 64 bytes of the signature.
  public init(key: [UInt8], value: [UInt8]) {
    self.key = Self.hexadecimal(key)
    self.value = Self.hexadecimal(value)
  }

  /// Reads the text of a signature strictly.
  ///
  /// - Throws: ``AdapterHostError`` with `malformed` and the pointer.
  public init(json bytes: [UInt8], file: String) throws(AdapterHostError) {
    let root = try StrictValue.read(
      bytes, file: file, limits: DocumentReader.Limits(bytes: 4096, depth: 4))
    let members = try root.members(of: ["signature", "algorithm", "key", "value"])
    _ = try root.need("signature", in: members).number(1...1)
    let algorithm = try root.need("algorithm", in: members)
    guard try algorithm.text(32) == "Ed25519" else { throw algorithm.failure("expected Ed25519") }
    key = try root.need("key", in: members).hexadecimal(bytes: 32...32)
    value = try root.need("value", in: members).hexadecimal(bytes: 64...64)
  }

  /// The text of the file, with a line end.
  public var json: String {
    DocumentValue(members: [
      ("signature", 1), ("algorithm", "Ed25519"), ("key", DocumentValue(key)),
      ("value", DocumentValue(value)),
    ]).indentedText + "\n"
  }

  /// The bytes of the key.
  public var keyBytes: [UInt8] { Self.bytes(key) }

  /// The bytes of the signature.
  public var valueBytes: [UInt8] { Self.bytes(value) }

  /// Bytes as lower-case hexadecimal digits.
  public static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes that pairs of hexadecimal digits stand for.
  private static func bytes(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}

/// Checks Ed25519 signatures, so that this module needs no package for it.
public protocol SignatureChecking: Sendable {
  /// Whether a signature was made over a message with the private half of a key.
  ///
  /// - Parameters:
  ///   - signature: 64 bytes.
  ///   - key: The 32 bytes of the public key.
  ///   - message: What was signed.
  func isValid(signature: [UInt8], key: [UInt8], message: [UInt8]) -> Bool
}
