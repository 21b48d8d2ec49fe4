public import Catalogs
internal import Domain
internal import Scanning

extension CatalogTable {
  /// Reads a table: RFC 4180, also with semicolons, tabs or bars, in UTF-8 or UTF-16.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: Its name, for findings.
  /// - Throws: `CatalogsError` for a quote that is never closed, bytes that are not UTF-8 and a
  ///   file without a line.
  /// - Complexity: O(*n*).
  public init(parsing bytes: [UInt8], file: String? = nil) throws(CatalogsError) {
    try self.init(parsing: CatalogText.utf8(bytes, file: file), file: file)
  }

  init(parsing text: ArraySlice<UInt8>, file: String?) throws(CatalogsError) {
    guard text.count < Int(Int32.max) else {
      throw CatalogsError(
        .limit, "The table has \(text.count) bytes; less than 2 GiB are read. Split it.",
        at: Place(file: file))
    }
    let result: Result<TableCut, ScanningError> = unsafe text.withUnsafeBytes { buffer in
      do throws(ScanningError) {
        return .success(try unsafe TableCut(buffer, file: file))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let cut):
      guard let headings = cut.headings else {
        throw CatalogsError(
          .notACatalog, "The file is empty; a table begins with a line of headings.",
          at: Place(file: file, line: 1))
      }
      self.init(headings: headings, rows: cut.rows, file: file, findings: cut.findings)
    case .failure(let error): throw CatalogText.error(error, "table", file: file)
    }
  }
}

/// The records of a table as texts.
private struct TableCut {
  private(set) var headings: [String]?
  private(set) var rows: [CatalogTable.Row] = []
  private(set) var findings: [Problem] = []

  init(_ buffer: UnsafeRawBufferPointer, file: String?) throws(ScanningError) {
    let head = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<min(buffer.count, 1 << 16)])
    var index = CSVIndex(dialect: unsafe CSVDialect.sniff(head))
    _ = try unsafe index.scan(buffer, isFinal: true)
    rows.reserveCapacity(index.recordCount)
    for record in 0..<index.recordCount where !index.isBlank(record) {
      let found = index.findings(of: record)
      guard !found.contains(.invalidUTF8) else {
        throw ScanningError(
          .encoding, "these bytes are not UTF-8; save the file as UTF-8",
          line: index.line(of: record), column: 1)
      }
      guard !index.isOnlyDelimiters(record) || headings == nil else { continue }
      let fields = (0..<index.fieldCount(record)).map { column in
        unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
      }
      guard headings != nil else {
        headings = fields
        continue
      }
      let row = CatalogTable.Row(line: Int(index.line(of: record)), fields: fields)
      rows.append(row)
      note(found, Place(file: file, line: row.line))
    }
  }

  private mutating func note(_ found: CSVFindings, _ place: Place) {
    if found.contains(.containsNUL) {
      report("catalog.nul", "A byte of the row is 0; take it out.", place)
    }
    if !found.isDisjoint(with: [.bareQuote, .textAfterQuote, .blankBeforeQuote]) {
      report(
        "catalog.quotes",
        "A quote stands where none belongs; put the whole field in quotes and double those inside.",
        place)
    }
  }

  private mutating func report(_ code: Problem.Code, _ message: String, _ place: Place) {
    findings.append(Problem(.warning, code, message, at: place))
  }
}
