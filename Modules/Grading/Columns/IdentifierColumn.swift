import Domain

/// The identifiers of rows, one after another: their bytes and 4 bytes each.
///
/// Rows that were never given one are named by their number.
struct IdentifierColumn: Sendable {
  private static let blockBits = 12
  private static let blockMask = 1 << blockBits - 1
  /// A block of identifiers of this length has room in 32 bits.
  static let longest = 65_535

  private var bytes: [UInt8] = []
  /// Where each identifier ends, counted from the start of its block.
  private var ends: [UInt32] = []
  private var blocks: [Int] = []
  /// Rows by the hash of their identifier, at least half of them empty; built when it is asked.
  private var slots: [UInt32] = []
  private var isIndexed = false

  var count: Int { ends.count }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    slots = []
    isIndexed = false
  }

  /// Forgets which row has which identifier, until it is asked again.
  mutating func removeIndex() {
    slots = []
    isIndexed = false
  }

  /// Adds an identifier of at most ``longest`` bytes.
  mutating func append(_ id: Identifier) {
    if ends.count & Self.blockMask == 0 { blocks.append(bytes.count) }
    bytes.append(contentsOf: id.utf8)
    ends.append(UInt32(bytes.count - (blocks.last ?? 0)))
    if isIndexed { enter(UInt32(ends.count - 1)) }
  }

  private func range(of row: Int) -> Range<Int> {
    let block = blocks[row >> Self.blockBits]
    let isFirst = row & Self.blockMask == 0
    return (isFirst ? block : block + Int(ends[row - 1]))..<(block + Int(ends[row]))
  }

  subscript(row: Int) -> Identifier {
    guard row < ends.count else { return Identifier("\(row)") }
    return Identifier(String(decoding: bytes[range(of: row)], as: UTF8.self))
  }

  /// Appends the identifier of a row in quotes, as RFC 8785 writes it.
  func appendCanonical(_ row: Int, to text: inout [UInt8]) {
    guard row < ends.count else { return DocumentValue.appendCanonical(self[row], to: &text) }
    DocumentValue.appendCanonical(utf8: bytes[range(of: row)], to: &text)
  }

  /// Whether the identifier of a row comes before that of another one, by their bytes.
  func precedes(_ first: Int, _ second: Int) -> Bool {
    guard max(first, second) < ends.count else { return self[first] < self[second] }
    return bytes[range(of: first)].lexicographicallyPrecedes(bytes[range(of: second)])
  }

  /// The row with an identifier.
  mutating func row(of id: Identifier) -> Int? {
    if !isIndexed {
      isIndexed = true
      rebuild()
    }
    guard !slots.isEmpty else { return nil }
    var place = Self.hash(id.utf8) & (slots.count - 1)
    while slots[place] != .max {
      let row = Int(slots[place])
      if bytes[range(of: row)].elementsEqual(id.utf8) { return row }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func enter(_ row: UInt32) {
    guard ends.count * 4 <= slots.count * 3 else {
      rebuild()
      return
    }
    var place = Self.hash(bytes[range(of: Int(row))]) & (slots.count - 1)
    while slots[place] != .max { place = (place + 1) & (slots.count - 1) }
    slots[place] = row
  }

  private mutating func rebuild() {
    var size = 64
    while size * 3 < ends.count * 4 + 4 { size *= 2 }
    slots = [UInt32](repeating: .max, count: size)
    for row in 0..<ends.count { enter(UInt32(row)) }
  }

  /// FNV-1a under a seed of this run, so that no input can force collisions.
  private static func hash(_ id: some Sequence<UInt8>) -> Int {
    var hash = seed
    for byte in id { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }

  private static let seed = UInt64.random(in: .min ... .max)
}
