internal import Domain
internal import Scanning

/// A delimited file with headings: rows as texts, with their lines.
struct CatalogTable {
  /// A row below the headings.
  struct Row {
    /// The line on which it starts, from 1.
    var line: Int
    /// The fields without their quotes.
    var fields: [String]
  }

  let file: String?
  /// The headings as written.
  let headings: [String]
  /// The rows that are not blank.
  private(set) var rows: [Row] = []
  /// What is remarkable about the way the file is written.
  private(set) var findings: [Problem] = []
  private var columns: [String: Int] = [:]

  /// Reads a table: RFC 4180, also with semicolons, tabs or bars.
  ///
  /// - Throws: ``CatalogsError`` for a quote that is never closed, bytes that are not UTF-8 and a
  ///   file without a line.
  /// - Complexity: O(*n*).
  init(parsing text: ArraySlice<UInt8>, file: String?) throws(CatalogsError) {
    self.file = file
    guard text.count < Int(Int32.max) else {
      throw CatalogsError(
        .limit, "The table has \(text.count) bytes; less than 2 GiB are read. Split it.",
        at: Place(file: file))
    }
    var records = try CatalogTable.records(of: text, file: file)[...]
    guard let first = records.popFirst() else {
      throw CatalogsError(
        .notACatalog, "The file is empty; a table begins with a line of headings.",
        at: Place(file: file, line: 1))
    }
    headings = first.row.fields.map { $0.trimmingBlanks() }
    for (column, heading) in headings.enumerated() {
      let name = CatalogTable.plain(heading)
      if !name.isEmpty, columns[name] == nil { columns[name] = column }
    }
    for record in records {
      rows.append(record.row)
      note(record.findings, record.row)
    }
  }

  /// Whether there is a column with one of these headings.
  func has(_ names: String...) -> Bool { names.contains { columns[$0] != nil } }

  /// The first text that is not blank under some headings.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - names: Headings in lower case without blanks, dashes and what stands in brackets.
  func text(_ row: Row, _ names: String...) -> String? {
    for name in names {
      guard let column = columns[name], column < row.fields.count else { continue }
      let text = row.fields[column]
      if text.contains(where: { !$0.isWhitespace }) { return text }
    }
    return nil
  }

  /// The texts that are not blank, without those under some headings.
  func rest(_ row: Row, without known: Set<String>) -> [(heading: String, text: String)] {
    zip(headings, row.fields).compactMap { heading, text in
      guard !heading.isEmpty, !text.isEmpty, !known.contains(CatalogTable.plain(heading)) else {
        return nil
      }
      return (heading, text)
    }
  }

  /// The column of a heading.
  func column(_ name: String) -> Int? { columns[name] }

  /// The place of a row.
  func place(_ row: Row) -> Place { Place(file: file, line: row.line) }

  /// Rows that have fewer or more fields than there are headings.
  var widthFindings: [Problem] {
    rows.compactMap { row in
      guard row.fields.count != headings.count else { return nil }
      return Problem(
        .warning, "catalog.row_width",
        "The row has \(row.fields.count) fields, the headings are \(headings.count); what is "
          + "missing is read as blank. Bring the row to the width of the headings.",
        at: place(row))
    }
  }

  /// A heading as it is compared: letters and digits in lower case, nothing in brackets.
  static func plain(_ heading: String) -> String {
    let bare = heading.prefix { $0 != "(" }
    return String(bare.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  private mutating func note(_ found: CSVFindings, _ row: Row) {
    if found.contains(.containsNUL) {
      report("catalog.nul", "A byte of the row is 0; take it out.", row)
    }
    if !found.isDisjoint(with: [.bareQuote, .textAfterQuote, .blankBeforeQuote]) {
      report(
        "catalog.quotes",
        "A quote stands where none belongs; put the whole field in quotes and double those inside.",
        row)
    }
  }

  private mutating func report(_ code: Problem.Code, _ message: String, _ row: Row) {
    findings.append(Problem(.warning, code, message, at: place(row)))
  }

  // MARK: Cutting

  private static func records(
    of text: ArraySlice<UInt8>, file: String?
  ) throws(CatalogsError) -> [(row: Row, findings: CSVFindings)] {
    let result: Result<[(row: Row, findings: CSVFindings)], ScanningError> =
      unsafe text.withUnsafeBytes { buffer in
        do throws(ScanningError) {
          return .success(try unsafe cut(buffer))
        } catch {
          return .failure(error)
        }
      }
    switch result {
    case .success(let records): return records
    case .failure(let error): throw CatalogText.error(error, "table", file: file)
    }
  }

  private static func cut(
    _ buffer: UnsafeRawBufferPointer
  ) throws(ScanningError) -> [(row: Row, findings: CSVFindings)] {
    let head = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<min(buffer.count, 1 << 16)])
    var index = CSVIndex(dialect: unsafe CSVDialect.sniff(head))
    _ = try unsafe index.scan(buffer, isFinal: true)
    var records: [(row: Row, findings: CSVFindings)] = []
    records.reserveCapacity(index.recordCount)
    for record in 0..<index.recordCount where !index.isBlank(record) {
      let findings = index.findings(of: record)
      guard !findings.contains(.invalidUTF8) else {
        throw ScanningError(
          .encoding, "these bytes are not UTF-8; save the file as UTF-8",
          line: index.line(of: record), column: 1)
      }
      guard !index.isOnlyDelimiters(record) || records.isEmpty else { continue }
      let fields = (0..<index.fieldCount(record)).map { column in
        unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
      }
      records.append((Row(line: Int(index.line(of: record)), fields: fields), findings))
    }
    return records
  }
}
