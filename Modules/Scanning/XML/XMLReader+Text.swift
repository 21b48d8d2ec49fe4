// Characters: references, line ends, what XML allows, and places for errors.
extension XMLReader {
  /// The text of a range with its references resolved and its line ends made line feeds.
  func resolve(_ range: Range<Int>, isAttribute: Bool) throws(ScanningError) -> String {
    try check(range)
    var buffer = ByteBuffer(capacity: range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe bytes[index]
      switch byte {
      case UInt8(ascii: "&"):
        index = try reference(at: index, end: range.upperBound, into: &buffer)
        continue
      case 0x0D:
        buffer.append(isAttribute ? 0x20 : 0x0A)
        if index + 1 < range.upperBound, unsafe bytes[index + 1] == 0x0A { index += 1 }
      case 0x09 where isAttribute, 0x0A where isAttribute:
        buffer.append(0x20)
      case UInt8(ascii: "]") where !isAttribute:
        if unsafe index + 2 < range.upperBound && bytes[index + 1] == byte
          && bytes[index + 2] == UInt8(ascii: ">")
        {
          throw fault(.malformed, "]]> in text must be written ]]&gt;", at: index)
        }
        buffer.append(byte)
      default:
        buffer.append(byte)
      }
      index += 1
    }
    return unsafe String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// The text of a CDATA section with its line ends made line feeds.
  func literal(_ range: Range<Int>) throws(ScanningError) -> String {
    try check(range)
    var buffer = ByteBuffer(capacity: range.count)
    for index in range {
      let byte = unsafe bytes[index]
      if byte != 0x0D {
        buffer.append(byte)
      } else if unsafe index + 1 == range.upperBound || bytes[index + 1] != 0x0A {
        buffer.append(0x0A)
      }
    }
    return unsafe String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// Checks that a range is UTF-8 and holds only characters that XML 1.0 allows (section 2.2).
  func check(_ range: Range<Int>) throws(ScanningError) {
    let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    let valid = unsafe validUTF8Prefix(text)
    guard valid == text.count else {
      throw fault(.encoding, "the text is not valid UTF-8", at: range.lowerBound + valid)
    }
    for index in range {
      let byte = unsafe bytes[index]
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
        throw fault(.malformed, "XML allows no control characters", at: index)
      }
      if unsafe byte == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE {
        throw fault(.malformed, "XML does not allow the characters FFFE and FFFF", at: index)
      }
    }
  }

  /// Appends what a reference stands for; returns where it ends.
  private func reference(
    at start: Int, end: Int, into buffer: inout ByteBuffer
  ) throws(ScanningError) -> Int {
    var index = start + 1
    while unsafe index < end && index - start < 12 && bytes[index] != UInt8(ascii: ";") {
      index += 1
    }
    guard index < end, unsafe bytes[index] == UInt8(ascii: ";") else {
      throw fault(.malformed, "an & must be written &amp; or begin a reference", at: start)
    }
    let name = try string(start + 1..<index)
    switch name {
    case "amp": buffer.append(UInt8(ascii: "&"))
    case "lt": buffer.append(UInt8(ascii: "<"))
    case "gt": buffer.append(UInt8(ascii: ">"))
    case "quot": buffer.append(UInt8(ascii: "\""))
    case "apos": buffer.append(UInt8(ascii: "'"))
    default:
      guard let scalar = Self.number(name), Self.isAllowed(scalar) else {
        throw fault(.refused, "the entity &\(name); is not one of XML's own", at: start)
      }
      buffer.append(scalar: scalar)
    }
    return index + 1
  }

  private static func number(_ name: String) -> UInt32? {
    guard name.utf8.first == UInt8(ascii: "#") else { return nil }
    let digits = name.dropFirst()
    // The library's reader also takes signs.
    guard !name.utf8.contains(UInt8(ascii: "+")), !name.utf8.contains(UInt8(ascii: "-")) else {
      return nil
    }
    guard digits.utf8.first == UInt8(ascii: "x") else { return UInt32(digits) }
    return UInt32(digits.dropFirst(), radix: 16)
  }

  /// Whether XML 1.0 allows a character (section 2.2).
  private static func isAllowed(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  func string(_ range: Range<Int>) throws(ScanningError) -> String {
    try check(range)
    return unsafe String(
      decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  func position(of place: Int) -> (line: UInt64, column: UInt64) {
    var line: UInt64 = 1
    var lineStart = 0
    for index in unsafe 0..<min(place, bytes.count) where unsafe bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return (line, UInt64(place - lineStart + 1))
  }

  func fault(_ code: ScanningError.Code, _ message: String, at place: Int) -> ScanningError {
    let (line, column) = position(of: place)
    return ScanningError(code, message, line: line, column: column)
  }
}
