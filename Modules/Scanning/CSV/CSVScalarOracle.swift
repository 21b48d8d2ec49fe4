/// Cuts delimited text into records one byte at a time.
///
/// It is slow and plain on purpose: what ``CSVIndex`` finds with masks must be what this finds.
package struct CSVScalarOracle {
  /// A record with everything that is known about it.
  package struct Record: Hashable {
    /// The fields without their quotes.
    package var fields: [[UInt8]] = []
    /// The fields as written.
    package var rawFields: [[UInt8]] = []
    /// The line on which the record starts.
    package var line: UInt64
    /// How it ends.
    package var lineEnd = CSVLineEnd.none
    /// What is unusual about it.
    package var findings: CSVFindings = []

    /// A record without fields.
    package init(line: UInt64 = 1) {
      self.line = line
    }

    /// The record as written.
    package func raw(_ delimiter: UInt8) -> [UInt8] {
      Array(rawFields.joined(separator: [delimiter]))
    }
  }

  /// The records before the fault, if there is one.
  package private(set) var records: [Record] = []
  /// Where a quote was opened that is never closed.
  package private(set) var unclosed: (line: UInt64, column: UInt64)?

  private let bytes: [UInt8]
  private let dialect: CSVDialect
  private var place = 0
  private var line: UInt64 = 1
  private var lineStart = 0

  /// Cuts a whole text.
  package init(_ bytes: [UInt8], dialect: CSVDialect) {
    self.bytes = bytes
    self.dialect = dialect
    while place < bytes.count, unclosed == nil {
      if let record = record() { records.append(record) }
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private var isAtFieldEnd: Bool {
    guard let next else { return true }
    return next == dialect.delimiter || next == 0x0A || next == 0x0D
  }

  private mutating func record() -> Record? {
    var record = Record(line: line)
    let start = place
    while true {
      guard field(into: &record) else { return nil }
      guard next == dialect.delimiter else { break }
      place += 1
    }
    let raw = bytes[start..<place]
    if raw.contains(0) { record.findings.insert(.containsNUL) }
    if String(validating: raw, as: UTF8.self) == nil { record.findings.insert(.invalidUTF8) }
    record.lineEnd = lineEnd()
    return record
  }

  /// Takes the line end at the place.
  private mutating func lineEnd() -> CSVLineEnd {
    guard let first = next else { return .none }
    place += 1
    var end = first == 0x0A ? CSVLineEnd.lf : .cr
    if end == .cr, next == 0x0A {
      place += 1
      end = .crlf
    }
    line += 1
    lineStart = place
    return end
  }

  private mutating func field(into record: inout Record) -> Bool {
    let start = place
    while next == 0x20 { place += 1 }
    if next == dialect.quote {
      if place > start { record.findings.insert(.blankBeforeQuote) }
      guard let value = quoted(&record.findings) else { return false }
      record.fields.append(value)
    } else {
      place = start
      while !isAtFieldEnd {
        if next == dialect.quote { record.findings.insert(.bareQuote) }
        place += 1
      }
      record.fields.append(Array(bytes[start..<place]))
    }
    record.rawFields.append(Array(bytes[start..<place]))
    return true
  }

  /// Takes a field in quotes with what follows the closing quote.
  private mutating func quoted(_ findings: inout CSVFindings) -> [UInt8]? {
    findings.insert(.quotedField)
    let opening = (line, UInt64(place - lineStart + 1))
    var value: [UInt8] = []
    place += 1
    while true {
      guard let byte = next else {
        unclosed = opening
        return nil
      }
      if byte == dialect.quote {
        place += 1
        guard next == dialect.quote else { break }
        value.append(dialect.quote)
        place += 1
      } else if byte == 0x0A || byte == 0x0D {
        let first = place
        _ = lineEnd()
        value.append(contentsOf: bytes[first..<place])
      } else {
        value.append(byte)
        place += 1
      }
    }
    if !isAtFieldEnd { findings.insert(.textAfterQuote) }
    while !isAtFieldEnd {
      value.append(bytes[place])
      place += 1
    }
    return value
  }
}
