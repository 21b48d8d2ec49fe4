internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes statements that were read, in the form that they had.
struct EventPassage: ~Copyable {
  private static let flushSize = 256 << 10

  /// A deviation from the usual form, before the statement of a number.
  private struct Line {
    var check: String
    var raw: [UInt8]
    var lineEnd: CSVLineEnd?
  }

  private let output: AdapterOutput
  private var buffer = ByteBuffer(capacity: EventPassage.flushSize + 8_192)
  private var encoded = ByteBuffer(capacity: 16)
  private var layout: StatementLayout?
  private var opening: [UInt8] = []
  private var trailer: [UInt8] = []
  private var lines: [Int: [Line]] = [:]
  private var members = 0
  private var memberName = ""
  private var statements = 0
  private var values = 0
  private var pendingEnd = CSVLineEnd.none
  private var hasBegun = false

  init(_ output: AdapterOutput) {
    self.output = output
  }

  /// Whether the source of the records was a file of statements.
  var isKnown: Bool { members > 0 }

  mutating func takeMembers(_ batch: RecordBatch) {
    for row in batch.rows(as: SourceMemberRow.self) where row.format.equals("xapi") {
      members += 1
      memberName = row.id.string
      layout = StatementLayout(row.dialect.string)
      opening = unsafe Array(row.header.rawBytes)
      trailer = unsafe Array(row.trailer.rawBytes)
    }
  }

  mutating func takeLines(_ batch: RecordBatch) {
    for row in batch.rows(as: SourceLineRow.self) {
      let line = unsafe Line(
        check: row.check.string, raw: Array(row.raw.rawBytes),
        lineEnd: row.line_end.isEmpty ? nil : CSVLineEnd(token: row.line_end.string))
      lines[Int(row.position.string) ?? 0, default: []].append(line)
    }
  }

  private mutating func begin() throws(AdapterError) {
    guard !hasBegun else { return }
    hasBegun = true
    // Several files go into one, so only the form of a single one can be kept.
    if members != 1 {
      layout = nil
      lines = [:]
    }
    try output.begin(members == 1 ? memberName : "statements.ndjson")
    if let layout, layout.hasByteOrderMark { try writeMark(layout.encoding) }
  }

  private func writeMark(_ encoding: TextEncoding) throws(AdapterError) {
    var mark = ByteBuffer(capacity: 16)
    mark.append(encoding.byteOrderMark)
    try unsafe output.write(mark.bytes)
  }

  /// Writes a statement.
  mutating func write(_ document: UnsafeRawBufferPointer) throws(AdapterError) {
    try begin()
    if let layout, layout.form != .lines {
      try unsafe writeValue(document, layout)
    } else {
      try unsafe writeLine(document)
    }
    statements += 1
    if buffer.count >= Self.flushSize { try flush() }
  }

  private mutating func writeLine(_ document: UnsafeRawBufferPointer) throws(AdapterError) {
    var end = layout?.lineEnd ?? .lf
    for line in lines[statements] ?? [] {
      if line.check == "end" {
        end = line.lineEnd ?? end
      } else {
        insert(line)
      }
    }
    endLine()
    if layout == nil {
      unsafe appendOnOneLine(document)
    } else {
      unsafe buffer.append(document)
    }
    pendingEnd = end
  }

  /// Line breaks outside of strings mean nothing, and inside they cannot be.
  private mutating func appendOnOneLine(_ document: UnsafeRawBufferPointer) {
    for index in 0..<document.count {
      let byte = unsafe document[index]
      if byte != 0x0A, byte != 0x0D { buffer.append(byte) }
    }
  }

  private mutating func insert(_ line: Line) {
    endLine()
    buffer.append(line.raw)
    pendingEnd = line.lineEnd ?? layout?.lineEnd ?? .lf
  }

  private mutating func endLine() {
    buffer.append(pendingEnd.literal)
    pendingEnd = .none
  }

  private mutating func writeValue(
    _ document: UnsafeRawBufferPointer, _ layout: StatementLayout
  ) throws(AdapterError) {
    var gap: [UInt8]?
    for line in lines[statements] ?? [] {
      if line.check == "gap" {
        gap = line.raw
      } else {
        buffer.append(line.raw)
        values += 1
      }
    }
    if let gap {
      buffer.append(gap)
    } else if values == 0 {
      buffer.append(opening)
    } else if layout.separator.isEmpty {
      buffer.append(layout.form == .array ? "," : "\n")
    } else {
      buffer.append(layout.separator)
    }
    unsafe buffer.append(document)
    values += 1
  }

  private mutating func flush() throws(AdapterError) {
    if let layout, layout.encoding != .utf8 {
      encoded.removeAll()
      _ = unsafe encode(buffer.bytes, to: layout.encoding, into: &encoded)
      try unsafe output.write(encoded.bytes)
    } else {
      try unsafe output.write(buffer.bytes)
    }
    buffer.removeAll()
  }

  /// Writes what is left and ends the member.
  mutating func finish() throws(AdapterError) {
    try begin()
    let isLines = layout.map { $0.form == .lines } ?? true
    for position in lines.keys.sorted() where position >= statements {
      for line in lines[position] ?? [] where line.check.isEmpty {
        if isLines { insert(line) } else { buffer.append(line.raw) }
      }
    }
    if isLines {
      if layout?.hasFinalLineEnd ?? true { endLine() }
    } else {
      if values == 0, statements == 0, lines.isEmpty { buffer.append(opening) }
      buffer.append(trailer)
    }
    try flush()
    try output.end()
  }
}
