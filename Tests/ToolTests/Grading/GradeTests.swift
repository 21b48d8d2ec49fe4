import Foundation
import Testing

/// Policies and evidence for runs of the tool.
enum GradeExample {
  /// Levels 0 to 4 with the cut at 3.
  static func policy(_ method: String, _ more: String = "") -> String {
    """
    {"policy": "p", "scale": {"id": "s", "levels": [{"label": "0", "number": 0},
     {"label": "1", "number": 1}, {"label": "2", "number": 2}, {"label": "3", "number": 3},
     {"label": "4", "number": 4}], "masteredFrom": "3"}, "method": \(method)\(more)}
    """
  }

  /// Scores of one learner on one target, one a day.
  static func evidence(_ scores: [String]) -> String {
    "id,learner,target,score,date\n"
      + scores.enumerated().map { "e\($0 + 1),ann,t,\($1),2025-01-0\($0 + 1)\n" }.joined()
  }
}

/// A table that the tool wrote.
struct GradeTable {
  /// The rows by the names of the columns.
  let rows: [[String: String]]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let heading = lines.first ?? []
    rows = lines.dropFirst().map { cells in
      Dictionary(zip(heading, cells)) { first, _ in first }
    }
  }

  func row(_ learner: String, _ id: String) -> [String: String]? {
    rows.first { $0["learner"] == learner && $0["id"] == id }
  }
}

@Suite("Grade", .enabled(if: ToolRun.hasFormat("evidence")))
struct GradeTests {
  @Test("writes results, gates and traces that are accepted")
  func grade() throws {
    let scratch = try Scratch()
    try scratch.write(
      "p.json",
      GradeExample.policy(
        #"{"name": "newest_against_older", "weight": 0.65}"#,
        #", "gates": [{"name": "g", "when": {"targets": "all"}}]"#))
    try scratch.write("e.csv", GradeExample.evidence(["2", "3", "4"]))
    let run = try scratch.run(
      "grade", "--policy", "p.json", "e.csv", "-o", "out.csv", "--traces", "traces.ndjson")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output.isEmpty)
    let table = GradeTable(try #require(scratch.text("out.csv")))
    let target = try #require(table.row("ann", "t"))
    #expect(target["shown"] == "3.48")
    #expect(target["number"] == "139/40")
    #expect(target["outcome"] == "mastered")
    #expect(target["level"] == "3")
    #expect(target["asOf"] == "2025-01-03T23:59:59.999999999Z")
    #expect(table.row("ann", "g")?["outcome"] == "open")
    let check = try scratch.run("trace", "check", "traces.ndjson", "--json")
    #expect(check.exitCode == 0)
    #expect(check.output.contains(#""traces":1,"accepted":true"#), "\(check.output)")
  }

  @Test("the same results as JSON, as lines and on standard output")
  func forms() throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "latest"}"#))
    try scratch.write("e.csv", GradeExample.evidence(["1", "3.5"]))
    for (path, says) in [
      ("out.json", #""targets":[{"target":"t","outcome":"mastered","level":"3","shown":"3.5""#),
      ("out.ndjson", #""knownAt":"2025-01-02T23:59:59.999999999Z","learner":"ann""#),
    ] {
      let run = try scratch.run("grade", "--policy", "p.json", "e.csv", "-o", path, "--json")
      #expect(run.exitCode == 0)
      let text = try #require(scratch.text(path))
      #expect(text.contains(says), "\(text)")
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
      let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      #expect((report as? [String: Any])?["learners"] as? Int == 1)
    }
    let shown = try scratch.run("grade", "--policy", "p.json", "e.csv", "-o", "-", "--quiet")
    #expect(shown.output.hasPrefix("learner,kind,id,"))
    #expect(shown.messages.isEmpty)
  }

  static let faults: [(row: String, says: String)] = [
    ("e1,ann,t,2,2025-01-09,", "e.csv:3: rejected: The identifier of this evidence is taken"),
    ("e9,ann,t,7,2025-01-09,", "e.csv:3: rejected: The score does not lie on its scale"),
    ("e9,ann,t,-1,2025-01-09,", "e.csv:3: rejected: The score does not lie on its scale"),
    ("e9,ann,,,,reversed", "e.csv:3: rejected: This takes back evidence that is not there"),
    ("e9,ann,t,nan,2025-01-09,", "e.csv:3: rejected"),
    ("e9,ann,t,1e400,2025-01-09,", "e.csv:3: rejected"),
    ("e9,ann,t,2,2025-02-30,", "e.csv:3: rejected"),
    ("e9,ann,t,2,0000-01-01,", "e.csv:3: rejected"),
    ("e9,ann,t,2,9999-12-31T23:59:59-12:00,", "e.csv:3: rejected: the date lies outside"),
    ("e9,,t,2,2025-01-09,", "[evidence.no_learner]"),
  ]

  @Test(
    "a row that is wrong is told, and nothing is written unless such are allowed", arguments: faults
  )
  func rejected(row: String, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "latest"}"#))
    try scratch.write(
      "e.csv", "id,learner,target,score,date,status\ne1,ann,t,3,2025-01-01,\n\(row)\n")
    for more in [[], ["--strict"], ["--max-rejects", "0"]] {
      let run = try ToolRun(
        ["grade", "--policy", "p.json", "e.csv", "-o", "out.csv", "--traces", "t.ndjson"] + more,
        in: scratch.url)
      #expect(run.exitCode == 65)
      #expect(run.messages.contains(says), "\(run.messages)")
      #expect(
        run.messages.contains("1 row was rejected") || more == ["--strict"], "\(run.messages)")
      #expect(scratch.names == ["e.csv", "p.json"])
    }
    for (more, output) in [(["--lenient"], "a.csv"), (["--max-rejects", "1"], "b.csv")] {
      let run = try ToolRun(
        ["grade", "--policy", "p.json", "e.csv", "-o", output, "--json"] + more, in: scratch.url)
      #expect(run.exitCode == 1)
      let table = GradeTable(scratch.text(output) ?? "")
      #expect(table.row("ann", "t")?["shown"] == "3")
      let evidence = try Self.accounts(run.output)["evidence"]
      #expect(evidence == ["in": 2, "used": 1, "leftOut": 0, "rejected": 1], "\(run.output)")
    }
  }

  /// The accounts of rows in a report, by kind.
  private static func accounts(_ report: String) throws -> [String: [String: Int]] {
    let json = try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
    let rows = json?["rows"] as? [[String: Any]] ?? []
    return Dictionary(
      rows.map { ($0["kind"] as? String ?? "", $0.compactMapValues { $0 as? Int }) }
    ) { first, _ in first }
  }

  @Test("rows of every kind are accounted for: in is used, left out and rejected together")
  func accounts() throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "latest"}"#))
    try scratch.write(
      "e.csv",
      """
      id,learner,target,score,date,kind,status
      a,ann,t,3,2025-01-01,quiz,
      a,ann,t,3,2025-01-01,quiz,
      b,ann,t,2,2025-01-02,habit,
      c,ann,t,9,2025-01-03,quiz,
      d,ann,t,2,2025-01-04,quiz,
      d,,,,,,reversed
      e,,,,,,reversed

      """)
    let run = try scratch.run(
      "grade", "--policy", "p.json", "e.csv", "-o", "o.csv", "--json", "--lenient", "--rejects",
      "no.csv")
    #expect(run.exitCode == 1, "\(run.messages)")
    let evidence = try Self.accounts(run.output)["evidence"]
    #expect(evidence == ["in": 7, "used": 3, "leftOut": 2, "rejected": 2], "\(run.output)")
    let told = try scratch.run(
      "grade", "--policy", "p.json", "e.csv", "-o", "-", "--max-rejects", "2")
    #expect(told.messages.contains("kind      in  used  left out  rejected"), "\(told.messages)")
    let rejects = try #require(scratch.text("no.csv")).split(separator: "\r\n")
    #expect(rejects.count == 3)
    #expect(rejects[2].hasPrefix("e.csv,8,,evidence,grading.unfounded_reversal,"), "\(rejects)")
  }

  @Test("what is refused is told as JSON where that is asked for")
  func refusedAsJSON() throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "latest"}"#))
    try scratch.write("e.csv", GradeExample.evidence(["1", "7"]))
    let run = try scratch.run("grade", "--policy", "p.json", "e.csv", "-o", "o.csv", "--json")
    #expect(run.exitCode == 65)
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let error = json?["error"] as? [String: Any]
    #expect(error?["exitCode"] as? Int == 65)
    let first = ((json?["problems"] as? [String: Any])?["first"] as? [[String: Any]])?.first
    #expect(first?["line"] as? Int == 3)
    #expect(first?["code"] as? String == "grading.off_scale")
    #expect(scratch.names == ["e.csv", "p.json"])
  }

  static let bad: [(policy: String, says: String)] = [
    ("{\"policy\": NaN}", "p.json:1:12"),
    (
      GradeExample.policy(#"{"name": "exponential_decay", "weight": 1e999}"#),
      "#/method/weight: error: This number cannot be kept exactly"
    ),
    (GradeExample.policy(#"{"name": "latest"}"#, #", "mood": 1"#), "There is no field \"mood\""),
    (
      GradeExample.policy(#"{"name": "promotion", "rules": [{"least": 4, "move": 1}]}"#),
      "There is no field \"move\" here; there are below, by, from, kinds, least, to"
    ),
    (
      GradeExample.policy(#"{"name": "promotion", "rules": [{"least": 4}]}"#),
      "#/method/rules/0: error: The rule does not say where it leads"
    ),
    (GradeExample.policy(#"{"name": "guess"}"#), "there are latest, highest"),
    (
      GradeExample.policy(
        #"{"name": "latest"}"#,
        #", "gates": [{"name": "a", "when": {"gate": "b"}}, {"name": "b", "when": {"gate": "a"}}]"#),
      "lead back to themselves"
    ),
    (String(repeating: "[", count: 10_000), "flatter"),
    (String(repeating: " ", count: 2 << 20), "may have 1 MB"),
    ("a: [1, 2", "p.json:"),
  ]

  @Test("a policy that is wrong ends with 65 and nothing is written", arguments: bad)
  func badPolicy(policy: String, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("p.json", policy)
    try scratch.write("e.csv", GradeExample.evidence(["1"]))
    let run = try scratch.run("grade", "--policy", "p.json", "e.csv", "-o", "out.csv")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(scratch.names == ["e.csv", "p.json"])
  }

  @Test("what was recorded later, and reversals after it, are not known yet")
  func knownAt() throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "latest"}"#))
    try scratch.write(
      "e.csv",
      """
      id,learner,target,score,date,recorded,status
      a,ann,t,1,2025-01-01,2025-01-01T08:00:00Z,
      b,ann,t,4,2025-01-02,2025-01-02T08:00:00Z,
      b,,,,,2025-01-05T08:00:00Z,reversed

      """)
    for (arguments, shown) in [
      ([], "1"), (["--known-at", "2025-01-04"], "4"), (["--as-of", "2025-01-01"], "1"),
      (["--known-at", "2025-01-01"], "1"),
    ] {
      let run = try ToolRun(
        ["grade", "--policy", "p.json", "e.csv", "-o", "-"] + arguments, in: scratch.url)
      #expect(GradeTable(run.output).row("ann", "t")?["shown"] == shown, "\(run.messages)")
    }
  }

  @Test("habits, attendance and what is for no target leave results as they are, to the byte")
  func otherRows() throws {
    let scratch = try Scratch()
    try scratch.write("p.json", GradeExample.policy(#"{"name": "mean"}"#))
    let heading = "id,learner,target,score,date,kind\n"
    let own = "e1,ann,t,2,2025-01-01,quiz\ne2,ann,t,4,2025-01-02,quiz\n"
    let others = """
      h1,ann,t,0,2025-01-01,habit
      a1,ann,t,0,2025-01-02,Attendance
      g1,ann,t,0,2025-01-02,engagement
      x1,ann,,4,2025-01-02,extra_credit

      """
    try scratch.write("e.csv", heading + own)
    try scratch.write("more.csv", heading + others + own)
    let files = ["e.csv", "more.csv"]
    let runs = try files.map {
      try scratch.run("grade", "--policy", "p.json", $0, "-o", "-")
    }
    #expect(runs.map(\.exitCode) == [0, 0])
    #expect(runs[0].output == runs[1].output)
    #expect(runs[1].messages.contains("3 x evidence.not_academic (skipped)"))
  }
}
