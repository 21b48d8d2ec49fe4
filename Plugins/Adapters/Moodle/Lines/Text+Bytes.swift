internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension Text {
  /// The bytes as an array of their own.
  var array: [UInt8] { unsafe Array(rawBytes) }

  /// A byte of the text.
  ///
  /// - Precondition: The text has the place.
  func byte(_ place: Int) -> UInt8 { unsafe rawBytes[place] }

  /// A part of the text; borrowed as the text is.
  func part(_ range: Range<Int>) -> Text {
    unsafe Text(UnsafeRawBufferPointer(rebasing: rawBytes[range]))
  }

  /// Whether the text begins with a literal, byte for byte.
  func hasPrefix(_ literal: StaticString) -> Bool {
    let other = Text(literal)
    guard count >= other.count else { return false }
    return unsafe rawBytes.prefix(other.count).elementsEqual(other.rawBytes)
  }

  /// Whether the text holds a byte.
  func contains(_ byte: UInt8) -> Bool { unsafe rawBytes.contains(byte) }

  /// Whether the text is a dash, which says that there is no grade.
  var isDash: Bool { count == 1 && byte(0) == UInt8(ascii: "-") }

  /// Whether the text is a plain decimal number of the records.
  var isDecimal: Bool { unsafe parseDecimal(rawBytes) != nil }

  /// The text without blanks and tabs at its ends.
  var trimmed: Text {
    var start = 0
    var end = count
    while start < end, byte(start) == 0x20 || byte(start) == 0x09 { start += 1 }
    while end > start, byte(end - 1) == 0x20 || byte(end - 1) == 0x09 { end -= 1 }
    return start == 0 && end == count ? self : part(start..<end)
  }

  /// The pieces between the bytes of a kind; one blank piece when there is nothing.
  func split(_ separator: UInt8) -> [Text] {
    var pieces: [Text] = []
    var start = 0
    for place in 0..<count where byte(place) == separator {
      pieces.append(part(start..<place))
      start = place + 1
    }
    pieces.append(part(start..<count))
    return pieces
  }

  /// The elements of a list field.
  var elements: [Text] { isEmpty ? [] : split(0x1F).filter { !$0.isEmpty } }
}

extension RecordSink {
  /// A copy of bytes that lives until the next flush by the reader.
  mutating func copy(_ bytes: [UInt8]) -> Text {
    unsafe bytes.withUnsafeBytes { bytes in unsafe copy(bytes) }
  }
}

/// Calls a closure with bytes as a text.
func withText<Value>(_ bytes: [UInt8], _ body: (Text) -> Value) -> Value {
  unsafe bytes.withUnsafeBytes { bytes in unsafe body(Text(bytes)) }
}

/// A text of several fields, and back; tabs, line ends and percent signs are written as `%` and
/// two hexadecimal digits.
enum FieldText {
  /// Joins fields with tabs.
  static func join(_ fields: [String]) -> String {
    fields.map(escape).joined(separator: "\t")
  }

  /// The fields of a line.
  static func split(_ line: some StringProtocol) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map { unescape(String($0)) }
  }

  private static func escape(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x09: bytes += Array("%09".utf8)
      case 0x0A: bytes += Array("%0A".utf8)
      case 0x0D: bytes += Array("%0D".utf8)
      case 0x25: bytes += Array("%25".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescape(_ text: String) -> String {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    var place = 0
    while place < source.count {
      if source[place] == 0x25, place + 2 < source.count,
        let value = UInt8(
          String(decoding: source[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        place += 3
      } else {
        bytes.append(source[place])
        place += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
