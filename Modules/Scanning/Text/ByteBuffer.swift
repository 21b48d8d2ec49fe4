public import CScanning

/// Bytes that are appended one after the other.
///
/// The memory grows as needed and is kept when the buffer is emptied. An append costs a few
/// nanoseconds; everything is inlinable because other modules loop on it.
@safe
public struct ByteBuffer: ~Copyable {
  @usableFromInline var memory: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// The number of bytes.
  @inlinable
  public var count: Int { used }

  /// An empty buffer with room for some bytes.
  public init(capacity: Int = 256) {
    self.capacity = max(16, capacity)
    unsafe memory = .allocate(capacity: self.capacity)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// Where the bytes start; valid until the next change.
  public var start: UnsafeRawPointer { unsafe UnsafeRawPointer(memory) }

  /// The bytes; valid until the next change.
  @inlinable
  public var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: memory, count: count)
  }

  /// Calls a closure with the bytes.
  @inlinable
  public func withBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try unsafe body(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Empties the buffer; the memory is kept.
  @inlinable
  public mutating func removeAll() { used = 0 }

  /// Forgets all bytes after a count.
  ///
  /// - Precondition: `newCount` is not more than ``count``.
  @inlinable
  public mutating func truncate(to newCount: Int) {
    precondition(newCount <= count, "a buffer is not made longer by truncating")
    used = newCount
  }

  /// Makes room for more bytes.
  @inlinable
  @inline(__always)
  public mutating func reserve(_ room: Int) {
    if count &+ room > capacity { grow(room) }
  }

  @usableFromInline
  mutating func grow(_ room: Int) {
    let larger = max(capacity * 2, count + room)
    let bigger = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe bigger.update(from: memory, count: count)
    unsafe memory.deallocate()
    unsafe memory = bigger
    capacity = larger
  }

  /// Appends a byte.
  @inlinable
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe memory[count] = byte
    used &+= 1
  }

  /// Appends the first bytes of a word, its low byte first.
  ///
  /// - Precondition: `count` is at most 8.
  @inlinable
  public mutating func append(word: UInt64, count: Int) {
    reserve(8)
    unsafe UnsafeMutableRawPointer(memory + used).storeBytes(of: word.littleEndian, as: UInt64.self)
    used &+= count
  }

  /// Appends bytes.
  @inlinable
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    unsafe cbl_copy(memory + used, source.assumingMemoryBound(to: UInt8.self), bytes.count)
    used &+= bytes.count
  }

  /// Appends a part of another buffer, for texts of a few dozen bytes that are appended often.
  ///
  /// - Precondition: The other buffer has the range.
  @inlinable
  public mutating func append(_ range: Range<Int>, of other: borrowing ByteBuffer) {
    precondition(range.upperBound <= other.used, "the other buffer has no such part")
    guard range.upperBound &+ 64 <= other.capacity else {
      unsafe append(
        UnsafeRawBufferPointer(start: other.memory + range.lowerBound, count: range.count))
      return
    }
    reserve(range.count &+ 64)
    unsafe cbl_copy_roomy(memory + used, other.memory + range.lowerBound, range.count)
    used &+= range.count
  }

  /// Appends the bytes of a literal.
  @inlinable
  public mutating func append(_ literal: StaticString) {
    unsafe append(
      UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends the UTF-8 bytes of a string; not for hot loops.
  public mutating func append(_ string: String) {
    for byte in string.utf8 { append(byte) }
  }

  /// Appends bytes of an array.
  public mutating func append(_ array: [UInt8]) {
    unsafe array.withUnsafeBytes { bytes in unsafe append(bytes) }
  }

  /// Appends an integer as decimal digits.
  @inlinable
  public mutating func append(decimal value: Int) {
    reserve(20)
    if value < 0 { append(0x2D) }
    var rest = value.magnitude
    var digits = 1
    var bound: UInt = 10
    while digits < 20, rest >= bound {
      digits &+= 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    var place = count &+ digits
    used = place
    repeat {
      place &-= 1
      unsafe memory[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Appends a field of a delimited file, with quotes where it needs them.
  ///
  /// - Parameters:
  ///   - field: The field's bytes.
  ///   - dialect: The delimiter and quote.
  ///   - quoting: Whether fields that need no quotes get them too.
  @inlinable
  public mutating func appendCSV(
    _ field: UnsafeRawBufferPointer, dialect: CSVDialect = .rfc4180,
    quoting: CSVQuoting = .minimal
  ) {
    let count = field.count
    guard quoting == .minimal, let source = field.baseAddress, count > 0 else {
      if quoting == .all { unsafe appendQuoted(field, quote: dialect.quote) }
      return
    }
    reserve(count)
    let isMarked = unsafe cbl_copy_marked(
      memory + used, source.assumingMemoryBound(to: UInt8.self), count, dialect.delimiter,
      dialect.quote)
    if unsafe isMarked != 0 || field[0] == 0x20 || field[count &- 1] == 0x20 {
      unsafe appendQuoted(field, quote: dialect.quote)
    } else {
      used &+= count
    }
  }

  /// Appends a field in quotes, with inner quotes doubled.
  public mutating func appendQuoted(_ field: UnsafeRawBufferPointer, quote: UInt8) {
    reserve(field.count + 2)
    append(quote)
    for index in 0..<field.count {
      let byte = unsafe field[index]
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}

/// Which fields of a delimited file get quotes.
public enum CSVQuoting: Hashable, Sendable {
  /// Fields that need them.
  case minimal
  /// All fields.
  case all
}

/// Facts on one field of a delimited file.
public enum CSVField {
  /// Whether a field must be quoted: it holds a delimiter, quote or line end, or has a blank at
  /// either end.
  ///
  /// - Complexity: O(*n*), eight bytes at a time.
  @inlinable
  public static func needsQuotes(
    _ field: UnsafeRawBufferPointer, dialect: CSVDialect = .rfc4180
  ) -> Bool {
    let count = field.count
    guard count > 0 else { return false }
    if unsafe field[0] == 0x20 || field[count &- 1] == 0x20 { return true }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let delimiters = ones &* UInt64(dialect.delimiter)
    let quotes = ones &* UInt64(dialect.quote)
    var offset = 0
    while offset &+ 8 <= count {
      let word = unsafe field.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if hasZero(word ^ delimiters) || hasZero(word ^ quotes) || hasZero(word ^ (ones &* 0x0A))
        || hasZero(word ^ (ones &* 0x0D))
      {
        return true
      }
      offset &+= 8
    }
    while offset < count {
      let byte = unsafe field[offset]
      if byte == dialect.delimiter || byte == dialect.quote || byte == 0x0A || byte == 0x0D {
        return true
      }
      offset &+= 1
    }
    return false
  }

  @inlinable
  @inline(__always)
  static func hasZero(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
  }
}
