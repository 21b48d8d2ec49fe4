import Catalogs
import Domain
import Testing

@Suite("Overlays")
struct OverlayTests {
  static func state() throws -> Catalog {
    try SmallCatalog.catalog(
      ["a|A||Adds.", "b|B||Counts.", "c|C||Draws.", "d|D||Sorts."],
      ["a precedes b", "b precedes c", "c precedes d"], document: "state")
  }

  static func edges(_ overlay: CatalogOverlay) -> [String] {
    let graph = PrerequisiteGraph(overlay.catalogs)
    return graph.edges.map { edge in
      let sign = edge.strength == .soft ? "~" : ">"
      return "\(graph.items[edge.prerequisite])\(sign)\(graph.items[edge.dependent])"
    }.sorted()
  }

  @Test("a district adds, weakens, hides and reverses links, and each says who asks for it")
  func changes() throws {
    let district = try SmallCatalog.catalog(
      ["e|E||Names."],
      [
        "a ext:overlay.weaken b", "b ext:overlay.hide c", "c ext:overlay.reverse d",
        "a precedes e",
      ], document: "district")
    let overlay = CatalogOverlay(base: try Self.state(), overlays: [district])
    #expect(Self.edges(overlay) == ["a>e", "a~b", "d>c"])
    #expect(overlay.conflicts.map { "\($0)" } == [])
    #expect(
      overlay.changes.map(\.action) == [.weaken, .hide, .reverse, .add, .add])
    #expect(overlay.changes[0].changed?.source.document == "state")
    let graph = PrerequisiteGraph(overlay.catalogs)
    let (d, c) = (try #require(graph.number(of: "d")), try #require(graph.number(of: "c")))
    let chain = try #require(graph.chain(from: d, to: c))
    #expect(chain.map { graph.stated($0).source.document } == ["district"])
    #expect(chain.map(\.association) == ["c ext:overlay.reverse d"])
  }

  @Test("what an overlay leaves alone stays as it was")
  func nothing() throws {
    let empty = try SmallCatalog.catalog([], document: "district")
    let overlay = CatalogOverlay(base: try Self.state(), overlays: [empty])
    #expect(overlay.catalogs[0] == (try Self.state()))
    #expect(overlay.changes.isEmpty)
  }

  static let contradictions: [(links: [String], code: String)] = [
    (["a ext:overlay.hide c"], "overlay.no_link"),
    (["b ext:overlay.hide a"], "overlay.no_link"),
    (["a ext:overlay.hide b", "a ext:overlay.weaken b"], "overlay.contradiction"),
    (["a ext:overlay.hide b", "a precedes b"], "overlay.contradiction"),
    (["b precedes a"], "overlay.opposite_link"),
    (["d precedes a"], "overlay.cycle"),
    (["a precedes b"], "overlay.stated_already"),
    (["a precedes nobody"], "overlay.dangling_end"),
    (["a ext:overlay.turn b"], "overlay.unknown_action"),
  ]

  @Test("contradictions are reported at their place", arguments: contradictions)
  func contradicts(links: [String], code: String) throws {
    let district = try SmallCatalog.catalog([], links, document: "district")
    let overlay = CatalogOverlay(
      base: try Self.state(), overlays: [district], files: ["district.json"])
    let found = try #require(overlay.conflicts.first { $0.code == Problem.Code(code) })
    #expect(found.place.file == "district.json")
    if code != "overlay.cycle" {
      #expect(found.place.pointer?.contains("/CFAssociations/") == true)
    }
  }

  @Test("a school changes what the district left")
  func layers() throws {
    let district = try SmallCatalog.catalog(
      [], ["a ext:overlay.reverse b"], document: "district")
    let school = try SmallCatalog.catalog([], ["b ext:overlay.hide a"], document: "school")
    let overlay = CatalogOverlay(base: try Self.state(), overlays: [district, school])
    #expect(Self.edges(overlay) == ["b>c", "c>d"])
    #expect(overlay.conflicts.isEmpty)
    #expect(overlay.changes.last?.changed?.source.document == "district")
  }
}
