import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Catalogs as targets")
struct TargetTests {
  static func targets() throws -> CatalogTargets {
    let text = """
      {"CFDocument":{"identifier":"d","title":"Ours","creator":"We","version":"2"},
      "CFItems":[{"identifier":"AAAAAAAA-0000-4000-8000-000000000002","fullStatement":"Numbers",
      "uri":"https://s.example/a"},
      {"identifier":"h","fullStatement":"Is on time.","CFItemType":"Habit","educationLevel":["KG"],
      "humanCodingScheme":"H.1"}],
      "CFAssociations":[{"associationType":"isChildOf","originNodeURI":{"identifier":"h"},
      "destinationNodeURI":{"identifier":"aaaaaaaa000040008000000000000002"}}]}
      """
    return CatalogTargets([try Catalog.reading(Array(text.utf8)).catalog])
  }

  @Test("documents are frameworks and items are competencies")
  func values() throws {
    let targets = try Self.targets()
    #expect(targets.frameworks.map(\.title) == ["Ours"])
    #expect(targets.frameworks.first?.edition == "2")
    #expect(targets.frameworks.first?.publisher == "We")
    let found = targets.competencies(["h", "none", "aaaaaaaa-0000-4000-8000-000000000002"])
    #expect(found.map { $0?.statement } == ["Is on time.", nil, "Numbers"])
    #expect(found[0]?.kind == .habit)
    #expect(found[0]?.code == "H.1")
    #expect(found[0]?.educationLevels == ["KG"])
    #expect(found[0]?.framework == "d")
    #expect(found[2]?.kind == .academic)
    #expect(found[2]?.identifier(in: "case") == "https://s.example/a")
  }

  @Test("lists and parents are in the order of the publisher, also of what is not there")
  func order() throws {
    let targets = try Self.targets()
    let top: CompetencyID = "AAAAAAAA-0000-4000-8000-000000000002"
    #expect(targets.competencies(of: "d") == [top, "h"])
    #expect(targets.competencies(of: "none") == [])
    #expect(targets.parents(of: ["h", "none", top]) == [[top], [], []])
    #expect(targets.scales(["s"]) == [nil])
  }
}
