import Testing

@Suite("OneRoster reading")
struct OneRosterReadingTests {
  private let host: MemoryHost

  init() throws { host = try MemoryHost(family: "OneRoster") }

  @Test("gives the records of every file")
  func records() throws {
    let reading = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2")
    let result = try #require(reading.rows("result").first)
    #expect(
      result.fields == [
        "id": "x1", "status": "", "modified": "", "lineItem": "i1", "person": "u1",
        "state": "graded", "score": "9.50", "scoreDate": "2024-09-09", "comment": "=1+1",
        "textScore": "A", "class": "k1", "inProgress": "false", "incomplete": "false",
        "late": "true", "missing": "false",
      ])
    #expect(result.line == 2)
    #expect(reading.rows("course").first?["grades"] == "09\u{1F}10")
    #expect(reading.rows("person").first?["identifiers"] == "LDAP:12\u{1F}LTI:15")
    let levels = reading.rows("scaleLevel").map { row in
      ["label", "low", "high", "position"].map { row[$0] ?? "" }
    }
    #expect(levels == [["A", "90", "100", "1"], ["B", "80", "89", "0"]])
    #expect(reading.rows("alignment").first?["ownerKind"] == "line_item")
    #expect(reading.rows("scaleUse").first?["ownerKind"] == "line_item")
    #expect(reading.rows("targetResult").first?["target"] == "o1")
    #expect(reading.rows("dataset").first?["intent"] == "snapshot")
  }

  @Test("gives the kinds in their order")
  func order() throws {
    let reading = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2")
    let numbers = reading.rows.compactMap { MemoryKinds.named($0.kind)?.number }
    #expect(numbers == numbers.sorted())
  }

  static let scores = ["nan", "inf", "0x10", "1e400", "1,5", "٣", " 5", "+5", "5.", ".5", "1,234"]

  @Test("leaves results out whose score is no number", arguments: scores)
  func score(text: String) throws {
    let row = "x,,,i,u,fully graded,\"\(text)\",2024-09-09,,,,,,,"
    let reading = try host.read(OneRosterFixture.results(row), as: "oneroster-1.2")
    #expect(reading.rows("result").isEmpty)
    #expect(reading.codes() == ["oneroster.score_invalid"])
    #expect(reading.problems.first?.severity == 3)
    #expect(reading.problems.first?.line == 2)
    #expect(reading.problems.first?.column == 7)
  }

  static let dates: [(text: String, read: String?, code: String)] = [
    ("31/12/2025", "2025-12-31", "oneroster.date_form"),
    ("3/1/2025", "2025-01-03", "oneroster.date_form"),
    ("2025-1-3", "2025-01-03", "oneroster.date_form"),
    ("2025-09-30T10:00:00+02:00", "2025-09-30T10:00:00+02:00", "oneroster.date_form"),
    ("2025-02-30", nil, "oneroster.date_invalid"),
    ("0000-01-01", nil, "oneroster.date_invalid"),
    ("9/27/2023", "2023-09-27", "oneroster.date_form"),
    ("27/9/2023", "2023-09-27", "oneroster.date_form"),
    ("13/27/2023", nil, "oneroster.date_invalid"),
    ("soon", nil, "oneroster.date_invalid"),
  ]

  @Test("reads dates that it can, and rejects the others", arguments: dates)
  func date(text: String, read: String?, code: String) throws {
    let row = "x,,,i,u,submitted,,\(text),,,,,,,"
    let reading = try host.read(OneRosterFixture.results(row), as: "oneroster-1.2")
    #expect(reading.rows("result").first?["scoreDate"] == read)
    #expect(reading.codes() == [code])
    let strict = try host.read(
      OneRosterFixture.results(row), as: "oneroster-1.2", MemoryRequest(isStrict: true))
    #expect(strict.rows("result").isEmpty)
  }

  @Test("reads months first when the user says so")
  func monthFirst() throws {
    let row = "x,,,i,u,submitted,,9/6/2023,,,,,,,"
    let reading = try host.read(
      OneRosterFixture.results(row), as: "oneroster-1.2", MemoryRequest(options: ["dates": "mdy"]))
    #expect(reading.rows("result").first?["scoreDate"] == "2023-09-06")
  }

  static let odd: [(row: String, code: String)] = [
    ("x,,,i,u,Fully Graded,1,2024-09-09,,,,,,,", "oneroster.token_case"),
    ("x,,,i,u,waiting,1,2024-09-09,,,,,,,", "oneroster.token_unknown"),
    ("x,,,i,u,submitted,1,2024-09-09,,,,TRUE,,,", "oneroster.boolean_form"),
    ("x,,,i,u,submitted,1,2024-09-09,,,,perhaps,,,", "oneroster.boolean_unknown"),
    ("x,,,i,u,,1,2024-09-09,,,,,,,", "oneroster.required_blank"),
    ("x,,,i,u,submitted,1,,,,,,,,", "oneroster.required_blank"),
    ("x,active,,i,u,submitted,1,2024-09-09,,,,,,,", "row.field_forbidden_in_bulk"),
    ("x,,,i,u,submitted,1,2024-09-09,,,,,,,,", "csv.row_too_long"),
    ("x,,,i,u,submitted,1,2024-09-09,a\"b,,,,,,", "csv.unescaped_quote"),
    ("x,,,i,u,submitted,1,2024-09-09,\"a\nb\",,,,,,", "oneroster.line_break"),
  ]

  @Test("reads odd rows with a warning, and refuses them when strict", arguments: odd)
  func oddRows(row: String, code: String) throws {
    let members = OneRosterFixture.results(row)
    let lenient = try host.read(members, as: "oneroster-1.2")
    #expect(lenient.rows("result").count == 1)
    #expect(lenient.codes() == [code])
    #expect(lenient.codes(from: 2) == [])
    let strict = try host.read(members, as: "oneroster-1.2", MemoryRequest(isStrict: true))
    #expect(strict.rows("result").isEmpty)
    #expect(strict.codes(from: 3) == [code])
  }

  static let rejected: [(row: String, code: String)] = [
    ("x,,,i,u,submitted,1", "csv.row_too_short"),
    (",,,i,u,submitted,1,2024-09-09,,,,,,,", "oneroster.required_blank"),
    ("x,,,,u,submitted,1,2024-09-09,,,,,,,", "oneroster.required_blank"),
    ("x,,,i,u,submitted,1,2024-09-09,\"a\"b,,,,,,", "csv.text_after_quote"),
    ("x,,,i,u,submitted,1,2024-09-09,a\0b,,,,,,", "csv.nul"),
  ]

  @Test("leaves wrong rows out, one report a row", arguments: rejected)
  func rejectedRows(row: String, code: String) throws {
    let reading = try host.read(OneRosterFixture.results(row), as: "oneroster-1.2")
    #expect(reading.rows("result").isEmpty)
    #expect(reading.problems.map(\.code) == [code])
    #expect(reading.problems.map(\.severity) == [3])
    #expect(reading.problems.map(\.kind) == [30])
  }

  static let faults: [(files: [String: String], code: String)] = [
    (["results": ""], "oneroster.no_header"),
    (["orgs": "sourcedId,name\na,A\n"], "oneroster.column_required"),
    (
      ["orgs": "sourcedId;status;dateLastModified;name;type\na;;;A;school\n"],
      "oneroster.column_required"
    ),
    (["orgs": "sourcedId,name,type,name\na,A,school,B\n"], "oneroster.header_repeated"),
    (["orgs": "sourcedId,name,type\na,\"A,school\nb,B,school\n"], "csv.unclosed_quote"),
  ]

  @Test("refuses files that cannot be read", arguments: faults)
  func faultyFiles(files: [String: String], code: String) throws {
    let reading = try host.read(OneRosterFixture.package(files), as: "oneroster-1.2")
    #expect(reading.status == 2)
    #expect(reading.codes(from: 4) == [code])
    #expect(reading.rows("organization").isEmpty)
  }

  @Test("compares the manifest with the files")
  func manifest() throws {
    var members = OneRosterFixture.package(["orgs": "x"])
    members.removeLast()
    let missing = try host.read(members, as: "oneroster-1.2")
    #expect(missing.codes() == ["manifest.file_missing"])
    #expect(missing.status == 2)
    members[0] = MemoryMember("manifest.csv", "propertyName,value\noneroster.version,7\n")
    #expect(
      try host.read(members, as: "oneroster-1.2").codes(from: 4) == ["manifest.version_unknown"])
    let only = [OneRosterFixture.package([:])[0]]
    let empty = try host.read(only, as: "oneroster-1.2")
    #expect(empty.status == 0)
    #expect(empty.rows.map(\.kind) == ["dataset"])
  }

  @Test("reads the version that the manifest says")
  func version() throws {
    let members = OneRosterFixture.package(
      ["categories": "sourcedId,status,dateLastModified,title\na,,,Labs\n"], version: "1.1")
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.rows("dataset").first?["format"] == "oneroster-1.1")
    #expect(reading.codes() == ["manifest.version_differs"])
  }

  @Test("finds misspelt headings and files")
  func misspelt() throws {
    var members = OneRosterFixture.package([
      "userProfiles": """
      sourcedId,status,dataLastModified,userSourcedId,profileType,vendorID,applicationId,\
      descripton,credentialType,username,password
      p,,,u,t,v,a,d,c,n,

      """
    ])
    members[1].name = "userprofiles.csv"
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.codes() == ["oneroster.file_name_case", "oneroster.header_misspelt"])
    #expect(reading.rows("profile").first?["description"] == "d")
    #expect(reading.rows("profile").first?["vendor"] == "v")
    let writing = try host.rewrite(members, as: "oneroster-1.2")
    #expect(writing.members.sorted { $0.name < $1.name } == members)
  }

  @Test("reads headings in another case, those of scales too")
  func headingCase() throws {
    let members = OneRosterFixture.package(
      OneRosterFixture.district.mapValues { text in
        let lines = text.split(separator: "\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        return lines[0].uppercased() + "\r\n" + lines[1]
      })
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.status == 0)
    #expect(reading.codes() == ["oneroster.header_misspelt"])
    #expect(reading.rows("scaleLevel").count == 2)
    #expect(try host.rewrite(members, as: "oneroster-1.2").members.count == members.count)
  }

  @Test("one date that has only one reading settles the others")
  func dateOrder() throws {
    for (dates, read) in [
      ("9/6/2025 9/25/2025", ["2025-09-06", "2025-09-25"]),
      ("9/6/2025 25/9/2025", ["2025-06-09", "2025-09-25"]),
      ("1.2.2025 9/6/2025", ["2025-02-01", "2025-06-09"]),
      ("9/25/2025 25/9/2025", ["2025-09-25"]),
    ] {
      let rows = dates.split(separator: " ").enumerated().map { place, date in
        "x\(place),,,i,u,submitted,,\(date),,,,,,,"
      }
      let reading = try host.read(
        OneRosterFixture.results(rows.joined(separator: "\n")), as: "oneroster-1.2")
      #expect(reading.rows("result").map { $0["scoreDate"] } == read, "\(dates)")
    }
  }

  static let delimiters: [(mark: String, name: String, score: String)] = [
    (";", "semicolon", "9,5"), ("\t", "tab", "9.5"),
  ]

  @Test("other delimiters are refused with a hint, and read when named", arguments: delimiters)
  func delimiter(mark: String, name: String, score: String) throws {
    let members = OneRosterFixture.results("x,,,i,u,submitted,SCORE,2025-09-01,,,,,,,").map {
      MemoryMember(
        $0.name, $0.text.replacing(",", with: mark).replacing("SCORE", with: score))
    }
    #expect(try host.probe(members, as: "oneroster-1.2") == 99)
    let refused = try host.read(members, as: "oneroster-1.2")
    #expect(refused.codes(from: 4) == ["manifest.invalid_header"])
    #expect(refused.problems.first?.message.contains("--delimiter \(name)") == true)
    let request = MemoryRequest(options: ["delimiter": name])
    let reading = try host.read(members, as: "oneroster-1.2", request)
    #expect(reading.rows("result").map { $0["score"] } == ["9.5"])
    let written = try host.rewrite(members, as: "oneroster-1.2", request).members
    #expect(written.sorted { $0.name < $1.name } == members)
  }

  @Test("a single file tells its version by its headings")
  func loneFile() throws {
    let results = OneRosterFixture.results("x,,,i,u,submitted,,2025-09-01,,,,,,,")[1]
    #expect(try host.probe([results], as: "oneroster-1.2") == 60)
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in results.text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try host.probe([MemoryMember("Results.csv", bytes)], as: "oneroster-1.2") == 60)
    let old = MemoryMember(
      "results.csv",
      "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,"
        + "scoreDate,comment\n")
    #expect(try host.probe([old], as: "oneroster-1.1") == 60)
  }

  @Test("keeps scale levels that cannot be parsed")
  func scaleValue() throws {
    let header = "sourcedId,status,dateLastModified,title,type,orgSourcedId,courseSourcedId,"
    let members = OneRosterFixture.package([
      "scoreScales": header + "classSourcedId,scoreScaleValue\nz,,,Z,letter,s,c,k,A to F\n"
    ])
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.codes() == ["oneroster.scale_value"])
    #expect(reading.rows("attribute").first?["value"] == "A to F")
    let writing = try host.write(reading.rows, as: "oneroster-1.2")
    #expect(writing.text("scoreScales.csv")?.contains(",k,A to F\r\n") == true)
  }

  @Test("reads 1.0 packages, which have no manifest")
  func first() throws {
    let rows = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2"
    ).rows
    var members = try host.write(rows, as: "oneroster-1.0").members
    #expect(members.map(\.name).contains("manifest.csv") == false)
    let demographics = "userSourcedId,status,dateLastModified,birthdate,sex\nu1,,,2010-01-01,male\n"
    members.removeAll { $0.name == "demographics.csv" }
    members.append(MemoryMember("demographics.csv", demographics))
    #expect(try host.probe(members, as: "oneroster-1.0") >= 80)
    let reading = try host.read(members, as: "oneroster-1.0")
    #expect(reading.status == 0)
    #expect(reading.rows("demographics").first?["person"] == "u1")
    #expect(reading.rows("demographics").first?["id"] == "u1")
    #expect(reading.rows("class").first?["academicSessions"] == "t1")
  }

  @Test("counts what is alike in many rows")
  func limiter() throws {
    var text = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    for index in 0..<250 { text += "o\(index),active,,A,school,,\n" }
    let reading = try host.read(OneRosterFixture.package(["orgs": text]), as: "oneroster-1.2")
    #expect(reading.rows("organization").count == 250)
    #expect(reading.problems.count == 101)
    #expect(reading.problems.last?.message.contains("150 more rows") == true)
  }
}
