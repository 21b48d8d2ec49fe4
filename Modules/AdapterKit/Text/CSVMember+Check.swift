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
    return try checkSlowly(
      record, columns: columns, kind: kind, sink: sink, acceptsLong, acceptsShort)
  }

  /// Whether the first cell has something in it, so that the row is not one of only delimiters.
  private func startsFilled(_ record: Int) -> Bool {
    let raw = unsafe index.rawRecord(record)
    guard let first = unsafe raw.first else { return false }
    return first != layout.dialect.delimiter && first != 0x20
  }

  private func checkSlowly(
    _ record: Int, columns: Int, kind: cbl_kind, sink: borrowing RecordSink, _ acceptsLong: Bool,
    _ acceptsShort: Bool
  ) throws(AdapterError) -> Bool {
    if isBlank(record) || (columns > 1 && isOnlyDelimiters(record)) {
      try report(.skipped, "csv.blank_line", "a blank line was passed over", record, kind, sink)
      return false
    }
    let found = findings(of: record)
    if found.contains(.invalidUTF8) {
      try report(
        .rejected, "csv.invalid_utf8",
        "the line is not valid UTF-8; name the file's encoding with --encoding", record, kind,
        sink)
      return false
    }
    if found.contains(.containsNUL) {
      try report(
        .rejected, "csv.nul", "the line holds a byte of 0; take it out", record, kind, sink)
      return false
    }
    if found.contains(.textAfterQuote) {
      try report(
        .rejected, "csv.text_after_quote",
        "text follows a closing quote; double the quotes inside the cell", record, kind, sink)
      return false
    }
    if found.contains(.bareQuote) {
      try report(
        .note, "csv.bare_quote", "a quote inside an unquoted cell was taken as it is", record,
        kind, sink)
    }
    return try checkWidth(record, columns, kind, sink, acceptsLong, acceptsShort)
  }

  private func checkWidth(
    _ record: Int, _ columns: Int, _ kind: cbl_kind, _ sink: borrowing RecordSink,
    _ acceptsLong: Bool, _ acceptsShort: Bool
  ) throws(AdapterError) -> Bool {
    let width = fieldCount(record)
    let widths = "the row has \(width) cells and the header \(columns)"
    if width < columns {
      try report(
        acceptsShort ? .warning : .rejected, "csv.row_too_short",
        "\(widths); add the missing delimiters", record, kind, sink)
      return acceptsShort
    }
    if width > columns {
      let isBlank = (columns..<width).allSatisfy { text($0, of: record).isEmpty }
      try report(
        isBlank || acceptsLong ? .warning : .rejected, "csv.row_too_long",
        "\(widths); quote the cell that holds a delimiter", record, kind, sink)
      return isBlank || acceptsLong
    }
    return true
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
