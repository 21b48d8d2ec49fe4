public import Domain

/// What differs between two editions of one catalog, item by item.
///
/// Items are the same when their identifiers are; a code is never an identity.
public struct EditionComparison: Hashable, Sendable {
  /// A way in which an item differs.
  public enum Change: Hashable, Sendable {
    /// The statement differs.
    case textEdited(TextEdit)
    /// The code differs.
    case recoded(from: String?, to: String?)
    /// What it stands under differs.
    case moved
    /// The school levels differ.
    case relevelled
    /// The type differs.
    case retyped
    /// It is only in the newer edition, and takes no other's place.
    case added
    /// It is only in the older edition, and nothing takes its place.
    case removed
    /// It is only in the older edition, and other items take its place.
    case replaced(by: [Identifier])
    /// Its code names another item in the older edition; always to be looked at.
    case codeReused(from: Identifier)
  }

  /// An item with what differs.
  public struct Item: Hashable, Sendable {
    /// The identifier.
    public var identifier: Identifier
    /// What differs, empty where nothing does.
    public var changes: [Change]
  }

  /// The items of both editions: those of the older in its order, then those that are new.
  public let items: [Item]
  /// The identifier of the newer document and its edition.
  public let edition: String
  /// What evidence for each item of the older edition becomes.
  public let migration: [EvidenceMigration]

  /// Compares two editions.
  ///
  /// What takes an item's place comes from `replacedBy` associations of either edition, through
  /// chains; a chain that leads back to itself is followed once.
  ///
  /// - Complexity: O(*n*) in the items and the length of their statements.
  public init(from old: Catalog, to new: Catalog) {
    edition = CodeGenerator.edition(of: new)
    let links = ReplacementLinks(old, new)
    let (before, after) = (EditionIndex(old), EditionIndex(new))
    var items: [Item] = []
    for item in old.items where !item.identifier.isEmpty {
      let key = CatalogKey(item.identifier)
      guard let next = after.items[key] else {
        let others = links.successors(of: key).filter { after.items[$0] != nil }
        let identifiers = others.compactMap { after.items[$0]?.identifier }
        items.append(
          Item(
            identifier: item.identifier,
            changes: [identifiers.isEmpty ? .removed : .replaced(by: identifiers)]))
        continue
      }
      items.append(
        Item(
          identifier: item.identifier,
          changes: EditionComparison.changes(item, next, before, after)))
    }
    let replacing = Set(
      old.items.flatMap { links.successors(of: CatalogKey($0.identifier)) })
    for item in new.items where before.items[CatalogKey(item.identifier)] == nil {
      let key = CatalogKey(item.identifier)
      guard !item.identifier.isEmpty else { continue }
      var changes: [Change] = replacing.contains(key) ? [] : [.added]
      changes += EditionComparison.reuse(item, before)
      items.append(Item(identifier: item.identifier, changes: changes))
    }
    self.items = items
    migration = EvidenceMigration.plan(for: items, links: links, edition: edition, in: before)
  }

  private static func changes(
    _ old: CatalogItem, _ new: CatalogItem, _ before: EditionIndex, _ after: EditionIndex
  ) -> [Change] {
    var changes: [Change] = []
    if let edit = TextEdit(from: old.statement, to: new.statement) {
      changes.append(.textEdited(edit))
    }
    let codes = [old.code, new.code].map { $0.map { CodeName.cleaned($0) } }
    if codes[0] != codes[1] { changes.append(.recoded(from: old.code, to: new.code)) }
    let key = CatalogKey(old.identifier)
    if Set(before.parents[key] ?? []) != Set(after.parents[key] ?? []) { changes.append(.moved) }
    if Set(old.educationLevels) != Set(new.educationLevels) { changes.append(.relevelled) }
    if old.typeName != new.typeName { changes.append(.retyped) }
    return changes + reuse(new, before)
  }

  /// Whether the code of an item named only another one before.
  private static func reuse(_ item: CatalogItem, _ before: EditionIndex) -> [Change] {
    guard let code = item.code.map({ CodeName.cleaned($0) }),
      let owners = before.codes[code], let owner = owners.first,
      !owners.contains(where: { CatalogKey($0) == CatalogKey(item.identifier) })
    else { return [] }
    return [.codeReused(from: owner)]
  }
}

/// The items of an edition by identifier and code.
struct EditionIndex {
  let items: [CatalogKey: CatalogItem]
  let codes: [String: [Identifier]]
  let parents: [CatalogKey: [CatalogKey]]

  init(_ catalog: Catalog) {
    items = Dictionary(
      catalog.items.map { (CatalogKey($0.identifier), $0) }, uniquingKeysWith: { first, _ in first }
    )
    var codes: [String: [Identifier]] = [:]
    for item in catalog.items {
      guard let code = item.code else { continue }
      codes[CodeName.cleaned(code), default: []].append(item.identifier)
    }
    self.codes = codes
    // A document that has a new identifier moves nothing.
    let document = CatalogKey(catalog.identifier)
    parents = catalog.parents.mapValues { $0.filter { $0 != document } }
  }
}

/// The associations that say what took an item's place.
struct ReplacementLinks {
  private(set) var next: [CatalogKey: [(item: CatalogKey, association: Identifier)]] = [:]

  init(_ catalogs: Catalog...) {
    for catalog in catalogs {
      for association in catalog.associations where association.type == .replacedBy {
        guard let origin = association.origin, let destination = association.destination else {
          continue
        }
        let (from, to) = (CatalogKey(origin.identifier), CatalogKey(destination.identifier))
        guard from != to, !(next[from] ?? []).contains(where: { $0.item == to }) else { continue }
        next[from, default: []].append(
          (to, association.stableIdentifier(in: catalog.identifier)))
      }
    }
  }

  /// The last items of all chains from an item, in the order in which they are found.
  func successors(of item: CatalogKey) -> [CatalogKey] { walk(from: item).ends }

  /// The associations of all chains from an item.
  func associations(from item: CatalogKey) -> [Identifier] { walk(from: item).associations }

  private func walk(from item: CatalogKey) -> (ends: [CatalogKey], associations: [Identifier]) {
    var seen: Set<CatalogKey> = [item]
    var (queue, place) = ([item], 0)
    var (ends, associations): ([CatalogKey], [Identifier]) = ([], [])
    while place < queue.count {
      let current = queue[place]
      place += 1
      let links = next[current] ?? []
      if links.isEmpty, current != item { ends.append(current) }
      for link in links {
        associations.append(link.association)
        if seen.insert(link.item).inserted { queue.append(link.item) }
      }
    }
    return (ends, associations)
  }
}
