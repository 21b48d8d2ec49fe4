import Foundation
import Testing

@Suite("Roll-ups of lines", .enabled(if: ToolRun.buildFolder != nil))
struct RollUpTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Levels 0 to 4 by a decaying average of 65 %.
  private static let policy = """
    {"policy": "decay", "title": "The newest counts most",
     "scale": {"id": "levels", "levels": [{"label": "low", "number": 0},
       {"label": "high", "number": 3}, {"label": "top", "number": 4}], "masteredFrom": "high"},
     "points": "scaled", "method": {"name": "exponential_decay", "weight": "0.65"}}
    """

  /// Percent from 80 on by the same method.
  static let percent = """
    {"policy": "percent", "title": "Percent",
     "scale": {"id": "percent", "levels": [{"label": "no", "number": 0},
       {"label": "yes", "number": 80}], "masteredFrom": "yes"},
     "points": "percent", "method": {"name": "exponential_decay", "weight": "0.65"}}
    """

  private func rollUp(_ lines: String, _ more: String...) throws -> ToolRun {
    try scratch.write("policy.json", Self.policy)
    return try scratch.run(
      ["roll-up", "--policy", "policy.json", "--stdin", "--stdout", "--quiet"] + more,
      input: lines)
  }

  @Test("give the numbers of the method, in the order of dates, learner by learner")
  func numbers() throws {
    // 2, 3 and 4: 0.35 * (0.35 * 2 + 0.65 * 3) + 0.65 * 4 = 3.5275.
    let run = try rollUp(
      "bo\tt2\t2025-09-03\t4\t4\nbo\tt2\t2025-09-01\t2\t4\nbo\tt2\t2025-09-02\t3\t4\n"
        + "bo\tt1\t2025-09-02\t5\t10\nann\tt1\t2025-09-02\t\t\\N\nann\tt1\t2025-09-03\t3.5\t\n")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(
      run.output == "bo\tt1\tnot_yet\tlow\t2\t2\t1\nbo\tt2\tmastered\thigh\t3.53\t1411/400\t3\n"
        + "ann\tt1\tmastered\thigh\t3.5\t7/2\t1\n")
  }

  @Test("the control record counts lines, observations and rows, and sums the keys' hashes")
  func trailer() throws {
    let run = try rollUp("ann\tt\t2025-09-01\t4\t4\nbo\tt\t2025-09-01\t\t\n", "--trailer")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    let fields = lines.last?.split(separator: "\t") ?? []
    #expect(fields.prefix(4) == ["#trailer", "2", "1", "2"])
    var sum: UInt64 = 0
    for key in ["ann\tt", "bo\tt"] {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      sum &+= hash
    }
    #expect(fields.count == 7 && UInt64(fields[4], radix: 16) == sum)
    let none = try rollUp("", "--trailer")
    #expect(none.exitCode == 0)
    #expect(none.output.hasPrefix("#trailer\t0\t0\t0\t0000000000000000\t"))
  }

  static let faults: [(lines: String, told: String)] = [
    ("ann\tt\t2025-09-01\t4\n", "line 1 has 4 fields where 5 are expected"),
    ("ann\tt\t2025-09-01\t4\t4\n\tt\t2025-09-01\t4\t4\n", "line 2 names no learner"),
    ("ann\tt\t2025-02-30\t4\t4\n", "line 1 has no date"),
    ("ann\tt\t2025-09-01\tnan\t4\n", "line 1 has a score that is no number"),
    ("ann\tt\t2025-09-01\t0x10\t4\n", "line 1 has a score that is no number"),
    ("ann\tt\t2025-09-01\t7\t\n", "line 1 is wrong. The score does not lie on its scale"),
    ("ann\tt\t2025-09-01\t7\t0\n", "line 1 is wrong. The score does not lie on its scale"),
    (
      "bo\tt\t2025-09-01\t4\t4\nann\tt\t2025-09-01\t4\t4\nbo\tt\t2025-09-01\t4\t4\n",
      "line 3 is about a learner whose lines came before"
    ),
    ("#trailer\tt\t2025-09-01\t4\t4\n", "which is how the trailer begins"),
    ("ann\tt\t2025-09-01\t4\t4\n\n", "line 2 has 1 fields"),
  ]

  @Test("a line that cannot be read ends the work without a control record", arguments: faults)
  func refusals(fault: (lines: String, told: String)) throws {
    let run = try rollUp(fault.lines, "--trailer")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(fault.told), "\(run.messages)")
    #expect(!run.output.contains("\n#trailer") && !run.output.hasPrefix("#trailer"))
  }

  @Test("many learners in any number of batches give the rows of one by one")
  func batches() throws {
    var lines = ""
    var expected = ""
    for learner in 0..<30_000 {
      let name = "l\(10_000 + learner)"
      lines += "\(name)\tt\t2025-09-02\t\(learner % 5)\t4\n\(name)\tt\t2025-09-01\t4\t4\n"
      expected += name + "\n"
    }
    let run = try rollUp(lines, "--trailer")
    #expect(run.exitCode == 0, "\(run.messages)")
    let rows = run.output.split(separator: "\n")
    let names = rows.dropLast().map { String($0.prefix { $0 != "\t" }) }
    #expect(names.map { $0 + "\n" }.joined() == expected)
    // 0.35 * 4 + 0.65 * s.
    #expect(rows.first == "l10000\tt\tnot_yet\tlow\t1.4\t7/5\t2")
    #expect(rows.last?.hasPrefix("#trailer\t60000\t60000\t30000\t") == true)
  }

  @Test("what a policy asks of evidence can stand in further fields")
  func moreFields() throws {
    try scratch.write(
      "policy.json",
      """
      {"policy": "p", "title": "P", "counts": {"kinds": ["quiz"], "attempts": 1},
       "scale": {"id": "s", "levels": [{"label": "no", "number": 0}, {"label": "yes", "number": 1}],
         "masteredFrom": "yes"}, "method": {"name": "highest"}}
      """)
    let run = try scratch.run(
      [
        "roll-up", "--policy", "policy.json", "--stdin", "--stdout", "--quiet", "--columns",
        "kind,learner,skip,target,level,attempt",
      ],
      input: "quiz\tann\t?\tt\tno\t1\nquiz\tann\t?\tt\tyes\t2\nessay\tann\t?\tt\tyes\t1\n"
        + "quiz\tbo\t?\tt\tyes\t\n")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output == "ann\tt\tnot_yet\tno\t0\t0\t1\nbo\tt\tmastered\tyes\t1\t1\t1\n")
  }

  @Test("a full disk is told, and a reader that leaves is not")
  func outputs() throws {
    try scratch.write("policy.json", Self.policy)
    try scratch.write("in.tsv", "ann\tt\t2025-09-01\t4\t4\n")
    let full = try scratch.shell(
      "\"$TOOL\" roll-up --policy policy.json --stdin --stdout --trailer < in.tsv > /dev/full")
    #expect(full.exitCode == 74)
    let misuse = try scratch.run("roll-up", "--policy", "policy.json", "--stdin")
    #expect(misuse.exitCode == 64)
  }
}

@Suite("Roll-ups of gradebooks", .enabled(if: ToolRun.hasFormat("evidence")))
struct GradebookRollUpTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("evidence gives the same results from memory and from a temporary file", arguments: [1, 0])
  func evidence(memory: Int) throws {
    var lines = "learner,class,lineItem,target,score,maximum,date,status\n"
    for learner in 0..<200 {
      for item in 0..<40 {
        lines +=
          "p\(learner),c,i\(item),t\(item % 3),\((learner + item) % 5),4,"
          + "2025-09-\(10 + item % 20),graded\n"
      }
    }
    try scratch.write("evidence.csv", lines)
    let run = try scratch.run(
      "roll-up", "--policy", "lake-park", "evidence.csv", "-o", "out.csv", "--memory", "\(memory)",
      "--json")
    #expect(run.exitCode == 0, "\(run.messages)")
    let rows = try #require(scratch.text("out.csv")).split(separator: "\n")
    #expect(rows.count == 601)
    #expect(run.output.contains("\"lines\": 8000"))
    #expect(rows.first == "learner,target,outcome,level,shown,number,observations")
    #expect(Set(rows.dropFirst().map { $0.split(separator: ",")[0] }).count == 200)
  }

  @Test("results count for each target of their line item, in the order of their dates")
  func results() throws {
    try scratch.write(
      "in.ndjson",
      """
      {"format":"cbl","version":1}
      {"record":"class","id":"c"}
      {"record":"person","id":"ann"}
      {"record":"person","id":"b,o"}
      {"record":"lineItem","id":"i","class":"c","maximum":"10"}
      {"record":"lineItem","id":"j","class":"c","maximum":"20"}
      {"record":"lineItem","id":"k","class":"c","maximum":"20"}
      {"record":"alignment","id":"1","ownerKind":"line_item","owner":"i","target":"T"}
      {"record":"alignment","id":"2","ownerKind":"line_item","owner":"j","target":"U"}
      {"record":"alignment","id":"3","ownerKind":"line_item","owner":"j","target":"T"}
      {"record":"alignment","id":"4","ownerKind":"line_item","owner":"k","target":"T","status":"tobedeleted"}
      {"record":"result","id":"1","lineItem":"j","person":"ann","score":"18","scoreDate":"2025-09-03"}
      {"record":"result","id":"2","lineItem":"i","person":"ann","score":"5","scoreDate":"2025-09-01"}
      {"record":"result","id":"3","lineItem":"i","person":"b,o","score":"8","scoreDate":"2025-09-01"}
      {"record":"result","id":"4","lineItem":"j","person":"b,o","state":"exempt"}
      {"record":"result","id":"5","lineItem":"k","person":"b,o","score":"1","scoreDate":"2025-09-02"}
      {"record":"result","id":"6","lineItem":"i","person":"b,o","score":"0","status":"tobedeleted"}
      {"end":true,"rows":16}

      """)
    try scratch.write("decay.json", RollUpTests.percent)
    let run = try scratch.run("roll-up", "--policy", "decay.json", "in.ndjson", "-o", "out.csv")
    #expect(run.exitCode == 0, "\(run.messages)")
    // 0.35 * 50 + 0.65 * 90 = 76.
    #expect(
      scratch.text("out.csv")
        == """
        learner,target,outcome,level,shown,number,observations
        ann,T,not_yet,no,76,76,2
        ann,U,mastered,yes,90,90,1
        "b,o",T,mastered,yes,80,80,1

        """)
    #expect(run.messages.contains("2 results of the inputs have no score or no target."))
    let again = try scratch.run("roll-up", "--policy", "decay.json", "in.ndjson", "-o", "out.csv")
    #expect(again.exitCode == 73)
  }

  @Test("an input that takes evidence back is refused, and nothing is written")
  func reversal() throws {
    try scratch.write(
      "in.ndjson",
      """
      {"format":"cbl","version":1}
      {"record":"evidence","id":"x","person":"bea","target":"u","score":"8","maximum":"10"}
      {"record":"evidence","id":"x","status":"tobedeleted","person":"bea"}
      {"end":true,"rows":2}

      """)
    try scratch.write("decay.json", RollUpTests.percent)
    let run = try scratch.run("roll-up", "--policy", "decay.json", "in.ndjson", "-o", "out.csv")
    #expect(run.exitCode == 65, "\(run.messages)")
    #expect(run.messages.contains("takes evidence back"))
    #expect(scratch.text("out.csv") == nil)
  }
}
