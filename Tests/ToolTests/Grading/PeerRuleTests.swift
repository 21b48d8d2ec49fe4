import Foundation
import Testing

/// Other systems' rules over several targets, through the tool from file to file.
@Suite("Peers' rules through the tool", .enabled(if: ToolRun.hasFormat("evidence")))
struct PeerRuleTests {
  /// Grades with YAML; the answer of gate `g` and the table.
  private static func gate(
    _ yaml: String, mastered: [String], others: [String] = []
  ) throws -> String? {
    let scratch = try Scratch()
    try scratch.write("p.yaml", yaml)
    let rows =
      mastered.map { "ann,\($0),1,2025-01-01\n" } + others.map { "ann,\($0),0,2025-01-01\n" }
    try scratch.write("e.csv", "learner,target,score,date\n" + rows.joined())
    let run = try scratch.run("grade", "--policy", "p.yaml", "e.csv", "-o", "-")
    #expect(run.exitCode == 0, "\(run.messages)")
    return GradeTable(run.output).row("ann", "g")?["outcome"]
  }

  private static func yaml(_ when: String) -> String {
    """
    policy: p
    scale:
      id: competence
      levels: [{label: "no", number: 0}, {label: "yes", number: 1}]
      masteredFrom: "yes"
    method: {name: latest}
    gates:
      - name: g
        when: \(when)

    """
  }

  static let moodle = """
    {points: 10, of: [{target: a, points: 5, required: true}, {target: b, points: 5},
              {target: c, points: 4}, {target: d, points: 1}]}
    """
  static let tree = "{all: [{target: a}, {any: [{target: b}, {all: [{target: c}, {target: d}]}]}]}"

  static let rules: [(when: String, mastered: [String], others: [String], outcome: String)] = [
    ("{targets: [a, b]}", ["a", "b"], ["c"], "open"), ("{targets: [a, b]}", ["a"], [], "closed"),
    ("{targets: all}", ["a", "b"], ["c"], "closed"),
    (moodle, ["a", "b"], [], "open"), (moodle, ["a", "c", "d"], ["b"], "open"),
    (moodle, ["a", "c"], [], "closed"), (moodle, ["b", "c", "d"], [], "closed"),
    (tree, ["a", "b"], [], "open"), (tree, ["a", "c", "d"], [], "open"),
    (tree, ["a", "c"], ["b"], "closed"), (tree, ["b", "c", "d"], [], "closed"),
    // 4 of 5 is 80 %, 7 of 10 is 70 %, and 9 of 13 is not.
    (share(0.8, of: 5), targets(4), [], "open"), (share(0.7, of: 10), targets(7), [], "open"),
    (share(0.7, of: 13), targets(9), [], "closed"),
    (share(0.7, of: 13), targets(10), [], "open"),
  ]

  private static func targets(_ count: Int) -> [String] { (1...count).map { "t\($0)" } }

  private static func share(_ share: Double, of count: Int) -> String {
    "{share: \(share), targets: [\(targets(count).joined(separator: ", "))]}"
  }

  @Test("Moodle's rules, Open edX's trees, shares", arguments: rules)
  func rule(when: String, mastered: [String], others: [String], outcome: String) throws {
    #expect(try Self.gate(Self.yaml(when), mastered: mastered, others: others) == outcome)
  }

  /// Khan Academy's levels as it describes them: exercises bring a learner to proficient and back,
  /// unit tests from proficient to mastered and one down.
  static let khanPolicy = """
    policy: khan
    scale:
      id: levels
      levels: [attempted, familiar, proficient, mastered]
      masteredFrom: mastered
    points: [{share: 0.7, level: familiar}, {share: 1, level: proficient}]
    method:
      name: promotion
      rules:
        - {kinds: [unit_test], from: [attempted], least: 2, to: familiar}
        - {kinds: [unit_test], from: [familiar], least: 2, to: proficient}
        - {kinds: [unit_test], from: [proficient], least: 2, to: mastered}
        - {kinds: [unit_test], from: [familiar, proficient, mastered], below: 2, by: -1}
        - {kinds: [exercise], from: [attempted, familiar], least: 2, to: proficient}
        - {kinds: [exercise], from: [attempted], least: 1, to: familiar}
        - {kinds: [exercise], from: [familiar, proficient, mastered], below: 1, by: -1}

    """

  static let khanCases: [(rows: [String], level: String)] = [
    (["exercise,6,7"], "familiar"), (["exercise,7,7"], "proficient"),
    (["exercise,7,7", "unit_test,1,1"], "mastered"), (["unit_test,1,1"], "familiar"),
    (["exercise,7,7", "unit_test,1,1", "unit_test,0,1"], "proficient"),
    (["exercise,3,7"], "attempted"), (["exercise,5,7", "exercise,2,7"], "attempted"),
  ]

  @Test("Khan Academy: levels won and lost", arguments: khanCases)
  func khan(rows: [String], level: String) throws {
    let scratch = try Scratch()
    try scratch.write("khan.yaml", Self.khanPolicy)
    let lines = rows.enumerated().map { "ann,t,\($1),2025-01-0\($0 + 1)\n" }
    try scratch.write("e.csv", "learner,target,kind,score,maximum,date\n" + lines.joined())
    let run = try scratch.run("grade", "--policy", "khan.yaml", "e.csv", "-o", "-")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(GradeTable(run.output).row("ann", "t")?["level"] == level)
  }

  static let yamlFaults: [(text: String, says: String)] = [
    ("policy: p\nscale: [1, 2\n", "p.yaml:3:"),
    ("policy: p\ncolor: red\n", "p.yaml:1:1#"),
    ("policy: p\npolicy: q\n", "stands there twice"),
    (yaml("{target: a, at: perhaps}"), "p.yaml:9:27#/gates/0/when/at"),
    (yaml("{colour: a}"), "p.yaml:9:11#/gates/0/when: error: This is no gate"),
    (String(repeating: "[", count: 10_000), "p.yaml:1: too many lists"),
    (String(repeating: "- ", count: 10_000) + "a", "p.yaml:1: too many lists"),
    (
      "a0: &a0 [1, 1]\n"
        + (1..<40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined(),
      "more than 1000000 values"
    ),
  ]

  @Test("a YAML policy that is wrong is told with line and column", arguments: yamlFaults)
  func yamlFault(text: String, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("p.yaml", text)
    let run = try scratch.run("policy", "hash", "p.yaml")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(says), "\(run.messages)")
  }

  @Test("a YAML policy has the hash of the JSON that says the same")
  func sameHash() throws {
    let scratch = try Scratch()
    try scratch.write("p.yaml", Self.yaml("{target: a}"))
    let shown = try scratch.run("policy", "show", "p.yaml")
    try scratch.write("p.json", shown.output)
    let hashes = try ["p.yaml", "p.json"].map { try scratch.run("policy", "hash", $0).output }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0].utf8.count == 65)
  }

  static let packCases:
    [(pack: String, evidence: String, id: String, column: String, value: String)] = [
      ("spaulding", "textScore\nann,t,NYC", "t", "outcome", "not_yet"),
      ("spaulding", "textScore\nann,t,BC", "credit", "outcome", "open"),
      ("federal-way", "textScore\nann,t,C-", "credit", "outcome", "closed"),
      ("federal-way", "textScore\nann,t,C", "credit", "outcome", "open"),
      ("kennebec", "score\nann,t,3\nann,u,2.99", "credit", "outcome", "closed"),
      (
        "excellence-for-all", "score,kind\nann,t,48,external_exam\nann,t,55,external_exam",
        "advance",
        "outcome", "closed"
      ),
      (
        "excellence-for-all",
        "score,kind\nann,t,48,external_exam\nann,t,55,external_exam\n"
          + "ann,t,71,external_exam", "advance", "outcome", "open"
      ),
      ("advance-path", "score,maximum\nann,t,4,5", "credit", "outcome", "open"),
      ("advance-path", "score,maximum\nann,t,79.99,100", "credit", "outcome", "closed"),
      (
        "drivers-licence", "score,maximum\nann,written,9,10\nann,road,7,10", "licence", "outcome",
        "closed"
      ),
      (
        "drivers-licence", "score,maximum\nann,written,9,10\nann,road,8,10", "licence", "outcome",
        "open"
      ),
    ]

  @Test("the packs judge plain tables of evidence", arguments: packCases)
  func pack(pack: String, evidence: String, id: String, column: String, value: String) throws {
    let scratch = try Scratch()
    try scratch.write("e.csv", "learner,target,\(evidence)\n")
    let run = try scratch.run("grade", "--policy", pack, "e.csv", "-o", "-")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(GradeTable(run.output).row("ann", id)?[column] == value, "\(run.output)")
  }

  @Test("a letter among numbers is told where it belongs")
  func letter() throws {
    let scratch = try Scratch()
    try scratch.write("e.csv", "learner,target,score\nann,t,C\n")
    let run = try scratch.run("grade", "--policy", "federal-way", "e.csv", "-o", "-")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains("a level or letter belongs into textScore"))
  }
}
