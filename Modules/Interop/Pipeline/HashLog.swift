internal import AdapterHost
internal import Scanning

/// Hashes in the order in which they came: in memory while they are few, dealt out to a temporary
/// file when not.
final class HashLog {
  private static let limit = 1 << 18
  private static let parts = 64

  private var hashes: [UInt64] = []
  private var file: FileBox?

  private final class FileBox {
    var spool: PartitionedSpool

    init() throws(InteropError) {
      spool = try PartitionedSpool(partitionCount: HashLog.parts, blockBytes: 1 << 14)
    }
  }

  /// Keeps the hashes of the identifiers that the rows of a batch give.
  func append(
    _ batch: HostBatch, _ identifier: (Int) -> UnsafeRawBufferPointer?
  ) throws {
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: batch.count) { found in
      var count = 0
      for row in 0..<batch.count {
        guard let id = unsafe identifier(row), id.count > 0 else { continue }
        unsafe found[count] = unsafe hash64(id)
        count &+= 1
      }
      unsafe hashes.append(contentsOf: UnsafeBufferPointer(rebasing: found[..<count]))
    }
    if hashes.count >= Self.limit { try spill() }
  }

  private func spill() throws {
    let file: FileBox
    if let known = self.file { file = known } else { file = try FileBox() }
    self.file = file
    // Dealt out in memory first, so that each part is appended once.
    var starts = [Int](repeating: 0, count: Self.parts + 1)
    for hash in hashes { starts[Int(hash >> 58) + 1] += 1 }
    for part in 0..<Self.parts { starts[part + 1] += starts[part] }
    unsafe try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: hashes.count) { dealt in
      var next = starts
      for hash in hashes {
        let part = Int(hash >> 58)
        unsafe dealt[next[part]] = hash
        next[part] &+= 1
      }
      for part in 0..<Self.parts where starts[part] < starts[part + 1] {
        let run = unsafe UnsafeBufferPointer(rebasing: dealt[starts[part]..<starts[part + 1]])
        try unsafe file.spool.append(UnsafeRawBufferPointer(run), to: part)
      }
    }
    hashes.removeAll(keepingCapacity: true)
  }

  /// The hashes that another log does not have.
  func missing(from other: HashLog) throws -> Set<UInt64> {
    guard file != nil || !hashes.isEmpty else { return [] }
    if file == nil, other.file == nil { return Self.missing(hashes, from: other.hashes) }
    try spill()
    try other.spill()
    var found: Set<UInt64> = []
    for part in 0..<Self.parts {
      let wanted = try load(part)
      if !wanted.isEmpty { found.formUnion(Self.missing(wanted, from: try other.load(part))) }
    }
    return found
  }

  private func load(_ part: Int) throws -> [UInt64] {
    guard let file else { return [] }
    var hashes = [UInt64](repeating: 0, count: file.spool.byteCount(of: part) / 8)
    guard !hashes.isEmpty else { return [] }
    try file.spool.rewind(to: part)
    _ = try unsafe hashes.withUnsafeMutableBytes { try unsafe file.spool.read(into: $0) }
    return hashes
  }

  private static func missing(_ wanted: [UInt64], from known: [UInt64]) -> Set<UInt64> {
    var bits = HashBits(capacity: wanted.count)
    var table = HashTable(capacity: wanted.count)
    for hash in wanted {
      _ = bits.insert(hash)
      _ = table.insert(hash)
    }
    var found = [Bool](repeating: false, count: table.placeCount)
    // Most of the known ones are not sought, which the bits tell.
    for hash in known where bits.contains(hash) {
      if let place = table.place(of: hash) { found[place] = true }
    }
    return Set(wanted.lazy.filter { hash in table.place(of: hash).map { !found[$0] } ?? true })
  }

  /// The hashes that came more than once.
  func repeated() throws -> Set<UInt64> {
    guard let file else { return Self.repeated(in: hashes) }
    try spill()
    hashes = []
    var found: Set<UInt64> = []
    for part in 0..<Self.parts {
      let count = file.spool.byteCount(of: part) / 8
      guard count > 0 else { continue }
      try file.spool.rewind(to: part)
      let memory = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
      defer { unsafe memory.deallocate() }
      _ = try unsafe file.spool.read(into: UnsafeMutableRawBufferPointer(memory))
      found.formUnion(unsafe Self.repeated(in: memory))
    }
    return found
  }

  private static func repeated(in hashes: some Collection<UInt64>) -> Set<UInt64> {
    // The bits, which stay in the first cache, leave few that a table has to tell apart.
    var seen = HashBits(capacity: hashes.count)
    var again = seen
    for hash in hashes where !seen.insert(hash) { _ = again.insert(hash) }
    let suspects = hashes.filter { again.contains($0) }
    var table = HashTable(capacity: suspects.count)
    var found: Set<UInt64> = []
    for hash in suspects where !table.insert(hash) { found.insert(hash) }
    return found
  }
}

/// One bit for all hashes that end alike: a hash that was not added may seem to be there.
private struct HashBits {
  private var words: [UInt64]
  private let mask: UInt64

  /// Bits for so many hashes, eight for each.
  init(capacity: Int) {
    var size = 1_024
    while size < capacity * 8 { size *= 2 }
    mask = UInt64(size - 1)
    words = Array(repeating: 0, count: size / 64)
  }

  /// Adds a hash; `false` when one that ends like it is there already.
  @inline(__always)
  mutating func insert(_ hash: UInt64) -> Bool {
    let bit: UInt64 = 1 << (hash & 63)
    let word = Int(truncatingIfNeeded: (hash & mask) >> 6)
    let isNew = words[word] & bit == 0
    words[word] |= bit
    return isNew
  }

  @inline(__always)
  func contains(_ hash: UInt64) -> Bool {
    words[Int(truncatingIfNeeded: (hash & mask) >> 6)] >> (hash & 63) & 1 == 1
  }
}

/// A set of hashes, one word each; it takes no more than it was made for.
private struct HashTable {
  private var words: [UInt64]
  private let mask: Int

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    mask = size - 1
    words = Array(repeating: 0, count: size)
  }

  /// How many places there are.
  var placeCount: Int { words.count }

  /// Adds a hash; `false` when it is there already.
  mutating func insert(_ hash: UInt64) -> Bool {
    let place = firstPlace(of: hash)
    let isNew = words[place] == 0
    words[place] = Self.word(hash)
    return isNew
  }

  /// Where a hash is, or `nil`.
  func place(of hash: UInt64) -> Int? {
    let place = firstPlace(of: hash)
    return words[place] == 0 ? nil : place
  }

  /// Where a hash is or would be.
  private func firstPlace(of hash: UInt64) -> Int {
    let word = Self.word(hash)
    var place = Int(truncatingIfNeeded: word >> 8) & mask
    while words[place] != 0 && words[place] != word { place = (place &+ 1) & mask }
    return place
  }

  /// 0 stands for an empty place.
  private static func word(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }
}
