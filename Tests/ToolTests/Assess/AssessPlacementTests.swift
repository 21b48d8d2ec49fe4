import Foundation
import Testing

@Suite("Placing, rating and moderating", .enabled(if: ToolRun.buildFolder != nil))
struct AssessPlacementTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func json(_ run: ToolRun) throws -> [String: Any] {
    #expect(run.exitCode == 0, "\(run.messages)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func run(_ arguments: String...) throws -> ToolRun {
    try ToolRun(["assess"] + arguments, in: scratch.url)
  }

  @Test("five groups, three mastered, two talks passed: two exempt, one waiting")
  func pretest() throws {
    try scratch.write(
      "groups.csv", "group,target\n" + (1...5).map { "g\($0),t\($0)\n" }.joined())
    try scratch.write(
      "results.csv",
      "learner,target,mastered\n" + (1...5).map { "ann,t\($0),\($0 <= 3 ? 1 : 0)\n" }.joined())
    try scratch.write("talks.csv", "learner,group,passed\nann,g1,yes\nann,g2,1\n")
    let arguments = ["--groups", "groups.csv", "--discussions", "talks.csv", "results.csv"]
    let found = try json(
      ToolRun(["assess", "pretest"] + arguments + ["--json"], in: scratch.url))
    let learners = try #require(found["learners"] as? [[String: Any]])
    let counts = try #require(learners.first?["counts"] as? [String: Int])
    #expect(counts["exempt"] == 2)
    #expect(counts["waiting"] == 1)
    #expect(counts["not_mastered"] == 2)
    let text = try ToolRun(["assess", "pretest"] + arguments, in: scratch.url)
    #expect(text.output.contains("ann: 2 exempt, 1 waiting"))
  }

  static let wrong: [(arguments: [String], table: String, exitCode: Int32, says: String)] = [
    (
      ["pretest", "--groups", "groups.csv", "bad.csv"], "learner,target,mastered\nann,t1,maybe\n",
      65, "bad.csv:2:3: column mastered: 'maybe'"
    ),
    (
      ["pretest", "--groups", "groups.csv", "bad.csv"], "learner,target,mastered\nann,t9,1\n", 65,
      "bad.csv:2:2"
    ),
    (
      ["pretest", "--groups", "groups.csv", "bad.csv"], "learner,target\nann,t1\n", 65,
      "no column 'mastered'"
    ),
    (["moderate", "--seed", "1", "bad.csv"], "work,rater\nw1,a\nw1,b\n", 65, "twice"),
    (["moderate", "--seed", "1", "bad.csv"], "work,rater\n", 65, "no work"),
    (["moderate", "--seed", "1", "--cut", "3", "bad.csv"], "", 64, "--error"),
    (["compare", "bad.csv"], "winner,loser\na,a\n", 65, "bad.csv:2:2"),
    (["compare", "bad.csv"], "winner,loser\na,b\n", 65, "more judgements"),
    (["review", "bad.csv"], "card,rating\nx,5\n", 65, "bad.csv:2:2"),
    (["place", "adaptive", "--bank", "bad.csv"], "item,a,b\n1,-1,0\n", 65, "bad.csv:2:1"),
    (["place", "adaptive", "--bank", "bad.csv"], "item,a,b\n1,1,nan\n", 65, "bad.csv:2:3"),
    (["place", "adaptive"], "", 64, "--bank"),
    (["place", "adaptive", "--bank", "none.csv"], "", 66, "none.csv"),
    (["place", "decide", "bad.json"], "{\"answers\": [1, 2]}", 65, "bad.json:1:"),
    (["place", "decide", "bad.json"], "{\"answers\": [1]}", 65, "not_yet"),
    (
      ["place", "knowledge", "bad.json"],
      "{\"items\": 2,\n \"prerequisites\": [[0,1],[1,0]]}", 65, "lead back"
    ),
    (["standard-set", "bad.json"], "{}", 65, "no method"),
    (
      ["standard-set", "bad.json"], "{\"angoff_judges_by_items\":\n [[0.5], [60]]}", 65,
      "bad.json:2:2"
    ),
    (["simulate", "rule", "--need", "6", "--of", "5", "--cut", "0.8"], "", 64, "cannot be"),
    (
      [
        "simulate", "design", "--learner", "0", "--learner-task", "1", "--rest", "1", "--mean",
        "1", "--cut", "1",
      ], "", 64, "variances"
    ),
  ]

  @Test("what is wrong is told with file, line and column", arguments: wrong)
  func faults(arguments: [String], table: String, exitCode: Int32, says: String) throws {
    try scratch.write("groups.csv", "group,target\ng1,t1\n")
    if !table.isEmpty {
      try scratch.write("bad.csv", table)
      try scratch.write("bad.json", table)
    }
    let run = try ToolRun(["assess"] + arguments, in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test("an adaptive test asks what tells most, and places")
  func adaptive() throws {
    try scratch.write("bank.csv", "item,a,b\neasy,1.5,-1\neven,1.5,0\nhard,1.5,1\n")
    try scratch.write("answers.csv", "learner,item,right\nann,even,1\nbob,even,0\n")
    let found = try json(
      run(
        "place", "adaptive", "--bank", "bank.csv", "--answers", "answers.csv", "--cuts=-0.5,0.5",
        "--labels", "one,two,three", "--json"))
    let placements = try #require(found["placements"] as? [[String: Any]])
    #expect(placements.map { $0["next"] as? String } == ["hard", "easy"])
    let first = try #require(placements[0]["placement"] as? [String: Any])
    let levels = try #require(first["levels"] as? [[String: Any]])
    let sum = levels.reduce(0) { $0 + ($1["probability"] as? Double ?? 0) }
    #expect(abs(sum - 1) < 1e-9)
    #expect(first["provisional"] as? Bool == true)
    let text = try run("place", "adaptive", "--bank", "bank.csv", "--responses", "1,0,1")
    #expect(text.output.contains("even"))
    #expect(text.output.contains("has ended"))
  }

  @Test("tables may be JSON or YAML, and forms are cut by domain")
  func forms() throws {
    try scratch.write(
      "bank.json",
      """
      [{"item": "n1", "a": 1.5, "b": -0.12345678901234567, "domain": "n"},
       {"item": "f1", "b": 0, "domain": "f"}, {"item": "n2", "b": 1, "domain": "n"}]
      """)
    try scratch.write("answers.yaml", "- {item: n2, right: 1}\n- {item: f1, right: 0}\n")
    let found = try json(
      run(
        "place", "adaptive", "--bank", "bank.json", "--answers", "answers.yaml", "--form",
        "n2,f1,n1", "--json"))
    let placements = try #require(found["placements"] as? [[String: Any]])
    #expect(placements.map { $0["domain"] as? String } == ["n", "f"])
    #expect(placements.map { $0["next"] as? String } == ["n1", nil])
    try scratch.write("bad.yaml", "- {item: n2, right: 1}\n- {item: n1, right: perhaps}\n")
    let bad = try run("place", "adaptive", "--bank", "bank.json", "--answers", "bad.yaml")
    #expect(bad.exitCode == 65)
    #expect(bad.messages.contains("bad.yaml:2:"), "\(bad.messages)")
  }

  @Test("a graph of prerequisites, and what to ask and learn next")
  func knowledge() throws {
    try scratch.write(
      "graph.json",
      """
      {"items": ["count", "add", "multiply"], "careless": 0.1, "lucky": 0.05,
       "prerequisites": [["count", "add"], ["add", "multiply"]],
       "answers": [["add", 1], ["multiply", 0]]}
      """)
    let found = try json(run("place", "knowledge", "graph.json", "--states", "--json"))
    #expect(found["stateCount"] as? Int == 4)
    let placement = try #require(found["placement"] as? [String: Any])
    #expect(placement["mastered"] as? [String] == ["count", "add"])
    #expect(placement["ready"] as? [String] == ["multiply"])
  }

  @Test("decisions by answers, with and without calibration, and among levels")
  func decide() throws {
    try scratch.write(
      "case.json",
      """
      {"sprt": [{"input": {"items_abc": [[1, 0, 0], [1, 0, 0]], "answers": [1, 1], "cut": 0,
       "delta": 1, "alpha": 0.2, "beta": 0.2}}]}
      """)
    // Each right answer at the cut adds ln(P(1)/P(-1)) = 1.
    let sprt = try json(run("place", "decide", "case.json#/sprt/0/input", "--json"))
    #expect(sprt["decision"] as? String == "mastery")
    #expect(sprt["decidedAfter"] as? Int == 2)
    try scratch.write(
      "levels.json",
      "{\"prior\": [1, 1], \"p_correct_by_item_and_level\": [[0.2, 0.8]], \"answers\": [1]}")
    let levels = try json(run("place", "levels", "levels.json", "--json"))
    let posterior = try #require((levels["posteriors"] as? [[Double]])?.first)
    #expect(abs(posterior[1] - 0.8) < 1e-12)
  }

  @Test("cuts of a panel")
  func standards() throws {
    try scratch.write(
      "panel.json",
      """
      {"input": {"angoff_judges_by_items": [[0.5, 0.5], [0.6, 0.6], [0.7, 0.7]],
       "masters": [5, 7, 8, 9], "non_masters": [2, 3, 4, 7], "borderline": [4, 6, 5]}}
      """)
    let found = try json(run("standard-set", "panel.json", "--json"))
    let angoff = try #require(found["angoff"] as? [String: Any])
    #expect(abs((angoff["cut"] as? Double ?? 0) - 1.2) < 1e-12)
    #expect((found["contrastingGroups"] as? [String: Any])?["cut"] as? Double == 5)
    #expect((found["borderline"] as? [String: Any])?["cut"] as? Double == 5)
    let text = try run("standard-set", "panel.json")
    #expect(text.output.contains("3 judges"))
  }

  @Test("reviews by a table and by a document give the published intervals")
  func review() throws {
    try scratch.write(
      "reviews.csv", "card,rating,days\n" + "a,3,\n" + "a,3,\n" + "a,3,\n" + "a,3,\n")
    try scratch.write("reviews.json", "{\"ratings\": [3,3,3,3], \"days_before_review\": null}")
    for file in ["reviews.csv", "reviews.json"] {
      let found = try json(run("review", file, "--json"))
      let card = try #require((found["cards"] as? [[String: Any]])?.first)
      let reviews = try #require(card["reviews"] as? [[String: Any]])
      let days = reviews.map { Int(($0["intervalSeconds"] as? Double ?? 0) / 86_400) }
      #expect(days == [0, 2, 11, 46])
    }
  }

  @Test("comparisons make a scale, moderation a sample, calibration a list of raters")
  func raters() throws {
    try scratch.write("pairs.csv", "winner,loser,count\na,b,3\nb,a,1\nc,a,2\n")
    let scale = try json(run("compare", "pairs.csv", "--reference", "b", "--json"))
    let pieces = try #require(scale["pieces"] as? [[String: Any]])
    #expect(abs((pieces[0]["ability"] as? Double ?? 0) - 1.0986122886681098) < 1e-9)
    #expect(pieces[2]["ability"] is NSNull)
    try scratch.write(
      "works.csv",
      "work,rater,score\n" + (0..<100).map { "w\($0),r\($0 % 4),\($0 % 5)\n" }.joined())
    let sample = try json(
      run("moderate", "works.csv", "--share", "0.1", "--seed", "3", "--json"))
    #expect(sample["chosen"] as? Int == 10)
    let words = ["assess", "moderate", "works.csv", "--share", "0.1", "--seed", "3"]
    let drawn = try ToolRun(words, in: scratch.url).output
    #expect(drawn == (try ToolRun(words, in: scratch.url).output))
    #expect(drawn != (try ToolRun(words.dropLast() + ["4"], in: scratch.url).output))
    let anchors = [1, 2, 3, 4, 2, 3]
    try scratch.write(
      "anchors.csv",
      "anchor,level\n" + anchors.enumerated().map { "a\($0),\($1)\n" }.joined())
    try scratch.write(
      "ratings.csv",
      "rater,anchor,level\n"
        + anchors.enumerated().map { "ann,a\($0),\($1)\nbob,a\($0),\(min(4, $1 + 1))\n" }.joined())
    let run = try run(
      "calibrate", "--anchors", "anchors.csv", "--levels", "1,2,3,4", "ratings.csv", "--json")
    #expect(run.exitCode == 1)
    let value = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let raters = try #require(value?["raters"] as? [[String: Any]])
    #expect(raters.map { $0["calibrated"] as? Bool } == [true, false])
  }

  @Test("simulations say how many tasks and tries, and repeat themselves")
  func simulate() throws {
    let design = try json(
      run(
        "simulate", "design", "--learner", "0.5", "--learner-task", "0.25", "--rest", "0.2",
        "--mean", "2.7", "--cut", "3", "--accuracy", "0.85", "--json"))
    let best = try #require(design["best"] as? [String: Any])
    #expect((best["tasks"] as? Int ?? 0) >= 2)
    let rule = try run("simulate", "rule", "--streak", "3", "--tries", "10", "--cut", "0.8")
    #expect(rule.output.contains("worse with more evidence"))
    // One half passes with 130/256.
    #expect(rule.output.contains("50.8 %"))
    try scratch.write("bank.csv", "item,a,b\n1,1.5,-1\n2,1.5,0\n3,1.5,1\n")
    let arguments = [
      "assess", "simulate", "test", "--bank", "bank.csv", "--most", "3", "--seed", "1",
      "--cuts=-0.5,0.5", "--learners", "200",
    ]
    let first = try ToolRun(arguments, in: scratch.url)
    #expect(first.exitCode == 0, "\(first.messages)")
    #expect(first.output == (try ToolRun(arguments, in: scratch.url).output))
  }
}
