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
}
