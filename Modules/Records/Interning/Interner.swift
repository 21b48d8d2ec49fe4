internal import CScanning

/// Gives equal identifiers equal numbers, counted from 0 in the order of first sight.
///
/// Identifiers are compared byte for byte. Canonical lower-case UUIDs and identifiers of at most
/// 15 bytes are kept as 16 bytes, longer ones aside. The hash is seeded, so that no input can force
/// collisions. Memory is 25 to 44 bytes an identifier, and its bytes when it is long.
@safe
public struct Interner: ~Copyable {
  /// An identifier that is kept aside.
  private struct Long {
    var start: Int
    var count: Int
  }

  /// One word a slot: 30 bits of the hash, the form, and the number; 0 is empty. Slots are small, so
  /// that many fit in a cache, and are enough to know which identifier to compare with.
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  /// The identifiers as 16 bytes, by number.
  private var values: UnsafeMutablePointer<Key.Value>
  private var valueCapacity: Int
  private let seed: UInt64
  private var forms: [Key.Form] = []
  private var longs: [Long] = []
  private var longBytes: [UInt8] = []

  /// How many numbers were given.
  public private(set) var count = 0

  /// An empty interner.
  ///
  /// - Parameter seed: Seed of the hash; results do not depend on it.
  public init(seed: UInt64 = .random(in: .min ... .max)) {
    self.seed = seed
    mask = 63
    valueCapacity = 32
    unsafe slots = .allocate(capacity: 64)
    unsafe slots.initialize(repeating: 0, count: 64)
    unsafe values = .allocate(capacity: 32)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe values.deallocate()
  }

  /// The number of an identifier, or `nil` when it was not seen.
  ///
  /// - Complexity: O(1) expected.
  public func number(of bytes: UnsafeRawBufferPointer) -> UInt32? {
    let key = unsafe Key(bytes, seed: seed)
    return unsafe number(of: key, bytes, from: key.place & mask)
  }

  /// The number of an identifier; a new one when it was not seen.
  ///
  /// - Complexity: O(1) expected, amortised.
  @discardableResult
  public mutating func insert(_ bytes: UnsafeRawBufferPointer) -> (number: UInt32, isNew: Bool) {
    var key = unsafe Key(bytes, seed: seed)
    if let known = unsafe number(of: key, bytes, from: key.place & mask) { return (known, false) }
    if (count + 1) * 10 > (mask + 1) * 7 { growSlots() }
    if count == valueCapacity { growValues() }
    if key.form == .long {
      key.value.high = UInt64(longs.count)
      longs.append(Long(start: longBytes.count, count: bytes.count))
      unsafe longBytes.append(contentsOf: unsafe bytes)
    }
    let number = UInt32(truncatingIfNeeded: count)
    unsafe values[count] = key.value
    forms.append(key.form)
    count += 1
    var place = key.place & mask
    while unsafe slots[place] != 0 { place = (place + 1) & mask }
    unsafe slots[place] = UInt64(key.word) << 32 | UInt64(number)
    return (number, true)
  }

  /// The identifier that has a number.
  ///
  /// - Parameters:
  ///   - number: The number; one that was given.
  ///   - room: 36 bytes, for identifiers that are kept in another form.
  /// - Returns: The bytes, in `room` or in the interner's memory; valid until the next insertion.
  public func text(
    of number: UInt32, in room: UnsafeMutablePointer<UInt8>
  ) -> UnsafeRawBufferPointer {
    precondition(number < count, "no identifier has this number")
    let value = unsafe values[Int(number)]
    switch forms[Int(number)] {
    case .uuid:
      var words = (value.low, value.high)
      unsafe withUnsafeBytes(of: &words) { words in
        unsafe cbl_uuid_text(words.baseAddress?.assumingMemoryBound(to: UInt64.self), room)
      }
      return unsafe UnsafeRawBufferPointer(start: room, count: 36)
    case .long:
      let long = longs[Int(value.high)]
      return unsafe longBytes.withUnsafeBytes { bytes in
        unsafe UnsafeRawBufferPointer(rebasing: bytes[long.start..<long.start + long.count])
      }
    default:
      // The bytes in their order, and their count in the last one.
      for place in 0..<15 {
        let word = place < 8 ? value.low : value.high
        unsafe room[place] = UInt8(truncatingIfNeeded: word >> UInt64(place % 8 * 8))
      }
      return unsafe UnsafeRawBufferPointer(start: room, count: Int(value.high >> 56))
    }
  }

  /// Looks up the identifiers of a column of rows.
  ///
  /// The memory for many rows is asked for before the first is looked at, so the waits overlap. An
  /// identifier that is the one of the row before is not looked up again.
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
    unsafe withUnsafeTemporaryAllocation(of: Key.self, capacity: Self.lookAhead) { keys in
      var unknown = 0
      var start = 0
      while start < count {
        let rows = min(Self.lookAhead, count &- start)
        let first = unsafe cells + start &* stride
        if unsafe Self.areBlank(rows, cells: first, stride: stride) {
          unsafe (numbers + start).update(repeating: .max, count: rows)
          start &+= rows
          continue
        }
        unsafe makeKeys(rows, cells: first, stride: stride, into: keys)
        for row in 0..<rows where unsafe keys[row].isSought {
          let place = unsafe firstPlace(of: keys[row])
          unsafe keys[row].place = place
          unsafe cbl_prefetch(values + Int(truncatingIfNeeded: slots[place] & 0xFFFF_FFFF))
        }
        for row in 0..<rows {
          let key = unsafe keys[row]
          var number = UInt32.max
          if key.form == .repeated {
            number = unsafe numbers[start &+ row &- 1]
          } else if key.isSought {
            let bytes = unsafe Self.bytes(of: first + row &* stride)
            number = unsafe self.number(of: key, bytes, from: key.place) ?? .max
          }
          unsafe numbers[start &+ row] = number
          if number == .max, key.form != .blank { unknown &+= 1 }
        }
        start &+= rows
      }
      return unknown
    }
  }

  /// Rows that are looked up together.
  private static var lookAhead: Int { 64 }

  /// Whether rows have no identifiers, as when their format has no such column.
  @inline(__always)
  private static func areBlank(_ rows: Int, cells: UnsafeRawPointer, stride: Int) -> Bool {
    var count = 0
    for row in 0..<rows {
      count |= unsafe (cells + row &* stride).load(fromByteOffset: 8, as: Int.self)
    }
    return count == 0
  }

  /// Makes the keys of rows, and asks for their slots.
  @inline(__always)
  private func makeKeys(
    _ rows: Int, cells: UnsafeRawPointer, stride: Int, into keys: UnsafeMutableBufferPointer<Key>
  ) {
    var last = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    for row in 0..<rows {
      let bytes = unsafe Self.bytes(of: cells + row &* stride)
      if unsafe Self.isSame(bytes, last) {
        unsafe keys[row] = Key(form: .repeated)
        continue
      }
      unsafe last = bytes
      let key = unsafe bytes.count > 0 ? Key(bytes, seed: seed) : Key(form: .blank)
      unsafe keys[row] = key
      unsafe cbl_prefetch(slots + (key.place & mask))
    }
  }

  @inline(__always)
  private static func bytes(of cell: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(
      start: cell.load(as: UnsafeRawPointer?.self),
      count: cell.load(fromByteOffset: 8, as: Int.self))
  }

  /// Whether an identifier is the one of the row before; blank ones are not.
  @inline(__always)
  private static func isSame(
    _ bytes: UnsafeRawBufferPointer, _ last: UnsafeRawBufferPointer
  ) -> Bool {
    guard bytes.count == last.count, bytes.count > 0, let one = bytes.baseAddress,
      let two = last.baseAddress
    else { return false }
    return unsafe cbl_same(
      one.assumingMemoryBound(to: UInt8.self), two.assumingMemoryBound(to: UInt8.self),
      bytes.count) != 0
  }

  /// The first slot that may be the key's, or the empty one that ends the search.
  @inline(__always)
  private func firstPlace(of key: Key) -> Int {
    var place = key.place & mask
    while true {
      let slot = unsafe slots[place]
      if slot == 0 || UInt32(truncatingIfNeeded: slot >> 32) == key.word { return place }
      place = (place &+ 1) & mask
    }
  }

  /// The number of a key, looked for from a slot on.
  @inline(__always)
  private func number(
    of key: Key, _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> UInt32? {
    var place = start
    while true {
      let slot = unsafe slots[place]
      if slot == 0 { return nil }
      if UInt32(truncatingIfNeeded: slot >> 32) == key.word {
        let number = UInt32(truncatingIfNeeded: slot)
        let value = unsafe values[Int(number)]
        if value.low == key.value.low {
          if key.form != .long, value.high == key.value.high { return number }
          if key.form == .long, unsafe sameLong(longs[Int(value.high)], bytes) { return number }
        }
      }
      place = (place &+ 1) & mask
    }
  }

  private func sameLong(_ long: Long, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard long.count == bytes.count, let address = bytes.baseAddress else { return false }
    return unsafe longBytes.withUnsafeBufferPointer { memory in
      guard let known = memory.baseAddress else { return false }
      return unsafe cbl_same(
        known + long.start, address.assumingMemoryBound(to: UInt8.self), bytes.count) != 0
    }
  }

  private mutating func growSlots() {
    let old = unsafe slots
    let oldCount = mask + 1
    let newCount = oldCount * 2
    mask = newCount - 1
    unsafe slots = .allocate(capacity: newCount)
    unsafe slots.initialize(repeating: 0, count: newCount)
    for index in 0..<oldCount {
      let slot = unsafe old[index]
      guard slot != 0 else { continue }
      var place = Int(truncatingIfNeeded: slot >> 34) & mask
      while unsafe slots[place] != 0 { place = (place + 1) & mask }
      unsafe slots[place] = slot
    }
    unsafe old.deallocate()
  }

  private mutating func growValues() {
    let bigger = UnsafeMutablePointer<Key.Value>.allocate(capacity: valueCapacity * 2)
    unsafe bigger.moveInitialize(from: values, count: count)
    unsafe values.deallocate()
    unsafe values = bigger
    valueCapacity *= 2
  }
}

/// An identifier as 16 bytes and a form.
struct Key {
  /// What the 16 bytes are.
  enum Form: UInt32 {
    case blank, uuid, short, long, repeated
  }

  struct Value {
    var low: UInt64
    var high: UInt64
  }

  var value: Value
  var form: Form
  /// 30 bits of the hash, and the form.
  var word: UInt32
  /// Where the search begins, before the mask.
  var place: Int

  /// Whether there is an identifier to look for.
  @inline(__always)
  var isSought: Bool { form != .blank && form != .repeated }

  /// Stands for no identifier, or for the one of the row before.
  init(form: Form) {
    value = Value(low: 0, high: 0)
    self.form = form
    word = 0
    place = 0
  }

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, seed: UInt64) {
    let low: UInt64
    let high: UInt64
    if bytes.count == 36, let uuid = unsafe Key.uuid(bytes) {
      (low, high) = uuid
      form = .uuid
    } else if bytes.count <= 15 {
      (low, high) = unsafe Key.short(bytes)
      form = .short
    } else {
      low = unsafe Key.hash(bytes, seed: seed)
      high = UInt64(bytes.count)
      form = .long
    }
    value = Value(low: low, high: high)
    let hash = Key.mix(low, high, seed) >> 34
    place = Int(truncatingIfNeeded: hash)
    word = UInt32(truncatingIfNeeded: hash << 2) | form.rawValue
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
    guard let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return nil
    }
    var value: (UInt64, UInt64) = (0, 0)
    let isUUID = unsafe withUnsafeMutableBytes(of: &value) { room in
      unsafe cbl_uuid(text, room.baseAddress?.assumingMemoryBound(to: UInt64.self))
    }
    return isUUID != 0 ? value : nil
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
