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
