internal import AdapterHost
internal import Records

/// Rows that wait, in parts: in memory while they are few, in one temporary file when not.
///
/// Memory is bounded: the threshold, and a block for each part that has rows.
final class RowStore {
  private static let blockBytes = 1 << 14

  private let kinds: [RecordKind]
  private let fieldCounts: [Int]
  private let threshold: Int
  private var encoders: [RowEncoder?]
  private var rowCounts: [Int]
  private var bytesInMemory = 0
  private var file: FileBox?

  /// The file of a store, in a class so that it can be made late.
  private final class FileBox {
    var spool: PartitionedSpool

    init(parts: Int) throws(InteropError) {
      spool = try PartitionedSpool(partitionCount: parts, blockBytes: RowStore.blockBytes)
    }
  }

  /// An empty store.
  ///
  /// - Parameters:
  ///   - kinds: The kind of the rows of each part.
  ///   - threshold: Bytes that are kept in memory.
  init(kinds: [RecordKind], threshold: Int) {
    self.kinds = kinds
    self.threshold = threshold
    fieldCounts = kinds.map { RecordSchema.of($0).fields.count }
    encoders = Array(repeating: nil, count: kinds.count)
    rowCounts = Array(repeating: 0, count: kinds.count)
  }

  /// How many rows a part has.
  func rowCount(of part: Int) -> Int { rowCounts[part] }

  /// Keeps a copy of a row.
  ///
  /// - Parameters:
  ///   - input: The number of its input, kept with its member.
  ///   - kept: The fields that are kept, a bit each; others come back absent.
  ///   - numbers: Numbers kept with the row.
  func append(
    _ row: Int, of batch: HostBatch, to part: Int, input: Int = 0, kept: UInt64 = .max,
    numbers: RowNumbers = RowNumbers()
  ) throws {
    let encoder: RowEncoder
    if let known = encoders[part] {
      encoder = known
    } else {
      encoder = RowEncoder(capacity: 1 << 10)
      encoders[part] = encoder
    }
    let before = encoder.count
    encoder.append(
      row, of: batch, fields: fieldCounts[part], kept: kept, input: input, numbers: numbers)
    rowCounts[part] += 1
    if let file {
      try unsafe file.spool.append(encoder.bytes, to: part)
      encoder.removeAll()
      return
    }
    bytesInMemory += encoder.count - before
    if bytesInMemory > threshold { try spill() }
  }

  private func spill() throws {
    let file = try FileBox(parts: kinds.count)
    for (part, encoder) in encoders.enumerated() {
      guard let encoder, encoder.count > 0 else { continue }
      try unsafe file.spool.append(encoder.bytes, to: part)
      encoders[part] = nil
    }
    bytesInMemory = 0
    self.file = file
  }

  /// Gives the rows of a part, in batches, in the order in which they came.
  func replay(_ part: Int, _ body: (HostBatch) throws -> Void) throws {
    guard let file else {
      guard let encoder = encoders[part] else { return }
      try unsafe give(encoder.bytes, part, body)
      return
    }
    try file.spool.rewind(to: part)
    var room = 1 << 18
    var memory = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
    defer { unsafe memory.deallocate() }
    var kept = 0
    while true {
      let got = try unsafe file.spool.read(
        into: UnsafeMutableRawBufferPointer(start: memory + kept, count: room - kept))
      let filled = unsafe UnsafeRawBufferPointer(start: memory, count: kept + got)
      let used = try unsafe give(filled, part, body)
      guard got > 0 else { break }
      kept = filled.count - used
      if used == 0, kept == room {
        // One row is larger than the buffer.
        let bigger = UnsafeMutableRawPointer.allocate(byteCount: room * 2, alignment: 16)
        unsafe bigger.copyMemory(from: memory, byteCount: kept)
        unsafe memory.deallocate()
        unsafe memory = bigger
        room *= 2
      } else if kept > 0 {
        unsafe memory.copyMemory(from: memory + used, byteCount: kept)
      }
    }
  }

  /// Gives the whole rows of some bytes; returns how many bytes they take.
  @discardableResult
  private func give(
    _ bytes: UnsafeRawBufferPointer, _ part: Int, _ body: (HostBatch) throws -> Void
  ) throws -> Int {
    let rows = RowBuffer()
    let stride = RecordSchema.of(kinds[part]).rowSize
    var offset = 0
    rows.start(stride: stride, rows: 256)
    while let size = unsafe RowDecoder.size(bytes, at: offset) {
      unsafe RowDecoder.decode(
        bytes, at: offset, fields: fieldCounts[part], into: rows.extend())
      offset += size
      if rows.count == 256 {
        try body(rows.batch(of: kinds[part]))
        rows.start(stride: stride, rows: 256)
      }
    }
    if rows.count > 0 { try body(rows.batch(of: kinds[part])) }
    return offset
  }

  /// All rows of a part in memory; for parts that are small enough.
  func load(_ part: Int) throws -> LoadedRows {
    let loaded = LoadedRows(kind: kinds[part], fields: fieldCounts[part])
    if let file {
      try file.spool.rewind(to: part)
      let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, file.spool.byteCount(of: part)), alignment: 16)
      unsafe loaded.adopt(memory)
      _ = try unsafe file.spool.read(into: memory)
    } else if let encoder = encoders[part] {
      let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, encoder.count), alignment: 16)
      unsafe memory.copyMemory(from: encoder.bytes)
      unsafe loaded.adopt(memory)
      encoders[part] = nil
    }
    loaded.index(count: rowCounts[part])
    return loaded
  }
}
