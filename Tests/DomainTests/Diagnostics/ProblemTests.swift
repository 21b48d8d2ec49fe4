import Domain
import Testing

@Suite("Problem")
struct ProblemTests {
  static let places: [(place: Place, text: String)] = [
    (Place(), ""),
    (Place(file: "grades.csv"), "grades.csv"),
    (Place(file: "grades.csv", line: 12, column: 3), "grades.csv:12:3"),
    (Place(file: "export.zip", member: "results.csv", line: 2), "export.zip/results.csv:2"),
    (Place(file: "grades.csv", column: 4), "grades.csv column 4"),
    (Place(line: 7, column: 1), "line 7:1"),
    (Place(column: 1), "column 1"),
    (Place(file: "policy.json", pointer: "/gates/0"), "policy.json#/gates/0"),
    (Place(file: "a\nb\u{1B}[2J.csv", line: 1), "a\\u{A}b\\u{1B}[2J.csv:1"),
  ]

  @Test("shows its place", arguments: places)
  func place(place: Place, text: String) {
    #expect(place.description == text)
    #expect(place.isEmpty == text.isEmpty)
  }

  @Test("is one line of text with its code")
  func text() {
    let problem = Problem(
      .rejected, "csv.row_too_short", "The row has 3 fields, the heading has 5.",
      at: Place(file: "grades.csv", line: 12, column: 1), value: "Ann\u{202E}")
    #expect(
      problem.description
        == "grades.csv:12:1: rejected: The row has 3 fields, the heading has 5. "
        + "[csv.row_too_short]")
    #expect(
      problem.text(showingValue: true)
        == "grades.csv:12:1: rejected: The row has 3 fields, the heading has 5. "
        + "(found \"Ann\\u{202E}\") [csv.row_too_short]")
    #expect(Problem(.note, "a.b", "Text.").description == "note: Text. [a.b]")
  }

  @Test("orders severities from mild to grave")
  func severities() {
    #expect(
      Severity.allCases.shuffled().sorted()
        == [.note, .warning, .skipped, .rejected, .error, .fatal])
  }
}
