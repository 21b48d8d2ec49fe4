/// Bytes as text with a prefix that says how (Multibase).
package enum Multibase {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  private static let values: [Int] = {
    var values = [Int](repeating: -1, count: 256)
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = value }
    return values
  }()

  /// The longest text that is decoded: keys and signatures are short, and base58 is quadratic.
  private static let limit = 4_096

  /// Bytes as base58btc with the prefix `z`.
  package static func base58(_ bytes: [UInt8]) -> String {
    let zeros = bytes.prefix { $0 == 0 }.count
    var digits: [UInt8] = []
    for byte in bytes {
      var carry = Int(byte)
      for index in digits.indices {
        carry += Int(digits[index]) << 8
        digits[index] = UInt8(carry % 58)
        carry /= 58
      }
      while carry > 0 {
        digits.append(UInt8(carry % 58))
        carry /= 58
      }
    }
    let text =
      [UInt8](repeating: alphabet[0], count: zeros) + digits.reversed().map { alphabet[Int($0)] }
    return "z" + String(decoding: text, as: UTF8.self)
  }

  /// Bytes as base64url without padding with the prefix `u`.
  package static func base64(_ bytes: [UInt8]) -> String { "u" + Base64URL.text(bytes) }

  /// The bytes of a text with the prefix `z` or `u`; `nil` for other texts.
  package static func bytes(_ text: String) -> [UInt8]? {
    switch text.utf8.first {
    case UInt8(ascii: "z"): text.utf8.count <= limit ? base58Bytes(text.utf8.dropFirst()) : nil
    case UInt8(ascii: "u"): Base64URL.bytes(text.utf8.dropFirst())
    default: nil
    }
  }

  private static func base58Bytes(_ text: Substring.UTF8View) -> [UInt8]? {
    let zeros = text.prefix { $0 == alphabet[0] }.count
    var bytes: [UInt8] = []
    for byte in text {
      var carry = values[Int(byte)]
      guard carry >= 0 else { return nil }
      for index in bytes.indices {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      while carry > 0 {
        bytes.append(UInt8(carry & 0xFF))
        carry >>= 8
      }
    }
    return [UInt8](repeating: 0, count: zeros) + bytes.reversed()
  }
}

/// Base64 with the alphabet for URLs and without padding (RFC 4648, section 5).
package enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()

  /// Bytes as text.
  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 4 / 3 + 3)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> UInt32(count)) & 63])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count)) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; `nil` where it has other characters, padding, or bits left over that are
  /// not zero: one value has one text.
  package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in text {
      let value = values[Int(byte)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    guard count < 6, bits & (1 << UInt32(count) - 1) == 0 else { return nil }
    return bytes
  }
}
