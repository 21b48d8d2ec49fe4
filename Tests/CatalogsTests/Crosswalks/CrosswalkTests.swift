import Catalogs
import Domain
import Testing

@Suite("Crosswalks")
struct CrosswalkTests {
  static func ours() throws -> Catalog {
    try SmallCatalog.catalog(
      ["a|A.1||Adds.", "b|B.1||Counts.", "c|C.1||Draws.", "d|D.1||Sorts.", "e|E.1||Names."],
      ["e isChildOf d"], document: "ours")
  }

  static func theirs() throws -> Catalog {
    try SmallCatalog.catalog(
      ["x|X.1||Adds.", "y|Y.1||Counts and more.", "z|Z.1||Draws a line."], document: "theirs")
  }

  static let relations: [(type: AssociationType, relation: Crosswalk.Relation?)] = [
    (.exactMatchOf, .same), (.isTranslationOf, .same), (.isPartOf, .broader), (.isPeerOf, .close),
    (.isRelatedTo, .related), ("ext:majorAlignment", .close), ("ext:minorAlignment", .related),
    ("ext:broadMatch", .broader), ("ext:narrowMatch", .narrower), ("isStandardAlignedTo", .close),
    (.precedes, nil), (.isChildOf, nil), (.replacedBy, nil), ("ext:implies", nil),
  ]

  @Test("a type says how an item relates to its counterpart", arguments: relations)
  func relation(type: AssociationType, relation: Crosswalk.Relation?) {
    #expect(Crosswalk.Relation(type) == relation)
  }

  @Test("a gap is what has no counterpart that says the same or more")
  func gap() throws {
    let walk = try SmallCatalog.catalog(
      [], ["a exactMatchOf x", "b isPartOf y", "z isPartOf c", "d isRelatedTo x"],
      document: "walk")
    let coverage = try Crosswalk([walk]).coverage(of: Self.ours(), by: Self.theirs())
    #expect(coverage.targets == ["a", "b", "c", "e"])
    // c says more than z, and e stands under d, which is only related.
    #expect(coverage.gap == ["c", "e"])
    #expect(coverage.matches.map(\.relation) == [.same, .broader, .narrower])
    #expect(coverage.share == 0.5)
    let link = try #require(coverage.matches.first?.link)
    #expect(link.source.document == "walk")
    #expect(link.source.license == "CC0")
    #expect(link.association == "a exactMatchOf x")
  }

  @Test("what holds above holds below")
  func above() throws {
    let walk = try SmallCatalog.catalog([], ["x exactMatchOf d"], document: "walk")
    let coverage = try Crosswalk([walk]).coverage(of: Self.ours(), by: Self.theirs())
    #expect(coverage.gap == ["a", "b", "c"])
    #expect(coverage.matches.map(\.item) == ["d"])
  }

  @Test("one pair in two relations, and one item the same as two, contradict")
  func conflicts() throws {
    let first = try SmallCatalog.catalog(
      [], ["a exactMatchOf x", "b exactMatchOf y", "c exactMatchOf z"], document: "first")
    let second = try SmallCatalog.catalog(
      [], ["x isPartOf a", "b exactMatchOf z", "c isRelatedTo z"], document: "second")
    let conflicts = Crosswalk([first, second]).conflicts
    #expect(conflicts.map(\.kind) == [.relation, .severalSame, .severalSame])
    #expect(conflicts[0].links.map(\.source.document) == ["first", "second"])
    #expect(conflicts[1].items == ["b", "y", "z"])
    #expect(conflicts[2].items == ["z", "c", "b"])
  }

  @Test("strengths that differ contradict", arguments: [("0.9", "0.6", 1), ("0.9", "0.8", 0)])
  func strengths(first: String, second: String, count: Int) throws {
    var catalogs: [Catalog] = []
    for strength in [first, second] {
      var walk = try SmallCatalog.catalog([], ["a ext:alignment x"], document: "w\(strength)")
      walk.associations[0].extensions = JSONObject([.init("org.x.strength", .number(strength))])
      catalogs.append(walk)
    }
    let walk = Crosswalk(catalogs)
    #expect(walk.matches(of: "x").map(\.strength) == [0.9, second == "0.6" ? 0.6 : 0.8])
    #expect(walk.conflicts.map(\.kind) == Array(repeating: .strength, count: count))
  }

  @Test("orders that contradict across a crosswalk are one circle; the older document yields")
  func order() throws {
    let ours = try SmallCatalog.catalog(
      ["a|A||Adds.", "b|B||Counts."], ["a precedes b"], document: "ours",
      changed: "2024-01-01T00:00:00Z")
    let theirs = try SmallCatalog.catalog(
      ["x|X||Adds.", "y|Y||Counts."], ["y precedes x"], document: "theirs",
      changed: "2025-01-01T00:00:00Z")
    let walk = try SmallCatalog.catalog(
      [], ["a exactMatchOf x", "b exactMatchOf y"], document: "walk")
    #expect(PrerequisiteGraph([ours, theirs]).cycles.isEmpty)
    let conflicts = Crosswalk([walk]).orderConflicts(of: [ours, theirs])
    #expect(conflicts.map(\.kind) == [.order])
    #expect(Set(conflicts[0].links.map(\.source.document)) == ["ours", "theirs"])
    #expect(conflicts[0].weakest?.source.document == "ours")
    #expect(Crosswalk([]).orderConflicts(of: [ours, theirs]).isEmpty)
  }
}
