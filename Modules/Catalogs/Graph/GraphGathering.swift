internal import Domain

/// Gathers a graph from the items and links of one package while it passes, in whatever order they
/// come.
package struct GraphGathering: Sendable {
  /// A link as the package states it.
  package struct Link: Sendable {
    var type: AssociationType
    var association: String
    var origin: String
    var destination: String

    /// Creates a link; the association is blank where it has no identifier.
    package init(type: AssociationType, association: String, origin: String, destination: String) {
      self.type = type
      self.association = association
      self.origin = origin
      self.destination = destination
    }
  }

  /// The package that the links come from.
  package var source = CatalogSource(document: "")
  private var builder = PrerequisiteGraphBuilder()
  private var order: [CatalogOrder] = []
  private var sequences: [CatalogKey: Int64] = [:]
  private var waiting: [Link] = []

  /// Creates a gathering without items.
  package init() {}

  /// Adds an item, unless it is there.
  package mutating func addItem(_ identifier: String, code: String, levels: [String]) {
    let number = builder.addItem(Identifier(identifier))
    guard number == order.count else { return }
    order.append(CatalogOrder(levels: levels, code: code, sequence: nil))
  }

  /// Adds a link; of those of the hierarchy only the sequence number is kept, and others than
  /// prerequisites are passed over.
  ///
  /// - Returns: Whether it is a prerequisite.
  package mutating func add(_ link: Link, sequence: Int64?) -> Bool {
    if link.type == .isChildOf {
      if let sequence {
        let key = CatalogKey(Identifier(link.origin))
        if sequences[key] == nil { sequences[key] = sequence }
      }
      return false
    }
    guard PrerequisiteGraphBuilder.demand(of: link.type) != nil else { return false }
    waiting.append(link)
    // Packages name their items first; then links need not wait.
    if !order.isEmpty, waiting.count >= 4_096 { settle(final: false) }
    return true
  }

  /// Adds the links whose ends are there; the last time all of them.
  private mutating func settle(final: Bool) {
    let number = max(0, builder.sources.count - 1)
    if builder.sources.isEmpty { _ = builder.addSource(source) }
    var rest: [Link] = []
    for link in waiting {
      let ends = (Identifier(link.origin), Identifier(link.destination))
      guard final || (builder.has(ends.0) && builder.has(ends.1)) else {
        rest.append(link)
        continue
      }
      var association = Identifier(link.association)
      if association.isEmpty {
        association = CatalogKey.derivedUUID([
          source.document.text, link.type.name, link.origin, link.destination,
        ])
      }
      builder.addLink(
        link.type, from: ends.0, to: ends.1, association: association, source: number)
    }
    waiting = rest
  }

  /// The graph of what was added.
  ///
  /// - Complexity: O(*n* log *n*) in items.
  package consuming func graph() -> PrerequisiteGraph {
    settle(final: true)
    builder.sources[0] = source
    for (key, sequence) in sequences {
      if let number = builder.numbers[key] { order[Int(number)].sequence = sequence }
    }
    let sorted = order.indices.sorted { (order[$0], $0) < (order[$1], $1) }
    for (rank, number) in sorted.enumerated() { builder.ranks[number] = Int32(rank) }
    order = []
    return builder.build()
  }
}
