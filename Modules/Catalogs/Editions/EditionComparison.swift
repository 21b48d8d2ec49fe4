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
    /// It comes at another place among the siblings that both editions have.
    case reordered
    /// Its sequence number differs.
    case resequenced(from: Int64?, to: Int64?)
    /// It is only in the newer edition, and takes no other's place.
    case added
    /// It is only in the older edition, and nothing takes its place.
    case removed
    /// It is only in the older edition, and other items take its place.
    case replaced(by: [Identifier])
    /// Its code names another item in the older edition; always to be looked at.
    case codeReused(from: Identifier)
    /// It is only in one edition, and an item of the other has its code and nearly its statement:
    /// perhaps the same, for somebody to confirm.
    case presumedSame(as: Identifier)
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
  /// The links, but for parents and replacements, that only one edition has or that go the other way.
  public let links: [LinkChange]
  /// What took the place of what, as far as links say so.
  public let replacements: [Replacement]
  /// The identifier of the newer document and its edition.
  public let edition: String
  /// What evidence for each item of the older edition becomes.
  public let migration: [EvidenceMigration]

  /// Compares two editions.
  ///
  /// What takes an item's place comes from `replacedBy` associations of either edition, through
  /// chains; a chain that leads back to itself is followed once.
  ///
  /// - Complexity: O(*n* log *n*) in items and links, and O(*n*) in the length of statements.
  public init(from old: Catalog, to new: Catalog) {
    edition = CodeGenerator.edition(of: new)
    let links = ReplacementLinks(old, new)
    let (before, after) = (EditionIndex(old), EditionIndex(new))
    let moved = EditionComparison.reordered(before, after)
    var items: [Item] = []
    for item in old.items where !item.identifier.isEmpty {
      let key = CatalogKey(item.identifier)
      guard let next = after.items[key] else {
        let others = links.successors(of: key).filter { after.items[$0] != nil }
        let identifiers = others.compactMap { after.items[$0]?.identifier }
        var changes: [Change] = [identifiers.isEmpty ? .removed : .replaced(by: identifiers)]
        if identifiers.isEmpty {
          changes += EditionComparison.twin(of: item, in: after, not: before)
        }
        items.append(Item(identifier: item.identifier, changes: changes))
        continue
      }
      var changes = EditionComparison.changes(item, next, before, after)
      if moved.contains(key) { changes.append(.reordered) }
      items.append(Item(identifier: item.identifier, changes: changes))
    }
    let replacing = Set(
      old.items.flatMap { links.successors(of: CatalogKey($0.identifier)) })
    for item in new.items where before.items[CatalogKey(item.identifier)] == nil {
      let key = CatalogKey(item.identifier)
      guard !item.identifier.isEmpty else { continue }
      var changes: [Change] = []
      if !replacing.contains(key) {
        changes = [.added] + EditionComparison.twin(of: item, in: before, not: after)
      }
      changes += EditionComparison.reuse(item, before)
      items.append(Item(identifier: item.identifier, changes: changes))
    }
    self.items = items
    self.links = LinkChange.changes(from: old, to: new)
    replacements = Replacement.groups(of: items, links: links)
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
    let numbers = (before.sequence[key], after.sequence[key])
    if numbers.0 != numbers.1 {
      changes.append(.resequenced(from: numbers.0, to: numbers.1))
    }
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

  /// The item of another edition that has the same code and a text of which nine tenths are the
  /// same, where neither edition has both.
  private static func twin(
    of item: CatalogItem, in other: EditionIndex, not own: EditionIndex
  ) -> [Change] {
    guard let code = item.code.map({ CodeName.cleaned($0) }), let owners = other.codes[code],
      owners.count == 1, own.codes[code]?.count == 1, own.items[CatalogKey(owners[0])] == nil,
      let twin = other.items[CatalogKey(owners[0])],
      TextEdit(from: item.statement, to: twin.statement) != .large
    else { return [] }
    return [.presumedSame(as: twin.identifier)]
  }

  /// The items that siblings of both editions have overtaken: those outside of a longest run that
  /// kept its order.
  private static func reordered(_ before: EditionIndex, _ after: EditionIndex) -> Set<CatalogKey> {
    var moved: Set<CatalogKey> = []
    for (parent, old) in before.children {
      guard let new = after.children[parent] else { continue }
      let places = Dictionary(
        new.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
      let common = old.filter { places[$0] != nil }
      let kept = EditionComparison.longestRising(common.map { places[$0] ?? 0 })
      for (place, key) in common.enumerated() where !kept.contains(place) { moved.insert(key) }
    }
    return moved
  }

  /// The places of a longest rising run (patience sorting).
  ///
  /// - Complexity: O(*n* log *n*).
  private static func longestRising(_ values: [Int]) -> Set<Int> {
    var tops: [Int] = []
    var before = [Int](repeating: -1, count: values.count)
    for (place, value) in values.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if values[tops[middle]] < value { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = tops[low - 1] }
      if low == tops.count { tops.append(place) } else { tops[low] = place }
    }
    var kept: Set<Int> = []
    var place = tops.last ?? -1
    while place >= 0 {
      kept.insert(place)
      place = before[place]
    }
    return kept
  }
}

/// The items of an edition by identifier and code.
struct EditionIndex {
  let items: [CatalogKey: CatalogItem]
  let codes: [String: [Identifier]]
  let parents: [CatalogKey: [CatalogKey]]
  /// What stands under each item, and under the document with a blank key, in order.
  let children: [CatalogKey: [CatalogKey]]
  let sequence: [CatalogKey: Int64]

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
    var children: [CatalogKey: [CatalogKey]] = [:]
    for (parent, below) in catalog.children {
      children[parent == document ? CatalogKey("") : parent] = below.map {
        CatalogKey(catalog.items[$0].identifier)
      }
    }
    self.children = children
    sequence = catalog.sequenceNumbers
  }
}
