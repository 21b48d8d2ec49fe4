import Foundation
import Testing

@Suite("Canvas gradebook samples", .enabled(if: Samples.areThere))
struct CanvasGradebookSampleTests {
  static let names = [
    "basic_course.csv", "basic_course_with_sis_login_id.csv", "canvas.csv",
    "default_gradebook.csv", "pristine.csv",
    "valid_gradebook_contents_with_last_and_first_names.csv",
  ]

  @Test("come back byte for byte", arguments: names)
  func rewrite(name: String) throws {
    let host = try MemoryHost(family: "Canvas")
    let member = try Samples.member("canvas-gradebook/\(name)")
    let written = try host.rewrite([member], as: "canvas-gradebook")
    #expect(written.members == [member])
    #expect(written.losses == [])
  }

  @Test("are recognised", arguments: names)
  func probe(name: String) throws {
    let host = try MemoryHost(family: "Canvas")
    let member = try Samples.member("canvas-gradebook/\(name)")
    #expect(try host.probe([member], as: "canvas-gradebook") >= 60)
  }

  @Test("are read with their findings")
  func findings() throws {
    let host = try MemoryHost(family: "Canvas")
    func read(_ name: String) throws -> MemoryReading {
      try host.read([try Samples.member("canvas-gradebook/\(name)")], as: "canvas-gradebook")
    }
    let basic = try read("basic_course.csv")
    #expect(basic.problems == [])
    #expect(basic.rows("result").count == 7)
    #expect(basic.rows("result").allSatisfy { $0["state"] == "noGrade" })
    let short = try read("basic_course_with_sis_login_id.csv")
    #expect(short.rows("person").isEmpty)
    #expect(short.problems.map(\.code) == Array(repeating: "csv.row_too_short", count: 7))
    let modern = try read("canvas.csv")
    #expect(modern.problems == [])
    #expect(modern.rows("result").count == 12)
    #expect(modern.rows("lineItem").map { $0["hidden"] } == ["true", "true", "true"])
    #expect(modern.rows("lineItem").map { $0["maximum"] } == ["10.00", "24.00", "30.00"])
    #expect(modern.rows("aggregateGrade").count == 48)
    #expect(modern.rows("attribute").isEmpty)
    let hand = try read("default_gradebook.csv")
    #expect(hand.rows("result").count == 12)
    #expect(hand.codes() == ["canvas.points_unknown"])
    let pristine = try read("pristine.csv")
    #expect(pristine.rows("result").count == 195)
    #expect(pristine.rows("lineItem").allSatisfy { $0["maximum"] == "20" })
    let shifted = try read("valid_gradebook_contents_with_last_and_first_names.csv")
    #expect(shifted.codes(from: 3) == ["canvas.row_shifted"])
  }
}
