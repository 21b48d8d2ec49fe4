import Foundation
import Testing

@Suite("Scheduling on the command line", .enabled(if: ToolRun.buildFolder != nil))
struct ScheduleTests {
  /// The folder with the examples of the guides.
  static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Docs/Examples").path

  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func run(_ arguments: String...) throws -> ToolRun {
    try ToolRun(["schedule"] + arguments, in: scratch.url)
  }

  static let shown: [(arguments: [String], exitCode: Int32, says: String)] = [
    (["calendar", "school-year.calendar.yaml"], 0, "180 days of instruction"),
    (["groups", "stuck.groups.yaml"], 0, "(alone)  cai      decimals"),
    (["support", "today.support.yaml"], 0, "cai      ratios      Homework help"),
    (["pace", "two-tracks.pacing.json", "--day", "2026-10-02"], 0, "pace 0.75"),
    (["plan", "two-tracks.pacing.json", "--learner", "ann", "--goal", "2"], 0, "fractions"),
    (["rotate", "one-class.stations.json"], 0, "0 broken rules, no certificate"),
    (["regroup", "one-day.grouping.json"], 0, "objective 678, optimal"),
  ]

  @Test("the examples of the help are planned", arguments: shown)
  func examples(arguments: [String], exitCode: Int32, says: String) throws {
    let file = "\(Self.examples)/\(arguments[1])"
    let run = try ToolRun(
      ["schedule", arguments[0], file] + arguments.dropFirst(2), in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.output.contains(says), "\(run.output)")
  }

  @Test("a plan is written once, checked by its definition, explained, and a broken one is named")
  func planOfADay() throws {
    let day = "\(Self.examples)/one-day.grouping.json"
    #expect(try run("regroup", day, "-o", "plan.json").exitCode == 0)
    let first = scratch.bytes("plan.json")
    #expect(try run("regroup", day, "-o", "plan.json").exitCode == 73)
    #expect(try run("regroup", day, "-o", "again.json").exitCode == 0)
    #expect(scratch.bytes("again.json") == first)

    let check = try run("check", day, "plan.json")
    #expect(check.exitCode == 0)
    #expect(check.output.contains("valid, objective 678"))
    let reason = try run("explain", day, "plan.json", "--learner", "ann", "--block", "1")
    #expect(reason.exitCode == 0, "\(reason.messages)")
    #expect(reason.output.contains("ann"))

    let plan = try #require(scratch.text("plan.json"))
    let broken = plan.replacing("fractions-1", with: "no-such-section")
    try scratch.write("broken.json", broken)
    let wrong = try run("check", day, "broken.json")
    #expect(wrong.exitCode == 65)
    #expect((wrong.output + wrong.messages).contains("no-such-section"))
  }

  @Test("a calendar that changed keeps its identifiers and counts up what changed")
  func calendarFile() throws {
    let year = "\(Self.examples)/school-year.calendar.yaml"
    let stamp = ["--stamp", "2026-08-01T00:00:00Z", "--domain", "school.example"]
    #expect(
      try ToolRun(["schedule", "ics", year] + stamp + ["-o", "year.ics"], in: scratch.url).exitCode
        == 0)
    let first = try #require(scratch.text("year.ics"))
    #expect(first.hasPrefix("BEGIN:VCALENDAR\r\n"))
    #expect(first.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })

    let again = ["--previous", "year.ics", "-o", "next.ics"]
    #expect(
      try ToolRun(["schedule", "ics", year] + stamp + again, in: scratch.url).exitCode == 0)
    #expect(scratch.text("next.ics") == first)

    let listed = try run("ics", "year.ics", "--first", "2026-08-01", "--last", "2026-10-30")
    #expect(listed.exitCode == 0)
    #expect(listed.output.contains("2026-10-15 Part 2"))
  }

  static let wrong: [(command: String, document: String, exitCode: Int32, says: String)] = [
    ("calendar", #"{"a": 1}"#, 65, "#/format"),
    ("regroup", #"{"format": "cbl-grouping/2"}"#, 65, "cbl-grouping/1"),
    ("groups", "{", 65, "bad.json:1"),
    (
      "pace",
      """
      {"format": "cbl-pacing/1", "tracks": 1, "ids": ["a", "b"], "track": [0, 0],
       "prereq": [[1], [0]], "effort": [1, 1], "level": [1, 1], "days": ["2026-09-28"],
       "learners": []}
      """, 65, "a"
    ),
  ]

  @Test("bad documents are refused with their place, and nothing is planned", arguments: wrong)
  func refusals(command: String, document: String, exitCode: Int32, says: String) throws {
    try scratch.write("bad.json", document)
    let run = try run(command, "bad.json")
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.messages.contains("bad.json"), "\(run.messages)")
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test("a file that is not there ends with 66")
  func missing() throws {
    #expect(try run("calendar", "nowhere.yaml").exitCode == 66)
  }
}
