public import Domain

/// Items and prerequisites as they are drawn: what is shown, with which words, and what is not.
public struct GraphPicture: Hashable, Sendable {
  /// An item in the picture.
  public struct Node: Hashable, Sendable {
    /// The identifier.
    public var identifier: Identifier
    /// The short text in the box: the code, or the beginning of the statement.
    public var label: String
    /// The statement.
    public var statement: String
    /// What it belongs to, such as its domain.
    public var group: String?
    /// The public address, where it is one of the web.
    public var address: String?
    /// Where the learner, or most of a class, stands.
    public var state: LearningState?
    /// More about the state, such as `17 of 24 mastered`.
    public var note: String?
    /// The layer, 0 for what needs nothing.
    public var level: Int
  }

  /// A prerequisite in the picture.
  public struct Edge: Hashable, Sendable {
    /// The node that comes first.
    public var from: Int
    /// The node that builds on it.
    public var to: Int
    /// How much it demands.
    public var strength: PrerequisiteGraph.Strength
    /// Whether others make it necessary already.
    public var isImplied: Bool
  }

  /// What the picture shows, in a few words.
  public var title: String
  /// The nodes.
  public private(set) var nodes: [Node]
  /// The edges, each pair of nodes once.
  public private(set) var edges: [Edge]

  /// Makes a picture of prerequisites.
  ///
  /// - Parameters:
  ///   - graph: The prerequisites.
  ///   - catalogs: The catalogs that the items come from.
  ///   - title: What the picture shows; the titles of the catalogs where `nil`.
  ///   - chosen: The items to show; all where `nil`.
  ///   - showsImplied: Whether links that others make necessary already are shown.
  /// - Complexity: that of ``PrerequisiteGraph/impliedLinks``.
  public init(
    _ graph: PrerequisiteGraph, of catalogs: [Catalog], title: String? = nil,
    showing chosen: [Int]? = nil, showsImplied: Bool = false
  ) {
    let titles = catalogs.compactMap { $0.document.title.map { PlainText.stripped($0) } }
    self.title = title ?? titles.joined(separator: ", ")
    let shown = (chosen ?? Array(0..<graph.count)).sorted {
      (graph.ranks[$0], $0) < (graph.ranks[$1], $1)
    }
    let facts = GraphPicture.facts(
      of: catalogs, for: Set(shown.map { CatalogKey(graph.items[$0]) }))
    let levels = graph.levels
    nodes = shown.map { item in
      var node = facts[CatalogKey(graph.items[item])]
      node?.level = levels[item]
      let name = graph.items[item].text
      return node
        ?? Node(
          identifier: graph.items[item], label: name, statement: name, level: levels[item])
    }
    var places: [Int: Int] = [:]
    for (place, item) in shown.enumerated() { places[item] = place }
    struct Pair: Hashable {
      var from: Int
      var to: Int
    }
    let implied = Set(
      graph.impliedLinks.map { Pair(from: $0.prerequisite, to: $0.dependent) })
    var seen: Set<Pair> = []
    var edges: [Edge] = []
    for edge in graph.edges {
      let pair = Pair(from: edge.prerequisite, to: edge.dependent)
      guard let from = places[pair.from], let to = places[pair.to] else { continue }
      let isImplied = edge.strength == .strict && implied.contains(pair)
      guard showsImplied || !isImplied, seen.insert(pair).inserted else { continue }
      edges.append(Edge(from: from, to: to, strength: edge.strength, isImplied: isImplied))
    }
    self.edges = edges.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// Shows where a learner stands.
  ///
  /// - Parameter states: The state of each node by its identifier; others have none.
  public mutating func show(_ states: [CatalogKey: LearningState]) {
    for place in nodes.indices {
      nodes[place].state = states[CatalogKey(nodes[place].identifier)]
    }
  }

  /// Shows where a class stands: the state that most learners have, among equals the less advanced
  /// one, and how many have mastered the item.
  ///
  /// - Parameter counts: How many learners have which state, for each node by its identifier.
  public mutating func show(counts: [CatalogKey: [LearningState: Int]]) {
    for place in nodes.indices {
      guard let own = counts[CatalogKey(nodes[place].identifier)] else { continue }
      let all = own.values.reduce(0, +)
      var best: (state: LearningState, count: Int)?
      for state in LearningState.allCases.reversed() where (own[state] ?? 0) > (best?.count ?? 0) {
        best = (state, own[state] ?? 0)
      }
      nodes[place].state = best?.state
      nodes[place].note = "\(own[.mastered] ?? 0) of \(all) mastered"
    }
  }

  /// The words for items, the first of those with one identifier.
  private static func facts(
    of catalogs: [Catalog], for shown: Set<CatalogKey>
  ) -> [CatalogKey: Node] {
    var facts: [CatalogKey: Node] = [:]
    for catalog in catalogs {
      let tops = GraphPicture.tops(of: catalog)
      for (place, item) in catalog.items.enumerated() {
        let key = CatalogKey(item.identifier)
        guard shown.contains(key), facts[key] == nil else { continue }
        let statement = PlainText.stripped(item.statement)
        let code = PlainText.oneLine(item.code ?? "")
        let address = item.uri.flatMap {
          $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil
        }
        facts[key] = Node(
          identifier: item.identifier,
          label: code.isEmpty ? PlainText.summary(statement, limit: 20) : code,
          statement: statement, group: tops[place], address: address, level: 0)
      }
    }
    return facts
  }

  /// The name of the item at the top above each item, in the publisher's order.
  private static func tops(of catalog: Catalog) -> [Int: String] {
    var tops: [Int: String] = [:]
    var current = ""
    for (item, depth) in catalog.outline {
      if depth == 0 {
        current = PlainText.summary(PlainText.stripped(catalog.items[item].statement), limit: 40)
      } else {
        tops[item] = current
      }
    }
    return tops
  }
}
