/// The names of the members of the objects that are open, to find those that stand twice.
///
/// Names are compared by their bytes after escapes were resolved. Small objects are searched one
/// name after the other, larger ones through a table with a seeded hash.
@safe
struct JSONKeys: ~Copyable {
  @safe
  private struct Entry {
    /// The first eight bytes.
    var head: UInt64
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
  @inline(__always)
  mutating func insert(_ name: UnsafeRawBufferPointer, hasEscapes: Bool, first: Int) -> Bool {
    if hasEscapes { return unsafe insertEscaped(name, first) }
    return unsafe insert(
      Entry(
        head: Self.head(of: name), start: name.baseAddress?.assumingMemoryBound(to: UInt8.self),
        arena: 0, count: name.count), first)
  }

  private mutating func insertEscaped(_ name: UnsafeRawBufferPointer, _ first: Int) -> Bool {
    let start = arena.count
    unsafe appendUnescaped(name, to: &arena)
    let value = unsafe UnsafeRawBufferPointer(rebasing: arena.bytes[start..<arena.count])
    return unsafe insert(
      Entry(head: Self.head(of: value), start: nil, arena: start, count: value.count), first)
  }

  @inline(__always)
  private mutating func insert(_ entry: Entry, _ first: Int) -> Bool {
    guard count - first < Self.smallCount ? isNewBySearch(entry, first) : isNew(entry, first)
    else { return false }
    if count == capacity { grow() }
    unsafe (entries + count).initialize(to: entry)
    count &+= 1
    return true
  }

  @inline(__always)
  private static func head(of name: UnsafeRawBufferPointer) -> UInt64 {
    if name.count >= 8 { return unsafe name.loadUnaligned(as: UInt64.self) }
    var head: UInt64 = 0
    var place = 0
    while place < name.count {
      head = unsafe head << 8 | UInt64(name[place])
      place &+= 1
    }
    return head
  }

  private func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
    if let start = unsafe entry.start {
      return unsafe UnsafeRawBufferPointer(start: start, count: entry.count)
    }
    return unsafe UnsafeRawBufferPointer(
      rebasing: arena.bytes[entry.arena..<entry.arena + entry.count])
  }

  private func isSame(_ left: Entry, _ right: Entry) -> Bool {
    guard left.head == right.head, left.count == right.count else { return false }
    return unsafe left.count <= 8 || bytes(of: left).elementsEqual(bytes(of: right))
  }

  @inline(__always)
  private func isNewBySearch(_ entry: Entry, _ first: Int) -> Bool {
    var place = first
    while place < count {
      if unsafe entries[place].head == entry.head, unsafe isSame(entries[place], entry) {
        return false
      }
      place &+= 1
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
        unsafe table.slots[freeSlot(for: hash(of: entries[place]), in: table.slots)] = UInt32(
          place + 1)
      }
    }
    let mask = table.slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(of: entry)) & mask
    var isNew = true
    while isNew, table.slots[slot] != 0 {
      if unsafe isSame(entries[Int(table.slots[slot]) - 1], entry) { isNew = false }
      slot = (slot + 1) & mask
    }
    if isNew { table.slots[slot] = UInt32(count + 1) }
    tables.append(table)
    return isNew
  }

  private func hash(of entry: Entry) -> UInt64 { unsafe hash64(bytes(of: entry), seed: seed) }

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
