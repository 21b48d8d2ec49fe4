import Domain
import Grading
import Testing

@Suite("Sentences")
struct SentenceTests {
  private static func trace() throws -> DocumentValue {
    let policy = try Policy(
      id: "p", title: "Growth", scale: Example.scale(),
      method: .newestAgainstOlder(weight: MethodTests.rational("0.65")),
      gates: [Policy.NamedGate("credit", .targets(.all, .all, at: nil))])
    let excused = Example.evidence("late", day: 3, .notAssessed(.excused))
    let grader = Grader(policy, targets: [GradedTarget("t"), GradedTarget("u")])
    return grader.trace(
      of: try grader.report(
        on: Example.learner, history: Example.history(Example.scores(["2", "3"]) + [excused]),
        asOf: Example.asOf(day: 10)))
  }

  @Test("English says what was counted, what was left out and why a gate is closed")
  func english() throws {
    #expect(
      try TraceSentences(.english).tell(Self.trace()) == [
        "Learner learner-1 under the policy \"Growth\", as of 2025-01-11T00:00:00Z, with what was "
          + "known on 2025-01-11T00:00:00Z.",
        "t: not yet mastered. The level is 2.", "The number is exactly 53/20, shown as 2.65.",
        "The newest score counts 0.65, the mean of the older ones the rest.",
        "Counted: t-0 (quiz) with 2.", "Counted: t-1 (quiz) with 3.", "On the way: 2.",
        "Left out: late, because it has no score.",
        "u: not assessed; there is too little evidence.",
        "Gate credit is closed. Found 0, needed 2. Not assessed: u.",
        "  Closed: all targets at 3 or better.",
      ])
  }

  @Test("Spanish says the same")
  func spanish() throws {
    let lines = try TraceSentences(.spanish).tell(Self.trace())
    #expect(lines.count == 11)
    #expect(lines[1] == "t: todavía no dominado. El nivel es 2.")
    #expect(
      lines.suffix(2) == [
        "La puerta credit está cerrada. Se encontró 0, se necesita 2. No evaluado: u.",
        "  Cerrada: todos los objetivos en 3 o mejor.",
      ])
  }

  static let conditions: [(when: String, lines: [String])] = [
    (#"{"target": "t", "at": "2"}"#, ["  Open: t at 2 or better."]),
    (
      #"{"all": [{"targets": "backbone", "least": 2}, {"any": [{"gate": "h"}, {"mean": 3, "targets": ["t", "u"]}]}]}"#,
      [
        "  Closed: all of these.",
        "    Closed: at least 2 of all backbone targets at 3 or better. Found 0, needed 2.",
        "    Closed: one of these. Found 0, needed 1.", "      Closed: gate h.",
        "      Closed: a mean of 3 or better over t, u.",
      ]
    ),
    (
      #"{"targets": {"group": "g"}, "share": 0.5}"#,
      ["  Closed: a share of 0.5 of the targets of g at 3 or better."]
    ),
    (
      #"{"points": 5, "of": [{"target": "t", "points": 5}]}"#,
      ["  Closed: mastered targets worth 5 points."]
    ),
    (
      #"{"least": 1, "of": [{"from": "2025-01-01", "before": "2025-02-01"}]}"#,
      ["  Open: one of these.", "    Open: from 2025-01-01 on, before 2025-02-01."]
    ),
    (#"{"within": 14, "since": "entry"}"#, ["  Closed: fewer than 14 days since entry."]),
    (#"{"elapsed": 14, "since": "entry"}"#, ["  Closed: at least 14 days since entry."]),
    (
      #"{"evidence": {"kinds": ["quiz", "essay"], "trust": "verified"}, "targets": "all", "least": 2}"#,
      ["  Closed: at least 2 pieces of evidence (quiz, essay; verified) for all targets."]
    ),
    (
      #"{"evidence": {}, "targets": "all", "least": 1, "most": 3}"#,
      ["  Open: at least 1, at most 3 pieces of evidence for all targets."]
    ),
  ]

  @Test("every condition of a gate is told", arguments: conditions)
  func condition(when: String, lines: [String]) throws {
    let policy = try Policy(
      json: Array(
        """
        {"policy": "p", "method": {"name": "mean"}, "scale": {"id": "zero-to-four", "levels": [
         {"label": "0", "number": 0}, {"label": "2", "number": 2}, {"label": "3", "number": 3},
         {"label": "4", "number": 4}], "masteredFrom": "3"}, "gates": [{"name": "g", "when": \(when)},
         {"name": "h", "when": {"step": "talk", "role": "teacher"}}]}
        """.utf8))
    let grader = Grader(policy, targets: [GradedTarget("t", groups: ["g"]), GradedTarget("u")])
    let trace = grader.trace(
      of: try grader.report(
        on: Example.learner, history: Example.history(Example.scores(["2", "2"])),
        asOf: Example.asOf(day: 10)))
    let told = try TraceSentences(.english).tell(trace, gate: "g")
    #expect(Array(told.dropFirst(2)) == lines)
    let step = try TraceSentences(.spanish).tell(trace, gate: "h")
    #expect(step.last == "  Cerrada: talk, confirmado por teacher.")
  }

  @Test("both languages have the same sentences with the same places")
  func catalogs() throws {
    let catalogs = try TraceLanguage.allCases.map { try DocumentReader.read($0.catalog) }
    let places = catalogs.map { catalog in
      (catalog.members ?? []).map { member in
        [member.name.text] + Self.places(in: member.value.text?.text ?? "").sorted()
      }
    }
    #expect(places[0] == places[1])
    #expect(places[0].count == 63)
  }

  private static func places(in text: String) -> [String] {
    text.split(separator: "{").dropFirst().compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }

  @Test("a brace in a value is no place")
  func braces() throws {
    let sentences = try TraceSentences(.english, changes: ["policy": "{learner}"])
    let trace = try DocumentReader.read(#"{"learner": "{title}", "policy": {"title": "x"}}"#)
    #expect(sentences.tell(trace) == ["{title}"])
  }
}
