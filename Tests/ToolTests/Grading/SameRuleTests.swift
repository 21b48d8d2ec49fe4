import Foundation
import Testing

@Suite("Grading and roll-ups", .enabled(if: ToolRun.buildFolder != nil))
struct SameRuleTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A gradebook with everything that decides which scores count: scores of single targets, work
  /// that is exempt, missing or handed in, habits, levels in words, attempts and deleted records.
  private static func records(seed: UInt64) -> String {
    var state = seed
    func number(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % (most + 1)
    }
    var lines = ["{\"format\":\"cbl\",\"version\":1}", "{\"record\":\"class\",\"id\":\"c\"}"]
    for person in 0..<6 { lines.append("{\"record\":\"person\",\"id\":\"p\(person)\"}") }
    for item in 0..<8 {
      let type = item == 7 ? "habit" : ["quiz", "project"][item % 2]
      lines.append(
        "{\"record\":\"lineItem\",\"id\":\"i\(item)\",\"class\":\"c\",\"maximum\":\"\(10 + item)\","
          + "\"type\":\"\(type)\"}")
    }
    for item in 0..<8 {
      for target in 0...(item % 3) {
        let status = item == 3 && target == 0 ? ",\"status\":\"tobedeleted\"" : ""
        lines.append(
          "{\"record\":\"alignment\",\"id\":\"a\(item)\(target)\",\"ownerKind\":\"line_item\","
            + "\"owner\":\"i\(item)\",\"target\":\"t\((item + target) % 4)\"\(status)}")
      }
    }
    let more = [
      "", "", "", ",\"state\":\"exempt\"", ",\"missing\":\"true\"", ",\"state\":\"submitted\"",
      ",\"status\":\"tobedeleted\"", ",\"attempt\":\"2\"", ",\"attempt\":\"3\"",
      ",\"state\":\"graded\"", ",\"maximum\":\"40\"",
    ]
    for result in 0..<120 {
      lines.append(
        "{\"record\":\"result\",\"id\":\"r\(result)\",\"lineItem\":\"i\(result % 8)\","
          + "\"person\":\"p\(number(5))\",\"score\":\"\(number(10))\","
          + "\"scoreDate\":\"2025-09-\(10 + number(19))\"\(more[number(more.count - 1)])}")
    }
    for single in 0..<20 {
      lines.append(
        "{\"record\":\"targetResult\",\"id\":\"s\(single)\",\"result\":\"r\(single * 5)\","
          + "\"target\":\"t\(number(3))\",\"person\":\"p\(number(5))\",\"score\":\"\(number(20))\","
          + "\"maximum\":\"20\",\"date\":\"2025-09-\(10 + number(19))\"}")
    }
    lines.append("{\"end\":true,\"rows\":\(lines.count - 1)}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func policy(_ more: String) -> String {
    """
    {"policy": "percent", "title": "Percent",
     "scale": {"id": "percent", "levels": [{"label": "no", "number": 0},
       {"label": "yes", "number": 60}], "masteredFrom": "yes"},
     "points": "percent", "method": {"name": "exponential_decay", "weight": "0.65"}\(more)}
    """
  }

  static let policies = [
    "", #", "counts": {"attempts": 2}"#, #", "counts": {"kinds": ["quiz"]}"#,
    #", "counts": {"purposes": ["summative"]}, "minimum": 2"#,
    #", "requires": [{"kinds": ["project"], "least": 2}]"#,
  ]

  @Test("give the same results on the same input", arguments: policies)
  func sameResults(more: String) throws {
    try scratch.write("policy.json", Self.policy(more))
    for seed in UInt64(1)...3 {
      try scratch.write("in.ndjson", Self.records(seed: seed))
      let graded = try scratch.run(
        "grade", "--policy", "policy.json", "in.ndjson", "-o", "graded.csv", "--force", "--quiet")
      #expect(graded.exitCode == 0, "\(graded.messages)")
      let rolled = try scratch.run(
        "roll-up", "--policy", "policy.json", "in.ndjson", "-o", "rolled.csv", "--force", "--quiet")
      #expect(rolled.exitCode == 0, "\(rolled.messages)")
      let table = GradeTable(try #require(scratch.text("graded.csv")))
      var known: Set<[String]> = []
      for row in GradeTable(try #require(scratch.text("rolled.csv"))).rows {
        let (learner, target) = (row["learner"] ?? "", row["target"] ?? "")
        let other = try #require(table.row(learner, target), "\(row)")
        known.insert([learner, target])
        #expect(row["observations"] == other["counted"])
        for field in ["outcome", "level", "shown", "number"] {
          #expect(row[field] == other[field], "\(learner) \(target) \(field), seed \(seed)")
        }
      }
      #expect(known.count > 10)
      // What only grading tells has no score at all.
      for row in table.rows where !known.contains([row["learner"] ?? "", row["id"] ?? ""]) {
        #expect(row["counted"] == "0" && row["outcome"] == "not_assessed")
      }
    }
  }

  @Test("a policy that orders by a date that roll-ups do not keep is refused")
  func order() throws {
    try scratch.write("policy.json", Self.policy(#", "order": "due""#))
    try scratch.write("in.ndjson", Self.records(seed: 1))
    let run = try scratch.run("roll-up", "--policy", "policy.json", "in.ndjson", "-o", "out.csv")
    #expect(run.exitCode == 64)
    #expect(run.messages.contains("orders by a date that roll-up does not keep (due)"))
  }

  static let wrong = ["abc", "-1"]

  @Test("a row with a wrong score is refused by both, or left out by both", arguments: wrong)
  func rejects(score: String) throws {
    try scratch.write("policy.json", Self.policy(""))
    try scratch.write(
      "evidence.csv",
      "learner,target,score,maximum,date\nann,t,5,10,2025-09-01\nann,t,\(score),10,2025-09-02\n")
    for command in ["grade", "roll-up"] {
      let refused = try scratch.run(
        command, "--policy", "policy.json", "evidence.csv", "-o", "out.csv")
      #expect(refused.exitCode == 65, "\(command): \(refused.messages)")
      #expect(refused.messages.contains("evidence.csv:3"), "\(command): \(refused.messages)")
      #expect(scratch.text("out.csv") == nil)
      for more in [["--lenient"], ["--max-rejects", "1"]] {
        let run = try ToolRun(
          [command, "--policy", "policy.json", "evidence.csv", "-o", "-"] + more, in: scratch.url)
        #expect(run.exitCode == 1, "\(command): \(run.messages)")
        #expect(run.messages.contains("evidence.csv:3"), "\(command): \(run.messages)")
        #expect(GradeTable(run.output).rows.first?["shown"] == "50")
      }
    }
  }

  @Test("rejected rows of every kind are written with their reasons")
  func rejectedRows() throws {
    try scratch.write("policy.json", Self.policy(""))
    try scratch.write(
      "evidence.csv",
      """
      id,learner,target,score,maximum,date
      a,ann,t,5,10,2025-09-01
      a,bea,t,6,10,2025-09-01
      b,ann,t,-1,10,2025-09-02
      c,ann,t,abc,10,2025-09-02

      """)
    let run = try scratch.run(
      "grade", "--policy", "policy.json", "evidence.csv", "-o", "out.csv", "--rejects", "no.csv")
    // The file was asked for, so it is written also when nothing else is.
    #expect(run.exitCode == 65, "\(run.messages)")
    #expect(scratch.text("out.csv") == nil)
    let rejected = try #require(scratch.text("no.csv"))
    for (line, code) in [
      (3, "grading.duplicate_evidence"), (4, "grading.off_scale"), (5, "record.not_a_number"),
    ] {
      let rows = rejected.split(separator: "\r\n").filter { $0.contains(code) }
      #expect(rows.count == 1 && rows[0].hasPrefix("evidence.csv,\(line),"), "\(rejected)")
    }
  }
}
