import Assessment
import Domain
import Interop
import Scanning

/// A table that a command of `assess` is given: CSV with a heading, or a JSON or YAML list of
/// objects.
struct AssessTable {
  /// One row with its place.
  struct Row {
    fileprivate let cells: [String?]
    /// Gives the place; in a long list it is looked for only when it is told.
    fileprivate let findPlace: () -> Place
    fileprivate let columns: [String: Int]
    fileprivate let isList: Bool

    /// The text of a column; `nil` when the column or the cell is empty.
    func optional(_ column: String) -> String? {
      guard let index = columns[column], index < cells.count, let text = cells[index] else {
        return nil
      }
      let plain = text.trimmed
      return plain.isEmpty ? nil : plain
    }

    /// The text of a column that has to be there.
    func text(_ column: String) throws -> String {
      if let text = optional(column) { return text }
      throw failure(column, "the cell is empty; a value is wanted")
    }

    /// A finite number.
    func number(_ column: String) throws -> Double {
      let text = try text(column)
      guard let number = Double(text), number.isFinite else {
        throw failure(column, "'\(text)' is no number; write it as 2.5")
      }
      return number
    }

    /// A finite number, or `nil` when the cell is empty.
    func optionalNumber(_ column: String) throws -> Double? {
      try optional(column) == nil ? nil : number(column)
    }

    /// A whole number.
    func whole(_ column: String) throws -> Int {
      let text = try text(column)
      guard let number = Int(text) else {
        throw failure(column, "'\(text)' is no whole number")
      }
      return number
    }

    /// Yes or no.
    func flag(_ column: String) throws -> Bool {
      let text = try text(column)
      switch text.lowercased() {
      case "1", "1.0", "true", "yes", "y", "right", "passed", "mastered": return true
      case "0", "0.0", "false", "no", "n", "wrong", "not passed", "not mastered": return false
      default: throw failure(column, "'\(text)' is neither yes nor no; write 1 or 0")
      }
    }

    /// A day.
    func day(_ column: String) throws -> CalendarDate {
      let text = try text(column)
      guard let day = CalendarDate(text) else {
        throw failure(column, "'\(text)' is no day; write it as 2026-09-30")
      }
      return day
    }

    /// A failure at a cell.
    func failure(_ column: String, _ message: String) -> ToolFailure {
      var place = findPlace()
      if isList {
        place.pointer = (place.pointer ?? "") + "/\(column)"
      } else {
        place.column = columns[column].map { $0 + 1 }
      }
      return ToolFailure(65, "\(place): column \(column): \(message)")
    }
  }

  /// The names of the columns, in order.
  let columns: [String]
  /// The rows, in order.
  let rows: [Row]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: The file, or `-` for standard input.
  ///   - columns: The columns that it has to have.
  /// - Throws: ``ToolFailure`` with file, line and column.
  init(_ path: String, columns: [String]) throws {
    let bytes = try DocumentFile.read(path, limit: 1 << 30)
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    let isYAML = [".yaml", ".yml"].contains { path.lowercased().hasSuffix($0) }
    if isYAML || first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      (self.columns, rows) = try Self.list(AssessDocument(path))
    } else {
      (self.columns, rows) = try Self.table(bytes, path)
    }
    for column in columns where !self.columns.contains(column) {
      throw ToolFailure(
        65,
        "\(path):1: there is no column '\(column)'; found \(self.columns.joined(separator: ", ")), "
          + "wanted \(columns.joined(separator: ", "))")
    }
  }

  private static func list(_ document: AssessDocument) throws -> ([String], [Row]) {
    let list = document.root["rows"] ?? document.root
    guard list.value.elements != nil else {
      throw document.failure(list, "a list of rows is wanted, such as [{\"item\": \"1\"}]")
    }
    var columns: [String] = []
    var places: [String: Int] = [:]
    for item in list.items {
      guard let members = item.value.members else {
        throw document.failure(item, "a row is an object, such as {\"item\": \"1\"}")
      }
      for member in members where places[member.name.text] == nil {
        places[member.name.text] = columns.count
        columns.append(member.name.text)
      }
    }
    let rows = list.items.map { item in
      Row(
        cells: columns.map { item.value[Identifier($0)].flatMap(Self.text) },
        findPlace: { document.place(item) }, columns: places, isList: true)
    }
    return (columns, rows)
  }

  private static func text(_ value: DocumentValue) -> String? {
    switch value {
    case .string(let text): text.text
    case .number(let number): number.description
    case .bool(let flag): flag ? "1" : "0"
    default: nil
    }
  }

  private static func table(_ bytes: [UInt8], _ path: String) throws -> ([String], [Row]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let result: Result<[(line: Int, fields: [String])], ScanningError> =
      unsafe bytes[start...].withUnsafeBytes { buffer in
        do throws(ScanningError) { return .success(try unsafe cut(buffer)) } catch {
          return .failure(error)
        }
      }
    let records: [(line: Int, fields: [String])]
    switch result {
    case .success(let found): records = found
    case .failure(let error):
      let place = Place(file: path, line: Int(error.line))
      throw ToolFailure(65, "\(place): \(error.message)")
    }
    guard let heading = records.first else {
      throw ToolFailure(65, "\(path): the file is empty; a heading and rows are wanted")
    }
    let columns = heading.fields.map { $0.trimmed }
    guard Set(columns).count == columns.count else {
      throw ToolFailure(
        65, "\(path):\(heading.line): two columns have one name; give each its own")
    }
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let rows = try records.dropFirst().map { record in
      guard record.fields.count <= columns.count else {
        throw ToolFailure(
          65,
          "\(path):\(record.line): the row has \(record.fields.count) fields, the heading has "
            + "\(columns.count)")
      }
      return Row(
        cells: record.fields, findPlace: { Place(file: path, line: record.line) },
        columns: places, isList: false)
    }
    return (columns, rows)
  }

  private static func cut(
    _ buffer: UnsafeRawBufferPointer
  ) throws(ScanningError) -> [(line: Int, fields: [String])] {
    let head = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<min(buffer.count, 1 << 16)])
    var index = CSVIndex(dialect: unsafe CSVDialect.sniff(head))
    _ = try unsafe index.scan(buffer, isFinal: true)
    var records: [(line: Int, fields: [String])] = []
    for record in 0..<index.recordCount
    where !index.isBlank(record) && !index.isOnlyDelimiters(record) {
      guard !index.findings(of: record).contains(.invalidUTF8) else {
        throw ScanningError(
          .encoding, "these bytes are not UTF-8; save the file as UTF-8",
          line: index.line(of: record), column: 1)
      }
      let fields = (0..<index.fieldCount(record)).map { column in
        unsafe String(decoding: index.field(column, of: record), as: UTF8.self)
      }
      records.append((Int(index.line(of: record)), fields))
    }
    return records
  }
}

extension String {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
