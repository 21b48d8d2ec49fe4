internal import AdapterKit
internal import CAdapterABI

/// What gradebooks show of people: their names and identifiers, as cells.
struct People {
  /// Fields of a person that the cells of a row do not give again.
  struct Losses: OptionSet {
    let rawValue: UInt8

    static let givenName = Losses(rawValue: 1 << 0)
    static let familyName = Losses(rawValue: 1 << 1)
    static let name = Losses(rawValue: 1 << 2)
    static let sortName = Losses(rawValue: 1 << 3)
    static let identifiers = Losses(rawValue: 1 << 4)
    static let role = Losses(rawValue: 1 << 5)
    static let test = Losses(rawValue: 1 << 6)
  }

  /// The fields, with the names that the records give them.
  static let losses: [(field: String, loss: Losses)] = [
    ("givenName", .givenName), ("familyName", .familyName), ("name", .name),
    ("sortName", .sortName), ("identifiers", .identifiers), ("role", .role), ("test", .test),
  ]

  private struct Entry {
    var student = TextPool.Slice.absent
    var lastName = TextPool.Slice.absent
    var firstName = TextPool.Slice.absent
    var id = TextPool.Slice.absent
    var sisUser = TextPool.Slice.absent
    var sisLogin = TextPool.Slice.absent
    var integration = TextPool.Slice.absent
    var losses: Losses = []
  }

  private var pool = TextPool()
  private var entries: [Entry] = []
  /// Whether anybody has an identifier for the column of the integration.
  private(set) var hasIntegration = false

  init() {}

  /// How many places for people there are.
  var count: Int { entries.count }

  /// What the row of a person does not say.
  func losses(of place: Int) -> Losses {
    entries.indices.contains(place) ? entries[place].losses : []
  }

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
    if !isInvented(row.id, entry.student) { entry.id = pool.add(row.id) }
    entry.sisUser = pool.add(row.identifier)
    entry.sisLogin = pool.add(row.username)
    if !row.identifiers.isEmpty { setIdentifiers(of: &entry, row) }
    if !row.role.isEmpty, !row.role.equals("student") { entry.losses.insert(.role) }
    setNames(of: &entry, row)
    entries[place] = entry
  }

  /// Whether a reader makes the identifier of the name; the file has none then.
  private func isInvented(_ id: Text, _ student: TextPool.Slice) -> Bool {
    guard id.hasPrefix("canvas:student:") else { return false }
    let rest = id.part("canvas:student:".utf8.count..<id.count)
    return pool.withText(student) { $0.equals(rest) }
  }

  private mutating func setIdentifiers(of entry: inout Entry, _ row: PersonRow) {
    let elements = row.identifiers.elements
    for element in elements where element.hasPrefix("integration:") {
      entry.integration = pool.add(element.part("integration:".utf8.count..<element.count))
    }
    if !entry.integration.isEmpty { hasIntegration = true }
    if elements.count != 1 || entry.integration.isEmpty { entry.losses.insert(.identifiers) }
  }

  /// Compares the names with those that a reader makes of the cell.
  private func setNames(of entry: inout Entry, _ row: PersonRow) {
    pool.withText(entry.student) { name in
      var shown = PersonRow()
      shown.setWholeName(name)
      if isLost(row.given_name, shown.given_name) { entry.losses.insert(.givenName) }
      if isLost(row.family_name, shown.family_name) { entry.losses.insert(.familyName) }
      if isLost(row.name, shown.name) { entry.losses.insert(.name) }
      if isLost(row.sort_name, shown.sort_name) { entry.losses.insert(.sortName) }
      guard !row.test.isEmpty else { return }
      if !row.test.equals("true") || !shown.isTestStudent { entry.losses.insert(.test) }
    }
  }

  private func isLost(_ value: Text, _ shown: Text) -> Bool {
    !value.isEmpty && !value.equals(shown)
  }

  /// Whether a person has a number in the student information system.
  func hasSystemNumber(_ place: Int) -> Bool {
    entries.indices.contains(place) && !entries[place].sisUser.isEmpty
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
