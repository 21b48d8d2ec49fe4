public import CAdapterABI

// Fields of a row by their number, for adapters that treat all kinds alike. That field n is the
// text n after the origin is asserted in the layout of the C header.

extension RecordBatch {
  /// The number of fields that every row has room for.
  @inlinable
  public var fieldCount: Int {
    unsafe max(0, table.pointee.stride - MemoryLayout<cbl_origin>.size)
      / MemoryLayout<Text>.stride
  }

  /// A field of a row; absent when a host of an older minor version does not have the field.
  ///
  /// - Precondition: The row exists.
  @inlinable
  public func text(_ field: Int, of row: Int) -> Text {
    precondition(row >= 0 && row < count, "the batch has no such row")
    let offset = MemoryLayout<cbl_origin>.size &+ field &* MemoryLayout<Text>.stride
    guard field >= 0, unsafe offset &+ MemoryLayout<Text>.size <= table.pointee.stride,
      let rows = unsafe table.pointee.rows
    else { return .absent }
    return unsafe rows.load(fromByteOffset: row &* table.pointee.stride &+ offset, as: Text.self)
  }
}

extension RecordBatch {
  /// The fields of a row, for loops that look at several of them.
  ///
  /// - Precondition: The row exists.
  @inlinable
  public func fields(of row: Int) -> RowFields {
    precondition(row >= 0 && row < count, "the batch has no such row")
    let offset = row &* (unsafe table.pointee.stride) &+ MemoryLayout<cbl_origin>.size
    return unsafe RowFields(
      start: table.pointee.rows.map { unsafe $0 + offset }, count: fieldCount)
  }
}

/// The fields of one row, by their number; borrowed as its batch is.
@safe
public struct RowFields {
  @usableFromInline let start: UnsafeRawPointer?
  @usableFromInline let count: Int

  @inlinable
  init(start: UnsafeRawPointer?, count: Int) {
    unsafe self.start = unsafe start
    self.count = count
  }

  /// A field; absent when a host of an older minor version does not have it.
  @inlinable
  public subscript(field: Int) -> Text {
    guard field >= 0, field < count, let start = unsafe start else { return .absent }
    return unsafe start.load(fromByteOffset: field &* MemoryLayout<Text>.stride, as: Text.self)
  }
}

extension RecordSink {
  /// Adds a row of any kind, given by its fields.
  ///
  /// - Parameters:
  ///   - kind: The kind.
  ///   - fields: As many texts as the kind has fields, in their order.
  ///   - origin: Where the row comes from.
  /// - Precondition: `fields` has as many texts as the table of kinds says.
  /// - Throws: ``AdapterError`` when the host asks to stop.
  public mutating func put(
    _ kind: cbl_kind, fields: [Text], origin: cbl_origin
  ) throws(AdapterError) {
    guard wants(kind) else { return }
    let size = MemoryLayout<cbl_origin>.size + fields.count * MemoryLayout<Text>.stride
    guard let info = unsafe cbl_kind_table(kind.rawValue), unsafe info.pointee.row_size == size
    else { preconditionFailure("a row needs as many texts as its kind has fields") }
    let number = Int(kind.rawValue)
    if unsafe buffers[number].rows == nil {
      unsafe buffers[number].rows = .allocate(byteCount: Self.capacity * size, alignment: 16)
      unsafe buffers[number].stride = size
    }
    let count = unsafe buffers[number].count
    if let rows = unsafe buffers[number].rows {
      let row = unsafe rows + count * size
      unsafe row.storeBytes(of: origin, as: cbl_origin.self)
      unsafe fields.withUnsafeBytes { texts in
        unsafe UnsafeMutableRawBufferPointer(
          start: row + MemoryLayout<cbl_origin>.size, count: texts.count
        ).copyMemory(from: texts)
      }
    }
    unsafe buffers[number].count = count + 1
    filled |= 1 << UInt64(number)
    if count + 1 == Self.capacity { try hand() }
  }
}
