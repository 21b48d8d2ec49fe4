import Testing

@Suite("Moodle grade writer")
struct MoodleGradesWriterTests {
  static let district = [
    MemoryRow("class", ["id": "bio/1", "title": "Biology"]),
    MemoryRow("class", ["id": "art", "title": "Art"]),
    MemoryRow("class", ["id": "empty"]),
    MemoryRow(
      "person",
      [
        "id": "p1", "identifier": "007", "givenName": "Ann", "familyName": "=Able",
        "email": "ann@example.org",
      ]),
    MemoryRow("person", ["id": "p2", "sortName": "Bunce, Bob"]),
    MemoryRow("person", ["id": "t1", "givenName": "Tea", "familyName": "Cher"]),
    MemoryRow("enrollment", ["class": "bio/1", "person": "p1", "role": "student"]),
    MemoryRow("enrollment", ["class": "bio/1", "person": "p2", "role": "student"]),
    MemoryRow("enrollment", ["class": "bio/1", "person": "t1", "role": "teacher"]),
    MemoryRow("enrollment", ["class": "art", "person": "p2", "role": "student"]),
    MemoryRow("lineItem", ["id": "i1", "title": "Cells", "class": "bio/1", "type": "quiz"]),
    MemoryRow("lineItem", ["id": "i2", "title": "Lab", "class": "bio/1", "scoreKind": "percent"]),
    MemoryRow(
      "result",
      ["lineItem": "i1", "person": "p1", "state": "graded", "score": "8.5", "comment": "Good, Ann"]),
    MemoryRow("result", ["lineItem": "i1", "person": "p2", "state": "noGrade"]),
    MemoryRow("result", ["lineItem": "i2", "person": "p2", "state": "graded", "score": "75"]),
    MemoryRow("result", ["lineItem": "i2", "person": "p1", "state": "exempt"]),
    MemoryRow(
      "aggregateGrade",
      ["class": "bio/1", "person": "p1", "score": "80.5", "scoreKind": "percent", "type": "final"]),
  ]

  @Test("gives a file for each class")
  func classes() throws {
    let writing = try MemoryHost(family: "Moodle").write(
      Self.district, as: "moodle-grades", MemoryRequest(guardsFormulas: true))
    #expect(writing.status == 0)
    #expect(writing.members.map(\.name) == ["bio_1.csv", "art.csv"])
    #expect(
      writing.members.first?.text == """
        "First name","Last name","ID number","Email address","Quiz: Cells (Real)",\
        "Quiz: Cells (Feedback)","Lab (Percentage)","Course total (Percentage)"
        Ann,'=Able,007,ann@example.org,8.5,"Good, Ann",,"80.5 %"
        Bob,Bunce,p2,,-,,"75 %",

        """)
    #expect(
      writing.text("art.csv") == """
        "First name","Last name","ID number","Email address"
        Bob,Bunce,p2,

        """)
    let lost = writing.losses.filter { $0.field == nil }
    #expect(lost.map(\.kind) == ["class", "person", "enrollment", "result"])
    #expect(lost.map(\.count) == [1, 1, 1, 1])
    let reading = try MemoryHost(family: "Moodle").read(writing.members, as: "moodle-grades")
    #expect(reading.rows("person").map { $0["familyName"] } == ["=Able", "Bunce"])
    #expect(reading.codes(from: 1) == [])
  }

  @Test("keeps apart items with one title and people with one identifier")
  func equalNames() throws {
    let rows = [
      MemoryRow("class", ["id": "c"]),
      MemoryRow("person", ["id": "a", "identifier": "1"]),
      MemoryRow("person", ["id": "b", "identifier": "1"]),
      MemoryRow("lineItem", ["id": "x", "title": "T", "class": "c"]),
      MemoryRow("lineItem", ["id": "y", "title": "T", "class": "c", "scoreKind": "percent"]),
      MemoryRow("result", ["lineItem": "x", "person": "a", "score": "1"]),
      MemoryRow("result", ["lineItem": "y", "person": "b", "score": "2"]),
    ]
    let host = try MemoryHost(family: "Moodle")
    let writing = try host.write(rows, as: "moodle-grades")
    let reading = try host.read(writing.members, as: "moodle-grades")
    #expect(reading.rows("lineItem").map { $0["title"] } == ["T", "T #2"])
    #expect(reading.rows("person").map { $0["id"] } == ["1", "b"])
    #expect(reading.rows("result").map { $0["score"] } == ["1", "2"])
    // All that reading does not give back, value by value.
    #expect(
      writing.losses.map(\.text) == [
        "1 person.id", "1 person.identifier", "1 lineItem.title", "1 result.person",
        "2 lineItem.id", "2 result.lineItem",
      ])
  }

  @Test("keeps words beside the score of a total, and totals of one title apart")
  func totals() throws {
    let total = ["class": "c", "person": "a", "title": "Course total", "type": "total"]
    let rows = [
      MemoryRow("class", ["id": "c"]), MemoryRow("person", ["id": "a"]),
      MemoryRow(
        "aggregateGrade",
        total.merging(["score": "8", "textScore": "B", "scoreKind": "points"]) { $1 }),
      MemoryRow("aggregateGrade", total.merging(["score": "80", "scoreKind": "percent"]) { $1 }),
    ]
    let host = try MemoryHost(family: "Moodle")
    let writing = try host.write(rows, as: "moodle-grades")
    #expect(
      writing.text("c.csv") == """
        "First name","Last name","ID number","Email address","Course total (Real)",\
        "Course total (Letter)","Course #2 total (Percentage)"
        ,,a,,8,B,"80 %"

        """)
    #expect(writing.losses.map(\.text) == ["1 aggregateGrade.title"])
    let reading = try host.read(writing.members, as: "moodle-grades")
    #expect(reading.rows("aggregateGrade").map { $0["score"] } == ["8", "80"])
    #expect(reading.rows("aggregateGrade").map { $0["textScore"] } == ["B", nil])
  }

  @Test("writes a changed record from its values and all else as it was")
  func change() throws {
    let host = try MemoryHost(family: "Moodle")
    let text = """
      "First name",Surname,"ID number","Quiz: A", "Feedback: A","Course total"
      Ann,Able,1,5.00,fine,5.00
      Bob,"Bunce",2,7.00,"",7.00

      ;;
      """
    let request = MemoryRequest(wantsSourceLayer: true)
    var rows = try host.read([MemoryMember("g.csv", text)], as: "moodle-grades", request).rows
    for index in rows.indices where rows[index]["score"] == "5.00" && rows[index].kind == "result" {
      rows[index]["score"] = "6"
    }
    let writing = try host.write(rows, as: "moodle-grades", request)
    #expect(
      writing.members.first?.text
        == text.replacing("Ann,Able,1,5.00", with: "Ann,Able,1,6"))
  }

  // MARK: Properties

  static let seeds: [UInt64] = Array(1...40)

  @Test("gives back what was written", arguments: seeds)
  func roundTrip(seed: UInt64) throws {
    var random = MoodleRandom(state: seed)
    let rows = random.gradebook()
    let host = try MemoryHost(family: "Moodle")
    let request = MemoryRequest(guardsFormulas: seed % 2 == 0)
    let writing = try host.write(rows, as: "moodle-grades", request)
    #expect(writing.status == 0)
    // Identifiers are made of titles, and an item without scores has no unit.
    let made = ["lineItem.id", "lineItem.scoreKind", "result.lineItem"]
    #expect(writing.losses.allSatisfy { made.contains("\($0.kind).\($0.field ?? "")") })
    let reading = try host.read(writing.members, as: "moodle-grades")
    #expect(reading.status == 0)
    #expect(reading.codes(from: 3) == [])
    #expect(MoodleFacts(reading.rows) == MoodleFacts(rows))
    let again = try host.write(reading.rows, as: "moodle-grades", request)
    #expect(again.members == writing.members)
    #expect(try host.rewrite(writing.members, as: "moodle-grades").members == writing.members)
  }

  static let pieces = [
    ",", "\"", "\n", "\r\n", " ", "'", "=", "-", "80.00 %", "1,234", "Anne", "\u{FEFF}", "ü",
    "Quiz (Real)", "Feedback: Quiz", "Course total", "ID number", "First name", "@", ";", "\t",
    "nan", "1e400", "\0",
  ]

  @Test("survives any bytes, and brings them back", arguments: seeds)
  func hostile(seed: UInt64) throws {
    var random = MoodleRandom(state: seed &* 7_919)
    var text = random.chance(70) ? "First name,Last name,Quiz (Real)\n" : ""
    for _ in 0..<random.below(60) { text += random.pick(Self.pieces) }
    var bytes = Array(text.utf8)
    let isText = !random.chance(30)
    if !isText, !bytes.isEmpty { bytes[random.below(bytes.count)] = 0xFF }
    let host = try MemoryHost(family: "Moodle")
    let member = MemoryMember("x.csv", bytes)
    let request = MemoryRequest(wantsSourceLayer: true, guardsFormulas: true)
    let reading = try host.read([member], as: "moodle-grades", request)
    guard reading.status == 0 else {
      #expect(reading.codes(from: 4).count == 1)
      return
    }
    let writing = try host.write(reading.rows, as: "moodle-grades", request)
    // Lines that are no UTF-8 cannot cross as text.
    #expect(writing.status == 0)
    if isText { #expect(writing.members == [member]) }
  }
}

/// What a gradebook says, whatever its identifiers are.
private struct MoodleFacts: Equatable {
  var people: [[String]] = []
  var titles: [String] = []
  var results: Set<[String]> = []

  init(_ rows: [MemoryRow]) {
    var titleOf: [String: String] = [:]
    var numberOf: [String: String] = [:]
    for row in rows where row.kind == "person" {
      numberOf[row["id"] ?? ""] = row["identifier"]
      people.append(["identifier", "givenName", "familyName", "email"].map { row[$0] ?? "" })
    }
    for row in rows where row.kind == "lineItem" {
      titleOf[row["id"] ?? ""] = row["title"]
      titles.append(row["title"] ?? "")
    }
    for row in rows where row.kind == "result" {
      results.insert([
        titleOf[row["lineItem"] ?? ""] ?? "?", numberOf[row["person"] ?? ""] ?? "?",
        row["state"] ?? "", row["score"] ?? "", row["textScore"] ?? "", row["comment"] ?? "",
      ])
    }
  }
}

private struct MoodleRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  static let texts = [
    "Essay", "Größe", "a,b", "say \"so\"", "two\nlines", " edge ", "=1+1", "'=1+1", "''-x", "@x",
    "+", "tab\there", "x (Letter)", "(Real)", "back\\slash", "🎓", "007", "1,234", "e\u{301}",
  ]
  static let words = ["A", "B-", "Good", "Not, yet", "3", "1,5", "-", "=x", "'-", "nan", " 5"]
  static let scores = ["0", "85", "85.50", "66.667", "-2", "100.00000", "0.5"]

  /// A gradebook of one class.
  mutating func gradebook() -> [MemoryRow] {
    var rows = [MemoryRow("class", ["id": "c"])]
    let people = below(6) + 1
    for person in 0..<people {
      rows.append(
        MemoryRow(
          "person",
          [
            "id": "n\(person)", "identifier": "n\(person)", "givenName": pick(Self.texts),
            "familyName": pick(Self.texts), "email": chance(50) ? "p\(person)@example.org" : "",
            "role": "student",
          ]))
    }
    for person in 0..<people {
      rows.append(
        MemoryRow("enrollment", ["class": "c", "person": "n\(person)", "role": "student"]))
    }
    let items = below(6)
    let kinds = (0..<items).map { _ in pick(["points", "percent", "letter", "points"]) }
    for item in 0..<items {
      rows.append(
        MemoryRow(
          "lineItem",
          [
            "id": "i\(item)", "title": "\(pick(Self.texts))\(item)", "class": "c",
            "scoreKind": kinds[item],
          ]))
    }
    for person in 0..<people {
      for item in 0..<items where chance(70) {
        var fields = ["lineItem": "i\(item)", "person": "n\(person)", "class": "c"]
        if chance(15) {
          fields["state"] = "noGrade"
        } else {
          fields["state"] = "graded"
          if kinds[item] != "letter", chance(80) { fields["score"] = pick(Self.scores) }
          if fields["score"] == nil || chance(20) { fields["textScore"] = pick(Self.words) }
        }
        if chance(30) { fields["comment"] = pick(Self.texts) }
        rows.append(MemoryRow("result", fields))
      }
    }
    return rows
  }
}

extension MemoryLoss {
  /// The loss in short, such as `2 lineItem.id`.
  var text: String { "\(count) \(kind)" + (field.map { ".\($0)" } ?? "") }
}
