public import Domain

/// The names and numbers that generated code has given to items, edition after edition.
///
/// The file has one line for each item that ever was, ordered by identifier, with tabs between its
/// parts: identifier, index, name, code, first edition, last edition, state. A first line that
/// starts with `#` lists the editions. Indexes only grow, so that bit sets and stored states of
/// learners stay valid.
public struct LockFile: Hashable, Sendable {
  /// What became of an item.
  public enum State: Hashable, Sendable {
    /// It is in the newest edition, under its first name.
    case current
    /// It is in the newest edition; these names stood for it before, oldest first.
    case renamed([String])
    /// It is gone; these items took its place, where a catalog says so.
    case retired(replacedBy: [Identifier])
  }

  /// One item.
  public struct Entry: Hashable, Sendable {
    /// The identifier.
    public var identifier: Identifier
    /// Its number in bit sets and stored states.
    public var index: Int
    /// Its name, without backticks.
    public var name: String
    /// Its code, blank where it has none.
    public var code: String
    /// The edition in which it came.
    public var firstEdition: String
    /// The newest edition that has it.
    public var lastEdition: String
    /// What became of it.
    public var state: State
  }

  /// The editions, oldest first.
  public private(set) var editions: [String] = []
  /// The items, ordered by identifier.
  public private(set) var entries: [Entry] = []

  /// Creates a file without items.
  public init() {}

  /// Reads a file.
  ///
  /// - Throws: ``CatalogsError`` with the line where it is not one or uses a name or index twice.
  public init(parsing text: String, file: String? = nil) throws(CatalogsError) {
    var used: (indexes: Set<Int>, names: Set<String>, keys: Set<CatalogKey>) = ([], [], [])
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let place = Place(file: file, line: number + 1)
      if line.hasPrefix("#") {
        editions = line.dropFirst().split(separator: "\t").dropFirst().map(LockFile.unescaped)
        continue
      }
      guard !line.isEmpty else { continue }
      let entry = try LockFile.entry(line, place)
      guard used.indexes.insert(entry.index).inserted else {
        throw CatalogsError(
          .lock, "The index \(entry.index) stands twice; each item has its own. Restore the line.",
          at: place)
      }
      guard used.keys.insert(CatalogKey(entry.identifier)).inserted else {
        throw CatalogsError(
          .lock, "The item \(entry.identifier) stands twice; remove one of the lines.", at: place)
      }
      for name in [entry.name] + entry.formerNames where !CodeName.isName(name) {
        throw CatalogsError(
          .lock, "\"\(name)\" cannot stand as a name in code; restore the line.", at: place)
      }
      for name in [entry.name] + entry.formerNames where !used.names.insert(name).inserted {
        throw CatalogsError(
          .lock, "The name \(name) stands for two items; each has its own. Restore the line.",
          at: place)
      }
      entries.append(entry)
    }
    entries.sort { $0.identifier < $1.identifier }
  }

  /// The file as text.
  public var text: String {
    var text = "# editions"
    for edition in editions { text += "\t" + LockFile.escaped(edition) }
    text += "\n"
    for entry in entries {
      let cells = [
        entry.identifier.text, String(entry.index), entry.name, entry.code, entry.firstEdition,
        entry.lastEdition, entry.state.text,
      ]
      text += cells.map(LockFile.escaped).joined(separator: "\t") + "\n"
    }
    return text
  }

  /// How many editions have come since the last that has an item.
  public func editionsSince(_ entry: Entry) -> Int {
    guard let place = editions.firstIndex(of: entry.lastEdition) else { return 0 }
    return editions.count - 1 - place
  }

  /// Brings the file to a catalog of a newer or the same edition.
  ///
  /// Items that are there keep their index, and their name unless their code changed; then the old
  /// name stays as one of their former names. New items get the next indexes, in the order of the
  /// catalog. Items that are gone stay as retired.
  ///
  /// - Parameters:
  ///   - subjects: The items of the catalog.
  ///   - edition: The edition of the catalog.
  ///   - prefix: What names leave out of the codes that begin so; `nil` for what most codes share.
  ///   - digitLetter: What stands before a name that would begin with a digit.
  ///   - successors: What took the place of items that are gone.
  public mutating func update(
    to subjects: [CatalogNames.Subject], edition: String, prefix: String? = nil,
    digitLetter: String = "s", successors: [CatalogKey: [Identifier]] = [:]
  ) {
    if !editions.contains(edition) { editions.append(edition) }
    var places: [CatalogKey: Int] = [:]
    var taken: [String: CatalogKey] = [:]
    for (place, entry) in entries.enumerated() {
      places[CatalogKey(entry.identifier)] = place
      for name in [entry.name] + entry.formerNames { taken[name] = CatalogKey(entry.identifier) }
    }
    let names = CatalogNames(subjects, prefix: prefix, digitLetter: digitLetter)
    var nextIndex = (entries.map(\.index).max() ?? -1) + 1
    var present: Set<CatalogKey> = []
    for (subject, computed) in zip(subjects, names.names) {
      let key = CatalogKey(subject.identifier)
      guard present.insert(key).inserted else { continue }
      let code = subject.code ?? ""
      guard let place = places[key] else {
        let name = LockFile.free(computed, key, taken)
        taken[name] = key
        places[key] = entries.count
        entries.append(
          Entry(
            identifier: subject.identifier, index: nextIndex, name: name, code: code,
            firstEdition: edition, lastEdition: edition, state: .current))
        nextIndex += 1
        continue
      }
      entries[place].lastEdition = edition
      if case .retired = entries[place].state { entries[place].state = .current }
      guard entries[place].code != code else { continue }
      let name = LockFile.free(computed, key, taken)
      if name != entries[place].name {
        let former = entries[place].formerNames.filter { $0 != name } + [entries[place].name]
        entries[place].state = .renamed(former)
        entries[place].name = name
        taken[name] = key
      }
      entries[place].code = code
    }
    for place in entries.indices where !present.contains(CatalogKey(entries[place].identifier)) {
      let next = successors[CatalogKey(entries[place].identifier)] ?? []
      if case .retired(let known) = entries[place].state, next.isEmpty, !known.isEmpty { continue }
      entries[place].state = .retired(replacedBy: next)
    }
    entries.sort { $0.identifier < $1.identifier }
  }

  /// The name, or one with a mark of the identifier where another item has or had it.
  private static func free(
    _ name: String, _ key: CatalogKey, _ taken: [String: CatalogKey]
  ) -> String {
    guard let owner = taken[name], owner != key else { return name }
    let hash = SHA256.hash(key.identifier.text).description
    for length in stride(from: 4, through: 64, by: 2) {
      let marked = "\(name)__\(hash.prefix(length))"
      if (taken[marked] ?? key) == key { return marked }
    }
    return "\(name)__\(hash)"
  }

  private static func entry(_ line: Substring, _ place: Place) throws(CatalogsError) -> Entry {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(unescaped)
    guard cells.count == 7, let index = Int(cells[1]), index >= 0, !cells[0].isEmpty,
      !cells[2].isEmpty, let state = State(text: cells[6])
    else {
      throw CatalogsError(
        .lock,
        "The line has \(cells.count) parts; expected seven between tabs: identifier, index, name, "
          + "code, first edition, last edition, state.", at: place)
    }
    return Entry(
      identifier: Identifier(cells[0]), index: index, name: cells[2], code: cells[3],
      firstEdition: cells[4], lastEdition: cells[5], state: state)
  }

  static func escaped(_ cell: String) -> String { TableText.escaped(cell) }
  static func unescaped(_ cell: some StringProtocol) -> String { TableText.unescaped(cell) }
}

extension LockFile.Entry {
  /// The names that stood for the item before.
  public var formerNames: [String] {
    if case .renamed(let names) = state { names } else { [] }
  }
}

extension LockFile.State {
  /// The state as the file has it.
  var text: String {
    switch self {
    case .current: "current"
    case .renamed(let names): "renamed:" + names.joined(separator: "→")
    case .retired(let next):
      next.isEmpty ? "retired" : "retired:replacedBy=" + next.map(\.text).joined(separator: ",")
    }
  }

  init?(text: String) {
    if text == "current" {
      self = .current
    } else if text.hasPrefix("renamed:") {
      self = .renamed(text.dropFirst(8).split(separator: "→").map(String.init))
    } else if text == "retired" {
      self = .retired(replacedBy: [])
    } else if text.hasPrefix("retired:replacedBy=") {
      self = .retired(
        replacedBy: text.dropFirst(19).split(separator: ",").map { Identifier(String($0)) })
    } else {
      return nil
    }
  }
}
