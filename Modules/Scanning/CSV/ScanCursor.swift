internal import CScanning

/// Walks over the delimiters, quotes and line ends of a chunk, from mask to mask.
@safe
struct ScanCursor {
  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let delimiter: UInt8
  private let quote: UInt8
  /// Where the block begins.
  private(set) var block = 0
  /// The block after it, where the next look begins.
  private(set) var next = 0
  /// What is left of the block.
  var mask: UInt64 = 0
  /// Whether a byte of 128 or more was seen.
  private(set) var sawHigh = false
  /// Whether a byte of 0 was seen.
  private(set) var sawNUL = false

  init(_ base: UnsafePointer<UInt8>, count: Int, _ dialect: CSVDialect) {
    unsafe self.base = unsafe base
    self.count = count
    delimiter = dialect.delimiter
    quote = dialect.quote
  }

  /// Goes on to a block in which something is left; `false` at the end.
  @inline(__always)
  mutating func fill() -> Bool {
    while mask == 0 {
      if next >= count { return false }
      load()
    }
    return true
  }

  /// Passes over blocks that somebody else has looked at.
  @inline(__always)
  mutating func skip(to place: Int, sawHigh: Bool, sawNUL: Bool) {
    next = place
    self.sawHigh = self.sawHigh || sawHigh
    self.sawNUL = self.sawNUL || sawNUL
  }

  /// Takes the next place of the block, if there is one.
  @inline(__always)
  mutating func take() -> Int? {
    guard mask != 0 else { return nil }
    let place = block + mask.trailingZeroBitCount
    mask &= mask - 1
    return place
  }

  /// Goes to a place at or after the last one given.
  @inline(__always)
  mutating func jump(to place: Int) {
    let target = place & ~63
    while block < target {
      guard next < count else {
        mask = 0
        return
      }
      load()
    }
    mask &= ~UInt64(0) << UInt64(place & 63)
  }

  @inline(__always)
  private mutating func load() {
    block = next
    next = block &+ 64
    let found: cbl_block
    if block + 64 <= count {
      found = unsafe cbl_block_of(base + block, delimiter, quote)
      sawNUL = sawNUL || found.nul != 0
    } else {
      found = tail()
    }
    mask = found.special
    sawHigh = sawHigh || found.high != 0
  }

  /// The last, short block.
  private mutating func tail() -> cbl_block {
    let left = count - block
    // The padding is a letter, which no mask marks.
    var padded = [UInt8](repeating: 0x61, count: 64)
    for index in 0..<left { padded[index] = unsafe base[block + index] }
    let found = unsafe padded.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe cbl_block_plain($0, delimiter, quote) }
    }
    guard let found else { return cbl_block() }
    sawNUL = sawNUL || found.nul != 0
    let live = left >= 64 ? ~UInt64(0) : (UInt64(1) << UInt64(left)) - 1
    return cbl_block(special: found.special & live, high: found.high & live, nul: found.nul)
  }
}
