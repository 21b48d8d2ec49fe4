public import CAdapterABI

/// A run of rows of one kind, borrowed from the host for one call.
@safe
public struct RecordBatch {
  @usableFromInline let table: UnsafePointer<cbl_batch>

  /// A view of the host's batch, which must stay valid while the view is used.
  public init(_ table: UnsafePointer<cbl_batch>) {
    unsafe self.table = table
  }

  /// The kind of the rows.
  @inlinable
  public var kind: cbl_kind { unsafe cbl_kind(table.pointee.kind) }

  /// The number of rows.
  @inlinable
  public var count: Int { unsafe table.pointee.count }

  /// The rows, as the C struct of their kind.
  ///
  /// Fields that a host of an older minor version does not have are absent.
  ///
  /// - Precondition: `Row` belongs to the kind of the batch.
  @inlinable
  public func rows<Row: RecordRow>(as type: Row.Type = Row.self) -> Rows<Row> {
    unsafe precondition(table.pointee.kind == Row.kind.rawValue, "the batch is of another kind")
    return unsafe Rows(
      start: table.pointee.rows, count: table.pointee.count, stride: table.pointee.stride)
  }

  /// The host's numbers for a field: equal identifiers have equal numbers, from 0.
  ///
  /// - Parameter field: The field, from 0; 0 is the row's own identifier.
  /// - Returns: One number a row, or `nil` when the field is not numbered.
  @inlinable
  public func numbers(_ field: Int) -> UnsafeBufferPointer<UInt32>? {
    guard let columns = unsafe table.pointee.numbers, unsafe field < table.pointee.number_columns,
      let column = unsafe columns[field]
    else { return nil }
    return unsafe UnsafeBufferPointer(start: column, count: table.pointee.count)
  }
}

/// The rows of a batch.
@safe
public struct Rows<Row: RecordRow>: Sequence, IteratorProtocol {
  @usableFromInline var cursor: UnsafeRawPointer?
  @usableFromInline var left: Int
  @usableFromInline let stride: Int
  @usableFromInline let size: Int

  @inlinable
  init(start: UnsafeRawPointer?, count: Int, stride: Int) {
    unsafe cursor = start
    left = count
    self.stride = stride
    size = Swift.min(stride, MemoryLayout<Row>.size)
  }

  /// The next row.
  @inlinable
  public mutating func next() -> Row? {
    guard left > 0, let pointer = unsafe cursor else { return nil }
    left -= 1
    unsafe cursor = pointer + stride
    if size == MemoryLayout<Row>.size { return unsafe pointer.loadUnaligned(as: Row.self) }
    var row = Row()
    unsafe withUnsafeMutableBytes(of: &row) { target in
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: size))
    }
    return row
  }
}
