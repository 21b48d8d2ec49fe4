internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes records as lines of one file; the reader uses it too, to foresee what a writer will do.
struct LineRenderer: ~Copyable {
  /// What a file that is written anew does differently from one that was read.
  struct Style {
    /// Leave lifecycle and date of change blank, as whole files want.
    var blanksLifecycle = false
    /// Write words that the format does not know after `ext:`.
    var extendsWords = false
    /// Write letters that identifiers must not have as `@` and their code.
    var encodesIdentifiers = false
    /// Count identifiers with such letters.
    var countsIdentifiers = false
  }

  /// A column of the file that is written.
  private struct Target {
    /// Bytes from the start of a row to the field's text, or -1 when no field fills it.
    var offset: Int
    var type: CellType
    var quoting: CSVLayout.Quoting
    var vocabulary: Vocabulary
  }

  private let targets: [Target]
  private let dialect: CSVDialect
  private let style: Style
  /// Texts for columns whose field is empty, by column; only looked at when there are any.
  private var extras: [Text]
  private var hasExtras = false
  private var scratch = ByteBuffer()
  /// What was kept in a poorer form.
  private(set) var reductions: ReductionCounts
  /// Records whose identifier has letters that the format does not allow.
  private(set) var oddIdentifiers = 0

  /// A renderer of lines with some columns; `nil` stands for a column without a field.
  init(_ columns: [Column?], layout: CSVLayout, style: Style = Style()) {
    targets = columns.enumerated().map { index, column in
      Target(
        offset: (column?.field ?? -1) >= 0 ? column?.offset ?? -1 : -1,
        type: column?.type ?? .text,
        quoting: index < layout.quoting.count ? layout.quoting[index] : layout.otherQuoting,
        vocabulary: column?.vocabulary ?? .none)
    }
    dialect = layout.dialect
    self.style = style
    extras = Array(repeating: .absent, count: columns.count)
    reductions = ReductionCounts(columns: columns.count)
  }

  /// Forgets the texts that stand in for empty fields.
  mutating func clearExtras() {
    guard hasExtras else { return }
    hasExtras = false
    for index in extras.indices { extras[index] = .absent }
  }

  /// Sets the text of a column whose field is empty.
  mutating func setExtra(_ text: Text, column: Int) {
    extras[column] = text
    hasExtras = true
  }

  /// Whether a column of the row has a text already, from its field or set for it.
  func isFilled(_ column: Int, _ row: UnsafeRawPointer) -> Bool {
    let offset = targets[column].offset
    if offset >= 0, unsafe !row.load(fromByteOffset: offset, as: Text.self).isEmpty { return true }
    return hasExtras && !extras[column].isAbsent
  }

  /// Appends a row as a line without its end.
  mutating func render(_ row: UnsafeRawPointer, into line: inout ByteBuffer) {
    for index in targets.indices {
      let target = targets[index]
      if index > 0 { line.append(dialect.delimiter) }
      var text = Text.absent
      if target.offset >= 0 {
        text = unsafe row.load(fromByteOffset: target.offset, as: Text.self)
      }
      if text.isEmpty, hasExtras, !extras[index].isAbsent {
        put(extras[index], index, &line)
      } else if text.isEmpty {
        put(.blank, index, &line)
      } else if style.blanksLifecycle, target.type == .status || target.type == .time {
        put(.blank, index, &line)
      } else {
        putValue(text, index, &line)
      }
    }
  }

  /// Appends a value that is not empty.
  private mutating func putValue(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    switch targets[column].type {
    case .id:
      if style.countsIdentifiers, !Shape.isGUID(text) { oddIdentifiers += 1 }
      putIdentifier(text, column, &line)
    case .ref: putIdentifier(text, column, &line)
    case .refs, .list, .identifiers: putList(text, column, &line)
    case .date, .time, .year: putDate(text, column, &line)
    case .state:
      if let word = Self.word(for: text) {
        put(word, column, &line)
      } else {
        putWord(text, column, &line)
      }
    case .token:
      if targets[column].vocabulary.contains(text) || !targets[column].vocabulary.isExtensible {
        put(text, column, &line)
      } else {
        putWord(text, column, &line)
      }
    case .identifier: put(Self.firstIdentifier(text), column, &line)
    default: put(text, column, &line)
    }
  }

  /// The format's word for a state, or `nil` when it has none.
  private static func word(for state: Text) -> Text? {
    for pair in ResultState.words where state.equals(pair.state) { return Text(pair.word) }
    return nil
  }

  /// A word that the format does not know.
  private mutating func putWord(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    guard style.extendsWords, !text.hasPrefix("ext:") else {
      put(text, column, &line)
      return
    }
    reductions.add(.word, column)
    scratch.removeAll()
    scratch.append("ext:" as StaticString)
    unsafe scratch.append(text.rawBytes)
    putScratch(column, &line)
  }

  private mutating func putIdentifier(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    guard style.encodesIdentifiers, !Shape.isGUID(text) else {
      put(text, column, &line)
      return
    }
    reductions.add(.identifier, column)
    scratch.removeAll()
    CellForm.appendIdentifier(text, to: &scratch)
    putScratch(column, &line)
  }

  private mutating func putList(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    let type = targets[column].type
    scratch.removeAll()
    let isEncoded = type == .refs && style.encodesIdentifiers
    if CellForm.appendList(text, type, encodesIdentifiers: isEncoded, to: &scratch) {
      reductions.add(isEncoded ? .identifier : .element, column)
    }
    putScratch(column, &line)
  }

  private mutating func putDate(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    scratch.removeAll()
    switch CellForm.appendDate(text, targets[column].type, to: &scratch) {
    case nil: put(text, column, &line)
    case let reduction?:
      reductions.add(reduction, column)
      putScratch(column, &line)
    }
  }

  /// The first of the identifiers, without the type that reading gave it.
  private static func firstIdentifier(_ text: Text) -> Text {
    let end = (0..<text.count).first { text[$0] == 0x1F } ?? text.count
    return text.slice(text.hasPrefix("userId:") ? min(7, end) : 0, end)
  }

  private mutating func putScratch(_ column: Int, _ line: inout ByteBuffer) {
    let text = unsafe Text(scratch.bytes)
    put(text, column, &line)
  }

  /// Appends a cell without line breaks, which the format does not allow, quoted if needed.
  private mutating func put(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    let bytes = unsafe text.rawBytes
    let quoting = targets[column].quoting
    let isQuoted = quoting == .always || (quoting == .filled && text.count > 0)
    guard unsafe isQuoted || CSVField.needsQuotes(bytes, dialect: dialect) else {
      unsafe line.append(bytes)
      return
    }
    guard text.hasLineBreak else {
      unsafe line.appendQuoted(bytes, quote: dialect.quote)
      return
    }
    reductions.add(.lineBreak, column)
    let flat = CellForm.withoutBreaks(text)
    unsafe flat.withUnsafeBytes { flat in
      unsafe line.appendCSV(flat, dialect: dialect, quoting: isQuoted ? .all : .minimal)
    }
  }
}
