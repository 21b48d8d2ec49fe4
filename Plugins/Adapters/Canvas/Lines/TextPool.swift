internal import AdapterKit
internal import CAdapterABI

/// Texts of records that are kept until they are written.
struct TextPool {
  /// A text of a pool.
  struct Slice {
    fileprivate(set) var start: UInt32
    fileprivate(set) var count: UInt32

    /// A field that does not occur.
    static let absent = Slice(start: 0, count: .max)

    /// Whether the field does not occur or has nothing in it.
    var isEmpty: Bool { count == 0 || count == .max }
    /// Whether the field does not occur.
    var isAbsent: Bool { count == .max }
    /// Where the bytes are.
    var range: Range<Int> { isAbsent ? 0..<0 : Int(start)..<(Int(start) + Int(count)) }
  }

  private(set) var bytes: [UInt8] = []

  init() {}

  /// Keeps a copy of a text.
  mutating func add(_ text: Text) -> Slice {
    guard !text.isAbsent else { return .absent }
    let start = bytes.count
    unsafe bytes.append(contentsOf: text.rawBytes)
    return Slice(start: UInt32(truncatingIfNeeded: start), count: UInt32(text.count))
  }

  /// Keeps a copy of several texts, one after the other.
  mutating func add(joined texts: Text...) -> Slice {
    let start = bytes.count
    for text in texts { unsafe bytes.append(contentsOf: text.rawBytes) }
    return Slice(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(bytes.count - start))
  }

  /// Keeps a copy of bytes.
  mutating func add(_ more: [UInt8]) -> Slice {
    let start = bytes.count
    bytes += more
    return Slice(start: UInt32(truncatingIfNeeded: start), count: UInt32(more.count))
  }

  /// A text as a string of its own.
  func string(_ slice: Slice) -> String { String(decoding: bytes[slice.range], as: UTF8.self) }

  /// A text as an array of its own.
  func array(_ slice: Slice) -> [UInt8] { Array(bytes[slice.range]) }

  /// Calls a closure with the bytes of a text.
  func withBytes<Value>(_ slice: Slice, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    unsafe bytes.withUnsafeBytes { all in
      unsafe body(UnsafeRawBufferPointer(rebasing: all[slice.range]))
    }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

extension Text {
  /// A part of the text; borrowed as the text is.
  func part(_ range: Range<Int>) -> Text {
    unsafe Text(UnsafeRawBufferPointer(rebasing: rawBytes[range]))
  }

  /// Where a byte sequence first stands, or `nil`.
  func firstPlace(of literal: StaticString) -> Int? {
    let needle = unsafe Text(literal).rawBytes
    guard count >= needle.count else { return nil }
    let own = unsafe rawBytes
    search: for start in 0...(count - needle.count) {
      for index in 0..<needle.count where unsafe own[start + index] != needle[index] {
        continue search
      }
      return start
    }
    return nil
  }

  /// The elements of a list field.
  var elements: [Text] {
    var elements: [Text] = []
    var start = 0
    for index in 0...count where unsafe index == count || rawBytes[index] == 0x1F {
      if index > start { elements.append(part(start..<index)) }
      start = index + 1
    }
    return elements
  }
}
