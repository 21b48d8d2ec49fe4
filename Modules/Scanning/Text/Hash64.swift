/// A 64-bit hash of bytes.
///
/// The same bytes and seed give the same hash on every machine. Where input fills a table, seed it
/// at random, so that nobody can aim at one slot.
///
/// - Complexity: O(*n*), eight bytes at a time.
public func hash64(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
  // The length is mixed in by itself, so that zeros at the end cannot stand for another seed.
  var state = mix(seed ^ 0x9E37_79B9_7F4A_7C15, UInt64(bytes.count))
  var offset = 0
  while offset &+ 16 <= bytes.count {
    let first = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let second = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
    state = mix(state ^ UInt64(littleEndian: first), UInt64(littleEndian: second))
    offset &+= 16
  }
  if offset &+ 8 <= bytes.count {
    let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    state = mix(state, UInt64(littleEndian: word))
    offset &+= 8
  }
  return unsafe mix(mix(state, tail(of: bytes, from: offset)), 0xA076_1D64_78BD_642F)
}

/// The bytes from an offset on, fewer than eight, as one word.
@inline(__always)
private func tail(of bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
  let left = bytes.count &- offset
  guard left > 0 else { return 0 }
  if bytes.count >= 8 {
    let last = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self)
    return UInt64(littleEndian: last) >> UInt64(8 &* (8 &- left))
  }
  var tail: UInt64 = 0
  var index = bytes.count &- 1
  while index >= offset {
    tail = unsafe tail << 8 | UInt64(bytes[index])
    index &-= 1
  }
  return tail
}

@inline(__always)
private func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
  let product = (state ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(
    by: word ^ 0x8EBC_6AF0_9C88_C6E3)
  return product.high ^ product.low ^ (state << 23 | state >> 41)
}
