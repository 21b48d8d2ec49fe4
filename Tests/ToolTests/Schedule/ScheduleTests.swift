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
    (["timetable", "one-week.ctt", "--steps", "400000"], 0, "no certificate"),
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

  @Test("a clash of wishes is named with the cheapest rule to give up; wishes that fit end with 0")
  func wishes() throws {
    let day = "\(Self.examples)/one-day.grouping.json"
    let clash = try run("check", day, "--wishes", "\(Self.examples)/one-block.wishes.json")
    #expect(clash.exitCode == 1, "\(clash.messages)")
    #expect(
      clash.output == """
        these rules cannot hold together:
          Ann works on fractions
          Bob works on fractions
        the cheapest to give up, cost 1:
          Bob works on fractions

        """)
    try scratch.write(
      "fit.json",
      #"{"format": "cbl-wishes/1", "block": 2, "rules": [{"name": "a", "seated": "ann"}]}"#)
    let fit = try run("check", day, "--wishes", "fit.json")
    #expect(fit.exitCode == 0)
    #expect(fit.output == "all 1 rules can hold together\n")
    try scratch.write(
      "odd.json",
      #"{"format": "cbl-wishes/1", "block": 1, "rules": [{"name": "a", "seated": "zoe"}]}"#)
    let odd = try run("check", day, "--wishes", "odd.json")
    #expect(odd.exitCode == 65)
    #expect(odd.messages.contains("odd.json:1") && odd.messages.contains("zoe"))
  }

  @Test(
    "pages to print name everybody, as SVG and HTML, and nothing else",
    arguments: [
      ["regroup", "one-day.grouping.json"], ["support", "today.support.yaml"],
      ["groups", "stuck.groups.yaml"],
    ])
  func pages(arguments: [String]) throws {
    let file = "\(Self.examples)/\(arguments[1])"
    for name in ["week.svg", "week.html"] {
      #expect(try run(arguments[0], file, "--week", name).exitCode == 0)
      let page = try #require(scratch.text(name))
      #expect(page.contains("cai"))
      #expect(page.hasPrefix(name.hasSuffix("svg") ? "<svg" : "<!DOCTYPE html>"))
      #expect(try run(arguments[0], file, "--week", name).exitCode == 73)
    }
    #expect(try run(arguments[0], file, "--week", "week.txt").exitCode == 64)
  }

  /// A day of one block with what is given changed.
  private static func day(
    _ change: (String, String), mode: String = "fixed"
  ) -> String {
    """
    {"format": "cbl-grouping/1", "mode": "\(mode)", "blocks": 1, "maxPerSkill": 0,
     "value": {"need": 10, "pref": 3}, "students": 2, "studentIds": ["ann", "bob"],
     "ready": [[0, 9], [1, 6]], "sections": {"id": ["f", "d"], "block": [0, 0],
     "skill": [0, 1], "modality": [0, 0], "teacher": [0, 1], "capacity": [1, 1]}}
    """.replacing(change.0, with: change.1)
  }

  static let badDays: [(document: String, says: [String])] = [
    (day(("[0, 1], \"capacity", "[0, 0], \"capacity")), ["Teacher 0", "\"f\"", "\"d\""]),
    (day(("[[0, 9], [1, 6]]", "[[0, 9], [7, 6]]")), ["bob", "block 1", "1 of 2"]),
    (day(("\"bob\"]", "\"ann\"]")), ["twice"]),
    (day(("\"block\": [0, 0]", "\"block\": [0, 3]")), ["\"d\"", "block 3"]),
    (
      day(("\"capacity\": [1, 1]", "\"minSize\": [0, 4], \"capacity\": [1, 1]")),
      ["\"d\"", "3 too few"]
    ),
    (day(("\"capacity\": [1, 1]", "\"capacity\": [1]")), ["not 2 long"]),
    (day(("\"fixed\"", "\"free\"")), ["fixed, coupled and open"]),
  ]

  @Test(
    "bad days are refused with names; a plan of a part is made only when asked for",
    arguments: badDays)
  func badDay(document: String, says: [String]) throws {
    try scratch.write("day.json", document)
    let run = try run("regroup", "day.json", "-o", "plan.json")
    #expect(run.exitCode == 65, "\(run.messages)")
    for word in says { #expect(run.messages.contains(word), "\(run.messages)") }
    #expect(run.output.isEmpty)
    #expect(scratch.bytes("plan.json") == nil)
  }

  @Test("a learner with nowhere to go stays without a place when a partial plan is asked for")
  func partial() throws {
    try scratch.write("day.json", Self.day(("[[0, 9], [1, 6]]", "[[0, 9], [7, 6]]")))
    let run = try run("regroup", "day.json", "--partial", "-o", "plan.json")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(scratch.text("plan.json")?.contains("\"f\"") == true)
  }

  static let badDocuments: [(command: [String], document: String, says: [String])] = [
    (
      ["pace"],
      """
      {"format": "cbl-pacing/1", "tracks": 1, "ids": ["a", "b"], "prereq": [[1], [0]],
       "effort": [1, 1], "days": ["2026-09-28"], "learners": []}
      """, ["\"a\"", "\"b\"", "→"]
    ),
    (
      ["pace"],
      """
      {"format": "cbl-pacing/1", "tracks": 1, "ids": ["a"], "prereq": [[]],
       "effort": [0], "days": ["2026-09-28"], "learners": []}
      """, ["\"a\"", "0 minutes"]
    ),
    (
      ["pace"],
      """
      {"format": "cbl-pacing/1", "tracks": 1, "ids": ["a"], "prereq": [[5]],
       "effort": [9], "days": ["2026-09-28"], "learners": []}
      """, ["\"a\"", "number 5"]
    ),
    (
      ["support"],
      """
      {"format": "cbl-support/1", "sessions": [{"id": "x", "start": "13:30", "end": "13:30",
       "seats": 2}], "flags": []}
      """, ["x", "13:30"]
    ),
    (
      ["rotate"],
      """
      {"format": "cbl-stations/1", "level": [1, 2, 3, 4], "groups": 2,
       "aide": [true, true, true, false], "maxAide": 1}
      """, ["1 too many"]
    ),
    (
      ["ics", "--stamp", "2026-08-01T00:00:00Z", "--domain", "s.example"],
      """
      {"format": "cbl-calendar/1", "title": "Y", "first": "2026-09-01", "last": "2026-09-30",
       "meetings": [{"title": "Math", "weekdays": [1], "start": "10:00", "end": "10:00"}]}
      """, ["Math", "some time"]
    ),
    (
      ["calendar"],
      """
      {"format": "cbl-calendar/1", "title": "Y", "first": "2026-09-30", "last": "2026-09-01"}
      """, ["2026-09-30"]
    ),
  ]

  @Test("circles, empty blocks, unknown ids and too little room are named", arguments: badDocuments)
  func badDocument(command: [String], document: String, says: [String]) throws {
    try scratch.write("bad.json", document)
    let run = try ToolRun(
      ["schedule", command[0], "bad.json"] + command.dropFirst(), in: scratch.url)
    #expect(run.exitCode == 65, "\(run.messages)")
    for word in says { #expect(run.messages.contains(word), "\(word) in \(run.messages)") }
    #expect(run.output.isEmpty)
  }

  @Test("the same seed and steps give the same bytes, and a search ends at its time or gap")
  func repeats() throws {
    let document = Self.day(("\"maxPerSkill\": 0", "\"maxPerSkill\": 1"), mode: "coupled")
    try scratch.write("day.json", document)
    #expect(try run("regroup", "day.json", "-o", "one.json", "--seed", "3").exitCode == 0)
    #expect(try run("regroup", "day.json", "-o", "two.json", "--seed", "3").exitCode == 0)
    #expect(scratch.bytes("one.json") == scratch.bytes("two.json"))
    #expect(try run("regroup", "day.json", "--seconds", "0.01", "--gap", "5").exitCode == 0)
  }
}
