/// The names of the members of the objects that are open, to find those that stand twice.
///
/// Names are compared by their bytes after escapes were resolved. Small objects are searched one
/// name after the other, larger ones through a table with a seeded hash.
@safe
struct JSONKeys: ~Copyable {
  @safe
  private struct Entry {
    var hash: UInt64
    var start: UnsafePointer<UInt8>?
    /// The place in the arena, where the name has escapes.
    var arena: Int
    var count: Int
  }

  private static let smallCount = 16

  private var entries: UnsafeMutablePointer<Entry>
  private var capacity = 64
  private(set) var count = 0
  private var arena = ByteBuffer()
  private let seed: UInt64
  /// The tables of large objects, innermost last.
  private var tables: [Table] = []

  /// Slots with the place of an entry plus one, for the object that starts at an entry.
  private struct Table {
    var first: Int
    var slots: [UInt32]
  }

  init() {
    unsafe entries = .allocate(capacity: capacity)
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  deinit { unsafe entries.deallocate() }

  mutating func removeAll() {
    count = 0
    arena.removeAll()
    if !tables.isEmpty { tables.removeAll() }
  }

  /// Forgets the names of the innermost object.
  mutating func close(to first: Int) {
    count = first
    while let table = tables.last, table.first >= first { tables.removeLast() }
  }

  /// Adds a name to the object whose names start at `first`; `false` when it is there already.
  mutating func insert(_ name: UnsafeRawBufferPointer, hasEscapes: Bool, first: Int) -> Bool {
    var entry = unsafe Entry(
      hash: 0, start: name.baseAddress?.assumingMemoryBound(to: UInt8.self), arena: 0,
      count: name.count)
    if hasEscapes {
      unsafe entry.start = nil
      entry.arena = arena.count
      unsafe appendUnescaped(name, to: &arena)
      entry.count = arena.count - entry.arena
    }
    entry.hash = unsafe hash64(bytes(of: entry), seed: seed)
    guard count - first < Self.smallCount ? isNewBySearch(entry, first) : isNew(entry, first)
    else { return false }
    if count == capacity { grow() }
    unsafe (entries + count).initialize(to: entry)
    count += 1
    return true
  }

  private func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
    if let start = unsafe entry.start {
      return unsafe UnsafeRawBufferPointer(start: start, count: entry.count)
    }
    return unsafe UnsafeRawBufferPointer(
      rebasing: arena.bytes[entry.arena..<entry.arena + entry.count])
  }

  private func isSame(_ left: Entry, _ right: Entry) -> Bool {
    unsafe left.hash == right.hash && left.count == right.count
      && bytes(of: left).elementsEqual(bytes(of: right))
  }

  private func isNewBySearch(_ entry: Entry, _ first: Int) -> Bool {
    var place = first
    while place < count {
      if unsafe entries[place].hash == entry.hash, unsafe isSame(entries[place], entry) {
        return false
      }
      place += 1
    }
    return true
  }

  /// The same through a table, which also gets the entry.
  private mutating func isNew(_ entry: Entry, _ first: Int) -> Bool {
    var table = Table(first: first, slots: [])
    if let last = tables.last, last.first == first {
      tables.removeLast()
      table = last
    }
    if (count - first + 1) * 2 > table.slots.count {
      table.slots = [UInt32](repeating: 0, count: max(64, table.slots.count * 2))
      for place in first..<count {
        unsafe table.slots[freeSlot(for: entries[place].hash, in: table.slots)] = UInt32(place + 1)
      }
    }
    let mask = table.slots.count - 1
    var slot = Int(truncatingIfNeeded: entry.hash) & mask
    var isNew = true
    while isNew, table.slots[slot] != 0 {
      if unsafe isSame(entries[Int(table.slots[slot]) - 1], entry) { isNew = false }
      slot = (slot + 1) & mask
    }
    if isNew { table.slots[slot] = UInt32(count + 1) }
    tables.append(table)
    return isNew
  }

  private func freeSlot(for hash: UInt64, in slots: [UInt32]) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    let bigger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    unsafe bigger.update(from: entries, count: count)
    unsafe entries.deallocate()
    unsafe entries = bigger
    capacity *= 2
  }
}
