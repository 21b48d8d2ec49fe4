internal import CAdapterABI
package import Scanning

/// One line of a delimited file, cell by cell, in the layout of its member.
///
/// Reader and writer of an adapter use the same line, so the reader knows what the writer will make
/// of a record.
package struct GridLine: ~Copyable {
  /// What a system does beyond its layout.
  package struct Style {
    /// Which cells with blanks are quoted, though they need not be.
    package enum Blanks {
      /// None.
      case bare
      /// Those with a blank at an end.
      case ends
      /// All that have a blank, a tab or a backslash.
      case all
    }

    @usableFromInline let blanks: Blanks
    /// How texts that look like formulas are guarded.
    package let formulas: FormulaGuard

    /// A style.
    package init(blanks: Blanks, formulas: FormulaGuard) {
      self.blanks = blanks
      self.formulas = formulas
    }
  }

  @usableFromInline var buffer = ByteBuffer()
  /// The layout of the member.
  package let layout: CSVLayout
  @usableFromInline let style: Style
  private let guardsFormulas: Bool
  @usableFromInline var column = 0
  @usableFromInline var isHeader = false

  /// An empty line.
  ///
  /// - Parameters:
  ///   - layout: The layout of the member.
  ///   - style: What the system does beyond it.
  ///   - guardsFormulas: Whether texts that look like formulas get a guard.
  package init(layout: CSVLayout, style: Style, guardsFormulas: Bool) {
    self.layout = layout
    self.style = style
    self.guardsFormulas = guardsFormulas
  }

  /// The bytes of the line so far.
  package var bytes: UnsafeRawBufferPointer { unsafe buffer.bytes }

  /// The number of bytes of the line so far.
  package var count: Int { buffer.count }

  /// Begins a line.
  ///
  /// - Parameter isHeader: Whether the line holds headings that are quoted for the sake of a column
  ///   only when all columns are.
  package mutating func start(isHeader: Bool = false) {
    buffer.removeAll()
    column = 0
    self.isHeader = isHeader && layout.quoting.contains(.needed)
  }

  /// Whether cells of a column are quoted for the column's sake.
  @inlinable
  package func quotes(_ column: Int, isBlank: Bool = false) -> Bool {
    switch column < layout.quoting.count ? layout.quoting[column] : layout.otherQuoting {
    case .needed: false
    case .filled: !isBlank && !isHeader
    case .always: true
    }
  }

  /// Adds a cell of text, quoted where it must be.
  @inlinable
  package mutating func cell(_ text: Text) {
    next()
    if quotes(column - 1, isBlank: text.isEmpty) || needsQuotes(text) {
      unsafe buffer.appendQuoted(text.rawBytes, quote: layout.dialect.quote)
    } else {
      unsafe buffer.append(text.rawBytes)
    }
  }

  /// Adds a cell of bytes.
  package mutating func cell(_ bytes: [UInt8]) {
    withText(bytes) { cell($0) }
  }

  /// Adds a cell of text.
  package mutating func cell(_ text: String) { cell(Array(text.utf8)) }

  /// Adds a cell whose text a spreadsheet might take for a formula, or a reader for a guard.
  package mutating func guardedCell(_ text: Text) {
    guard style.formulas.isNeeded(text, isOn: guardsFormulas) else { return cell(text) }
    quotedCell(text)
  }

  /// Adds a cell whose text a spreadsheet might take for a formula, or a reader for a guard.
  package mutating func guardedCell(_ text: String) {
    withText(Array(text.utf8)) { guardedCell($0) }
  }

  /// Adds a cell with a guard, which makes a text of whatever it holds.
  package mutating func quotedCell(_ text: Text) {
    cell(style.formulas.guarded(text))
  }

  /// Adds an empty cell.
  package mutating func blank() { cell(.blank) }

  /// Adds bytes that are a whole cell already.
  ///
  /// - Precondition: The column is not one that is always quoted.
  @inlinable
  package mutating func rawCell(_ text: Text) {
    next()
    unsafe buffer.append(text.rawBytes)
  }

  /// Goes to the next cell.
  @inlinable
  mutating func next() {
    if column > 0 { buffer.append(layout.dialect.delimiter) }
    column += 1
  }

  @inlinable
  func needsQuotes(_ text: Text) -> Bool {
    let dialect = layout.dialect
    for place in 0..<text.count {
      let byte = text.byte(place)
      if byte == dialect.delimiter || byte == dialect.quote || byte == 0x0A || byte == 0x0D {
        return true
      }
      guard style.blanks == .all else { continue }
      if byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "\\") { return true }
    }
    guard style.blanks != .bare, text.count > 0 else { return false }
    return text.byte(0) == 0x20 || text.byte(text.count - 1) == 0x20
  }
}

extension GridLine {
  /// Adds a kept text that a spreadsheet might take for a formula.
  package mutating func guardedCell(_ slice: TextPool.Slice, of pool: TextPool) {
    pool.withText(slice) { guardedCell($0) }
  }

  /// Adds a kept text.
  package mutating func cell(_ slice: TextPool.Slice, of pool: TextPool) {
    pool.withText(slice) { cell($0) }
  }
}
