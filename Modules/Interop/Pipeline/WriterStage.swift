internal import AdapterHost
internal import Records

/// The last step: counts what the format cannot carry, and hands the rows to the writer.
final class WriterStage: RecordStage {
  private let call: WriteCall
  private let format: LoadedFormat
  private let ledger: ConversionLedger
  private let lostFields: [[RecordField]]
  private let isWritten: [Bool]
  private var lostCounts: [[LossCounter]]
  private var wholeKinds: [LossCounter]
  /// Records of kinds that the format keeps only as part of others.
  private var folded: [LossCounter]
  private let isFolded: [Bool]
  /// Kinds whose lost values a step before this one has counted.
  private var isCounted = Array(repeating: false, count: RecordKind.limit)
  /// Whether the output is written by the layout of an input of its own format.
  private var hasSourceLayer = false

  /// How often a field had a value that is not written.
  private struct LossCounter {
    var count = 0
    var example = ""
  }

  init(_ call: WriteCall, format: LoadedFormat, ledger: ConversionLedger) {
    self.call = call
    self.format = format
    self.ledger = ledger
    var lostFields: [[RecordField]] = Array(repeating: [], count: RecordKind.limit)
    var isWritten = Array(repeating: false, count: RecordKind.limit)
    var isFolded = isWritten
    for kind in RecordKind.all {
      guard let capability = format.capabilities[kind],
        capability.writes | capability.reduces != 0
      else { continue }
      isWritten[kind.number] = true
      isFolded[kind.number] = capability.writes == 0
      lostFields[kind.number] = RecordSchema.of(kind).fields.filter { field in
        (capability.writes | capability.reduces) & (1 << UInt64(field.index)) == 0
      }
    }
    self.lostFields = lostFields
    self.isWritten = isWritten
    self.isFolded = isFolded
    lostCounts = lostFields.map { Array(repeating: LossCounter(), count: $0.count) }
    wholeKinds = Array(repeating: LossCounter(), count: RecordKind.limit)
    folded = wholeKinds
  }

  func put(_ batch: StageBatch) throws {
    let kind = batch.kind.number
    guard isWritten[kind] else {
      if !batch.kind.isSourceLayer {
        if wholeKinds[kind].count == 0 { wholeKinds[kind].example = Self.id(0, batch) }
        wholeKinds[kind].count += batch.count
        ledger.counts[kind].unwritten += batch.count
      }
      return
    }
    if batch.kind.isSourceLayer { hasSourceLayer = true }
    if isFolded[kind] {
      if folded[kind].count == 0 { folded[kind].example = Self.id(0, batch) }
      folded[kind].count += batch.count
    }
    if !isCounted[kind] { countLost(batch) }
    ledger.counts[kind].written += batch.count
    try unsafe call.put(
      batch.rows, numbers: batch.numbers.map { unsafe UnsafePointer($0.pointers) },
      columns: batch.numbers?.columns ?? 0)
  }

  /// The fields of a kind that the writer keeps, a bit each; 0 when it takes no such records.
  func keptFields(_ kind: RecordKind) -> UInt64 {
    format.capabilities[kind].map { $0.writes | $0.reduces } ?? 0
  }

  /// Counts lost values ahead of ``put(_:)``, for a step that leaves such fields out of the rows.
  func countAhead(_ batch: StageBatch) {
    isCounted[batch.kind.number] = true
    countLost(batch)
  }

  private func countLost(_ batch: StageBatch) {
    let kind = batch.kind.number
    for place in lostFields[kind].indices {
      let field = lostFields[kind][place].index
      var count = 0
      for row in 0..<batch.count {
        if unsafe batch.rows.text(field, of: row).count > 0 {
          if count == 0, lostCounts[kind][place].count == 0 {
            lostCounts[kind][place].example = Self.id(row, batch)
          }
          count += 1
        }
      }
      lostCounts[kind][place].count += count
    }
  }

  private static func id(_ row: Int, _ batch: StageBatch) -> String {
    unsafe String(decoding: batch.rows.text(0, of: row), as: UTF8.self)
  }

  func finish() throws {
    try call.finish()
    for kind in RecordKind.all {
      let whole = wholeKinds[kind.number]
      if whole.count > 0 {
        ledger.lose(
          kind, field: nil, count: whole.count,
          reason: "\(format.identifier) has no place for records of this kind",
          example: whole.example)
      }
      let part = folded[kind.number]
      if part.count > 0, !hasSourceLayer {
        ledger.lose(
          kind, field: nil, isReduced: true, count: part.count,
          reason: format.capabilities[kind]?.rule ?? "", example: part.example)
      }
      for (place, field) in lostFields[kind.number].enumerated() {
        let lost = lostCounts[kind.number][place]
        guard lost.count > 0 else { continue }
        ledger.lose(
          kind, field: field.index, count: lost.count,
          reason: "\(format.identifier) has no place for this field", example: lost.example)
      }
    }
  }
}
