internal import AdapterHost
internal import Records

/// Puts the kinds in the order of their numbers: keeps all rows, and gives them kind by kind at
/// the end.
final class OrderStage: RecordStage {
  /// Bytes of a kind that are kept in memory.
  static let threshold = 4 << 20

  private let next: any RecordStage
  private let input: () -> Int
  private var spools: [RowSpool?] = Array(repeating: nil, count: RecordKind.limit)

  /// - Parameter input: The number of the input that is being read.
  init(next: any RecordStage, input: @escaping () -> Int) {
    self.next = next
    self.input = input
  }

  func put(_ batch: StageBatch) throws {
    let spool: RowSpool
    if let known = spools[batch.kind.number] {
      spool = known
    } else {
      spool = RowSpool(kind: batch.kind, threshold: Self.threshold)
      spools[batch.kind.number] = spool
    }
    let input = input()
    for row in 0..<batch.count { try spool.append(row, of: batch.rows, input: input) }
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
