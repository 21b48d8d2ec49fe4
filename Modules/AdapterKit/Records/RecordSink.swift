public import CAdapterABI

/// Where a reader puts its rows; collects them in batches and hands the batches to the host.
///
/// Texts of a row are borrowed until the next ``flush()``. So a reader that refills its buffer
/// flushes first. When a batch is full, all batches are handed over, in the order of the kinds'
/// numbers, so attributes that are put before their record reach the host before it.
@safe
public struct RecordSink: ~Copyable {
  /// Rows in a full batch.
  @usableFromInline static let capacity = 256

  /// The host, for problems and progress.
  public let host: HostLink
  @usableFromInline let sink: UnsafePointer<cbl_sink>
  /// What the host asked for.
  @usableFromInline let wanted: UInt64
  @usableFromInline let buffers: UnsafeMutablePointer<RowBuffer>
  @usableFromInline var filled: UInt64 = 0
  @usableFromInline var arena = TextArena()

  /// A sink over the host's; both tables must outlive it.
  public init(host: HostLink, sink: UnsafePointer<cbl_sink>, kinds: UInt64) {
    self.host = host
    unsafe self.sink = sink
    self.wanted = kinds
    let count = Int(CBL_KIND_COUNT.rawValue)
    unsafe self.buffers = .allocate(capacity: count)
    unsafe self.buffers.initialize(repeating: RowBuffer(), count: count)
  }

  deinit {
    for kind in 0..<Int(CBL_KIND_COUNT.rawValue) { unsafe buffers[kind].rows?.deallocate() }
    unsafe buffers.deallocate()
  }

  /// Whether somebody will use records of a kind; others need not be made.
  @inlinable
  public func wants(_ kind: cbl_kind) -> Bool {
    wanted & (1 << UInt64(kind.rawValue)) != 0
  }

  /// Adds a row.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  /// - Complexity: O(1) but for the hand-over, once in 256 rows.
  @inlinable
  public mutating func put<Row: RecordRow>(_ row: Row) throws(AdapterError) {
    let kind = Int(Row.kind.rawValue)
    guard wanted & (1 << UInt64(kind)) != 0 else { return }
    if unsafe buffers[kind].rows == nil {
      unsafe buffers[kind].rows = .allocate(
        byteCount: Self.capacity * MemoryLayout<Row>.stride, alignment: 16)
      unsafe buffers[kind].stride = MemoryLayout<Row>.stride
    }
    let count = unsafe buffers[kind].count
    if let rows = unsafe buffers[kind].rows {
      unsafe (rows + count * MemoryLayout<Row>.stride).storeBytes(of: row, as: Row.self)
    }
    unsafe buffers[kind].count = count + 1
    filled |= 1 << UInt64(kind)
    if count + 1 == Self.capacity { try hand() }
  }

  /// A copy of bytes that lives until the next flush by the reader.
  @inlinable
  public mutating func copy(_ bytes: UnsafeRawBufferPointer) -> Text {
    unsafe arena.copy(bytes)
  }

  /// A copy of bytes that lives until the next flush by the reader.
  package mutating func copy(_ bytes: [UInt8]) -> Text {
    unsafe bytes.withUnsafeBytes { bytes in unsafe copy(bytes) }
  }

  /// A copy of a string that lives until the next flush by the reader.
  public mutating func copy(_ string: String) -> Text {
    var string = string
    return string.withUTF8 { bytes in unsafe arena.copy(UnsafeRawBufferPointer(bytes)) }
  }

  /// Hands over all rows and forgets copied texts.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public mutating func flush() throws(AdapterError) {
    try hand()
    arena.removeAll()
  }

  @usableFromInline
  mutating func hand() throws(AdapterError) {
    var left = filled
    filled = 0
    while left != 0 {
      let kind = left.trailingZeroBitCount
      left &= left - 1
      let buffer = unsafe buffers[kind]
      unsafe buffers[kind].count = 0
      var batch = unsafe cbl_batch(
        size: UInt32(MemoryLayout<cbl_batch>.size), kind: UInt32(kind),
        rows: UnsafeRawPointer(buffer.rows), count: buffer.count, stride: buffer.stride,
        numbers: nil, number_columns: 0)
      try AdapterError.check(unsafe sink.pointee.put(sink.pointee.context, &batch))
    }
  }
}

@usableFromInline
@safe
struct RowBuffer {
  @usableFromInline var rows: UnsafeMutableRawPointer?
  @usableFromInline var count = 0
  @usableFromInline var stride = 0

  @usableFromInline init() { unsafe rows = nil }
}

/// Bytes that are made while reading and live until the rows that use them are handed over.
///
/// Blocks never move, so texts stay where they are.
@usableFromInline
@safe
struct TextArena: ~Copyable {
  @usableFromInline static let blockSize = 1 << 16
  @usableFromInline var blocks: [UnsafeMutableRawBufferPointer] = unsafe []
  @usableFromInline var next: UnsafeMutableRawPointer?
  @usableFromInline var room = 0

  @usableFromInline init() { unsafe next = nil }

  // Inlinable, because the optimiser cannot set a property of this type from other modules when
  // what it destroys is hidden.
  @inlinable
  deinit {
    free()
  }

  @usableFromInline
  func free() {
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
  }

  @inlinable
  mutating func copy(_ bytes: UnsafeRawBufferPointer) -> Text {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return .blank }
    if bytes.count > room { grow(by: bytes.count) }
    guard let target = unsafe next else { return .blank }
    unsafe target.copyMemory(from: source, byteCount: bytes.count)
    unsafe next = target + bytes.count
    room -= bytes.count
    return unsafe Text(UnsafeRawBufferPointer(start: target, count: bytes.count))
  }

  @usableFromInline
  mutating func grow(by count: Int) {
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, Self.blockSize), alignment: 16)
    unsafe blocks.append(block)
    unsafe next = block.baseAddress
    room = block.count
  }

  mutating func removeAll() {
    while unsafe blocks.count > 1 { unsafe blocks.removeLast().deallocate() }
    unsafe next = blocks.first?.baseAddress
    unsafe room = blocks.first?.count ?? 0
  }
}
