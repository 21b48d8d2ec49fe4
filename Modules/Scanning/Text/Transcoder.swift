/// Turns bytes of an encoding into UTF-8, chunk by chunk.
public struct Transcoder: ~Copyable {
  /// The encoding that is read.
  public let encoding: TextEncoding
  private var offset: UInt64 = 0

  /// A transcoder at the start of a text.
  public init(from encoding: TextEncoding) {
    self.encoding = encoding
  }

  /// Appends the characters of a chunk to a buffer, as UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: The chunk; it begins with the bytes that the last call did not use.
  ///   - isFinal: Whether the text ends with the chunk.
  ///   - output: Gets the UTF-8 bytes.
  /// - Returns: How many bytes were used; a character that the chunk cuts is not.
  /// - Throws: ``ScanningError`` with code `encoding` when a sequence is not valid; its column is
  ///   the byte of the text, from 1.
  public mutating func decode(
    _ bytes: UnsafeRawBufferPointer, isFinal: Bool, into output: inout ByteBuffer
  ) throws(ScanningError) -> Int {
    let used: Int
    switch encoding {
    case .utf8:
      unsafe output.append(bytes)
      used = bytes.count
    case .latin1, .windows1252:
      used = bytes.count
      for index in 0..<bytes.count { try unsafe decode(byte: bytes[index], index, into: &output) }
    case .utf16LE, .utf16BE:
      used = try unsafe decode16(bytes, isFinal: isFinal, into: &output)
    }
    offset += UInt64(used)
    return used
  }

  private func decode(
    byte: UInt8, _ index: Int, into output: inout ByteBuffer
  ) throws(ScanningError) {
    var scalar = UInt32(byte)
    if encoding == .windows1252, (0x80...0x9F).contains(byte) {
      scalar = UInt32(windows1252High[Int(byte) - 0x80])
      guard scalar != 0 else {
        throw fault("byte \(byte) has no character in Windows-1252", at: index)
      }
    }
    output.append(scalar: scalar)
  }

  private func decode16(
    _ bytes: UnsafeRawBufferPointer, isFinal: Bool, into output: inout ByteBuffer
  ) throws(ScanningError) -> Int {
    var index = 0
    while index + 2 <= bytes.count {
      let unit = unsafe self.unit(bytes, index)
      guard unit & 0xF800 == 0xD800 else {
        output.append(scalar: UInt32(unit))
        index += 2
        continue
      }
      guard unit < 0xDC00 else { throw fault("half of a surrogate pair stands alone", at: index) }
      guard index + 4 <= bytes.count else { break }
      let second = unsafe self.unit(bytes, index + 2)
      guard second & 0xFC00 == 0xDC00 else {
        throw fault("half of a surrogate pair stands alone", at: index)
      }
      output.append(
        scalar: 0x10000 + (UInt32(unit & 0x3FF) << 10) + UInt32(second & 0x3FF))
      index += 4
    }
    if isFinal, index < bytes.count { throw fault("the text ends inside a character", at: index) }
    return index
  }

  private func unit(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt16 {
    let first = UInt16(unsafe bytes[index])
    let second = UInt16(unsafe bytes[index + 1])
    return encoding == .utf16LE ? first | second << 8 : first << 8 | second
  }

  private func fault(_ message: String, at index: Int) -> ScanningError {
    ScanningError(.encoding, message, line: 0, column: offset + UInt64(index) + 1)
  }
}

/// Appends text to a buffer in an encoding.
///
/// - Parameters:
///   - utf8: The text, valid UTF-8.
///   - encoding: The encoding to write.
///   - output: Gets the bytes.
/// - Returns: `false` when a character has no code in the encoding; it is written as `?`.
@discardableResult
public func encode(
  _ utf8: UnsafeRawBufferPointer, to encoding: TextEncoding, into output: inout ByteBuffer
) -> Bool {
  if encoding == .utf8 {
    unsafe output.append(utf8)
    return true
  }
  var isWhole = true
  for scalar in unsafe String(decoding: utf8, as: UTF8.self).unicodeScalars {
    switch encoding {
    case .utf8: break
    case .utf16LE, .utf16BE:
      for unit in String(scalar).utf16 {
        let low = UInt8(truncatingIfNeeded: unit)
        let high = UInt8(truncatingIfNeeded: unit >> 8)
        output.append(encoding == .utf16LE ? low : high)
        output.append(encoding == .utf16LE ? high : low)
      }
    case .latin1, .windows1252:
      if let code = code(of: scalar, in: encoding) {
        output.append(code)
      } else {
        output.append(UInt8(ascii: "?"))
        isWhole = false
      }
    }
  }
  return isWhole
}

private func code(of scalar: Unicode.Scalar, in encoding: TextEncoding) -> UInt8? {
  if encoding == .windows1252 {
    if let place = windows1252High.firstIndex(of: UInt16(truncatingIfNeeded: scalar.value)),
      scalar.value > 0xFF
    {
      return UInt8(0x80 + place)
    }
    if (0x80...0x9F).contains(scalar.value) { return nil }
  }
  return scalar.value <= 0xFF ? UInt8(scalar.value) : nil
}

extension ByteBuffer {
  /// Appends a Unicode scalar value as UTF-8.
  ///
  /// - Precondition: The value is no surrogate.
  public mutating func append(scalar: UInt32) {
    switch scalar {
    case 0..<0x80:
      append(UInt8(scalar))
    case 0x80..<0x800:
      append(UInt8(0xC0 | scalar >> 6))
      append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      append(UInt8(0xE0 | scalar >> 12))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    default:
      append(UInt8(0xF0 | scalar >> 18 & 0x07))
      append(UInt8(0x80 | scalar >> 12 & 0x3F))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
