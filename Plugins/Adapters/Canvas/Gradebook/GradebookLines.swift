internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// What a gradebook's lines are made of; reader and writer render them the same way.
enum GradebookRendering {
  /// The headings.
  static func header(_ plan: GradebookPlan, into line: inout GridLine) {
    line.start()
    for column in plan.columns { line.guardedCell(column.header) }
  }

  /// The row that says what is posted by hand.
  static func posting(
    _ plan: GradebookPlan, into line: inout GridLine, isHidden: (Int) -> Bool
  ) {
    line.start()
    for (index, column) in plan.columns.enumerated() {
      line.cell(column.role == .item && isHidden(index) ? plan.posting ?? "" : "")
    }
  }

  /// The row of points possible.
  static func points(
    _ plan: GradebookPlan, into line: inout GridLine,
    maximum: (Int, inout [UInt8]) -> Void
  ) {
    line.start()
    var bytes: [UInt8] = []
    for (index, column) in plan.columns.enumerated() {
      bytes.removeAll(keepingCapacity: true)
      if index == 0 {
        bytes += (plan.points ?? "").utf8
      } else if column.role == .item {
        maximum(index, &bytes)
      } else if column.role == .total {
        bytes += plan.readOnly.utf8
      }
      line.cell(bytes)
    }
  }
}

/// Keeps what the records of a gradebook do not say about its lines.
struct GradebookLines: ~Copyable {
  private var recorder: SourceRecorder
  private var line: GridLine
  private let isKept: Bool
  private let usual: CSVLineEnd

  /// - Parameter isKept: Whether anybody wants the lines.
  init(name: String, layout: CSVLayout, position: Int, isKept: Bool) {
    recorder = SourceRecorder(member: name, format: "canvas-gradebook", position: position)
    line = GridLine(layout: layout, style: .canvas, guardsFormulas: true)
    usual = layout.lineEnd
    self.isKept = isKept
  }

  private mutating func keep(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    try unsafe recorder.line(
      raw: file.rawRecord(row), predicted: line.bytes, end: file.lineEnd(of: row), usual: usual,
      sink: &sink)
  }

  mutating func unrecorded(
    _ row: Int, of file: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    try recorder.unrecorded(
      raw: file.rawRecord(row), end: file.lineEnd(of: row), usual: usual, sink: &sink)
  }

  mutating func header(
    _ row: Int, of file: borrowing CSVMember, _ plan: GradebookPlan, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    GradebookRendering.header(plan, into: &line)
    try keep(row, of: file, &sink)
  }

  mutating func posting(
    _ row: Int, of file: borrowing CSVMember, _ plan: GradebookPlan, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    var hidden: Set<Int> = []
    for column in plan.columns.indices where file.text(column, of: row).count > 0 {
      hidden.insert(column)
    }
    GradebookRendering.posting(plan, into: &line) { hidden.contains($0) }
    try keep(row, of: file, &sink)
  }

  mutating func points(
    _ row: Int, of file: borrowing CSVMember, _ plan: GradebookPlan, _ maxima: [Int: Text],
    _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    GradebookRendering.points(plan, into: &line) { column, bytes in
      guard let maximum = maxima[column] else { return }
      _ = DecimalText.append(
        maximum, mark: plan.columns[column].mark, to: &bytes)
    }
    try keep(row, of: file, &sink)
  }

  mutating func learner(
    _ row: Int, of file: borrowing CSVMember, _ reader: borrowing MemberReader,
    _ people: People, _ place: Int, _ sink: inout RecordSink
  ) throws(AdapterError) {
    guard isKept else { return }
    line.start()
    for (index, column) in reader.plan.columns.enumerated() {
      let cell = file.text(index, of: row)
      switch column.role {
      case .section, .custom, .rootAccount:
        line.guardedCell(FormulaGuard.equation.removed(from: cell, &sink))
      case .item, .total: predict(cell, index, reader, &sink)
      default: people.append(column.role, of: place, to: &line)
      }
    }
    try keep(row, of: file, &sink)
  }

  /// The cell that the writer makes of the record that the reader made of a cell.
  private mutating func predict(
    _ cell: Text, _ index: Int, _ reader: borrowing MemberReader, _ sink: inout RecordSink
  ) {
    let column = reader.plan.columns[index]
    if FormulaGuard.equation.isThere(cell) {
      return line.scoreText(
        FormulaGuard.equation.removed(from: cell, &sink), inTotal: column.role == .total)
    }
    switch ScoreCell(cell) {
    case .number(let shape):
      var bytes: [UInt8] = []
      guard reader.appendNumber(cell, shape, index, to: &bytes) else { return line.blank() }
      var written: [UInt8] = []
      _ = withText(bytes) { bytes in
        DecimalText.append(
          bytes, mark: column.mark, to: &written)
      }
      if shape.isPercent, column.role == .item { written.append(UInt8(ascii: "%")) }
      line.cell(written)
    case .blank, .garbage: line.blank()
    case .exempt where column.role == .item: line.cell("EX")
    case .notAssigned where column.role == .item: line.cell("N/A")
    case .noGrade where column.role == .item: line.cell("-")
    default: line.scoreText(cell, inTotal: column.role == .total)
    }
  }

  mutating func finish(layout: CSVLayout, _ sink: inout RecordSink) throws(AdapterError) {
    guard isKept else { return }
    // The last chunk knows the final line end; all else is known from the first.
    try recorder.finish(layout: layout, sink: &sink)
  }
}

extension GridLine {
  /// Adds a score in words; a guard keeps those apart that would be read as a number or a state.
  mutating func scoreText(_ text: Text, inTotal: Bool) {
    if text.isEmpty || ScoreCell.isText(text, inTotal: inTotal) {
      guardedCell(text)
    } else {
      quotedCell(text)
    }
  }
}
