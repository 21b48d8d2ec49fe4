internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Keeps what the records of a SIS import file do not say about its lines.
struct RosterLines: ~Copyable {
  private var recorder: SourceRecorder
  private var line: GridLine
  private let isKept: Bool
  private let usual: CSVLineEnd
  private let name: String

  init(name: String, layout: CSVLayout, position: Int, isKept: Bool) {
    recorder = SourceRecorder(member: name, format: "canvas-sis", position: position)
    line = GridLine(layout: layout, style: .canvas, guardsFormulas: false)
    usual = layout.lineEnd
    self.isKept = isKept
    self.name = name
  }

  mutating func unrecorded(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    try recorder.unrecorded(
      raw: file.rawRecord(row), end: file.lineEnd(of: row), usual: usual, sink: &sink)
  }

  mutating func header(
    _ row: Int, of file: borrowing CSVMember, _ columns: [RosterColumn],
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    line.start()
    for column in columns { line.cell(column.name) }
    try keep(row, of: file, &sink)
  }

  /// Keeps a row with a record: the writer will make it from the same cells.
  mutating func record(
    _ row: Int, of file: borrowing CSVMember, _ columns: [RosterColumn],
    _ courseOfSection: [[UInt8]: [UInt8]], _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    line.start()
    for (index, column) in columns.enumerated() {
      let cell = file.text(index, of: row)
      if column.rule == .status, let status = RosterValue.status(cell) {
        line.cell(RosterValue.word(ofStatus: status))
      } else if cell.isEmpty, column.name == "course_id", column.field < 0,
        let section = columns.firstIndex(where: { $0.name == "section_id" }),
        let course = courseOfSection[file.text(section, of: row).array]
      {
        // The writer knows the course by the section.
        line.cell(course)
      } else if column.rule == .date, !cell.isEmpty, let date = RosterValue.date(cell) {
        line.cell(date)
      } else {
        line.cell(cell)
      }
    }
    try keep(row, of: file, &sink)
  }

  private mutating func keep(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    try unsafe recorder.line(
      raw: file.rawRecord(row), predicted: line.bytes, end: file.lineEnd(of: row), usual: usual,
      sink: &sink)
  }

  mutating func finish(
    layout: CSVLayout, _ table: String, _ headers: [String], rows: Int, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    var attribute = AttributeRow()
    attribute.owner_kind = Text("sourceMember")
    attribute.owner = sink.copy(name)
    attribute.vocabulary = Text("canvas")
    attribute.key = Text("roster")
    let plan = [table, String(rows)] + headers
    attribute.value = sink.copy(plan.joined(separator: "\u{1F}"))
    try sink.put(attribute)
    try recorder.finish(layout: layout, sink: &sink)
  }
}

extension RosterValue {
  /// Canvas's word for a status.
  static func word(ofStatus status: Text) -> Text {
    if status.equals("tobedeleted") { return Text("deleted") }
    return status.isAbsent ? Text("active") : status
  }
}
