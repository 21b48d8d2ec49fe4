internal import CScanning

/// Where a JSON value ends that begins at a place; nothing is checked but its brackets and quotes.
///
/// - Parameters:
///   - bytes: The bytes.
///   - start: Where the value begins.
///   - isFinal: Whether the input ends with these bytes, so that a number may end there too.
/// - Returns: The place after the value; `nil` when the bytes end first.
/// - Complexity: O(*n*), 16 bytes at a time in strings.
public func jsonValueEnd(
  _ bytes: UnsafeRawBufferPointer, from start: Int, isFinal: Bool
) -> Int? {
  let count = bytes.count
  var at = start
  var depth = 0
  while at < count {
    switch unsafe bytes[at] {
    case 0x22:
      guard let end = unsafe stringEnd(bytes, from: at + 1) else { return nil }
      at = end
      if depth == 0 { return at + 1 }
    case 0x7B, 0x5B: depth += 1
    case 0x7D, 0x5D:
      if depth == 0 { return at }
      depth -= 1
      if depth == 0 { return at + 1 }
    case 0x2C, 0x20, 0x0A, 0x0D, 0x09:
      if depth == 0 { return at }
    default: break
    }
    at += 1
  }
  return isFinal && depth == 0 ? count : nil
}

/// The place of the quote that ends a string.
private func stringEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
  guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
  var flags: UInt32 = 0
  let end = unsafe cbl_json_string_end(base, Int64(start), Int64(bytes.count), &flags)
  if end >= 0 { return Int(end) }
  // A control character, which the reader will refuse, or no end.
  var at = start
  while at < bytes.count {
    let byte = unsafe bytes[at]
    if byte == 0x22 { return at }
    at += byte == 0x5C ? 2 : 1
  }
  return nil
}
