import Domain
import Grading
import Testing

@Suite("Packs")
struct PackTests {
  /// What one learner shows under a pack, and which gates open.
  struct Case: Sendable, CustomTestStringConvertible {
    var pack: Identifier
    var says: String
    /// Targets with their groups and the scores of each, oldest first.
    var scores: [(target: CompetencyID, groups: [Identifier], scores: [String])]
    var gates: [String: Bool]
    /// Kind and purpose of evidence beside it, as `target kind purpose score`.
    var more: [String] = []
    /// Targets that are not backbone.
    var familiar: Set<CompetencyID> = []
    var facts = LearnerFacts()
    var day = 900

    var testDescription: String { "\(pack): \(says)" }
  }

  private static func same(_ score: String, _ count: Int) -> [(
    target: CompetencyID, groups: [Identifier], scores: [String]
  )] {
    (0..<count).map { (ID("t\($0)"), ["g"], [score]) }
  }

  private static func dates(_ name: Identifier, _ day: Int) -> LearnerFacts {
    LearnerFacts(dates: [name: Example.date(day: day)])
  }

  static let credits: [Case] = [
    Case(
      pack: "spaulding", says: "C, BC and A give credit",
      scores: [("a", [], ["NYC", "C"]), ("b", [], ["BC"]), ("c", [], ["A"])],
      gates: ["credit": true]),
    Case(
      pack: "spaulding", says: "one NYC does not", scores: [("a", [], ["NYC"]), ("b", [], ["A"])],
      gates: ["credit": false]),
    Case(
      pack: "kennebec", says: "3 on all", scores: [("a", [], ["2", "3"]), ("b", [], ["4"])],
      gates: ["credit": true]),
    Case(
      pack: "kennebec", says: "a 2 is one too low", scores: [("a", [], ["2"]), ("b", [], ["4"])],
      gates: ["credit": false]),
    Case(
      pack: "federal-way", says: "C is C or better", scores: [("a", [], ["C"]), ("b", [], ["B+"])],
      gates: ["credit": true]),
    Case(
      pack: "federal-way", says: "C- is not", scores: [("a", [], ["C-"]), ("b", [], ["A"])],
      gates: ["credit": false]),
    Case(
      pack: "federal-way", says: "extra credit changes nothing", scores: [("a", [], ["C-"])],
      gates: ["credit": false], more: ["- quiz summative A"]),
    Case(
      pack: "advance-path", says: "80 % on every unit",
      scores: [("a", [], ["4/5"]), ("b", [], ["80/100"])], gates: ["credit": true]),
    Case(
      pack: "advance-path", says: "79.99 is not 80",
      scores: [("a", [], ["100/100"]), ("b", [], ["79.99/100"])], gates: ["credit": false]),
    Case(
      pack: "young-womens-leadership", says: "7 of 10 are 70 %",
      scores: same("3", 7) + [("x", [], ["2"]), ("y", [], ["0"]), ("z", [], [])],
      gates: ["credit": true]),
    Case(
      pack: "young-womens-leadership", says: "9 of 13 are not",
      scores: same("3", 9) + ["w", "x", "y", "z"].map { (ID($0), [], ["2"]) },
      gates: ["credit": false]),
    Case(
      pack: "young-womens-leadership", says: "an outcome of long ago counts, whatever came after",
      scores: same("3", 6) + [
        ("old", [], ["3", "0", "1"]), ("x", [], []), ("y", [], ["2"]), ("z", [], ["1"]),
      ],
      gates: ["credit": true]),
    Case(
      pack: "excellence-for-all", says: "48 does not pass", scores: [("exam", [], [])],
      gates: ["advance": false], more: ["exam external_exam summative 48/100"]),
    Case(
      pack: "excellence-for-all", says: "48 and 55 do not pass", scores: [("exam", [], [])],
      gates: ["advance": false],
      more: ["exam external_exam summative 48/100", "exam external_exam summative 55/100"]),
    Case(
      pack: "excellence-for-all", says: "71 passes in the third attempt",
      scores: [("exam", [], [])], gates: ["advance": true],
      more: [
        "exam external_exam summative 48/100", "exam external_exam summative 55/100",
        "exam external_exam summative 71/100",
      ]),
    Case(
      pack: "drivers-licence", says: "both tests",
      scores: [("written", [], ["8/10"]), ("road", [], ["9/10"])], gates: ["licence": true]),
    Case(
      pack: "drivers-licence", says: "the road test is missing",
      scores: [("written", [], ["10/10"]), ("road", [], [])], gates: ["licence": false]),
    Case(
      pack: "adams-50", says: "level 12 everywhere",
      scores: [("math", [], ["11", "12"]), ("reading", [], ["12"])], gates: ["graduation": true]),
    Case(
      pack: "adams-50", says: "level 11 is not 12",
      scores: [("math", [], ["11"]), ("reading", [], ["12"])], gates: ["graduation": false]),
  ]

  static let paths: [Case] = [
    Case(
      pack: "chugach", says: "each content area by itself",
      scores: [("m", ["math"], ["10"]), ("r", ["reading"], ["9"])],
      gates: ["area-complete math": true, "area-complete reading": false]),
    Case(
      pack: "lake-park", says: "the most recent score stands",
      scores: [("a", ["level-5"], ["4", "2"]), ("b", ["level-6"], ["2", "3"])],
      gates: ["level-complete level-5": false, "level-complete level-6": true]),
    thirteenLevels,
    Case(
      pack: "diploma-plus", says: "one phase after the other",
      scores: [
        ("f", ["foundation"], ["3"]), ("p", ["presentation"], ["3"]), ("q", ["plus"], ["2"]),
      ], gates: ["presentation": true, "plus": true, "diploma": false]),
    Case(
      pack: "diploma-plus", says: "no phase is jumped",
      scores: [
        ("f", ["foundation"], ["2"]), ("p", ["presentation"], ["4"]), ("q", ["plus"], ["4"]),
      ], gates: ["presentation": false, "plus": false, "diploma": false]),
    Case(
      pack: "schools-for-the-future", says: "Core 2 is done, Transitions is not",
      scores: [
        ("a", ["core-1"], ["3"]), ("b", ["core-2"], ["3"]), ("c", ["transitions"], ["1"]),
        ("d", ["pathways"], ["4"]),
      ], gates: ["core-2": true, "transitions": true, "pathways": false, "completion": false]),
    Case(
      pack: "third-grade-reading", says: "reading stays, mathematics goes on",
      scores: [("r", ["reading"], ["2"]), ("m", ["mathematics"], ["3"])],
      gates: ["next-grade reading": false, "next-grade mathematics": true]),
    Case(
      pack: "boston-day-evening", says: "day 13", scores: [], gates: ["transfer": true],
      facts: dates("entry", 100), day: 113),
    Case(
      pack: "boston-day-evening", says: "day 14", scores: [], gates: ["transfer": false],
      facts: dates("entry", 100), day: 114),
    Case(
      pack: "summit-teachers", says: "expert in 4 of 7 after two years",
      scores: same("expert", 4) + ["x", "y", "z"].map { (ID($0), [], ["proficient"]) },
      gates: ["next-level": true, "expert": true], facts: dates("level", 170)),
    Case(
      pack: "summit-teachers", says: "a day before two years", scores: same("expert", 7),
      gates: ["next-level": false, "expert": false], facts: dates("level", 171)),
    Case(
      pack: "summit-teachers", says: "expert in 3 of 7",
      scores: same("expert", 3) + ["w", "x", "y", "z"].map { (ID($0), [], ["highly proficient"]) },
      gates: ["next-level": true, "expert": false], facts: dates("level", 0)),
    Case(
      pack: "ohio-credit-flexibility", says: "by demonstration",
      scores: [("a", [], []), ("b", [], [])],
      gates: ["demonstration": true, "instruction": false, "credit": true],
      more: ["a demonstration summative 3"]),
    Case(
      pack: "ohio-credit-flexibility", says: "by instruction", scores: [("a", [], ["3"])],
      gates: ["demonstration": false, "instruction": true, "credit": true]),
    Case(
      pack: "ohio-credit-flexibility", says: "by both", scores: [("a", [], ["3"])],
      gates: ["demonstration": true, "instruction": true, "credit": true],
      more: ["a demonstration summative 4"]),
    Case(
      pack: "ohio-credit-flexibility", says: "by neither", scores: [("a", [], ["2"])],
      gates: ["demonstration": false, "instruction": false, "credit": false]),
    Case(
      pack: "florida-virtual", says: "work without the discussion",
      scores: [("w", ["m1"], ["9/10"])],
      gates: ["discussion m1": false, "exemption m1": false, "module m1": false]),
    Case(
      pack: "florida-virtual", says: "work and discussion", scores: [("w", ["m1"], ["9/10"])],
      gates: ["discussion m1": true, "exemption m1": false, "module m1": true],
      more: ["w discussion formative 1/2"]),
    Case(
      pack: "florida-virtual", says: "a pre-test before the discussion exempts nobody",
      scores: [("w", ["m1"], [])],
      gates: ["discussion m1": false, "exemption m1": false, "module m1": false],
      more: ["w quiz pretest 9/10"]),
    Case(
      pack: "florida-virtual", says: "a pre-test exempts after the discussion",
      scores: [("w", ["m1"], [])],
      gates: ["discussion m1": true, "exemption m1": true, "module m1": true],
      more: ["w quiz pretest 9/10", "w discussion formative 1/2"]),
  ]

  /// A backbone and a familiar target in each level; the last level lacks its backbone target.
  private static var thirteenLevels: Case {
    var example = Case(
      pack: "lake-park", says: "all thirteen levels, each by its backbone targets", scores: [],
      gates: [:])
    for level in 1...13 {
      let familiar = CompetencyID("f\(level)")
      let group = Identifier("level-\(level)")
      let score = level == 13 ? "2" : "3"
      example.scores.append((CompetencyID("b\(level)"), [group], [score]))
      example.scores.append((familiar, [group], ["1"]))
      example.familiar.insert(familiar)
      example.gates["level-complete \(group)"] = level < 13
    }
    return example
  }

  @Test("a pack opens what its school opens", arguments: credits + paths)
  func gates(example: Case) throws {
    let pack = try #require(PolicyPack.named(example.pack))
    let policy = try pack.policy()
    var evidence: [Evidence] = []
    for (target, _, scores) in example.scores {
      for score in scores { evidence.append(try Self.piece(evidence.count, score, target, policy)) }
    }
    for line in example.more {
      let words = line.split(separator: " ").map(String.init)
      try #require(words.count == 4)
      var piece = try Self.piece(
        evidence.count, words[3], words[0] == "-" ? nil : ID(words[0]), policy)
      piece.kind = EvidenceKind(words[1])
      piece.purpose = EvidencePurpose(words[2])
      evidence.append(piece)
    }
    let grader = Grader(
      policy,
      targets: example.scores.map {
        GradedTarget(
          $0.target, isBackbone: !example.familiar.contains($0.target), groups: $0.groups)
      })
    let report = try grader.report(
      on: Example.learner, history: Example.history(evidence), facts: example.facts,
      asOf: Example.asOf(day: example.day))
    let found = report.gates.map { gate in
      (gate.group.map { "\(gate.name) \($0)" } ?? gate.name.text, gate.isOpen)
    }
    #expect(Dictionary(found) { first, _ in first } == example.gates)
  }

  private static func piece(
    _ index: Int, _ score: String, _ target: CompetencyID?, _ policy: Policy
  ) throws -> Evidence {
    let parts = score.split(separator: "/").map(String.init)
    let state =
      parts.count == 2
      ? Example.points(parts[0], of: parts[1]) : Example.level(Identifier(score), policy.scale.id)
    return Example.evidence("e\(index)", day: index, state, target: target)
  }

  static let levelCounts: [(pack: Identifier, count: Int)] = [
    ("adams-50", 12), ("chugach", 10), ("spaulding", 4), ("summit-teachers", 4), ("kennebec", 5),
  ]

  @Test("the scale of a pack has as many levels as its school", arguments: levelCounts)
  func levels(pack: Identifier, count: Int) throws {
    let policy = try #require(PolicyPack.named(pack)).policy()
    #expect(policy.scale.levels.count == count)
  }

  @Test("every pack has at most 40 lines, its name as identifier, and survives its canonical form")
  func documents() throws {
    #expect(PolicyPack.all.count == 17)
    for pack in PolicyPack.all {
      let policy = try pack.policy()
      #expect(policy.id == pack.name)
      #expect(pack.json.count { $0 == 0x0A } <= 40, "\(pack.name)")
      #expect(try Policy(json: Array(policy.document.canonicalText.utf8)) == policy)
    }
  }

  @Test("Federal Way's results are the same bytes with and without unaligned extra credit")
  func extraCredit() throws {
    let policy = try #require(PolicyPack.named("federal-way")).policy()
    let grader = Grader(policy, targets: [GradedTarget("a")])
    let own = try Self.piece(0, "C-", "a", policy)
    let extra = try Self.piece(1, "A", nil, policy)
    let texts = try [[own], [own, extra]].map { evidence in
      try grader.trace(
        of: grader.report(
          on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
      ).canonicalText
    }
    #expect(texts[0] == texts[1])
  }
}
