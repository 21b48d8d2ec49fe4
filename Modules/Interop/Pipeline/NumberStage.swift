internal import AdapterHost
internal import Records

/// Gives identifiers their numbers, and checks that each record stands there once and that what it
/// refers to exists.
///
/// Records must come in the order of their kinds.
final class NumberStage: RecordStage {
  /// The most rows of a batch that the columns hold.
  static let batchRows = 1_024

  private let next: any RecordStage
  let ledger: ConversionLedger
  let memberNames: (Int) -> String
  let checksReferences: (RecordKind) -> Bool
  let isStrict: Bool
  /// The fields of a kind, as a mask, whose references somebody follows.
  private let usedFields: (RecordKind) -> UInt64
  private var spaces: [NumberSpace?]
  private var columns: [NumberColumns?]
  private let kept = RowBuffer()
  /// The least scores of the line items.
  var minimums = ScoreMinimums()
  /// Fields that name records of a kind of which the input has none; each is told once.
  private var untold: Set<[Int]> = []
  /// Elements of lists that name records of their own kind, which may still come.
  var heldLists: [HeldElement] = []
  /// Who is above whom in the kind that is being numbered.
  var lineage: Lineage?

  /// - Parameters:
  ///   - usedFields: The fields of a kind, as a mask, whose references are followed and checked.
  ///   - checksReferences: Whether references to a kind must be to a record of the input.
  init(
    next: any RecordStage, ledger: ConversionLedger, isStrict: Bool,
    memberNames: @escaping (Int) -> String,
    usedFields: @escaping (RecordKind) -> UInt64 = { _ in .max },
    checksReferences: @escaping (RecordKind) -> Bool
  ) {
    self.usedFields = usedFields
    self.next = next
    self.ledger = ledger
    self.isStrict = isStrict
    self.memberNames = memberNames
    self.checksReferences = checksReferences
    spaces = Array(repeating: nil, count: RecordKind.limit)
    columns = Array(repeating: nil, count: RecordKind.limit)
  }

  /// The numbers of a kind.
  func space(_ kind: RecordKind) -> NumberSpace {
    if let space = spaces[kind.number] { return space }
    let space = NumberSpace()
    spaces[kind.number] = space
    return space
  }

  func put(_ batch: StageBatch) throws {
    guard batch.count > Self.batchRows else { return try number(batch.rows) }
    var start = 0
    while start < batch.count {
      let count = min(Self.batchRows, batch.count - start)
      try number(
        batch.rows.slice(start..<start + count))
      start += count
    }
  }

  func finish() throws {
    try judgeLineage()
    try judgeLists()
    try next.finish()
  }

  private func number(_ batch: HostBatch) throws {
    if let lineage, batch.kind > lineage.kind { try judgeLineage() }
    if let first = heldLists.first, batch.kind > first.kind { try judgeLists() }
    let schema = RecordSchema.of(batch.kind)
    let columns = columns(of: schema)
    columns.clear()
    var rejected: Set<Int> = []
    if schema.isNumbered { try declare(batch, columns, &rejected) }
    let used = usedFields(batch.kind)
    for field in schema.fields where field.type == .reference {
      guard let kind = field.reference, used >> UInt64(field.index) & 1 == 1 else { continue }
      if kind == batch.kind {
        climb(field, in: batch, columns, without: rejected)
      } else {
        try resolve(field, kind, in: batch, columns, &rejected)
      }
    }
    if batch.kind == .association { climbAssociations(batch) }
    for field in schema.fields where field.type == .referenceList {
      guard let kind = field.reference, checksReferences(kind),
        used >> UInt64(field.index) & 1 == 1
      else { continue }
      if kind == batch.kind {
        holdList(field, in: batch)
      } else {
        try checkList(field, kind, in: batch, &rejected)
      }
    }
    if batch.kind == .lineItem { minimums.take(batch, columns) }
    if batch.kind == .result { try checkScores(batch, columns, &rejected) }
    guard !rejected.isEmpty else {
      return try next.put(StageBatch(rows: batch, numbers: columns))
    }
    kept.start(stride: batch.stride, rows: batch.count)
    let live = (0..<batch.count).filter { !rejected.contains($0) }
    for row in live { kept.append(row, of: batch) }
    guard !live.isEmpty else { return }
    for field in 0..<columns.columns {
      guard let old = unsafe columns.numbers(field) else { continue }
      let column = unsafe columns.column(field)
      for (place, row) in live.enumerated() { unsafe column[place] = old[row] }
    }
    try next.put(StageBatch(rows: kept.batch(of: batch.kind), numbers: columns))
  }

  private func columns(of schema: RecordSchema) -> NumberColumns {
    if let known = columns[schema.kind.number] { return known }
    let new = NumberColumns(columns: schema.fields.count, capacity: Self.batchRows)
    columns[schema.kind.number] = new
    return new
  }

  /// Gives the records of a numbered kind their own numbers.
  private func declare(
    _ batch: HostBatch, _ columns: NumberColumns, _ rejected: inout Set<Int>
  ) throws {
    let space = space(batch.kind)
    let column = unsafe columns.column(0)
    for row in 0..<batch.count {
      let id = unsafe batch.text(0, of: row)
      guard id.count > 0 else {
        unsafe column[row] = .max
        continue
      }
      let content = RowContent.hash(row, of: batch)
      let (number, standing) = unsafe space.declare(id, content: content)
      unsafe column[row] = number
      switch standing {
      case .new: break
      case .same:
        rejected.insert(row)
        ledger.counts[batch.kind.number].skipped += 1
        unsafe try note(
          .skipped, "reference.duplicate_record",
          "this \(batch.kind) stands in the input twice with the same content; one is kept",
          row, batch)
      case .other:
        unsafe try note(
          .fatal, "reference.duplicate_sourced_id",
          "the identifier of this \(batch.kind) is taken by another one with other content; "
            + "give each its own identifier", row, batch)
        throw InteropError(
          .badInput, "two records of kind \(batch.kind) have the same identifier",
          place: place(row, batch))
      }
    }
  }

  /// Finds the numbers of a reference.
  private func resolve(
    _ field: RecordField, _ kind: RecordKind, in batch: HostBatch, _ columns: NumberColumns,
    _ rejected: inout Set<Int>
  ) throws {
    if batch.kind == .alignment, !Self.ownersAreLineItems(batch), field.index == 4 { return }
    let space = space(kind)
    let column = unsafe columns.column(field.index)
    let unknown = unsafe space.look(up: field.index, in: batch, into: column)
    guard unknown > 0 else { return }
    // Packages name targets of catalogs that live elsewhere; without a catalog nothing is missing.
    let checks = checksReferences(kind) && (kind != .target || space.hasRecords)
    for row in 0..<batch.count where unsafe column[row] == .max {
      let id = unsafe batch.text(field.index, of: row)
      guard id.count > 0 else { continue }
      guard checks else {
        unsafe column[row] = space.refer(to: id)
        continue
      }
      if !space.hasRecords, !isStrict {
        try noteAbsent(kind, field, row, batch)
        unsafe column[row] = space.refer(to: id)
        continue
      }
      let isResult = batch.kind >= .result
      let rejects = isResult || isStrict
      unsafe try note(
        rejects ? .rejected : .warning, "reference.missing_target_record",
        "the \(field.name) of this \(batch.kind) names \(kind.withArticle) that is not in the "
          + "input; add it or correct the identifier", row, batch, value: unsafe id)
      if rejects {
        if rejected.insert(row).inserted { ledger.counts[batch.kind.number].rejected += 1 }
      } else {
        unsafe column[row] = space.refer(to: id)
      }
    }
  }

  /// Says once that a field names records of which the input has none at all, as a gradebook
  /// without its roster does.
  func noteAbsent(
    _ kind: RecordKind, _ field: RecordField, _ row: Int, _ batch: HostBatch
  ) throws {
    guard untold.insert([batch.kind.number, field.index]).inserted else { return }
    unsafe try note(
      .warning, "reference.missing_target_record",
      "the \(field.name) of this \(batch.kind) and of others names \(kind.withArticle), and the "
        + "input has none at all; nothing was checked, so add the input that has them", row, batch)
  }

  private static func ownersAreLineItems(_ batch: HostBatch) -> Bool {
    for row in 0..<batch.count {
      let kind = unsafe batch.text(3, of: row)
      if unsafe kind.count > 0 && !kind.elementsEqual("line_item".utf8)
        && !kind.elementsEqual("lineItem".utf8)
      {
        return false
      }
    }
    return true
  }

  private func place(_ row: Int, _ batch: HostBatch) -> String {
    "\(memberNames(batch.member(of: row))):\(batch.line(of: row))"
  }

  func note(
    _ severity: AdapterReport.Severity, _ code: String, _ message: String, _ row: Int,
    _ batch: HostBatch, value: UnsafeRawBufferPointer? = nil
  ) throws {
    let id = unsafe value ?? batch.text(0, of: row)
    try ledger.report(
      AdapterReport(
        severity, code, message, member: memberNames(batch.member(of: row)),
        line: batch.line(of: row), value: unsafe String(decoding: id, as: UTF8.self),
        raw: severity == .rejected ? RowText.describe(row, of: batch) : "", kind: batch.kind),
      countsRow: false)
  }
}

/// The numbers of one kind.
final class NumberSpace {
  enum Standing {
    case new, same, other
  }

  private var interner = Interner()
  /// Of each number: 0 when it was only referred to, else the hash of the record's content.
  private var contents: [UInt64] = []
  /// Whether a record of the kind was declared, and not only referred to.
  private(set) var hasRecords = false

  /// How many numbers were given.
  var count: Int { interner.count }

  /// The number of an identifier, or `nil`.
  func number(of id: UnsafeRawBufferPointer) -> UInt32? { unsafe interner.number(of: id) }

  /// The identifier of a number; `room` holds 36 bytes.
  func text(
    of number: UInt32, in room: UnsafeMutablePointer<UInt8>
  ) -> UnsafeRawBufferPointer { unsafe interner.text(of: number, in: room) }

  /// The number of an identifier that needs no record.
  func refer(to id: UnsafeRawBufferPointer) -> UInt32 {
    let (number, isNew) = unsafe interner.insert(id)
    if isNew { contents.append(0) }
    return number
  }

  /// Whether a record with this number came.
  func isDeclared(_ number: UInt32) -> Bool { contents[Int(number)] != 0 }

  /// The number of a record, and whether it is the first of its identifier.
  func declare(_ id: UnsafeRawBufferPointer, content: UInt64) -> (UInt32, Standing) {
    hasRecords = true
    let (number, isNew) = unsafe interner.insert(id)
    let hash = content == 0 ? 1 : content
    if isNew {
      contents.append(hash)
      return (number, .new)
    }
    if contents[Int(number)] == 0 {
      contents[Int(number)] = hash
      return (number, .new)
    }
    return (number, contents[Int(number)] == hash ? .same : .other)
  }

  func look(
    up field: Int, in batch: HostBatch, into column: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe interner.look(
      up: batch.count, cells: batch.rows + 16 + field * 16, stride: batch.stride, into: column)
  }
}
