import Testing

@Suite("cbl: every field of every kind")
struct CBLRoundTripTests {
  @Test("comes back as it was", arguments: ["cbl", "cbl-ndjson"], 1...8)
  func anyRecords(format: String, seed: Int) throws {
    var random = RecordGenerator(seed: UInt64(seed))
    var rows: [MemoryRow] = []
    for kind in MemoryKinds.all {
      for _ in 0..<random.below(12) { rows.append(random.row(kind.name)) }
    }
    var request = MemoryRequest()
    request.batchRows = 1 + random.below(9)
    let host = try MemoryHost(family: "CBL")
    let written = try host.write(rows, as: format, request)
    #expect(written.status == 0)
    #expect(written.losses.isEmpty)
    let reading = try host.read(written.members, as: format)
    #expect(reading.status == 0)
    #expect(reading.problems.isEmpty)
    #expect(reading.rows.map(\.kind) == rows.map(\.kind))
    #expect(reading.rows.map(\.bytes) == rows.map(\.bytes))
    let again = try host.write(reading.rows, as: format, request)
    #expect(again.members == written.members)
  }

  @Test("parts absent from blank, and lists from texts that look like lists")
  func absentAndBlank() throws {
    let rows = [
      MemoryRow("person", ["id": "007", "givenName": "", "grades": "05\u{1F}06"]),
      MemoryRow("person", ["id": "8", "familyName": "O'Brien, \"Al\"", "grades": "[5]"]),
    ]
    let host = try MemoryHost(family: "CBL")
    let tables = try host.write(rows, as: "cbl")
    #expect(
      tables.text("person.csv")
        == "id,givenName,familyName,grades\n007,\"\",,\"[\"\"05\"\",\"\"06\"\"]\"\n"
        + "8,,\"O'Brien, \"\"Al\"\"\",\"[\"\"[5]\"\"]\"\n")
    #expect(
      tables.text("manifest.json")
        == """
        {
          "format": "cbl",
          "version": 1,
          "files": [
            {"name": "person.csv", "kind": "person", "rows": 2, "fields": ["id", "givenName", \
        "familyName", "grades"]}
          ]
        }

        """)
    let lines = try host.write(rows, as: "cbl-ndjson")
    #expect(
      lines.text("records.ndjson")
        == #"{"format":"cbl","version":1}"# + "\n"
        + #"{"record":"person","id":"007","givenName":"","grades":["05","06"]}"# + "\n"
        + #"{"record":"person","id":"8","familyName":"O'Brien, \"Al\"","grades":["[5]"]}"# + "\n"
        + #"{"end":true,"rows":2}"# + "\n")
  }

  @Test("begins a further table when a field turns up")
  func furtherTable() throws {
    let rows = [
      MemoryRow("class", ["id": "a", "title": "A"]), MemoryRow("class", ["id": "b", "code": "B"]),
    ]
    var request = MemoryRequest()
    request.batchRows = 1
    let host = try MemoryHost(family: "CBL")
    let written = try host.write(rows, as: "cbl", request)
    #expect(written.members.map(\.name) == ["class.csv", "class.2.csv", "manifest.json"])
    #expect(written.text("class.2.csv") == "id,title,code\nb,,B\n")
    #expect(try host.read(written.members, as: "cbl").rows.map(\.fields) == rows.map(\.fields))
  }

  @Test("reads attributes and source records before the records they belong to")
  func order() throws {
    let files = [
      MemoryMember("person.csv", "id,name\np,P\n"),
      MemoryMember("x/attribute.csv", "owner,key\np,k\n"),
    ]
    let reading = try MemoryHost(family: "CBL").read(files, as: "cbl")
    #expect(reading.rows.map(\.kind) == ["attribute", "person"])
    #expect(reading.codes() == ["cbl.no_manifest"])
  }
}
