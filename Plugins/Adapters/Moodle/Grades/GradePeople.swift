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
    /// Whether the identifier is another person's too, so that the id stands for it.
    var isShared = false
  }

  /// Begins the identifiers of people whom a file knows by name only.
  static let inventedPrefix: StaticString = "moodle:person:"

  private var pool = TextPool()
  private var entries: [Entry] = []
  private var fields: [Int: [(key: String, value: [UInt8])]] = [:]
  /// People by the identifier that their rows show.
  private var byIdentifier: [[UInt8]: Int] = [:]

  init() {}

  /// How many places for people there are.
  var count: Int { entries.count }
  /// People whose identifier is another person's too.
  private(set) var sharedIdentifiers = 0

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
    entries[place] = entry
    let shown = identifierCell(entry)
    guard !shown.isEmpty else { return }
    if byIdentifier.updateValue(place, forKey: pool.array(shown)) != nil,
      !pool.matches(shown, pool.array(entry.id))
    {
      entries[place].isShared = true
      sharedIdentifiers += 1
    }
  }

  private mutating func splitSortName(_ name: Text, _ entry: inout Entry) {
    var comma: Int?
    for place in 0..<max(0, name.count - 1)
    where name.byte(place) == UInt8(ascii: ",") && name.byte(place + 1) == 0x20 {
      comma = place
      break
    }
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

  /// Adds the cell of a column to a line.
  func append(_ column: GradeColumn, of place: Int, to line: inout GridLine) {
    guard entries.indices.contains(place) else { return line.cell(Text.blank) }
    let entry = entries[place]
    switch column.role {
    case .firstName: add(entry.given, to: &line)
    case .lastName:
      let isWhole = entry.given.isEmpty && entry.family.isEmpty
      add(isWhole ? entry.name : entry.family, to: &line)
    case .fullName:
      guard entry.name.isEmpty, !entry.given.isEmpty || !entry.family.isEmpty else {
        return add(entry.name, to: &line)
      }
      line.cell(
        [pool.string(entry.given), pool.string(entry.family)]
          .filter { !$0.isEmpty }.joined(separator: " "))
    case .idNumber: add(identifierCell(entry), to: &line)
    case .email: add(entry.email, to: &line)
    case .username: add(entry.username, to: &line)
    default:
      let value = fields[place]?.first { $0.key.utf8.elementsEqual(column.key.utf8) }?.value
      withText(value ?? []) { line.guardedCell($0) }
    }
  }

  private func add(_ slice: TextPool.Slice, to line: inout GridLine) {
    unsafe pool.bytes.withUnsafeBytes { all in
      unsafe line.guardedCell(Text(UnsafeRawBufferPointer(rebasing: all[slice.range])))
    }
  }
}
