internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// One line of a delimited file, cell by cell, in the layout of its member.
///
/// Reader and writer use the same line, so the reader knows what the writer will make of a record.
struct GridLine: ~Copyable {
  var buffer = ByteBuffer()
  let layout: CSVLayout
  let guardsFormulas: Bool
  private(set) var column = 0

  init(layout: CSVLayout, guardsFormulas: Bool) {
    self.layout = layout
    self.guardsFormulas = guardsFormulas
  }

  /// The bytes of the line so far.
  var bytes: UnsafeRawBufferPointer { unsafe buffer.bytes }

  /// Whether cells of a column are quoted though they need not be.
  func quotes(_ column: Int, isBlank: Bool = false) -> Bool {
    switch column < layout.quoting.count ? layout.quoting[column] : layout.otherQuoting {
    case .needed: false
    case .filled: !isBlank
    case .always: true
    }
  }

  /// Begins a line.
  mutating func start() {
    buffer.removeAll()
    column = 0
  }

  /// Goes to the next cell.
  private mutating func next() {
    if column > 0 { buffer.append(layout.dialect.delimiter) }
    column += 1
  }

  /// Adds a cell of text, quoted where it must be.
  mutating func cell(_ bytes: UnsafeRawBufferPointer) {
    next()
    let dialect = layout.dialect
    if unsafe quotes(column - 1, isBlank: bytes.isEmpty) || Self.needsQuotes(bytes, dialect) {
      unsafe buffer.appendQuoted(bytes, quote: dialect.quote)
    } else {
      unsafe buffer.append(bytes)
    }
  }

  /// Adds a cell whose text a spreadsheet might take for a formula, or a reader for a guard.
  mutating func guardedCell(_ bytes: UnsafeRawBufferPointer) {
    let isFormula = unsafe guardsFormulas && FormulaGuard.isNeeded(bytes)
    guard unsafe isFormula || FormulaGuard.isThere(bytes) else { return unsafe cell(bytes) }
    unsafe quotedCell(bytes)
  }

  /// Adds a cell with a guard, which makes a text of whatever it holds.
  mutating func quotedCell(_ bytes: UnsafeRawBufferPointer) {
    var guarded: [UInt8] = Array("=\"".utf8)
    for index in 0..<bytes.count {
      let byte = unsafe bytes[index]
      if byte == 0x22 { guarded.append(byte) }
      guarded.append(byte)
    }
    guarded.append(0x22)
    unsafe guarded.withUnsafeBytes { bytes in unsafe cell(bytes) }
  }

  /// Adds a cell of text.
  mutating func cell(_ text: Text) { unsafe cell(text.rawBytes) }

  /// Adds a cell of text.
  mutating func cell(_ text: String, guarded: Bool = false) {
    var text = text
    text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      if guarded { unsafe guardedCell(bytes) } else { unsafe cell(bytes) }
    }
  }

  /// Adds an empty cell.
  mutating func blank() {
    unsafe cell(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Adds bytes that are a whole cell already.
  ///
  /// - Precondition: The column is not one that is always quoted.
  mutating func rawCell(_ bytes: UnsafeRawBufferPointer) {
    next()
    unsafe buffer.append(bytes)
  }

  /// Whether a text must be quoted; unlike RFC 4180 readers Canvas leaves blanks at the ends bare.
  static func needsQuotes(_ bytes: UnsafeRawBufferPointer, _ dialect: CSVDialect) -> Bool {
    for index in 0..<bytes.count {
      let byte = unsafe bytes[index]
      if byte == dialect.delimiter || byte == dialect.quote || byte == 0x0A || byte == 0x0D {
        return true
      }
    }
    return false
  }
}
