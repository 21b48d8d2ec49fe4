import Foundation
import Testing

@Suite("Canvas Learning Mastery and other tables")
struct CanvasMasteryTests {
  private let mastery = """
    Student name,Student ID,Math > Algebra result,Math > Algebra mastery points,\
    "Writing, art result","Writing, art mastery points"
    "Lee, Ann",1,3.5,3,,2.5
    Bo,2,,3,2,2.5

    """

  @Test("Learning Mastery gives targets and target results, and comes back")
  func masteryRecords() throws {
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember("course.csv", mastery)
    let reading = try host.read([member], as: "canvas-mastery")
    #expect(reading.problems == [])
    #expect(reading.rows("target").map { $0["title"] } == ["Math > Algebra", "Writing, art"])
    #expect(reading.rows("target").map { $0["mastery"] } == ["3", "2.5"])
    #expect(
      reading.rows("targetResult").map { [$0["person"], $0["target"], $0["score"]] } == [
        ["1", "canvas:outcome:Math > Algebra", "3.5"], ["2", "canvas:outcome:Writing, art", "2"],
      ])
    #expect(try host.rewrite([member], as: "canvas-mastery").members == [member])
    #expect(try host.probe([member], as: "canvas-mastery") > 90)
    #expect(try host.probe([member], as: "canvas-gradebook") == 0)
  }

  @Test("translated Learning Mastery headings are read by their shape")
  func masteryInFrench() throws {
    let host = try MemoryHost(family: "Canvas")
    let member = MemoryMember(
      "cours.csv",
      "Nom;Numéro;Maths > Algèbre résultat;Maths > Algèbre points de maîtrise\nAnne;1;3,5;3\n")
    let reading = try host.read([member], as: "canvas-mastery")
    #expect(reading.rows("target").map { $0["title"] } == ["Maths > Algèbre"])
    #expect(reading.rows("targetResult").map { $0["score"] } == ["3.5"])
    #expect(try host.rewrite([member], as: "canvas-mastery").members == [member])
    #expect(try host.probe([member], as: "canvas-mastery") >= 50)
  }

  @Test("Learning Mastery is written for each class")
  func masteryWriting() throws {
    let host = try MemoryHost(family: "Canvas")
    let written = try host.write(
      [
        MemoryRow("class", ["id": "c"]), MemoryRow("person", ["id": "p", "name": "Ann"]),
        MemoryRow("enrollment", ["class": "c", "person": "p", "role": "student"]),
        MemoryRow("target", ["id": "t", "title": "Reads maps", "mastery": "3"]),
        MemoryRow("targetResult", ["target": "t", "person": "p", "class": "c", "score": "4"]),
      ], as: "canvas-mastery")
    #expect(
      written.members == [
        MemoryMember(
          "c.csv",
          """
          Student name,Student ID,Student SIS ID,Reads maps result,Reads maps mastery points
          Ann,p,,4,3

          """)
      ])
  }

  @Test("outcomes are written with parents first")
  func outcomeWriting() throws {
    let host = try MemoryHost(family: "Canvas")
    let written = try host.write(
      [
        MemoryRow("scaleLevel", ["scale": "s", "label": "No", "position": "0", "value": "1"]),
        MemoryRow("scaleLevel", ["scale": "s", "label": "Yes", "position": "1", "value": "2"]),
        MemoryRow(
          "target",
          [
            "id": "child 1", "title": "Reads", "scale": "s", "method": "nMastery",
            "methodValue": "3", "mastery": "2", "type": "standard",
          ]),
        MemoryRow("target", ["id": "top", "title": "Language", "type": "standard"]),
        MemoryRow(
          "association", ["type": "isChildOf", "fromTarget": "child 1", "toTarget": "top"]),
        MemoryRow("association", ["type": "isRelatedTo", "fromTarget": "top", "toTarget": "x"]),
      ], as: "canvas-outcomes")
    #expect(
      written.text("outcomes.csv") == """
        vendor_guid,object_type,title,description,display_name,calculation_method,\
        calculation_int,workflow_state,parent_guids,mastery_points,ratings,,,
        top,group,Language,,,,,,,,,,,
        child_1,outcome,Reads,,,n_mastery,3,,top,2,2,Yes,1,No

        """)
    #expect(
      written.losses.map { "\($0.kind) \($0.field ?? "-") \($0.count)" }
        == [
          "target id 1", "target type 2", "target scale 1", "association - 1",
          "association fromTarget 1",
        ])
  }

  static let badOutcomes: [(row: String, code: String)] = [
    (",outcome,T,,,,,active,,,", "canvas.guid_malformed"),
    ("a b,outcome,T,,,,,active,,,", "canvas.guid_malformed"),
    ("x,topic,T,,,,,active,,,", "canvas.object_type_unknown"),
    ("x,outcome,T,,,guess,,active,,,", "canvas.method_unknown"),
    ("x,outcome,T,,,,ten,active,,,", "canvas.number_malformed"),
    ("x,outcome,T,,,,,gone,,,", "canvas.state_unknown"),
    ("x,outcome,T,,,,,active,nobody,,", "canvas.parent_unknown"),
    ("x,outcome,T,,,,,active,,much,Good", "canvas.rating_malformed"),
    ("g,group,T,,,,,active,,,", "canvas.guid_twice"),
  ]

  @Test("bad outcome rows are reported and come back", arguments: badOutcomes.indices)
  func outcomeFaults(index: Int) throws {
    let (row, code) = Self.badOutcomes[index]
    let member = MemoryMember(
      "outcomes.csv",
      """
      vendor_guid,object_type,title,description,display_name,calculation_method,\
      calculation_int,workflow_state,parent_guids,ratings,
      g,group,G,,,,,active,,,
      \(row)

      """)
    let host = try MemoryHost(family: "Canvas")
    let reading = try host.read([member], as: "canvas-outcomes")
    #expect(reading.codes() == [code])
    #expect(try host.rewrite([member], as: "canvas-outcomes").members == [member])
  }

  @Test("a SIS import keeps unknown columns, words and dates")
  func rosterOddities() throws {
    let members = [
      MemoryMember(
        "enrollments.csv",
        """
        course_id,user_id,role,section_id,status,limit_section_privileges
        C1,1,student,S1,completed,true
        C1,1,student,S1,active,
        C2,1,designer,,deleted,false

        """),
      MemoryMember("sections.csv", "section_id,course_id,name,status\nS1,C1,One,active\n"),
      MemoryMember(
        "user_observers.csv", "observer_id,student_id,status\n9,1,active\n8,1,deleted\n"),
      MemoryMember(
        "users.csv",
        """
        user_id,login_id,status,short_name,first_name
        1,ann,suspended,Annie,Ann
        9,parent,active,,
        1,again,active,,

        """),
    ]
    let host = try MemoryHost(family: "Canvas")
    let reading = try host.read(members, as: "canvas-sis")
    #expect(reading.codes() == ["canvas.id_twice"])
    #expect(reading.rows("person").map { $0["agents"] } == ["9", nil])
    #expect(reading.rows("person").map { $0["enabled"] } == ["false", nil])
    #expect(reading.rows("enrollment").map { $0["state"] } == ["completed", nil, nil])
    #expect(reading.rows("enrollment").map { $0["status"] } == [nil, "active", "tobedeleted"])
    let written = try host.rewrite(members, as: "canvas-sis")
    #expect(written.members.sorted { $0.name < $1.name } == members)
  }

  @Test("a SIS import is written from records of other formats")
  func rosterWriting() throws {
    let host = try MemoryHost(family: "Canvas")
    let written = try host.write(
      [
        MemoryRow("organization", ["id": "o", "name": "School"]),
        MemoryRow("course", ["id": "k", "title": "Biology", "code": "B", "organization": "o"]),
        MemoryRow("class", ["id": "c", "title": "Biology 1", "course": "k"]),
        MemoryRow(
          "person", ["id": "p", "givenName": "Ann", "username": "ann", "status": "tobedeleted"]),
        MemoryRow("enrollment", ["id": "e", "class": "c", "person": "p", "role": "student"]),
      ], as: "canvas-sis")
    #expect(
      written.members.map(\.name)
        == ["accounts.csv", "courses.csv", "sections.csv", "users.csv", "enrollments.csv"])
    #expect(
      written.text("enrollments.csv")
        == "course_id,user_id,role,section_id,status\nk,p,student,c,active\n")
    #expect(
      written.text("users.csv") == """
        user_id,login_id,first_name,last_name,full_name,sortable_name,email,status
        p,ann,Ann,,,,,deleted

        """)
  }
}
