/// A string of a JSON text, between its quotes.
@safe
public struct JSONString {
  /// The bytes as written, with escapes; they live as long as the text.
  public let raw: UnsafeRawBufferPointer
  /// Whether there are escapes.
  public let hasEscapes: Bool

  /// A string whose escapes were checked.
  @inlinable
  package init(raw: UnsafeRawBufferPointer, hasEscapes: Bool) {
    unsafe self.raw = raw
    self.hasEscapes = hasEscapes
  }

  /// Whether the value is that of a literal; escapes are seen through.
  ///
  /// - Complexity: O(*n*), eight bytes at a time.
  @inlinable
  public func equals(_ literal: StaticString) -> Bool {
    guard !hasEscapes else { return equalsWithEscapes(literal) }
    let count = literal.utf8CodeUnitCount
    guard unsafe raw.count == count else { return false }
    let other = unsafe UnsafeRawPointer(literal.utf8Start)
    var index = 0
    while index &+ 8 <= count {
      let left = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let right = unsafe other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if left != right { return false }
      index &+= 8
    }
    while index < count {
      if unsafe raw[index] != other.load(fromByteOffset: index, as: UInt8.self) { return false }
      index &+= 1
    }
    return true
  }

  @usableFromInline
  func equalsWithEscapes(_ literal: StaticString) -> Bool {
    let wanted = unsafe UnsafeRawBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    return unsafe decoded.elementsEqual(wanted)
  }

  /// The value as bytes of its own; not for hot loops.
  public var decoded: [UInt8] {
    var plain = unsafe ByteBuffer(capacity: raw.count)
    append(to: &plain)
    return unsafe Array(plain.bytes)
  }

  /// Appends the value, with its escapes resolved.
  public func append(to buffer: inout ByteBuffer) {
    if hasEscapes {
      unsafe appendUnescaped(raw, to: &buffer)
    } else {
      unsafe buffer.append(raw)
    }
  }
}
