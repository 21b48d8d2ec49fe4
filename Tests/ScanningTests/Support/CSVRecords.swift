import Scanning

/// What an index finds in a text that is fed in pieces.
struct IndexedText {
  var records: [CSVScalarOracle.Record] = []
  var error: ScanningError?

  /// Feeds a text so that at most `step` bytes are added at a time to what was not used.
  init(_ bytes: [UInt8], dialect: CSVDialect, step: Int, limits: CSVLimits = .standard) {
    var index = CSVIndex(dialect: dialect, limits: limits)
    var start = 0
    var end = 0
    while end < bytes.count || start < bytes.count || end == 0 {
      end = min(bytes.count, end + step)
      let isFinal = end == bytes.count
      do throws(ScanningError) {
        let used = try scan(&index, Array(bytes[start..<end]), isFinal: isFinal)
        start += used
      } catch {
        self.error = error
        return
      }
      if isFinal { return }
    }
  }

  private mutating func scan(
    _ index: inout CSVIndex, _ bytes: [UInt8], isFinal: Bool
  ) throws(ScanningError) -> Int {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { unsafe chunk.deallocate() }
    unsafe chunk.copyBytes(from: bytes)
    let used = try unsafe index.scan(UnsafeRawBufferPointer(chunk), isFinal: isFinal)
    var isClean = true
    for record in 0..<index.recordCount {
      var found = CSVScalarOracle.Record()
      for column in 0..<index.fieldCount(record) {
        unsafe found.fields.append(Array(index.field(column, of: record)))
        unsafe found.rawFields.append(Array(index.rawField(column, of: record)))
      }
      found.line = index.line(of: record)
      found.lineEnd = index.lineEnd(of: record)
      found.findings = index.findings(of: record)
      if !found.findings.subtracting([.quotedField, .bareQuote]).isEmpty { isClean = false }
      if unsafe Array(index.rawRecord(record)) != found.raw(index.dialect.delimiter) {
        found.rawFields = [Array("the raw record differs".utf8)]
      }
      records.append(found)
    }
    if index.isClean, !isClean { records.append(CSVScalarOracle.Record()) }
    return used
  }
}
