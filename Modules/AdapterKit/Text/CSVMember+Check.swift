public import CAdapterABI
internal import Scanning

extension CSVMember {
  /// Reports what is wrong with the shape of a data record.
  ///
  /// Codes: `csv.blank_line` (skipped), `csv.row_too_short` and `csv.row_too_long` (rejected; too
  /// long by blank cells only is a warning), `csv.text_after_quote` and `csv.nul` (rejected),
  /// `csv.invalid_utf8` (rejected), `csv.bare_quote` (a note), `csv.blank_before_quote` (nothing).
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - columns: The number of cells it should have.
  ///   - kind: The kind of the record that the row would be.
  ///   - sink: Its host gets the reports.
  ///   - acceptsLong: Take rows with more cells than the header, with a warning.
  ///   - acceptsShort: Take rows with fewer cells, with a warning; missing cells are absent.
  /// - Returns: Whether the record can be read; `false` when it was reported as left out.
  public func check(
    _ record: Int, columns: Int, kind: cbl_kind, sink: borrowing RecordSink,
    acceptsLong: Bool = false, acceptsShort: Bool = false
  ) throws(AdapterError) -> Bool {
    if index.isClean, index.fieldCount(record) == columns, columns > 1, startsFilled(record) {
      return true
    }
    let shape = shape(of: record, columns: columns)
    let isAccepted =
      switch shape {
      case .whole, .longByBlanks: true
      case .short: acceptsShort
      case .long: acceptsLong
      case .blank, .invalidUTF8, .nul, .textAfterQuote: false
      }
    try report(shape, record, columns: columns, kind, sink, isAccepted: isAccepted)
    return isAccepted
  }

  /// Whether a data record can be read; says nothing to the host.
  ///
  /// For a first look at a member, which must not learn from rows that are left out later.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - columns: The number of cells it should have.
  public func isWhole(_ record: Int, columns: Int) -> Bool {
    if index.isClean, index.fieldCount(record) == columns, columns > 1, startsFilled(record) {
      return true
    }
    let shape = shape(of: record, columns: columns)
    return shape == .whole || shape == .longByBlanks
  }

  /// What the cells of a record are like, taken together.
  private enum Shape {
    case whole, blank, invalidUTF8, nul, textAfterQuote, short, long, longByBlanks
  }

  private func shape(of record: Int, columns: Int) -> Shape {
    if isBlank(record) || (columns > 1 && isOnlyDelimiters(record)) { return .blank }
    let found = findings(of: record)
    if found.contains(.invalidUTF8) { return .invalidUTF8 }
    if found.contains(.containsNUL) { return .nul }
    if found.contains(.textAfterQuote) { return .textAfterQuote }
    let width = fieldCount(record)
    if width < columns { return .short }
    guard width > columns else { return .whole }
    let isBlank = (columns..<width).allSatisfy { text($0, of: record).isEmpty }
    return isBlank ? .longByBlanks : .long
  }

  /// Whether the first cell has something in it, so that the row is not one of only delimiters.
  private func startsFilled(_ record: Int) -> Bool {
    let raw = unsafe index.rawRecord(record)
    guard let first = unsafe raw.first else { return false }
    return first != layout.dialect.delimiter && first != 0x20
  }

  private func report(
    _ shape: Shape, _ record: Int, columns: Int, _ kind: cbl_kind, _ sink: borrowing RecordSink,
    isAccepted: Bool
  ) throws(AdapterError) {
    let severity: RecordProblem.Severity = isAccepted ? .warning : .rejected
    let widths = "the row has \(fieldCount(record)) cells and the header \(columns)"
    switch shape {
    case .whole: break
    case .blank:
      try report(.skipped, "csv.blank_line", "a blank line was passed over", record, kind, sink)
    case .invalidUTF8:
      try report(
        severity, "csv.invalid_utf8",
        "the line is not valid UTF-8; name the file's encoding with --encoding", record, kind,
        sink)
    case .nul:
      try report(
        severity, "csv.nul", "the line holds a byte of 0; take it out", record, kind, sink)
    case .textAfterQuote:
      try report(
        severity, "csv.text_after_quote",
        "text follows a closing quote; double the quotes inside the cell", record, kind, sink)
    case .short:
      try report(
        severity, "csv.row_too_short", "\(widths); add the missing delimiters", record, kind, sink)
    case .long, .longByBlanks:
      try report(
        severity, "csv.row_too_long", "\(widths); quote the cell that holds a delimiter", record,
        kind, sink)
    }
    if isAccepted, findings(of: record).contains(.bareQuote) {
      try report(
        .note, "csv.bare_quote", "a quote inside an unquoted cell was taken as it is", record,
        kind, sink)
    }
  }

  private func report(
    _ severity: RecordProblem.Severity, _ code: String, _ message: String, _ record: Int,
    _ kind: cbl_kind, _ sink: borrowing RecordSink
  ) throws(AdapterError) {
    try sink.host.report(
      RecordProblem(
        severity, code, message, member: name, line: line(of: record),
        raw: severity == .rejected ? rawRecord(record).string : "", kind: kind))
  }
}
