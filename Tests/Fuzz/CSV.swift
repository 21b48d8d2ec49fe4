import Scanning

/// What an index finds is what the plain reader finds, in pieces of any size; and what is written
/// comes back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (choice, bytes) = unsafe input(start, count)
  let dialect = [CSVDialect.rfc4180, .semicolon, .tab][Int(choice >> 4) % 3]
  let expected = CSVScalarOracle(bytes, dialect: dialect)
  var feed = CSVFeed(dialect)
  do throws(ScanningError) {
    try feed.all(bytes, step: step(choice & 15))
    must(expected.unclosed == nil, "an open quote was missed")
    must(feed.records == expected.records, "the records differ")
  } catch {
    must(error.code == .unclosedQuote, "an error that no input can cause")
    must(expected.unclosed?.line == error.line, "the line of the open quote differs")
    must(expected.unclosed?.column == error.column, "the column of the open quote differs")
    must(expected.records.starts(with: feed.records), "the records before the quote differ")
    return 0
  }
  for quoting in [CSVQuoting.minimal, .all] {
    var output = ByteBuffer()
    for record in feed.records {
      for (column, field) in record.fields.enumerated() {
        if column > 0 { output.append(dialect.delimiter) }
        unsafe field.withUnsafeBytes { cell in
          unsafe output.appendCSV(cell, dialect: dialect, quoting: quoting)
        }
      }
      output.append("\n")
    }
    let again = unsafe CSVScalarOracle(Array(output.bytes), dialect: dialect)
    must(again.records.map(\.fields) == feed.records.map(\.fields), "written fields come back")
  }
  alone(bytes[...]) { head in _ = unsafe CSVDialect.sniff(head) }
  return 0
}

/// Feeds an index piece by piece.
struct CSVFeed: ~Copyable {
  var index: CSVIndex
  var records: [CSVScalarOracle.Record] = []

  init(_ dialect: CSVDialect) {
    index = CSVIndex(dialect: dialect)
  }

  mutating func all(_ bytes: [UInt8], step: Int) throws(ScanningError) {
    var (start, end) = (0, 0)
    repeat {
      end = min(bytes.count, end + step)
      let piece = bytes[start..<end]
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
      defer { unsafe chunk.deallocate() }
      unsafe chunk.copyBytes(from: piece)
      let used = try unsafe index.scan(UnsafeRawBufferPointer(chunk), isFinal: end == bytes.count)
      must(used <= piece.count, "more bytes were used than there are")
      must(end < bytes.count || used == piece.count, "bytes are left at the end")
      start += used
      for record in 0..<index.recordCount { take(record) }
    } while end < bytes.count
  }

  private mutating func take(_ record: Int) {
    var found = CSVScalarOracle.Record(line: index.line(of: record))
    for column in 0..<index.fieldCount(record) {
      unsafe found.fields.append(Array(index.field(column, of: record)))
      unsafe found.rawFields.append(Array(index.rawField(column, of: record)))
    }
    found.lineEnd = index.lineEnd(of: record)
    found.findings = index.findings(of: record)
    let raw = unsafe Array(index.rawRecord(record))
    must(raw == found.raw(index.dialect.delimiter), "the raw record differs from its fields")
    records.append(found)
  }
}
