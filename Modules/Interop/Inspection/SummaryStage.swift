internal import AdapterHost
internal import Records

/// The last step of an inspection: keeps what a person wants to know of an input.
final class SummaryStage: RecordStage {
  /// The most scales that are kept.
  private static let keptScales = 1_000
  /// The most levels that are kept of a scale.
  private static let keptLevels = 100

  private let ledger: ConversionLedger
  private var dialects: [InputSummary.Dialect] = []
  private var scales: [InputSummary.Scale] = []
  private var scaleIndex: [String: Int] = [:]
  private var first: [UInt8] = []
  private var last: [UInt8] = []
  private let dateFields: [Int?]

  init(ledger: ConversionLedger) {
    self.ledger = ledger
    let names = [
      "result": "scoreDate", "targetResult": "date", "aggregateGrade": "date",
      "evidence": "occurred", "assessmentResult": "date", "event": "time", "attempt": "start",
    ]
    var fields = [Int?](repeating: nil, count: RecordKind.limit)
    for schema in RecordSchema.all {
      fields[schema.kind.number] = names[schema.name].flatMap { schema.field($0)?.index }
    }
    dateFields = fields
  }

  func put(_ batch: StageBatch) throws {
    if !batch.kind.isSourceLayer { ledger.counts[batch.kind.number].written += batch.count }
    if let field = dateFields[batch.kind.number] { takeDates(field, of: batch.rows) }
    switch batch.kind {
    case .sourceMember: takeMembers(batch.rows)
    case .scale: takeScales(batch.rows)
    case .scaleLevel: takeLevels(batch.rows)
    default: break
    }
  }

  func finish() throws {}

  func summary(with report: ConversionReport) -> InputSummary {
    var summary = InputSummary(report: report)
    summary.dialects = dialects
    summary.scales = scales
    if !first.isEmpty {
      summary.firstDate = String(decoding: first, as: UTF8.self)
      summary.lastDate = String(decoding: last, as: UTF8.self)
    }
    return summary
  }

  /// Days compare as their text does: year, month and day have fixed widths.
  private func takeDates(_ field: Int, of batch: HostBatch) {
    for row in 0..<batch.count {
      let text = unsafe batch.text(field, of: row)
      guard text.count >= 4 else { continue }
      let day = unsafe UnsafeRawBufferPointer(rebasing: text.prefix(10))
      if unsafe first.isEmpty || day.lexicographicallyPrecedes(first) {
        unsafe first = Array(day)
      }
      if unsafe last.lexicographicallyPrecedes(day) { unsafe last = Array(day) }
    }
  }

  private func takeMembers(_ batch: HostBatch) {
    let schema = RecordSchema.of(.sourceMember)
    guard let field = schema.field("dialect")?.index else { return }
    for row in 0..<batch.count {
      dialects.append(
        InputSummary.Dialect(
          member: Self.string(0, row, batch), text: Self.string(field, row, batch)))
    }
  }

  private func takeScales(_ batch: HostBatch) {
    guard let title = RecordSchema.of(.scale).field("title")?.index else { return }
    for row in 0..<batch.count where scales.count < Self.keptScales {
      let id = Self.string(0, row, batch)
      scaleIndex[id] = scales.count
      scales.append(
        InputSummary.Scale(id: id, title: Self.string(title, row, batch), levels: []))
    }
  }

  private func takeLevels(_ batch: HostBatch) {
    let schema = RecordSchema.of(.scaleLevel)
    guard let scale = schema.field("scale")?.index, let label = schema.field("label")?.index else {
      return
    }
    for row in 0..<batch.count {
      guard let index = scaleIndex[Self.string(scale, row, batch)],
        scales[index].levels.count < Self.keptLevels
      else { continue }
      scales[index].levels.append(Self.string(label, row, batch))
    }
  }

  private static func string(_ field: Int, _ row: Int, _ batch: HostBatch) -> String {
    unsafe String(decoding: batch.text(field, of: row), as: UTF8.self)
  }
}
