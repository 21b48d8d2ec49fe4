public import CScanning

/// An index of the whole records in one chunk of a delimited file.
///
/// The index points into the chunk: its bytes must stay alive and unmoved while fields are read.
/// Its own memory is reused from chunk to chunk, so a steady loop allocates nothing.
@safe
public struct CSVIndex: ~Copyable {
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
  /// Ends that belong to whole records.
  var closedEnds = 0
  @usableFromInline var records: UnsafeMutablePointer<cbl_cut_record>
  var recordCapacity: Int
  /// The number of whole records in the chunk.
  public private(set) var recordCount = 0
  @usableFromInline var rewrites: [Rewrite] = []
  @usableFromInline var arena = ByteBuffer()
  var firstLine: UInt64 = 1
  var linesSeen: UInt64 = 0
  var mayHaveNUL = false
  var hasInvalidUTF8 = false
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

  /// A record whose end was not found yet.
  struct OpenRecord {
    var start = 0
    var firstEnd = 0
    var findings: UInt8 = 0
    /// Line ends inside quotes.
    var quotedLines: UInt64 = 0
    /// The field of which is known that it does not begin with a quote.
    var plainField = -1
  }

  private mutating func cut(
    _ cursor: inout ScanCursor, count: Int, isFinal: Bool
  ) throws(ScanningError) -> Int {
    var record = OpenRecord()
    while true {
      if cursor.mask == 0 { cutPlain(&cursor, count, &record) }
      guard cursor.fill() else { break }
      try cutBlock(&cursor, count, &record)
      guard let place = cursor.take() else { continue }
      if unsafe base[place] == dialect.quote {
        guard try quote(at: place, &cursor, count, isFinal, &record) else { break }
      } else {
        var next = place + 1
        if next == count, !isFinal { break }
        let isPair = unsafe next < count && base[next] == 0x0A
        if isPair {
          next += 1
          cursor.jump(to: next)
        }
        append(end: place)
        try close(&record, isPair ? .crlf : .cr, next: next)
      }
    }
    guard isFinal else { return record.start }
    if record.start < count {
      append(end: count)
      record.quotedLines &-= 1
      try close(&record, .none, next: count)
    }
    return count
  }

  /// Takes the blocks up to the next that needs a closer look.
  private mutating func cutPlain(
    _ cursor: inout ScanCursor, _ count: Int, _ record: inout OpenRecord
  ) {
    if endCount &+ 4_096 > endCapacity { growEnds() }
    if recordCount &+ 256 > recordCapacity { growRecords() }
    var cut = cbl_cut()
    unsafe cut.bytes = unsafe base
    cut.count = count
    unsafe cut.ends = ends
    unsafe cut.records = records
    cut.end_capacity = endCapacity
    cut.record_capacity = recordCapacity
    cut.end_count = endCount
    cut.record_count = recordCount
    cut.block = cursor.next
    cut.start = record.start
    cut.first_end = record.firstEnd
    cut.column_limit = limits.columns
    cut.byte_limit = limits.recordBytes
    cut.quoted_lines = record.quotedLines
    cut.lines = linesSeen
    cut.findings = record.findings
    cut.delimiter = dialect.delimiter
    cut.quote = dialect.quote
    unsafe cbl_cut_plain(&cut)
    cursor.skip(to: cut.block, sawHigh: cut.high != 0, sawNUL: cut.nul != 0)
    if cut.record_count > recordCount {
      closedEnds = cut.first_end
      record = OpenRecord(start: cut.start, firstEnd: cut.first_end)
    }
    endCount = cut.end_count
    recordCount = cut.record_count
    linesSeen = cut.lines
  }

  /// Takes the delimiters and line feeds of a block, up to a quote or carriage return.
  @inline(__always)
  private mutating func cutBlock(
    _ cursor: inout ScanCursor, _ count: Int, _ record: inout OpenRecord
  ) throws(ScanningError) {
    if endCount &+ 64 > endCapacity { growEnds() }
    let bytes = unsafe base + cursor.block
    let delimiter = dialect.delimiter
    let ends = unsafe self.ends
    var next = endCount
    var mask = cursor.mask
    while mask != 0 {
      let place = mask.trailingZeroBitCount
      let byte = unsafe bytes[place]
      unsafe ends[next] = UInt32(truncatingIfNeeded: cursor.block &+ place)
      if byte != delimiter {
        if byte == dialect.quote {
          endCount = next
          guard let rest = simpleQuoted(place, mask, cursor.block, count, record) else { break }
          record.findings |= CSVFindings.quotedField.rawValue
          mask = rest
          continue
        }
        guard byte == 0x0A else { break }
        endCount = next &+ 1
        try close(&record, .lf, next: cursor.block &+ place &+ 1)
      }
      next &+= 1
      mask &= mask &- 1
    }
    endCount = next
    cursor.mask = mask
  }

  /// What is left of a block after a quoted field that ends in it and holds nothing special; `nil`
  /// for all others.
  @inline(__always)
  private func simpleQuoted(
    _ place: Int, _ mask: UInt64, _ block: Int, _ count: Int, _ record: OpenRecord
  ) -> UInt64? {
    let fieldStart =
      unsafe endCount > record.firstEnd ? Int(ends[endCount &- 1]) &+ 1 : record.start
    let rest = mask & (mask &- 1)
    guard block &+ place == fieldStart, rest != 0 else { return nil }
    let close = block &+ rest.trailingZeroBitCount
    guard unsafe close &+ 1 < count && base[close] == dialect.quote else { return nil }
    let after = unsafe base[close &+ 1]
    guard after == dialect.delimiter || after == 0x0A || after == 0x0D else { return nil }
    return rest & (rest &- 1)
  }

  /// Ends a record whose fields' ends are known, and begins the next.
  @inline(__always)
  private mutating func close(
    _ record: inout OpenRecord, _ lineEnd: CSVLineEnd, next: Int
  ) throws(ScanningError) {
    try append(
      recordFrom: record.start, record.firstEnd, lineEnd, record.findings, record.quotedLines &+ 1)
    record = OpenRecord(start: next, firstEnd: endCount)
  }

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
    unsafe records[recordCount] = cbl_cut_record(
      start: UInt32(truncatingIfNeeded: start), first_field: UInt32(truncatingIfNeeded: firstEnd),
      line: UInt32(truncatingIfNeeded: linesSeen), findings: findings, line_end: lineEnd.rawValue)
    recordCount += 1
    closedEnds = endCount
    linesSeen += lines
  }

  private mutating func growRecords() {
    let bigger = UnsafeMutablePointer<cbl_cut_record>.allocate(capacity: recordCapacity * 2)
    unsafe bigger.update(from: records, count: recordCount)
    unsafe records.deallocate()
    unsafe records = bigger
    recordCapacity *= 2
  }
}
