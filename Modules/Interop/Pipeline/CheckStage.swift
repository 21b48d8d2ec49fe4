internal import AdapterHost
internal import Records

/// The first step: counts rows, and leaves out those whose values break the rules of their fields.
///
/// Nothing that an adapter gives is trusted: text must be UTF-8, numbers, dates and booleans must
/// have their form.
final class CheckStage: BatchSink {
  private let next: any RecordStage
  private let ledger: ConversionLedger
  private let memberNames: (Int) -> String
  private let kept = RowBuffer()
  private var faulty: [Int] = []
  /// The types of the fields of each kind.
  private let types: [[RecordFieldType]] = [[]] + RecordSchema.all.map { $0.fields.map(\.type) }

  /// Bytes of the longest text that is taken.
  private static let longestText = 1 << 30
  private let isDropped: (RecordKind) -> Bool

  init(
    next: any RecordStage, ledger: ConversionLedger, memberNames: @escaping (Int) -> String,
    isDropped: @escaping (RecordKind) -> Bool
  ) {
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
      for field in RecordSchema.of(batch.kind).fields { try report(field, in: batch) }
    }
    guard !faulty.isEmpty else {
      return try next.put(StageBatch(rows: batch, numbers: nil))
    }
    let bad = Set(faulty)
    kept.start(stride: batch.stride, rows: batch.count)
    for row in 0..<batch.count where !bad.contains(row) { kept.append(row, of: batch) }
    ledger.counts[batch.kind.number].rejected += bad.count
    if kept.count > 0 { try next.put(StageBatch(rows: kept.batch(of: batch.kind), numbers: nil)) }
  }

  /// Whether any value of a batch is faulty.
  private func hasFault(_ batch: HostBatch) -> Bool {
    unsafe types[batch.kind.number].withUnsafeBufferPointer { types in
      for row in 0..<batch.count {
        let cells = unsafe batch.rows + (row &* batch.stride &+ 16)
        for field in 0..<types.count {
          let cell = unsafe cells + field &* 16
          let count = unsafe cell.load(fromByteOffset: 8, as: Int.self)
          if count == 0 { continue }
          guard let start = unsafe cell.load(as: UnsafeRawPointer?.self), count > 0,
            count <= Self.longestText
          else { return true }
          let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
          if unsafe ValueCheck.fault(of: bytes, type: types[field]) != nil { return true }
        }
      }
      return false
    }
  }

  private func report(_ field: RecordField, in batch: HostBatch) throws {
    for row in 0..<batch.count {
      let (start, count) = unsafe batch.cell(field.index, of: row)
      guard count != 0 else { continue }
      let isReadable = unsafe start != nil && count > 0 && count <= Self.longestText
      let bytes = unsafe UnsafeRawBufferPointer(
        start: isReadable ? start : nil, count: isReadable ? count : 0)
      let fault: ValueFault
      if !isReadable {
        fault = .utf8
      } else if let found = unsafe ValueCheck.fault(of: bytes, type: field.type) {
        fault = found
      } else {
        continue
      }
      if !faulty.contains(row) { faulty.append(row) }
      let value = unsafe String(decoding: bytes, as: UTF8.self)
      try ledger.report(
        AdapterReport(
          .rejected, fault.rawValue,
          "the \(field.name) of this \(batch.kind) \(fault.expectation); correct it in the source",
          member: memberNames(batch.member(of: row)), line: batch.line(of: row), value: value,
          raw: isReadable ? RowText.describe(row, of: batch) : "", kind: batch.kind),
        countsRow: false)
    }
  }
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
