import Foundation
import Testing

/// A gradebook with every special row, column and state.
private let gradebook = """
  Student,ID,SIS User ID,SIS Login ID,Section,Notes,Lab 01 (150834),"Essay, final (157892)",\
  Homework Current Score,Current Score,Final Grade
  ,,,,,,,Manual Posting,,,
      Points Possible,,,,,,10.00,24.50,(read only),(read only),(read only)
  "Blend, Bill",10000000000000123,007,bill,Section 1,likes maps,9.50,EX,95.00,95.31,A-
  "Farner, Todd",4,0123S,todd,Section 1 and Section 2,,0.00,N/A,,,
  "Student, Test",99,,,Section 1,,,22.25,,,

  """

@Suite("Canvas gradebook")
struct CanvasGradebookTests {
  static func read(
    _ text: String, _ request: MemoryRequest = MemoryRequest()
  ) throws -> MemoryReading {
    try MemoryHost(family: "Canvas").read(
      [MemoryMember("gradebook.csv", text)], as: "canvas-gradebook", request)
  }

  @Test("gives people, classes, assignments, results and totals")
  func records() throws {
    let reading = try Self.read(gradebook)
    #expect(reading.problems == [])
    #expect(
      reading.rows("person").map { $0["id"] } == ["10000000000000123", "4", "99"])
    #expect(reading.rows("person").map { $0["identifier"] } == ["007", "0123S", ""])
    #expect(reading.rows("person").map { $0["test"] } == [nil, nil, "true"])
    #expect(reading.rows("person").map { $0["familyName"] } == ["Blend", "Farner", "Student"])
    #expect(reading.rows("class").map { $0["id"] } == ["Section 1", "Section 1 and Section 2"])
    // A line item belongs to one class, so each section has its own of an assignment.
    let first = "Section 1"
    let both = "Section 1 and Section 2"
    #expect(
      reading.rows("lineItem").map { [$0["id"], $0["class"], $0["title"], $0["maximum"]] } == [
        ["150834@\(first)", first, "Lab 01", "10.00"],
        ["157892@\(first)", first, "Essay, final", "24.50"],
        ["150834@\(both)", both, "Lab 01", "10.00"],
        ["157892@\(both)", both, "Essay, final", "24.50"],
      ])
    #expect(reading.rows("lineItem").map { $0["hidden"] } == ["false", "true", "false", "true"])
    let results = reading.rows("result")
    #expect(
      results.map { [$0["person"], $0["lineItem"], $0["state"], $0["score"]] } == [
        ["10000000000000123", "150834@\(first)", "graded", "9.50"],
        ["10000000000000123", "157892@\(first)", "exempt", nil],
        ["4", "150834@\(both)", "graded", "0.00"],
        ["4", "157892@\(both)", "notAssigned", nil],
        ["99", "157892@\(first)", "graded", "22.25"],
      ])
    let totals = reading.rows("aggregateGrade")
    #expect(
      totals.map { [$0["type"], $0["category"], $0["score"], $0["textScore"]] } == [
        ["current", "canvas:group:Homework", "95.00", nil], ["current", nil, "95.31", nil],
        ["final", nil, nil, "A-"],
      ])
    let notes = reading.rows("attribute")
    #expect(
      notes.map { [$0["owner"], $0["key"], $0["value"]] } == [
        ["10000000000000123", "Notes", "likes maps"]
      ])
  }

  @Test("comes back byte for byte, and from its records when they change")
  func rewrite() throws {
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember("gradebook.csv", gradebook)
    #expect(try host.rewrite([member], as: "canvas-gradebook").members == [member])
    var rows = try Self.read(gradebook, MemoryRequest(wantsSourceLayer: true)).rows
    #expect(rows.filter { $0.kind == "sourceLine" } == [])
    let place = try #require(rows.firstIndex { $0["score"] == "9.50" })
    rows[place]["score"] = "8.25"
    for item in rows.indices where rows[item]["title"] == "Lab 01" { rows[item]["title"] = "Lab 1" }
    let written = try host.write(rows, as: "canvas-gradebook")
    let expected = gradebook.replacingOccurrences(of: "9.50", with: "8.25")
      .replacingOccurrences(of: "Lab 01", with: "Lab 1")
    #expect(written.text("gradebook.csv") == expected)
  }

  /// The same gradebook as programs of other places write it.
  static let variants: [(name: String, bytes: [UInt8])] = {
    let quoted = cells(of: gradebook)
    let comma = quoted.map { row in row.map(decimalComma) }
    let swedish = comma.map { row in
      row.map { $0 == "(read only)" ? "(läs endast)" : $0 }
    }
    return [
      ("Excel", [0xEF, 0xBB, 0xBF] + join(quoted, ";", "\r\n", all: true)),
      ("Excel without quotes", join(quoted, ";", "\r\n")),
      ("Swedish", join(swedish, ",", "\n")),
      ("French", join(comma, ";", "\n")),
      ("French with mark", [0xEF, 0xBB, 0xBF] + join(comma, ";", "\r\n")),
      ("tabs", join(quoted, "\t", "\n")),
      ("old Mac", join(quoted, ",", "\r")),
      ("UTF-16 LE", utf16(join(comma, "\t", "\r\n"), isLittle: true)),
      ("UTF-16 BE", utf16(join(swedish, ";", "\n"), isLittle: false)),
      ("no final line end", Array(join(quoted, ",", "\n").dropLast())),
      ("mixed line ends", mixed(join(quoted, ",", "\n"))),
    ]
  }()

  @Test("gives the same records in every place", arguments: variants.map(\.name))
  func places(name: String) throws {
    let variant = try #require(Self.variants.first { $0.name == name })
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember("gradebook.csv", variant.bytes)
    let reading = try host.read([member], as: "canvas-gradebook")
    #expect(reading.problems == [])
    #expect(reading.rows == (try Self.read(gradebook)).rows)
    #expect(try host.rewrite([member], as: "canvas-gradebook").members == [member])
    #expect(try host.probe([member], as: "canvas-gradebook") > 90)
  }

  static func cells(of text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      var cells = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
  }

  static func decimalComma(_ cell: String) -> String {
    Double(cell) != nil && cell.contains(".") ? cell.replacingOccurrences(of: ".", with: ",") : cell
  }

  static func join(_ rows: [[String]], _ delimiter: String, _ end: String, all: Bool = false)
    -> [UInt8]
  {
    Array(
      rows.map { row in
        row.map { all || $0.contains(delimiter) ? "\"\($0)\"" : $0 }.joined(separator: delimiter)
          + end
      }.joined().utf8)
  }

  static func utf16(_ bytes: [UInt8], isLittle: Bool) -> [UInt8] {
    let text = "\u{FEFF}" + String(decoding: bytes, as: UTF8.self)
    return text.utf16.flatMap { unit in
      isLittle
        ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
  }

  static func mixed(_ bytes: [UInt8]) -> [UInt8] {
    var count = 0
    return bytes.flatMap { byte -> [UInt8] in
      guard byte == 0x0A else { return [byte] }
      count += 1
      return count % 3 == 0 ? [0x0D, 0x0A] : [0x0A]
    }
  }

  @Test("is read by its shape when the headings are in another language")
  func localized() throws {
    let text = """
      Elev;ID;SIS-användar-ID;SIS-inloggnings-ID;Avsnitt;Labb (12);Nuvarande poäng
          Möjliga poäng;;;;;10,00;(läs endast)
      Öberg, Åsa;5;u5;asa;Klass 1;7,50;75,00

      """
    let reading = try Self.read(text)
    #expect(reading.problems == [])
    #expect(reading.rows("person").first?["identifier"] == "u5")
    #expect(reading.rows("person").first?["username"] == "asa")
    #expect(reading.rows("class").first?["id"] == "Klass 1")
    #expect(reading.rows("lineItem").first?["maximum"] == "10.00")
    #expect(reading.rows("result").first?["score"] == "7.50")
    #expect(reading.rows("aggregateGrade").first?["score"] == "75.00")
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember("gradebook.csv", text)
    #expect(try host.probe([member], as: "canvas-gradebook") > 90)
    #expect(try host.rewrite([member], as: "canvas-gradebook").members == [member])
  }

  static let scores: [(cells: [String], delimiter: String, scores: [String?], rejected: Int)] = [
    (["1.5", "2"], ",", ["1.5", "2"], 0),
    (["\"1,5\"", "2"], ",", ["1.5", "2"], 0),
    (["1.5", "\"1,5\""], ",", ["1.5"], 1),
    (["\"1,234\"", "10"], ",", ["10"], 1),
    (["\"1,234\"", "10.50"], ",", ["10.50"], 1),
    (["\"1,234\"", "\"1,234.56\""], ",", ["1234", "1234.56"], 0),
    (["\"1,234\"", "\"2,5\""], ",", ["1.234", "2.5"], 0),
    (["1.234", "10"], ",", ["1.234", "10"], 0),
    (["1,234", "10"], ";", ["1.234", "10"], 0),
    (["1.234", "10"], ";", ["10"], 1),
    (["1.234,5", "2,5"], ";", ["1234.5", "2.5"], 0),
    (["1.234.567", "1"], ",", ["1"], 1),
    (["nan", "inf"], ",", [], 2),
    (["0x10", "1e400"], ",", [], 2),
    (["٣", " 5"], ",", [], 2),
    (["+5", "5."], ",", [], 2),
    (["-5", "007"], ",", ["-5", "007"], 0),
    (["10/20", "1e5"], ",", [], 2),
  ]

  @Test("never guesses a number", arguments: scores.indices)
  func numbers(index: Int) throws {
    let (cells, delimiter, expected, rejected) = Self.scores[index]
    let header = ["Student", "ID", "Section", "Quiz (1)"].joined(separator: delimiter)
    let rows = cells.enumerated().map { place, cell in
      ["Ann", "\(place)", "S", cell].joined(separator: delimiter)
    }
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    let reading = try Self.read(text)
    #expect(reading.rows("result").map { $0["score"] } == expected)
    #expect(reading.problems.filter { $0.severity == 3 }.count == rejected)
    let member = MemoryMember("gradebook.csv", text)
    let host = try MemoryHost(family: "Canvas")
    #expect(try host.rewrite([member], as: "canvas-gradebook").members == [member])
  }

  @Test("keeps letters and words, and reports the words")
  func words() throws {
    let reading = try Self.read(
      """
      Student,ID,Section,Essay (1),Lab (2),Talk (3),Quiz (4)
      A,1,S,A-,complete,Meets,85%
      B,2,S,B/C,incomplete,Exceeds,90 %

      """)
    #expect(
      reading.rows("lineItem").map { $0["scoreKind"] }
        == ["letter", "passFail", "points", "percent"])
    #expect(
      reading.rows("result").map { $0["textScore"] }
        == ["A-", "complete", "Meets", nil, "B/C", "incomplete", "Exceeds", nil])
    #expect(reading.rows("result").compactMap { $0["score"] } == ["85", "90"])
    #expect(reading.rows("result").compactMap { $0["incomplete"] } == ["true"])
    #expect(
      reading.problems.map { [$0.code, "\($0.line):\($0.column)", $0.value] } == [
        ["canvas.score_unknown", "2:6", "Meets"], ["canvas.score_unknown", "3:6", "Exceeds"],
      ])
  }

  @Test("takes guards off names, and puts them on")
  func guards() throws {
    let text = #"""
      Student,ID,Section,Quiz (1)
      "=""=SUM(A1)""",1,S,5.00
      =plain,2,S,5.00

      """#
    let reading = try Self.read(text)
    #expect(reading.rows("person").map { $0["name"] } == ["=SUM(A1)", "=plain"])
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember("gradebook.csv", text)
    let request = MemoryRequest(guardsFormulas: true)
    #expect(try host.rewrite([member], as: "canvas-gradebook", request).members == [member])
    let written = try host.write(reading.rows, as: "canvas-gradebook", request)
    let again = try #require(written.text("S.csv"))
    #expect(again.contains("\"=\"\"=plain\"\"\",2"))
    let open = try host.write(reading.rows, as: "canvas-gradebook")
    #expect(try #require(open.text("S.csv")).contains("\n=plain,2"))
  }

  @Test("reports rows that are short, long, empty or twice there, and keeps them")
  func faults() throws {
    let text = """
      Student,ID,Section,Quiz (1)
      A,1,S,1
      ,,,
      B,2,S
      C,3,S,1,2

      D,4,S,1,
      A,1,S,2
      """
    let reading = try Self.read(text)
    #expect(reading.rows("person").map { $0["id"] } == ["1", "4"])
    #expect(
      reading.problems.map { "\($0.line) \($0.severity) \($0.code)" } == [
        "3 2 csv.blank_line", "4 3 csv.row_too_short", "5 3 csv.row_too_long",
        "6 2 csv.blank_line", "7 1 csv.row_too_long", "8 3 canvas.student_twice",
      ])
    let member = MemoryMember("gradebook.csv", text)
    let host = try MemoryHost(family: "Canvas")
    #expect(try host.rewrite([member], as: "canvas-gradebook").members == [member])
  }

  @Test("refuses a file without headings")
  func empty() throws {
    #expect(try Self.read("").problems.map(\.code) == ["canvas.no_header"])
    #expect(try Self.read("").status != 0)
  }

  @Test("keeps several gradebooks of one folder apart")
  func several() throws {
    let members = [
      MemoryMember("a.csv", "Student,ID,Section,Notes,Quiz\nAnn,1,S,x,5\n"),
      MemoryMember("b.csv", "Student,ID,Section,Notes,Quiz\n\"Lee, Ann\",1,S,y,6\nBo,2,S,,7\n"),
    ]
    let host = try MemoryHost(family: "Canvas")
    let reading = try host.read(members, as: "canvas-gradebook")
    #expect(reading.rows("class").map { $0["id"] } == ["S", "b: S"])
    #expect(reading.rows("person").map { $0["id"] } == ["1", "2"])
    #expect(
      reading.rows("lineItem").map { $0["id"] } == ["canvas:column:a/Quiz", "canvas:column:b/Quiz"])
    #expect(try host.rewrite(members, as: "canvas-gradebook").members == members)
  }

  @Test("tells assignments of one identifier apart, and joins those that are the same")
  func sharedAssignments() throws {
    let points = "    Points Possible,,,5,5\n"
    let members = [
      MemoryMember("a.csv", "Student,ID,Section,Quiz (1),Lab (2)\n\(points)Ann,1,S,5,4\n"),
      MemoryMember("b.csv", "Student,ID,Section,Essay (1),Lab (2)\n\(points)Ann,1,T,3,2\n"),
      MemoryMember("c.csv", "Student,ID,Section,Quiz (1),Quiz (1)\n\(points)Ann,1,U,3,2\n"),
    ]
    let host = try MemoryHost(family: "Canvas")
    let reading = try host.read(members, as: "canvas-gradebook")
    #expect(
      reading.rows("lineItem").map { $0["id"] }
        == ["1", "2", "canvas:column:b/Essay (1)", "2@T", "1@U", "canvas:column:c/Quiz (1)"])
    #expect(reading.codes() == ["canvas.assignment_differs"])
    #expect(try host.rewrite(members, as: "canvas-gradebook").members == members)
  }
}
