import Testing

@Suite("Moodle outcomes")
struct MoodleOutcomesTests {
  static let export = """
    "outcome_name";"outcome_shortname";"outcome_description";"scale_name";"scale_items";"scale_description"
    "Reads maps";"geo-1";"Finds the way; and back";"Progress";"Not yet,Nearly,Yes";"Three steps"
    "Draws maps";"geo-2";"";"Progress";"Not yet,Nearly,Yes";"Three steps"

    """

  private func read(
    _ text: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryReading {
    try MemoryHost(family: "Moodle").read(
      [MemoryMember("outcomes.csv", text)], as: "moodle-outcomes", request)
  }

  @Test("are targets with a scale from the lowest level")
  func reading() throws {
    let reading = try read(Self.export)
    #expect(reading.status == 0)
    #expect(reading.problems == [])
    #expect(reading.rows("target").map { $0["code"] } == ["geo-1", "geo-2"])
    #expect(reading.rows("target").map { $0["title"] } == ["Reads maps", "Draws maps"])
    #expect(reading.rows("target")[0]["statement"] == "Finds the way; and back")
    #expect(reading.rows("scale").map { $0["id"] } == ["moodle:scale:Progress"])
    #expect(reading.rows("scaleLevel").map { $0["label"] } == ["Not yet", "Nearly", "Yes"])
    #expect(reading.rows("scaleLevel").map { $0["position"] } == ["0", "1", "2"])
    #expect(try read(Self.export, MemoryRequest(wantsSourceLayer: true)).rows("sourceLine") == [])
  }

  static let files = [
    export, export.replacing("\"", with: ""), export.replacing("\n", with: "\r\n"),
    "\u{FEFF}" + export.replacing("Not yet,Nearly", with: "Not yet, Nearly"),
    export + "\n;;;;;\n\"x\";\"geo-1\";\"\";\"a\";\"b\";\"\"\n\"short\";\"row\"\n",
    "scale_items;scale_name;outcome_shortname;outcome_name;note\na,b;S;n1;Name;'=1+1",
  ]

  @Test("come back byte for byte", arguments: files)
  func rewrite(file: String) throws {
    let member = MemoryMember(
      "outcomes.csv",
      file.replacing("\"Finds the way; and back\"", with: "\"Way\"").replacing(
        "Finds the way; and back", with: "Way"))
    let writing = try MemoryHost(family: "Moodle").rewrite([member], as: "moodle-outcomes")
    #expect(writing.status == 0)
    #expect(writing.members == [member])
  }

  @Test("that cannot be imported are left out and reported")
  func faults() throws {
    let text =
      Self.export
      + "\"Twice\";\"geo-1\";\"\";\"S\";\"a,b\";\"\"\n\"None\";\"geo-3\";\"\";\"\";\"\";\"\"\n"
    let reading = try read(text)
    #expect(reading.rows("target").count == 2)
    #expect(reading.codes(from: 3) == ["moodle.outcome_twice", "moodle.outcome_incomplete"])
    #expect(try read("outcome_name;x\na;b\n").codes(from: 4) == ["moodle.outcomes_header"])
  }

  @Test("are written for targets of any source that have a scale")
  func writing() throws {
    let rows = [
      MemoryRow("scale", ["id": "s", "title": "Steps"]),
      MemoryRow("scaleLevel", ["scale": "s", "label": "Yes", "position": "1"]),
      MemoryRow("scaleLevel", ["scale": "s", "label": "No, never", "position": "0"]),
      MemoryRow("framework", ["id": "math"]),
      MemoryRow(
        "target",
        ["id": "t1", "framework": "math", "statement": "Adds", "scale": "s", "code": "M1"]),
      MemoryRow("target", ["id": "t2", "framework": "math", "title": "Lost"]),
    ]
    let writing = try MemoryHost(family: "Moodle").write(rows, as: "moodle-outcomes")
    #expect(
      writing.text("math.csv")?.split(separator: "\n").last
        == "\"Adds\";\"M1\";\"Adds\";\"Steps\";\"No; never,Yes\";\"\"")
    #expect(
      writing.losses.map(\.text) == [
        "1 scale.id", "2 scaleLevel.scale", "1 scaleLevel.label", "1 target", "1 target.id",
        "1 target.scale",
      ])
  }
}

@Suite("Moodle competencies")
struct MoodleCompetenciesTests {
  static let header =
    "\"Parent ID number\",\"ID number\",\"Short name\",Description,\"Description format\","
    + "\"Scale values\",\"Scale configuration\",\"Rule type (optional)\","
    + "\"Rule outcome (optional)\",\"Rule config (optional)\","
    + "\"Cross-referenced competency ID numbers\",\"Exported ID (optional)\",\"Is framework\","
    + "Taxonomy\n"
  static let configuration =
    "\"[{\"\"scaleid\"\":\"\"2\"\"},{\"\"id\"\":2,\"\"scaledefault\"\":1,\"\"proficient\"\":1}]\""
  static let framework =
    ",FW,Frame,\"<p>One</p>\n<p>Two</p>\",1,\"Not yet,Yes\",\(configuration),,,,,1,1,"
    + "\"domain,skill\"\n"
  static let export =
    header + framework
    + ",a,A,,1,,,core_competency\\\\competency_rule_all,2,null,,2,,\n"
    .replacing("\\\\", with: "/")
    + "a,\"b,1\",B,\"<b> x\",4,,,,0,null,\"c,a\",3,,\n" + "a,c,C,,2,,,,,,\"b%2C1\",4,,\n"

  private func read(
    _ text: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryReading {
    try MemoryHost(family: "Moodle").read(
      [MemoryMember("fw.csv", text)], as: "moodle-competencies", request)
  }

  @Test("are a framework, targets, links and a scale")
  func reading() throws {
    let reading = try read(Self.export)
    #expect(reading.status == 0)
    #expect(reading.problems == [])
    let framework = reading.rows("framework").first
    #expect(framework?["id"] == "FW")
    #expect(framework?["description"] == "<p>One</p>\n<p>Two</p>")
    #expect(framework?["descriptionFormat"] == "html")
    #expect(framework?["taxonomy"] == "domain\u{1F}skill")
    #expect(framework?["scale"] == "moodle:scale:2")
    let targets = reading.rows("target")
    #expect(targets.map { $0["id"] } == ["a", "b,1", "c"])
    #expect(targets.allSatisfy { $0["framework"] == "FW" })
    #expect(targets.map { $0["ruleOutcome"] } == ["complete", "none", ""])
    #expect(targets[1]["descriptionFormat"] == "markdown")
    #expect(targets.map { $0["position"] } == ["0", "0", "1"])
    let links = reading.rows("association")
    #expect(
      links.map { "\($0["fromTarget"] ?? "") \($0["type"] ?? "") \($0["toTarget"] ?? "")" } == [
        "b,1 isChildOf a", "b,1 isRelatedTo c", "b,1 isRelatedTo a", "c isChildOf a",
        "c isRelatedTo b,1",
      ])
    #expect(reading.rows("scaleLevel").map { $0["default"] } == ["false", "true"])
    #expect(reading.rows("scaleLevel").map { $0["mastery"] } == ["false", "true"])
    #expect(try read(Self.export, MemoryRequest(wantsSourceLayer: true)).rows("sourceLine") == [])
  }

  static let files = [
    export, export.replacing("\n", with: "\r\n"), "\u{FEFF}" + export,
    header + ",a,A,,1,,,,,,,2,,\n" + framework,
    header + ",a,A,,1,,,,,,,2,,\n",
    header + framework + "zz,a,A,,1,\"x, y\",not json,,,,\"q\",2,,\n,a,A,,1,,,,,,,2,,\n\n",
    header + framework + "a,a,A,,1,,,,,,\n,,,,,,,,,,,,,\n",
  ]

  @Test("come back byte for byte", arguments: files)
  func rewrite(file: String) throws {
    let member = MemoryMember("fw.csv", file)
    let writing = try MemoryHost(family: "Moodle").rewrite([member], as: "moodle-competencies")
    #expect(writing.status == 0)
    #expect(writing.members == [member])
  }

  @Test("of odd files are read with problems")
  func faults() throws {
    let none = try read(Self.header + ",a,A,,1,,,,,,,2,,\n")
    #expect(none.codes() == ["moodle.no_framework"])
    #expect(none.rows("target").count == 1)
    let odd = try read(
      Self.header + Self.framework + "zz,a,A,,1,\"x,y\",not json,,,,q,2,,\n,a,B,,1,,,,,,,,,\n"
        + "d,d,D,,1,,,,,,,,,\n,,E,,1,,,,,,,,,\n")
    #expect(
      odd.codes(from: 1) == [
        "moodle.parent_unknown", "moodle.related_unknown", "moodle.scale_configuration",
        "moodle.competency_twice", "moodle.parent_cycle", "moodle.competency_id",
      ])
    #expect(odd.rows("target").count == 2)
    let strict = try read(
      Self.header + ",a,A,,1,,,,,,,2,,\n", MemoryRequest(isStrict: true))
    #expect(strict.status == 2)
  }

  @Test("are written from a catalog of any source")
  func writing() throws {
    let rows = [
      MemoryRow("scale", ["id": "s", "title": "Steps"]),
      MemoryRow("scaleLevel", ["scale": "s", "label": "No", "position": "0"]),
      MemoryRow("scaleLevel", ["scale": "s", "label": "Yes", "position": "1", "mastery": "true"]),
      MemoryRow("framework", ["id": "math", "title": "Mathematics", "scale": "s"]),
      MemoryRow("target", ["id": "u1", "framework": "math", "statement": "Adds", "code": "M1"]),
      MemoryRow("target", ["id": "u2", "framework": "math", "title": "Sub", "code": "M1"]),
      MemoryRow("association", ["type": "isChildOf", "fromTarget": "u1", "toTarget": "math"]),
      MemoryRow("association", ["type": "isChildOf", "fromTarget": "u2", "toTarget": "u1"]),
      MemoryRow("association", ["type": "precedes", "fromTarget": "u2", "toTarget": "u1"]),
    ]
    let host = try MemoryHost(family: "Moodle")
    let writing = try host.write(rows, as: "moodle-competencies")
    let lines = writing.text("math.csv")?.split(separator: "\n").map(String.init) ?? []
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix(",math,Mathematics,,1,\"No,Yes\",\"[{\"\"scaleid\"\":\"\"1\"\"}"))
    #expect(lines[2] == ",M1,M1,Adds,1,,,,,,,,,")
    #expect(lines[3] == "M1,u2,Sub,,1,,,,,,,,,")
    #expect(
      writing.losses.map(\.text) == [
        "1 scale.id", "1 scale.title", "2 scaleLevel.scale", "1 framework.scale", "1 target.id",
        "1 target.code", "1 association", "1 association", "1 association.toTarget",
      ])
    let again = try host.read(writing.members, as: "moodle-competencies")
    #expect(again.problems == [])
    #expect(try host.write(again.rows, as: "moodle-competencies").members == writing.members)
  }
}

@Suite("Moodle competency samples", .enabled(if: Samples.areThere))
struct MoodleCompetencySampleTests {
  @Test("come back byte for byte")
  func rewrite() throws {
    let host = try MemoryHost(family: "Moodle")
    let member = try Samples.member("moodle-competency-framework/oecd_first_records.csv")
    let request = MemoryRequest(wantsSourceLayer: true)
    let reading = try host.read([member], as: "moodle-competencies", request)
    #expect(reading.codes(from: 2) == [])
    #expect(reading.rows("target").count == 10)
    #expect(reading.rows("framework").first?["id"] == "OECD-CORE")
    #expect(reading.rows("sourceLine").count <= 1)
    let writing = try host.write(reading.rows, as: "moodle-competencies", request)
    #expect(writing.members == [member])
    #expect(writing.losses == [])
    #expect(try host.probe([member], as: "moodle-competencies") >= 90)
  }
}
