internal import AdapterKit
internal import CAdapterABI

// The few places where the bytes of texts are looked at one by one.
extension Text {
  /// The bytes, copied.
  var array: [UInt8] { unsafe Array(rawBytes) }

  /// A byte.
  ///
  /// - Precondition: `index` is less than `count`.
  @inline(__always)
  subscript(_ index: Int) -> UInt8 { unsafe rawBytes[index] }

  /// Eight bytes as a number, for comparing.
  ///
  /// - Precondition: The text has so many from `offset`.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    unsafe rawBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// Whether the text is `true` or `false`.
  @inline(__always)
  var isBoolean: Bool {
    switch count {
    case 4: equals("true")
    case 5: equals("false")
    default: false
    }
  }

  /// Whether a byte occurs.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    var index = 0
    while index < count {
      if self[index] == byte { return true }
      index &+= 1
    }
    return false
  }

  /// How often a byte occurs.
  func occurrences(of byte: UInt8) -> Int {
    var found = 0
    for index in 0..<count where self[index] == byte { found += 1 }
    return found
  }

  /// Whether a line break occurs.
  var hasLineBreak: Bool { contains(0x0A) || contains(0x0D) }

  /// Whether the bytes begin with those of a literal.
  func hasPrefix(_ prefix: StaticString) -> Bool {
    let prefix = Text(prefix)
    guard count >= prefix.count else { return false }
    return slice(0, prefix.count).equals(prefix)
  }

  /// A part, which lives as long as the whole.
  func slice(_ start: Int, _ end: Int) -> Text {
    unsafe Text(UnsafeRawBufferPointer(rebasing: rawBytes[start..<end]))
  }

  /// Whether the bytes are the same when ASCII letters lose their case.
  func equalsIgnoringCase(_ other: Text) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where lowered(self[index]) != lowered(other[index]) { return false }
    return true
  }

  /// Lends bytes of an array as a text for one call.
  static func lend<Value>(_ bytes: [UInt8], _ body: (Text) -> Value) -> Value {
    unsafe bytes.withUnsafeBytes { bytes in unsafe body(Text(bytes)) }
  }
}

extension RecordSink {
  /// A copy of an array's bytes that lives until the next flush by the reader.
  mutating func copy(_ bytes: [UInt8]) -> Text {
    unsafe bytes.withUnsafeBytes { bytes in unsafe copy(bytes) }
  }
}

/// An ASCII letter in lower case; other bytes as they are.
func lowered(_ byte: UInt8) -> UInt8 {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
