internal import AdapterKit
internal import CAdapterABI

/// What gradebooks show of people: their names and identifiers, as cells.
struct People {
  private struct Entry {
    var student = TextPool.Slice.absent
    var lastName = TextPool.Slice.absent
    var firstName = TextPool.Slice.absent
    var id = TextPool.Slice.absent
    var sisUser = TextPool.Slice.absent
    var sisLogin = TextPool.Slice.absent
    var integration = TextPool.Slice.absent
  }

  private var pool = TextPool()
  private var entries: [Entry] = []

  init() {}

  /// How many places for people there are.
  var count: Int { entries.count }

  /// Keeps what a gradebook shows of a person, at a place of its own.
  mutating func set(_ place: Int, to row: PersonRow) {
    while entries.count <= place { entries.append(Entry()) }
    var entry = Entry()
    if !row.sort_name.isEmpty {
      entry.student = pool.add(row.sort_name)
    } else if !row.family_name.isEmpty, !row.given_name.isEmpty {
      entry.student = pool.add(joined: row.family_name, Text(", "), row.given_name)
    } else if !row.name.isEmpty {
      entry.student = pool.add(row.name)
    } else {
      entry.student = pool.add(joined: row.family_name, row.given_name)
    }
    entry.lastName = pool.add(row.family_name)
    entry.firstName = pool.add(row.given_name)
    if !row.id.hasPrefix("canvas:student:") { entry.id = pool.add(row.id) }
    entry.sisUser = pool.add(row.identifier)
    entry.sisLogin = pool.add(row.username)
    for element in row.identifiers.elements where element.hasPrefix("integration:") {
      entry.integration = pool.add(element.part("integration:".utf8.count..<element.count))
    }
    entries[place] = entry
  }

  /// Adds the cell of a role to a line.
  func append(_ role: ColumnRole, of place: Int, to line: inout GridLine) {
    guard entries.indices.contains(place) else { return line.blank() }
    let entry = entries[place]
    let slice: TextPool.Slice
    switch role {
    case .student: slice = entry.student
    case .lastName: slice = entry.lastName
    case .firstName: slice = entry.firstName
    case .id: slice = entry.id
    case .sisUser: slice = entry.sisUser
    case .sisLogin: slice = entry.sisLogin
    case .integration: slice = entry.integration
    default: return line.blank()
    }
    line.guardedCell(slice, of: pool)
  }
}

extension GridLine {
  /// Adds a kept text that a spreadsheet might take for a formula.
  mutating func guardedCell(_ slice: TextPool.Slice, of pool: TextPool) {
    unsafe pool.bytes.withUnsafeBytes { all in
      unsafe guardedCell(UnsafeRawBufferPointer(rebasing: all[slice.range]))
    }
  }

  /// Adds a kept text.
  mutating func cell(_ slice: TextPool.Slice, of pool: TextPool) {
    unsafe pool.bytes.withUnsafeBytes { all in
      unsafe cell(UnsafeRawBufferPointer(rebasing: all[slice.range]))
    }
  }
}
