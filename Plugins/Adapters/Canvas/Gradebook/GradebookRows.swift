internal import AdapterKit
internal import CAdapterABI

/// What a row of a gradebook is.
enum GradebookRow {
  case blank
  case header
  case posting
  case points
  case learner
}

/// Tells the rows of a gradebook apart; sees each row once, from the top.
struct RowSorter {
  private var hasHeader = false
  private var hasPosting = false
  private var hasPoints = false
  private var hasLearner = false

  /// What the next row is.
  ///
  /// - Parameter identity: Roles of the leading columns; not used for the header.
  mutating func sort(_ row: Int, of file: borrowing CSVMember, identity: [ColumnRole?])
    -> GradebookRow
  {
    if Self.isBlank(row, of: file) { return .blank }
    guard hasHeader else {
      hasHeader = true
      return .header
    }
    guard !hasLearner else { return .learner }
    if !hasPoints, isSpecial(row, of: file, identity: identity) {
      if isPoints(row, of: file, identity: identity) {
        hasPoints = true
        return .points
      }
      if !hasPosting, file.text(0, of: row).isEmpty {
        hasPosting = true
        return .posting
      }
    }
    hasLearner = true
    return .learner
  }

  /// Whether a row has nothing in any cell.
  static func isBlank(_ row: Int, of file: borrowing CSVMember) -> Bool {
    if file.isBlank(row) { return true }
    for column in 0..<file.fieldCount(row) where file.text(column, of: row).count > 0 {
      return false
    }
    return true
  }

  /// Reports a row that has nothing in any cell.
  ///
  /// - Returns: Whether the row is such a one, and so left out.
  static func skipBlank(
    _ row: Int, of file: borrowing CSVMember, _ kind: cbl_kind, _ sink: borrowing RecordSink
  ) throws(AdapterError) -> Bool {
    guard isBlank(row, of: file) else { return false }
    try sink.host.report(
      RecordProblem(
        .skipped, "csv.blank_line", "this row is empty, so it is left out", member: file.name,
        line: file.line(of: row), kind: kind))
    return true
  }

  /// Whether nothing in the row says who the learner is, but for the name.
  private func isSpecial(
    _ row: Int, of file: borrowing CSVMember, identity: [ColumnRole?]
  ) -> Bool {
    for (column, role) in identity.enumerated() {
      switch role {
      case nil, .student, .lastName, .custom: continue
      default:
        if column < file.fieldCount(row), file.text(column, of: row).count > 0 { return false }
      }
    }
    return true
  }

  private func isPoints(
    _ row: Int, of file: borrowing CSVMember, identity: [ColumnRole?]
  ) -> Bool {
    let label = file.text(0, of: row).string
    if trimmed(label).lowercased() == "points possible" || label.hasPrefix("    ") { return true }
    var hasPoints = false
    for column in identity.indices where identity[column] == nil {
      guard column < file.fieldCount(row) else { continue }
      let cell = file.text(column, of: row).string
      if cell.isEmpty { continue }
      if cell.hasPrefix("("), cell.hasSuffix(")") {
        if !label.isEmpty { return true }
      } else if pointsValue(cell) == nil {
        return false
      }
      hasPoints = true
    }
    guard hasPoints else { return false }
    return label.isEmpty || identity.contains(.id)
  }
}
