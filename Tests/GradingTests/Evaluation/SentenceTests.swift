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
      ])
  }

  @Test("Spanish says the same")
  func spanish() throws {
    let lines = try TraceSentences(.spanish).tell(Self.trace())
    #expect(lines.count == 10)
    #expect(lines[1] == "t: todavía no dominado. El nivel es 2.")
    #expect(
      lines.last == "La puerta credit está cerrada. Se encontró 0, se necesita 2. No evaluado: u.")
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
    #expect(places[0].count == 37)
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
