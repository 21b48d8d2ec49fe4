internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// Writes records as lines of one file; the reader uses it too, to foresee what a writer will do.
struct LineRenderer: ~Copyable {
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
  /// Whether lifecycle and date of change are left blank, as whole files want.
  private let blanksLifecycle: Bool
  /// Texts for columns whose field is empty, by column; only looked at when there are any.
  private var extras: [Text]
  private var hasExtras = false
  private var scratch = ByteBuffer()
  /// Cells whose line breaks became blanks, by column.
  private(set) var brokenCells: [Int]
  /// Whether words that the format does not know are written after `ext:`.
  private let extendsWords: Bool
  /// Words that were written so, by column.
  private(set) var extendedWords: [Int]
  /// Dates whose time of the day was left out, by column.
  private(set) var cutDates: [Int]

  /// A renderer of lines with some columns; `nil` stands for a column without a field.
  init(
    _ columns: [Column?], layout: CSVLayout, blanksLifecycle: Bool, extendsWords: Bool = false
  ) {
    self.extendsWords = extendsWords
    targets = columns.enumerated().map { index, column in
      Target(
        offset: (column?.field ?? -1) >= 0 ? column?.offset ?? -1 : -1,
        type: column?.type ?? .text,
        quoting: index < layout.quoting.count ? layout.quoting[index] : layout.otherQuoting,
        vocabulary: column?.vocabulary ?? .none)
    }
    dialect = layout.dialect
    self.blanksLifecycle = blanksLifecycle
    extras = Array(repeating: .absent, count: columns.count)
    brokenCells = Array(repeating: 0, count: columns.count)
    cutDates = brokenCells
    extendedWords = brokenCells
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
      } else if blanksLifecycle, target.type == .status || target.type == .time {
        put(.blank, index, &line)
      } else {
        putValue(text, index, &line)
      }
    }
  }

  private mutating func putValue(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    switch targets[column].type {
    case .refs, .list:
      guard text.contains(0x1F) else {
        put(text, column, &line)
        return
      }
      scratch.removeAll()
      for index in 0..<text.count {
        scratch.append(text[index] == 0x1F ? UInt8(ascii: ",") : text[index])
      }
      putScratch(column, &line)
    case .date where text.count > 10:
      cutDates[column] += 1
      put(text.slice(0, 10), column, &line)
    case .state:
      let word = Self.word(for: text)
      if extendsWords, let word {
        put(word, column, &line)
      } else if extendsWords, text.count > 0, !text.hasPrefix("ext:") {
        putExtended(text, column, &line)
      } else {
        put(word ?? text, column, &line)
      }
    case .token
    where extendsWords && text.count > 0 && targets[column].vocabulary.isExtensible
      && !targets[column].vocabulary.contains(text):
      putExtended(text, column, &line)
    case .identifiers where text.count > 0:
      scratch.removeAll()
      scratch.append(UInt8(ascii: "{"))
      for index in 0..<text.count {
        if text[index] == 0x1F {
          scratch.append("},{" as StaticString)
        } else {
          scratch.append(text[index])
        }
      }
      scratch.append(UInt8(ascii: "}"))
      putScratch(column, &line)
    case .identifier: put(Self.firstIdentifier(text), column, &line)
    default: put(text, column, &line)
    }
  }

  /// The format's word for a state, or `nil` when it has none.
  private static func word(for state: Text) -> Text? {
    for pair in ResultState.words where state.equals(pair.state) { return Text(pair.word) }
    return nil
  }

  private mutating func putExtended(_ text: Text, _ column: Int, _ line: inout ByteBuffer) {
    extendedWords[column] += 1
    scratch.removeAll()
    scratch.append("ext:" as StaticString)
    unsafe scratch.append(text.rawBytes)
    putScratch(column, &line)
  }

  /// The first of the identifiers, without the type that reading gave it.
  private static func firstIdentifier(_ text: Text) -> Text {
    guard text.count > 0 else { return text }
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
    brokenCells[column] += 1
    let flat = Self.withoutBreaks(text)
    unsafe flat.withUnsafeBytes { flat in
      unsafe line.appendCSV(flat, dialect: dialect, quoting: isQuoted ? .all : .minimal)
    }
  }

  /// Bytes in which every line break became a blank; CR and LF together are one.
  private static func withoutBreaks(_ text: Text) -> [UInt8] {
    var flat: [UInt8] = []
    flat.reserveCapacity(text.count)
    var last: UInt8 = 0
    for byte in text.array {
      if byte != 0x0A && byte != 0x0D {
        flat.append(byte)
      } else if !(byte == 0x0A && last == 0x0D) {
        flat.append(UInt8(ascii: " "))
      }
      last = byte
    }
    return flat
  }
}
