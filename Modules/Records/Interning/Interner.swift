internal import CScanning

/// Gives equal identifiers equal numbers, counted from 0 in the order of first sight.
///
/// Identifiers are compared byte for byte. Canonical lower-case UUIDs and identifiers of at most
/// 15 bytes live in their slot, so that a look-up touches one cache line; longer ones are kept
/// aside and compared there. The hash is seeded, so that no input can force collisions.
@safe
public struct Interner: ~Copyable {
  struct Slot {
    var low: UInt64
    var high: UInt64
    var number: UInt32
    /// 0 empty, 1 UUID, 2 short, 3 long.
    var form: UInt32
    /// Of a long identifier: where its bytes are.
    var offset: UInt64
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private let seed: UInt64
  private var longBytes: [UInt8] = []

  /// How many numbers were given.
  public private(set) var count = 0

  /// An empty interner.
  ///
  /// - Parameter seed: Seed of the hash; results do not depend on it.
  public init(seed: UInt64 = .random(in: .min ... .max)) {
    self.seed = seed
    mask = 63
    unsafe slots = .allocate(capacity: 64)
    unsafe slots.initialize(
      repeating: Slot(low: 0, high: 0, number: 0, form: 0, offset: 0), count: 64)
  }

  deinit {
    unsafe slots.deallocate()
  }

  /// The number of an identifier, or `nil` when it was not seen.
  ///
  /// - Complexity: O(1) expected.
  public func number(of bytes: UnsafeRawBufferPointer) -> UInt32? {
    let key = unsafe Key(bytes, seed: seed)
    let place = unsafe place(of: key, bytes)
    return unsafe slots[place].form == 0 ? nil : slots[place].number
  }

  /// The number of an identifier; a new one when it was not seen.
  ///
  /// - Complexity: O(1) expected, amortised.
  @discardableResult
  public mutating func insert(_ bytes: UnsafeRawBufferPointer) -> (number: UInt32, isNew: Bool) {
    let key = unsafe Key(bytes, seed: seed)
    var place = unsafe place(of: key, bytes)
    if unsafe slots[place].form != 0 { return unsafe (slots[place].number, false) }
    if (count + 1) * 10 > (mask + 1) * 6 {
      grow()
      place = unsafe self.place(of: key, bytes)
    }
    let number = UInt32(truncatingIfNeeded: count)
    var offset: UInt64 = 0
    if key.form == 3 {
      offset = UInt64(longBytes.count)
      unsafe longBytes.append(contentsOf: unsafe bytes)
    }
    unsafe slots[place] = Slot(
      low: key.low, high: key.high, number: number, form: key.form, offset: offset)
    count += 1
    return (number, true)
  }

  /// Looks up the identifiers of a column of rows.
  ///
  /// The slots of many rows are asked for before the first is looked at, so the waits overlap.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - cells: The first row's cell: the address of the bytes, then their count.
  ///   - stride: Bytes from a cell to the next row's.
  ///   - numbers: Gets one number a row, `UInt32.max` for a blank or unknown identifier.
  /// - Returns: How many identifiers are not blank and unknown.
  public func look(
    up count: Int, cells: UnsafeRawPointer, stride: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe withUnsafeTemporaryAllocation(of: Key.self, capacity: 64) { keys in
      var unknown = 0
      var start = 0
      while start < count {
        let rows = min(64, count - start)
        for row in 0..<rows {
          let cell = unsafe cells + (start + row) * stride
          let bytes = unsafe Self.bytes(of: cell)
          let key = unsafe bytes.count > 0 ? Key(bytes, seed: seed) : .none
          unsafe keys[row] = key
          unsafe cbl_prefetch(slots + (Int(truncatingIfNeeded: key.hash >> 20) & mask))
        }
        for row in 0..<rows {
          let key = unsafe keys[row]
          guard key.form != 0 else {
            unsafe numbers[start + row] = .max
            continue
          }
          let bytes =
            unsafe key.form == 3
            ? Self.bytes(of: cells + (start + row) * stride)
            : UnsafeRawBufferPointer(start: nil, count: 0)
          let slot = unsafe slots[place(of: key, bytes)]
          unsafe numbers[start + row] = slot.form == 0 ? .max : slot.number
          if slot.form == 0 { unknown += 1 }
        }
        start += rows
      }
      return unknown
    }
  }

  @inline(__always)
  private static func bytes(of cell: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(
      start: cell.load(as: UnsafeRawPointer?.self),
      count: cell.load(fromByteOffset: 8, as: Int.self))
  }

  /// The slot that holds the key, or the empty one where it belongs.
  @inline(__always)
  private func place(of key: Key, _ bytes: UnsafeRawBufferPointer) -> Int {
    var place = Int(truncatingIfNeeded: key.hash >> 20) & mask
    while true {
      let slot = unsafe slots[place]
      if slot.form == 0 { return place }
      if slot.low == key.low, slot.high == key.high, slot.form == key.form {
        if key.form != 3 { return place }
        if unsafe sameLong(slot, bytes) { return place }
      }
      place = (place + 1) & mask
    }
  }

  private func sameLong(_ slot: Slot, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = Int(slot.offset)
    guard Int(slot.high) == bytes.count, start + bytes.count <= longBytes.count else {
      return false
    }
    for index in 0..<bytes.count {
      if unsafe longBytes[start + index] != bytes[index] { return false }
    }
    return true
  }

  private mutating func grow() {
    let old = unsafe slots
    let oldCount = mask + 1
    let newCount = oldCount * 2
    mask = newCount - 1
    unsafe slots = .allocate(capacity: newCount)
    unsafe slots.initialize(
      repeating: Slot(low: 0, high: 0, number: 0, form: 0, offset: 0), count: newCount)
    for index in 0..<oldCount {
      let slot = unsafe old[index]
      guard slot.form != 0 else { continue }
      var place = Int(truncatingIfNeeded: Key.mix(slot.low, slot.high, seed) >> 20) & mask
      while unsafe slots[place].form != 0 { place = (place + 1) & mask }
      unsafe slots[place] = slot
    }
    unsafe old.deallocate()
  }
}

/// An identifier as 16 bytes and a form.
struct Key {
  var low: UInt64
  var high: UInt64
  var form: UInt32
  var hash: UInt64

  /// Stands for a blank identifier.
  static let none = Key()

  private init() {
    (low, high, form, hash) = (0, 0, 0, 0)
  }

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, seed: UInt64) {
    if bytes.count == 36, let uuid = unsafe Key.uuid(bytes) {
      (low, high) = uuid
      form = 1
    } else if bytes.count <= 15 {
      (low, high) = unsafe Key.short(bytes)
      form = 2
    } else {
      low = unsafe Key.hash(bytes, seed: seed)
      high = UInt64(bytes.count)
      form = 3
    }
    hash = Key.mix(low, high, seed)
  }

  @inline(__always)
  static func mix(_ low: UInt64, _ high: UInt64, _ seed: UInt64) -> UInt64 {
    let product = (low ^ seed).multipliedFullWidth(by: high ^ 0x9E37_79B9_7F4A_7C15 ^ (seed << 1))
    let folded = product.high ^ product.low
    return (folded ^ (folded >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }

  @inline(__always)
  static func short(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    let count = bytes.count
    var low: UInt64 = 0
    var high: UInt64 = 0
    if count >= 8 {
      low = unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
      // The last eight bytes overlap the first ones; with the count they are unique.
      high = unsafe bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      high = count > 8 ? high >> (UInt64(16 - count) * 8) : 0
    } else {
      for index in 0..<count { unsafe low |= UInt64(bytes[index]) << UInt64(index * 8) }
    }
    return (low, high | (UInt64(count) << 56))
  }

  /// The value of a canonical lower-case UUID, or `nil`.
  @inline(__always)
  static func uuid(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64)? {
    // Hyphens are at 8, 13, 18 and 23; the hex digits are read as four groups of eight.
    guard unsafe bytes[8] == 0x2D, unsafe bytes[13] == 0x2D, unsafe bytes[18] == 0x2D,
      unsafe bytes[23] == 0x2D
    else { return nil }
    let first = unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    let second =
      unsafe UInt64(bytes.loadUnaligned(fromByteOffset: 9, as: UInt32.self))
      | UInt64(bytes.loadUnaligned(fromByteOffset: 14, as: UInt32.self)) << 32
    let third =
      unsafe UInt64(bytes.loadUnaligned(fromByteOffset: 19, as: UInt32.self))
      | UInt64(bytes.loadUnaligned(fromByteOffset: 24, as: UInt32.self)) << 32
    let fourth = unsafe bytes.loadUnaligned(fromByteOffset: 28, as: UInt64.self)
    guard isHex(first), isHex(second), isHex(third), isHex(fourth) else { return nil }
    return (
      UInt64(nibbles(first)) | UInt64(nibbles(second)) << 32,
      UInt64(nibbles(third)) | UInt64(nibbles(fourth)) << 32
    )
  }

  /// Whether eight bytes are all of `0-9a-f`.
  @inline(__always)
  private static func isHex(_ word: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    guard word & high == 0 else { return false }
    let one: UInt64 = 0x0101_0101_0101_0101
    // A byte of 7 bits plus a bias sets its top bit when it is at least a bound.
    let from0 = word &+ one &* (0x80 - 0x30)
    let past9 = word &+ one &* (0x80 - 0x3A)
    let fromA = word &+ one &* (0x80 - 0x61)
    let pastF = word &+ one &* (0x80 - 0x67)
    return ((from0 & ~past9) | (fromA & ~pastF)) & high == high
  }

  /// Eight hex digits as 32 bits, in an order of its own.
  @inline(__always)
  private static func nibbles(_ word: UInt64) -> UInt32 {
    let letters = (word >> 6) & 0x0101_0101_0101_0101
    let values = (word & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
    let pairs = (values | (values >> 4)) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs | (pairs >> 8)) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: quads | (quads >> 16))
  }

  static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(bytes.count)
    var offset = 0
    while offset + 8 <= bytes.count {
      state = mix(
        state, unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self), seed)
      offset += 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      unsafe tail |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    return mix(state, tail ^ 0xD6E8_FEB8_6659_FD93, seed)
  }
}
