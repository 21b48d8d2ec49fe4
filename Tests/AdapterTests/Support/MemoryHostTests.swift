import CAdapterABI
import Testing

@Suite("Memory host")
struct MemoryHostTests {
  @Test("numbers equal identifiers alike, across a record and its references")
  func numbering() {
    let rows = [
      MemoryRow("result", ["lineItem": "b", "person": "p"]),
      MemoryRow("lineItem", ["id": "a"]),
      MemoryRow("lineItem", ["id": "b"]),
      MemoryRow("result", ["lineItem": "a", "person": "q"]),
    ]
    let arena = MemoryArena()
    defer { withExtendedLifetime(arena) {} }
    let batches = MemoryBatches(rows, isGrouped: false, arena: arena).batches(of: 10)
    #expect(batches.map(\.kind) == [23, 30])
    #expect(batches.map(\.count) == [2, 2])
    #expect(number(0, of: 1, in: batches[0]) == 1)
    #expect(number(3, of: 0, in: batches[1]) == 1)
    #expect(number(3, of: 1, in: batches[1]) == 0)
    #expect(number(0, of: 0, in: batches[1]) == nil)
  }

  private func number(_ field: Int, of row: Int, in batch: cbl_batch) -> UInt32? {
    unsafe batch.numbers?[field]?[row]
  }

  @Test("copies what a batch holds")
  func copying() {
    let arena = MemoryArena()
    defer { withExtendedLifetime(arena) {} }
    let rows = [MemoryRow("person", ["id": "007", "givenName": "", "grades": "1\u{1F}2"])]
    let batches = MemoryBatches(rows, isGrouped: false, arena: arena).batches(of: 1)
    #expect(batches.flatMap { MemoryRow.rows(of: $0) } == rows)
  }
}
