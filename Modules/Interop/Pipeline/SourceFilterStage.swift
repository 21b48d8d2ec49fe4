internal import AdapterHost
internal import Records

/// Lets only those source records through that describe members of the format that is written.
final class SourceFilterStage: RecordStage {
  private let next: any RecordStage
  private let format: [UInt8]
  private let kept = RowBuffer()
  private var members: Set<[UInt8]> = []

  private static let formatField = RecordSchema.of(.sourceMember).field("format")?.index ?? 0
  private static let memberField = RecordSchema.of(.sourceLine).field("member")?.index ?? 0

  /// - Parameter format: The identifier of the format that is written.
  init(next: any RecordStage, format: String) {
    self.next = next
    self.format = Array(format.utf8)
  }

  func finish() throws { try next.finish() }

  func put(_ batch: StageBatch) throws {
    guard batch.kind.isSourceLayer else { return try next.put(batch) }
    kept.start(stride: batch.rows.stride, rows: batch.count)
    for row in 0..<batch.count where passes(row, of: batch.rows) {
      kept.append(row, of: batch.rows)
    }
    if kept.count > 0 {
      try next.put(StageBatch(rows: kept.batch(of: batch.kind), numbers: nil))
    }
  }

  private func passes(_ row: Int, of batch: HostBatch) -> Bool {
    if batch.kind == .sourceLine {
      return unsafe members.contains(Array(unsafe batch.text(Self.memberField, of: row)))
    }
    guard unsafe batch.text(Self.formatField, of: row).elementsEqual(format) else { return false }
    unsafe members.insert(Array(unsafe batch.text(0, of: row)))
    return true
  }
}
