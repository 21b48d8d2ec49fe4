import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Writing CASE")
struct WritingTests {
  static let strict = """
    {"CFDocument":{"identifier":"00000000-0000-4000-8000-000000000001","uri":"urn:x:1",\
    "caseVersion":"1.1","creator":"A school","title":"Ours",\
    "lastChangeDateTime":"2026-01-01T00:00:00+00:00"},\
    "CFItems":[{"identifier":"00000000-0000-4000-8000-000000000002","uri":"urn:x:2",\
    "fullStatement":"Add.","lastChangeDateTime":"2026-01-01T00:00:00+00:00",\
    "extensions":{"org.example.weight":0.50}}],\
    "CFAssociations":[{"identifier":"00000000-0000-4000-8000-000000000003","uri":"urn:x:3",\
    "associationType":"ext:precedesAny.g1",\
    "originNodeURI":{"title":"A","identifier":"other","uri":"urn:x:9","targetType":"ext:Skill"},\
    "destinationNodeURI":{"title":"B","identifier":"00000000-0000-4000-8000-000000000002",\
    "uri":"urn:x:2"},"lastChangeDateTime":"2026-01-01T00:00:00Z"}]}
    """

  @Test("a strict file is written as it was, with own types and extensions")
  func strictFile() throws {
    let catalog = try Catalog.reading(case: Array(Self.strict.utf8)).catalog
    let writing = catalog.writing(case: .v1p1)
    #expect(String(decoding: writing.package.text(), as: UTF8.self) == Self.strict)
    #expect(writing.losses.isEmpty)
  }

  @Test("what 1.0 has no place for is dropped and told, field by field")
  func older() throws {
    let catalog = try Catalog.reading(case: Array(Self.strict.utf8)).catalog
    let writing = catalog.writing(case: .v1p0)
    let again = try Catalog.reading(case: writing.package).catalog
    #expect(again.check(against: .v1p0) == [])
    #expect(
      Set(writing.losses.entries.map { "\($0.kind).\($0.field) \($0.action)" }) == [
        "CFDocument.caseVersion dropped", "CFItem.extensions dropped",
        "CFAssociation.associationType changed", "CFAssociation.originNodeURI changed",
      ])
    #expect(again.associations.first?.type == .isRelatedTo)
  }

  @Test("unknown members move into extensions")
  func unknown() throws {
    let bytes = ReadingTests.package(items: "{\(ReadingTests.good),\"jurisdiction\":\"Here\"}")
    let writing = try Catalog.reading(case: bytes).catalog.writing(case: .v1p1)
    let item = try #require(try Catalog.reading(case: writing.package).catalog.items.first)
    #expect(item.extensions["jurisdiction"] == .string("Here"))
    let entry = try #require(writing.losses.entries.first)
    #expect(entry.field == "jurisdiction")
    #expect(entry.action == .moved)
    #expect(entry.examples == ["00000000-0000-4000-8000-000000000002"])
  }

  @Test("identifiers that are no UUIDs become ones, and links follow")
  func identifiers() throws {
    let bytes = ReadingTests.package(
      items:
        #"{"identifier":"ABCDEF00000040008000000000000002","fullStatement":"x"},{"identifier":"s-1","fullStatement":"y"}"#,
      associations: """
        {"associationType":"precedes","originNodeURI":{"identifier":"s-1"},\
        "destinationNodeURI":{"identifier":"ABCDEF00000040008000000000000002"}}
        """)
    let writing = try Catalog.reading(case: bytes).catalog.writing(case: .v1p1)
    let again = try Catalog.reading(case: writing.package).catalog
    #expect(again.check(against: .v1p1) == [])
    #expect(again.items[0].identifier == "abcdef00-0000-4000-8000-000000000002")
    #expect(again.items[1].extensions["sourceIdentifier"] == .string("s-1"))
    #expect(again.associations[0].origin?.identifier == again.items[1].identifier)
    #expect(again.associations[0].destination?.identifier == again.items[0].identifier)
  }

  @Test(
    "every sample is written so that the schema accepts it", arguments: Samples.packages,
    CASEVersion.allCases)
  func samples(name: String, version: CASEVersion) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let catalog = try Catalog.reading(case: bytes).catalog
    let writing = catalog.writing(case: version)
    let again = try Catalog.reading(case: writing.package)
    #expect(again.catalog.check(against: version) == [])
    #expect(again.catalog.items.count == catalog.items.count)
    #expect(again.catalog.associations.count == catalog.associations.count)
    let twice = again.catalog.writing(case: version)
    #expect(twice.package == writing.package)
    #expect(twice.losses.isEmpty)
  }

  @Test("the strict sample is written as it was")
  func strictSample() throws {
    guard let bytes = try Samples.bytes("case/ccss-math-coherence.case11.json") else { return }
    let reading = try Catalog.reading(case: bytes)
    #expect(reading.findings == [])
    let writing = reading.catalog.writing(case: .v1p1)
    #expect(writing.losses.isEmpty, "\(writing.losses)")
    #expect(try Samples.canonical(writing.package.text()) == Samples.canonical(bytes))
  }
}
