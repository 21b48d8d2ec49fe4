public import Domain

/// A table with headings, cut into texts: what readers of tables take.
public struct CatalogTable: Hashable, Sendable {
  /// A row below the headings.
  public struct Row: Hashable, Sendable {
    /// The line on which it starts, from 1.
    public var line: Int
    /// The fields without their quotes.
    public var fields: [String]

    /// Creates a row.
    public init(line: Int, fields: [String]) {
      self.line = line
      self.fields = fields
    }
  }

  /// The name of the file, for findings.
  public let file: String?
  /// The headings as written, without blanks at their ends.
  public let headings: [String]
  /// The rows that are not blank.
  public let rows: [Row]
  /// What is remarkable about the way the file is written.
  public let findings: [Problem]
  private let columns: [String: Int]

  /// Creates a table from rows that were cut elsewhere.
  ///
  /// - Parameters:
  ///   - headings: The first row.
  ///   - rows: All others. Rows with nothing but blanks are left out.
  ///   - file: The name of the file.
  ///   - findings: What is remarkable about the way it is written.
  /// - Complexity: O(*n*) in fields.
  public init(
    headings: [String], rows: [Row], file: String? = nil, findings: [Problem] = []
  ) {
    self.file = file
    self.headings = headings.map { $0.trimmingBlanks() }
    self.rows = rows.filter { row in
      row.fields.contains { $0.utf8.contains { $0 != UInt8(ascii: " ") } }
    }
    self.findings = findings
    var columns: [String: Int] = [:]
    for (column, heading) in self.headings.enumerated() {
      let name = CatalogTable.plain(heading)
      if !name.isEmpty, columns[name] == nil { columns[name] = column }
    }
    self.columns = columns
  }

  /// Creates a table that is to be written: each row on a line of its own.
  init(headings: [String], cells: [[String]]) {
    self.init(
      headings: headings,
      rows: cells.enumerated().map { Row(line: $0.offset + 2, fields: $0.element) })
  }

  /// Whether there is a column with one of these headings.
  func has(_ names: String...) -> Bool { names.contains { columns[$0] != nil } }

  /// The first of some headings that the table has.
  func first(_ names: [String]) -> String? { names.first { columns[$0] != nil } }

  /// The text under a heading, where there is one and it is not blank.
  func text(_ row: Row, under name: String?) -> String? { name.flatMap { text(row, $0) } }

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
}
