import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Maps, lists and tables of no system")
struct GeneralFormatTests {
  static func read(_ text: String, _ format: CatalogFormat? = nil) throws -> CatalogReading {
    try Catalog.reading(Array(text.utf8), as: format, file: "ours.txt")
  }

  static func links(_ catalog: Catalog, _ type: AssociationType) -> [String] {
    catalog.associations.filter { $0.type == type }.map {
      "\($0.origin?.identifier.text ?? "?")>\($0.destination?.identifier.text ?? "?")"
    }
  }

  static func codes(_ reading: CatalogReading) -> [String] {
    reading.findings.filter { $0.severity >= .warning }.map(\.code.description)
  }

  @Test("lists of one map that share identifiers are kept apart")
  func listsApart() throws {
    let reading = try Self.read(
      """
      {"source": "Ours", "standards": [
        {"id": "1", "code": "K.1", "cluster": "1", "statement": "Counts.", "hard": true},
        {"id": 2, "code": "K.2", "cluster": "7", "statement": "Adds."}],
      "clusters": [{"id": "1", "our_domain_id": "1", "name": "Counting"}],
      "domains": [{"id": "1", "name": "Numbers", "grade": "K"}],
      "edges": [{"from": "1", "to": "2"}],
      "nd_edges": [{"from": "1", "to": "2"}, {"from": "2", "to": "1"}]}
      """)
    let catalog = reading.catalog
    #expect(reading.format == .prerequisiteMap)
    #expect(catalog.items.map(\.identifier) == ["1", "2", "clusters/1", "domains/1"])
    #expect(catalog.items.map(\.itemType) == ["standards", "standards", "clusters", "domains"])
    #expect(catalog.items[3].educationLevels == ["KG"])
    #expect(catalog.items[0].extensions["hard"] == .boolean(true))
    #expect(Self.links(catalog, .precedes) == ["1>2"])
    #expect(Self.links(catalog, .isRelatedTo) == ["1>2"])
    #expect(catalog.parents[CatalogKey("1")] == [CatalogKey("clusters/1")])
    #expect(catalog.parents[CatalogKey("clusters/1")] == [CatalogKey("domains/1")])
    #expect(Self.codes(reading) == ["catalog.dangling_link"])
    #expect(reading.findings.contains { $0.code == "catalog.both_directions" })
    #expect(reading.findings.count { $0.code == "catalog.prefixed_identifier" } == 2)
  }

  static let dependents = [
    #"[{"tag":"add","id":"x1","title":"Adding"},"#
      + #"{"tag":"mul","id":"x2","dependencies":[{"tag":"add","reason":"Repeats."}]}]"#,
    #"{"nodes":[{"slug":"add"},{"slug":"mul","prerequisites":["add"]}]}"#,
    #"[{"name":"mul","depends_on":"add"},{"name":"add"}]"#,
  ]

  @Test("what comes first may stand in what builds on it", arguments: dependents)
  func inside(text: String) throws {
    let reading = try Self.read(text)
    #expect(reading.format == .prerequisiteMap)
    #expect(Self.links(reading.catalog, .precedes) == ["add>mul"])
    let reason = reading.catalog.associations.first { $0.type == .precedes }?.members["notes"]
    #expect(reason == (text.contains("reason") ? "Repeats." : nil))
  }

  @Test("what has no place of its own stays, also a second text and a text of another type")
  func nothingIsLost() throws {
    let map = try Self.read(
      #"""
      {"name":"T","made":{"by":"us"},"empty":[],"list":[1],"by":[{"name":"Jo"}],"nodes":[
      {"id":"a","title":{"en":"A"},"name":"A","label":"Letter","grade":["1",{"x":1}]},
      {"id":"b","description":"B","summary":"Bee","prerequisites":["a",true,{"reason":"?"}]}],
      "edges":[{"from":"a","to":"b","type":["x"],"kind":"soft","weight":2}]}
      """#)
    let extensions = map.catalog.items.map(\.extensions)
    #expect(map.catalog.items.map(\.statement) == ["A", "B"])
    #expect(extensions[0].members.map(\.name) == ["title", "label", "grade"])
    #expect(extensions[1]["summary"] == "Bee")
    #expect(map.catalog.document.extensions.members.map(\.name) == ["made", "list", "by"])
    let soft = try #require(
      map.catalog.associations.first { $0.type == "ext:precedesSoftly" })
    #expect(soft.extensions.members.map(\.name) == ["type", "weight"])
    #expect(Self.codes(map) == ["catalog.shape", "catalog.shape"])
    let sheet = try Self.read("Code,Standard Code,Statement,Description,id,guid\n1,S1,A,More,i,g\n")
    let item = try #require(sheet.catalog.items.first)
    #expect(item.identifier == "i")
    #expect(
      item.extensions.members.map(\.name) == [
        "code-table.Standard Code", "code-table.Description", "code-table.guid",
      ])
    let list = try Self.read("source,target,from,to,kind\na,b,x,y,Arrow\n", .edgeList)
    #expect(list.catalog.associations.first?.extensions.members.count == 2)
  }

  @Test("other dashes and underscores name the same item, unless two have them")
  func spellings() throws {
    let reading = try Self.read(
      #"""
      {"nodes":[{"id":"a_b"},{"id":"c-d"},{"id":"c_d"},{"id":"e"}],
      "edges":[{"from":"a-b","to":"e"},{"from":"c-d","to":"e"},{"from":"no","to":"e"}]}
      """#)
    #expect(Self.links(reading.catalog, .precedes) == ["a_b>e", "c-d>e", "no>e"])
    #expect(Self.codes(reading).contains("catalog.respelled_end"))
    #expect(Self.codes(reading).count { $0 == "catalog.dangling_link" } == 1)
  }

  @Test("words say what a link means, and links without both ends are told")
  func words() throws {
    let reading = try Self.read(
      """
      Source;Target;Kind;Why
      a;b;Arrow;because
      b;a;Nondirectional link;
      a;c;requires;
      ;c;;
      b;c;optional;
      c;a;ours;
      """)
    let catalog = reading.catalog
    #expect(reading.format == .edgeList)
    #expect(catalog.items.map(\.identifier) == ["a", "b", "c"])
    #expect(Self.links(catalog, .precedes) == ["a>b", "c>a"])
    #expect(Self.links(catalog, .isRelatedTo) == ["b>a"])
    #expect(Self.links(catalog, "ext:precedesSoftly") == ["b>c"])
    #expect(Self.links(catalog, "ours") == ["c>a"])
    let shape = reading.findings.first { $0.code == "catalog.shape" }
    #expect(shape?.place.line == 5)
    #expect(catalog.associations.first { $0.type == .precedes }?.members["notes"] == "because")
  }

  @Test("a district's sheet has strands, levels and codes")
  func districtSheet() throws {
    let reading = try Self.read(
      """
      Subject,Grade,Domain,Cluster,Standard Code,Standard Description,DOK
      Math,3,Number,Adding,M.3.1,Adds to 1000.,2
      Math,"3, 4",Number,Adding,M.3.2,Subtracts.,
      Math,Grade 4,Number,,M.4.1,Multiplies.,1
      Math,K,Shapes,Adding,M.K.1,Names shapes.,1
      Math,K,Shapes,Adding,M.K.1,Names shapes.,1
      """)
    let catalog = reading.catalog
    #expect(reading.format == .codeTable)
    let outline = catalog.outline.map { place, depth in
      "\(depth) \(catalog.items[place].code ?? catalog.items[place].statement)"
    }
    #expect(
      outline == [
        "0 Number", "1 Adding", "2 M.3.1", "2 M.3.2", "1 M.4.1", "0 Shapes", "1 Adding", "2 M.K.1",
        "2 M.K.1",
      ])
    let item = try #require(catalog.items.first { $0.identifier == "M.3.2" })
    #expect(item.educationLevels == ["03", "04"])
    #expect(item.subjects == ["Math"])
    #expect(catalog.items.first { $0.code == "M.4.1" }?.educationLevels == ["04"])
    #expect(
      catalog.items.first { $0.code == "M.3.1" }?.extensions["code-table.DOK"] == "2")
    let twice = reading.findings.first { $0.code == "catalog.duplicate_identifier" }
    #expect(twice?.place.line == 6)
  }

  static let headings: [(text: String, format: CatalogFormat?)] = [
    ("Standard,Description\n1,A\n", .codeTable), ("code,name\n1,A\n", .codeTable),
    ("catalog,code\nours,1\n", .codeTable), ("Code\n1\n", nil), ("Standard,Title\n1,A\n", nil),
    ("id,name\n1,A\n", nil), ("from,to\na,b\n", .edgeList), ("from,to,price\na,b,1\n", nil),
    ("begin,end\n1,2\n", nil), ("begin,end,kind\na,b,Arrow\n", .edgeList),
    ("jurisdiction,title,id\nOurs,T,1\n", .documentList), ("title,id,publisher\nT,1,P\n", nil),
    // Tables of systems have some of these headings too.
    ("Course Code,Course Title,code,statement\n02052,A,1,A\n", .sced),
    ("vendor_guid,object_type,title,code,description\na,outcome,A,1,A\n", .canvas),
    ("Identifier,fullStatement,code,humanCodingScheme\na,A,1,1\n", .openSALT),
  ]

  @Test("headings decide what a table is, and systems come first", arguments: headings)
  func recognition(text: String, format: CatalogFormat?) {
    #expect(CatalogFormat.recognizing(Array(text.utf8)) == format)
  }

  static let trees: [(text: String, format: CatalogFormat?)] = [
    (#"{"nodes":[{"id":"a"}],"edges":[{"from":"x","to":"y"}]}"#, nil),
    (#"{"nodes":[{"id":"a"}]}"#, nil), (#"[{"id":"a"},{"id":"b"}]"#, nil),
    (#"{"edges":[{"from":"x","to":"y"}]}"#, nil),
    (#"{"nodes":[{"id":"x"}],"edges":[{"from":"x","to":"y"}]}"#, .prerequisiteMap),
    (
      #"{"CFDocument":{},"nodes":[{"id":"x"}],"edges":[{"from":"x","to":"y"}]}"#, .casePackage
    ),
  ]

  @Test("a map needs links that name its nodes", arguments: trees)
  func maps(text: String, format: CatalogFormat?) {
    #expect(CatalogFormat.recognizing(Array(text.utf8)) == format)
  }

  @Test("a drawing that was written as JSON is read as a map")
  func drawing() throws {
    let catalog = try SmallCatalog.catalog(
      ["a|1||Counts.", "b|2||Adds."], ["a precedes b"])
    let picture = GraphPicture(PrerequisiteGraph([catalog]), of: [catalog])
    let reading = try Self.read(picture.json)
    #expect(reading.format == .prerequisiteMap)
    #expect(reading.catalog.items.map(\.statement) == ["Counts.", "Adds."])
    #expect(Self.links(reading.catalog, .precedes) == ["a>b"])
  }

  @Test("documents stand below their jurisdictions")
  func documents() throws {
    let reading = try Self.read(
      "jurisdiction,title,valid,id\nIdaho,Science,2006,D1\nOhio,Art,2012,D2\nIdaho,Art,1999,D3\n")
    let catalog = reading.catalog
    let outline = catalog.outline.map { "\($0.depth) \(catalog.items[$0.item].statement)" }
    #expect(outline == ["0 Idaho", "1 Science", "1 Art", "0 Ohio", "1 Art"])
    #expect(catalog.items.first { $0.identifier == "D3" }?.members["statusStartDate"] == "1999")
    #expect(Self.codes(reading) == [])
  }
}
