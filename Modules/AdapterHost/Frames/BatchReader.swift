internal import Records

// The only owner of its memory, which is freed with it.
/// Turns frames back into batches; see ``BatchWriter`` for what is in them.
@safe
final class BatchReader {
  private var rows: UnsafeMutableRawPointer
  private var capacity: Int
  /// The kind whose rows stand in the memory, the fields that have a value, and how many rows.
  private var kind = 0
  private var fields: UInt64 = 0
  private var used = 0
  private var columns: [UnsafePointer<UInt32>?] = unsafe []
  /// Rows that were received.
  private(set) var rowCount: UInt64 = 0

  init() {
    capacity = 1 << 16
    unsafe rows = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { unsafe rows.deallocate() }

  /// Reads a frame and lends its rows, whose texts lie in the frame.
  ///
  /// - Parameter body: Gets the batch, and for each field the numbers of its identifiers, if any.
  func read<Value>(
    _ frame: FrameReader,
    _ body: (HostBatch, UnsafePointer<UnsafePointer<UInt32>?>?, Int) throws -> Value
  ) throws -> Value {
    var frame = frame
    let number = Int(try frame.number(UInt32.self))
    let count = Int(try frame.number(UInt32.self))
    let present = try frame.number(UInt64.self)
    let numbered = try frame.number(UInt64.self)
    guard let kind = RecordKind(number: number) else {
      throw FrameFault(reason: "it has rows of the unknown kind \(number)")
    }
    let schema = RecordSchema.of(kind)
    guard count > 0, count <= FrameLimit.rows else {
      throw FrameFault(reason: "it has \(count) rows")
    }
    guard (present | numbered) >> UInt64(schema.fields.count) == 0 else {
      throw FrameFault(reason: "it has fields that no \(kind) has")
    }
    prepare(schema, count: count, fields: present)
    let lines = unsafe try frame.take(count * 8)
    let members = unsafe try frame.take(count * 4)
    try frame.align()
    unsafe setOrigins(count, stride: schema.rowSize, lines, members)
    let lengths = unsafe try columns(of: present, count, &frame)
    let numbers = unsafe try columns(of: numbered, count, &frame)
    var column = 0
    for field in FieldMask(present) {
      try unsafe setTexts(of: field, count, schema.rowSize, lengths[column], &frame)
      column += 1
    }
    rowCount += UInt64(count)
    let batch = unsafe HostBatch(kind: kind, count: count, rows: rows, stride: schema.rowSize)
    guard numbered != 0 else { return try body(batch, nil, 0) }
    unsafe columns = Array(repeating: nil, count: schema.fields.count)
    column = 0
    for field in FieldMask(numbered) {
      unsafe columns[field] = numbers[column].baseAddress?.assumingMemoryBound(to: UInt32.self)
      column += 1
    }
    return try unsafe columns.withUnsafeBufferPointer { table in
      try unsafe body(batch, table.baseAddress, table.count)
    }
  }

  /// One run of 4-byte numbers for each field of a mask.
  private func columns(
    of mask: UInt64, _ count: Int, _ frame: inout FrameReader
  ) throws(FrameFault) -> [UnsafeRawBufferPointer] {
    var columns: [UnsafeRawBufferPointer] = unsafe []
    for _ in FieldMask(mask) {
      unsafe columns.append(try frame.take(count * 4))
      try frame.align()
    }
    return unsafe columns
  }

  /// Makes room for rows, with all texts absent that the frame does not have.
  private func prepare(_ schema: RecordSchema, count: Int, fields present: UInt64) {
    let bytes = count * schema.rowSize
    if bytes > capacity {
      unsafe rows.deallocate()
      capacity = bytes
      unsafe rows = .allocate(byteCount: capacity, alignment: 16)
      used = 0
      kind = 0
    }
    if kind != schema.kind.number {
      unsafe rows.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
      kind = schema.kind.number
      fields = 0
      used = count
    }
    if count > used {
      unsafe (rows + used * schema.rowSize).initializeMemory(
        as: UInt8.self, repeating: 0, count: (count - used) * schema.rowSize)
      used = count
    }
    for field in FieldMask(fields & ~present) {
      for row in 0..<used { unsafe set(field, of: row, schema.rowSize, nil, 0) }
    }
    fields = present
  }

  private func setOrigins(
    _ count: Int, stride: Int, _ lines: UnsafeRawBufferPointer, _ members: UnsafeRawBufferPointer
  ) {
    for row in 0..<count {
      let place = unsafe rows + row &* stride
      unsafe place.storeBytes(
        of: lines.loadUnaligned(fromByteOffset: row &* 8, as: UInt64.self), as: UInt64.self)
      unsafe place.storeBytes(
        of: members.loadUnaligned(fromByteOffset: row &* 4, as: UInt32.self), toByteOffset: 8,
        as: UInt32.self)
    }
  }

  private func setTexts(
    of field: Int, _ count: Int, _ stride: Int, _ lengths: UnsafeRawBufferPointer,
    _ frame: inout FrameReader
  ) throws(FrameFault) {
    guard let start = unsafe frame.bytes.baseAddress, let lengths = lengths.baseAddress else {
      return
    }
    let first = unsafe start + frame.offset
    let room = frame.rest
    var end = 0
    for row in 0..<count {
      let length = unsafe (lengths + row &* 4).loadUnaligned(as: UInt32.self)
      if length >= BatchWriter.unreadable {
        unsafe set(field, of: row, stride, nil, length == BatchWriter.absent ? 0 : 1)
        continue
      }
      guard Int(length) <= room &- end else { throw FrameFault(reason: "its texts end too early") }
      unsafe set(field, of: row, stride, first + end, Int(length))
      end &+= Int(length)
    }
    unsafe _ = try frame.take(end)
    try frame.align()
  }

  @inline(__always)
  private func set(
    _ field: Int, of row: Int, _ stride: Int, _ start: UnsafeRawPointer?, _ count: Int
  ) {
    let place = unsafe rows + (row &* stride &+ 16 &+ field &* 16)
    unsafe place.storeBytes(of: start, as: UnsafeRawPointer?.self)
    unsafe place.storeBytes(of: count, toByteOffset: 8, as: Int.self)
  }
}
