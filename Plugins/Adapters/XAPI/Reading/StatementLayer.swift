internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Keeps how the statements of one member stand, so that the same bytes can be written again.
///
/// The statements themselves are in the event records. Here is only what differs from the usual:
/// the first line end or separator is taken as usual, and a `source_line` names each deviation.
struct StatementLayer: ~Copyable {
  private let member: String
  private let position: Int
  private let form: JSONMember.Form
  private var statements = 0
  private var values = 0
  private var opening = ByteBuffer(capacity: 16)
  private var separator: [UInt8]?
  private var gap = ByteBuffer(capacity: 64)
  private var usualEnd: CSVLineEnd?
  private var lastEnd = CSVLineEnd.lf

  init(member: String, position: Int, form: JSONMember.Form) {
    self.member = member
    self.position = position
    self.form = form
  }

  /// Notes what stands before the next value.
  mutating func before(
    gap: UnsafeRawBufferPointer, sink: inout RecordSink
  ) throws(AdapterError) {
    guard form != .lines else { return }
    self.gap.removeAll()
    unsafe self.gap.append(gap)
  }

  /// Notes a statement that becomes a record.
  mutating func statement(end: CSVLineEnd, sink: inout RecordSink) throws(AdapterError) {
    if form == .lines {
      try note(end: end, sink: &sink)
    } else if values == 0 {
      unsafe opening.append(gap.bytes)
    } else if separator == nil {
      separator = unsafe Array(gap.bytes)
    } else if unsafe !(separator ?? []).elementsEqual(gap.bytes) {
      try unsafe put(check: "gap", raw: gap.bytes, end: nil, sink: &sink)
    }
    statements += 1
    values += 1
  }

  /// Notes a line or value that has no record.
  mutating func left(
    _ raw: UnsafeRawBufferPointer, end: CSVLineEnd, sink: inout RecordSink
  ) throws(AdapterError) {
    if form == .lines {
      let usual = usual(end)
      try unsafe put(check: "", raw: raw, end: end == usual ? nil : end, sink: &sink)
      lastEnd = end
    } else {
      unsafe gap.append(raw)
      try unsafe put(check: "", raw: gap.bytes, end: nil, sink: &sink)
    }
    values += 1
  }

  private mutating func usual(_ end: CSVLineEnd) -> CSVLineEnd {
    if let usualEnd { return usualEnd }
    let usual = end == .none ? .lf : end
    usualEnd = usual
    return usual
  }

  private mutating func note(end: CSVLineEnd, sink: inout RecordSink) throws(AdapterError) {
    let usual = usual(end)
    lastEnd = end
    if end != usual, end != .none {
      try unsafe put(
        check: "end", raw: UnsafeRawBufferPointer(start: nil, count: 0), end: end, sink: &sink)
    }
  }

  private func put(
    check: String, raw: UnsafeRawBufferPointer, end: CSVLineEnd?, sink: inout RecordSink
  ) throws(AdapterError) {
    var row = SourceLineRow()
    row.origin = cbl_origin(line: 0, member: UInt32(position), flags: 0)
    row.member = sink.copy(member)
    row.position = sink.copy(String(statements))
    row.check = sink.copy(check)
    row.raw = unsafe sink.copy(raw)
    if let end { row.line_end = Text(end.token) }
    try sink.put(row)
  }

  /// Puts the record of the member, after its last value.
  mutating func finish(
    trailer: UnsafeRawBufferPointer, encoding: TextEncoding, hasMark: Bool,
    sink: inout RecordSink
  ) throws(AdapterError) {
    var row = SourceMemberRow()
    row.origin = cbl_origin(line: 0, member: UInt32(position), flags: 0)
    row.id = sink.copy(member)
    row.format = Text("xapi")
    let layout = StatementLayout(
      form: form, encoding: encoding, hasByteOrderMark: hasMark,
      lineEnd: usualEnd ?? .lf, hasFinalLineEnd: lastEnd != .none, separator: separator ?? [],
      statements: statements)
    row.dialect = sink.copy(layout.text)
    row.header = unsafe sink.copy(opening.bytes)
    row.trailer = unsafe sink.copy(trailer)
    row.position = sink.copy(String(position))
    try sink.put(row)
  }
}
