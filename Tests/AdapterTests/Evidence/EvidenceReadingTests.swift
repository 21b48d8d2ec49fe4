import Testing

@Suite("Evidence: reading")
struct EvidenceReadingTests {
  private func read(
    _ text: String, as format: String = "evidence"
  ) throws -> MemoryReading {
    try MemoryHost(family: "Evidence").read([MemoryMember("e.csv", text)], as: format)
  }

  @Test("reads the columns in any order and case, blank cells as absent but for the target")
  func columns() throws {
    let reading = try read("Score,learner,TARGET,date\n1,p1,t1,2025-01-02\n2,p2,,\n")
    #expect(reading.status == 0)
    #expect(
      reading.rows.map(\.fields) == [
        ["score": "1", "person": "p1", "target": "t1", "occurred": "2025-01-02"],
        ["score": "2", "person": "p2", "target": ""],
      ])
    #expect(reading.rows.map(\.line) == [2, 3])
  }

  static let faulty: [(text: String, code: String)] = [
    ("", "csv.no_header"), ("learner,target\np,t\n", "evidence.missing_column"),
    ("learner,score,Score\np,1,1\n", "csv.duplicate_header"),
  ]

  @Test("refuses a table without its columns", arguments: faulty)
  func refused(text: String, code: String) throws {
    let reading = try read(text)
    #expect(reading.status == 2)
    #expect(reading.codes(from: 4) == [code])
  }

  @Test("reports unknown columns and rows of another length")
  func oddRows() throws {
    let reading = try read("learner,score,mood,target\np,1,fine,t\np,2\n\np,3,,t,x\n")
    #expect(reading.rows.map(\.fields) == [["person": "p", "score": "1", "target": "t"]])
    #expect(
      reading.codes() == [
        "evidence.unread_column", "csv.row_too_short", "csv.blank_line", "csv.row_too_long",
      ])
  }

  @Test("reads objects, and leaves out only the lines that are wrong")
  func objects() throws {
    let text =
      #"{"learner":"p","score":1.50,"target":"t","mood":[1]}"# + "\n\n{\"learner\":\n"
      + #"{"learner":"q","score":"2","comment":null}"# + "\r\n" + #"{"learner":{}}"#
    let reading = try read(text, as: "evidence-ndjson")
    #expect(
      reading.rows.map(\.fields) == [
        ["person": "p", "score": "1.50", "target": "t"], ["person": "q", "score": "2"],
      ])
    #expect(reading.problems.filter { $0.severity == 3 }.map(\.line) == [3, 5])
  }

  @Test("gives its own output again", arguments: ["evidence", "evidence-ndjson"], [1, 2, 3])
  func roundTrip(format: String, seed: UInt64) throws {
    var random = RecordGenerator(seed: seed)
    let rows = (0..<60).map { _ in
      var row = random.row("evidence", fillsNumbers: true)
      // A cell with a byte of 0 is reported when a table is read.
      row.fields = row.fields.mapValues { $0.replacing("\u{0}", with: "0") }
      if row.fields["person"]?.isEmpty != false { row.fields["person"] = "p" }
      return row
    }
    let columns =
      "learner,class,lineItem,target,score,maximum,minimum,scaled,scale,date,status,"
      + "id,modified,kind,purpose,textScore,recorded,rater,artefact,attempt,context,depth,trust,"
      + "comment"
    let request = MemoryRequest(options: ["columns": columns, "unaligned": "keep"])
    let host = try MemoryHost(family: "Evidence")
    let first = try host.write(rows, as: format, request)
    let reading = try host.read(first.members, as: format)
    #expect(reading.problems.isEmpty)
    #expect(reading.rows.count == rows.count)
    let second = try host.write(reading.rows, as: format, request)
    #expect(first.members == second.members)
  }

  @Test("between semicolons a comma is the decimal mark; elsewhere 1,234 is no number")
  func decimalCommas() throws {
    let reading = try read("learner;score;maximum;target\np;1,25;2,5;t,u\np;1,234;10;t\n")
    #expect(reading.rows.map { $0["score"] } == ["1.25", "1.234"])
    #expect(reading.rows.first?["maximum"] == "2.5")
    #expect(reading.rows.first?["target"] == "t,u")
    #expect(try read("learner,score,target\np,\"1,234\",t\n").rows.first?["score"] == "1,234")
  }

  @Test(
    "says which rows have no learner",
    arguments: [
      ("learner,score,target\n,1,t\n", "evidence"),
      (#"{"score":1,"target":"t"}"#, "evidence-ndjson"),
    ])
  func noLearner(text: String, format: String) throws {
    let host = try MemoryHost(family: "Evidence")
    let lenient = try host.read([MemoryMember("e", text)], as: format)
    #expect(lenient.rows.count == 1)
    #expect(lenient.codes() == ["evidence.no_learner"])
    let strict = try host.read(
      [MemoryMember("e", text)], as: format, MemoryRequest(isStrict: true))
    #expect(strict.rows.isEmpty)
  }

  @Test("knows a table in UTF-16")
  func utf16() throws {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in "learner\tscore\ttarget\np\t1\tt\n".utf16 {
      bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    let host = try MemoryHost(family: "Evidence")
    #expect(try host.probe([MemoryMember("e.txt", bytes)], as: "evidence") == 97)
    let rows = try host.read([MemoryMember("e.txt", bytes)], as: "evidence").rows
    #expect(rows.map { $0["person"] } == ["p"])
  }

  static let heads: [(text: String, format: String, isSure: Bool)] = [
    (EvidenceWritingTests.header, "evidence", true),
    ("learner;score;target\n", "evidence", true), ("name,score\n", "evidence", false),
    ("", "evidence", false), (#"{"learner":"p","score":1}"#, "evidence-ndjson", true),
    (#"{"actor":{}}"#, "evidence-ndjson", false),
  ]

  @Test("knows its own tables", arguments: heads)
  func probing(text: String, format: String, isSure: Bool) throws {
    let sure = try MemoryHost(family: "Evidence").probe([MemoryMember("x", text)], as: format)
    #expect((sure >= 80) == isSure)
    #expect(isSure || sure == 0)
  }
}
