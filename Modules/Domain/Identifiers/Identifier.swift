/// A name that one system gives to one thing, kept byte for byte.
///
/// Identifiers are text and never numbers: `007`, `7` and `1e5` are three identifiers. Two are
/// equal only when their UTF-8 bytes are equal, so that composed and decomposed accents, upper and
/// lower case and trailing blanks stay apart, unlike with `String`.
///
/// - Complexity: Comparing and hashing are O(*n*) in the number of bytes.
public struct Identifier: Hashable, Sendable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The bytes as text.
  public let text: String

  /// Creates an identifier from text, which is kept as it is.
  public init(_ text: String) {
    self.text = text
  }

  /// Creates an identifier from bytes.
  ///
  /// - Parameter bytes: The bytes, which are copied.
  /// - Returns: `nil` when the bytes are not valid UTF-8; nothing is repaired.
  public init?(validating bytes: some Sequence<UInt8>) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    self.text = text
  }

  /// Creates an identifier from a literal.
  public init(stringLiteral text: String) {
    self.text = text
  }

  /// The bytes.
  public var utf8: String.UTF8View { text.utf8 }

  /// Whether there are no bytes.
  public var isEmpty: Bool { text.isEmpty }

  /// The text.
  public var description: String { text }

  /// Whether the bytes of both are the same.
  public static func == (left: Identifier, right: Identifier) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    let answer: Bool?? = unsafe left.utf8.withContiguousStorageIfAvailable { first in
      unsafe right.utf8.withContiguousStorageIfAvailable { second in
        unsafe haveSameBytes(UnsafeRawBufferPointer(first), UnsafeRawBufferPointer(second))
      }
    }
    return (answer ?? nil) ?? left.utf8.elementsEqual(right.utf8)
  }

  /// Compares eight bytes at a time; both buffers have the same count.
  private static func haveSameBytes(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
  ) -> Bool {
    let count = min(first.count, second.count)
    var offset = 0
    while offset &+ 8 <= count {
      let left = unsafe first.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let right = unsafe second.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard left == right else { return false }
      offset &+= 8
    }
    while offset < count {
      guard unsafe first[offset] == second[offset] else { return false }
      offset &+= 1
    }
    return true
  }

  /// Orders identifiers by their bytes.
  public static func < (left: Identifier, right: Identifier) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    // The count keeps neighbours apart: ("a", "bc") and ("ab", "c") hash differently.
    hasher.combine(utf8.count)
    let isDone: Void? = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isDone == nil {
      for byte in utf8 { hasher.combine(byte) }
    }
  }
}

extension Identifier: Codable {
  /// Reads an identifier from one text value.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the identifier as one text value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
