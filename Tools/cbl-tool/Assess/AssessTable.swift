import Assessment
import Domain
import Interop
import Scanning

/// A table that a command of `assess` is given: CSV with a heading, or a JSON or YAML list of
/// objects.
struct AssessTable {
  /// What the rows of a table share; the cells lie in one list, so that long tables stay small.
  fileprivate final class Body {
    let columns: [String]
    let places: [String: Int]
    let cells: [String?]
    /// Where the cells of each row start; one more than there are rows.
    let starts: [Int]
    let lines: [Int]
    let path: String
    let document: AssessDocument?
    let nodes: [DocumentNode]

    init(
      columns: [String], cells: [String?], starts: [Int], lines: [Int] = [], path: String = "",
      document: AssessDocument? = nil, nodes: [DocumentNode] = []
    ) {
      self.columns = columns
      places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
      (self.cells, self.starts, self.lines, self.path) = (cells, starts, lines, path)
      (self.document, self.nodes) = (document, nodes)
    }
  }

  /// One row with its place.
  struct Row {
    fileprivate let body: Body
    fileprivate let index: Int

    /// The text of a column; `nil` when the column or the cell is empty.
    func optional(_ column: String) -> String? {
      guard let place = body.places[column],
        body.starts[index] + place < body.starts[index + 1],
        let text = body.cells[body.starts[index] + place]
      else { return nil }
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

    /// A failure at a cell; its place is looked for only here.
    func failure(_ column: String, _ message: String) -> ToolFailure {
      var place: Place
      if let document = body.document {
        place = document.place(body.nodes[index])
        place.pointer = (place.pointer ?? "") + "/\(column)"
      } else {
        place = Place(file: body.path, line: body.lines[index])
        place.column = body.places[column].map { $0 + 1 }
      }
      return ToolFailure(65, "\(place): column \(column): \(message)")
    }
  }

  /// The rows, made as they are asked for.
  struct Rows: RandomAccessCollection {
    fileprivate let body: Body

    var startIndex: Int { 0 }
    var endIndex: Int { body.starts.count - 1 }
    subscript(index: Int) -> Row { Row(body: body, index: index) }
  }

  /// The rows, in order.
  let rows: Rows

  /// The names of the columns, in order.
  var columns: [String] { rows.body.columns }

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
    let isList = isYAML || first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
    let body = try isList ? Self.list(AssessDocument(path)) : Self.table(bytes, path)
    for column in columns where body.places[column] == nil && !(isList && body.columns.isEmpty) {
      throw ToolFailure(
        65,
        "\(path):1: there is no column '\(column)'; found \(body.columns.joined(separator: ", ")), "
          + "wanted \(columns.joined(separator: ", "))")
    }
    rows = Rows(body: body)
  }

  private static func list(_ document: AssessDocument) throws -> Body {
    let list = document.root["rows"] ?? document.root
    guard list.value.elements != nil else {
      throw document.failure(list, "a list of rows is wanted, such as [{\"item\": \"1\"}]")
    }
    let nodes = list.items
    var columns: [String] = []
    var places: [Identifier: Int] = [:]
    for item in nodes {
      guard let members = item.value.members else {
        throw document.failure(item, "a row is an object, such as {\"item\": \"1\"}")
      }
      for member in members where places[member.name] == nil {
        places[member.name] = columns.count
        columns.append(member.name.text)
      }
    }
    var cells = [String?](repeating: nil, count: nodes.count * columns.count)
    for (row, item) in nodes.enumerated() {
      for member in item.value.members ?? [] {
        if let place = places[member.name] {
          cells[row * columns.count + place] = text(member.value)
        }
      }
    }
    return Body(
      columns: columns, cells: cells, starts: (0...nodes.count).map { $0 * columns.count },
      document: document, nodes: nodes)
  }

  private static func text(_ value: DocumentValue) -> String? {
    switch value {
    case .string(let text): text.text
    case .number(let number): number.description
    case .bool(let flag): flag ? "1" : "0"
    default: nil
    }
  }

  /// The records of a file, the heading first.
  private struct Records {
    var cells: [String?] = []
    var starts = [0]
    var lines: [Int] = []
  }

  private static func table(_ bytes: [UInt8], _ path: String) throws -> Body {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let result: Result<Records, ScanningError> =
      unsafe bytes[start...].withUnsafeBytes { buffer in
        do throws(ScanningError) { return .success(try unsafe cut(buffer)) } catch {
          return .failure(error)
        }
      }
    let records: Records
    switch result {
    case .success(let found): records = found
    case .failure(let error):
      let place = Place(file: path, line: Int(error.line))
      throw ToolFailure(65, "\(place): \(error.message)")
    }
    guard records.starts.count > 1 else {
      throw ToolFailure(65, "\(path): the file is empty; a heading and rows are wanted")
    }
    let columns = records.cells[..<records.starts[1]].map { ($0 ?? "").trimmed }
    guard Set(columns).count == columns.count else {
      throw ToolFailure(
        65, "\(path):\(records.lines[0]): two columns have one name; give each its own")
    }
    for row in 1..<records.lines.count {
      let count = records.starts[row + 1] - records.starts[row]
      guard count <= columns.count else {
        throw ToolFailure(
          65,
          "\(path):\(records.lines[row]): the row has \(count) fields, the heading has "
            + "\(columns.count)")
      }
    }
    return Body(
      columns: columns, cells: records.cells, starts: Array(records.starts.dropFirst()),
      lines: Array(records.lines.dropFirst()), path: path)
  }

  private static func cut(_ buffer: UnsafeRawBufferPointer) throws(ScanningError) -> Records {
    let head = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<min(buffer.count, 1 << 16)])
    var index = CSVIndex(dialect: unsafe CSVDialect.sniff(head))
    _ = try unsafe index.scan(buffer, isFinal: true)
    var records = Records()
    for record in 0..<index.recordCount
    where !index.isBlank(record) && !index.isOnlyDelimiters(record) {
      guard !index.findings(of: record).contains(.invalidUTF8) else {
        throw ScanningError(
          .encoding, "these bytes are not UTF-8; save the file as UTF-8",
          line: index.line(of: record), column: 1)
      }
      for column in 0..<index.fieldCount(record) {
        records.cells.append(
          unsafe String(decoding: index.field(column, of: record), as: UTF8.self))
      }
      records.starts.append(records.cells.count)
      records.lines.append(Int(index.line(of: record)))
    }
    return records
  }
}

extension String {
  /// The text without blanks around it.
  fileprivate var trimmed: String {
    // Most texts have none: their ends are looked at as bytes.
    guard let first = utf8.first, let last = utf8.last else { return self }
    if first > 0x20, last > 0x20 { return self }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
