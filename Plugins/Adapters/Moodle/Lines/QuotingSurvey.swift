internal import AdapterKit
internal import CAdapterABI

/// What a file shows of how its cells are quoted.
struct QuotingSurvey {
  private var hasBareBlank = false
  /// Whether a cell has an apostrophe before what looks like a formula.
  private(set) var isGuarded = false

  /// Takes note of the cells of a record.
  mutating func see(_ record: Int, of file: borrowing CSVMember) {
    for column in 0..<file.fieldCount(record) {
      let cell = file.cell(column, of: record)
      if FormulaGuard.apostrophe.isThere(cell) { isGuarded = true }
      guard cell.contains(0x20) else { continue }
      if !file.rawText(column, of: record).contains(UInt8(ascii: "\"")) { hasBareBlank = true }
    }
  }

  /// Whether cells with blanks are quoted, as Moodle itself does.
  var quotesBlanks: Bool { !hasBareBlank }
}

extension GridLine.Style {
  /// How Moodle writes lines.
  ///
  /// - Parameter quotesBlanks: Whether cells with blanks are quoted, as Moodle itself does.
  static func moodle(quotesBlanks: Bool) -> Self {
    Self(blanks: quotesBlanks ? .all : .ends, formulas: .apostrophe)
  }
}
