internal import CScanning

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
  let count = bytes.count
  guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
  var index = 0
  while true {
    index = unsafe Int(cbl_find_high(base, Int64(index), Int64(count)))
    // Where one letter is not ASCII, the next is often not either.
    while index < count, unsafe base[index] >= 0x80 {
      guard let length = unsafe sequenceLength(bytes, at: index) else { return index }
      index += length
    }
    if index >= count { break }
  }
  return count
}

/// The length of the sequence of several bytes at a place, or `nil` when it is not valid.
@inline(__always)
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
