internal import AdapterHost
internal import Records

/// Puts the kinds in the order of their numbers: keeps all rows, and gives them kind by kind at
/// the end. Records that are one are merged on the way.
final class OrderStage: RecordStage {
  /// Bytes that are kept in memory.
  static let threshold = 16 << 20

  private let next: any RecordStage
  private let input: () -> Int
  private let store: RowStore
  private let merger: (RecordKind) -> RecordMerger?

  /// - Parameters:
  ///   - threshold: Bytes that are kept in memory.
  ///   - input: The number of the input that is being read.
  ///   - merger: What merges records of a kind, or `nil`.
  init(
    next: any RecordStage, threshold: Int = OrderStage.threshold, input: @escaping () -> Int,
    merger: @escaping (RecordKind) -> RecordMerger? = { _ in nil }
  ) {
    self.next = next
    self.input = input
    self.merger = merger
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
      if try merge(part) { continue }
      try store.replay(part) { batch in try next.put(StageBatch(rows: batch, numbers: nil)) }
    }
    try next.finish()
  }

  /// Hands on a part whose records are merged; returns whether there was anything to merge.
  private func merge(_ part: Int) throws -> Bool {
    guard let merger = merger(RecordKind.all[part]) else { return false }
    try store.replay(part) { merger.note($0) }
    guard merger.hasRepeats else { return false }
    try store.replay(part) { try merger.collect($0) }
    try store.replay(part) { try merger.give($0, to: next) }
    return true
  }
}
