internal import CScanning

/// The places of everything in JSON text that stands outside of strings: quotes, brackets, colons,
/// commas and the first byte of each other word.
///
/// Both quotes of a string are marked, so the place after that of an opening quote is that of the
/// closing one. The memory is reused from text to text.
@safe
struct JSONMarks: ~Copyable {
  /// The places, in order.
  private(set) var places: UnsafeMutablePointer<UInt32>
  private var capacity = 256
  private(set) var count = 0
  private(set) var hasBackslash = false
  private(set) var hasHigh = false
  /// The first control character that may not stand where it does.
  private(set) var control: Int?
  /// Whether the text ends inside a string; its quote is the last place.
  private(set) var endsInString = false
  private let padding: UnsafeMutablePointer<UInt8>

  init() {
    unsafe places = .allocate(capacity: capacity)
    unsafe padding = .allocate(capacity: 64)
    unsafe padding.initialize(repeating: 0x20, count: 64)
  }

  deinit {
    unsafe places.deallocate()
    unsafe padding.deallocate()
  }

  /// Forgets all places.
  mutating func removeAll() {
    count = 0
    endsInString = false
  }

  /// Finds the places of a text.
  ///
  /// - Complexity: O(*n*).
  mutating func scan(_ bytes: UnsafePointer<UInt8>, count length: Int) {
    count = 0
    hasBackslash = false
    hasHigh = false
    control = nil
    var state = State()
    var offset = 0
    while offset + 64 <= length {
      unsafe add(cbl_json_block_of(bytes + offset), bytes + offset, offset, &state)
      offset += 64
    }
    if offset < length {
      unsafe padding.update(repeating: 0x20, count: 64)
      unsafe padding.update(from: bytes + offset, count: length - offset)
      unsafe add(cbl_json_block_of(padding), padding, offset, &state)
    }
    hasBackslash = state.backslashes != 0
    hasHigh = state.high != 0
    endsInString = state.inString != 0
  }

  /// What one block hands on to the next.
  private struct State {
    /// All ones inside a string.
    var inString: UInt64 = 0
    /// 1 when the last byte was a backslash that escapes the next.
    var isEscaped: UInt64 = 0
    /// 1 when the last byte belongs to a word.
    var inWord: UInt64 = 0
    var backslashes: UInt64 = 0
    var high: UInt64 = 0
  }

  @inline(__always)
  private mutating func add(
    _ block: cbl_json_block, _ bytes: UnsafePointer<UInt8>, _ offset: Int, _ state: inout State
  ) {
    var quotes = block.quote
    if block.backslash | state.isEscaped != 0 {
      quotes &= ~escapedBytes(block.backslash, &state.isEscaped)
      state.backslashes |= block.backslash
    }
    state.high |= block.high
    let inString = prefixXor(quotes) ^ state.inString
    state.inString = UInt64(bitPattern: Int64(bitPattern: inString) >> 63)
    if block.control != 0, control == nil {
      unsafe check(block.control, inString, bytes, offset)
    }
    let words = ~(inString | quotes | block.structural | block.blank)
    let starts = words & ~(words << 1 | state.inWord)
    state.inWord = words >> 63
    append(block.structural & ~inString | quotes | starts, offset)
  }

  @inline(__always)
  private mutating func append(_ marks: UInt64, _ offset: Int) {
    if count + 64 > capacity { grow() }
    var bits = marks
    var next = count
    while bits != 0 {
      unsafe places[next] = UInt32(truncatingIfNeeded: offset &+ bits.trailingZeroBitCount)
      next &+= 1
      bits &= bits &- 1
    }
    count = next
  }

  private mutating func grow() {
    let bigger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
    unsafe bigger.update(from: places, count: count)
    unsafe places.deallocate()
    unsafe places = bigger
    capacity *= 2
  }

  /// The bytes after backslashes that are not escaped themselves.
  private func escapedBytes(_ backslashes: UInt64, _ carry: inout UInt64) -> UInt64 {
    var escaped = carry
    var left = backslashes & ~carry
    carry = 0
    while left != 0 {
      let place = UInt64(left.trailingZeroBitCount)
      if place == 63 {
        carry = 1
        break
      }
      escaped |= 2 << place
      left &= ~(3 << place)
    }
    return escaped
  }

  /// Notes the first control character in a string, and the first outside that is no line end or
  /// tab.
  private mutating func check(
    _ controls: UInt64, _ inString: UInt64, _ bytes: UnsafePointer<UInt8>, _ offset: Int
  ) {
    var bits = controls
    while bits != 0 {
      let place = bits.trailingZeroBitCount
      bits &= bits - 1
      let byte = unsafe bytes[place]
      if inString >> UInt64(place) & 1 == 0, byte == 0x0A || byte == 0x0D || byte == 0x09 {
        continue
      }
      control = offset + place
      return
    }
  }
}

/// A mask in which each bit says whether the count of bits up to it is odd.
@inline(__always)
private func prefixXor(_ bits: UInt64) -> UInt64 {
  var mask = bits
  mask ^= mask << 1
  mask ^= mask << 2
  mask ^= mask << 4
  mask ^= mask << 8
  mask ^= mask << 16
  mask ^= mask << 32
  return mask
}
