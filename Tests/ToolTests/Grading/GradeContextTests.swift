import Foundation
import Testing

@Suite("Catalogs, facts and questions", .enabled(if: ToolRun.hasFormat("evidence")))
struct GradeContextTests {
  private static let policy = GradeExample.policy(
    #"{"name": "latest"}"#,
    #", "gates": [{"name": "credit", "perGroup": true, "when": {"targets": "backbone"}}]"#)

  private static func scratch(_ policy: String, _ evidence: String) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("p.json", policy)
    try scratch.write("e.csv", evidence)
    return scratch
  }

  static let catalogs: [(name: String, text: String)] = [
    (
      "c.yaml",
      """
      targets:
        - {target: i1, groups: [M.1]}
        - {target: i2, groups: [M.1]}

      """
    ),
    (
      "c.json",
      #"""
      {"CFDocument": {"identifier": "d", "title": "Mathematics", "creator": "School"},
       "CFItems": [
        {"identifier": "top", "fullStatement": "Numbers", "humanCodingScheme": "M.1"},
        {"identifier": "i1", "fullStatement": "Fractions", "humanCodingScheme": "M.1.a"},
        {"identifier": "i2", "fullStatement": "Decimals", "humanCodingScheme": "M.1.b"}],
       "CFAssociations": [
        {"identifier": "x", "associationType": "isChildOf",
         "originNodeURI": {"identifier": "i1"}, "destinationNodeURI": {"identifier": "top"}},
        {"identifier": "y", "associationType": "isChildOf",
         "originNodeURI": {"identifier": "i2"}, "destinationNodeURI": {"identifier": "top"}}]}
      """#
    ),
  ]

  @Test(
    "a catalog says what there is to master, also where there is no evidence", arguments: catalogs)
  func catalog(name: String, text: String) throws {
    let scratch = try Self.scratch(
      Self.policy, "learner,target,score,date\nann,i1,3,2025-01-01\nann,other,4,2025-01-01\n")
    try scratch.write(name, text)
    let run = try scratch.run("grade", "--policy", "p.json", "--catalog", name, "e.csv", "-o", "-")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.messages.contains("grading.unknown_target"))
    let table = GradeTable(run.output)
    #expect(table.rows.filter { $0["kind"] == "target" }.map { $0["id"] } == ["i1", "i2"])
    let gate = try #require(table.row("ann", "credit"))
    #expect(gate["outcome"] == "closed")
    #expect(gate["group"] == "M.1")
    #expect(gate["notAssessed"] == "i2")
  }

  @Test(
    "evidence may name targets of a catalog by their codes, whatever the file is called",
    arguments: ["c.json", "catalog"])
  func codes(name: String) throws {
    let scratch = try Self.scratch(
      Self.policy, "learner,target,score,date\nann,M.1.a,3,2025-01-01\nann,M.1.b,4,2025-01-01\n")
    try scratch.write(name, Self.catalogs[1].text)
    let run = try scratch.run("grade", "--policy", "p.json", "--catalog", name, "e.csv", "-o", "-")
    #expect(GradeTable(run.output).row("ann", "credit")?["outcome"] == "open", "\(run.messages)")
  }

  static let days: [(asOf: String, outcome: String)] = [
    ("2025-09-14", "open"), ("2025-09-15", "closed"),
  ]

  @Test("Boston: a transfer on day 13 and not on day 14", arguments: days)
  func dates(asOf: String, outcome: String) throws {
    let scratch = try Self.scratch("{}", GradeExample.evidence(["3"]))
    try scratch.write("f.yaml", "learners:\n  - {learner: ann, dates: {entry: 2025-09-01}}\n")
    let run = try scratch.run(
      "grade", "--policy", "boston-day-evening", "--facts", "f.yaml", "--as-of", asOf, "e.csv",
      "-o", "-")
    #expect(GradeTable(run.output).row("ann", "transfer")?["outcome"] == outcome)
  }

  @Test("an override stands beside the computed value, and learners with facts alone are judged")
  func override() throws {
    let scratch = try Self.scratch(Self.policy, GradeExample.evidence(["2"]))
    try scratch.write(
      "f.json",
      """
      {"learners": [{"learner": "bea"}, {"learner": "ann", "overrides": [{"target": "t",
       "level": "3", "actor": "t1", "reason": "shown", "recorded": "2025-01-01T00:00:00Z"}]}]}
      """)
    let run = try scratch.run(
      "grade", "--policy", "p.json", "--facts", "f.json", "e.csv", "-o", "-")
    let table = GradeTable(run.output)
    #expect(table.row("ann", "t")?["level"] == "2")
    #expect(table.row("ann", "t")?["override"] == "3")
    #expect(table.row("bea", "t")?["outcome"] == "not_assessed")
  }

  static let badFacts: [(text: String, says: String)] = [
    ("learners:\n  - {learner: ann}\n  - {learner: ann}\n", "f.yaml:3:"),
    (
      "learners:\n  - {learner: ann, dates: {entry: soon}}\n", "f.yaml:2:35#/learners/0/dates/entry"
    ),
    (
      "learners:\n  - learner: ann\n    overrides: [{target: t, level: a, actor: x, reason: \" \","
        + " recorded: \"2025-01-01T00:00:00Z\"}]\n",
      "needs a reason"
    ),
    ("learners:\n  - {learner: ann, mood: good}\n", "no field \"mood\""),
  ]

  @Test("facts that are wrong end with 65 and their place", arguments: badFacts)
  func facts(text: String, says: String) throws {
    let scratch = try Self.scratch(Self.policy, GradeExample.evidence(["2"]))
    try scratch.write("f.yaml", text)
    let run = try scratch.run(
      "grade", "--policy", "p.json", "--facts", "f.yaml", "e.csv", "-o", "out.csv")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(!scratch.names.contains("out.csv"))
  }

  @Test("what would be different, by learner, gate and subgroup")
  func whatIf() throws {
    let gates = #", "gates": [{"name": "g", "when": {"targets": "all"}}]"#
    let scratch = try Self.scratch(
      GradeExample.policy(#"{"name": "mean"}"#, gates),
      "learner,target,score,date\nann,t,1,2025-01-01\nann,t,3,2025-01-02\nbea,t,4,2025-01-01\n")
    try scratch.write("q.json", GradeExample.policy(#"{"name": "latest"}"#, gates))
    try scratch.write("f.yaml", "learners:\n  - {learner: ann, subgroups: [new]}\n")
    let run = try scratch.run(
      "what-if", "--policy", "p.json", "--against", "q.json", "--facts", "f.yaml", "--json", "e.csv"
    )
    #expect(run.exitCode == 0, "\(run.messages)")
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let answer = try #require((json?["against"] as? [[String: Any]])?.first)
    let all = (answer["gates"] as? [String: [String: Int]])?["g"]
    #expect(all == ["learners": 2, "opened": 1, "closed": 0])
    let new = (answer["subgroups"] as? [String: [String: [String: Int]]])?["new"]?["g"]
    #expect(new == ["learners": 1, "opened": 1, "closed": 0])
    #expect((answer["changes"] as? [[String: Any]])?.map { $0["learner"] as? String } == ["ann"])
    #expect(scratch.names == ["e.csv", "f.yaml", "p.json", "q.json"])
  }

  static let questions: [(arguments: [String], exitCode: Int32, says: String)] = [
    (["need", "--learner", "ann", "--target", "t"], 0, "t: 3.27 or better, exactly 85/26"),
    (["need", "--learner", "ann", "--gate", "talk"], 1, "look at its steps and dates"),
    (["need", "--learner", "ann", "--gate", "none"], 1, "There is no gate \"none\""),
    (["need", "--learner", "eve", "--target", "t"], 65, "no evidence of learner 'eve'"),
    (["need", "--learner", "ann"], 64, "either --gate or --target"),
    (["explain", "--learner", "ann", "--target", "t"], 0, "The number is exactly 53/20"),
    (["explain", "--learner", "ann", "--gate", "talk", "--language", "es"], 0, "está cerrada"),
    (["explain", "--learner", "ann", "--target", "u"], 65, "there is no target 'u'"),
    (["explain", "--learner", "ann", "--language", "fr"], 64, "en or es"),
  ]

  @Test("questions about one learner", arguments: questions)
  func question(arguments: [String], exitCode: Int32, says: String) throws {
    let scratch = try Self.scratch(
      GradeExample.policy(
        #"{"name": "newest_against_older", "weight": 0.65}"#,
        #", "gates": [{"name": "talk", "when": {"step": "talk", "role": "teacher"}}]"#),
      GradeExample.evidence(["2", "3"]))
    let run = try ToolRun(arguments + ["--policy", "p.json", "e.csv"], in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect((run.output + run.messages).contains(says), "\(run.output) \(run.messages)")
  }

  @Test("a gradebook is graded by line item, with the percentages of its points")
  func gradebook() throws {
    let scratch = try Self.scratch("{}", Gradebook.canvas)
    let run = try scratch.run(
      "grade", "--policy", "advance-path", "e.csv", "--by-line-item", "-o", "out.ndjson")
    #expect(run.exitCode == 0, "\(run.messages)")
    let text = try #require(scratch.text("out.ndjson"))
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains(#""outcome":"mastered","level":"passed","shown":"95""#), "\(text)")
  }

  @Test("lint tells line and column, as SARIF too")
  func lint() throws {
    let scratch = try Self.scratch(
      GradeExample.policy(#"{"name": "latest"}"#, #", "counts": {"attempts": 1}"#), "")
    let run = try scratch.run("policy", "lint", "p.json")
    #expect(run.exitCode == 1)
    #expect(run.output.hasPrefix("p.json:3:107#/counts/attempts: warning"), "\(run.output)")
    #expect(run.output.contains("Only the first attempt counts"))
    let sarif = try scratch.run("policy", "lint", "p.json", "--sarif")
    let json = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any]
    #expect((json?["runs"] as? [Any])?.count == 1)
    #expect(sarif.output.contains(#""ruleId":"policy.dead_end""#))
  }

  static let records = """
    {"format":"cbl","version":1}
    {"record":"lineItem","id":"q","maximum":"10","type":"quiz","dueDate":"2025-01-05"}
    {"record":"alignment","id":"q-t","ownerKind":"line_item","owner":"q","target":"t"}
    {"record":"alignment","id":"q-u","ownerKind":"line_item","owner":"q","target":"u"}
    {"record":"lineItem","id":"extra","maximum":"10"}
    {"record":"result","id":"r1","lineItem":"q","person":"ann","score":"7","scoreDate":"2025-01-02"}
    {"record":"result","id":"r2","lineItem":"q","person":"bea","score":"0","missing":"true"}
    {"record":"result","id":"r3","lineItem":"extra","person":"ann","score":"10"}
    {"record":"result","id":"r4","lineItem":"q","person":"cyd","score":"9","status":"tobedeleted"}
    {"record":"targetResult","id":"s1","result":"r1","target":"u","person":"ann","score":"9","maximum":"10"}
    {"record":"evidence","id":"x","person":"bea","target":"u","score":"8","maximum":"10"}
    {"record":"evidence","id":"x","status":"tobedeleted","person":"bea","comment":"a slip"}
    {"end":true,"rows":11}

    """

  @Test(
    "results count for the targets of their line item, and scores of single targets before them")
  func results() throws {
    let scratch = try Self.scratch("{}", "")
    try scratch.write("records.ndjson", Self.records)
    let run = try scratch.run(
      "grade", "--policy", "drivers-licence", "records.ndjson", "-o", "-", "--as-of", "2025-02-01")
    #expect(run.exitCode == 0, "\(run.messages)")
    let table = GradeTable(run.output)
    #expect(table.row("ann", "t")?["shown"] == "70")
    #expect(table.row("ann", "u")?["shown"] == "90")
    #expect(table.row("ann", "u")?["counted"] == "1")
    // What is missing, was taken back or deleted is no score.
    #expect(table.row("bea", "t")?["outcome"] == "not_assessed")
    #expect(table.row("bea", "t")?["leftOut"] == "1")
    #expect(table.row("bea", "u")?["outcome"] == "not_assessed")
    #expect(!table.rows.contains { $0["learner"] == "cyd" })
    #expect(table.row("ann", "licence")?["notAssessed"] == "written road")
  }
}
