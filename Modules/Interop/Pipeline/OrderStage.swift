internal import AdapterHost
internal import Records

/// Puts the kinds in the order of their numbers: keeps all rows, and gives them kind by kind at
/// the end.
final class OrderStage: RecordStage {
  /// Bytes of a kind that are kept in memory.
  static let threshold = 4 << 20

  private let next: any RecordStage
  private var spools: [RowSpool?] = Array(repeating: nil, count: RecordKind.limit)

  init(next: any RecordStage) {
    self.next = next
  }

  func put(_ batch: StageBatch) throws {
    let spool: RowSpool
    if let known = spools[batch.kind.number] {
      spool = known
    } else {
      spool = RowSpool(kind: batch.kind, threshold: Self.threshold)
      spools[batch.kind.number] = spool
    }
    for row in 0..<batch.count { try spool.append(row, of: batch.rows) }
  }

  func finish() throws {
    for number in spools.indices {
      guard let spool = spools[number] else { continue }
      spools[number] = nil
      try spool.replay { batch in try next.put(StageBatch(rows: batch, numbers: nil)) }
    }
    try next.finish()
  }
}
