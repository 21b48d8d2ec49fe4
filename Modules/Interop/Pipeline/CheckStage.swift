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
    for field in RecordSchema.of(batch.kind).fields {
      let faults = Self.firstFault(field, in: batch)
      if faults != nil { try report(field, in: batch) }
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

  /// The first row whose field is faulty, or `nil`.
  private static func firstFault(_ field: RecordField, in batch: HostBatch) -> Int? {
    let type = field.type
    let index = field.index
    for row in 0..<batch.count {
      let bytes = unsafe batch.text(index, of: row)
      if bytes.count == 0 { continue }
      if unsafe bytes.baseAddress == nil { return row }
      if unsafe ValueCheck.fault(of: bytes, type: type) != nil { return row }
    }
    return nil
  }

  private func report(_ field: RecordField, in batch: HostBatch) throws {
    for row in 0..<batch.count {
      let bytes = unsafe batch.text(field.index, of: row)
      guard bytes.count > 0 else { continue }
      let fault: ValueFault
      if unsafe bytes.baseAddress == nil {
        fault = .utf8
      } else if let found = unsafe ValueCheck.fault(of: bytes, type: field.type) {
        fault = found
      } else {
        continue
      }
      if !faulty.contains(row) { faulty.append(row) }
      let value = unsafe bytes.baseAddress == nil ? "" : String(decoding: bytes, as: UTF8.self)
      try ledger.report(
        AdapterReport(
          .rejected, fault.rawValue,
          "the \(field.name) of this \(batch.kind) \(fault.expectation); correct it in the source",
          member: memberNames(batch.member(of: row)), line: batch.line(of: row), value: value,
          raw: RowText.describe(row, of: batch), kind: batch.kind), countsRow: false)
    }
  }
}

/// A row in words, for the rejects file.
enum RowText {
  /// The fields that have a value, as `name=value` with semicolons between them.
  static func describe(_ row: Int, of batch: HostBatch) -> String {
    var parts: [String] = []
    for field in RecordSchema.of(batch.kind).fields {
      let bytes = unsafe batch.text(field.index, of: row)
      guard bytes.count > 0, unsafe bytes.baseAddress != nil else { continue }
      parts.append("\(field.name)=\(unsafe String(decoding: bytes, as: UTF8.self))")
    }
    return parts.joined(separator: "; ")
  }
}
