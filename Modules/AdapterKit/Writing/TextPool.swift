internal import CAdapterABI

/// Texts of records that are kept until they are written.
package struct TextPool {
  /// A text of a pool.
  package struct Slice: Hashable {
    @usableFromInline var start: Int
    @usableFromInline var count: Int

    @inlinable
    init(start: Int, count: Int) {
      self.start = start
      self.count = count
    }

    /// A field that does not occur.
    package static let absent = Slice(start: 0, count: -1)

    /// Whether the field does not occur or has nothing in it.
    @inlinable package var isEmpty: Bool { count <= 0 }
    /// Whether the field does not occur.
    @inlinable package var isAbsent: Bool { count < 0 }
    /// Where the bytes are.
    @inlinable var range: Range<Int> { start..<(start + max(0, count)) }
  }

  @usableFromInline var bytes: [UInt8] = []

  /// A pool without texts.
  package init() {}

  /// Keeps a copy of a text.
  package mutating func add(_ text: Text) -> Slice {
    guard !text.isAbsent else { return .absent }
    let start = bytes.count
    unsafe bytes.append(contentsOf: text.rawBytes)
    return Slice(start: start, count: text.count)
  }

  /// Keeps a copy of several texts, one after the other.
  package mutating func add(joined texts: Text...) -> Slice {
    let start = bytes.count
    for text in texts { unsafe bytes.append(contentsOf: text.rawBytes) }
    return Slice(start: start, count: bytes.count - start)
  }

  /// Keeps a copy of bytes.
  package mutating func add(_ more: [UInt8]) -> Slice {
    let start = bytes.count
    bytes += more
    return Slice(start: start, count: more.count)
  }

  /// A text as a string of its own.
  package func string(_ slice: Slice) -> String {
    String(decoding: bytes[slice.range], as: UTF8.self)
  }

  /// A text as an array of its own.
  package func array(_ slice: Slice) -> [UInt8] { Array(bytes[slice.range]) }

  /// Whether a text has the bytes of an array.
  package func matches(_ slice: Slice, _ other: [UInt8]) -> Bool {
    bytes[slice.range].elementsEqual(other)
  }

  /// Calls a closure with a text.
  @inlinable
  package func withText<Value>(_ slice: Slice, _ body: (Text) -> Value) -> Value {
    guard !slice.isAbsent else { return body(.absent) }
    return unsafe bytes.withUnsafeBytes { all in
      unsafe body(Text(UnsafeRawBufferPointer(rebasing: all[slice.range])))
    }
  }

  /// Forgets the texts; the memory is kept.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
