public import CScanning

// Reading the records.
extension CSVIndex {
  /// The number of fields of a record.
  public func fieldCount(_ record: Int) -> Int {
    unsafe endCount(of: record) - Int(records[record].first_field)
  }

  /// A field without its quotes: a slice of the chunk, or of the index's own memory when doubled
  /// quotes were taken out. Valid until the next scan.
  ///
  /// - Precondition: `column` is one of the record's.
  @inlinable
  public func field(_ column: Int, of record: Int) -> UnsafeRawBufferPointer {
    let entry = unsafe records[record]
    let place = Int(entry.first_field) &+ column
    let start = column == 0 ? Int(entry.start) : Int(unsafe ends[place &- 1]) &+ 1
    let end = Int(unsafe ends[place])
    if entry.findings & 1 == 0 {
      return unsafe UnsafeRawBufferPointer(start: base + start, count: end &- start)
    }
    return unsafe quotedField(place, start, end, isRewritten: entry.findings & 64 != 0)
  }

  @usableFromInline
  func quotedField(
    _ place: Int, _ start: Int, _ end: Int, isRewritten: Bool
  ) -> UnsafeRawBufferPointer {
    if isRewritten, let rewrite = rewrite(of: UInt32(place)) {
      let memory = unsafe rewrite.isInArena ? arena.start : UnsafeRawPointer(base)
      return unsafe UnsafeRawBufferPointer(start: memory + rewrite.start, count: rewrite.count)
    }
    if unsafe end > start + 1 && base[start] == dialect.quote {
      return unsafe UnsafeRawBufferPointer(start: base + start + 1, count: end - start - 2)
    }
    return unsafe UnsafeRawBufferPointer(start: base + start, count: end - start)
  }

  private func rewrite(of field: UInt32) -> Rewrite? {
    var low = 0
    var high = rewrites.count
    while low < high {
      let middle = (low + high) / 2
      if rewrites[middle].field < field { low = middle + 1 } else { high = middle }
    }
    return low < rewrites.count && rewrites[low].field == field ? rewrites[low] : nil
  }

  /// A field as it is written, with its quotes.
  public func rawField(_ column: Int, of record: Int) -> UnsafeRawBufferPointer {
    let place = Int(unsafe records[record].first_field) + column
    let start = column == 0 ? Int(unsafe records[record].start) : Int(unsafe ends[place - 1]) + 1
    return unsafe UnsafeRawBufferPointer(start: base + start, count: Int(ends[place]) - start)
  }

  /// A record as it is written, without its line end.
  public func rawRecord(_ record: Int) -> UnsafeRawBufferPointer {
    let start = Int(unsafe records[record].start)
    let end = Int(unsafe ends[endCount(of: record) - 1])
    return unsafe UnsafeRawBufferPointer(start: base + start, count: end - start)
  }

  /// How a record ends.
  public func lineEnd(of record: Int) -> CSVLineEnd {
    CSVLineEnd(rawValue: unsafe records[record].line_end) ?? .none
  }

  /// The line on which a record starts, from 1.
  public func line(of record: Int) -> UInt64 { unsafe firstLine + UInt64(records[record].line) }

  /// Whether a record is an empty line.
  public func isBlank(_ record: Int) -> Bool { unsafe rawRecord(record).count == 0 }

  /// Whether a record has only delimiters and blanks.
  public func isOnlyDelimiters(_ record: Int) -> Bool {
    unsafe rawRecord(record).allSatisfy { $0 == dialect.delimiter || $0 == 0x20 }
  }

  /// Whether no record of the chunk has a finding but quoted fields.
  public var isClean: Bool { !mayHaveNUL && !hasInvalidUTF8 && rewrites.isEmpty }

  /// What is unusual about a record.
  ///
  /// - Complexity: O(1); O(*n*) in the record's bytes when its chunk holds a 0 or invalid UTF-8.
  public func findings(of record: Int) -> CSVFindings {
    var findings = CSVFindings(rawValue: unsafe records[record].findings & ~64)
    if mayHaveNUL, unsafe rawRecord(record).contains(0) { findings.insert(.containsNUL) }
    if hasInvalidUTF8, unsafe !isValidUTF8(rawRecord(record)) { findings.insert(.invalidUTF8) }
    return findings
  }
}

extension CSVIndex {
  /// The fields of a record without quotes, for loops over all of them; `nil` when a field may have
  /// quotes.
  @inlinable
  public func plainFields(of record: Int) -> CSVPlainFields? {
    let entry = unsafe records[record]
    guard entry.findings & 1 == 0 else { return nil }
    return unsafe CSVPlainFields(
      base: UnsafeRawPointer(base), ends: UnsafePointer(ends + Int(entry.first_field)),
      start: Int(entry.start))
  }
}

/// The fields of a record in which nothing is quoted; valid until the next scan.
@safe
public struct CSVPlainFields {
  @usableFromInline let base: UnsafeRawPointer
  @usableFromInline let ends: UnsafePointer<UInt32>
  @usableFromInline let start: Int

  @inlinable
  init(base: UnsafeRawPointer, ends: UnsafePointer<UInt32>, start: Int) {
    unsafe self.base = unsafe base
    unsafe self.ends = unsafe ends
    self.start = start
  }

  /// A field's bytes.
  ///
  /// - Precondition: `column` is one of the record's.
  @inlinable
  @inline(__always)
  public subscript(column: Int) -> UnsafeRawBufferPointer {
    let from = column == 0 ? start : Int(unsafe ends[column &- 1]) &+ 1
    return unsafe UnsafeRawBufferPointer(start: base + from, count: Int(ends[column]) &- from)
  }

  /// Stores fields as cells of a row: each as the address of its bytes, then their count.
  ///
  /// - Parameters:
  ///   - places: Which fields are stored where, at most 64; the columns are the record's.
  ///   - row: The row; its memory is the caller's.
  /// - Returns: A mask with bit *n* set when the field of place *n* is empty.
  @inlinable
  @inline(__always)
  public func store(_ places: Span<CSVCellPlace>, in row: UnsafeMutableRawPointer) -> UInt64 {
    unsafe places.withUnsafeBytes { bytes in
      unsafe cbl_store_cells(
        row.assumingMemoryBound(to: UInt8.self), base.assumingMemoryBound(to: UInt8.self), ends,
        UInt32(truncatingIfNeeded: start),
        bytes.baseAddress?.assumingMemoryBound(to: cbl_cell_place.self), places.count)
    }
  }
}

/// Where a field goes.
public struct CSVCellPlace: Hashable, BitwiseCopyable, Sendable {
  // The layout is the C struct's.
  @usableFromInline let source: UInt32
  @usableFromInline let offset: UInt32

  /// A place.
  ///
  /// - Parameters:
  ///   - column: The field's column, from 0.
  ///   - offset: Bytes from the start of the row to the cell.
  public init(column: Int, offset: Int) {
    source = UInt32(column)
    self.offset = UInt32(offset)
  }
}
