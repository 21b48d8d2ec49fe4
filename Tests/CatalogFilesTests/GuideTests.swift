import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Guides to files of catalogs")
struct GuideTests {
  @Test("reading a file")
  func readingAFile() throws {
    let file = Array(
      """
      Parent id number,Id number,Shortname,Description,Rule outcome (optional),Is framework
      ,TEAM,Teamwork,Working with others.,,1
      ,T1,Listens,,0,
      T1,T2,Asks back,Asks until it is clear.,0,
      """.utf8)
    let reading = try Catalog.reading(file, file: "team.csv")
    let catalog = reading.catalog
    #expect(reading.format == .moodle)
    #expect(catalog.document.title == "Teamwork")
    #expect(catalog.parents[CatalogKey("T2")] == [CatalogKey("T1")])
    #expect(catalog.items[0].extensions["moodle.Rule outcome (optional)"] == "0")
  }

  @Test("a finding about a sheet")
  func finding() throws {
    let sheet = Array("Domain,Code,Statement\nNumber,N.1,Counts to 20.\nNumber,N.1,Adds.\n".utf8)
    let finding = try Catalog.reading(sheet).findings.first { $0.severity == .error }
    #expect(finding?.code == "catalog.duplicate_identifier")
    #expect(finding?.place.line == 3)
  }

  @Test("a graph alone")
  func graph() throws {
    let pairs = Array("from,to\ncount,add\nadd,multiply\n".utf8)
    let graph = try PrerequisiteGraph.reading(pairs)
    #expect(graph.levelCount == 3)
  }
}
