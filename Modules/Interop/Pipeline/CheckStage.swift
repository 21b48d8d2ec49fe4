internal import AdapterHost
internal import CScanning
internal import Records

/// The first step: counts rows, and leaves out those whose values break the rules of their fields.
///
/// Nothing that an adapter gives is trusted: text must be UTF-8, numbers, dates and booleans must
/// have their form.
final class CheckStage: BatchSink {
  private let next: any RecordStage
  let ledger: ConversionLedger
  let memberNames: (Int) -> String
  private let kept = RowBuffer()
  private var faulty: [Int] = []
  /// What is looked at of each kind.
  private let fields: [CheckedFields]

  /// Bytes of the longest text that is taken.
  private static let longestText = 1 << 30
  private let isDropped: (RecordKind) -> Bool

  /// - Parameter usedFields: The fields of a kind, as a mask, whose values somebody will look at;
  ///   identifiers and references are always checked.
  init(
    next: any RecordStage, ledger: ConversionLedger, memberNames: @escaping (Int) -> String,
    usedFields: (RecordKind) -> UInt64 = { _ in .max },
    isDropped: @escaping (RecordKind) -> Bool
  ) {
    fields =
      [CheckedFields()]
      + RecordSchema.all.map { schema in
        CheckedFields(schema, used: schema.kind.isSourceLayer ? .max : usedFields(schema.kind))
      }
    self.next = next
    self.ledger = ledger
    self.memberNames = memberNames
    self.isDropped = isDropped
  }

  func put(_ batch: HostBatch) throws {
    if !batch.kind.isSourceLayer { ledger.counts[batch.kind.number].read += batch.count }
    if isDropped(batch.kind) {
      ledger.counts[batch.kind.number].dropped += batch.count
      return
    }
    faulty.removeAll(keepingCapacity: true)
    if hasFault(batch) {
      let checked = fields[batch.kind.number]
      for field in RecordSchema.of(batch.kind).fields {
        try report(field, in: batch, looksAtValues: checked.contains(field))
      }
    }
    if batch.kind == .person { try noteInvisible(in: batch, without: faulty) }
    guard !faulty.isEmpty else {
      return try next.put(StageBatch(rows: batch, numbers: nil))
    }
    let bad = Set(faulty)
    kept.start(stride: batch.stride, rows: batch.count)
    for row in 0..<batch.count where !bad.contains(row) { kept.append(row, of: batch) }
    ledger.counts[batch.kind.number].rejected += bad.count
    if kept.count > 0 { try next.put(StageBatch(rows: kept.batch(of: batch.kind), numbers: nil)) }
  }

  /// How to repair a value.
  private static func repair(of field: RecordField, _ kind: RecordKind) -> String {
    guard field.name == "score", RecordSchema.of(kind).field("textScore") != nil else {
      return "correct it in the source"
    }
    return "correct it in the source; a level or letter belongs into textScore"
  }

  /// Whether any value of a batch is faulty; rows that a trusted adapter has checked are not.
  private func hasFault(_ batch: HostBatch) -> Bool {
    guard batch.isTrusted else { return hasFaultyValue(batch) }
    var row = 0
    while row < batch.count {
      let first = row
      while row < batch.count, !batch.isChecked(row) { row += 1 }
      if row > first, hasFaultyValue(batch.slice(first..<row)) { return true }
      while row < batch.count, batch.isChecked(row) { row += 1 }
    }
    return false
  }

  private func hasFaultyValue(_ batch: HostBatch) -> Bool {
    let fields = fields[batch.kind.number]
    if hasTextFault(batch, fields) { return true }
    for (field, type) in fields.formed {
      let column = unsafe FormedColumn(
        cells: batch.rows + 16 + field &* 16, count: batch.count, stride: batch.stride)
      if column.hasFault(type) { return true }
    }
    return false
  }

  /// Whether a cell of a batch cannot be text.
  private func hasTextFault(_ batch: HostBatch, _ fields: CheckedFields) -> Bool {
    var row = 0
    while true {
      row = unsafe fields.texts.withUnsafeBufferPointer { texts in
        unsafe cbl_cells_odd_row(
          (batch.rows + 16).assumingMemoryBound(to: UInt8.self), row, batch.count, batch.stride,
          fields.count, texts.baseAddress, texts.count, Self.longestText)
      }
      guard row < batch.count else { return false }
      if hasTextFault(row, of: batch, fields) { return true }
      row += 1
    }
  }

  private func hasTextFault(_ row: Int, of batch: HostBatch, _ fields: CheckedFields) -> Bool {
    for field in 0..<fields.count {
      let (start, count) = unsafe batch.cell(field, of: row)
      if count == 0 { continue }
      guard unsafe start != nil, count > 0, count <= Self.longestText else { return true }
    }
    return fields.texts.contains { field in
      unsafe !ValueCheck.isUTF8(batch.text(Int(field), of: row))
    }
  }

  private func report(
    _ field: RecordField, in batch: HostBatch, looksAtValues: Bool
  ) throws {
    for row in 0..<batch.count {
      let (start, count) = unsafe batch.cell(field.index, of: row)
      guard count != 0 else { continue }
      let isReadable = unsafe start != nil && count > 0 && count <= Self.longestText
      let bytes = unsafe UnsafeRawBufferPointer(
        start: isReadable ? start : nil, count: isReadable ? count : 0)
      let fault: ValueFault
      if !isReadable {
        fault = .utf8
      } else if looksAtValues, let found = unsafe ValueCheck.fault(of: bytes, type: field.type) {
        fault = found
      } else {
        continue
      }
      if !faulty.contains(row) { faulty.append(row) }
      let value = unsafe String(decoding: bytes, as: UTF8.self)
      try ledger.report(
        AdapterReport(
          .rejected, fault.rawValue,
          "the \(field.name) of this \(batch.kind) \(fault.expectation); "
            + Self.repair(of: field, batch.kind),
          member: memberNames(batch.member(of: row)), line: batch.line(of: row), value: value,
          raw: isReadable ? RowText.describe(row, of: batch) : "", kind: batch.kind),
        countsRow: false)
    }
  }
}

/// The fields of a kind, as far as they are checked.
private struct CheckedFields {
  /// How many fields the kind has.
  private(set) var count = 0
  /// Fields whose bytes are looked at.
  private(set) var texts: [UInt32] = []
  /// Fields whose values have a form.
  private(set) var formed: [(field: Int, type: RecordFieldType)] = []

  init() {}

  init(_ schema: RecordSchema, used: UInt64) {
    count = schema.fields.count
    for field in schema.fields where Self.isChecked(field, used) {
      texts.append(UInt32(field.index))
      switch field.type {
      case .number, .date, .boolean: formed.append((field.index, field.type))
      default: break
      }
    }
  }

  private static func isChecked(_ field: RecordField, _ used: UInt64) -> Bool {
    switch field.type {
    case .identifier, .reference, .referenceList, .token: true
    default: used & (1 << UInt64(field.index)) != 0
    }
  }

  /// Whether a field is looked at.
  func contains(_ field: RecordField) -> Bool { texts.contains(UInt32(field.index)) }
}

/// A row in words, for the rejects file.
enum RowText {
  /// The fields that have a value, as `name=value` with semicolons between them.
  static func describe(_ row: Int, of batch: HostBatch) -> String {
    var parts: [String] = []
    for field in RecordSchema.of(batch.kind).fields {
      let (start, count) = unsafe batch.cell(field.index, of: row)
      guard let start = unsafe start, count > 0, count <= 1 << 24 else { continue }
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
      parts.append("\(field.name)=\(unsafe String(decoding: bytes, as: UTF8.self))")
    }
    return parts.joined(separator: "; ")
  }
}
