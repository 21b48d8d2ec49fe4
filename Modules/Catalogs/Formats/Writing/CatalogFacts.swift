internal import Domain

/// What a catalog says, fact by fact, so that two catalogs can be compared whatever shapes their
/// files had.
struct CatalogFacts {
  /// The object that facts are about.
  struct Subject: Hashable {
    /// The kind of object, such as `CFItem`.
    var kind: String
    /// For associations the type, for others blank.
    var type = ""
    /// The key of the object; for associations both ends.
    var key: String
  }

  /// The facts about one object.
  struct Facts {
    /// How many objects share the key.
    var count = 0
    /// The values of each field.
    var values: [String: [String]] = [:]
    /// The fields in the order in which they came.
    var fields: [String] = []
    var identifier = Identifier("")

    mutating func add(_ field: String, _ value: String) {
      if values[field] == nil { fields.append(field) }
      values[field, default: []].append(value)
    }
  }

  private(set) var facts: [Subject: Facts] = [:]
  private(set) var subjects: [Subject] = []
  private let root: CatalogKey
  private let names: [CatalogKey: CatalogKey]
  private var items: Set<CatalogKey> = []

  /// Takes a catalog apart.
  ///
  /// - Parameter names: What items are called in the other catalog, where not the same.
  /// - Complexity: O(*n*) in the number of members.
  init(_ catalog: Catalog, names: [CatalogKey: CatalogKey] = [:]) {
    root = CatalogKey(catalog.identifier)
    self.names = names
    items = Set(catalog.items.map { CatalogKey($0.identifier) })
    add(catalog.document.members, .document, Subject(kind: CASEKind.document.rawValue, key: ""))
    for list in CASEList.allCases where list != .associations {
      for object in catalog.objects(of: list) {
        let key = key(CatalogDefinition(members: object).identifier)
        add(object, list.kind, Subject(kind: list.kind.rawValue, key: key))
      }
    }
    for association in catalog.associations { add(association) }
    let package = Subject(kind: "CFPackage", key: "")
    let extensions = catalog.layout.frame["extensions"]?.object ?? JSONObject()
    for member in catalog.otherMembers.members + extensions.members
    where !member.value.isBlank {
      add(package, member.name, CatalogFacts.plain(member.value), count: 0)
    }
  }

  private func key(_ identifier: Identifier) -> String {
    let key = CatalogKey(identifier)
    return key == root ? "" : (names[key] ?? key).description
  }

  private mutating func add(_ subject: Subject, _ field: String, _ value: String, count: Int) {
    if facts[subject] == nil { subjects.append(subject) }
    facts[subject, default: Facts()].count += count
    facts[subject]?.add(field, value)
  }

  private mutating func add(_ object: JSONObject, _ kind: CASEKind, _ subject: Subject) {
    if facts[subject] == nil { subjects.append(subject) }
    var known = facts.removeValue(forKey: subject) ?? Facts()
    known.count += 1
    known.identifier = CatalogDefinition(members: object).identifier
    let fields = kind.fields
    for member in object.members where !member.value.isBlank {
      if member.name == "extensions", let extensions = member.value.object {
        for inner in extensions.members where !inner.value.isBlank {
          known.add("extensions.\(inner.name)", CatalogFacts.plain(inner.value))
        }
        continue
      }
      let field = fields.first { $0.name == member.name || $0.aliases.contains(member.name) }
      switch field?.shape {
      case .associationType?, .end?: continue
      case let shape?:
        known.add(
          field?.name ?? member.name, CatalogFacts.text(member.value, shape) ?? "")
      case nil: known.add(member.name, CatalogFacts.plain(member.value))
      }
    }
    facts[subject] = known
  }

  private mutating func add(_ association: CatalogAssociation) {
    let ends = [association.origin, association.destination]
    let keys = ends.map { end in end.map { key($0.identifier) } ?? "?" }
    let subject = Subject(
      kind: CASEKind.association.rawValue, type: association.type.name,
      key: keys.joined(separator: " → "))
    add(association.members, .association, subject)
    // What the ends inside of the catalog are called is said by the items themselves.
    for (name, end) in zip(["originNodeURI", "destinationNodeURI"], ends) {
      guard let end, !items.contains(CatalogKey(end.identifier)),
        CatalogKey(end.identifier) != root
      else { continue }
      if let title = end.title { facts[subject]?.add("\(name).title", title) }
      if let uri = end.uri { facts[subject]?.add("\(name).uri", uri) }
      if let type = end.targetType { facts[subject]?.add("\(name).targetType", type) }
    }
  }

  private static func plain(_ value: JSONValue) -> String {
    String(decoding: value.text(.canonical), as: UTF8.self)
  }

  /// The value in the shape of its field, so that one list in two spellings is one value.
  private static func text(_ value: JSONValue, _ shape: CASEField.Shape) -> String? {
    switch shape {
    case .texts, .keywords:
      let separators: Set<Character> = if case .keywords = shape { ["|", ","] } else { [","] }
      let part = CatalogDefinition(members: JSONObject([.init("list", value)]))
      return part.texts("list", separators: separators).joined(separator: "\u{1F}")
    case .link:
      guard let link = CatalogLink(value) else { return plain(value) }
      return [CatalogKey(link.identifier).description, link.title ?? "", link.uri ?? ""].joined(
        separator: "\u{1F}")
    case .text, .uuid, .identifier, .uri, .dateTime, .date, .integer, .number:
      switch value {
      case .string(let text), .number(let text): return text
      default: return plain(value)
      }
    default: return plain(value)
    }
  }
}

extension LossReport {
  /// What differs between a catalog and what its written form says when it is read again.
  ///
  /// - Parameters:
  ///   - catalog: The catalog that was written.
  ///   - written: The catalog that was read back.
  ///   - format: The format, for reasons.
  ///   - names: What items are called in the written form, where not the same.
  init(
    of catalog: Catalog, against written: Catalog, format: CatalogFormat,
    names: [CatalogKey: CatalogKey]
  ) {
    self.init()
    declared = CatalogCarriage.losses(of: format)
    let before = CatalogFacts(catalog, names: names)
    let after = CatalogFacts(written)
    for subject in before.subjects {
      guard let facts = before.facts[subject] else { continue }
      compare(facts, after.facts[subject], subject, format)
    }
    for subject in after.subjects where before.facts[subject] == nil {
      let field = subject.type.isEmpty ? "all" : subject.type
      add(
        .filled, kind: subject.kind, field: field, reason: "the format says it for every object",
        example: Identifier(subject.key))
    }
  }

  /// Why an object is gone of which there were two.
  package static let repeated = "it is stated more than once"

  private mutating func compare(
    _ before: CatalogFacts.Facts, _ after: CatalogFacts.Facts?, _ subject: CatalogFacts.Subject,
    _ format: CatalogFormat
  ) {
    let example = before.identifier.isEmpty ? Identifier(subject.key) : before.identifier
    guard let after, after.count >= before.count else {
      let field = subject.type.isEmpty ? "all" : subject.type
      add(
        .dropped, kind: subject.kind, field: field,
        reason: after == nil
          ? CatalogCarriage.reason(format, subject.kind, field) : LossReport.repeated,
        example: example)
      return
    }
    for field in before.fields {
      let values = (before.values[field] ?? []).sorted()
      let others = (after.values[field] ?? []).sorted()
      guard values != others else { continue }
      let isCarried = CatalogCarriage.isCarried(format, subject.kind, field)
      add(
        others.isEmpty || !isCarried ? .dropped : .changed, kind: subject.kind, field: field,
        reason: CatalogCarriage.reason(format, subject.kind, field), example: example)
    }
    for field in after.fields where before.values[field] == nil {
      guard CatalogCarriage.isCarried(format, subject.kind, field) else { continue }
      add(
        .filled, kind: subject.kind, field: field, reason: "the format asks for it",
        example: example)
    }
  }
}
