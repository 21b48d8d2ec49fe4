import Catalogs
import Domain
import Testing

@Suite("Catalogs guides")
struct GuideTests {
  @Test("reading a catalog")
  func readingACatalog() throws {
    let file = Array(
      """
      {"CFPackage": {
        "CFDocument": {"identifier": "d1", "title": "Our mathematics"},
        "CFItems": [
          {"identifier": "a", "fullStatement": "Counts to 20.", "educationLevel": "KG, 01"},
          {"identifier": "b", "fullStatement": "Adds to 20.", "color": "blue"}
        ],
        "CFAssociations": [
          {"associationType": "Precedes", "originNodeURI": "urn:x:/a", "destinationNodeURI": "urn:x:/b"}
        ]
      }}
      """.utf8)
    let reading = try Catalog.reading(case: file, file: "ours.json")
    let catalog = reading.catalog
    #expect(catalog.items[0].educationLevels == ["KG", "01"])
    #expect(catalog.associations[0].type == .precedes)
    #expect(catalog.associations[0].destination?.identifier == "b")

    let finding = reading.findings.first { $0.code == "case.unknown_field" }
    #expect(finding?.place.line == 5)
    #expect(finding?.place.pointer == "/CFItems/1/color")

    let writing = catalog.writing(case: .v1p1)
    #expect(writing.losses.entries.contains { $0.field == "color" && $0.action == .moved })
    #expect(try Catalog.reading(case: writing.package).catalog.check(against: .v1p1).isEmpty)
  }

  @Test("asking the graph")
  func askingTheGraph() throws {
    let file = Array(
      """
      {"CFDocument": {"identifier": "d1", "title": "Our mathematics"},
      "CFItems": [{"identifier": "count"}, {"identifier": "add"}, {"identifier": "multiply"}],
      "CFAssociations": [
        {"identifier": "l1", "associationType": "precedes", "originNodeURI": {"identifier": "count"},
         "destinationNodeURI": {"identifier": "add"}},
        {"identifier": "l2", "associationType": "precedes", "originNodeURI": {"identifier": "add"},
         "destinationNodeURI": {"identifier": "multiply"}}
      ]}
      """.utf8)
    let catalog = try Catalog.reading(case: file).catalog

    let graph = PrerequisiteGraph([catalog])
    let goal = try #require(graph.number(of: "multiply"))
    let known: Set<Int> = [try #require(graph.number(of: "count"))]
    #expect(graph.path(to: goal, known: known)?.map { graph.items[$0] } == ["add", "multiply"])
    #expect(graph.outerFringe(known: known).map { graph.items[$0] } == ["add"])

    let first = try #require(graph.number(of: "count"))
    let chain = try #require(graph.chain(from: first, to: goal))
    #expect(chain.map(\.association) == ["l1", "l2"])
    #expect(graph.sources[chain[0].source].title == "Our mathematics")
  }
}
