internal import AdapterHost
internal import Records
internal import Scanning

/// Identifiers that may stand twice, by kind, and those of results that records name and that are
/// not there: hashes, so a few may be there for nothing.
struct DuplicateSuspects: Error {
  var hashes: [RecordKind: Set<UInt64>] = [:]
  var missingResults: Set<UInt64> = []

  var isEmpty: Bool { hashes.isEmpty && missingResults.isEmpty }
}

/// Finds records of the kinds that nobody refers to, such as results, that stand in the input twice.
///
/// There may be too many to keep their identifiers, so the first reading keeps a hash of each in a
/// temporary file and looks for equal ones at the end. Only when there are any, the input is read
/// again with those under watch: a record that is the same is left out, and one that is not ends
/// the work.
final class DuplicateStage: RecordStage {
  private let next: any RecordStage
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private let watched: DuplicateSuspects?
  private var logs: [HashLog?] = Array(repeating: nil, count: RecordKind.limit)
  /// The results that other records name.
  private let named = HashLog()
  private let isStrict: Bool
  private var seen: [[UInt8]: UInt64] = [:]
  private let kept = RowBuffer()

  /// - Parameter watched: What an earlier reading suspected, or `nil` in the first.
  init(
    next: any RecordStage, ledger: ConversionLedger, watched: DuplicateSuspects?, isStrict: Bool,
    memberNames: @escaping (Int) -> String
  ) {
    self.next = next
    self.ledger = ledger
    self.watched = watched
    self.isStrict = isStrict
    self.memberNames = memberNames
  }

  func put(_ batch: StageBatch) throws {
    guard Self.isChecked[batch.kind.number] else { return try next.put(batch) }
    if let watched {
      try watch(batch, watched)
    } else {
      try note(batch.rows)
      try next.put(batch)
    }
  }

  func finish() throws {
    if watched == nil {
      var suspects = DuplicateSuspects()
      if let results = logs[RecordKind.result.number] {
        suspects.missingResults = try named.missing(from: results)
      }
      for kind in RecordKind.all {
        guard let log = logs[kind.number] else { continue }
        let hashes = try log.repeated()
        if !hashes.isEmpty { suspects.hashes[kind] = hashes }
        logs[kind.number] = nil
      }
      if !suspects.isEmpty { throw suspects }
    }
    try next.finish()
  }

  /// Kinds whose records have identifiers of their own and no numbers.
  private static let isChecked: [Bool] = {
    var isChecked = Array(repeating: false, count: RecordKind.limit)
    for schema in RecordSchema.all where !schema.isNumbered {
      isChecked[schema.kind.number] =
        !schema.kind.isSourceLayer && schema.kind != .attribute && schema.kind != .evidence
        && schema.kind != .event && schema.kind != .dataset
    }
    return isChecked
  }()

  private func note(_ batch: HostBatch) throws {
    let log = logs[batch.kind.number] ?? HashLog()
    logs[batch.kind.number] = log
    try unsafe log.append(batch) { row in unsafe batch.text(0, of: row) }
    guard batch.kind == .targetResult || batch.kind == .scaleUse else { return }
    try unsafe named.append(batch) { row in unsafe Self.namedResult(row, of: batch) }
  }

  /// The result that a row names, or `nil`.
  private static func namedResult(_ row: Int, of batch: HostBatch) -> UnsafeRawBufferPointer? {
    if batch.kind == .scaleUse {
      let owner = unsafe batch.text(ownerKindField, of: row)
      guard unsafe owner.elementsEqual("result".utf8) else { return nil }
    }
    let field = batch.kind == .scaleUse ? ownerField : resultField
    let result = unsafe batch.text(field, of: row)
    return unsafe result.count > 0 ? result : nil
  }

  private static let resultField = RecordSchema.of(.targetResult).field("result")?.index ?? 0
  private static let ownerField = RecordSchema.of(.scaleUse).field("owner")?.index ?? 0
  private static let ownerKindField = RecordSchema.of(.scaleUse).field("ownerKind")?.index ?? 0

  private func watch(_ batch: StageBatch, _ watched: DuplicateSuspects) throws {
    let hashes = watched.hashes[batch.kind] ?? []
    let missing = watched.missingResults
    guard !hashes.isEmpty || !missing.isEmpty else { return try next.put(batch) }
    kept.start(stride: batch.rows.stride, rows: batch.count)
    for row in 0..<batch.count
    where try isFirst(row, of: batch.rows, hashes) && hasResult(row, of: batch.rows, missing) {
      kept.append(row, of: batch.rows)
    }
    guard kept.count > 0 else { return }
    try next.put(StageBatch(rows: kept.batch(of: batch.kind), numbers: nil))
  }

  /// Whether the result that a row names is there; else it is reported.
  private func hasResult(
    _ row: Int, of batch: HostBatch, _ missing: Set<UInt64>
  ) throws -> Bool {
    guard !missing.isEmpty, batch.kind == .targetResult || batch.kind == .scaleUse,
      let result = unsafe Self.namedResult(row, of: batch),
      missing.contains(unsafe hash64(result))
    else { return true }
    try ledger.report(
      AdapterReport(
        isStrict ? .rejected : .warning, "reference.missing_target_record",
        "this \(batch.kind) names a result that is not in the input; add it or correct the "
          + "identifier", member: memberNames(batch.member(of: row)), line: batch.line(of: row),
        value: unsafe String(decoding: result, as: UTF8.self),
        raw: RowText.describe(row, of: batch), kind: batch.kind), countsRow: false,
      isNews: true)
    if isStrict { ledger.counts[batch.kind.number].rejected += 1 }
    return !isStrict
  }

  private func isFirst(_ row: Int, of batch: HostBatch, _ hashes: Set<UInt64>) throws -> Bool {
    let id = unsafe batch.text(0, of: row)
    guard id.count > 0, hashes.contains(unsafe hash64(id)) else { return true }
    let key = unsafe [UInt8(batch.kind.number)] + Array(unsafe id)
    let content = RowContent.hash(row, of: batch)
    guard let known = seen[key] else {
      seen[key] = content
      return true
    }
    let isSame = known == content
    if !isSame, RowOrigin.split(batch.member(of: row)).input > 0 {
      // Nothing says which of two inputs is right, so the row goes to the rejects.
      try ledger.report(
        AdapterReport(
          .rejected, "reference.conflicting_record",
          "another input has this \(batch.kind) with other content, which is kept; correct one",
          member: memberNames(batch.member(of: row)), line: batch.line(of: row),
          value: unsafe String(decoding: id, as: UTF8.self),
          raw: RowText.describe(row, of: batch), kind: batch.kind), countsRow: false,
        isNews: true)
      ledger.counts[batch.kind.number].rejected += 1
      return false
    }
    try ledger.report(
      AdapterReport(
        isSame ? .skipped : .fatal,
        isSame ? "reference.duplicate_record" : "reference.duplicate_sourced_id",
        isSame
          ? "this \(batch.kind) stands in the input twice with the same content; one is kept"
          : "the identifier of this \(batch.kind) is taken by another one with other content; "
            + "give each its own identifier",
        member: memberNames(batch.member(of: row)), line: batch.line(of: row),
        value: unsafe String(decoding: id, as: UTF8.self), kind: batch.kind), countsRow: false,
      isNews: true)
    guard isSame else {
      throw InteropError(
        .badInput, "two records of kind \(batch.kind) have the same identifier",
        place: "\(memberNames(batch.member(of: row))):\(batch.line(of: row))")
    }
    ledger.counts[batch.kind.number].skipped += 1
    return false
  }
}

/// The content of a row as a hash, for telling whether two rows are the same.
enum RowContent {
  static func hash(_ row: Int, of batch: HostBatch) -> UInt64 {
    var hash: UInt64 = 0
    for field in RecordSchema.of(batch.kind).fields.indices {
      let bytes = unsafe batch.text(field, of: row)
      hash = unsafe hash64(bytes, seed: hash &+ (bytes.baseAddress == nil ? 1 : 2))
    }
    return hash
  }
}

/// Hashes in the order in which they came: in memory while they are few, dealt out to a temporary
/// file when not.
private final class HashLog {
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
    Set(wanted).subtracting(known)
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

  /// Equal hashes, found by an open table of one word a hash.
  private static func repeated(in hashes: some Collection<UInt64>) -> Set<UInt64> {
    var size = 16
    while size < hashes.count * 2 { size *= 2 }
    let mask = size - 1
    var table = [UInt64](repeating: 0, count: size)
    var found: Set<UInt64> = []
    unsafe table.withUnsafeMutableBufferPointer { table in
      for hash in hashes {
        let value = hash == 0 ? 1 : hash
        var place = Int(truncatingIfNeeded: value) & mask
        while unsafe table[place] != 0 && table[place] != value { place = (place + 1) & mask }
        if unsafe table[place] == value { found.insert(hash) }
        unsafe table[place] = value
      }
    }
    return found
  }
}
