import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Writing other formats")
struct FormatWritingTests {
  static func read(_ text: String, _ format: CatalogFormat? = nil) throws -> Catalog {
    try Catalog.reading(Array(text.utf8), as: format, file: "c").catalog
  }

  static func lines(_ catalog: Catalog, _ format: CatalogFormat) throws -> [String] {
    String(decoding: try catalog.writing(format).bytes, as: UTF8.self).split(
      whereSeparator: \.isNewline
    ).map(String.init)
  }

  static func losses(_ catalog: Catalog, _ format: CatalogFormat) throws -> [String] {
    try catalog.writing(format).losses.entries.map {
      "\($0.kind).\($0.field) \($0.action) \($0.count)"
    }
  }

  static let package = """
    {"CFDocument":{"identifier":"d","title":"Ours","creator":"We"},
    "CFItems":[{"identifier":"a","fullStatement":"Numbers","humanCodingScheme":"N"},
    {"identifier":"b","fullStatement":"Adds, \\"quickly\\".","humanCodingScheme":"N.1",
    "educationLevel":["01"],"notes":"See 3."}],
    "CFAssociations":[
    {"associationType":"isChildOf","originNodeURI":{"identifier":"a"},
    "destinationNodeURI":{"identifier":"d"},"sequenceNumber":1},
    {"associationType":"isChildOf","originNodeURI":{"identifier":"b"},
    "destinationNodeURI":{"identifier":"a"},"sequenceNumber":1},
    {"associationType":"precedes","originNodeURI":{"identifier":"a"},
    "destinationNodeURI":{"identifier":"b"}}]}
    """

  @Test("Moodle gets a framework and rows, and the report names what Moodle has no place for")
  func moodle() throws {
    let catalog = try Self.read(Self.package)
    let lines = try Self.lines(catalog, .moodle)
    #expect(lines[0].hasPrefix("Parent id number,Id number,Shortname,Description,"))
    #expect(lines[1].hasPrefix(",d,Ours,,1,\"Not yet competent,Competent\","))
    #expect(lines[2] == ",a,N,Numbers,,,,,,,,,,")
    #expect(lines[3] == "a,b,N.1,\"Adds, \"\"quickly\"\".\",,,,,,,,,,")
    #expect(
      try Self.losses(catalog, .moodle) == [
        "CFDocument.creator dropped 1", "CFDocument.extensions.moodle.Description format filled 1",
        "CFDocument.extensions.moodle.Scale values filled 1",
        "CFDocument.extensions.moodle.Scale configuration filled 1",
        "CFDocument.extensions.moodle.Taxonomy filled 1", "CFItem.humanCodingScheme changed 2",
        "CFItem.abbreviatedStatement filled 2", "CFItem.educationLevel dropped 1",
        "CFItem.notes dropped 1", "CFAssociation.precedes dropped 1",
      ])
  }

  @Test("Canvas gets groups before what stands in them, and no document")
  func canvas() throws {
    let catalog = try Self.read(Self.package)
    let lines = try Self.lines(catalog, .canvas)
    #expect(lines[1] == "a,group,N,Numbers,,,,,,,")
    #expect(lines[2] == "b,outcome,N.1,\"Adds, \"\"quickly\"\".\",,,,,a,,")
    #expect(
      try Self.losses(catalog, .canvas) == [
        "CFDocument.identifier dropped 1", "CFDocument.title dropped 1",
        "CFDocument.creator dropped 1", "CFItem.CFItemType filled 2",
        "CFItem.educationLevel dropped 1", "CFItem.notes dropped 1",
        "CFAssociation.precedes dropped 1",
      ])
  }

  @Test("SKOS keeps all but prerequisites and the order of siblings")
  func skos() throws {
    let catalog = try Self.read(Self.package)
    let again = try Self.read(try Self.lines(catalog, .skos).joined(separator: "\n"))
    #expect(again.items.map(\.code) == ["N", "N.1"])
    #expect(again.items[1].notes == "See 3.")
    #expect(again.parents == catalog.parents)
    #expect(
      try Self.losses(catalog, .skos) == [
        "CFAssociation.sequenceNumber dropped 2", "CFAssociation.precedes dropped 1",
      ])
  }

  @Test("JSON lines lose nothing")
  func jsonLines() throws {
    let catalog = try Self.read(Self.package)
    let lines = try Self.lines(catalog, .jsonLines)
    #expect(lines[0] == #"{"CFDocument":{"identifier":"d","title":"Ours","creator":"We"}}"#)
    #expect(lines.count == 6)
    #expect(try Self.losses(catalog, .jsonLines) == [])
    #expect(try Self.read(lines.joined(separator: "\n")).items == catalog.items)
  }

  @Test("own formats go through unchanged, with all columns")
  func same() throws {
    let moodle = """
      Parent id number,Id number,Shortname,Description,Description format,Scale values,\
      Scale configuration,Rule type (optional),Rule outcome (optional),Rule config (optional),\
      Cross referenced competency id numbers,Exported id (optional),Is framework,Taxonomy
      ,F,Team,<p>Work.</p>,1,"No,Yes",[],,,,,,1,"competency,competency"
      ,T1,Listens,<p>To all.</p>,1,,,,0,null,"T2,a%2Cb",1,,
      T1,T2,Speaks,,1,,,,0,null,,2,,
      ,"a,b",Plans,,1,,,,0,null,T1,3,,

      """
    let catalog = try Self.read(moodle)
    let writing = try catalog.writing(.moodle)
    #expect(writing.losses.isEmpty, "\(writing.losses)")
    #expect(String(decoding: writing.bytes, as: UTF8.self) == moodle)
    let canvas = """
      vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,\
      workflow_state,parent_guids,mastery_points,ratings,,,
      m,group,Maths,All,M,,,active,,,,,,
      m.1,outcome,M.1,Adds,Adding,decaying_average,65,active,m,3,4,Exceeds,3,Meets

      """
    let outcomes = try Self.read(canvas)
    #expect(outcomes.items[1].extensions["canvas.ratings"]?.array?.count == 4)
    let written = try outcomes.writing(.canvas)
    #expect(String(decoding: written.bytes, as: UTF8.self) == canvas)
    // The title is that of the file.
    #expect(written.losses.entries.map(\.field) == ["title"], "\(written.losses)")
  }

  @Test("Canvas: an outcome with two parents comes after both")
  func twoParents() throws {
    let text = """
      vendor_guid,object_type,title,parent_guids
      x,group,X,
      o,outcome,O,x y
      y,group,Y,
      """
    let catalog = try Self.read(text)
    let lines = try Self.lines(catalog, .canvas)
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["x", "y", "o"])
    #expect(lines[3].contains(",x y,"))
  }

  @Test("the report is told as text and as JSON, with what the format declares")
  func report() throws {
    let losses = try Self.read(Self.package).writing(.moodle).losses
    #expect(losses.text.contains("CFItem.notes: dropped 1 times; Moodle framework has no place"))
    let json = losses.json.object
    let entries = try #require(json?["losses"]?.array)
    #expect(entries.count == losses.entries.count)
    #expect(
      entries.contains { $0.object?["field"] == "notes" && $0.object?["count"] == .number("1") })
    let declared = try #require(json?["declared"]?.array)
    #expect(declared.contains { $0.object?["field"] == "precedes" })
    #expect(!declared.contains { $0.object?["field"] == "fullStatement" })
  }

  @Test("formats that are only read are refused", arguments: CatalogFormat.allCases)
  func onlyRead(format: CatalogFormat) throws {
    guard !CatalogFormat.writable.contains(format) else { return }
    let catalog = try Self.read(Self.package)
    let error = #expect(throws: CatalogsError.self) { try catalog.writing(format) }
    #expect(error?.code == .option)
  }

  @Test("made-up catalogs: what no report names is as it was", arguments: CatalogFormat.writable)
  func generated(format: CatalogFormat) throws {
    for seed in 0..<200 {
      var random = RandomCatalog(seed: UInt64(seed))
      try RoundTrip.check(random.catalog(), format)
    }
  }

  @Test("what is dropped was declared", arguments: [CatalogFormat.moodle, .canvas, .skos])
  func declared(format: CatalogFormat) throws {
    for seed in 0..<100 {
      var random = RandomCatalog(seed: UInt64(seed))
      let losses = try random.catalog().writing(format).losses
      let names = Set(losses.declared.map { "\($0.kind).\($0.field)" })
      for entry in losses.entries
      where entry.action == .dropped && !entry.field.hasPrefix("extensions.")
        && !entry.field.hasPrefix("ext:") && entry.field != "all"
        && entry.reason != LossReport.repeated
      {
        #expect(names.contains("\(entry.kind).\(entry.field)"))
      }
    }
  }
}
