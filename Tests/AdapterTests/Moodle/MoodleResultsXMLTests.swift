import Testing

@Suite("Moodle results XML")
struct MoodleResultsXMLTests {
  static let export = """
    <results batch="xml_export_1700000000">
    \t<result>
    \t\t<state>new</state>
    \t\t<assignment>A1</assignment>
    \t\t<student>S1</student>
    \t\t<score>80.0</score>
    \t\t<feedback>Well &lt;b&gt;done&lt;/b&gt; &amp; more</feedback>
    \t</result>
    \t<result>
    \t\t<assignment>A1</assignment>
    \t\t<student>S2</student>
    \t\t<score>-</score>
    \t</result>
    </results>
    """

  private func read(
    _ text: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryReading {
    try MemoryHost(family: "Moodle").read(
      [MemoryMember("results.xml", text)], as: "moodle-grades-xml", request)
  }

  private func result(_ content: String) -> String {
    "<results batch=\"b\"><result><assignment>A</assignment><student>S</student>\(content)"
      + "</result></results>"
  }

  @Test("has one result for each element")
  func reading() throws {
    let reading = try read(Self.export)
    #expect(reading.status == 0)
    #expect(reading.problems == [])
    let results = reading.rows("result")
    #expect(results.map { $0["lineItem"] } == ["A1", "A1"])
    #expect(results.map { $0["person"] } == ["S1", "S2"])
    #expect(results.map { $0["state"] } == ["graded", "noGrade"])
    #expect(results[0]["score"] == "80.0")
    #expect(results[0]["comment"] == "Well <b>done</b> & more")
    #expect(reading.rows("dataset")[0]["created"] == "2023-11-14T22:13:20Z")
    #expect(reading.rows("dataset")[0]["id"] == "xml_export_1700000000")
    #expect(results.map(\.line) == [2, 9])
  }

  static let documents = [
    export, export + "\n",
    "<?xml version=\"1.0\"?>\n" + export,
    export.replacing("\n", with: "\r\n").replacing("\t", with: "  "),
    export.replacing("\n", with: "").replacing("\t", with: ""),
    "<results batch=\"none\"></results>", "<results/>\n",
    export.replacing("<score>-</score>", with: "<score>nan</score>"),
    export.replacing("&amp;", with: "&#38;"),
    "<results batch=\"b\"><result><assignment>A</assignment>\n<student>S</student> "
      + "<score>5</score></result>\n\n<result></result></results>",
  ]

  @Test("comes back byte for byte", arguments: documents)
  func rewrite(document: String) throws {
    let host = try MemoryHost(family: "Moodle")
    let member = MemoryMember("results.xml", document)
    let writing = try host.rewrite([member], as: "moodle-grades-xml")
    #expect(writing.status == 0)
    #expect(writing.members == [member])
  }

  @Test("keeps nothing as written when it is as Moodle writes it")
  func prediction() throws {
    let reading = try read(Self.export, MemoryRequest(wantsSourceLayer: true))
    #expect(reading.rows("sourceLine") == [])
  }

  static let faults: [(content: String, code: String)] = [
    ("<score>80,0</score>", "moodle.score_malformed"),
    ("<score>nan</score>", "moodle.score_malformed"),
    ("<score>1e400</score>", "moodle.score_malformed"),
    ("<score> 5</score>", "moodle.score_malformed"),
    ("<score>1</score><feedback><p>Good</p></feedback>", "moodle.feedback_not_escaped"),
  ]

  @Test("reports results that cannot be read", arguments: faults)
  func fault(content: String, code: String) throws {
    let reading = try read(result(content))
    #expect(reading.status == 0)
    #expect(reading.rows("result") == [])
    #expect(reading.codes(from: 3) == [code])
  }

  static let fatal: [(document: String, code: String)] = [
    (
      "<results batch=\"b\"><result><feedback>a & b</feedback></result></results>",
      "moodle.xml_malformed"
    ),
    (
      "<results batch=\"b\"><result><feedback>a <br> b</feedback></result></results>",
      "moodle.xml_malformed"
    ),
    ("<results batch=\"b\"><result>", "moodle.xml_malformed"), ("", "moodle.xml_malformed"),
    ("<!DOCTYPE r [<!ENTITY a \"b\">]><results/>", "moodle.xml_malformed"),
    ("<other/>", "moodle.xml_root"), ("<results><x/></results>", "moodle.xml_unexpected"),
  ]

  @Test("is refused when it is not such a document", arguments: fatal)
  func refused(document: String, code: String) throws {
    let reading = try read(document)
    #expect(reading.status == 2)
    #expect(reading.codes(from: 4) == [code])
  }

  @Test("takes words with a warning, and refuses them in strict mode")
  func words() throws {
    let text = result("<score>Good</score>")
    let lenient = try read(text)
    #expect(lenient.rows("result").map { $0["textScore"] } == ["Good"])
    #expect(lenient.codes() == ["moodle.score_words"])
    #expect(try read(text, MemoryRequest(isStrict: true)).rows("result") == [])
  }

  @Test("is written for each class from records of any source")
  func writing() throws {
    let rows = [
      MemoryRow("class", ["id": "bio"]), MemoryRow("class", ["id": "art"]),
      MemoryRow("person", ["id": "p1", "identifier": "007"]), MemoryRow("person", ["id": "p2"]),
      MemoryRow("lineItem", ["id": "quiz", "title": "Quiz", "class": "bio"]),
      MemoryRow("lineItem", ["id": "draw", "title": "Drawing", "class": "art"]),
      MemoryRow("result", ["lineItem": "quiz", "person": "p1", "score": "1.5e1"]),
      MemoryRow("result", ["lineItem": "draw", "person": "p2", "state": "noGrade"]),
      MemoryRow("result", ["lineItem": "draw", "person": "p1", "state": "exempt"]),
    ]
    let writing = try MemoryHost(family: "Moodle").write(rows, as: "moodle-grades-xml")
    #expect(writing.members.map(\.name) == ["bio.xml", "art.xml"])
    #expect(
      writing.members.first?.text == """
        <results batch="competency_toolkit">
        \t<result>
        \t\t<assignment>quiz</assignment>
        \t\t<student>007</student>
        \t\t<score>15</score>
        \t</result>
        </results>

        """)
    #expect(
      writing.text("art.xml")?.contains("<student>p2</student>\n\t\t<score>-</score>") == true)
    #expect(writing.losses.map(\.text) == ["2 lineItem.title", "1 result", "1 result.person"])
  }
}
