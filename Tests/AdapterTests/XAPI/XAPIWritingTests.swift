import Testing

@Suite("xAPI: writing")
struct XAPIWritingTests {
  private static let one = XAPIReadingTests.statement()
  private static let two = XAPIReadingTests.statement(id: "2", person: "Zoë")

  static let files: [(name: String, text: String)] = [
    ("lines", one + "\n" + two + "\n"), ("no final line end", one + "\n" + two),
    ("CRLF", one + "\r\n" + two + "\r\n"), ("mixed line ends", one + "\r\n" + two + "\n" + one),
    ("blank lines", "\n" + one + "\n\n \n" + two + "\n\n"),
    ("lines that are wrong", "x\n" + one + "\n{\"id\":\n" + two + "\n{"),
    ("blanks around a statement", "  " + one + " \n" + two + "\n"), ("nothing", ""),
    ("only blank lines", "\n\n"), ("byte order mark", "\u{FEFF}" + one + "\n"),
    ("array", "[" + one + "," + two + "]"), ("spread array", "[\n  \(one),\n  \(two)\n]\n"),
    ("uneven array", "[ \(one) ,\n\(two),\(one)]"), ("empty array", "[]\n"),
    ("array of one", "[\(one)]"), ("array with a wrong value", "[\(one),{\"a\":1,},\n\(two)]"),
    ("answer", "{\"statements\":[\(one),\(two)],\"more\":\"\"}"),
    ("answer with what is more first", "{ \"more\": \"/x\",\n \"statements\" : [\n\(one)\n] }\n"),
    ("answer without statements", "{\"statements\":[],\"more\":\"\"}"),
    ("one statement over lines", one.replacing(",\"", with: ",\n\"") + "\n"),
    (
      "statements over lines",
      one.replacing(",\"", with: ",\n\"") + "\n\n" + two.replacing(",\"", with: ",\n\"")
    ),
  ]

  @Test("gives the same bytes for what was read", arguments: files)
  func sameBytes(name: String, text: String) throws {
    let member = MemoryMember("s.json", text)
    let written = try MemoryHost(family: "XAPI").rewrite([member], as: "xapi")
    #expect(written.members == [member])
    #expect(written.losses.isEmpty)
  }

  @Test("gives the same bytes through cbl", arguments: ["cbl", "cbl-ndjson"])
  func throughRecords(format: String) throws {
    let xapi = try MemoryHost(family: "XAPI")
    let cbl = try MemoryHost(family: "CBL")
    for file in Self.files {
      let member = MemoryMember("s.json", file.text)
      let reading = try xapi.read([member], as: "xapi", MemoryRequest(wantsSourceLayer: true))
      let package = try cbl.write(reading.rows, as: format)
      let records = try cbl.read(package.members, as: format)
      #expect(try xapi.write(records.rows, as: "xapi").members == [member])
    }
  }

  @Test("gives the same bytes for UTF-16")
  func utf16() throws {
    let text = Self.one + "\n" + Self.two + "\n"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let member = MemoryMember("s.json", bytes)
    #expect(try MemoryHost(family: "XAPI").rewrite([member], as: "xapi").members == [member])
  }

  @Test("puts several files into lines of one")
  func severalFiles() throws {
    let members = [
      MemoryMember("a.json", "[\n" + Self.one.replacing(",\"", with: ",\r\n\"") + "]"),
      MemoryMember("b.json", Self.two),
    ]
    let written = try MemoryHost(family: "XAPI").rewrite(members, as: "xapi")
    #expect(written.text("statements.ndjson") == Self.one + "\n" + Self.two + "\n")
  }

  static let records = [
    MemoryRow("person", ["id": "p1", "givenName": "Ada", "familyName": "L."]),
    MemoryRow("lineItem", ["id": "quiz 1", "title": "Quiz \"1\"", "class": "c", "maximum": "020"]),
    MemoryRow("alignment", ["owner": "quiz 1", "target": "urn:uuid:1"]),
    MemoryRow(
      "result",
      [
        "id": "11111111-1111-4111-8111-111111111111", "lineItem": "quiz 1", "person": "p1",
        "score": "9.5", "scoreDate": "2025-09-01", "state": "partiallyGraded",
      ]),
    MemoryRow("result", ["id": "r2", "lineItem": "quiz 1", "person": "p1", "state": "exempt"]),
    MemoryRow(
      "result",
      ["id": "r3", "lineItem": "quiz 1", "person": "p1", "status": "tobedeleted", "score": "1"]),
  ]

  @Test("makes a statement of a scored result")
  func made() throws {
    let written = try MemoryHost(family: "XAPI").write(
      Self.records, as: "xapi", MemoryRequest(options: ["homePage": "https://s.example"]))
    #expect(
      written.text("statements.ndjson")
        == #"{"id":"11111111-1111-4111-8111-111111111111","actor":{"objectType":"Agent","#
        + #""name":"Ada L.","account":{"homePage":"https://s.example","name":"p1"}},"#
        + #""verb":{"id":"http://adlnet.gov/expapi/verbs/scored","display":{"en-US":"scored"}},"#
        + #""object":{"objectType":"Activity","id":"https://s.example/lineItems/quiz%201","#
        + #""definition":{"name":{"und":"Quiz \"1\""},"#
        + #""type":"http://adlnet.gov/expapi/activities/assessment"}},"#
        + #""result":{"score":{"scaled":0.475,"raw":9.5,"max":20},"completion":false},"#
        + #""context":{"contextActivities":{"grouping":[{"objectType":"Activity","#
        + #""id":"https://s.example/classes/c"}],"other":[{"objectType":"Activity","#
        + #""id":"urn:uuid:1","definition":{"type":"#
        + #""http://adlnet.gov/expapi/activities/objective"}}]}},"#
        + #""timestamp":"2025-09-01T00:00:00Z","version":"1.0.3"}"# + "\n")
    #expect(written.losses.filter { $0.field == nil }.map(\.count) == [1, 1])
  }

  @Test("joins the evidence of one statement, and names statements always alike")
  func evidence() throws {
    func row(_ target: String) -> MemoryRow {
      MemoryRow(
        "evidence", ["id": "e1", "person": "p", "lineItem": "i", "target": target, "score": "1"])
    }
    let rows = [row("urn:t:1"), row("urn:t:2")]
    let host = try MemoryHost(family: "XAPI")
    let first = try host.write(rows, as: "xapi")
    #expect(first.members == (try host.write(rows, as: "xapi")).members)
    let reading = try host.read(first.members, as: "xapi", MemoryRequest(kinds: ["evidence"]))
    #expect(reading.rows.map { $0["target"] } == ["urn:t:1", "urn:t:2"])
    #expect(reading.rows.compactMap { $0["id"] }.map(\.count) == [36, 36])
    #expect(Set(reading.rows.map { $0["id"] }).count == 1)
  }

  @Test("gives shared samples again byte for byte", .enabled(if: Samples.areThere))
  func samples() throws {
    let host = try MemoryHost(family: "XAPI")
    for member in try Samples.members("xapi") {
      #expect(try host.rewrite([member], as: "xapi").members == [member], "\(member.name)")
      let isStatement = try host.probe([member], as: "xapi") >= 60
      #expect(isStatement == !member.name.contains("result_default"), "\(member.name)")
    }
  }

  @Test("takes grades from shared samples of a course platform", .enabled(if: Samples.areThere))
  func gradedSample() throws {
    let member = try Samples.member("xapi/openedx__edx.grades.subsection.grade_calculated.json")
    let reading = try MemoryHost(family: "XAPI").read(
      [member], as: "xapi", MemoryRequest(kinds: ["evidence"]))
    #expect(reading.rows.count == 1)
    #expect(reading.rows.first?["score"] != nil)
  }
}
