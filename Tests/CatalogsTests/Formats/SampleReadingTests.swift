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

  static let others = [
    "prerequisites/coherence-map-2026.json", "prerequisites/coherence-map-2015-edges.csv",
    "prerequisites/metacademy-2014.json", "csv/asn-documents-2024.csv", "naming/codes.csv",
  ]

  @Test("files that are no catalogs are refused with what they hold", arguments: others)
  func refused(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let error = #expect(throws: CatalogsError.self) { try Catalog.reading(bytes, file: name) }
    #expect(error?.place.file == name)
  }

  /// All but two large packages, which take a build without optimisation half a minute.
  static let written = samples.map(\.name) + Samples.packages.filter { !$0.contains("teks") }

  @Test(
    "every sample is written in every format, and what no report names is as it was",
    arguments: written, CatalogFormat.writable)
  func writing(name: String, format: CatalogFormat) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let catalog = try Catalog.reading(bytes, file: name).catalog
    try RoundTrip.check(catalog, format)
  }
}
