import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Reading a graph alone")
struct GraphReadingTests {
  static let shapes: [String] = [
    SmallCatalog.text(["a|1||x", "b|2||x", "c|3||x"], ["a precedes b", "b ext:precedesSoftly c"]),
    // Links before items, wrapped lists and objects, other names, addresses for ends.
    """
    {"CFPackage": {"CFAssociationSet": {"CFAssociations": [
      {"CFAssociation": {"associationType": "Precedes", "originNodeURI": "urn:x:/a",
       "destinationNodeURI": {"uri": "https://x.example/b?y#z"}}},
      {"associationType": "precedes", "originNodeURI": {"identifier": "b", "title": "precedes"},
       "destinationNodeURI": {"title": "t"}, "destinationNodeIdentifier": "c",
       "extensions": {"identifier": "no"}}]},
     "CFDocument": {"CFDocument": {"identifier": "d", "title": "T", "version": "1",
      "licenseURI": {"uri": "urn:l", "title": "L"}}},
     "CFItemSet": {"CFItems": [{"sourcedId": "a"}, {"CFItem": {"identifier": "b",
      "educationLevel": "02, 01", "CFItemTypeURI": {"identifier": "type"}}},
      {"identifier": "c"}, 7, null]}}}
    """,
    // UUIDs in several spellings, an end that is not there, a repeated item, escapes.
    """
    {"CFItems": [{"identifier": "6B9D400D-D7CC-41E8-824F-0242AC160002"},
     {"identifier": "6b9d400dd7cc41e8824f0242ac160003"}, {"identifier": "\\u0061\\n"},
     {"identifier": "6b9d400d-d7cc-41e8-824f-0242ac160002"}],
     "CFAssociations": [{"identifier": "l", "associationType": "precedes",
      "originNodeURI": {"identifier": "urn:uuid:6b9d400d-d7cc-41e8-824f-0242ac160002"},
      "destinationNodeURI": {"identifier": "6B9D400DD7CC41E8824F0242AC160003"}},
     {"associationType": "precedes", "originNodeURI": {"identifier": "zz"},
      "destinationNodeURI": {"identifier": "\\u0061\\n"}}]}
    """,
  ]

  private static func compare(_ bytes: [UInt8]) throws {
    let whole = PrerequisiteGraph([try Catalog.reading(case: bytes).catalog])
    let alone = try PrerequisiteGraph.reading(case: bytes)
    #expect(alone.items == whole.items)
    #expect(alone.edges == whole.edges)
    #expect(alone.sources == whole.sources)
    #expect(alone.problems == whole.problems)
    #expect(alone.levels == whole.levels)
    for item in (0..<alone.count).prefix(300) {
      #expect(alone.path(to: item) == whole.path(to: item))
    }
  }

  @Test("the graph is that of the catalog", arguments: shapes)
  func same(text: String) throws {
    try Self.compare(Array(text.utf8))
  }

  @Test("the graph of each sample is that of its catalog", arguments: Samples.packages)
  func samples(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    try Self.compare(bytes)
  }

  @Test("the graph of another format is that of its catalog, and faults of packages stay theirs")
  func others() throws {
    let map = Array(#"{"nodes":[{"id":"a"},{"id":"b"}],"edges":[{"from":"a","to":"b"}]}"#.utf8)
    #expect(try PrerequisiteGraph.reading(map).linkCount == 1)
    #expect(try PrerequisiteGraph.reading(Array("from,to\na,b\nb,c\n".utf8)).levelCount == 3)
    #expect(try PrerequisiteGraph.reading(Array(Self.shapes[0].utf8)).linkCount == 1)
    let error = #expect(throws: CatalogsError.self) {
      try PrerequisiteGraph.reading(Array(#"{"CFItems": [{"identifier": "#.utf8), file: "c")
    }
    #expect(error?.code == .malformed)
  }

  @Test(
    "what is no package is refused as it is for catalogs", arguments: ["[]", "{}", "{", "7", ""])
  func refused(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: CatalogsError.self) { try PrerequisiteGraph.reading(case: bytes) }
    #expect(throws: CatalogsError.self) { try Catalog.reading(case: bytes) }
  }
}
