internal import AdapterKit
internal import CAdapterABI
internal import Scanning

/// A column of a file and the field that it fills, ready for the loop over rows.
struct PlannedColumn {
  /// Index of the column in the file.
  var source: Int
  /// Bytes from the start of a row to the field's text.
  var offset: Int
  var type: CellType
  /// Whether the format wants a value in every row.
  var isRequired: Bool
  /// Whether the form of identifiers is looked at.
  var checksForm: Bool
  /// Index into the plan's columns.
  var column: Int
}

/// What the columns of one file are, from its headings.
struct ColumnPlan {
  /// For each column of the file, what it is; `nil` for an attribute.
  var columns: [Column?] = []
  /// The headings as written.
  var headers: [String] = []
  /// Required columns of the table that the file lacks.
  var missing: [String] = []
  /// What is odd about the headings, with the column from 1.
  var findings: [(finding: Finding, column: Int)] = []
  /// What makes the file unreadable.
  var fault: (finding: Finding, column: Int)?

  /// A plan without columns.
  init() {}

  /// Finds out what the columns of a file are.
  ///
  /// - Parameters:
  ///   - headers: The headings as written.
  ///   - name: Name of the file without `.csv`.
  ///   - version: The version that the package says it has.
  init(_ headers: [String], file name: String, version: Version) {
    self.headers = headers
    columns = Array(repeating: nil, count: headers.count)
    let tables = ([version] + Version.allCases.filter { $0 != version }).compactMap {
      $0.file(name)
    }
    guard let own = tables.first else { return }
    var filled: Set<Int> = []
    checkRepeats()
    take(from: own, finding: nil, &filled)
    for table in tables.dropFirst() {
      take(
        from: table,
        finding: Finding(
          "oneroster.header_of_other_version", "the column belongs to another version"), &filled)
    }
    takeMisspelt(from: own, &filled)
    let lacking = own.columns.filter { column in
      (column.field >= 0 || column.type == .levels) && !filled.contains(key(column))
    }
    missing = lacking.filter(\.isRequired).map(\.header)
    let optional = lacking.filter { !$0.isRequired }.map(\.header)
    if !optional.isEmpty {
      let names = optional.joined(separator: ", ")
      findings.append(
        (Finding("oneroster.column_missing", "columns of the format are missing: \(names)"), 0))
    }
    checkOrder(own)
    checkExtensions(tables)
  }

  /// A number for what a column fills, unique in its table.
  private func key(_ column: Column) -> Int { column.type == .levels ? -2 : column.field }

  private mutating func checkRepeats() {
    for (index, header) in headers.enumerated() where !header.isEmpty {
      if let first = headers.firstIndex(where: { $0.utf8.elementsEqual(header.utf8) }),
        first < index
      {
        fault = (
          Finding(
            "oneroster.header_repeated",
            "the heading occurs twice (columns \(first + 1) and \(index + 1)); rename one"),
          index + 1
        )
        return
      }
    }
  }

  private mutating func take(
    from table: FileTable, finding: Finding?, _ filled: inout Set<Int>
  ) {
    for (index, header) in headers.enumerated() where columns[index] == nil {
      guard let found = table.column(header), table.columns[found].type != .attribute,
        filled.insert(key(table.columns[found])).inserted
      else { continue }
      columns[index] = table.columns[found]
      if let finding { findings.append((finding, index + 1)) }
    }
  }

  private mutating func takeMisspelt(from table: FileTable, _ filled: inout Set<Int>) {
    for (index, header) in headers.enumerated() where columns[index] == nil {
      if header.hasPrefix("metadata.") || header.hasPrefix("ext_") { continue }
      let candidates = table.columns.filter { column in
        (column.field >= 0 || column.type == .levels) && !filled.contains(key(column))
          && (column.header.lowercased() == header.trimmedAndLowered
            || (column.header.utf8.count >= 6 && Spelling.distance(column.header, header) <= 2))
      }
      guard candidates.count == 1, let column = candidates.first else { continue }
      filled.insert(key(column))
      columns[index] = column
      findings.append(
        (
          Finding("oneroster.header_misspelt", "the heading was read as \(column.header)"),
          index + 1
        ))
    }
  }

  private mutating func checkOrder(_ table: FileTable) {
    var last = -1
    for (index, column) in columns.enumerated() {
      guard let column, let place = table.column(column.header) else { continue }
      if place < last {
        findings.append(
          (
            Finding("oneroster.column_order", "the columns are not in the order of the format"),
            index + 1
          ))
        return
      }
      last = place
    }
  }

  private mutating func checkExtensions(_ tables: [FileTable]) {
    let lastKnown = columns.lastIndex { $0 != nil } ?? -1
    for (index, header) in headers.enumerated() where columns[index] == nil {
      if header == "resourceSourcedIds" { continue }
      let isListed = tables.contains { table in
        table.column(header).map { table.columns[$0].type == .attribute } ?? false
      }
      if isListed { continue }
      if !header.hasPrefix("metadata.") {
        findings.append(
          (
            Finding(
              "oneroster.column_unknown",
              "the column is kept as an attribute; extension columns "
                + "begin with metadata."), index + 1
          ))
      } else if index < lastKnown {
        findings.append(
          (
            Finding("oneroster.extension_place", "extension columns belong at the far right"),
            index + 1
          ))
      }
    }
  }

  /// The columns that fill fields, for the loop over rows.
  func planned(checksForm: Bool) -> [PlannedColumn] {
    columns.enumerated().compactMap { index, column in
      guard let column, column.field >= 0 else { return nil }
      return PlannedColumn(
        source: index, offset: column.offset, type: column.type, isRequired: column.isRequired,
        checksForm: checksForm && (column.type == .id || column.type == .ref), column: index)
    }
  }
}

/// The columns of a file in the forms that the loop over rows needs.
struct RowPlan {
  /// All columns that fill fields, in the order of the file.
  var columns: [PlannedColumn] = []
  /// Where their cells go.
  var places: [CSVCellPlace] = []
  /// Which of them must have a value, a bit each.
  var required: UInt64 = 0
  /// Those whose values have a form or another word in the records, by their index.
  var checked: [Int] = []
  /// Whether the masks are wide enough.
  var isNarrow = true

  /// A plan without columns.
  init() {}

  init(_ columns: [PlannedColumn]) {
    self.columns = columns
    isNarrow = columns.count <= 64
    for (index, column) in columns.enumerated() {
      places.append(CSVCellPlace(column: column.source, offset: column.offset))
      if column.isRequired, isNarrow { required |= 1 << UInt64(index) }
      if column.isChecked { checked.append(index) }
    }
  }
}

extension PlannedColumn {
  /// Whether a value that is there may be anything but the field's value as it stands.
  fileprivate var isChecked: Bool {
    switch type {
    case .text, .attribute, .levels: false
    case .id, .ref: checksForm
    default: true
    }
  }
}

extension String {
  fileprivate var trimmedAndLowered: String {
    let bytes = utf8.drop { $0 == 0x20 }
    var text = Array(bytes)
    while text.last == 0x20 { text.removeLast() }
    return String(decoding: text.map(lowered), as: UTF8.self)
  }
}

/// How much two words differ.
enum Spelling {
  /// The least number of letters to add, drop, replace or swap with a neighbour.
  static func distance(_ one: String, _ two: String) -> Int {
    let one = Array(one.utf8)
    let two = Array(two.utf8)
    guard abs(one.count - two.count) <= 2 else { return 3 }
    var before: [Int] = []
    var last = Array(0...two.count)
    for (row, left) in one.enumerated() {
      var next = [row + 1]
      for (column, right) in two.enumerated() {
        var best = min(
          last[column] + (left == right ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, left == two[column - 1], one[row - 1] == right {
          best = min(best, before[column - 1] + 1)
        }
        next.append(best)
      }
      before = last
      last = next
    }
    return last[two.count]
  }
}
