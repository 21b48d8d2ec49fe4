internal import AdapterHost
internal import Records

/// Puts the kinds in the order of their numbers: keeps all rows, and gives them kind by kind at
/// the end.
final class OrderStage: RecordStage {
  /// Bytes that are kept in memory.
  static let threshold = 16 << 20

  private let next: any RecordStage
  private let input: () -> Int
  private let store: RowStore

  /// - Parameters:
  ///   - threshold: Bytes that are kept in memory.
  ///   - input: The number of the input that is being read.
  init(
    next: any RecordStage, threshold: Int = OrderStage.threshold, input: @escaping () -> Int
  ) {
    self.next = next
    self.input = input
    store = RowStore(kinds: RecordKind.all, threshold: threshold)
  }

  func put(_ batch: StageBatch) throws {
    let input = input()
    for row in 0..<batch.count {
      try store.append(row, of: batch.rows, to: batch.kind.number - 1, input: input)
    }
  }

  func finish() throws {
    for part in RecordKind.all.indices where store.rowCount(of: part) > 0 {
      try store.replay(part) { batch in try next.put(StageBatch(rows: batch, numbers: nil)) }
    }
    try next.finish()
  }
}
