public import Scanning

/// Texts and numbers of JSON, for writing.
public enum JSONText {
  /// Appends a string in quotes.
  public static func append(_ value: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
    buffer.append(0x22)
    var start = 0
    for index in 0..<value.count {
      let byte = unsafe value[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
      unsafe buffer.append(UnsafeRawBufferPointer(rebasing: value[start..<index]))
      start = index + 1
      appendEscape(byte, to: &buffer)
    }
    unsafe buffer.append(UnsafeRawBufferPointer(rebasing: value[start...]))
    buffer.append(0x22)
  }

  private static func appendEscape(_ byte: UInt8, to buffer: inout ByteBuffer) {
    buffer.append(0x5C)
    switch byte {
    case 0x22, 0x5C: buffer.append(byte)
    case 0x0A: buffer.append(0x6E)
    case 0x0D: buffer.append(0x72)
    case 0x09: buffer.append(0x74)
    default:
      buffer.append("u00")
      buffer.append(0x30 + byte >> 4)
      let low = byte & 0x0F
      buffer.append(low < 10 ? 0x30 + low : 0x57 + low)
    }
  }

  /// Whether a decimal is also a number in JSON, which has no leading zeros.
  public static func isNumber(_ value: UnsafeRawBufferPointer) -> Bool {
    let first = unsafe value.count > 0 && value[0] == 0x2D ? 1 : 0
    guard first < value.count, unsafe value[first] &- 0x30 < 10 else { return false }
    guard unsafe value[first] == 0x30, first + 1 < value.count else { return true }
    return unsafe value[first + 1] &- 0x30 >= 10
  }
}
