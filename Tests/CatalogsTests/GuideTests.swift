import CatalogFiles
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

  @Test("checking a catalog")
  func checking() throws {
    let catalog = try SmallCatalog.catalog(
      ["a|M.1||Counts.", "b|M.2||Adds."], ["a precedes b", "b precedes a"])

    let report = catalog.lint(file: "ours.json")
    let cycle = try #require(report.findings.first { $0.check == .cycle })
    #expect(cycle.problem.message.contains("M.1 → M.2 → M.1"))
    #expect(cycle.problem.place.pointer == "/CFItems/0")
    #expect(report.hasErrors)
  }

  @Test("comparing editions")
  func comparing() throws {
    let old = try SmallCatalog.catalog(
      ["a|M.1||Counts.", "b|M.2||Adds.", "c|M.3||Draws and sorts."], ["a precedes b"])
    let new = try SmallCatalog.catalog(
      ["a|M.1||Counts.", "b|N.2||Adds.", "c1|M.3||Draws.", "c2|M.4||Sorts."],
      ["b precedes a", "c replacedBy c1", "c replacedBy c2"], edition: "2")

    let comparison = EditionComparison(from: old, to: new)
    #expect(comparison.items[1].changes == [.recoded(from: "M.2", to: "N.2")])
    #expect(comparison.links.map(\.kind) == [.reversed])
    #expect(comparison.replacements.map(\.kind) == [.split])

    let step = try #require(comparison.migration.first { $0.item == "c" })
    #expect(step.rule == .inferBySplit)
    #expect(step.targets == ["c1", "c2"])
    #expect(step.chain.map(\.association) == ["c replacedBy c1", "c replacedBy c2"])
    #expect(step.chain.first?.source.edition == "2")
  }

  @Test("joining catalogs")
  func joining() throws {
    let ours = try SmallCatalog.catalog(
      ["add|A||Adds.", "draw|D||Draws."], ["add precedes draw"], document: "ours")
    let theirs = try SmallCatalog.catalog(["calc|C||Calculates."], document: "theirs")
    let between = try SmallCatalog.catalog([], ["add isPartOf calc"], document: "between")
    let district = try SmallCatalog.catalog(
      [], ["add ext:overlay.reverse draw", "add ext:overlay.hide draw"], document: "district")

    let walk = Crosswalk([ours, theirs, between])
    #expect(walk.matches(of: "add").map(\.relation) == [.broader])
    let coverage = walk.coverage(of: ours, by: theirs)
    #expect(coverage.gap == ["draw"])

    let overlay = CatalogOverlay(base: ours, overlays: [district])
    let graph = PrerequisiteGraph(overlay.catalogs)
    #expect(graph.edges.map { graph.stated($0).source.title } == ["Title of district"])
    #expect(overlay.conflicts.map(\.code) == ["overlay.contradiction"])
  }

  @Test("drawing a catalog")
  func drawing() throws {
    let catalog = try SmallCatalog.catalog(
      ["count|A||Counts.", "add|B||Adds.", "multiply|C||Multiplies."],
      ["count precedes add", "add precedes multiply"])

    let graph = PrerequisiteGraph([catalog])
    var picture = GraphPicture(graph, of: [catalog])
    let known = Set(["count"].compactMap { graph.number(of: $0) })
    let states = graph.states(known: known)
    picture.show(
      Dictionary(
        uniqueKeysWithValues: states.enumerated().map {
          (CatalogKey(graph.items[$0.offset]), $0.element)
        }))
    #expect(picture.nodes.map(\.state) == [.mastered, .readyNext, .blocked])
    #expect(picture.svg.contains("ready next"))
  }

  @Test("reading values and writing other formats")
  func converting() throws {
    let table = CatalogTable(
      headings: ["Code", "Statement", "Grade"],
      rows: [.init(line: 2, fields: ["N.1", "Counts to 20.", "K"])])
    let reading = try Catalog.reading(.table(table))
    let catalog = reading.catalog
    #expect(reading.format == .codeTable)
    #expect(catalog.items[0].educationLevels == ["KG"])

    let writing = try catalog.writing(.canvas)
    let lost = writing.losses.entries.filter { $0.action == .dropped }.map(\.field)
    #expect(lost.contains("educationLevel"))
    #expect(writing.losses.declared.contains { $0.field == "precedes" })
  }
}
