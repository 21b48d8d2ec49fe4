public import Domain

/// An identifier as catalogs compare it: UUIDs without case and dashes, everything else byte for
/// byte.
public struct CatalogKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The comparable form.
  public let identifier: Identifier

  /// Makes an identifier comparable.
  public init(_ identifier: Identifier) {
    self.identifier = CatalogKey.plainUUID(identifier.text).map { Identifier($0) } ?? identifier
  }

  /// The comparable form as text.
  public var description: String { identifier.text }

  /// Orders keys by their bytes.
  public static func < (left: CatalogKey, right: CatalogKey) -> Bool {
    left.identifier < right.identifier
  }

  /// A UUID in lower case with dashes, `nil` for other text and for what is written so already.
  private static func plainUUID(_ text: String) -> String? {
    let utf8 = text.utf8
    switch utf8.count {
    case 32, 36, 41, 45: break
    default: return nil
    }
    // Most are written so, and then nothing has to be made.
    if utf8.count == 36, isPlain(utf8) { return nil }
    var digits: [UInt8] = []
    digits.reserveCapacity(36)
    let body = text.hasPrefix("urn:uuid:") ? text.dropFirst(9) : text[...]
    guard body.utf8.count == 36 || body.utf8.count == 32 else { return nil }
    for (index, byte) in body.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        digits.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digits.append(byte | 0x20)
      case UInt8(ascii: "-") where [8, 13, 18, 23].contains(index) && body.utf8.count == 36:
        continue
      default: return nil
      }
      if [8, 12, 16, 20].contains(digits.count(where: { $0 != UInt8(ascii: "-") })) {
        digits.append(UInt8(ascii: "-"))
      }
    }
    return digits.count == 36 ? String(decoding: digits, as: UTF8.self) : nil
  }

  private static func isPlain(_ utf8: String.UTF8View) -> Bool {
    var place = 0
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        if place == 8 || place == 13 || place == 18 || place == 23 { return false }
      case UInt8(ascii: "-"):
        guard place == 8 || place == 13 || place == 18 || place == 23 else { return false }
      default: return false
      }
      place += 1
    }
    return true
  }

  /// A UUID in lower case with dashes that follows from texts alone (RFC 9562, version 8, from
  /// SHA-256), so that the same texts always give the same identifier.
  public static func derivedUUID(_ parts: [String]) -> Identifier {
    var hash = SHA256()
    for part in parts {
      // The count keeps ("a", "bc") and ("ab", "c") apart.
      hash.update("\(part.utf8.count):")
      hash.update(part)
    }
    var bytes = Array(hash.finalize().bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      let digits = String(byte, radix: 16)
      text += digits.count == 1 ? "0" + digits : digits
    }
    return Identifier(text)
  }
}
