// Reading the records.
extension CSVIndex {
  /// The number of fields of a record.
  public func fieldCount(_ record: Int) -> Int {
    unsafe endCount(of: record) - Int(records[record].firstField)
  }

  /// A field without its quotes: a slice of the chunk, or of the index's own memory when doubled
  /// quotes were taken out. Valid until the next scan.
  ///
  /// - Precondition: `column` is one of the record's.
  @inlinable
  public func field(_ column: Int, of record: Int) -> UnsafeRawBufferPointer {
    let entry = unsafe records[record]
    let place = Int(entry.firstField) &+ column
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
    let place = Int(unsafe records[record].firstField) + column
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
    CSVLineEnd(rawValue: unsafe records[record].lineEnd) ?? .none
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
