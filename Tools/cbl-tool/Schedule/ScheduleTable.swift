/// Tables as text, CSV or JSON.
enum ScheduleTable {
  /// Prints a table whose first row is the heading.
  static func print(
    _ rows: [[String]], json: Bool, csv: Bool, leftAligned: Int,
    heading: [(key: String, value: JSONValue)] = []
  ) throws {
    if json {
      let names = rows.first ?? []
      let values = rows.dropFirst().map { row in
        JSONValue.object(zip(names, row).map { (key: $0.0, value: .text($0.1)) })
      }
      try Console.print(JSONValue.object(heading + [("rows", .array(values))]).pretty + "\n")
      return
    }
    var output = OutputText()
    let lines =
      csv
      ? rows.map { $0.map(cell).joined(separator: ",") }
      : TextTable.lines(rows, leftAligned: leftAligned)
    for line in lines { try output.line(line) }
    try output.flush()
  }

  /// A cell of RFC 4180.
  static func cell(_ text: String) -> String {
    let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
    guard text.unicodeScalars.contains(where: special.contains) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
