import Interop

#if Crypto
  import Crypto
#endif
/// Pseudonyms made with HMAC-SHA-256.
///
/// A pseudonym is 26 characters of lower-case base32 (RFC 4648, without padding): the first 130 of
/// the 256 bits, computed over the label, a zero byte and the identifier.
enum KeyedPseudonyms {
  /// The characters of a pseudonym.
  static let length = 26

  /// Pseudonyms with the key that a file holds.
  ///
  /// - Throws: ``ToolFailure`` when the file may be read by everybody or the key is too short.
  static func reading(_ path: String) throws -> any Pseudonymizer {
    let key = try SecretFile.read(path, keeping: 0o006)
    guard key.count >= 16 else {
      throw ToolFailure(
        65,
        "\(path): the key has \(key.count) bytes and needs at least 16; make one with: "
          + "head -c 32 /dev/urandom > \(path)")
    }
    #if Crypto
      return HashedPseudonyms(key: SymmetricKey(data: key))
    #else
      _ = key
      throw ToolFailure.usage(
        "this build cannot make pseudonyms; build it with: swift build --traits CommandLine,Crypto")
    #endif
  }

  /// Bits as lower-case base32.
  static func base32<Bytes: Sequence<UInt8>>(_ bytes: Bytes) -> [UInt8] {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = (bits << 8 | UInt32(byte)) & 0xFFFF
      count += 8
      while count >= 5, text.count < length {
        count -= 5
        text.append(alphabet[Int(bits >> UInt32(count)) & 31])
      }
      if text.count == length { break }
    }
    return text
  }
}

#if Crypto
  /// HMAC-SHA-256 with one key.
  private struct HashedPseudonyms: Pseudonymizer {
    let key: SymmetricKey

    func pseudonym(of identifier: [UInt8], label: String) -> [UInt8] {
      let code = HMAC<SHA256>.authenticationCode(
        for: Array(label.utf8) + [0] + identifier, using: key)
      return KeyedPseudonyms.base32(code)
    }
  }
#endif
