public import Domain

/// What must be known before what, over the items of one or several catalogs.
///
/// Items are numbered; all answers are numbers of ``items``. Three kinds of links count:
///
/// - strict ones, from `precedes`: all of them are needed;
/// - alternatives, from `ext:precedesAny.GROUP` and `ext:precedes2Of.GROUP`: of the links to one
///   item that share a group, one or as many as the name says are needed;
/// - soft ones, from `ext:precedesSoftly`: good to know, never needed.
///
/// Links whose ends are not there, links from an item to itself and repeated links are kept apart;
/// see ``problems``. Nothing recurses: chains of thousands occur.
public struct PrerequisiteGraph: Sendable {
  /// How much a link demands.
  public enum Strength: Hashable, Sendable {
    /// Needed.
    case strict
    /// One of several of which some are needed.
    case alternative
    /// Helpful.
    case soft
  }

  /// A link from what comes first to what builds on it.
  public struct Edge: Hashable, Sendable {
    /// The item that comes first.
    public var prerequisite: Int
    /// The item that builds on it.
    public var dependent: Int
    /// How much it demands.
    public var strength: Strength
    /// The type of the association, with the group of alternatives.
    public var type: AssociationType
    /// The association that states it.
    public var association: Identifier
    /// The number of the catalog that states it, in ``PrerequisiteGraph/sources``.
    public var source: Int
  }

  /// Links of which some are needed.
  public struct Alternatives: Hashable, Sendable {
    /// The item that builds on them.
    public var dependent: Int
    /// How many are needed.
    public var needed: Int
    /// The items to choose from, in order of their numbers.
    public var choices: [Int]
  }

  /// The catalog that a link comes from.
  public typealias Source = CatalogSource

  /// The identifiers of the items.
  public let items: [Identifier]
  /// All links between two different items that are there, in the order in which they were given.
  public let edges: [Edge]
  /// The groups of alternatives.
  public let alternatives: [Alternatives]
  /// The catalogs that the links come from.
  public let sources: [Source]
  /// What is odd about the links: ends that are not there, links of an item to itself, groups that
  /// ask for more than they have.
  public let problems: [Problem]

  /// Where an item stands among all when nothing else decides.
  let ranks: [Int32]
  let numbers: [CatalogKey: Int32]
  /// Strict links.
  let strict: Adjacency
  /// Strict links and alternatives.
  let all: Adjacency
  /// The groups of each item that has some.
  let groups: [Int: [Int]]

  init(_ builder: PrerequisiteGraphBuilder) {
    items = builder.items
    edges = builder.edges
    sources = builder.sources
    numbers = builder.numbers
    ranks = builder.ranks
    let (alternatives, extra, problems) = builder.settledGroups()
    self.alternatives = alternatives
    self.problems = builder.problems + problems
    let hard = edges.filter { $0.strength == .strict }
    let strictArrows = (hard.map { (Int32($0.prerequisite), Int32($0.dependent)) }) + extra
    strict = Adjacency(count: items.count, arrows: strictArrows)
    var groups: [Int: [Int]] = [:]
    var choices: [(from: Int32, to: Int32)] = []
    for (number, group) in alternatives.enumerated() {
      groups[group.dependent, default: []].append(number)
      choices += group.choices.map { (Int32($0), Int32(group.dependent)) }
    }
    self.groups = groups
    all = choices.isEmpty ? strict : Adjacency(count: items.count, arrows: strictArrows + choices)
  }

  /// How many items there are.
  public var count: Int { items.count }

  /// How many strict links there are, each pair of items once.
  public var linkCount: Int { strict.arrowCount }

  /// The number of an item, `nil` when it is not there; UUIDs are compared without case and dashes.
  public func number(of identifier: Identifier) -> Int? {
    numbers[CatalogKey(identifier)].map(Int.init)
  }
}
