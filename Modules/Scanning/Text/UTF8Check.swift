/// Whether bytes are valid UTF-8; fast over ASCII.
///
/// - Complexity: O(*n*).
public func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  unsafe validUTF8Prefix(bytes) == bytes.count
}

/// How many bytes from the start are valid UTF-8.
///
/// - Complexity: O(*n*).
public func validUTF8Prefix(_ bytes: UnsafeRawBufferPointer) -> Int {
  var index = 0
  let count = bytes.count
  while index < count {
    if index + 8 <= count,
      unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080
        == 0
    {
      index += 8
      continue
    }
    let first = unsafe bytes[index]
    if first < 0x80 {
      index += 1
      continue
    }
    guard let length = unsafe sequenceLength(bytes, at: index) else { return index }
    index += length
  }
  return count
}

/// The length of the sequence of several bytes at a place, or `nil` when it is not valid.
private func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int? {
  let first = unsafe bytes[index]
  let length: Int
  var low: UInt8 = 0x80
  var high: UInt8 = 0xBF
  switch first {
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, low) = (3, 0xA0)
  case 0xED: (length, high) = (3, 0x9F)
  case 0xE1...0xEF: length = 3
  case 0xF0: (length, low) = (4, 0x90)
  case 0xF4: (length, high) = (4, 0x8F)
  case 0xF1...0xF3: length = 4
  default: return nil
  }
  guard index + length <= bytes.count else { return nil }
  let second = unsafe bytes[index + 1]
  guard second >= low, second <= high else { return nil }
  for offset in 2..<max(2, length) {
    guard unsafe bytes[index + offset] & 0xC0 == 0x80 else { return nil }
  }
  return length
}
