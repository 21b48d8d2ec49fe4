internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// One line of a delimited file, cell by cell, in the layout of its member.
///
/// Reader and writer use the same line, so the reader knows what the writer will make of a record.
struct GridLine: ~Copyable {
  private var buffer = ByteBuffer()
  private let layout: CSVLayout
  private let quotesBlanks: Bool
  private let guardsFormulas: Bool
  private var column = 0
  private var isHeader = false

  /// - Parameters:
  ///   - quotesBlanks: Whether cells with blanks are quoted, as Moodle itself does.
  ///   - guardsFormulas: Whether texts that look like formulas get an apostrophe.
  init(layout: CSVLayout, quotesBlanks: Bool, guardsFormulas: Bool) {
    self.layout = layout
    self.quotesBlanks = quotesBlanks
    self.guardsFormulas = guardsFormulas
  }

  /// The bytes of the line so far.
  var bytes: UnsafeRawBufferPointer { unsafe buffer.bytes }

  /// The number of bytes of the line so far.
  var count: Int { buffer.count }

  /// Begins a line.
  ///
  /// - Parameter isHeader: Whether the line holds headings, which are quoted for the sake of a
  ///   column only when all columns are.
  mutating func start(isHeader: Bool = false) {
    buffer.removeAll()
    column = 0
    self.isHeader = isHeader && layout.quoting.contains(.needed)
  }

  /// Adds a cell, quoted where it must be.
  mutating func cell(_ text: Text) {
    if column > 0 { buffer.append(layout.dialect.delimiter) }
    column += 1
    if needsQuotes(text) {
      unsafe buffer.appendQuoted(text.rawBytes, quote: layout.dialect.quote)
    } else {
      unsafe buffer.append(text.rawBytes)
    }
  }

  /// Adds a cell whose text a spreadsheet might take for a formula.
  mutating func guardedCell(_ text: Text) {
    guard FormulaGuard.isNeeded(text, isOn: guardsFormulas) else { return cell(text) }
    withText([UInt8(ascii: "'")] + text.array) { cell($0) }
  }

  /// Adds a cell of bytes.
  mutating func cell(_ bytes: [UInt8]) {
    withText(bytes) { cell($0) }
  }

  /// Adds a cell of text.
  mutating func cell(_ text: String, isGuarded: Bool = true) {
    withText(Array(text.utf8)) { isGuarded ? guardedCell($0) : cell($0) }
  }

  private func needsQuotes(_ text: Text) -> Bool {
    let place = column - 1
    switch place < layout.quoting.count ? layout.quoting[place] : layout.otherQuoting {
    case .always: return true
    case .filled where !text.isEmpty && !isHeader: return true
    default: break
    }
    let dialect = layout.dialect
    for index in 0..<text.count {
      let byte = text.byte(index)
      if byte == dialect.delimiter || byte == dialect.quote || byte == 0x0A || byte == 0x0D {
        return true
      }
      if quotesBlanks, byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\\") { return true }
    }
    guard text.count > 0 else { return false }
    return text.byte(0) == 0x20 || text.byte(text.count - 1) == 0x20
  }
}

/// What a file shows of how its cells are quoted.
struct QuotingSurvey {
  private var hasBareBlank = false
  /// Whether a cell has an apostrophe before what looks like a formula.
  private(set) var isGuarded = false

  /// Takes note of the cells of a record.
  mutating func see(_ record: Int, of file: borrowing CSVMember) {
    for column in 0..<file.fieldCount(record) {
      let cell = file.cell(column, of: record)
      if FormulaGuard.isGuarded(cell) { isGuarded = true }
      guard cell.contains(0x20) else { continue }
      if !file.rawText(column, of: record).contains(UInt8(ascii: "\"")) { hasBareBlank = true }
    }
  }

  /// Whether cells with blanks are quoted, as Moodle itself does.
  var quotesBlanks: Bool { !hasBareBlank }
}
