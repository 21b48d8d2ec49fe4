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
  while offset + 8 <= bytes.count {
    let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    state = mix(state, UInt64(littleEndian: word))
    offset += 8
  }
  var tail: UInt64 = 0
  var shift: UInt64 = 0
  while offset < bytes.count {
    unsafe tail |= UInt64(bytes[offset]) << shift
    shift += 8
    offset += 1
  }
  state = mix(state, tail)
  return mix(state, 0xA076_1D64_78BD_642F)
}

@inline(__always)
private func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
  let product = (state ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(
    by: word ^ 0x8EBC_6AF0_9C88_C6E3)
  return product.high ^ product.low ^ (state << 23 | state >> 41)
}
