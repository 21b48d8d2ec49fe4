internal import AdapterKit
internal import CAdapterABI

/// What grade exports show of people: names, identifiers and further fields, as cells.
struct GradePeople {
  private struct Entry {
    var id = TextPool.Slice.absent
    var given = TextPool.Slice.absent
    var family = TextPool.Slice.absent
    var name = TextPool.Slice.absent
    var identifier = TextPool.Slice.absent
    var email = TextPool.Slice.absent
    var username = TextPool.Slice.absent
    var sortName = TextPool.Slice.absent
    var role = TextPool.Slice.absent
    /// The name as the record has it, before a sort name was parted.
    var isParted = false
    /// Whether the identifier is another person's too, so that the id stands for it.
    var isShared = false
  }

  /// Begins the identifiers of people whom a file knows by name only.
  static let inventedPrefix: StaticString = "moodle:person:"

  private var pool = TextPool()
  private var entries: [Entry] = []
  private var fields: [Int: [(key: String, value: [UInt8])]] = [:]

  init() {}

  /// How many places for people there are.
  var count: Int { entries.count }

  /// Keeps what a grade export shows of a person, at a place of its own.
  mutating func set(_ place: Int, to row: PersonRow) {
    while entries.count <= place { entries.append(Entry()) }
    var entry = Entry()
    entry.id = pool.add(row.id)
    entry.given = pool.add(row.given_name)
    entry.family = pool.add(row.family_name)
    entry.name = pool.add(row.name)
    if row.given_name.isEmpty, row.family_name.isEmpty, row.name.isEmpty {
      splitSortName(row.sort_name, &entry)
    }
    entry.identifier = pool.add(row.identifier)
    entry.email = pool.add(row.email)
    entry.username = pool.add(row.username)
    entry.sortName = pool.add(row.sort_name)
    entry.role = pool.add(row.role)
    entries[place] = entry
  }

  /// Finds the identifiers that are another person's identifier or id too; call it once all people
  /// are known. The ids of their records are written for them.
  mutating func findShared() {
    let ids = Set(entries.map { pool.array($0.id) })
    var taken: Set<[UInt8]> = []
    for place in entries.indices {
      let entry = entries[place]
      guard !entry.identifier.isEmpty, !pool.matches(entry.identifier, pool.array(entry.id))
      else { continue }
      let identifier = pool.array(entry.identifier)
      entries[place].isShared = ids.contains(identifier) || !taken.insert(identifier).inserted
    }
  }

  /// Counts what reading will not give back of a person.
  ///
  /// - Parameters:
  ///   - person: What is read of the row.
  ///   - id: The identifier that is made of it.
  func compare(_ place: Int, with person: PersonRow, id: Text, _ losses: inout LossTally) {
    let entry = entries[place]
    let fields: [(String, TextPool.Slice, Text, String)] = [
      ("id", entry.id, id, "people are known by their ID number, e-mail address or name"),
      ("givenName", entry.isParted ? .absent : entry.given, person.given_name, "no own column"),
      ("familyName", entry.isParted ? .absent : entry.family, person.family_name, "no own column"),
      (
        "name", entry.isParted ? .absent : entry.name, person.name,
        "the given and family name are written, or the whole name as a family name"
      ),
      ("sortName", entry.sortName, .absent, "the given and family name are written"),
      ("username", entry.username, person.username, "there is no column for it"),
      (
        "identifier", entry.identifier, person.identifier,
        "two people have this identifier; their ids are written"
      ),
      ("email", entry.email, person.email, "there is no column for it"),
      ("role", entry.role, person.role, "people with a row are students"),
    ]
    for (field, slice, found, reason) in fields where !slice.isEmpty {
      pool.withText(slice) { value in
        pool.withText(entry.id) { example in
          losses.compare(CBL_KIND_PERSON, field, value, with: found, example: example, reason)
        }
      }
    }
  }

  /// Whether the id of a person is a text.
  func hasID(_ place: Int, _ id: Text) -> Bool {
    entries.indices.contains(place) && pool.withText(entries[place].id) { $0.equals(id) }
  }

  private mutating func splitSortName(_ name: Text, _ entry: inout Entry) {
    var comma: Int?
    for place in 0..<max(0, name.count - 1)
    where name.byte(place) == UInt8(ascii: ",") && name.byte(place + 1) == 0x20 {
      comma = place
      break
    }
    entry.isParted = true
    guard let comma else {
      entry.name = pool.add(name)
      return
    }
    entry.family = pool.add(name.part(0..<comma))
    entry.given = pool.add(name.part((comma + 2)..<name.count))
  }

  /// Keeps a further field of a person.
  mutating func add(_ key: String, _ value: [UInt8], to place: Int) {
    fields[place, default: []].append((key, value))
  }

  /// The keys of the further fields of a person.
  func keys(of place: Int) -> [String] { fields[place]?.map(\.key) ?? [] }

  /// The cell of the ID number: the identifier, else the id of the record when it is not taken
  /// from the other cells.
  private func identifierCell(_ entry: Entry) -> TextPool.Slice {
    if entry.isShared { return entry.id }
    if !entry.identifier.isEmpty { return entry.identifier }
    if pool.matches(entry.email, pool.array(entry.id)) { return .absent }
    let isInvented = pool.withText(entry.id) { $0.hasPrefix(Self.inventedPrefix) }
    return isInvented ? .absent : entry.id
  }

  /// Calls a closure with the ID number that a person has in Moodle.
  func withIdentifier<Value>(of place: Int, _ body: (Text) -> Value) -> Value {
    guard entries.indices.contains(place) else { return body(.blank) }
    return pool.withText(identifierCell(entries[place]), body)
  }

  /// Calls a closure with the cell of a column; it may need a formula guard.
  func withCell(_ column: GradeColumn, of place: Int, _ body: (Text) -> Void) {
    guard entries.indices.contains(place) else { return body(.blank) }
    let entry = entries[place]
    switch column.role {
    case .firstName: pool.withText(entry.given, body)
    case .lastName:
      let isWhole = entry.given.isEmpty && entry.family.isEmpty
      pool.withText(isWhole ? entry.name : entry.family, body)
    case .fullName:
      guard entry.name.isEmpty, !entry.given.isEmpty || !entry.family.isEmpty else {
        return pool.withText(entry.name, body)
      }
      let names = [entry.given, entry.family].filter { !$0.isEmpty }.map { pool.array($0) }
      withText(Array(names.joined(separator: [0x20])), body)
    case .idNumber: pool.withText(identifierCell(entry), body)
    case .email: pool.withText(entry.email, body)
    case .username: pool.withText(entry.username, body)
    default:
      let value = fields[place]?.first { $0.key.utf8.elementsEqual(column.key.utf8) }?.value
      withText(value ?? [], body)
    }
  }

  /// Adds the cell of a column to a line.
  func append(_ column: GradeColumn, of place: Int, to line: inout GridLine) {
    withCell(column, of: place) { line.guardedCell($0) }
  }
}
