import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Reading CASE")
struct ReadingTests {
  /// A package around items and associations, with what the format asks for in the document.
  static func package(items: String = "", associations: String = "", more: String = "") -> [UInt8] {
    Array(
      """
      {"CFDocument":{"identifier":"00000000-0000-4000-8000-000000000001","uri":"urn:x:d",\
      "creator":"A school","title":"Our standards","lastChangeDateTime":"2026-01-01T00:00:00Z"},
      "CFItems":[\(items)],"CFAssociations":[\(associations)]\(more)}
      """.utf8)
  }

  static func read(_ bytes: [UInt8]) throws -> CatalogReading {
    try Catalog.reading(case: bytes, file: "c.json")
  }

  static func item(_ members: String) throws -> (CatalogItem, [Problem]) {
    let reading = try read(package(items: "{\(members)}"))
    return (try #require(reading.catalog.items.first), reading.findings)
  }

  static let good = """
    "identifier":"00000000-0000-4000-8000-000000000002","uri":"urn:x:2","fullStatement":"Add.",\
    "lastChangeDateTime":"2026-01-01T00:00:00Z"
    """

  @Test("an item that keeps to the format has no findings")
  func clean() throws {
    let (item, findings) = try Self.item(
      Self.good + #","humanCodingScheme":"1.1","educationLevel":["01"]"#)
    #expect(findings == [])
    #expect(item.identifier == "00000000-0000-4000-8000-000000000002")
    #expect(item.fullStatement == "Add.")
    #expect(item.code == "1.1")
    #expect(item.educationLevels == ["01"])
  }

  static let levels: [(member: String, levels: [String], code: String?)] = [
    (#""educationLevel":"05""#, ["05"], "case.shape"),
    (#""educationLevel":"05, 06""#, ["05", "06"], "case.shape"),
    (#""educationLevel":["05","06"]"#, ["05", "06"], nil),
    (#""educationalLevel":["05"]"#, ["05"], "case.other_name"),
    (#""educationalLevel":"05,06""#, ["05", "06"], "case.other_name"),
    (#""educationLevel":null"#, [], "case.blank_field"),
    (#""educationLevel":"""#, [], "case.blank_field"),
    (#""educationLevel":[]"#, [], nil),
    (#""educationLevel":7"#, ["7"], "case.shape"),
  ]

  @Test("school levels are read in every shape", arguments: levels)
  func educationLevels(member: String, levels: [String], code: String?) throws {
    let (item, findings) = try Self.item("\(Self.good),\(member)")
    #expect(item.educationLevels == levels)
    #expect(findings.map(\.code.description) == (code.map { [$0] } ?? []))
  }

  static let keywords: [(member: String, words: [String])] = [
    (#""conceptKeywords":"ratio|rate""#, ["ratio", "rate"]),
    (#""conceptKeywords":"ratio, rate""#, ["ratio", "rate"]),
    (#""conceptKeywords":["ratio, rate"]"#, ["ratio, rate"]),
  ]

  @Test("key words are cut where they are one text", arguments: keywords)
  func conceptKeywords(member: String, words: [String]) throws {
    #expect(try Self.item("\(Self.good),\(member)").0.keywords == words)
  }

  static let dates: [(text: String, instant: String)] = [
    ("2017-05-25T18:05:33", "2017-05-25T18:05:33Z"),
    ("2017-05-25 18:05:33", "2017-05-25T18:05:33Z"),
    ("2017-05-25T18:05:33.123456+00:00", "2017-05-25T18:05:33.123456Z"),
    ("2017-05-25T18:05:33+02:00", "2017-05-25T16:05:33Z"),
    ("2017-05-25", "2017-05-25T00:00:00Z"),
  ]

  @Test("moments are read without zone, with fractions, with a blank and as days", arguments: dates)
  func moments(text: String, instant: String) throws {
    let (item, _) = try Self.item(
      #""identifier":"x","fullStatement":"A","lastChangeDateTime":"\#(text)""#)
    #expect(item.lastChange?.description == instant)
  }

  static let ends: [(end: String, identifier: Identifier, title: String?)] = [
    (
      #""originNodeURI":{"title":"T","identifier":"a1","uri":"https://s.example/CFItems/a1"}"#,
      "a1",
      "T"
    ),
    (#""originNodeURI":"https://s.example/uri/a1""#, "a1", nil),
    (#""originNodeURI":{"identifier":"a1"}"#, "a1", nil),
    (#""originNodeURI":{"identifier":"a1","uri":null}"#, "a1", nil),
    (#""originNodeURI":{"uri":"https://s.example/uri/a1?x=1"}"#, "a1", nil),
    (#""originNodeURI":{"sourcedId":"a1"}"#, "a1", nil),
    (#""originNodeIdentifier":"a1","originNodeURI":"https://s.example/other""#, "a1", nil),
    (#""originNodeIdentifier":"a1""#, "a1", nil),
  ]

  @Test("ends of associations are read in every shape", arguments: ends)
  func endShapes(end: String, identifier: Identifier, title: String?) throws {
    let reading = try Self.read(
      Self.package(associations: #"{"associationType":"precedes",\#(end)}"#))
    let origin = try #require(reading.catalog.associations.first?.origin)
    #expect(origin.identifier == identifier)
    #expect(origin.title == title)
  }

  static let codes: [(uri: String, code: String?)] = [
    ("data:text/x-ref;src=X,CCSS.Math%201", "CCSS.Math 1"),
    ("data:text/x-ref-unresolved;base64,Ny5SUC5B", "7.RP.A"),
    ("data:text/x-ref,%4", nil),
    ("https://s.example/a", nil),
  ]

  @Test("codes that were never resolved are taken out of their addresses", arguments: codes)
  func unresolved(uri: String, code: String?) {
    #expect(CatalogLink(identifier: "x", uri: uri).unresolvedCode == code)
  }

  static let types: [(text: String, type: AssociationType)] = [
    ("isChildOf", .isChildOf), ("Is Child Of", .isChildOf), ("is_child_of", .isChildOf),
    ("Exact Match Of", .exactMatchOf), ("isStandardAlignedTo", "isStandardAlignedTo"),
    ("ext:precedesAny.g1", "ext:precedesAny.g1"),
  ]

  @Test("types of associations are read as words and kept where unknown", arguments: types)
  func typeNames(text: String, type: AssociationType) {
    #expect(AssociationType(reading: text) == type)
  }

  @Test("sequence numbers may be text and pass 32 bits")
  func sequence() throws {
    let reading = try Self.read(
      Self.package(
        associations: #"{"sequenceNumber":"12"},{"sequenceNumber":5000000000},{"sequenceNumber":3}"#
      ))
    #expect(reading.catalog.associations.map(\.sequenceNumber) == [12, 5_000_000_000, 3])
  }

  static let wrapped: [(name: String, text: String)] = [
    ("package", #"{"CFPackage":{"CFDocument":{"identifier":"d"},"CFItems":[{"identifier":"a"}]}}"#),
    ("set", #"{"CFDocument":{"identifier":"d"},"CFItemSet":{"CFItems":[{"identifier":"a"}]}}"#),
    ("inner set", #"{"CFDocument":{"identifier":"d"},"CFItems":{"CFItems":[{"identifier":"a"}]}}"#),
    ("item", #"{"CFDocument":{"identifier":"d"},"CFItems":[{"CFItem":{"identifier":"a"}}]}"#),
    (
      "document", #"{"CFDocument":{"CFDocument":{"identifier":"d"}},"CFItems":[{"sourcedId":"a"}]}"#
    ),
    (
      "definitions",
      #"{"CFDocument":{"identifier":"d"},"CFItems":[{"identifier":"a"}],"CFDefinitions":[]}"#
    ),
    (
      "nulls",
      #"{"CFDocument":{"identifier":"d"},"CFItems":[{"identifier":"a"}],"CFRubrics":null,"x":[1]}"#
    ),
    ("strays", #"{"CFDocument":{"identifier":"d"},"CFItems":[7,{"identifier":"a"},"x",null]}"#),
    (
      "beside",
      #"{"note":"n","CFPackage":{"CFDocument":{"identifier":"d"},"CFItems":[{"identifier":"a"}]}}"#
    ),
  ]

  @Test("objects around parts are seen through and written again", arguments: wrapped)
  func wrappers(name: String, text: String) throws {
    let catalog = try Self.read(Array(text.utf8)).catalog
    #expect(catalog.identifier == "d", "\(name)")
    #expect(catalog.items.map(\.identifier) == ["a"], "\(name)")
    #expect(String(decoding: catalog.source.text(), as: UTF8.self) == text)
  }

  @Test("a finding has file, line, byte and identifier")
  func places() throws {
    let text =
      "{\n \"CFDocument\": {},\n \"CFItems\": [\n  {\"identifier\": \"a\", \"zzz\": 1}\n ]\n}"
    let finding = try #require(
      Self.read(Array(text.utf8)).findings.first { $0.code == "case.unknown_field" })
    #expect(finding.place == Place(file: "c.json", line: 4, column: 3, pointer: "/CFItems/0/zzz"))
    #expect(finding.message.contains("CFItem a"))
  }

  @Test("two items with one identifier are an error, also when case and dashes differ")
  func duplicates() throws {
    let reading = try Self.read(
      Self.package(
        items: """
          {"identifier":"AAAAAAAA-0000-4000-8000-000000000002","fullStatement":"x"},
          {"identifier":"aaaaaaaa000040008000000000000002","fullStatement":"y"}
          """))
    #expect(reading.findings.filter { $0.code == "case.duplicate_identifier" }.count == 1)
    #expect(reading.catalog.items.count == 2)
  }

  @Test("an association without identifier gets the same one every time")
  func derived() throws {
    let text =
      #"{"associationType":"precedes","originNodeURI":{"identifier":"a"},"destinationNodeURI":{"identifier":"b"}}"#
    let first = try #require(
      try Self.read(Self.package(associations: text)).catalog.associations.first)
    #expect(first.identifier.isEmpty)
    #expect(first.stableIdentifier(in: "d") == first.stableIdentifier(in: "d"))
    #expect(first.stableIdentifier(in: "d") != first.stableIdentifier(in: "e"))
    #expect(first.stableIdentifier(in: "d").utf8.count == 36)
  }

  static let broken: [(name: String, bytes: [UInt8], code: CatalogsError.Code)] = [
    ("empty", [], .malformed),
    ("cut", Array(package(items: "{\(good)}").dropLast(9)), .malformed),
    ("not an object", Array("[1]".utf8), .notACatalog),
    ("other object", Array(#"{"a":1}"#.utf8), .notACatalog),
    (
      "bad UTF-8", Array(#"{"CFDocument":{"title":""#.utf8) + [0xFF] + Array(#""}}"#.utf8),
      .encoding
    ),
    ("deep", Array(repeating: UInt8(ascii: "["), count: 10_000), .limit),
    ("half UTF-16", [0xFF, 0xFE, 0x7B], .encoding),
    ("lone surrogate", [0xFF, 0xFE, 0x00, 0xD8, 0x7B, 0x00], .encoding),
    ("member twice", Array(#"{"CFDocument":{},"CFDocument":{}}"#.utf8), .malformed),
  ]

  // By their names: some are too long to be told.
  @Test("what cannot be read is an error that says so", arguments: broken.map(\.name))
  func refused(name: String) throws {
    let (_, bytes, code) = try #require(Self.broken.first { $0.name == name })
    let error = #expect(throws: CatalogsError.self) { try Self.read(bytes) }
    #expect(error?.code == code, "\(name)")
    #expect(error?.place.file == "c.json")
  }

  @Test("UTF-16 and byte order marks are read")
  func encodings() throws {
    let text = String(decoding: Self.package(items: "{\(Self.good)}"), as: UTF8.self)
    let little: [UInt8] =
      [0xFF, 0xFE]
      + text.utf16.flatMap { unit -> [UInt8] in
        [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
    let big: [UInt8] =
      [0xFE, 0xFF]
      + text.utf16.flatMap { unit -> [UInt8] in
        [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    for bytes in [little, big, marked] {
      #expect(try Self.read(bytes).catalog.items.count == 1)
    }
  }

  @Test("every sample is read, and written as it was", arguments: Samples.packages)
  func samples(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let reading = try Catalog.reading(case: bytes, file: name)
    #expect(!reading.catalog.items.isEmpty)
    let written = reading.catalog.source.text(.canonical)
    #expect(try Samples.canonical(written) == Samples.canonical(bytes))
    #expect(try JSONValue(parsing: bytes).text(.canonical) == written)
  }

  @Test("without checks the catalog is the same, and what is read otherwise is still told")
  func unchecked() throws {
    let text = """
      {"CFPackage": {"CFDocument": {"identifier": "d", "color": 1}, "CFItems": [{"identifier": "a"},
      {"identifier": "a"}, 7]}}
      """
    let all = try Catalog.reading(case: Array(text.utf8))
    let few = try Catalog.reading(case: Array(text.utf8), isChecked: false)
    #expect(few.catalog == all.catalog)
    #expect(
      few.findings.map(\.code) == ["case.wrapped", "case.shape", "case.duplicate_identifier"])
    #expect(Set(few.findings).isSubset(of: Set(all.findings)))
    #expect(all.findings.contains { $0.code == "case.missing_field" })
  }
}
