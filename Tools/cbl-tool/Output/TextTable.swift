/// Tables of text with aligned columns.
enum TextTable {
  /// The lines of a table.
  ///
  /// - Parameters:
  ///   - rows: The rows, the heading first.
  ///   - columns: The columns to show, or `nil` for all.
  ///   - leftAligned: How many of the shown columns are text; the others are numbers.
  static func lines(
    _ rows: [[String]], columns: [Int]? = nil, leftAligned: Int = .max
  ) -> [String] {
    let columns = columns ?? Array((rows.first ?? []).indices)
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = columns.enumerated().map { place, column in
        let space = String(repeating: " ", count: widths[place] - row[column].count)
        return place < leftAligned ? row[column] + space : space + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
