// Reading by what is expected: values, members and elements.
//
// ```swift
// try reader.open(text)
// try reader.beginObject()
// while let key = try reader.nextKey() {
//   if key.equals("id") { id = try reader.string() } else { try reader.skipValue() }
// }
// try reader.finish()
// ```
extension JSONReader {
  /// What a value is.
  public enum Kind: Hashable, Sendable {
    /// `{`
    case object
    /// `[`
    case array
    /// A text in quotes.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`
    case null
  }

  /// What the next value is, without reading it.
  ///
  /// Asked where a value must come: at the start, after a key, after ``nextElement()``.
  ///
  /// - Throws: ``ScanningError`` when no value comes.
  public func kind() throws(ScanningError) -> Kind {
    guard let byte = nextByte else {
      throw fault(.truncated, "the text ends before its value is complete", at: length)
    }
    switch byte {
    case 0x7B: return .object
    case 0x5B: return .array
    case 0x22: return .string
    case 0x2D, 0x30...0x39: return .number
    case 0x74, 0x66: return .boolean
    case 0x6E: return .null
    default: throw expected("a value was expected")
    }
  }

  /// Enters an object.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func beginObject() throws(ScanningError) {
    guard try kind() == .object else { throw expected("an object was expected") }
    _ = try next()
  }

  /// Goes to the next name of the innermost object; at its end leaves the object.
  ///
  /// - Returns: The name, whose value comes next, or `nil` at the end.
  /// - Throws: ``ScanningError`` at a fault.
  @inline(__always)
  public mutating func nextKey() throws(ScanningError) -> JSONString? {
    guard try next() == .key else { return nil }
    return unsafe JSONString(raw: text, hasEscapes: hasEscapes)
  }

  /// Enters an array.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func beginArray() throws(ScanningError) {
    guard try kind() == .array else { throw expected("an array was expected") }
    _ = try next()
  }

  /// Goes to the next element of the innermost array; at its end leaves the array.
  ///
  /// - Returns: Whether there is an element, which comes next.
  /// - Throws: ``ScanningError`` at a fault.
  public mutating func nextElement() throws(ScanningError) -> Bool {
    try stepToElement()
  }

  /// Reads a string.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func string() throws(ScanningError) -> JSONString {
    guard nextByte == 0x22 else { throw try mismatch("a string was expected") }
    _ = try next()
    return unsafe JSONString(raw: text, hasEscapes: hasEscapes)
  }

  /// Reads a number and gives its text.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func number() throws(ScanningError) -> UnsafeRawBufferPointer {
    guard try kind() == .number else { throw expected("a number was expected") }
    _ = try next()
    return unsafe text
  }

  /// Reads `true` or `false`.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func boolean() throws(ScanningError) -> Bool {
    guard try kind() == .boolean else { throw expected("true or false was expected") }
    return try next() == .true
  }

  /// Reads `null`.
  ///
  /// - Throws: ``ScanningError`` when something else comes.
  public mutating func null() throws(ScanningError) {
    guard try kind() == .null else { throw expected("null was expected") }
    _ = try next()
  }

  /// Checks that nothing follows the value.
  ///
  /// - Throws: ``ScanningError`` when something does, or the value is not complete.
  public mutating func finish() throws(ScanningError) {
    guard try next() == .end else {
      throw fault(.malformed, "the value is not complete", at: offset)
    }
  }

  /// The fault of a value that is not of the kind that was expected.
  private func mismatch(_ message: String) throws(ScanningError) -> ScanningError {
    _ = try kind()
    return expected(message)
  }
}
