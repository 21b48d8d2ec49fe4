public import Domain

/// Gathers items and links for a ``PrerequisiteGraph``.
public struct PrerequisiteGraphBuilder: Sendable {
  private struct Group: Sendable {
    var dependent: Int
    var needed: Int
    var choices: [Int]
    var name: String
  }

  private struct GroupKey: Hashable {
    var dependent: Int
    var type: String
    var source: Int
  }

  var items: [Identifier] = []
  var numbers: [CatalogKey: Int32] = [:]
  var ranks: [Int32] = []
  var edges: [PrerequisiteGraph.Edge] = []
  var sources: [PrerequisiteGraph.Source] = []
  var problems: [Problem] = []
  private var groups: [Group] = []
  private var groupNumbers: [GroupKey: Int] = [:]

  /// Creates a builder without items.
  public init() {}

  /// Adds a catalog that links come from.
  ///
  /// - Returns: Its number.
  public mutating func addSource(_ source: PrerequisiteGraph.Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Adds an item, unless it is there.
  ///
  /// - Parameters:
  ///   - identifier: Its identifier.
  ///   - rank: Where it stands when nothing else decides; by default where it was added.
  /// - Returns: Its number.
  @discardableResult
  public mutating func addItem(_ identifier: Identifier, rank: Int? = nil) -> Int {
    let key = CatalogKey(identifier)
    if let number = numbers[key] { return Int(number) }
    numbers[key] = Int32(items.count)
    items.append(identifier)
    ranks.append(Int32(truncatingIfNeeded: rank ?? items.count - 1))
    return items.count - 1
  }

  /// Whether an item was added.
  func has(_ identifier: Identifier) -> Bool { numbers[CatalogKey(identifier)] != nil }

  /// Adds a link by its type; types that are no prerequisites are passed over.
  ///
  /// - Parameters:
  ///   - type: `precedes`, `ext:precedesSoftly`, `ext:precedesAny.GROUP` or `ext:precedesNOf.GROUP`
  ///     with a number for N.
  ///   - origin: The item that comes first.
  ///   - destination: The item that builds on it.
  ///   - association: The association that states it.
  ///   - source: The number of the catalog that states it.
  /// - Returns: Whether the type is one of prerequisites.
  @discardableResult
  public mutating func addLink(
    _ type: AssociationType, from origin: Identifier, to destination: Identifier,
    association: Identifier, source: Int
  ) -> Bool {
    guard let demand = PrerequisiteGraphBuilder.demand(of: type) else { return false }
    guard let first = numbers[CatalogKey(origin)], let second = numbers[CatalogKey(destination)]
    else {
      let missing = numbers[CatalogKey(origin)] == nil ? origin : destination
      problems.append(
        Problem(
          .warning, "graph.dangling_end",
          "The link \(association) names \(missing), which is not among the items; add the item or "
            + "remove the link."))
      return true
    }
    guard first != second else {
      problems.append(
        Problem(
          .warning, "graph.self_link",
          "The link \(association) goes from \(origin) to itself; remove it."))
      return true
    }
    let (prerequisite, dependent) = (Int(first), Int(second))
    edges.append(
      PrerequisiteGraph.Edge(
        prerequisite: prerequisite, dependent: dependent, strength: demand.strength, type: type,
        association: association, source: source))
    if demand.strength == .alternative {
      let key = GroupKey(dependent: dependent, type: type.name, source: source)
      let number = groupNumbers[key] ?? groups.count
      if number == groups.count {
        groupNumbers[key] = number
        groups.append(
          Group(dependent: dependent, needed: demand.needed, choices: [], name: type.name))
      }
      if !groups[number].choices.contains(prerequisite) {
        groups[number].choices.append(prerequisite)
      }
    }
    return true
  }

  /// The graph of what was added.
  ///
  /// - Complexity: O(items + links).
  public consuming func build() -> PrerequisiteGraph { PrerequisiteGraph(self) }

  /// How much a type demands, `nil` for types that are no prerequisites.
  static func demand(
    of type: AssociationType
  ) -> (strength: PrerequisiteGraph.Strength, needed: Int)? {
    if type == .precedes { return (.strict, 0) }
    guard type.name.hasPrefix("ext:precedes") else { return nil }
    let rest = type.name.dropFirst("ext:precedes".count)
    if rest == "Softly" { return (.soft, 0) }
    let head = rest.prefix { $0 != "." }
    if head == "Any" { return (.alternative, 1) }
    guard head.hasSuffix("Of"), let needed = Int(head.dropLast(2)), needed > 0 else { return nil }
    return (.alternative, needed)
  }

  /// The groups with a choice, the links of those without one, and what is wrong with groups.
  func settledGroups() -> (
    [PrerequisiteGraph.Alternatives], [(from: Int32, to: Int32)], [Problem]
  ) {
    var alternatives: [PrerequisiteGraph.Alternatives] = []
    var strict: [(from: Int32, to: Int32)] = []
    var problems: [Problem] = []
    for group in groups {
      if group.needed > group.choices.count {
        problems.append(
          Problem(
            .warning, "graph.group_too_small",
            "\(items[group.dependent]) needs \(group.needed) of the group \(group.name), which has "
              + "\(group.choices.count); all of them are taken as needed."))
      }
      if group.needed >= group.choices.count {
        strict += group.choices.map { (Int32($0), Int32(group.dependent)) }
      } else {
        alternatives.append(
          PrerequisiteGraph.Alternatives(
            dependent: group.dependent, needed: group.needed, choices: group.choices.sorted()))
      }
    }
    return (alternatives, strict, problems)
  }
}

extension PrerequisiteGraph {
  /// The prerequisites of the items of catalogs.
  ///
  /// Ties in ``path(to:known:)`` are broken by sequence number, school level and code.
  ///
  /// - Parameters:
  ///   - catalogs: The catalogs; links may go from one to another.
  ///   - isItem: Which items take part; by default all.
  /// - Complexity: O(*n* log *n*).
  public init(_ catalogs: [Catalog], where isItem: (CatalogItem) -> Bool = { _ in true }) {
    var builder = PrerequisiteGraphBuilder()
    var order: [CatalogOrder] = []
    for catalog in catalogs {
      let sequence = catalog.sequenceNumbers
      for item in catalog.items where isItem(item) && !item.identifier.isEmpty {
        let number = builder.addItem(item.identifier)
        guard number == order.count else { continue }
        order.append(CatalogOrder(item, sequence: sequence[CatalogKey(item.identifier)]))
      }
    }
    let sorted = order.indices.sorted { (order[$0], $0) < (order[$1], $1) }
    for (rank, number) in sorted.enumerated() { builder.ranks[number] = Int32(rank) }
    for catalog in catalogs {
      let source = builder.addSource(CatalogSource(catalog))
      for association in catalog.associations {
        guard PrerequisiteGraphBuilder.demand(of: association.type) != nil,
          let origin = association.origin, let destination = association.destination
        else { continue }
        builder.addLink(
          association.type, from: origin.identifier, to: destination.identifier,
          association: association.stableIdentifier(in: catalog.identifier), source: source)
      }
    }
    self = builder.build()
  }
}

extension Catalog {
  /// The sequence number of each item among its siblings, where an association gives one.
  var sequenceNumbers: [CatalogKey: Int64] {
    var numbers: [CatalogKey: Int64] = [:]
    for association in associations where association.type == .isChildOf {
      guard let origin = association.origin, let number = association.sequenceNumber else {
        continue
      }
      let key = CatalogKey(origin.identifier)
      if numbers[key] == nil { numbers[key] = number }
    }
    return numbers
  }
}
