internal import AdapterHost
internal import Records

/// Rows of one kind that wait: in memory while they are few, in a temporary file when not.
final class RowSpool {
  let kind: RecordKind
  private let fields: Int
  private let encoder: RowEncoder
  private var file: FileBox?
  private let threshold: Int
  private(set) var rowCount = 0

  /// The file of a spool, in a class so that it can be made late.
  private final class FileBox {
    var file: SpoolFile

    init() throws(InteropError) { file = try SpoolFile() }
  }

  /// - Parameter threshold: Bytes that are kept in memory.
  init(kind: RecordKind, threshold: Int) {
    self.kind = kind
    self.threshold = threshold
    fields = RecordSchema.of(kind).fields.count
    encoder = RowEncoder(capacity: min(threshold, 1 << 12))
  }

  /// Keeps a copy of a row.
  ///
  /// - Parameter input: The number of its input, kept with its member.
  func append(
    _ row: Int, of batch: HostBatch, input: Int = 0,
    extra: (UInt32, UInt32, UInt32) = (.max, .max, .max)
  ) throws {
    encoder.append(row, of: batch, fields: fields, input: input, extra: extra)
    rowCount += 1
    if encoder.count >= threshold { try spill() }
  }

  private func spill() throws {
    if file == nil { file = try FileBox() }
    try unsafe file?.file.append(encoder.bytes)
    encoder.removeAll()
  }

  /// Gives all rows, in batches, in the order in which they came.
  func replay(_ body: (HostBatch) throws -> Void) throws {
    guard let file else {
      try unsafe Self.replay(encoder.bytes, kind, fields, body)
      return
    }
    try spill()
    try file.file.rewind()
    var room = 1 << 20
    var memory = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
    defer { unsafe memory.deallocate() }
    var kept = 0
    while true {
      let got = try unsafe file.file.read(
        into: UnsafeMutableRawBufferPointer(start: memory + kept, count: room - kept))
      let filled = unsafe UnsafeRawBufferPointer(start: memory, count: kept + got)
      let used = try unsafe Self.replay(filled, kind, fields, body)
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
  private static func replay(
    _ bytes: UnsafeRawBufferPointer, _ kind: RecordKind, _ fields: Int,
    _ body: (HostBatch) throws -> Void
  ) throws -> Int {
    let rows = RowBuffer()
    let stride = RecordSchema.of(kind).rowSize
    var offset = 0
    rows.start(stride: stride, rows: 256)
    while let size = unsafe RowDecoder.size(bytes, at: offset) {
      unsafe RowDecoder.decode(bytes, at: offset, fields: fields, into: rows.extend())
      offset += size
      if rows.count == 256 {
        try body(rows.batch(of: kind))
        rows.start(stride: stride, rows: 256)
      }
    }
    if rows.count > 0 { try body(rows.batch(of: kind)) }
    return offset
  }

  /// All rows in memory; for spools that were made small enough.
  func load() throws -> LoadedRows {
    let loaded = LoadedRows(kind: kind, fields: fields)
    if let file {
      try spill()
      try file.file.rewind()
      let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, file.file.byteCount), alignment: 16)
      unsafe loaded.adopt(memory)
      var filled = 0
      while filled < memory.count {
        let got = try unsafe file.file.read(
          into: UnsafeMutableRawBufferPointer(rebasing: memory[filled...]))
        if got == 0 { break }
        filled += got
      }
    } else {
      let memory = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, encoder.count), alignment: 16)
      unsafe memory.copyMemory(from: encoder.bytes)
      unsafe loaded.adopt(memory)
    }
    loaded.index(count: rowCount)
    return loaded
  }
}

/// Rows of a spool in memory, with the places where they start.
@safe
final class LoadedRows {
  let kind: RecordKind
  let fields: Int
  private var memory: UnsafeMutableRawBufferPointer?
  private(set) var offsets: [Int] = []

  init(kind: RecordKind, fields: Int) {
    self.kind = kind
    self.fields = fields
    unsafe memory = nil
  }

  deinit {
    unsafe memory?.deallocate()
  }

  func adopt(_ memory: UnsafeMutableRawBufferPointer) { unsafe self.memory = unsafe memory }

  func index(count: Int) {
    guard let memory = unsafe memory else { return }
    let bytes = UnsafeRawBufferPointer(memory)
    offsets.reserveCapacity(count)
    var offset = 0
    while offsets.count < count, let size = unsafe RowDecoder.size(bytes, at: offset) {
      offsets.append(offset)
      offset += size
    }
  }

  func extra(_ index: Int) -> (UInt32, UInt32, UInt32) {
    guard let memory = unsafe memory else { return (.max, .max, .max) }
    return unsafe RowDecoder.extra(UnsafeRawBufferPointer(memory), at: offsets[index])
  }

  func decode(_ index: Int, into row: UnsafeMutableRawPointer) {
    guard let memory = unsafe memory else { return }
    unsafe RowDecoder.decode(
      UnsafeRawBufferPointer(memory), at: offsets[index], fields: fields, into: row)
  }
}
