// Whole values, and what strings say.
extension JSONReader {
  /// Passes over the next value, with everything in it.
  ///
  /// - Returns: `false` when no value comes next: the array ends, or the text.
  /// - Throws: ``ScanningError`` when there is a fault in the value.
  @discardableResult
  public mutating func skipValue() throws(ScanningError) -> Bool {
    switch try next() {
    case .beginObject, .beginArray:
      try skipRest()
      return true
    case .endArray, .endObject, .end:
      return false
    case .key:
      return try skipValue()
    case .string, .number, .true, .false, .null:
      return true
    }
  }

  /// Passes over what is left of the innermost object or array, with its end.
  ///
  /// - Precondition: An object or array is open.
  /// - Throws: ``ScanningError`` when there is a fault in it.
  public mutating func skipRest() throws(ScanningError) {
    precondition(depth > 0, "an object or array must be open")
    let outer = depth - 1
    while depth > outer { _ = try next() }
  }

  /// The bytes of the next value as written, with everything in it; `nil` when no value comes next.
  ///
  /// - Throws: ``ScanningError`` when there is a fault in the value.
  public mutating func rawValue() throws(ScanningError) -> UnsafeRawBufferPointer? {
    let token = try next()
    let first = start
    switch token {
    case .endArray, .endObject, .end, .key: return nil
    case .beginObject, .beginArray:
      try skipRest()
      return unsafe UnsafeRawBufferPointer(start: base + first, count: start + 1 - first)
    case .string:
      return unsafe UnsafeRawBufferPointer(start: base + first, count: textEnd + 1 - first)
    case .number, .true, .false, .null:
      return unsafe UnsafeRawBufferPointer(start: base + first, count: textEnd - first)
    }
  }

  /// Appends the value of the last string or key, with its escapes resolved.
  public func unescapedString(into output: inout ByteBuffer) {
    if hasEscapes {
      unsafe appendUnescaped(text, to: &output)
    } else {
      unsafe output.append(text)
    }
  }

  /// Whether the value of the last string or key is a literal.
  public func isText(_ literal: StaticString) -> Bool {
    let wanted = unsafe UnsafeRawBufferPointer(
      start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    guard hasEscapes else {
      guard textEnd - textStart == wanted.count else { return false }
      var index = 0
      while index < wanted.count {
        if unsafe base[textStart + index] != wanted[index] { return false }
        index += 1
      }
      return true
    }
    var value = ByteBuffer()
    unsafe appendUnescaped(text, to: &value)
    return unsafe value.bytes.elementsEqual(wanted)
  }
}
