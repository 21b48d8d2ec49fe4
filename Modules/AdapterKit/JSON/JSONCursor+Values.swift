public import CAdapterABI
public import Scanning

// Strings, numbers and words.
extension JSONCursor {
  /// Reads a string.
  public mutating func string() throws(ScanningError) -> JSONString {
    guard try peek() == 0x22 else { throw malformed("a string was expected") }
    let start = place + 1
    var at = start
    var hasEscapes = false
    while true {
      at = passPlain(from: at)
      guard at < count else {
        throw ScanningError(
          .truncated, "the text ends in the middle of a string", line: 1,
          column: UInt64(place + 1))
      }
      let byte = unsafe base[at]
      if byte == 0x22 { break }
      guard byte == 0x5C else {
        place = at
        throw malformed("control characters must be escaped in a string")
      }
      hasEscapes = true
      at = try passEscape(at)
    }
    guard at - start <= Self.stringLimit else {
      throw ScanningError(
        .limit, "the string is longer than \(Self.stringLimit) bytes", line: 1,
        column: UInt64(place + 1))
    }
    place = at + 1
    return unsafe JSONString(
      raw: UnsafeRawBufferPointer(start: base + start, count: at - start),
      hasEscapes: hasEscapes)
  }

  /// The first place that holds a quote, backslash or control character.
  @inline(__always)
  private mutating func passPlain(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var at = start
    var high: UInt64 = 0
    while at &+ 8 <= count {
      let word = unsafe UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      let controls = (word &- (ones &* 0x20)) & ~word
      let hits =
        (((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | controls) & highs
      guard hits == 0 else {
        let offset = UInt64(littleEndian: hits).trailingZeroBitCount >> 3
        if offset > 0 { high |= word & (~0 >> UInt64(64 - offset * 8)) }
        highBits |= high
        return at &+ offset
      }
      high |= word
      at &+= 8
    }
    while at < count {
      let byte = unsafe base[at]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
      high |= UInt64(byte)
      at &+= 1
    }
    highBits |= high
    return at
  }

  /// Passes an escape; a lone half of a surrogate pair is refused.
  private mutating func passEscape(_ start: Int) throws(ScanningError) -> Int {
    guard start + 1 < count else {
      throw ScanningError(
        .truncated, "the text ends in the middle of a string", line: 1,
        column: UInt64(start + 1))
    }
    let letter = unsafe base[start + 1]
    switch letter {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return start + 2
    case 0x75:
      guard let first = unit(at: start + 2) else { break }
      if first & 0xFC00 == 0xD800 {
        guard start + 7 < count, unsafe base[start + 6] == 0x5C, unsafe base[start + 7] == 0x75,
          let second = unit(at: start + 8), second & 0xFC00 == 0xDC00
        else { break }
        return start + 12
      }
      guard first & 0xFC00 != 0xDC00 else { break }
      return start + 6
    default: break
    }
    place = start
    throw malformed("this escape is not allowed")
  }

  /// The four hexadecimal digits at a place.
  private func unit(at start: Int) -> UInt32? {
    guard start + 4 <= count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      let byte = unsafe base[index]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Reads a number and gives its text.
  public mutating func number() throws(ScanningError) -> UnsafeRawBufferPointer {
    let first = try peek()
    let start = place
    var at = place
    if first == 0x2D { at += 1 }
    guard let whole = digits(from: at) else { throw malformed("a number was expected") }
    if whole - at > 1, unsafe base[at] == 0x30 {
      throw malformed("a number must not begin with 0")
    }
    at = whole
    if at < count, unsafe base[at] == 0x2E {
      guard let end = digits(from: at + 1) else {
        throw malformed("digits must follow the point")
      }
      at = end
    }
    if at < count, unsafe base[at] | 0x20 == 0x65 {
      at += 1
      if at < count, unsafe base[at] == 0x2B || base[at] == 0x2D { at += 1 }
      guard let end = digits(from: at) else {
        throw malformed("digits must follow the exponent's sign")
      }
      at = end
    }
    guard at - start <= Self.numberLimit else {
      throw ScanningError(
        .limit, "the number has more than \(Self.numberLimit) characters", line: 1,
        column: UInt64(start + 1))
    }
    place = at
    return unsafe UnsafeRawBufferPointer(start: base + start, count: at - start)
  }

  private func digits(from start: Int) -> Int? {
    var at = start
    while at < count, unsafe base[at] &- 0x30 < 10 { at &+= 1 }
    return at > start ? at : nil
  }

  /// Reads `true` or `false`.
  public mutating func boolean() throws(ScanningError) -> Bool {
    if try peek() == 0x74 {
      try word("true")
      return true
    }
    try word("false")
    return false
  }

  /// Reads `null`.
  public mutating func null() throws(ScanningError) {
    _ = try peek()
    try word("null")
  }

  private mutating func word(_ literal: StaticString) throws(ScanningError) {
    let length = literal.utf8CodeUnitCount
    guard place + length <= count else {
      throw ScanningError(
        .truncated, "the text ends in the middle of a value", line: 1,
        column: UInt64(count + 1))
    }
    for index in 0..<length {
      guard unsafe base[place + index] == literal.utf8Start[index] else {
        throw malformed("true, false or null was expected")
      }
    }
    place += length
  }
}

extension JSONString {
  /// Appends the text without escapes.
  public func append(to buffer: inout ByteBuffer) {
    guard hasEscapes else { return unsafe buffer.append(raw) }
    var index = 0
    while unsafe index < raw.count {
      let byte = unsafe raw[index]
      guard byte == 0x5C else {
        buffer.append(byte)
        index += 1
        continue
      }
      index += appendEscape(at: index, to: &buffer)
    }
  }

  private func appendEscape(at index: Int, to buffer: inout ByteBuffer) -> Int {
    let letter = unsafe raw[index + 1]
    switch letter {
    case 0x62: buffer.append(0x08)
    case 0x66: buffer.append(0x0C)
    case 0x6E: buffer.append(0x0A)
    case 0x72: buffer.append(0x0D)
    case 0x74: buffer.append(0x09)
    case 0x75:
      let first = unit(at: index + 2)
      guard first & 0xFC00 == 0xD800 else {
        append(scalar: first, to: &buffer)
        return 6
      }
      let second = unit(at: index + 8)
      append(
        scalar: 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF)), to: &buffer)
      return 12
    default: buffer.append(letter)
    }
    return 2
  }

  private func unit(at start: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in unsafe start..<min(start + 4, raw.count) {
      let byte = unsafe raw[index]
      value = value << 4 | UInt32(byte < 0x3A ? byte & 0x0F : (byte & 0x0F) + 9)
    }
    return value
  }

  private func append(scalar: UInt32, to buffer: inout ByteBuffer) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { buffer.append(byte) }
  }
}

extension RecordSink {
  /// The text of a JSON string: a slice of the document, or a copy when there are escapes.
  ///
  /// - Parameters:
  ///   - string: The string.
  ///   - scratch: A buffer whose contents may be overwritten.
  public mutating func text(_ string: JSONString, scratch: inout ByteBuffer) -> Text {
    guard string.hasEscapes else { return unsafe Text(string.raw) }
    scratch.removeAll()
    string.append(to: &scratch)
    return unsafe copy(scratch.bytes)
  }
}
