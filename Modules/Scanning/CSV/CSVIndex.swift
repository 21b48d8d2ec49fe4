internal import CScanning

/// An index of the whole records in one chunk of a delimited file.
///
/// The index points into the chunk: its bytes must stay alive and unmoved while fields are read.
/// Its own memory is reused from chunk to chunk, so a steady loop allocates nothing.
@safe
public struct CSVIndex: ~Copyable {
  @usableFromInline
  struct Record {
    @usableFromInline var start: UInt32
    @usableFromInline var firstField: UInt32
    @usableFromInline var line: UInt32
    @usableFromInline var findings: UInt8
    @usableFromInline var lineEnd: UInt8
  }

  /// A field whose value is not the slice between its delimiters.
  @usableFromInline
  struct Rewrite {
    @usableFromInline var field: UInt32
    /// Whether the bytes are in the arena, or in the chunk.
    @usableFromInline var isInArena: Bool
    @usableFromInline var start: Int
    @usableFromInline var count: Int
  }

  /// The dialect.
  public let dialect: CSVDialect
  let limits: CSVLimits
  @usableFromInline var base: UnsafePointer<UInt8>
  /// Where each field ends; a record's first field starts where the record does.
  @usableFromInline var ends: UnsafeMutablePointer<UInt32>
  var endCapacity: Int
  var endCount = 0
  @usableFromInline var records: UnsafeMutablePointer<Record>
  var recordCapacity: Int
  /// The number of whole records in the chunk.
  public private(set) var recordCount = 0
  @usableFromInline var rewrites: [Rewrite] = []
  @usableFromInline var arena = ByteBuffer()
  private var firstLine: UInt64 = 1
  private var linesSeen: UInt64 = 0
  private var mayHaveNUL = false
  private var hasInvalidUTF8 = false
  private let empty: UnsafeMutablePointer<UInt8>

  /// An index for a dialect.
  public init(dialect: CSVDialect, limits: CSVLimits = .standard) {
    self.dialect = dialect
    self.limits = limits
    unsafe empty = .allocate(capacity: 1)
    unsafe empty.initialize(to: 0)
    unsafe base = UnsafePointer(empty)
    endCapacity = 4_096
    recordCapacity = 512
    unsafe ends = .allocate(capacity: endCapacity)
    unsafe records = .allocate(capacity: recordCapacity)
  }

  deinit {
    unsafe ends.deallocate()
    unsafe records.deallocate()
    unsafe empty.deallocate()
  }

  /// Cuts bytes into records.
  ///
  /// - Parameters:
  ///   - bytes: The chunk, at most 2 GiB; it begins where a record begins.
  ///   - isFinal: Whether the input ends with these bytes.
  /// - Returns: How many bytes the whole records take; the rest begins the next chunk.
  /// - Throws: ``ScanningError`` when a quote is never closed or a limit is passed.
  /// - Complexity: O(*n*).
  public mutating func scan(
    _ bytes: UnsafeRawBufferPointer, isFinal: Bool
  ) throws(ScanningError) -> Int {
    precondition(bytes.count < Int(Int32.max), "a chunk has at most 2 GiB")
    recordCount = 0
    endCount = 0
    rewrites.removeAll(keepingCapacity: true)
    arena.removeAll()
    firstLine += linesSeen
    linesSeen = 0
    mayHaveNUL = false
    hasInvalidUTF8 = false
    guard let start = bytes.baseAddress, bytes.count > 0 else { return 0 }
    unsafe base = start.assumingMemoryBound(to: UInt8.self)
    var cursor = unsafe ScanCursor(base, count: bytes.count, dialect)
    let used = try cut(&cursor, count: bytes.count, isFinal: isFinal)
    mayHaveNUL = cursor.sawNUL
    if cursor.sawHigh {
      hasInvalidUTF8 = unsafe !isValidUTF8(UnsafeRawBufferPointer(rebasing: bytes[..<used]))
    }
    guard bytes.count - used <= limits.recordBytes else {
      throw ScanningError(
        .limit, "this record is larger than \(limits.recordBytes) bytes",
        line: firstLine + linesSeen, column: 1)
    }
    return used
  }

  private mutating func cut(
    _ cursor: inout ScanCursor, count: Int, isFinal: Bool
  ) throws(ScanningError) -> Int {
    let delimiter = dialect.delimiter
    let quote = dialect.quote
    var recordStart = 0
    var fieldStart = 0
    var firstEnd = 0
    var findings: UInt8 = 0
    var quotedLines: UInt64 = 0
    while let place = cursor.next() {
      let byte = unsafe base[place]
      if byte == delimiter {
        append(end: place)
        fieldStart = place + 1
      } else if byte == quote {
        if place == fieldStart || isBlank(from: fieldStart, to: place) {
          if place > fieldStart { findings |= CSVFindings.blankBeforeQuote.rawValue }
          guard
            let after = try quoted(
              from: place, fieldStart: fieldStart, count, isFinal, &findings, &quotedLines)
          else { break }
          cursor.jump(to: after)
        } else {
          findings |= CSVFindings.bareQuote.rawValue
        }
      } else {
        var lineEnd = byte == 0x0A ? CSVLineEnd.lf : CSVLineEnd.cr
        var next = place + 1
        if byte == 0x0D {
          if next == count, !isFinal { break }
          if next < count, unsafe base[next] == 0x0A {
            lineEnd = .crlf
            next += 1
            cursor.jump(to: next)
          }
        }
        append(end: place)
        try append(
          recordFrom: recordStart, firstEnd, lineEnd, findings, quotedLines + 1)
        recordStart = next
        fieldStart = next
        firstEnd = endCount
        findings = 0
        quotedLines = 0
      }
    }
    guard isFinal else { return recordStart }
    if recordStart < count {
      append(end: count)
      try append(recordFrom: recordStart, firstEnd, .none, findings, quotedLines)
    }
    return count
  }

  private func isBlank(from start: Int, to end: Int) -> Bool {
    for place in start..<end where unsafe base[place] != 0x20 { return false }
    return true
  }

  /// Finds the end of a quoted field; `nil` when the chunk ends first.
  private mutating func quoted(
    from open: Int, fieldStart: Int, _ count: Int, _ isFinal: Bool, _ findings: inout UInt8,
    _ lines: inout UInt64
  ) throws(ScanningError) -> Int? {
    findings |= CSVFindings.quotedField.rawValue
    let quote = dialect.quote
    var isDoubled = false
    var place = open + 1
    while true {
      place = unsafe Int(cbl_find(base, Int64(place), Int64(count), quote))
      if place >= count {
        guard isFinal else { return nil }
        throw ScanningError(
          .unclosedQuote,
          "the quote that opens here is never closed; close it or double it",
          line: firstLine + linesSeen + linesBefore(open), column: columnOf(open))
      }
      if place + 1 == count { break }
      if unsafe base[place + 1] != quote { break }
      isDoubled = true
      place += 2
    }
    if place + 1 == count, !isFinal { return nil }
    lines += countLines(from: open + 1, to: place)
    var after = place + 1
    let byte = unsafe after < count ? base[after] : 0x0A
    if byte != dialect.delimiter, byte != 0x0A, byte != 0x0D {
      guard let end = unquotedEnd(from: after, count, isFinal) else { return nil }
      findings |= CSVFindings.textAfterQuote.rawValue
      after = end
      rewrite(from: open + 1, to: place, tail: place + 1..<end, isDoubled: isDoubled, &findings)
    } else if isDoubled || open > fieldStart {
      rewrite(from: open + 1, to: place, tail: nil, isDoubled: isDoubled, &findings)
    }
    return after
  }

  /// Where text that follows a closing quote ends.
  private func unquotedEnd(from start: Int, _ count: Int, _ isFinal: Bool) -> Int? {
    var place = start
    while place < count {
      let byte = unsafe base[place]
      if byte == dialect.delimiter || byte == 0x0A || byte == 0x0D { return place }
      place += 1
    }
    return isFinal ? count : nil
  }

  private mutating func rewrite(
    from start: Int, to end: Int, tail: Range<Int>?, isDoubled: Bool, _ findings: inout UInt8
  ) {
    findings |= CSVFindings.rewritten.rawValue
    let field = UInt32(endCount)
    guard isDoubled || tail != nil else {
      rewrites.append(Rewrite(field: field, isInArena: false, start: start, count: end - start))
      return
    }
    let first = arena.count
    var place = start
    while place < end {
      let byte = unsafe base[place]
      arena.append(byte)
      place += byte == dialect.quote ? 2 : 1
    }
    if let tail {
      for place in tail { unsafe arena.append(base[place]) }
    }
    rewrites.append(
      Rewrite(field: field, isInArena: true, start: first, count: arena.count - first))
  }

  /// Line ends between two places; a carriage return and line feed count once.
  private func countLines(from start: Int, to end: Int) -> UInt64 {
    var lines: UInt64 = 0
    var place = start
    while place < end {
      let byte = unsafe base[place]
      if byte == 0x0A || (byte == 0x0D && (unsafe place + 1 == end || base[place + 1] != 0x0A)) {
        lines += 1
      }
      place += 1
    }
    return lines
  }

  private func linesBefore(_ place: Int) -> UInt64 {
    let start = recordCount > 0 ? nextStart(after: recordCount - 1) : 0
    return countLines(from: start, to: place)
  }

  private func columnOf(_ place: Int) -> UInt64 {
    var start = place
    while unsafe start > 0 && base[start - 1] != 0x0A && base[start - 1] != 0x0D { start -= 1 }
    return UInt64(place - start + 1)
  }

  private func nextStart(after record: Int) -> Int {
    let end = Int(unsafe ends[endCount(of: record) - 1])
    switch lineEnd(of: record) {
    case .none: return end
    case .lf, .cr: return end + 1
    case .crlf: return end + 2
    }
  }

  private func endCount(of record: Int) -> Int {
    unsafe record + 1 < recordCount ? Int(records[record + 1].firstField) : closedEnds
  }

  /// Ends that belong to whole records.
  private var closedEnds = 0

  @inline(__always)
  private mutating func append(end: Int) {
    if endCount == endCapacity { growEnds() }
    unsafe ends[endCount] = UInt32(truncatingIfNeeded: end)
    endCount += 1
  }

  private mutating func growEnds() {
    let bigger = UnsafeMutablePointer<UInt32>.allocate(capacity: endCapacity * 2)
    unsafe bigger.update(from: ends, count: endCount)
    unsafe ends.deallocate()
    unsafe ends = bigger
    endCapacity *= 2
  }

  private mutating func append(
    recordFrom start: Int, _ firstEnd: Int, _ lineEnd: CSVLineEnd, _ findings: UInt8,
    _ lines: UInt64
  ) throws(ScanningError) {
    guard endCount - firstEnd <= limits.columns else {
      throw ScanningError(
        .limit, "this record has more than \(limits.columns) columns",
        line: firstLine + linesSeen, column: 1)
    }
    guard unsafe Int(ends[endCount - 1]) - start <= limits.recordBytes else {
      throw ScanningError(
        .limit, "this record is larger than \(limits.recordBytes) bytes",
        line: firstLine + linesSeen, column: 1)
    }
    if recordCount == recordCapacity { growRecords() }
    unsafe records[recordCount] = Record(
      start: UInt32(truncatingIfNeeded: start), firstField: UInt32(truncatingIfNeeded: firstEnd),
      line: UInt32(truncatingIfNeeded: linesSeen), findings: findings, lineEnd: lineEnd.rawValue)
    recordCount += 1
    closedEnds = endCount
    linesSeen += lines
  }

  private mutating func growRecords() {
    let bigger = UnsafeMutablePointer<Record>.allocate(capacity: recordCapacity * 2)
    unsafe bigger.update(from: records, count: recordCount)
    unsafe records.deallocate()
    unsafe records = bigger
    recordCapacity *= 2
  }
}

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
