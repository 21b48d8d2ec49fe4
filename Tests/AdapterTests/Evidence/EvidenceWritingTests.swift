import Testing

@Suite("Evidence: writing")
struct EvidenceWritingTests {
  static let header = "learner,class,lineItem,target,score,maximum,scaled,scale,date,status\n"

  /// A class with a quiz on two targets and a project on none.
  static let rows = [
    MemoryRow("class", ["id": "c1"]),
    MemoryRow(
      "lineItem",
      ["id": "quiz", "class": "c1", "minimum": "0", "maximum": "20", "title": "Quiz, part A"]),
    MemoryRow("lineItem", ["id": "project", "class": "c1", "maximum": "10"]),
    MemoryRow("scaleUse", ["ownerKind": "line_item", "owner": "quiz", "scale": "four levels"]),
    MemoryRow("alignment", ["ownerKind": "line_item", "owner": "quiz", "target": "t1"]),
    MemoryRow("alignment", ["ownerKind": "line_item", "owner": "quiz", "target": "t2"]),
    MemoryRow("alignment", ["ownerKind": "criterion", "owner": "k1", "target": "t1"]),
    MemoryRow(
      "result",
      [
        "id": "r1", "lineItem": "quiz", "person": "p1", "class": "c1", "state": "graded",
        "score": "9.5", "scoreDate": "2025-09-01",
      ]),
    MemoryRow(
      "result", ["id": "r2", "lineItem": "quiz", "person": "p2", "state": "exempt", "score": ""]),
    MemoryRow(
      "result",
      ["id": "r3", "lineItem": "quiz", "person": "p3", "status": "tobedeleted", "score": "1"]),
    MemoryRow("result", ["id": "r4", "lineItem": "project", "person": "p1", "score": "7"]),
    MemoryRow(
      "targetResult", ["id": "tr1", "result": "r1", "person": "p1", "target": "t1", "score": "3"]),
  ]

  static func write(
    _ rows: [MemoryRow], as format: String = "evidence", options: [String: String] = [:]
  ) throws -> MemoryWriting {
    try MemoryHost(family: "Evidence").write(rows, as: format, MemoryRequest(options: options))
  }

  @Test("gives a row for each scored result and each target of its line item")
  func rowsOfTargets() throws {
    let written = try Self.write(Self.rows)
    #expect(written.status == 0)
    #expect(
      written.text("evidence.csv") == Self.header
        + "p1,c1,quiz,t1,9.5,20,0.475,four levels,2025-09-01,graded\n"
        + "p1,c1,quiz,t2,9.5,20,0.475,four levels,2025-09-01,graded\n")
  }

  @Test("counts what it leaves out")
  func losses() throws {
    let losses = try Self.write(Self.rows).losses
    func count(_ kind: String, _ reason: String) -> UInt64? {
      losses.first { $0.kind == kind && $0.field == nil && $0.reason.contains(reason) }?.count
    }
    #expect(count("result", "deletion") == 1)
    #expect(count("result", "no score") == 1)
    #expect(count("result", "no target") == 1)
    #expect(count("targetResult", "on request") == 1)
    #expect(count("alignment", "no line item") == 1)
    #expect(losses.first { $0.field == "id" && $0.kind == "result" }?.count == 1)
  }

  @Test("keeps results without a target, and states without a score, when asked")
  func kept() throws {
    let written = try Self.write(Self.rows, options: ["unaligned": "keep", "states": "all"])
    #expect(
      written.text("evidence.csv") == Self.header
        + "p1,c1,quiz,t1,9.5,20,0.475,four levels,2025-09-01,graded\n"
        + "p1,c1,quiz,t2,9.5,20,0.475,four levels,2025-09-01,graded\n"
        + "p2,c1,quiz,t1,,20,,four levels,,exempt\n"
        + "p2,c1,quiz,t2,,20,,four levels,,exempt\n"
        + "p1,c1,project,,7,10,0.7,,,\n")
  }

  @Test("writes scores of single targets when asked, and the columns that are named")
  func columns() throws {
    let options = ["targetScores": "own", "columns": "id,target,Score,kind,lineItemTitle,minimum"]
    let written = try Self.write(Self.rows, options: options)
    #expect(
      written.text("evidence.csv") == "id,target,score,kind,lineItemTitle,minimum\n"
        + "r1,t1,9.5,,\"Quiz, part A\",0\n" + "r1,t2,9.5,,\"Quiz, part A\",0\n"
        + "tr1,t1,3,targetResult,,\n")
  }

  @Test("refuses a column that does not exist", arguments: ["learner,points", "score,score", ","])
  func unknownColumn(columns: String) throws {
    let written = try Self.write([], options: ["columns": columns])
    #expect(written.status == 2)
    #expect(written.problems.map(\.code) == ["evidence.unknown_column"])
  }

  static let scaled: [(score: String, maximum: String, scaled: String)] = [
    ("1", "3", "0.333333"), ("2", "3", "0.666667"), ("1", "8", "0.125"), ("0", "5", "0"),
    ("5", "0", ""), ("5", "0.00", ""), ("5", "", ""), ("5", "-5", ""), ("-1", "3", "-0.333333"),
    ("1", "2000000", "0.000001"), ("1", "2000001", "0"), ("-1", "2000000", "-0.000001"),
    ("-1", "9000000", "0"), ("15", "10", "1.5"), ("1e2", "200", "0.5"), ("3.50", "7.00", "0.5"),
    ("1E-2", "1", "0.01"), ("007", "14", "0.5"), ("10", "10", "1"), ("2.5", "1e1", "0.25"),
    ("12345678901", "1", "12345678901"), ("123456789012345", "1", ""), ("0.1", "0.3", "0.333333"),
    ("1234567890123456789", "1", ""), ("0.123456789012345678", "1", "0.123457"),
  ]

  @Test("divides exactly, to six digits, halves away from zero", arguments: scaled)
  func scaledScore(score: String, maximum: String, scaled: String) throws {
    var item = MemoryRow("lineItem", ["id": "i"])
    if !maximum.isEmpty { item["maximum"] = maximum }
    let rows = [
      item, MemoryRow("alignment", ["ownerKind": "line_item", "owner": "i", "target": "t"]),
      MemoryRow("result", ["lineItem": "i", "person": "p", "score": score]),
    ]
    let written = try Self.write(rows, options: ["columns": "score,scaled"])
    #expect(written.text("evidence.csv") == "score,scaled\n\(score),\(scaled)\n")
    #expect(written.losses.contains { $0.field == "score" && $0.reduced } == scaled.isEmpty)
  }

  @Test("takes a result's own maximum, and percents and fractions of their whole")
  func ownUnit() throws {
    let item = MemoryRow("lineItem", ["id": "i", "maximum": "20", "scoreKind": "points"])
    let aligned = MemoryRow("alignment", ["owner": "i", "target": "t"])
    func result(_ fields: [String: String]) -> MemoryRow {
      MemoryRow("result", fields.merging(["lineItem": "i", "person": "p"]) { $1 })
    }
    let rows = [
      item, aligned, result(["score": "5", "maximum": "10"]),
      result(["score": "75", "scoreKind": "percent"]),
      result(["score": "0.25", "scoreKind": "fraction"]),
      result(["score": "3", "scoreKind": "level"]), result(["score": "15", "scoreKind": "points"]),
    ]
    let written = try Self.write(rows, options: ["columns": "score,maximum,scaled"])
    #expect(
      written.text("evidence.csv")
        == "score,maximum,scaled\n5,10,0.5\n75,,0.75\n0.25,,0.25\n3,,\n15,20,0.75\n")
  }

  @Test("quotes what needs quotes")
  func quoting() throws {
    let rows = [
      MemoryRow("lineItem", ["id": "a \"b\"", "class": "c,1"]),
      MemoryRow("alignment", ["owner": "a \"b\"", "target": "t\n1"]),
      MemoryRow("result", ["lineItem": "a \"b\"", "person": " p", "score": "1"]),
    ]
    let written = try Self.write(rows, options: ["columns": "learner,class,lineItem,target"])
    #expect(
      written.text("evidence.csv")
        == "learner,class,lineItem,target\n\" p\",\"c,1\",\"a \"\"b\"\"\",\"t\n1\"\n")
  }

  @Test("writes an object a line, without what is absent")
  func objects() throws {
    var rows = Self.rows
    rows.append(
      MemoryRow("evidence", ["person": "p\t9", "target": "t1", "score": "007", "comment": ""]))
    let written = try Self.write(rows, as: "evidence-ndjson")
    #expect(
      written.text("evidence.ndjson")
        == #"{"learner":"p1","class":"c1","lineItem":"quiz","target":"t1","score":9.5,"#
        + #""maximum":20,"scaled":0.475,"scale":"four levels","date":"2025-09-01","#
        + #""status":"graded","id":"r1","minimum":0}"# + "\n"
        + #"{"learner":"p1","class":"c1","lineItem":"quiz","target":"t2","score":9.5,"#
        + #""maximum":20,"scaled":0.475,"scale":"four levels","date":"2025-09-01","#
        + #""status":"graded","id":"r1","minimum":0}"# + "\n"
        + #"{"learner":"p\t9","target":"t1","score":"007","comment":""}"# + "\n")
  }

  @Test("stops when the host asks to", arguments: [1, 2, 3])
  func stopping(calls: Int) throws {
    var request = MemoryRequest()
    request.stopsAfter = calls
    let written = try MemoryHost(family: "Evidence").write(Self.rows, as: "evidence", request)
    #expect(written.status == 1)
  }
}
