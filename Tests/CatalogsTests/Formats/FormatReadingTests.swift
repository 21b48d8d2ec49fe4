import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Reading other formats")
struct FormatReadingTests {
  static func read(_ text: String, _ format: CatalogFormat? = nil) throws -> CatalogReading {
    try Catalog.reading(Array(text.utf8), as: format, file: "dir/ours.v1.json")
  }

  static func link(
    _ catalog: Catalog, _ type: AssociationType
  ) -> (origin: String, destination: String)? {
    catalog.associations.first { $0.type == type }.map {
      ($0.origin?.identifier.text ?? "", $0.destination?.identifier.text ?? "")
    }
  }

  // The table of relations in the specification: what the name makes of a link from A to B.
  static let relations: [(name: String, type: AssociationType, isSwapped: Bool)] = [
    ("requires", .precedes, true), ("isEnabledBy", "ext:precedesSoftly", true),
    ("desires", "ext:precedesSoftly", true), ("narrows", .isChildOf, false),
    ("isEquivalentTo", .exactMatchOf, false), ("implies", "ext:implies", false),
    ("isRelatedTo", .isRelatedTo, false),
  ]

  @Test(
    "relations of CaSS become types of CASE, from prerequisite to dependent",
    arguments: relations)
  func cassRelations(name: String, type: AssociationType, isSwapped: Bool) throws {
    let text = """
      [{"@type":"Framework","@id":"f","name":"F"},
      {"@type":"Competency","@id":"https://c.example/a/1700000000000","name":"A"},
      {"@type":"Competency","@id":"b","name":{"@language":"en","@value":"B"},
      "ceasn:codedNotation":"B.1","description":"more"},
      {"@type":"Relation","@id":"r","source":"https://c.example/a","target":"b",
      "relationType":"\(name)"}]
      """
    let reading = try Self.read(text)
    #expect(reading.format == .cass)
    let catalog = reading.catalog
    #expect(catalog.items[1].code == "B.1")
    #expect(catalog.items[1].fullStatement == "B")
    #expect(catalog.items[1].notes == "more")
    let ends = try #require(Self.link(catalog, type))
    let expected = ["https://c.example/a/1700000000000", "b"]
    #expect([ends.origin, ends.destination] == (isSwapped ? expected.reversed() : expected))
    #expect(catalog.associations.first { $0.type == type }?.identifier == "r")
  }

  static let alignments: [(name: String, type: AssociationType, isSwapped: Bool)] = [
    ("prerequisiteAlignment", .precedes, true), ("exactAlignment", .exactMatchOf, false),
    ("broadAlignment", .isPartOf, false), ("narrowAlignment", .isPartOf, true),
    ("majorAlignment", "ext:majorAlignment", false), ("minorAlignment", .isRelatedTo, false),
  ]

  @Test("alignments of CTDL-ASN and ASN become types of CASE", arguments: alignments)
  func alignmentTypes(name: String, type: AssociationType, isSwapped: Bool) throws {
    let ctdl = """
      {"@graph":[{"@id":"f","@type":"ceasn:CompetencyFramework","ceasn:name":{"en":"F"}},
      {"@id":"a","@type":"ceasn:Competency","ceasn:competencyText":{"en":"A"},
      "ceasn:\(name)":["b"]},
      {"@id":"b","@type":"ceasn:Competency","ceasn:competencyText":{"en":"B"}}]}
      """
    let statement =
      #""http://www.w3.org/1999/02/22-rdf-syntax-ns#type":"#
      + #"[{"type":"uri","value":"http://purl.org/ASN/schema/core/Statement"}]"#
    let asn = """
      {"a":{\(statement),"http://purl.org/ASN/schema/core/\(name)":[{"type":"uri","value":"b"}]},
      "b":{\(statement)}}
      """
    for text in [ctdl, asn] {
      let ends = try #require(Self.link(try Self.read(text).catalog, type))
      #expect([ends.origin, ends.destination] == (isSwapped ? ["b", "a"] : ["a", "b"]))
    }
  }

  static let mappings: [(name: String, type: AssociationType, isSwapped: Bool)] = [
    ("exactMatch", .exactMatchOf, false), ("broadMatch", .isPartOf, false),
    ("narrowMatch", .isPartOf, true), ("closeMatch", "ext:majorAlignment", false),
    ("relatedMatch", .isRelatedTo, false), ("related", .isRelatedTo, false),
    ("broader", .isChildOf, false), ("narrower", .isChildOf, true),
  ]

  @Test("links of SKOS become types of CASE", arguments: mappings)
  func skosMappings(name: String, type: AssociationType, isSwapped: Bool) throws {
    let reading = try Self.read(
      """
      {"@graph":[{"@id":"urn:x:s","@type":"skos:ConceptScheme","dct:title":"S"},
      {"@id":"urn:x:a","@type":["skos:Concept"],"skos:prefLabel":[{"@value":"A","@language":"de"}],
      "skos:notation":"1","skos:\(name)":{"@id":"urn:x:b"}},
      {"@id":"urn:x:b","@type":"skos:Concept","skos:prefLabel":{"en":"B"},
      "skos:definition":"All of B."}]}
      """)
    #expect(reading.format == .skos)
    #expect(reading.catalog.items[0].language == "de")
    #expect(reading.catalog.items[1].abbreviatedStatement == "B")
    #expect(reading.catalog.items[1].fullStatement == "All of B.")
    let ends = try #require(Self.link(reading.catalog, type))
    let expected = ["urn:x:a", "urn:x:b"]
    #expect([ends.origin, ends.destination] == (isSwapped ? expected.reversed() : expected))
  }

  @Test("a prerequisite for a higher level than what builds on it is told")
  func againstGrade() throws {
    let reading = try Self.read(
      """
      {"@graph":[{"@id":"a","@type":"ceasn:Competency","ceasn:competencyText":{"en":"A"},
      "ceasn:educationLevelType":"http://x.example/8","ceasn:prerequisiteAlignment":"b"},
      {"@id":"b","@type":"ceasn:Competency","ceasn:competencyText":{"en":"B"},
      "ceasn:educationLevelType":["http://x.example/9"]}]}
      """)
    let finding = try #require(
      reading.findings.first { $0.code == "catalog.prerequisite_against_grade" })
    #expect(finding.message.contains("b comes before a"))
    #expect(reading.catalog.items.map(\.educationLevels) == [["08"], ["09"]])
  }

  @Test("ASN: document, codes, levels and order from above")
  func asn() throws {
    let type = { (name: String) in
      #""http://www.w3.org/1999/02/22-rdf-syntax-ns#type":"#
        + #"[{"type":"uri","value":"http://purl.org/ASN/schema/core/\#(name)"}]"#
    }
    let catalog = try Self.read(
      """
      {"d.json":{"http://xmlns.com/foaf/0.1/primaryTopic":[{"value":"d","type":"uri"}],
      "http://creativecommons.org/ns#license":[{"value":"https://l.example/by","type":"uri"}]},
      "d":{\(type("StandardDocument")),
      "http://purl.org/dc/elements/1.1/title":[{"value":"T","type":"literal","lang":"en-US"}],
      "http://purl.org/gem/qualifiers/hasChild":[{"value":"s2"},{"value":"s1"}]},
      "s1":{\(type("Statement")),
      "http://purl.org/dc/terms/description":[{"value":"One","type":"literal","lang":"es"}],
      "http://purl.org/ASN/schema/core/statementNotation":[{"value":"1.A"}],
      "http://purl.org/dc/terms/educationLevel":[
      {"value":"http://purl.org/ASN/scheme/ASNEducationLevel/K","type":"uri"},
      {"value":"http://purl.org/ASN/scheme/ASNEducationLevel/10","type":"uri"}]},
      "s2":{\(type("Statement")),"http://purl.org/ASN/schema/core/comment":[{"value":"Note"}]}}
      """
    ).catalog
    #expect(catalog.document.title == "T")
    #expect(catalog.document.license?.uri == "https://l.example/by")
    #expect(catalog.items.map(\.code) == ["1.A", nil])
    #expect(catalog.items[0].educationLevels == ["KG", "10"])
    #expect(catalog.items[0].language == "es")
    #expect(catalog.items[1].notes == "Note")
    #expect(catalog.outline.map(\.item) == [1, 0])
  }

  @Test("DigComp: areas, competences and outcomes with their levels")
  func digComp() throws {
    let catalog = try Self.read(
      """
      {"@graph":[{"@type":"CompetenceArea","@id":"CompetenceArea/1","name":"Area"},
      {"@type":"Competence","@id":"Competence/1.1","name":"Browsing","description":"To browse.",
      "competence_area_id":"CompetenceArea/1"},
      {"@type":"ProficiencyLevel","@id":"ProficiencyLevel/Basic_1","four_levels_name":"Basic",
      "eight_levels_description":"Guided."},
      {"@type":"LearningOutcome","@id":"LearningOutcome/LO1.1.01","description":"Finds.",
      "description_nl":"Vindt.","competence_id":"Competence/1.1",
      "four_levels_proficiency_name":"ProficiencyLevel/Basic"}]}
      """
    ).catalog
    #expect(catalog.items.map(\.code) == ["1", "1.1", nil, "LO1.1.01"])
    #expect(
      catalog.parents[CatalogKey("LearningOutcome/LO1.1.01")] == [CatalogKey("Competence/1.1")])
    #expect(catalog.items[3].extensions["description_nl"] == "Vindt.")
    let ends = try #require(Self.link(catalog, .hasSkillLevel))
    #expect(ends.destination == "ProficiencyLevel/Basic")
    #expect(catalog.definitions.concepts.map(\.title) == ["Basic"])
  }

  @Test("OpenSALT: links by code, by identifier and to elsewhere; levels as places")
  func openSALT() throws {
    let catalog = try Self.read(
      """
      Identifier,fullStatement,Human Coding Scheme,Is Child Of,Is Related To,sequenceNumber
      i1,One,M,,,1
      i2,Two,M.1,M,https://x.example/y,7
      i3,Three,M.2,i1,CCSS.1,8
      """
    ).catalog
    #expect(catalog.parents[CatalogKey("i2")] == [CatalogKey("i1")])
    #expect(catalog.parents[CatalogKey("i3")] == [CatalogKey("i1")])
    #expect(catalog.associations.compactMap(\.sequenceNumber) == [7, 8, 1])
    let levels = try Self.read(
      """
      identifier,fullStatement,smartLevel
      a,A,1
      c,C,1.10
      b,B,1.2
      x,X,3.1
      """)
    #expect(
      levels.catalog.outline.map { levels.catalog.items[$0.item].identifier }
        == ["a", "b", "c", "x"])
    #expect(levels.findings.contains { $0.code == "catalog.dangling_link" && $0.place.line == 5 })
  }

  static let courses: [(code: String, identifier: Identifier, parts: [String: String])] = [
    ("02052", "02052", [:]), ("2052", "02052", [:]),
    ("02052G1.0011", "02052G1.0011", ["level": "G", "credit": "1.00", "sequence": "1 of 1"]),
    ("52031E030312", "52031E030312", ["level": "E", "grade span": "0303", "sequence": "1 of 2"]),
  ]

  @Test("SCED: codes in both forms, with the area above", arguments: courses)
  func sced(code: String, identifier: Identifier, parts: [String: String]) throws {
    let reading = try Self.read(
      "Course Code,Course Title,Course Description,Subject Area\n"
        + "\(code),Algebra I,Linear things.,02 - Mathematics\n")
    let item = try #require(reading.catalog.items.first { $0.itemType == "Course" })
    #expect(item.identifier == identifier)
    #expect(item.abbreviatedStatement == "Algebra I")
    for (name, value) in parts { #expect(item.extensions["sced.\(name)"] == .string(value)) }
    let area = try #require(reading.catalog.items.first { $0.itemType == "Subject Area" })
    #expect(area.fullStatement == "Mathematics")
    #expect(reading.catalog.parents[CatalogKey(identifier)] == [CatalogKey(area.identifier)])
    #expect(reading.catalog.document.frameworkType == "CourseCodes")
  }

  static let wrongCourses = ["205", "ABCDE", "02052G1.001", "020521234567", ""]

  @Test("SCED: what is no code is told with its line", arguments: wrongCourses)
  func scedFaults(code: String) throws {
    let reading = try Self.read("Course Code,Course Title\n\(code),Algebra\n", .sced)
    #expect(reading.findings.contains { $0.code == "catalog.sced_code" && $0.place.line == 2 })
    #expect(reading.catalog.items.contains { $0.statement == "Algebra" })
  }

  @Test("rich skills: names, statements, key words and what has no field")
  func richSkills() throws {
    let catalog = try Self.read(
      """
      {"uuid":"u","name":"Collection","skills":[{"uuid":"s","id":"https://o.example/s",
      "skillName":"Care","skillStatement":"Cares.","keywords":["k"],"category":"Health",
      "employers":[{"name":"E"}]}]}
      """
    ).catalog
    let item = try #require(catalog.items.first)
    #expect(catalog.identifier == "u")
    #expect(item.abbreviatedStatement == "Care")
    #expect(item.uri == "https://o.example/s")
    #expect(item.keywords == ["k"])
    #expect(item.itemType == "Health")
    #expect(item.extensions["employers"] != nil)
  }

  @Test("statements in several languages keep all of them")
  func languages() throws {
    let catalog = try Self.read(
      """
      {"@graph":[{"@id":"a","@type":"ceasn:Competency",
      "ceasn:competencyText":{"en":"Adds.","es":"Suma."}}]}
      """
    ).catalog
    #expect(catalog.items[0].fullStatement == "Adds.")
    #expect(catalog.items[0].language == "en")
    #expect(catalog.items[0].extensions["ceasn:competencyText"]?.object?["es"] == "Suma.")
  }

  @Test("a catalog without a name takes that of its file")
  func titles() throws {
    let reading = try Self.read("vendor_guid,object_type,title,parent_guids\nx,group,X,\n")
    #expect(reading.catalog.document.title == "ours")
    #expect(reading.findings.contains { $0.code == "catalog.no_document" })
    #expect(reading.catalog.identifier.utf8.count == 36)
  }
}
