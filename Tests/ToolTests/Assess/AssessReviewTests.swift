import Foundation
import Testing

@Suite("Rubrics, attempts, claims, load and exemption", .enabled(if: ToolRun.buildFolder != nil))
struct AssessReviewTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func json(_ line: String, exitCode: Int32 = 0) throws -> Any {
    let words = line.split(separator: " ").map(String.init)
    let run = try ToolRun(["assess"] + words + ["--json"], in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    return try JSONSerialization.jsonObject(with: Data(run.output.utf8))
  }

  private func words(_ value: Any, _ path: String) -> [String] {
    Figure.list(value, path).map(\.text)
  }

  static let scale = """
    "scale": {"id": "four", "masteredFrom": "3", "levels": [{"label": "1", "number": 1},
     {"label": "2", "number": 2}, {"label": "3", "number": 3}, {"label": "4", "number": 4}]}
    """

  private func rubric(_ words: String, task: String = "") -> String {
    """
    {"id": "r", "form": "analytic", \(Self.scale)\(task), "criteria": [{"id": "plan",
     "targets": ["t1"], "descriptors": {"1": "\(words)", "2": "b", "3": "c", "4": "d"}}]}
    """
  }

  @Test("two raters one apart make a mean, two apart wait for a third, own ratings stand beside")
  func ratings() throws {
    try scratch.write("r.json", rubric("a", task: ", \"task\": {\"raters\": 2}"))
    try scratch.write("old.json", rubric("x"))
    try scratch.write(
      "m.csv",
      """
      work,learner,rater,stream,criterion,level
      w1,ann,rey,staff,plan,3
      w1,ann,kim,staff,plan,4
      w1,ann,ann,self,plan,4
      w2,bob,rey,staff,plan,1
      w2,bob,kim,staff,plan,3
      w3,cy,rey,staff,plan,1
      w3,cy,kim,staff,plan,4
      w3,cy,lou,staff,plan,3

      """)
    let found = try json("review rubric r.json --ratings m.csv --before old.json")
    #expect(words(found, "works/*/criteria/*/number") == ["7/2", "null", "7/2"])
    #expect(
      words(found, "works/*/criteria/*/by") == ["mean", "waiting for third_rater", "nearest two"])
    #expect(words(found, "works/0/criteria/0/originals/*/rater") == ["rey", "kim"])
    #expect(words(found, "works/0/criteria/0/beside/*/rater") == ["ann"])
    #expect(words(found, "change/reworded/*") == ["plan"])
  }

  @Test("who is not ready, too early or has the same form is refused with every reason")
  func attempts() throws {
    try scratch.write(
      "a.json",
      """
      {\(Self.scale), "rules": {"readiness": {"level": "3"}, "spacing_days": 14,
       "needs_other_form": true, "windows": [{"name": "autumn", "from": "2026-10-01",
       "to": "2026-10-31"}]},
       "evidence": [{"learner": "ann", "target": "t", "level": "3"},
        {"learner": "bob", "target": "t", "level": "2"}],
       "attempts": [{"learner": "cy", "day": "2026-10-05", "form": "a"}],
       "requests": [{"learner": "ann", "day": "2026-10-05", "targets": ["t"], "form": "a"},
        {"learner": "bob", "day": "2026-11-05", "targets": ["t"], "form": "a"},
        {"learner": "cy", "day": "2026-10-10", "targets": ["t"], "form": "a"}]}
      """)
    let found = try json("review attempts a.json")
    #expect(words(found, "bookings/*/granted") == ["1.0", "0.0", "0.0"])
    #expect(words(found, "bookings/1/refusals/*/kind") == ["not_ready", "window"])
    #expect(words(found, "bookings/2/refusals/*/kind") == ["spacing", "form"])
    #expect(words(found, "bookings/2/earliest") == ["2026-10-19"])
  }

  @Test("claims are granted target by target, and become evidence only then")
  func claims() throws {
    func claim(_ reviewer: String) -> String {
      """
      {\(Self.scale), "claims": [{"id": "c", "learner": "ann", "targets": ["t1", "t2"],
       "artefacts": ["a"], "occurred": "2026-07-31", "reviews": [{"target": "t1",
       "finding": "granted", "level": "3", "reviewer": "\(reviewer)", "rationale": "seen",
       "verified": true}]}]}
      """
    }
    try scratch.write("c.json", claim("kim"))
    let found = try json("review claims c.json")
    #expect(words(found, "claims/0/targets/*/standing") == ["granted", "waiting"])
    #expect(words(found, "claims/0/evidence/*/trust") == ["verified"])
    try scratch.write("own.json", claim("ann"))
    let own = try ToolRun(["assess", "review", "claims", "own.json"], in: scratch.url)
    #expect(own.exitCode == 65)
    #expect(own.messages.contains("own.json:"), "\(own.messages)")
  }

  @Test("load by week, retakes by rule, exemption by score and instruction")
  func tables() throws {
    try scratch.write(
      "load.csv",
      "learner,task,day,minutes\nann,a,2026-10-05,90\nann,b,2026-10-05,60\nann,c,2026-10-12,20\n")
    let load = try json("review load load.csv --minutes 100", exitCode: 1)
    #expect(words(load, "weeks/*/minutes") == ["150.0", "20.0"])
    #expect(words(load, "weeks/*/isOver") == ["1.0", "0.0"])
    try scratch.write("re.csv", "learner,target,score\nann,t,2\nann,t,4\nann,t,3\n")
    #expect(
      words(try json("review retakes re.csv --effect higher --mastery 3"), "results/*/stands")
        == ["4.0"])
    #expect(
      words(try json("review retakes re.csv --effect replace --mastery 3"), "results/*/stands")
        == ["3.0"])
    try scratch.write(
      "ex.csv",
      "learner,instrument,score,day,instruction\nann,criterion_test,80,2026-08-20,0\n"
        + "bob,criterion_test,79.9,2026-08-20,0\ncy,criterion_test,70,2026-08-20,1\n")
    #expect(
      words(try json("pretest exemption --rule texas ex.csv"), "learners/*/standing") == [
        "granted", "waiting", "granted",
      ])
  }
}

@Suite("Drift, links, practice and drawings", .enabled(if: ToolRun.buildFolder != nil))
struct AssessDrawingTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func run(_ line: String, exitCode: Int32 = 0) throws -> ToolRun {
    let run = try ToolRun(
      ["assess"] + line.split(separator: " ").map(String.init), in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    return run
  }

  private func json(_ line: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(run(line + " --json").output.utf8))
  }

  @Test("a rater who becomes severe by anchors is told, and drawn")
  func watch() throws {
    var rows = "unit,rater,score,anchor\n"
    for work in 0..<60 {
      let wobble = work % 2 == 0 ? 0.2 : -0.2
      rows += "w\(work),lou,\(3 + wobble - (work >= 40 ? 1 : 0)),3\nw\(work),kim,\(3 + wobble),3\n"
    }
    try scratch.write("w.csv", rows)
    let found = try json("raters w.csv --watch --svg w.svg")
    let drift = Figure.list(found, "raters/0/driftAt").map(\.text)
    #expect(drift != ["null"] && drift != [])
    #expect(Figure.list(found, "raters/1/driftAt").map(\.text) == ["null"])
    let drawing = try String(contentsOf: scratch.url.appending(path: "w.svg"), encoding: .utf8)
    #expect(drawing.hasPrefix("<svg") && drawing.hasSuffix("</svg>\n"))
    #expect(drawing.contains("lou"))
    let refused = try run("raters w.csv --watch --svg w.csv", exitCode: 64)
    #expect(refused.messages.contains(".svg"))
  }

  @Test("two banks whose scales differ by 1.1 and 0.25 are linked by their names")
  func link() throws {
    let items = [("a", 1.0, -1.0), ("b", 1.4, 0.2), ("c", 0.8, 0.9), ("d", 1.2, -0.3)]
    try scratch.write(
      "old.csv", "item,a,b\n" + items.map { "\($0.0),\($0.1),\($0.2)\n" }.joined())
    try scratch.write(
      "new.csv",
      "item,a,b\n" + items.map { "\($0.0),\($0.1 / 1.1),\(1.1 * $0.2 + 0.25)\n" }.joined())
    let found = try json("fit --model link old.csv --link new.csv")
    #expect(Figure.isNear(Figure.list(found, "slope")[0], .number(1.1), 1e-6))
    #expect(Figure.isNear(Figure.list(found, "shift")[0], .number(0.25), 1e-6))
  }

  @Test("items, fits and placements are drawn, the same bytes each time")
  func drawings() throws {
    var rows = "person,group,a,b,c,d\n"
    for person in 0..<120 {
      let bits = (0..<4).map { (person * (7 + $0 * 4)) % 13 > 3 + $0 ? 1 : 0 }
      rows += "p\(person),\(person % 2),\(bits.map { "\($0)" }.joined(separator: ","))\n"
    }
    try scratch.write("x.csv", rows)
    let plain = rows.split(separator: "\n").map { line in
      let cells = line.split(separator: ",")
      return ([cells[0]] + cells[2...]).joined(separator: ",") + "\n"
    }
    try scratch.write("y.csv", plain.joined())
    try scratch.write("bank.csv", "item,a,b\none,1.2,-1\ntwo,1.1,0\nthree,1.3,1\n")
    for line in [
      "items x.csv --dif group --focal 1 --svg 1.svg", "fit --model rasch y.csv --svg 1.svg",
      "score bank bank.csv --svg 1.svg",
      "place adaptive --bank bank.csv --responses 1,0 --cuts=0 --svg 1.svg",
    ] {
      _ = try run(line)
      let first = try Data(contentsOf: scratch.url.appending(path: "1.svg"))
      _ = try run(line)
      #expect(first == (try Data(contentsOf: scratch.url.appending(path: "1.svg"))))
      let text = String(decoding: first, as: UTF8.self)
      #expect(text.hasPrefix("<svg") && text.hasSuffix("</svg>\n"))
      // What is opened is closed.
      #expect(
        text.components(separatedBy: "<g ").count == text.components(separatedBy: "</g>").count)
    }
    let found = try json("items x.csv --dif group --focal 1")
    #expect(Figure.list(found, "functioning/*/mantelHaenszel/oddsRatio").count == 4)
  }

  @Test("knowledge tracing by item, by learner and with forgetting; ratings after Elo")
  func practice() throws {
    var rows = "learner,skill,item,correct\n"
    for learner in 0..<80 {
      for step in 0..<6 {
        let isEasy = (learner + step) % 2 == 0
        let isRight = step > learner % 5 || (isEasy && learner % 3 == 0)
        rows += "l\(learner),s,\(isEasy ? "choice" : "open"),\(isRight ? 1 : 0)\n"
      }
    }
    try scratch.write("p.csv", rows)
    let found = try json("fit --model bkt --per item p.csv")
    let guess = Figure.list(found, "items/*/guess").compactMap { figure -> Double? in
      if case .number(let number) = figure { return number }
      return nil
    }
    #expect(guess.count == 2 && guess[0] > guess[1])
    let both = try json("fit --model bkt --per learner,item --forgetting p.csv")
    #expect(Figure.list(both, "learners/*/logit").count == 80)
    let elo = try json("fit --model elo p.csv")
    #expect(Figure.list(elo, "items/*/difficulty").count == 2)
  }

  static let bad: [(line: String, table: String, says: String)] = [
    ("fit --model rasch bad.csv", "person,a,b\np,1,0\n", "leave out"),
    ("fit --model 2pl bad.csv", "person,a,b\np,1,0\nq,1,1\n", "a; leave out"),
    ("items bad.csv", "person,a,b\np,,\nq,,\n", "Every answer is missing"),
    ("items bad.csv", "person,a,b\np,inf,1\n", "column a"),
    ("score practice bad.csv", "learner,skill,correct\nann,s,2\n", "bad.csv:2:3"),
    ("score decision bad.csv --reliability 0.8 --most 9 --cut 5", "score\n5\n", "Four learners"),
    ("raters bad.csv --watch", "unit,rater\nw,a\n", "wants unit, rater, score"),
    ("fit --model elo bad.csv", "learner,correct\na,1\n", "wanted learner"),
    ("fit --model link bad.csv --link bad2.csv", "item,a,b\nx,1,0\n", "bad2.csv"),
    ("review load bad.csv", "learner,task,day,minutes\na,b,2026-02-30,1\n", "no day"),
    ("review retakes bad.csv --mastery 3", "learner,target,score\na,t,x\n", "bad.csv:2:3"),
    (
      "pretest exemption --rule texas bad.csv", "learner,instrument,score,day\na,i,1,2026-01-01\n",
      "no instrument"
    ),
  ]

  @Test("what cannot be answered ends with 65 and its place", arguments: bad)
  func faults(line: String, table: String, says: String) throws {
    try scratch.write("bad.csv", table)
    try scratch.write("bad2.csv", "item,a,b\ny,1,0\n")
    let run = try run(line, exitCode: 65)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }
}
