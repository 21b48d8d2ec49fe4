import Testing

@Suite("xAPI: reading")
struct XAPIReadingTests {
  /// A statement on one learner with a score, in the words of version 1.0.3.
  static func statement(
    id: String = "11111111-1111-4111-8111-111111111111", person: String = "p1",
    score: String = #"{"scaled":0.475,"raw":9.5,"min":0,"max":20}"#,
    other: String = objective("t1"), verb: String = "http://adlnet.gov/expapi/verbs/scored"
  ) -> String {
    #"{"id":"\#(id)","actor":{"objectType":"Agent","name":"Ada L.","account":{"homePage":"#
      + #""https://sis.example.org","name":"\#(person)"}},"verb":{"id":"\#(verb)"},"#
      + #""object":{"objectType":"Activity","id":"https://x.example/i1","definition":{"name":"#
      + #"{"en-US":"Quiz 1"},"type":"http://adlnet.gov/expapi/activities/assessment"}},"#
      + #""result":{"score":\#(score),"completion":true},"context":{"contextActivities":"#
      + #"{"grouping":[{"id":"https://x.example/c1"}],"other":\#(other)}},"#
      + #""timestamp":"2025-09-01T10:00:00.000Z","version":"1.0.3"}"#
  }

  static func objective(_ id: String) -> String {
    #"[{"id":"\#(id)","definition":{"type":"http://adlnet.gov/expapi/activities/objective"}}]"#
  }

  static func read(
    _ text: String, kinds: [String]? = ["evidence"], options: [String: String] = [:]
  ) throws -> MemoryReading {
    try MemoryHost(family: "XAPI").read(
      [MemoryMember("s.ndjson", text)], as: "xapi", MemoryRequest(kinds: kinds, options: options))
  }

  static let fields = [
    "id": "11111111-1111-4111-8111-111111111111", "person": "p1", "class": "https://x.example/c1",
    "lineItem": "https://x.example/i1", "target": "t1", "kind": "assessment", "state": "graded",
    "score": "9.5", "minimum": "0", "maximum": "20", "scaled": "0.475",
    "occurred": "2025-09-01T10:00:00.000Z",
  ]

  @Test("takes evidence from a scored statement")
  func evidence() throws {
    let reading = try Self.read(Self.statement() + "\n")
    #expect(reading.rows.map(\.fields) == [Self.fields])
    #expect(reading.rows.map(\.line) == [1])
    #expect(reading.problems.isEmpty)
  }

  static let forms: [(form: String, text: String)] = [
    ("a line", statement()), ("lines with CRLF", statement() + "\r\n"),
    ("an array", "[" + statement() + "]"), ("a spread array", "\n[\n  \(statement())\n]\n"),
    ("a byte order mark", "\u{FEFF}" + statement()),
    ("a spread object", statement().replacing(#","verb""#, with: ",\n \"verb\"")),
    ("escaped slashes", statement().replacing("/", with: "\\/")),
    ("escaped letters", statement().replacing("\"raw\"", with: "\"\\u0072aw\"")),
    (
      "one activity instead of a list",
      statement(other: String(objective("t1").dropFirst().dropLast()))
    ),
  ]

  @Test("reads the same from every form", arguments: forms)
  func sameFromEveryForm(form: String, text: String) throws {
    let reading = try Self.read(text)
    #expect(reading.rows.map(\.fields) == [Self.fields])
  }

  @Test("gives a row for each objective, and one without a target when there is none")
  func targets() throws {
    let two = Self.objective("t1").dropLast() + "," + Self.objective("t2").dropFirst()
    let text = [
      Self.statement(other: String(two)), Self.statement(id: "2", other: "[]"),
      Self.statement(id: "3", other: #"[{"id":"https://x.example/module"}]"#),
    ].joined(separator: "\n")
    #expect(try Self.read(text).rows.map { $0["target"] } == ["t1", "t2", nil, nil])
  }

  static let actors: [(actor: String, person: String?)] = [
    (#"{"mbox":"mailto:ada@example.org"}"#, "mailto:ada@example.org"),
    (#"{"mbox_sha1sum":"ab12"}"#, "ab12"),
    (#"{"openid":"https://id.example/ada"}"#, "https://id.example/ada"),
    (#"{"objectType":"Group","account":{"homePage":"h","name":"team"}}"#, nil),
    (#"{"objectType":"Group","member":[{"mbox":"mailto:a@example.org"}]}"#, nil), ("{}", nil),
  ]

  @Test("knows a learner by what the actor has", arguments: actors)
  func actor(actor: String, person: String?) throws {
    let text =
      #"{"actor":\#(actor),"verb":{"id":"v"},"object":{"id":"o"},"result":{"score":{"raw":1}}}"#
    let reading = try Self.read(text)
    #expect(reading.rows.map { $0["person"] } == (person.map { [$0] } ?? []))
  }

  static let unscored = [
    #"{"actor":{"openid":"o"},"verb":{"id":"v"},"object":{"id":"o"}}"#,
    #"{"actor":{"openid":"o"},"verb":{"id":"v"},"object":{"id":"o"},"result":{}}"#,
    #"{"actor":{"openid":"o"},"verb":"scored","object":{"objectType":"SubStatement","actor":{}},"#
      + #""result":{"score":{"raw":1}}}"#,
    #"{"actor":{"openid":"o"},"verb":{},"object":{"objectType":"StatementRef","id":"x"},"#
      + #""result":{"score":{"raw":1}}}"#,
  ]

  @Test("keeps statements without a score as events", arguments: unscored)
  func noEvidence(text: String) throws {
    let reading = try Self.read(text, kinds: ["evidence", "event"])
    #expect(reading.rows.map(\.kind) == ["event"])
    #expect(reading.rows.first?["json"] == text)
    #expect(reading.codes() == ["xapi.no_score"])
  }

  @Test("leaves out statements that another one takes back, before or after it")
  func voided() throws {
    let id = "AAAAAAAA-1111-4111-8111-111111111111"
    let voiding =
      #"{"actor":{"openid":"o"},"verb":{"id":"http:\/\/adlnet.gov/expapi/verbs/voided"},"#
      + #""object":{"objectType":"StatementRef","id":"\#(id.lowercased())"}}"#
    let scored = Self.statement(id: id)
    let kept = Self.statement(person: "p2")
    for lines in [[scored, voiding, kept], [voiding, scored, kept]] {
      let reading = try Self.read(lines.joined(separator: "\n"))
      #expect(reading.rows.map { $0["person"] } == ["p2"])
      #expect(reading.codes().contains("xapi.voided"))
    }
    let ignoring = try Self.read(
      [scored, voiding].joined(separator: "\n"), options: ["voiding": "ignore"])
    #expect(ignoring.rows.count == 1)
  }

  @Test("gives line items and results to who takes no evidence")
  func results() throws {
    let text = Self.statement() + "\n" + Self.statement(id: "2", score: #"{"scaled":0.5}"#) + "\n"
    let kinds = ["class", "person", "lineItem", "alignment", "result"]
    let reading = try Self.read(text, kinds: kinds)
    #expect(reading.rows.map(\.kind) == kinds + ["result"])
    #expect(
      reading.rows("person").map(\.fields) == [
        [
          "id": "p1", "name": "Ada L.", "role": "student",
          "identifiers": "homePage:https://sis.example.org",
        ]
      ])
    #expect(
      reading.rows("lineItem").first?.fields == [
        "id": "https://x.example/i1", "title": "Quiz 1", "class": "https://x.example/c1",
        "type": "assessment", "minimum": "0", "maximum": "20", "scoreKind": "points",
      ])
    #expect(reading.rows("result").map { $0["score"] } == ["9.5", "0.5"])
    #expect(reading.rows("result").map { $0["maximum"] } == ["20", "1"])
  }

  @Test("knows statements from other JSON")
  func probing() throws {
    let host = try MemoryHost(family: "XAPI")
    func probe(_ text: String) throws -> Int {
      try host.probe([MemoryMember("x.json", text)], as: "xapi")
    }
    #expect(try probe(Self.statement()) == 95)
    #expect(try probe("[\n" + Self.statement()) == 95)
    #expect(try probe(#"{"actor":{},"verb":{"#) == 60)
    #expect(try probe(#"{"learner":"p","score":1}"#) == 0)
    #expect(try probe("learner,score\n") == 0)
    #expect(try probe("") == 0)
  }
}
