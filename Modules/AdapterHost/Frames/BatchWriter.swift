internal import CScanning
internal import Records

/// Turns batches into frames, column by column.
///
/// A frame has the kind, the number of rows, the fields that have a value in some row and the fields
/// with numbers, as masks; then the lines and members of the rows, the lengths of each field, the
/// numbers, and at last the texts of each field one after the other.
struct BatchWriter {
  /// The length of a text that is absent, and of one whose address or length cannot be.
  static let absent = UInt32.max
  static let unreadable = UInt32.max - 1

  /// What some rows have.
  private struct Extent {
    var rows = 0
    var fields: UInt64 = 0
    var bytes = 0
  }

  /// Rows that were sent.
  private(set) var rows: UInt64 = 0

  /// Appends frames with the rows of a batch.
  ///
  /// - Parameters:
  ///   - numbers: For each field the numbers of its identifiers, or `nil`.
  ///   - each: Called after each frame.
  /// - Throws: ``AdapterHostError`` with `limit` when a row is too long, or what `each` threw.
  mutating func write(
    _ batch: HostBatch, numbers: UnsafePointer<UnsafePointer<UInt32>?>? = nil, columns: Int = 0,
    adapter: String, to writer: inout FrameWriter, _ each: (inout FrameWriter) throws -> Void
  ) throws {
    var first = 0
    while first < batch.count {
      let extent = measure(batch, from: first)
      guard extent.rows > 0 else {
        throw AdapterHostError(
          .limit,
          "a \(batch.kind) is longer than the 64 MiB that pass between processes; "
            + "a trusted adapter runs without that limit", adapter: adapter)
      }
      unsafe put(batch, first, extent, numbers, columns, &writer)
      rows += UInt64(extent.rows)
      first += extent.rows
      try each(&writer)
    }
  }

  /// As many rows as go into one frame.
  private func measure(_ batch: HostBatch, from first: Int) -> Extent {
    let fields = RecordSchema.of(batch.kind).fields.count
    var extent = Extent()
    for row in first..<min(batch.count, first + FrameLimit.rows) {
      var bytes = 0
      var present: UInt64 = 0
      for field in 0..<fields {
        let (start, count) = unsafe batch.cell(field, of: row)
        if unsafe start == nil, count == 0 { continue }
        present |= 1 << UInt64(field)
        if count > 0, unsafe start != nil, count <= 1 << 30 { bytes += count }
      }
      guard bytes <= FrameLimit.rowBytes else { return extent }
      if extent.rows > 0, extent.bytes + bytes > FrameLimit.textBytes { return extent }
      extent.rows += 1
      extent.fields |= present
      extent.bytes += bytes
    }
    return extent
  }

  private func put(
    _ batch: HostBatch, _ first: Int, _ extent: Extent,
    _ numbers: UnsafePointer<UnsafePointer<UInt32>?>?, _ columns: Int, _ writer: inout FrameWriter
  ) {
    var numbered: UInt64 = 0
    if let numbers = unsafe numbers {
      for column in 0..<columns where unsafe numbers[column] != nil {
        numbered |= 1 << UInt64(column)
      }
    }
    writer.begin(.batch)
    writer.append(UInt32(batch.kind.number))
    writer.append(UInt32(extent.rows))
    writer.append(extent.fields)
    writer.append(numbered)
    for row in first..<first + extent.rows { writer.append(batch.line(of: row)) }
    for row in first..<first + extent.rows {
      writer.append(UInt32(truncatingIfNeeded: batch.member(of: row)))
    }
    writer.pad()
    for field in FieldMask(extent.fields) { putLengths(of: field, batch, first, extent, &writer) }
    for column in FieldMask(numbered) {
      if let column = unsafe numbers?[column] {
        unsafe writer.append(
          UnsafeRawBufferPointer(start: column + first, count: extent.rows * 4))
        writer.pad()
      }
    }
    for field in FieldMask(extent.fields) { putTexts(of: field, batch, first, extent, &writer) }
    writer.end()
  }

  private func putLengths(
    of field: Int, _ batch: HostBatch, _ first: Int, _ extent: Extent, _ writer: inout FrameWriter
  ) {
    let place = unsafe writer.room(extent.rows * 4)
    for row in 0..<extent.rows {
      let (start, count) = unsafe batch.cell(field, of: first &+ row)
      var length = UInt32(truncatingIfNeeded: count)
      if unsafe start == nil {
        length = count == 0 ? Self.absent : Self.unreadable
      } else if count < 0 || count > 1 << 30 {
        length = Self.unreadable
      }
      unsafe place.storeBytes(of: length, toByteOffset: row &* 4, as: UInt32.self)
    }
    writer.pad()
  }

  private func putTexts(
    of field: Int, _ batch: HostBatch, _ first: Int, _ extent: Extent, _ writer: inout FrameWriter
  ) {
    var bytes = 0
    for row in first..<first &+ extent.rows {
      let (start, count) = unsafe batch.cell(field, of: row)
      if count > 0, unsafe start != nil, count <= 1 << 30 { bytes &+= count }
    }
    // The rows lie in memory that the adapter may change while this runs, so the room is the limit.
    let room = unsafe writer.room(bytes).assumingMemoryBound(to: UInt8.self)
    var used = 0
    for row in first..<first &+ extent.rows {
      let (start, count) = unsafe batch.cell(field, of: row)
      guard count > 0, let start = unsafe start, count <= bytes &- used else { continue }
      unsafe cbl_copy(room + used, start.assumingMemoryBound(to: UInt8.self), count)
      used &+= count
    }
    writer.pad()
  }
}

/// The fields of a mask, from the lowest.
struct FieldMask: Sequence, IteratorProtocol {
  private var mask: UInt64

  init(_ mask: UInt64) { self.mask = mask }

  mutating func next() -> Int? {
    guard mask != 0 else { return nil }
    let place = mask.trailingZeroBitCount
    mask &= mask &- 1
    return place
  }
}
