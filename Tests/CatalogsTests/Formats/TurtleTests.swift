import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("SKOS as Turtle")
struct TurtleTests {
  static let text = """
    # A scheme
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    PREFIX dct: <http://purl.org/dc/terms/>
    @base <urn:x:> .

    <urn:x:s> a skos:ConceptScheme ; dct:title "Ours"@en ; .
    <a> a skos:Concept ;
      skos:prefLabel "Adds \\"\\u00e9\\""@en, "Suma"@es ;
      skos:definition \"\"\"Two
    lines; with . and "quotes".\"\"\" ;
      skos:notation "1.A"^^dct:W3CDTF ;
      skos:topConceptOf <urn:x:s> .
    <b> a skos:Concept ; skos:prefLabel 'B' ; skos:broader <a>, <urn:x:c> .

    """

  static func read(_ text: String) throws -> CatalogReading {
    try Catalog.reading(Array(text.utf8), file: "c.ttl")
  }

  @Test("literals, languages, escapes, prefixes and lists of objects")
  func reading() throws {
    let reading = try Self.read(Self.text)
    let catalog = reading.catalog
    #expect(reading.format == .skos)
    #expect(catalog.document.title == "Ours")
    #expect(catalog.items.map(\.identifier) == ["urn:x:a", "urn:x:b"])
    #expect(catalog.items[0].abbreviatedStatement == "Adds \"é\"")
    #expect(catalog.items[0].fullStatement == "Two\nlines; with . and \"quotes\".")
    #expect(catalog.items[0].code == "1.A")
    #expect(catalog.items[0].language == "en")
    #expect(
      catalog.parents[CatalogKey("urn:x:b")] == [CatalogKey("urn:x:a"), CatalogKey("urn:x:c")])
    let dangling = reading.findings.first { $0.code == "catalog.dangling_link" }
    #expect(dangling?.place.line == 13)
  }

  static let faults: [(text: String, says: String)] = [
    ("@prefix x: <urn:x> .\nx:a x:b \"c", "2:"), ("@prefix x <urn:x> .", "colon"),
    ("@prefix x: <urn:x> .\ny:a x:b x:c .", "\"y:\" was not declared"),
    ("@prefix x: <urn:x> .\nx:a x:b [ x:c x:d ] .", "brackets"),
    ("@prefix x: <urn:x> .\nx:a x:b \"\\q\" .", "escape"),
    ("@prefix x: <urn:x> .\nx:a x:b \"\\uD800\" .", "hexadecimal"),
    ("@prefix x: <urn:x> .\nx:a x:b x:c", "dot"), ("@prefix x: <urn:x", "closing"),
  ]

  @Test("what is not understood is refused with its line", arguments: faults)
  func refused(text: String, says: String) throws {
    let error = #expect(throws: CatalogsError.self) { try Self.read(text) }
    #expect(error?.description.contains(says) ?? false, "\(error?.description ?? "")")
  }

  @Test("a text that was cut anywhere is read in part or refused")
  func truncated() {
    let bytes = Array(Self.text.utf8)
    for count in 0..<bytes.count {
      do throws(CatalogsError) {
        let items = try Catalog.reading(Array(bytes.prefix(count)), as: .skos).catalog.items
        #expect(items.count <= 2)
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test("the real file has its concepts below each other")
  func sample() throws {
    guard let bytes = try Samples.bytes("skos/digcomp-2.ttl") else { return }
    let reading = try Catalog.reading(bytes)
    #expect(reading.format == .skos)
    #expect(reading.catalog.items.count == 26)
    #expect(reading.catalog.outline.map(\.depth).max() == 1)
    #expect(reading.findings.filter { $0.severity >= .warning } == [])
  }
}
