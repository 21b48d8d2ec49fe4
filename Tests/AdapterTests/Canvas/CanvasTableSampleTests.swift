import Foundation
import Testing

@Suite("Canvas outcome and SIS import samples", .enabled(if: Samples.areThere))
struct CanvasTableSampleTests {
  @Test("outcomes come back byte for byte")
  func outcomes() throws {
    let host = try MemoryHost(family: "Canvas")
    let member = try Samples.member("canvas-outcomes/outcomes_doc_sample.csv")
    let written = try host.rewrite([member], as: "canvas-outcomes")
    #expect(written.members == [member])
    #expect(written.losses == [])
    #expect(try host.probe([member], as: "canvas-outcomes") > 90)
    #expect(try host.probe([member], as: "canvas-gradebook") == 0)
  }

  @Test("outcomes give targets, parents, scales and levels")
  func outcomeRecords() throws {
    let host = try MemoryHost(family: "Canvas")
    let member = try Samples.member("canvas-outcomes/outcomes_doc_sample.csv")
    let reading = try host.read([member], as: "canvas-outcomes")
    #expect(reading.problems == [])
    #expect(reading.rows("target").map { $0["type"] } == ["group", "group", "outcome"])
    let outcome = try #require(reading.rows("target").last)
    #expect(outcome["method"] == "decayingAverage")
    #expect(outcome["methodValue"] == "40")
    let parents = reading.rows("association").map { [$0["fromTarget"], $0["toTarget"]] }
    #expect(parents == [["b", "a"], ["c", "a"], ["c", "b"]])
    let levels = reading.rows("scaleLevel").map { [$0["value"], $0["label"], $0["position"]] }
    #expect(levels == [["3", "Excellent", "2"], ["2", "Better", "1"], ["1", "Good", "0"]])
  }

  @Test("a SIS import comes back byte for byte, together")
  func rosters() throws {
    let host = try MemoryHost(family: "Canvas")
    let members = try Samples.members("canvas-sis-import")
    let written = try host.rewrite(members, as: "canvas-sis")
    #expect(written.members.sorted { $0.name < $1.name } == members)
    #expect(try host.probe(members, as: "canvas-sis") > 90)
  }

  @Test(
    "each file of a SIS import comes back alone",
    arguments: [
      "accounts.csv", "courses.csv", "enrollments.csv", "groups.csv", "groups_membership.csv",
      "sections.csv", "terms.csv", "test_user_1.csv", "users.csv", "xlists.csv",
    ])
  func single(name: String) throws {
    let host = try MemoryHost(family: "Canvas")
    let member = try Samples.member("canvas-sis-import/\(name)")
    #expect(try host.rewrite([member], as: "canvas-sis").members == [member])
    #expect(try host.read([member], as: "canvas-sis").codes(from: 2) == [])
  }

  @Test("a SIS import gives records of every kind")
  func rosterRecords() throws {
    let host = try MemoryHost(family: "Canvas")
    let reading = try host.read(
      try Samples.members("canvas-sis-import"), as: "canvas-sis")
    #expect(reading.problems == [])
    #expect(reading.rows("person").map { $0["id"] } == ["100", "01103", "13834", "13aa3"])
    #expect(reading.rows("class").map { $0["course"] } == ["E411208", "E411208", "R001104"])
    #expect(reading.rows("enrollment").map { $0["role"] } == ["student", "student", "teacher"])
    #expect(
      reading.rows("academicSession").map { $0["startDate"] } == ["", "2013-01-03T00:00:00", ""])
    #expect(
      reading.rows("course").map { $0["title"] }.last == "Art 105: \"Art as a Medium\"")
  }
}
