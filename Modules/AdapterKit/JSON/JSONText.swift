public import Scanning

/// Texts and numbers of JSON, for writing.
public enum JSONText {
  /// Appends a string in quotes; see `ByteBuffer.appendJSON(_:)`.
  @inline(__always)
  public static func append(_ value: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
    unsafe buffer.appendJSON(value)
  }

  /// Whether a decimal is also a number in JSON, which has no leading zeros.
  public static func isNumber(_ value: UnsafeRawBufferPointer) -> Bool {
    let first = unsafe value.count > 0 && value[0] == 0x2D ? 1 : 0
    guard first < value.count, unsafe value[first] &- 0x30 < 10 else { return false }
    guard unsafe value[first] == 0x30, first + 1 < value.count else { return true }
    return unsafe value[first + 1] &- 0x30 >= 10
  }
}
