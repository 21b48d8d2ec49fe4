public import Scanning

/// A walk through one JSON document that is whole in memory.
///
/// What is passed is checked: the grammar of RFC 8259, escapes, control characters, UTF-8 (by
/// ``finish()``), depth, lengths, and names that stand twice in one object. Nothing is copied; names
/// and strings are slices of the document. A cursor is used again for the next document, so a
/// steady loop allocates nothing.
///
/// ```swift
/// try cursor.beginObject()
/// while let key = try cursor.nextKey() {
///   if key.equals("id") { id = try cursor.string() } else { try cursor.skip() }
/// }
/// try cursor.finish()
/// ```
@safe
public struct JSONCursor: ~Copyable {
  /// What a value is.
  public enum Kind: Hashable, Sendable {
    case object, array, string, number, boolean, null
  }

  /// Nesting, string bytes, number characters and names of one object that are allowed.
  public static let depthLimit = 64
  static let stringLimit = 16 << 20
  static let numberLimit = 64
  static let keyLimit = 10_000

  /// A name of an open object.
  struct Key {
    var start: Int
    var count: Int
    var hash: UInt64
  }

  var base: UnsafePointer<UInt8>
  var count = 0
  /// The place of the next byte, from 0.
  public internal(set) var place = 0
  private var depth = 0
  /// Of each open object, how many names stood before it; of each array, none.
  private var levels: [(firstKey: Int, isFirst: Bool)]
  private var keys: UnsafeMutablePointer<Key>
  private var keyCapacity = 64
  private var keyCount = 0
  /// All bytes of the strings that were passed, or-ed.
  var highBits: UInt64 = 0

  /// A cursor without a document.
  public init() {
    levels = Array(repeating: (0, true), count: Self.depthLimit + 1)
    unsafe keys = .allocate(capacity: keyCapacity)
    unsafe base = UnsafePointer(
      UnsafeRawPointer(keys).assumingMemoryBound(to: UInt8.self))
  }

  deinit {
    unsafe keys.deallocate()
  }

  /// Goes to the start of a document, which must stay in place while the cursor works on it.
  public mutating func reset(_ document: UnsafeRawBufferPointer) {
    place = 0
    depth = 0
    keyCount = 0
    highBits = 0
    count = document.count
    if let start = document.baseAddress {
      unsafe base = start.assumingMemoryBound(to: UInt8.self)
    }
  }

  /// The bytes of the document between two places.
  public func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "outside the document")
    return unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// Passes blanks and says what comes next.
  public mutating func kind() throws(ScanningError) -> Kind {
    switch try peek() {
    case 0x7B: return .object
    case 0x5B: return .array
    case 0x22: return .string
    case 0x2D, 0x30...0x39: return .number
    case 0x74, 0x66: return .boolean
    case 0x6E: return .null
    default: throw malformed("a value was expected")
    }
  }

  /// Passes the rest, which must be blank, and checks that the document is UTF-8.
  public mutating func finish() throws(ScanningError) {
    skipBlanks()
    guard place == count else { throw malformed("nothing may follow the value") }
    guard highBits & 0x8080_8080_8080_8080 != 0 else { return }
    guard unsafe isValidUTF8(UnsafeRawBufferPointer(start: base, count: count)) else {
      throw ScanningError(.encoding, "the text is not valid UTF-8", line: 1, column: 1)
    }
  }

  // MARK: - Objects and arrays

  /// Enters an object.
  public mutating func beginObject() throws(ScanningError) {
    try begin(0x7B, "an object was expected")
  }

  /// Goes to the next name of the innermost object; at its end leaves the object.
  public mutating func nextKey() throws(ScanningError) -> JSONString? {
    guard try hasNext(0x7D) else {
      keyCount = levels[depth].firstKey
      depth -= 1
      return nil
    }
    guard try peek() == 0x22 else { throw malformed("a name in quotes was expected") }
    let key = try string()
    try note(key)
    guard try peek() == 0x3A else { throw malformed("a colon was expected") }
    place += 1
    return key
  }

  /// Enters an array.
  public mutating func beginArray() throws(ScanningError) {
    try begin(0x5B, "an array was expected")
  }

  /// Goes to the next element of the innermost array; at its end leaves the array.
  public mutating func nextElement() throws(ScanningError) -> Bool {
    if try hasNext(0x5D) { return true }
    depth -= 1
    return false
  }

  private mutating func begin(_ bracket: UInt8, _ message: String) throws(ScanningError) {
    guard try peek() == bracket else { throw malformed(message) }
    guard depth < Self.depthLimit else {
      throw ScanningError(
        .limit, "the value is nested deeper than \(Self.depthLimit)", line: 1,
        column: UInt64(place + 1))
    }
    place += 1
    depth += 1
    levels[depth] = (keyCount, true)
  }

  private mutating func hasNext(_ close: UInt8) throws(ScanningError) -> Bool {
    let byte = try peek()
    if byte == close {
      place += 1
      return false
    }
    if levels[depth].isFirst {
      levels[depth].isFirst = false
    } else {
      guard byte == 0x2C else { throw malformed("a comma or the end was expected") }
      place += 1
    }
    return true
  }

  private mutating func note(_ key: JSONString) throws(ScanningError) {
    let raw = unsafe key.raw
    var hash = UInt64(truncatingIfNeeded: raw.count)
    if raw.count >= 8 {
      hash ^= unsafe raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
      hash ^= unsafe raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self) << 1
    } else {
      for index in 0..<raw.count { hash = hash << 8 | UInt64(unsafe raw[index]) }
    }
    let first = levels[depth].firstKey
    var index = first
    while index < keyCount {
      let known = unsafe keys[index]
      if known.hash == hash, unsafe equals(known, raw) {
        throw ScanningError(
          .duplicate, "a name stands twice in one object", line: 1, column: UInt64(place))
      }
      index &+= 1
    }
    guard keyCount - first < Self.keyLimit else {
      throw ScanningError(
        .limit, "the object has more than \(Self.keyLimit) names", line: 1,
        column: UInt64(place))
    }
    if keyCount == keyCapacity { growKeys() }
    let start = unsafe raw.baseAddress.map { unsafe $0 - UnsafeRawPointer(base) } ?? 0
    unsafe keys[keyCount] = Key(start: start, count: raw.count, hash: hash)
    keyCount += 1
  }

  private func equals(_ key: Key, _ raw: UnsafeRawBufferPointer) -> Bool {
    guard key.count == raw.count else { return false }
    for index in 0..<key.count {
      if unsafe base[key.start + index] != raw[index] { return false }
    }
    return true
  }

  private mutating func growKeys() {
    let bigger = UnsafeMutablePointer<Key>.allocate(capacity: keyCapacity * 2)
    unsafe bigger.update(from: keys, count: keyCount)
    unsafe keys.deallocate()
    unsafe keys = bigger
    keyCapacity *= 2
  }

  // MARK: - Skipping

  /// Passes one value, whatever it is.
  public mutating func skip() throws(ScanningError) {
    switch try kind() {
    case .object:
      try beginObject()
      while try nextKey() != nil { try skip() }
    case .array:
      try beginArray()
      while try nextElement() { try skip() }
    case .string: _ = try string()
    case .number: _ = try unsafe number()
    case .boolean: _ = try boolean()
    case .null: try null()
    }
  }

  // MARK: - Bytes

  @inline(__always)
  mutating func skipBlanks() {
    while place < count {
      let byte = unsafe base[place]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        return
      }
      place &+= 1
    }
  }

  @inline(__always)
  mutating func peek() throws(ScanningError) -> UInt8 {
    skipBlanks()
    guard place < count else {
      throw ScanningError(
        .truncated, "the text ends in the middle of a value", line: 1, column: UInt64(count + 1))
    }
    return unsafe base[place]
  }

  func malformed(_ message: String) -> ScanningError {
    ScanningError(.malformed, message, line: 1, column: UInt64(place + 1))
  }
}

/// A string of a document, between its quotes.
@safe
public struct JSONString {
  /// The bytes as written, with escapes; they live as long as the document.
  public let raw: UnsafeRawBufferPointer
  /// Whether there are escapes.
  public let hasEscapes: Bool

  /// Whether the text is that of a literal; escapes are seen through.
  @inlinable
  public func equals(_ literal: StaticString) -> Bool {
    guard !hasEscapes else { return equalsWithEscapes(literal) }
    guard unsafe raw.count == literal.utf8CodeUnitCount else { return false }
    var index = 0
    while index < literal.utf8CodeUnitCount {
      if unsafe raw[index] != literal.utf8Start[index] { return false }
      index &+= 1
    }
    return true
  }

  @usableFromInline
  func equalsWithEscapes(_ literal: StaticString) -> Bool {
    var plain = unsafe ByteBuffer(capacity: raw.count)
    append(to: &plain)
    return unsafe Text(plain.bytes).equals(literal)
  }

  /// The text as bytes of its own; not for hot loops.
  public var decoded: [UInt8] {
    var plain = unsafe ByteBuffer(capacity: raw.count)
    append(to: &plain)
    return unsafe Array(plain.bytes)
  }
}
