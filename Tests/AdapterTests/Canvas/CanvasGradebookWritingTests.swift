import Foundation
import Testing

@Suite("Writing Canvas gradebooks")
struct CanvasGradebookWritingTests {
  static let records: [MemoryRow] = [
    MemoryRow("class", ["id": "c/1", "title": "Biology, A"]),
    MemoryRow("class", ["id": "c2"]),
    MemoryRow("class", ["id": "c3", "title": "No results"]),
    MemoryRow(
      "person", ["id": "p1", "givenName": "Ann", "familyName": "Lee", "identifier": "007"]),
    MemoryRow("person", ["id": "p2", "name": "Bo", "username": "bo"]),
    MemoryRow("person", ["id": "t1", "name": "Teacher"]),
    MemoryRow("enrollment", ["class": "c/1", "person": "p1", "role": "student"]),
    MemoryRow("enrollment", ["class": "c/1", "person": "p2", "role": "student"]),
    MemoryRow("enrollment", ["class": "c/1", "person": "t1", "role": "teacher"]),
    MemoryRow("enrollment", ["class": "c2", "person": "p2", "role": "student"]),
    MemoryRow("enrollment", ["class": "c3", "person": "p2", "role": "student"]),
    MemoryRow("lineItem", ["id": "i1", "title": "Quiz", "class": "c/1", "maximum": "10"]),
    MemoryRow("lineItem", ["id": "i2", "title": "Essay", "class": "c/1", "maximum": "2.5"]),
    MemoryRow("lineItem", ["id": "i3", "title": "Lab", "class": "c2"]),
    MemoryRow("lineItem", ["id": "i4", "title": "Talk", "class": "c3", "maximum": "1e1"]),
    MemoryRow("result", ["lineItem": "i1", "person": "p1", "score": "9", "state": "graded"]),
    MemoryRow("result", ["lineItem": "i2", "person": "p1", "state": "exempt"]),
    MemoryRow("result", ["lineItem": "i1", "person": "p2", "score": "9.125"]),
    MemoryRow("result", ["lineItem": "i2", "person": "p2", "state": "submitted"]),
    MemoryRow("result", ["lineItem": "i3", "person": "p2", "score": "1234567.5"]),
    MemoryRow(
      "result", ["lineItem": "i3", "person": "p1", "score": "-0.50", "status": "active"]),
    MemoryRow(
      "result", ["lineItem": "i1", "person": "p1", "score": "1", "status": "tobedeleted"]),
  ]

  @Test("makes one file of each class")
  func classes() throws {
    let host = try MemoryHost(family: "Canvas")
    let written = try host.write(Self.records, as: "canvas-gradebook")
    #expect(written.members.map(\.name) == ["c_1.csv", "c2.csv", "c3.csv"])
    #expect(
      written.text("c_1.csv") == """
        Student,ID,SIS User ID,SIS Login ID,Section,Quiz (i1),Essay (i2)
            Points Possible,,,,,10.00,2.50
        "Lee, Ann",p1,007,,"Biology, A",9.00,EX
        Bo,p2,,bo,"Biology, A",9.125,

        """)
    #expect(
      written.text("c2.csv") == """
        Student,ID,SIS User ID,SIS Login ID,Section,Lab (i3)
            Points Possible,,,,,
        Bo,p2,,bo,c2,1234567.50
        "Lee, Ann",p1,007,,c2,-0.50

        """)
    #expect(
      written.text("c3.csv") == """
        Student,ID,SIS User ID,SIS Login ID,Section,Talk (i4)
            Points Possible,,,,,10.00
        Bo,p2,,bo,No results,

        """)
    #expect(
      written.losses.map { "\($0.kind) \($0.field ?? "-") \($0.count)" }.sorted()
        == [
          "enrollment - 1", "enrollment class 3", "lineItem class 3", "person - 1", "result - 1",
          "result - 1",
        ])
  }

  @Test("reads what it wrote, and writes it again alike")
  func roundTrip() throws {
    let host = try MemoryHost(family: "Canvas")
    let first = try host.write(Self.records, as: "canvas-gradebook")
    let reading = try host.read(first.members, as: "canvas-gradebook")
    #expect(reading.problems == [])
    #expect(reading.rows("lineItem").map { $0["id"] } == ["i1", "i2", "i3", "i4"])
    #expect(
      reading.rows("result").compactMap { $0["score"] } == [
        "9.00", "9.125", "1234567.50", "-0.50",
      ])
    #expect(try host.rewrite(first.members, as: "canvas-gradebook").members == first.members)
  }

  @Test("writes totals behind the assignments")
  func totals() throws {
    let host = try MemoryHost(family: "Canvas")
    let rows: [MemoryRow] = [
      MemoryRow("class", ["id": "c", "title": "C"]),
      MemoryRow("person", ["id": "p", "name": "Ann"]),
      MemoryRow("enrollment", ["class": "c", "person": "p", "role": "student"]),
      MemoryRow("category", ["id": "k", "title": "Homework"]),
      MemoryRow("lineItem", ["id": "1", "title": "Q", "class": "c", "hidden": "true"]),
      MemoryRow("result", ["lineItem": "1", "person": "p", "score": "5"]),
      MemoryRow(
        "aggregateGrade",
        [
          "person": "p", "class": "c", "category": "k", "type": "current", "score": "91.5",
          "scoreKind": "percent",
        ]),
      MemoryRow(
        "aggregateGrade",
        ["person": "p", "class": "c", "type": "final", "textScore": "A-", "scoreKind": "letter"]),
    ]
    let written = try host.write(rows, as: "canvas-gradebook")
    #expect(
      written.text("c.csv") == """
        Student,ID,SIS User ID,SIS Login ID,Section,Q (1),Homework Current Score,Final Grade
        ,,,,,Manual Posting,,
            Points Possible,,,,,,(read only),(read only)
        Ann,p,,,C,5.00,91.50,A-

        """)
    // The section reads C, and the category Homework: their own identifiers are c and k.
    #expect(
      written.losses.map { "\($0.kind) \($0.field ?? "-") \($0.count)" } == [
        "enrollment class 1", "lineItem class 1", "aggregateGrade class 2",
        "aggregateGrade category 1",
      ])
    #expect(
      try host.read(written.members, as: "canvas-gradebook").rows("aggregateGrade").count == 2)
  }

  @Test("writes headings when there is nothing else")
  func empty() throws {
    let host = try MemoryHost(family: "Canvas")
    let written = try host.write([], as: "canvas-gradebook")
    #expect(written.members.map(\.name) == ["gradebook.csv"])
    #expect(try host.read(written.members, as: "canvas-gradebook").problems == [])
  }
}
