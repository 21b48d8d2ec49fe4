public import CAdapterABI
public import Scanning

/// The reader's side of the source layer of one member: keeps what its records do not reproduce.
///
/// For each data line the reader renders what the writer will render from the record. Only when the
/// two differ, the line is kept as written, together with the hash of the rendered one.
public struct SourceRecorder: ~Copyable {
  private let member: String
  private let format: String
  private let position: Int
  private let origin: cbl_origin
  private var lines = 0
  private var headerText = ByteBuffer(capacity: 16)

  /// A recorder of a member.
  ///
  /// - Parameters:
  ///   - member: The name of the member.
  ///   - format: The identifier of the format that is read.
  ///   - position: Its place among the members, from 0.
  public init(member: String, format: String, position: Int) {
    self.member = member
    self.format = format
    self.position = position
    origin = cbl_origin(line: 0, member: UInt32(position), flags: 0)
  }

  /// Keeps a line above the data: a header with its line end, as written.
  public mutating func header(_ raw: Text, end: CSVLineEnd) {
    unsafe headerText.append(raw.rawBytes)
    headerText.append(end.literal)
  }

  /// Notes a data line.
  ///
  /// - Parameters:
  ///   - raw: The line as written, without its line end.
  ///   - predicted: What the writer will render from the record.
  ///   - end: The line end.
  ///   - usual: The line end of the member.
  ///   - sink: Gets the record of a line that differs.
  public mutating func line(
    raw: Text, predicted: UnsafeRawBufferPointer, end: CSVLineEnd, usual: CSVLineEnd,
    sink: inout RecordSink
  ) throws(AdapterError) {
    defer { lines += 1 }
    let isSame = unsafe raw.equals(Text(predicted))
    guard !isSame || (end != usual && end != .none) else { return }
    var row = try row(raw: raw, end: end, usual: usual, sink: &sink)
    row.check = sink.copy(Self.hex(unsafe hash64(predicted)))
    try sink.put(row)
  }

  /// Keeps a line that has no record: a blank line, or a row that was rejected.
  public mutating func unrecorded(
    raw: Text, end: CSVLineEnd, usual: CSVLineEnd, sink: inout RecordSink
  ) throws(AdapterError) {
    var row = try row(raw: raw, end: end, usual: usual, sink: &sink)
    row.check = .blank
    try sink.put(row)
  }

  private func row(
    raw: Text, end: CSVLineEnd, usual: CSVLineEnd, sink: inout RecordSink
  ) throws(AdapterError) -> SourceLineRow {
    var row = SourceLineRow()
    row.origin = origin
    row.member = sink.copy(member)
    row.position = sink.copy(String(lines))
    row.raw = unsafe sink.copy(raw.rawBytes)
    if end != usual, end != .none { row.line_end = Text(end.token) }
    return row
  }

  /// Puts the record of the member; call it once, after the last line.
  ///
  /// - Parameters:
  ///   - layout: How the member is written.
  ///   - trailer: What stands below the data, as written.
  ///   - sink: Gets the record.
  public mutating func finish(
    layout: CSVLayout, trailer: Text = .absent, sink: inout RecordSink
  ) throws(AdapterError) {
    var row = SourceMemberRow()
    row.origin = origin
    row.id = sink.copy(member)
    row.format = sink.copy(format)
    row.dialect = sink.copy(layout.text)
    row.header = headerText.count > 0 ? unsafe sink.copy(headerText.bytes) : .absent
    row.trailer = trailer
    row.position = sink.copy(String(position))
    try sink.put(row)
  }

  static func hex(_ hash: UInt64) -> String {
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}
