public import CAdapterABI
internal import Scanning

extension Text {
  /// The bytes as an array of their own.
  package var array: [UInt8] { unsafe Array(rawBytes) }

  /// A byte of the text.
  ///
  /// - Precondition: The text has the place.
  @inlinable
  package func byte(_ place: Int) -> UInt8 { unsafe rawBytes[place] }

  /// A part of the text; borrowed as the text is.
  @inlinable
  package func part(_ range: Range<Int>) -> Text {
    unsafe Text(UnsafeRawBufferPointer(rebasing: rawBytes[range]))
  }

  /// Whether the text begins with a literal, byte for byte.
  package func hasPrefix(_ literal: StaticString) -> Bool {
    let other = Text(literal)
    guard count >= other.count else { return false }
    return unsafe rawBytes.prefix(other.count).elementsEqual(other.rawBytes)
  }

  /// Where a literal first stands, or `nil`.
  package func firstPlace(of literal: StaticString) -> Int? {
    let needle = Text(literal)
    guard count >= needle.count else { return nil }
    return (0...(count - needle.count)).first { part($0..<($0 + needle.count)).equals(needle) }
  }

  /// Whether the text holds a byte.
  @inlinable
  package func contains(_ byte: UInt8) -> Bool { unsafe rawBytes.contains(byte) }

  /// Whether the text is a plain decimal number of the records.
  package var isDecimal: Bool { unsafe parseDecimal(rawBytes) != nil }

  /// The text without blanks and tabs at its ends.
  package var trimmed: Text {
    var start = 0
    var end = count
    while start < end, byte(start) == 0x20 || byte(start) == 0x09 { start += 1 }
    while end > start, byte(end - 1) == 0x20 || byte(end - 1) == 0x09 { end -= 1 }
    return start == 0 && end == count ? self : part(start..<end)
  }

  /// The pieces between the bytes of a kind; one blank piece when there is nothing.
  package func split(_ separator: UInt8) -> [Text] {
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
  package var elements: [Text] { isEmpty ? [] : split(0x1F).filter { !$0.isEmpty } }
}

/// Calls a closure with bytes as a text.
@inlinable
package func withText<Value>(_ bytes: [UInt8], _ body: (Text) -> Value) -> Value {
  unsafe bytes.withUnsafeBytes { bytes in unsafe body(Text(bytes)) }
}
