internal import AdapterKit
internal import CAdapterABI

/// What the files of a SIS import could not hold, counted while they are written.
struct RosterLosses {
  /// Cells of columns without a field.
  typealias Notes = [(key: [UInt8], value: [UInt8])]

  var tally = LossTally()
  /// Whether a file of its own says who observes whom.
  var hasObservers = false

  private let fields = Dictionary(
    uniqueKeysWithValues: RosterTable.all.map { ($0.file, $0.rareFields) })

  init() {}

  /// Counts what the columns of a file do not say of a record.
  mutating func compare<Row: RecordRow>(
    _ row: Row, _ table: RosterTable, _ columns: [RosterColumn], _ notes: Notes?,
    _ courseOfClass: [[UInt8]: [UInt8]]
  ) {
    for field in fields[table.file] ?? [] where !row[field.place].isEmpty {
      let value = row[field.place]
      if columns.contains(where: { $0.field == field.place }) {
        let isWord = value.equals("active") || value.equals("tobedeleted")
        guard field.column == "status", !isWord else { continue }
      } else if isShown(field.name, of: row, notes, courseOfClass) {
        continue
      }
      tally.reduce(
        table.kind, field.name, "no column that the file has can say it as the record does")
    }
  }

  /// Whether other cells of the row, or other files, say a field that has no column.
  private func isShown<Row: RecordRow>(
    _ field: String, of row: Row, _ notes: Notes?, _ courseOfClass: [[UInt8]: [UInt8]]
  ) -> Bool {
    if let enrollment = row as? EnrollmentRow {
      if field == "id" { return isUsualID(of: enrollment, notes, courseOfClass) }
      return field == "state" && Self.note("status", in: notes) == enrollment.state.array
    }
    guard let person = row as? PersonRow else { return false }
    if field == "agents" { return hasObservers }
    return field == "enabled" && person.enabled.equals("false")
      && Self.note("status", in: notes) == Array("suspended".utf8)
  }

  private static func note(_ key: String, in notes: Notes?) -> [UInt8]? {
    notes?.first { $0.key.elementsEqual(key.utf8) }?.value
  }

  /// Whether a reader makes the identifier of an enrollment of its cells.
  private func isUsualID(
    of row: EnrollmentRow, _ notes: Notes?, _ courseOfClass: [[UInt8]: [UInt8]]
  ) -> Bool {
    let course = Self.note("course_id", in: notes) ?? courseOfClass[row.class_.array] ?? []
    let roleID = Self.note("role_id", in: notes) ?? []
    let rest = [row.class_.array, row.person.array, row.role.array, roleID]
    let id = row.id.array
    // Not every file names the course beside the section.
    return [[course] + rest, rest].contains { parts in
      let usual = Array(parts.filter { !$0.isEmpty }.joined(separator: [UInt8(ascii: ":")]))
      return id.starts(with: usual)
        && (id.count == usual.count || id[usual.count] == UInt8(ascii: "#"))
    }
  }
}
