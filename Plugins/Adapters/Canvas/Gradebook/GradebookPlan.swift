/// What one gradebook file looks like: its columns, the rows above the learners, its classes.
///
/// The reader makes it, keeps it beside the records as an attribute of the source member, and the
/// writer makes the same file from it.
struct GradebookPlan {
  var columns: [GradebookColumn] = []
  /// Text of the posting row in columns that are posted by hand; `nil` without such a row.
  var posting: String?
  /// First cell of the points row; `nil` without such a row.
  var points: String?
  /// Text below totals in the points row.
  var readOnly = "(read only)"
  /// Class of the rows whose section is blank.
  var defaultClass = ""
  /// Identifiers of the classes, in the order of their first rows.
  var classes: [String] = []

  /// What Canvas itself writes above the first learner's row.
  static let pointsLabel = "    Points Possible"

  /// The plan as one text.
  var text: String {
    var lines = [
      [
        "1", posting == nil ? "0" : "1", posting ?? "", points == nil ? "0" : "1", points ?? "",
        readOnly, defaultClass,
      ],
      classes,
    ]
    for column in columns {
      lines.append(
        [column.role.rawValue, column.header, column.key, column.marks.isComma ? "," : "."]
          + column.ids)
    }
    return lines.map { $0.map(escape).joined(separator: "\u{1F}") }.joined(separator: "\u{1E}")
  }

  init() {}

  /// Reads ``text``.
  init?(text: String) {
    let lines = text.utf8.split(separator: 0x1E, omittingEmptySubsequences: false).map { line in
      line.split(separator: 0x1F, omittingEmptySubsequences: false).map(unescape)
    }
    guard lines.count >= 2, lines[0].count == 7, lines[0][0] == "1" else { return nil }
    posting = lines[0][1] == "1" ? lines[0][2] : nil
    points = lines[0][3] == "1" ? lines[0][4] : nil
    readOnly = lines[0][5]
    defaultClass = lines[0][6]
    classes = lines[1].filter { !$0.isEmpty }
    for line in lines.dropFirst(2) {
      guard line.count >= 4, let role = ColumnRole(rawValue: line[0]) else { return nil }
      var column = GradebookColumn(role: role, header: line[1], key: line[2])
      column.marks.commasElsewhere = line[3] == ","
      column.ids = Array(line[4...])
      if role == .total { column.total = TotalHeading(line[1]) ?? TotalHeading() }
      if role == .item {
        column.title = parseTrailingParentheses(line[1])?.before ?? line[1]
        if itemHeading(title: line[1], id: line[2]) == line[1] { column.title = line[1] }
      }
      columns.append(column)
    }
  }
}

/// Keeps the separators of a plan out of its texts.
private func escape(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == 0x1B || $0 == 0x1E || $0 == 0x1F }) else { return text }
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if byte == 0x1B || byte == 0x1E || byte == 0x1F {
      bytes += [0x1B, byte + 0x30]
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func unescape(_ text: Substring.UTF8View) -> String {
  var bytes: [UInt8] = []
  var isEscaped = false
  for byte in text {
    if isEscaped {
      bytes.append(byte &- 0x30)
      isEscaped = false
    } else if byte == 0x1B {
      isEscaped = true
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
