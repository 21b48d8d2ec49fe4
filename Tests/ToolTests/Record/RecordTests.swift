import Foundation
import Testing

/// A learner's record from one school to another, as the guide for registrars goes.
@Suite("cbl-tool record", .enabled(if: ToolRun.buildFolder != nil))
struct RecordTests {
  private static let now = "2026-11-22T00:00:00Z"
  private static let evidence = """
    id,learner,target,score,date,rater,trust
    e1,p1,fractions,2,2026-09-01,t9,verified
    e2,p1,fractions,4,2026-09-12,t9,verified
    e3,p1,decimals,3,2026-09-13,t9,claimed
    e4,p2,fractions,1,2026-09-13,t9,verified

    """
  private static let crosswalk = """
    {"crosswalk": 1, "id": "x", "targets": [{"from": "fractions", "to": ["F"]},
     {"from": "decimals", "to": ["D"]}],
     "scales": [{"from": "zero-to-four", "levels": {"2": "NYC", "3": "C", "4": "BC"}}]}
    """

  /// A folder with a key and a record, or `nil` in a build without signatures.
  private static func school(_ more: String...) throws -> Scratch? {
    let scratch = try Scratch()
    try scratch.write("evidence.csv", evidence)
    try scratch.write("crosswalk.json", crosswalk)
    let key = try scratch.run("badge", "key", "new", "-o", "school.key")
    if key.exitCode == 69 { return nil }
    let issuer = key.output.trimmingCharacters(in: .whitespacesAndNewlines)
    try scratch.write("trust.json", "[\"\(issuer)\"]")
    let run = try ToolRun(
      [
        "record", "export", "evidence.csv", "--learner", "p1", "--policy", "kennebec",
        "--key", "school.key", "--at", now, "-o", "p1.zip",
      ] + more, in: scratch.url)
    #expect(run.exitCode == 0, "\(run.messages)")
    return scratch
  }

  private static func bring(
    _ scratch: Scratch, _ more: String...
  ) throws -> (ToolRun, [String: Any]) {
    let run = try ToolRun(
      [
        "record", "import", "p1.zip", "--policy", "spaulding", "--crosswalk", "crosswalk.json",
        "--learner", "2041", "--at", now, "--json",
      ] + more, in: scratch.url)
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    return (run, json ?? [:])
  }

  @Test("a record verifies, is judged where it arrives, and is graded again as a table")
  func whole() throws {
    guard let scratch = try Self.school() else { return }
    let verified = try scratch.run("record", "verify", "p1.zip", "--at", Self.now)
    #expect(verified.exitCode == 0)
    #expect(verified.output.hasPrefix("p1.zip: valid\n"))
    let (run, json) = try Self.bring(scratch, "--trust", "trust.json", "-o", "arrived.csv")
    // The decimals are only claimed.
    #expect(run.exitCode == 1)
    #expect(json["counts"] as? [String: Int] == ["counts": 2, "claimed": 1])
    #expect(json["vouchedFor"] as? Bool == true)
    let graded = try scratch.run(
      "grade", "--policy", "spaulding", "arrived.csv", "-o", "-", "--format", "csv")
    #expect(graded.exitCode == 0, "\(graded.messages)")
    #expect(graded.output.contains("2041,target,F,,mastered,BC"))
  }

  @Test("--vouch makes the school's own evidence count, and no trust opens nothing")
  func vouching() throws {
    guard let scratch = try Self.school("--vouch") else { return }
    let (trusted, first) = try Self.bring(scratch, "--trust", "trust.json")
    #expect(trusted.exitCode == 0)
    #expect(first["counts"] as? [String: Int] == ["counts": 3])
    let (stranger, second) = try Self.bring(scratch)
    #expect(stranger.exitCode == 1)
    #expect(second["counts"] as? [String: Int] == ["claimed": 3])
    let gates = second["gates"] as? [[String: Any]]
    #expect(gates?.allSatisfy { $0["open"] as? Bool == false } == true)
  }

  @Test("only fields of the consent leave, and a part of it still verifies")
  func presentation() throws {
    let consent = #"{"consent": 1, "fields": ["name", "rater"]}"#
    guard let scratch = try Self.school() else { return }
    try scratch.write("consent.json", consent)
    let export = try scratch.run(
      "record", "export", "evidence.csv", "--learner", "p1", "--policy", "kennebec",
      "--key", "school.key", "--name", "Trevor Example", "--consent", "consent.json",
      "-o", "named/")
    #expect(export.exitCode == 0, "\(export.messages)")
    #expect(scratch.text("named/disclosures.ndjson")?.contains("Trevor Example") == true)
    let present = try scratch.run(
      "record", "present", "named/", "--target", "fractions", "--without", "name,rater",
      "-o", "part/")
    #expect(present.exitCode == 0, "\(present.messages)")
    let shown = try scratch.run("record", "show", "part/", "--json")
    #expect(shown.exitCode == 0)
    let json = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    #expect(json?["evidence"] as? [String] == ["e1", "e2"])
    let claims = scratch.text("part/disclosures.ndjson") ?? ""
    #expect(!claims.contains("Trevor") && !claims.contains("t9") && !claims.contains("decimals"))
  }

  @Test("a changed record ends with 65 and names the check")
  func changed() throws {
    guard let scratch = try Self.school("--force") else { return }
    let unpacked = try scratch.run("record", "present", "p1.zip", "-o", "p1/")
    #expect(unpacked.exitCode == 0)
    let claims = try #require(scratch.text("p1/disclosures.ndjson"))
    try scratch.write("p1/disclosures.ndjson", claims.replacing("\"4\"", with: "\"3\""))
    let run = try scratch.run("record", "verify", "p1/")
    #expect(run.exitCode == 65)
    #expect(run.output.contains("fail  claims  unsigned"))
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      (#"{"crosswalk": 2}"#, "crosswalk.json:1:15#/crosswalk"),
      (#"{"crosswalk": 1, "id": "x", "targets": [{"from": "a"}]}"#, "#/targets/0"),
      (
        #"{"crosswalk": 1, "id": "x", "targets": [], "scales": [{"from": "s", "levels": {"1": "Z"}}]}"#,
        "no such level"
      ),
    ])
  func badCrosswalk(text: String, message: String) throws {
    guard let scratch = try Self.school() else { return }
    try scratch.write("crosswalk.json", text)
    let run = try scratch.run(
      "record", "import", "p1.zip", "--policy", "spaulding", "--crosswalk", "crosswalk.json",
      "--learner", "2041")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(message), "\(run.messages)")
  }

  @Test(
    "files that are no record are refused",
    arguments: [("evidence.csv", 65), ("nothing.zip", 66), (".", 65)])
  func noRecord(path: String, code: Int32) throws {
    guard let scratch = try Self.school() else { return }
    #expect(try scratch.run("record", "verify", path).exitCode == code)
  }
}
