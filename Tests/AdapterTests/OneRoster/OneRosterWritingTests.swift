import Testing

@Suite("OneRoster writing")
struct OneRosterWritingTests {
  private let host: MemoryHost

  init() throws { host = try MemoryHost(family: "OneRoster") }

  @Test("gives the standard form of records that came from elsewhere")
  func fresh() throws {
    let members = OneRosterFixture.package(OneRosterFixture.district)
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.status == 0)
    #expect(reading.problems == [])
    let writing = try host.write(reading.rows, as: "oneroster-1.2")
    #expect(writing.status == 0)
    #expect(writing.problems == [])
    #expect(writing.losses == [])
    for member in members { #expect(writing.text(member.name) == member.text) }
    #expect(writing.members.count == members.count)
  }

  @Test("reads what it wrote, and writes the same again", arguments: ["1.0", "1.1", "1.2"])
  func roundTrip(version: String) throws {
    let format = "oneroster-" + version
    let members = OneRosterFixture.package(OneRosterFixture.district)
    let rows = try host.read(members, as: "oneroster-1.2").rows
    let first = try host.write(rows, as: format)
    #expect(first.status == 0)
    let again = try host.read(first.members, as: format)
    #expect(again.problems == [])
    let second = try host.write(again.rows, as: format)
    #expect(first.members == second.members)
    #expect(second.losses == [])
  }

  @Test("merges roles into users for 1.1, and parts them again for 1.2")
  func roles() throws {
    let members = OneRosterFixture.package(OneRosterFixture.district)
    let rows = try host.read(members, as: "oneroster-1.2").rows
    let old = try host.write(rows, as: "oneroster-1.1")
    let users = try #require(old.text("users.csv"))
    #expect(users.contains("u1,,,true,s1,student,ada,"))
    #expect(users.contains("u2,,,false,s1,guardian,bo,"))
    let back = try host.write(
      host.read(old.members, as: "oneroster-1.1").rows, as: "oneroster-1.2")
    let roles = try #require(back.text("roles.csv"))
    #expect(roles.contains(",u1,primary,student,,,s1,\r\n"))
    #expect(roles.contains(",u2,primary,guardian,,,s1,\r\n"))
    #expect(back.problems.allSatisfy { $0.code == "oneroster.invented_value" })
  }

  @Test("line items that several classes share go into a class of their own")
  func sharedItems() throws {
    let rows =
      ["a", "gradebook"].map { MemoryRow("class", ["id": $0]) }
      + [
        MemoryRow("person", ["id": "p"]), MemoryRow("enrollment", ["class": "a", "person": "p"]),
        MemoryRow("lineItem", ["id": "q"]), MemoryRow("lineItem", ["id": "r"]),
        MemoryRow("result", ["lineItem": "q", "person": "p", "score": "8"]),
      ]
    for version in ["1.1", "1.2"] {
      let writing = try host.write(rows, as: "oneroster-" + version)
      let classes = try #require(writing.text("classes.csv"))
      #expect(classes.contains("gradebook-2,,,Gradebook,,course.gradebook-2,"))
      let items = try #require(writing.text("lineItems.csv"))
      #expect(items.split(separator: ",gradebook-2,").count == 3)
      #expect(writing.text("results.csv")?.contains(",q,p,fully graded,8,") == true)
      #expect(writing.losses.allSatisfy { !["lineItem", "result"].contains($0.kind) })
      let again = try host.read(writing.members, as: "oneroster-" + version)
      #expect(again.codes(from: 2) == [])
    }
  }

  @Test("makes a whole package of a bare gradebook, and says what it made up")
  func bareGradebook() throws {
    let rows = [
      MemoryRow("class", ["id": "7", "title": "Biology"]),
      MemoryRow("person", ["id": "p1", "name": "Ada Lind"]),
      MemoryRow("person", ["id": "p2", "sortName": "Berg, Bo Erik"]),
      MemoryRow("lineItem", ["id": "q1", "title": "Quiz", "class": "7", "dueDate": "2024-10-01"]),
      MemoryRow("result", ["lineItem": "q1", "person": "p1", "score": "8"]),
      MemoryRow("result", ["lineItem": "q1", "person": "p2", "state": "exempt"]),
      MemoryRow("result", ["lineItem": "q1", "person": "p2", "state": "notAssigned"]),
    ]
    let writing = try host.write(rows, as: "oneroster-1.2")
    #expect(writing.status == 0)
    let names = writing.members.map(\.name).sorted()
    #expect(
      names == [
        "academicSessions.csv", "categories.csv", "classes.csv", "courses.csv",
        "enrollments.csv", "lineItems.csv", "manifest.csv", "orgs.csv", "results.csv",
        "roles.csv", "users.csv",
      ])
    let results = try #require(writing.text("results.csv"))
    #expect(results.contains("results-1,,,q1,p1,fully graded,8,2024-10-01,,,,,,,\r\n"))
    #expect(results.contains("results-2,,,q1,p2,exempt,,2024-10-01,,,,,,,\r\n"))
    let users = try #require(writing.text("users.csv"))
    #expect(users.contains("p1,,,true,p1,,Ada,Lind,"))
    #expect(users.contains("p2,,,true,p2,,Bo Erik,Berg,"))
    #expect(writing.losses.map(\.field) == ["name", "sortName", nil])
    #expect(writing.problems.allSatisfy { $0.code == "oneroster.invented_value" })
    #expect(writing.problems.allSatisfy { $0.severity == 0 })
    let again = try host.read(writing.members, as: "oneroster-1.2", MemoryRequest(isStrict: true))
    #expect(again.status == 0)
    #expect(again.problems == [])
    for kind in ["organization", "academicSession", "course", "enrollment", "role"] {
      #expect(!again.rows(kind).isEmpty, "\(kind)")
    }
  }

  @Test("says what a bulk package leaves out, and a delta package keeps it")
  func lifecycle() throws {
    let rows = [
      MemoryRow("dataset", ["intent": "snapshot"]),
      MemoryRow(
        "organization",
        ["id": "a", "name": "A", "type": "school", "modified": "2024-01-01T00:00:00Z"]),
      MemoryRow(
        "organization", ["id": "b", "name": "B", "type": "school", "status": "tobedeleted"]),
    ]
    let bulk = try host.write(rows, as: "oneroster-1.2", MemoryRequest(options: ["mode": "bulk"]))
    #expect(bulk.text("orgs.csv")?.contains("a,,,A") == true)
    #expect(bulk.text("orgs.csv")?.contains("b,") == false)
    #expect(bulk.losses.map(\.field) == ["modified", nil])
    let delta = try host.write(rows, as: "oneroster-1.2", MemoryRequest(options: ["mode": "delta"]))
    #expect(delta.text("orgs.csv")?.contains("a,active,2024-01-01T00:00:00Z,A") == true)
    #expect(delta.text("orgs.csv")?.contains("b,tobedeleted,1970") == true)
    #expect(delta.text("manifest.csv")?.contains("file.orgs,delta") == true)
    #expect(delta.losses == [])
  }

  @Test("takes line breaks out of cells and counts them")
  func lineBreaks() throws {
    var rows = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2"
    ).rows
    for index in rows.indices where rows[index].kind == "result" {
      rows[index]["comment"] = "one\r\ntwo\nthree, four"
    }
    let writing = try host.write(rows, as: "oneroster-1.2")
    #expect(writing.text("results.csv")?.contains(",\"one two three, four\",") == true)
    #expect(writing.losses.map(\.field) == ["comment"])
    #expect(writing.losses.map(\.count) == [2])
  }

  @Test("keeps extension columns without a source layer")
  func extensions() throws {
    let members = OneRosterFixture.package([
      "orgs": """
      sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.colour
      a,,,A,school,,,red
      b,,,B,school,,,

      """
    ])
    let reading = try host.read(members, as: "oneroster-1.2")
    #expect(reading.rows("attribute").map { $0["value"] } == ["red"])
    let writing = try host.write(reading.rows, as: "oneroster-1.2")
    let orgs = try #require(writing.text("orgs.csv"))
    #expect(
      orgs.hasPrefix(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.colour\r\n"
      ))
    #expect(orgs.contains("a,,,A,school,,,red\r\n"))
  }

  @Test("names extension columns and words as the format wants them")
  func foreignNames() throws {
    let rows = [
      MemoryRow(
        "attribute",
        [
          "ownerKind": "organization", "owner": "a", "vocabulary": "oneroster", "key": "ext_x",
          "value": "7",
        ]),
      MemoryRow("organization", ["id": "a", "name": "A", "type": "college"]),
      MemoryRow("organization", ["id": "b", "name": "B", "type": "ext:lab"]),
    ]
    let writing = try host.write(rows, as: "oneroster-1.2")
    let orgs = try #require(writing.text("orgs.csv"))
    #expect(orgs.contains(",parentSourcedId,metadata.ext_x\r\n"))
    #expect(orgs.contains("a,,,A,ext:college,,,7\r\n"))
    #expect(orgs.contains("b,,,B,ext:lab,,,\r\n"))
    #expect(writing.losses.map(\.field) == ["type", "key"])
    #expect(writing.losses.map(\.reduced) == [true, true])
    let strict = try host.read(writing.members, as: "oneroster-1.2", MemoryRequest(isStrict: true))
    #expect(strict.problems == [])
  }

  /// Values that the format has no place for as they are: what comes back, and why.
  static let poorer: [(kind: String, field: String, value: String, back: String)] = [
    ("course", "subjects", "Arts, Music\u{1F} Dance ", "Arts; Music\u{1F}Dance"),
    ("course", "title", "One\r\nTwo", "One Two"),
    ("academicSession", "startDate", "2024", "2024-01-01"),
    ("academicSession", "endDate", "2025-06-30T12:00:00Z", "2025-06-30"),
    ("academicSession", "schoolYear", "2024-2025", "2025"),
    ("person", "identifiers", "77\u{1F}LDAP:a}b", "id:77\u{1F}LDAP:a)b"),
    ("scaleLevel", "label", "{A}", "(A)"),
    ("lineItem", "dueDate", "2024-09", "2024-09-01"),
  ]

  @Test("counts what it keeps in a poorer form, and it can be read again", arguments: poorer)
  func reductions(kind: String, field: String, value: String, back: String) throws {
    var rows = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2"
    ).rows
    let place = try #require(rows.firstIndex { $0.kind == kind })
    rows[place][field] = value
    if kind == "scaleLevel" { rows[place]["id"] = "z1:{A}" }
    let writing = try host.write(rows, as: "oneroster-1.2")
    let again = try host.read(writing.members, as: "oneroster-1.2", MemoryRequest(isStrict: true))
    #expect(again.problems == [])
    #expect(again.rows(kind).first?[field] == back)
    #expect(writing.losses.map(\.field) == [field])
    #expect(writing.losses.map(\.count) == [1])
    let different = zip(rows.plain, again.rows.plain).filter { $0 != $1 }.map(\.0.kind)
    #expect(different == [kind])
  }

  @Test("encodes identifiers when asked, and says when they are odd")
  func identifiers() throws {
    let rows = [
      MemoryRow("organization", ["id": "a b", "name": "A", "type": "school"]),
      MemoryRow("organization", ["id": "c", "name": "C", "type": "school", "parent": "a b"]),
    ]
    let kept = try host.write(rows, as: "oneroster-1.2")
    #expect(kept.text("orgs.csv")?.contains("\r\na b,") == true)
    #expect(kept.problems.map(\.code) == ["oneroster.guid_form"])
    let encoded = try host.write(
      rows, as: "oneroster-1.2", MemoryRequest(options: ["identifiers": "encode"]))
    #expect(encoded.text("orgs.csv")?.contains("\r\na@20b,") == true)
    #expect(encoded.text("orgs.csv")?.contains("c,,,C,school,,a@20b\r\n") == true)
    #expect(encoded.losses.map(\.field) == ["id", "parent"])
  }

  @Test("leaves passwords out unless asked")
  func passwords() throws {
    let rows = [
      MemoryRow("person", ["id": "p", "name": "A B", "password": "secret", "role": "student"])
    ]
    let quiet = try host.write(rows, as: "oneroster-1.1")
    #expect(quiet.text("users.csv")?.contains("secret") == false)
    #expect(quiet.losses.map(\.field) == ["name", "password"])
    let asked = try host.write(
      rows, as: "oneroster-1.1", MemoryRequest(options: ["passwords": "true"]))
    #expect(asked.text("users.csv")?.contains("secret") == true)
  }

  @Test("stops when the host asks", arguments: 0..<20)
  func stops(after calls: Int) throws {
    let rows = try host.read(
      OneRosterFixture.package(OneRosterFixture.district), as: "oneroster-1.2"
    ).rows
    var request = MemoryRequest()
    request.stopsAfter = calls
    #expect(try host.write(rows, as: "oneroster-1.2", request).status == 1)
    let members = OneRosterFixture.package(OneRosterFixture.district)
    #expect(try host.read(members, as: "oneroster-1.2", request).status == 1)
  }
}
