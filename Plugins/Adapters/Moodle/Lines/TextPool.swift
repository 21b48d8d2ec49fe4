internal import AdapterKit
internal import CAdapterABI

/// Texts of records that are kept until they are written.
struct TextPool {
  /// A text of a pool.
  struct Slice: Hashable {
    fileprivate var start: Int
    fileprivate var count: Int

    /// A field that does not occur.
    static let absent = Slice(start: 0, count: -1)

    /// Whether the field does not occur or has nothing in it.
    var isEmpty: Bool { count <= 0 }
    /// Where the bytes are.
    var range: Range<Int> { start..<(start + max(0, count)) }
  }

  private(set) var bytes: [UInt8] = []

  /// Keeps a copy of a text.
  mutating func add(_ text: Text) -> Slice {
    guard !text.isAbsent else { return .absent }
    let start = bytes.count
    unsafe bytes.append(contentsOf: text.rawBytes)
    return Slice(start: start, count: text.count)
  }

  /// Keeps a copy of bytes.
  mutating func add(_ more: [UInt8]) -> Slice {
    let start = bytes.count
    bytes += more
    return Slice(start: start, count: more.count)
  }

  /// A text as a string of its own.
  func string(_ slice: Slice) -> String { String(decoding: bytes[slice.range], as: UTF8.self) }

  /// A text as an array of its own.
  func array(_ slice: Slice) -> [UInt8] { Array(bytes[slice.range]) }

  /// Whether a text has the bytes of an array.
  func matches(_ slice: Slice, _ other: [UInt8]) -> Bool {
    bytes[slice.range].elementsEqual(other)
  }

  /// Calls a closure with a text.
  func withText<Value>(_ slice: Slice, _ body: (Text) -> Value) -> Value {
    guard slice.count >= 0 else { return body(.absent) }
    return unsafe bytes.withUnsafeBytes { all in
      unsafe body(Text(UnsafeRawBufferPointer(rebasing: all[slice.range])))
    }
  }

  /// Forgets the texts; the memory is kept.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
