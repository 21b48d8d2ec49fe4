internal import CAdapterABI

/// Rows of one kind that are filled in place, for loops over many rows of the same shape.
///
/// A fresh block has only absent fields. A row keeps the fields of the row that stood there before,
/// so every row must set the same fields, absent ones too. Texts are borrowed until the block is
/// handed over: by `RecordSink.put(_:)` when it is full, or by `RecordSink.flush(_:)`, which a
/// reader calls before it refills its buffer.
@safe
public struct RowBlock<Row: RecordRow>: ~Copyable {
  /// Rows in a full block: enough that what a batch costs by itself does not matter, few enough for
  /// the second cache.
  @usableFromInline static var capacity: Int { 512 }
  @usableFromInline let rows: UnsafeMutableRawPointer
  @usableFromInline var count = 0

  /// A block without rows.
  public init() {
    unsafe rows = .allocate(
      byteCount: Self.capacity * MemoryLayout<Row>.stride, alignment: 16)
    for row in 0..<Self.capacity {
      unsafe (rows + row * MemoryLayout<Row>.stride).initializeMemory(as: Row.self, to: Row())
    }
  }

  deinit {
    unsafe rows.deallocate()
  }

  /// The row that is being filled: an origin, then its texts.
  @inlinable
  public var row: UnsafeMutableRawPointer {
    unsafe rows + count &* MemoryLayout<Row>.stride
  }

  /// How many rows can be filled from ``row`` on.
  package var room: Int { Self.capacity - count }
}

extension RecordSink {
  /// Adds the row of a block that was filled, and goes on to the next.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  /// - Complexity: O(1) but for the hand-over of full blocks.
  @inlinable
  public mutating func put<Row: RecordRow>(_ block: inout RowBlock<Row>) throws(AdapterError) {
    block.count &+= 1
    if block.count == RowBlock<Row>.capacity { try flush(&block) }
  }

  /// Adds rows of a block that were filled, and goes on to the next.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  /// - Precondition: The block had room for them.
  package mutating func put<Row: RecordRow>(
    _ block: inout RowBlock<Row>, filled: Int
  ) throws(AdapterError) {
    precondition(filled <= block.room, "the block has no room for the rows")
    block.count += filled
    if block.room == 0 { try flush(&block) }
  }

  /// Hands over all other rows, then those of a block.
  ///
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public mutating func flush<Row: RecordRow>(_ block: inout RowBlock<Row>) throws(AdapterError) {
    try hand()
    let count = block.count
    block.count = 0
    guard count > 0, wants(Row.kind) else { return }
    var batch = unsafe cbl_batch(
      size: UInt32(MemoryLayout<cbl_batch>.size), kind: Row.kind.rawValue,
      rows: UnsafeRawPointer(block.rows), count: count, stride: MemoryLayout<Row>.stride,
      numbers: nil, number_columns: 0)
    try AdapterError.check(unsafe sink.pointee.put(sink.pointee.context, &batch))
  }
}
