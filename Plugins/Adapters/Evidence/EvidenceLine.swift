internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A row of evidence in the form of one file: its columns and layout, or an object.
///
/// Reader and writer render with the same line, so the reader knows what the writer will make of a
/// record.
struct EvidenceLine: ~Copyable {
  /// Of each heading what it names, or `nil` for what is not read.
  let columns: [EvidenceColumn?]
  private let isJSON: Bool
  private var grid: GridLine
  private let objects: RowWriter
  private var object = ByteBuffer(capacity: 512)

  /// The line of a table with these headings, those of unread columns too.
  init(headings: [String], layout: CSVLayout) {
    self.init(headings: headings, layout: layout, isJSON: false)
  }

  /// The line that is an object.
  static func object() -> EvidenceLine {
    EvidenceLine(headings: [], layout: .standard, isJSON: true)
  }

  private init(headings: [String], layout: CSVLayout, isJSON: Bool) {
    self.isJSON = isJSON
    columns = isJSON ? EvidenceColumn.allCases : headings.map(EvidenceColumn.init(heading:))
    let style = GridLine.Style(blanks: .ends, formulas: .equation)
    grid = GridLine(layout: layout, style: style, guardsFormulas: false)
    objects = RowWriter(columns: EvidenceColumn.allCases, style: RowStyle(isJSON: true))
  }

  /// What was rendered last, without a line end.
  var bytes: UnsafeRawBufferPointer {
    guard isJSON else { return unsafe grid.bytes }
    return unsafe UnsafeRawBufferPointer(rebasing: object.bytes.dropLast())
  }

  /// Renders a piece of evidence; columns that are not read stay blank.
  mutating func render(_ row: EvidenceRow) {
    if isJSON {
      object.removeAll()
      objects.append(evidence: row, to: &object)
      return
    }
    grid.start()
    for column in columns {
      if let column { grid.cell(row.text(of: column)) } else { grid.blank() }
    }
  }
}
