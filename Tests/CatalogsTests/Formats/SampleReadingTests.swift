import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Real files of other formats")
struct SampleReadingTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var format: CatalogFormat
    var items: Int
    var links: Int
    var testDescription: String { name }
  }

  /// Counts as the index of the samples states them; links count those to the document too.
  static let samples = [
    Sample(name: "asn/ccss-math-2011.rdf.json", format: .asnRDF, items: 692, links: 692),
    Sample(name: "asn/pa-geography.rdf.json", format: .asnRDF, items: 49, links: 49),
    Sample(name: "asn/md-hs-core.manifest.json", format: .asnManifest, items: 34, links: 34),
    Sample(name: "ctdl-asn/dqp.jsonld", format: .ctdlASN, items: 83, links: 84),
    Sample(name: "ctdl-asn/onet-abilities.json", format: .ctdlASN, items: 71, links: 71),
    Sample(name: "digcomp/digcomp-3.0-en.jsonld", format: .digComp, items: 1_045, links: 1_930),
    Sample(name: "esco/skillGroups.csv", format: .esco, items: 640, links: 640),
    Sample(name: "csv/canvas-outcomes.csv", format: .canvas, items: 6, links: 7),
    Sample(name: "csv/moodle-framework.csv", format: .moodle, items: 5, links: 8),
    Sample(name: "csv/opensalt-items.csv", format: .openSALT, items: 10, links: 14),
    Sample(
      name: "csv/opensalt-ccss-ela-items.csv", format: .openSALT, items: 1_189, links: 1_189),
    Sample(name: "rsd/osmt-skills.json", format: .richSkills, items: 15, links: 15),
    Sample(name: "rsd/osmt-import.csv", format: .richSkills, items: 2, links: 2),
    Sample(name: "skos/ngss-topics.skos.json", format: .skos, items: 27, links: 27),
    Sample(name: "skos/blooms-taxonomy.skos.json", format: .skos, items: 21, links: 21),
    Sample(
      name: "prerequisites/coherence-map-2026.json", format: .prerequisiteMap, items: 691,
      links: 1_590),
    Sample(
      name: "prerequisites/coherence-map-2015-edges.csv", format: .edgeList, items: 283,
      links: 825),
    Sample(
      name: "prerequisites/metacademy-2014.json", format: .prerequisiteMap, items: 393,
      links: 1_381),
    Sample(
      name: "csv/asn-documents-2024.csv", format: .documentList, items: 4_346, links: 4_346),
    Sample(name: "naming/codes.csv", format: .codeTable, items: 9_126, links: 9_126),
  ]

  @Test("each is recognised and read whole", arguments: samples)
  func reading(sample: Sample) throws {
    guard let bytes = try Samples.bytes(sample.name) else { return }
    #expect(CatalogFormat.recognizing(bytes) == sample.format)
    let reading = try Catalog.reading(bytes, file: sample.name)
    #expect(reading.catalog.items.count == sample.items)
    #expect(reading.catalog.associations.count == sample.links)
    #expect(reading.findings.filter { $0.severity >= .error } == [])
    #expect(reading.catalog.outline.count == sample.items)
  }

  @Test("ESCO's tables make one catalog with groups below groups")
  func esco() throws {
    let names = ["skill_skill_relations", "skillGroup_hierarchy", "skillGroups"]
    let files = try names.compactMap { name in
      try Samples.bytes("esco/\(name).csv").map { CatalogInput(name: name, bytes: $0) }
    }
    guard files.count == 3 else { return }
    let reading = try Catalog.reading(files)
    let catalog = reading.catalog
    #expect(catalog.items.count == 640)
    let types = Dictionary(grouping: catalog.associations, by: \.type).mapValues(\.count)
    #expect(types["precedes"] == 191)
    #expect(types["ext:precedesSoftly"] == 5_707)
    let inside = catalog.associations.count {
      $0.type == .isChildOf && $0.destination?.identifier != catalog.identifier
    }
    #expect(inside == 636)
    #expect(reading.findings.count { $0.code == "catalog.dangling_link" } >= 5_898)
  }

  @Test("every package of CASE is recognised", arguments: Samples.packages)
  func packages(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    #expect(CatalogFormat.recognizing(bytes) == .casePackage)
  }

  @Test("the coherence map of 2026 in its own shape is that of its package")
  func coherenceMap() throws {
    guard let bytes = try Samples.bytes("prerequisites/coherence-map-2026.json"),
      let package = try Samples.bytes("case/ccss-math-coherence.case11.json")
    else { return }
    let reading = try Catalog.reading(bytes, file: "coherence-map-2026.json")
    let catalog = reading.catalog
    let graph = PrerequisiteGraph([catalog]) { $0.itemType == "standards" }
    #expect(graph.count == 480)
    #expect(graph.edges.count == 757)
    #expect(graph.levelCount == 31)
    #expect(graph.impliedLinks.count == 154)
    #expect(graph.cycles.isEmpty)
    #expect(graph.problems.isEmpty)

    // The package was made of the same map by somebody else's program.
    let other = try Catalog.reading(case: package).catalog
    let links = { (catalog: Catalog, type: AssociationType) -> Set<[String]> in
      var codes: [CatalogKey: String] = [:]
      for item in catalog.items { codes[CatalogKey(item.identifier)] = item.code }
      return Set(
        catalog.associations.filter { $0.type == type }.map { link in
          let ends = [link.origin, link.destination].map {
            $0.flatMap { codes[CatalogKey($0.identifier)] } ?? "?"
          }
          return type.isSymmetric ? ends.sorted() : ends
        })
    }
    for type in [AssociationType.precedes, .isRelatedTo] {
      #expect(links(catalog, type) == links(other, type))
      #expect(!links(catalog, type).isEmpty)
    }
    let missing = reading.findings.filter { $0.code == "catalog.dangling_link" }
    #expect(missing.count == 6, "clusters whose domains are not there")
  }

  @Test("the coherence map of 2015 is a list of arrows")
  func olderMap() throws {
    guard let bytes = try Samples.bytes("prerequisites/coherence-map-2015-edges.csv") else {
      return
    }
    let catalog = try Catalog.reading(bytes, file: "coherence-map-2015-edges.csv").catalog
    let types = Dictionary(grouping: catalog.associations, by: \.type).mapValues(\.count)
    #expect(types["precedes"] == 452)
    #expect(types["isRelatedTo"] == 90)
    #expect(catalog.items.contains { $0.code == "0.CC.1||to 20" })
  }

  @Test("concepts with what each depends on, some of it spelled otherwise")
  func concepts() throws {
    guard let bytes = try Samples.bytes("prerequisites/metacademy-2014.json") else { return }
    let reading = try Catalog.reading(bytes, file: "metacademy-2014.json")
    let catalog = reading.catalog
    let links = catalog.associations.filter { $0.type == .precedes }
    #expect(links.count == 988)
    #expect(links.count { $0.members["notes"] != nil } == 800)
    let respelled = reading.findings.first { $0.code == "catalog.respelled_end" }
    #expect(respelled?.message.hasPrefix("338 links") == true, "359 as written, 21 after that")
    #expect(reading.findings.count { $0.code == "catalog.dangling_link" } == 21)
  }

  @Test("codes of many catalogs are told apart")
  func codes() throws {
    guard let bytes = try Samples.bytes("naming/codes.csv") else { return }
    let reading = try Catalog.reading(bytes, file: "codes.csv")
    let catalog = reading.catalog
    #expect(catalog.items.count { $0.itemType == "catalog" } == 21)
    #expect(catalog.items.count { $0.code != nil } == 9_105)
    #expect(reading.findings.filter { $0.severity >= .error } == [])
  }

  /// All but four large files, which take a build without optimisation half a minute each.
  static let written = (samples.map(\.name) + Samples.packages).filter { name in
    !["teks", "asn-documents", "codes.csv"].contains { name.contains($0) }
  }

  @Test(
    "every sample is written in every format, and what no report names is as it was",
    arguments: written, CatalogFormat.writable)
  func writing(name: String, format: CatalogFormat) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let catalog = try Catalog.reading(bytes, file: name).catalog
    try RoundTrip.check(catalog, format)
  }
}
