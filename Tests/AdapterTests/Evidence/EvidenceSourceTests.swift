import Testing

/// Evidence that was read and not changed is written as it stood.
@Suite("Evidence: the form of a file")
struct EvidenceSourceTests {
  static let tables: [(name: String, text: String)] = [
    ("columns of other tools", "id,learner,target,kind,score,date,my note\ne1,p,t,quiz,2,,n\n"),
    ("semicolons and decimal commas", "learner;score;target\r\np;1,25;t\r\nq;2;t\r\n"),
    ("quotes that need not be", "\"learner\",\"score\",target\n\"p\",\"1\",t\np,2,\"t\"\n"),
    ("no line end at the end", "learner,score\np,1\nq,2"),
    ("two kinds of line ends", "learner,score\np,1\r\nq,2\nr,3\r\n"),
    ("blank lines and rows that are left out", "learner,score\n\np,1\n\nq\nr,2,3\ns,4\n\n"),
    ("blanks in cells", "learner,score,comment\np,1,\" a \"\nq, 2 , b\n"),
    ("capitals", "LEARNER,Score\np,1\n"),
    ("titles for people", "learner,lineItemTitle,score\np,Quiz 1,1\n"),
    ("headings alone", "learner,score,mood\n"),
    ("a mark at the start", "\u{FEFF}learner\tscore\np\t1\n"),
  ]

  @Test("a table comes back byte for byte", arguments: tables)
  func table(name: String, text: String) throws {
    let member = MemoryMember("some.csv", text)
    let written = try MemoryHost(family: "Evidence").rewrite([member], as: "evidence")
    #expect(written.members == [member])
    #expect(written.losses == [])
  }

  @Test("a table in UTF-16 comes back byte for byte")
  func wideTable() throws {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in "learner\tscore\tnäme\r\np\t1\tö\r\n".utf16 {
      bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    let member = MemoryMember("wide.txt", bytes)
    let written = try MemoryHost(family: "Evidence").rewrite([member], as: "evidence")
    #expect(written.members == [member])
  }

  static let objects: [(name: String, text: String)] = [
    ("as we write them", #"{"learner":"p","target":"t","score":1.50}"# + "\n"),
    ("another order, blanks, other names", #"{ "score": 1, "mood": [1], "learner": "p" }"# + "\n"),
    (
      "lines that are left out",
      "\n" + #"{"learner":"q","score":2}"# + "\n{\"learner\":\n" + #"{"learner":"r"}"# + "\r\n\n"
    ),
    ("no line end at the end", #"{"learner":"q","score":"2"}"#),
  ]

  @Test("lines of objects come back byte for byte", arguments: objects)
  func lines(name: String, text: String) throws {
    let member = MemoryMember("some.ndjson", text)
    let written = try MemoryHost(family: "Evidence").rewrite([member], as: "evidence-ndjson")
    #expect(written.members == [member])
    #expect(written.losses == [])
  }

  @Test("a row that was changed keeps the columns, but not what nobody read")
  func changed() throws {
    let host = try MemoryHost(family: "Evidence")
    let text = "learner;mood;score;id\np;good;1,5;a\nq;bad;2,5;b\n"
    var request = MemoryRequest()
    request.wantsSourceLayer = true
    var rows = try host.read([MemoryMember("e.csv", text)], as: "evidence", request).rows
    for index in rows.indices where rows[index]["id"] == "b" { rows[index].fields["score"] = "3" }
    let written = try host.write(rows, as: "evidence", request)
    #expect(
      written.members == [
        MemoryMember("e.csv", "learner;mood;score;id\np;good;1,5;a\nq;;3;b\n")
      ])
  }

  @Test("who names columns gets these")
  func named() throws {
    let host = try MemoryHost(family: "Evidence")
    let member = MemoryMember("e.csv", "learner,score,id,target\np,1,a,t\n")
    let request = MemoryRequest(options: ["columns": "id,learner"])
    let written = try host.rewrite([member], as: "evidence", request)
    #expect(written.members == [MemoryMember("evidence.csv", "id,learner\na,p\n")])
  }

  @Test("several files become one table in the usual form")
  func several() throws {
    let host = try MemoryHost(family: "Evidence")
    let members = ["a.csv", "b.csv"].map { MemoryMember($0, "score;learner;target\n1;p;t\n") }
    let written = try host.rewrite(members, as: "evidence")
    #expect(
      written.members == [
        MemoryMember(
          "evidence.csv",
          EvidenceWritingTests.header + String(repeating: "p,,,t,1,,,,,\n", count: 2))
      ])
  }
}
