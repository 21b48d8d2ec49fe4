import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Prerequisite graph")
struct GraphTests {
  /// A graph of links such as `a>b`, `a~b` (soft), `a,b/1>c` (one of two).
  static func graph(_ links: String...) -> PrerequisiteGraph {
    var builder = PrerequisiteGraphBuilder()
    let source = builder.addSource(
      .init(document: "d1", title: "Ours", edition: "2026", license: "CC0"))
    for (number, link) in links.enumerated() {
      let isSoft = link.contains("~")
      let ends = link.split { $0 == ">" || $0 == "~" }
      let group = ends[0].split(separator: "/")
      let type: AssociationType =
        isSoft
        ? "ext:precedesSoftly"
        : group.count > 1 ? AssociationType("ext:precedes\(group[1])Of.g\(number)") : .precedes
      for first in group[0].split(separator: ",") {
        builder.addItem(Identifier(String(first)))
        builder.addItem(Identifier(String(ends[1])))
        builder.addLink(
          type, from: Identifier(String(first)), to: Identifier(String(ends[1])),
          association: Identifier("\(first)-\(ends[1])"), source: source)
      }
    }
    return builder.build()
  }

  static func names(_ items: [Int]?, _ graph: PrerequisiteGraph) -> String? {
    items.map { $0.map { graph.items[$0].text }.joined() }
  }

  @Test("a path is in an order in which each item is ready")
  func path() throws {
    let graph = Self.graph("a>c", "b>c", "c>d", "x>y")
    let d = try #require(graph.number(of: "d"))
    #expect(Self.names(graph.path(to: d), graph) == "abcd")
    let c = try #require(graph.number(of: "c"))
    #expect(Self.names(graph.path(to: d, known: [c]), graph) == "d")
    #expect(Self.names(graph.path(to: d, known: [d]), graph) == "")
  }

  @Test("soft links are never needed")
  func soft() throws {
    let graph = Self.graph("a~b", "b>c")
    let c = try #require(graph.number(of: "c"))
    #expect(Self.names(graph.path(to: c), graph) == "bc")
    #expect(graph.edges.count == 2)
    #expect(graph.linkCount == 1)
  }

  @Test("one of several, and two of three")
  func alternatives() throws {
    let graph = Self.graph("a>b", "b,c/1>d", "p,q,r/2>s", "d>s")
    let s = try #require(graph.number(of: "s"))
    let answer = try #require(graph.smallestUnlockSet(for: [s]))
    #expect(answer.items.count == 5)
    #expect(answer.isSmallest)
    #expect(Self.names(answer.items, graph)?.contains("c") == true)
    #expect(Self.names(answer.items, graph)?.contains("b") == false)
    #expect(graph.cycles == [])
  }

  @Test("a group that asks for more than it has needs all of it, and that is told")
  func tooSmall() throws {
    let graph = Self.graph("a,b/3>c")
    #expect(graph.problems.map(\.code) == ["graph.group_too_small"])
    let c = try #require(graph.number(of: "c"))
    #expect(graph.path(to: c)?.count == 3)
  }

  @Test("a cycle is named, and what lies on it cannot be reached")
  func cycle() throws {
    let graph = Self.graph("a>b", "b>c", "c>b", "c>d")
    #expect(graph.cycles.map { Self.names($0, graph) } == ["bc"])
    let d = try #require(graph.number(of: "d"))
    #expect(graph.path(to: d) == nil)
    #expect(graph.levels == [0, 1, 1, 2])
  }

  @Test("a chain says which association of which catalog states each step")
  func chain() throws {
    let graph = Self.graph("a>b", "b>c")
    let (a, c) = (try #require(graph.number(of: "a")), try #require(graph.number(of: "c")))
    let chain = try #require(graph.chain(from: a, to: c))
    #expect(chain.map(\.association) == ["a-b", "b-c"])
    #expect(graph.sources[chain[0].source].license == "CC0")
    #expect(graph.chain(from: c, to: a) == nil)
  }

  @Test("coverage counts resources, and through what builds on an item")
  func coverage() throws {
    let graph = Self.graph("a>b", "b>c", "a>d")
    let number = { (name: String) in graph.number(of: Identifier(name)) ?? -1 }
    let resources = [[number("c"), number("c")], [number("b")], [number("d")]]
    let direct = graph.coverage(of: resources, throughDependents: false)
    let along = graph.coverage(of: resources, throughDependents: true)
    #expect(["a", "b", "c", "d"].map { direct[number($0)] } == [0, 1, 1, 1])
    #expect(["a", "b", "c", "d"].map { along[number($0)] } == [3, 2, 1, 1])
  }

  @Test("the share of goals that an item blocks")
  func weightedImpact() throws {
    let graph = Self.graph("a>b", "b>c", "x>y")
    let number = { (name: String) in graph.number(of: Identifier(name)) ?? -1 }
    let weights = [number("c"): 3.0, number("y"): 1.0]
    #expect(graph.impact(of: number("b"), on: weights) == 0.75)
    #expect(graph.impact(of: number("y"), on: weights) == 0.25)
    #expect(graph.impact(of: number("a"), on: [:]) == 0)
  }

  @Test("parts roll up to what they belong to")
  func rollUp() throws {
    let graph = Self.graph("a>p", "p>q", "q>z", "a>q")
    let number = { (name: String) in graph.number(of: Identifier(name)) ?? -1 }
    let rolled = graph.rolledUp { $0 == number("q") ? number("p") : $0 }
    #expect(rolled.items.map(\.text) == ["a", "p", "z"])
    #expect(rolled.linkCount == 2)
    #expect(rolled.problems.isEmpty)
  }

  @Test("a chain of a hundred thousand is no trouble")
  func longChain() throws {
    var builder = PrerequisiteGraphBuilder()
    let source = builder.addSource(.init(document: "d"))
    let count = 100_000
    for item in 0..<count { builder.addItem(Identifier("i\(item)")) }
    for item in 1..<count {
      builder.addLink(
        .precedes, from: Identifier("i\(item - 1)"), to: Identifier("i\(item)"),
        association: "a", source: source)
    }
    let graph = builder.build()
    #expect(graph.levelCount == count)
    #expect(graph.cycles.isEmpty)
    #expect(graph.impliedLinks.isEmpty)
    #expect(graph.path(to: count - 1)?.count == count)
    #expect(graph.bottlenecks.first?.item == 0)
    #expect(graph.impact(of: 0) == count - 1)
  }

  @Test("the coherence map of 2026")
  func coherenceMap() throws {
    guard let bytes = try Samples.bytes("case/ccss-math-coherence.case11.json") else { return }
    let catalog = try Catalog.reading(case: bytes).catalog
    let graph = PrerequisiteGraph([catalog]) { ["Standard", "Component"].contains($0.itemType) }
    #expect(graph.count == 480)
    #expect(graph.edges.count == 757)
    #expect(graph.linkCount == 757)
    #expect(graph.levelCount == 31)
    #expect(graph.impliedLinks.count == 154)
    #expect(graph.cycles.isEmpty)
    #expect(graph.problems.isEmpty)

    let parents = catalog.parents
    let types = Dictionary(
      catalog.items.map { ($0.identifier, $0.itemType) }, uniquingKeysWith: { first, _ in first })
    let rolled = graph.rolledUp { item in
      guard types[graph.items[item]] == "Component" else { return item }
      let parent = parents[CatalogKey(graph.items[item])]?.first
      return parent.flatMap { graph.number(of: $0.identifier) } ?? item
    }
    #expect(rolled.linkCount == 684)
    #expect(rolled.cycles.isEmpty)
  }

  @Test("what is near is found both ways, through implied links only when asked")
  func near() throws {
    let graph = Self.graph("a>b", "b>c", "a>c", "c>d")
    let c = try #require(graph.number(of: "c"))
    #expect(Self.names(graph.neighbourhood(of: [c], steps: 1), graph) == "abcd")
    #expect(
      Self.names(graph.neighbourhood(of: [c], steps: 1, followsImplied: false), graph) == "bcd")
    #expect(Self.names(graph.neighbourhood(of: [c], steps: 0), graph) == "c")
  }
}
