import Testing

@Suite("OneRoster source layer")
struct OneRosterSourceTests {
  private let host: MemoryHost

  init() throws { host = try MemoryHost(family: "OneRoster") }

  private static let orgHeader =
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"

  /// Files whose form must come back byte for byte.
  static let written: [(name: String, orgs: [UInt8])] = [
    ("no final line end", Array("\(orgHeader)\na,,,A,school,,".utf8)),
    ("carriage returns", Array("\(orgHeader)\ra,,,A,school,,\rb,,,B,school,,\r".utf8)),
    ("mixed line ends", Array("\(orgHeader)\r\na,,,A,school,,\nb,,,B,school,,\r\n".utf8)),
    ("byte order mark", [0xEF, 0xBB, 0xBF] + Array("\(orgHeader)\na,,,Å,school,,\n".utf8)),
    ("all quoted", Array("\(orgHeader)\n\"a\",\"\",\"\",\"A\",\"school\",\"\",\"\"\n".utf8)),
    ("needless quotes", Array("\(orgHeader)\na,,,\"A\",school,,\nb,,,B,school,,\n".utf8)),
    ("blank lines", Array("\(orgHeader)\n\na,,,A,school,,\n\n,,,,,,\nb,,,B,school,,\n\n".utf8)),
    ("a rejected row", Array("\(orgHeader)\na,,\nb,,,B,school,,\n".utf8)),
    ("a long row", Array("\(orgHeader)\na,,,A,school,,,,x\n".utf8)),
    ("wrong case", Array("\(orgHeader)\na,,,A,School,,\n".utf8)),
    (
      "other order and extensions",
      Array(
        "name,sourcedId,metadata.b,type,dataLastModified,ext_a,status\nA,a,7,school,,x,\n".utf8)
    ),
    ("headings only", Array("\(orgHeader)\n".utf8)),
    ("line break in a cell", Array("\(orgHeader)\na,,,\"A\r\nB\",school,,\n".utf8)),
  ]

  @Test("brings every form of a file back", arguments: written)
  func forms(name: String, orgs: [UInt8]) throws {
    var members = OneRosterFixture.package(["orgs": ""])
    members[1].bytes = orgs
    let writing = try host.rewrite(members, as: "oneroster-1.2")
    #expect(writing.members.sorted { $0.name < $1.name } == members)
  }

  @Test("writes a changed record from its values and leaves the others as they are")
  func change() throws {
    let text = """
      \(Self.orgHeader)
      a,,,"A",School,,
      b,,,B,school,,

      """
    let members = OneRosterFixture.package(["orgs": text])
    var rows = try host.read(
      members, as: "oneroster-1.2", MemoryRequest(wantsSourceLayer: true)
    ).rows
    for index in rows.indices where rows[index]["id"] == "b" { rows[index]["name"] = "New" }
    let one = try host.write(rows, as: "oneroster-1.2")
    #expect(one.text("orgs.csv") == text.replacing("b,,,B", with: "b,,,New"))
    for index in rows.indices where rows[index]["id"] == "a" { rows[index]["name"] = "A, B" }
    let two = try host.write(rows, as: "oneroster-1.2")
    #expect(two.text("orgs.csv")?.contains("a,,,\"A, B\",school,,\n") == true)
  }

  @Test("counts values that the source's file has no column for")
  func missingColumn() throws {
    let members = OneRosterFixture.package([
      "orgs": "sourcedId,status,dateLastModified,name,type\na,,,A,school\n"
    ])
    var rows = try host.read(
      members, as: "oneroster-1.2", MemoryRequest(wantsSourceLayer: true)
    ).rows
    for index in rows.indices where rows[index].kind == "organization" {
      rows[index]["identifier"] = "7"
    }
    let writing = try host.write(rows, as: "oneroster-1.2")
    #expect(writing.losses.map(\.field) == ["identifier"])
  }

  @Test("keeps the order of the manifest, and changes only what changed")
  func manifest() throws {
    let manifest = "propertyName,value\noneroster.version,1.1\nmanifest.version,1\nfile.orgs,bulk\n"
    let members = [
      MemoryMember("manifest.csv", manifest),
      MemoryMember("orgs.csv", "\(Self.orgHeader)\na,,,A,school,,\n"),
    ]
    var rows = try host.read(
      members, as: "oneroster-1.1", MemoryRequest(wantsSourceLayer: true)
    ).rows
    #expect(try host.write(rows, as: "oneroster-1.1").text("manifest.csv") == manifest)
    rows.append(
      MemoryRow(
        "course", ["id": "c", "title": "C", "organization": "a", "subjects": "x"]))
    let changed = try host.write(rows, as: "oneroster-1.1")
    #expect(changed.text("manifest.csv") == manifest + "file.courses,bulk\n")
  }

  @Test("another version does not use the source layer")
  func otherVersion() throws {
    let members = OneRosterFixture.package(
      ["orgs": "\(Self.orgHeader)\na,,,\"A\",school,,"], version: "1.1")
    let rows = try host.read(
      members, as: "oneroster-1.1", MemoryRequest(wantsSourceLayer: true)
    ).rows
    let writing = try host.write(rows, as: "oneroster-1.2")
    #expect(writing.text("orgs.csv")?.hasSuffix("\r\na,,,A,school,,\r\n") == true)
    #expect(writing.text("manifest.csv")?.contains("oneroster.version,1.2") == true)
  }
}
