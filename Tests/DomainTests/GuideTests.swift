import Domain
import Foundation
import Testing

@Suite("Guide")
struct GuideTests {
  @Test("does what it says")
  func guide() throws {
    let scale = try ProficiencyScale(
      id: "competence", title: "Competence",
      levels: [
        MasteryLevel("NYC", number: 1), MasteryLevel("C", number: 2),
        MasteryLevel("BC", number: 3), MasteryLevel("A", number: 4),
      ],
      masteredFrom: "C")

    let fractions = Competency(
      id: "math.fractions", code: "4.NF.3",
      statement: "Adds and subtracts fractions.", scale: scale.id)

    let problems = ProblemList()
    let cell = SourceNumber("2,5", meaning: .level)
    if cell.decimal == nil {
      problems.report(
        Problem(
          .rejected, "score.not_a_number",
          "The score is no number; write it with digits and a decimal point.",
          at: Place(file: "scores.csv", line: 7, column: 4), value: cell.text))
    }
    #expect(
      problems.problems.first?.description
        == "scores.csv:7:4: rejected: The score is no number; write it with digits and a decimal "
        + "point. [score.not_a_number]")

    guard let day = PartialDate("2024-09-30"), let noted = Instant("2024-10-01T08:00:00Z") else {
      return
    }
    let evidence = Evidence(
      id: "e-1", learner: "learner-1", competency: fractions.id,
      state: .assessed(.number(2, scale: scale.id)), kind: .quiz, purpose: .summative,
      times: EvidenceTimes(occurred: day, recorded: noted))
    let history: [EvidenceEvent] = [
      .recorded(evidence),
      .reversed(
        Reversal(
          id: "r-1", of: evidence.id, reason: "Scored twice.", actor: "teacher-1", recorded: noted)),
    ]
    #expect(history.map(\.evidence) == ["e-1", "e-1"])

    let weight = try Rational(65, over: 100)
    let mean = try (Rational(2) + 3) / 2
    let needed = try (3 - (1 - weight) * mean) / weight
    let shown = try needed.rounded(places: 2)
    #expect(needed.description == "85/26")
    #expect(shown.description == "3.27")
  }

  @Test("shows only code that is compiled here")
  func sameCode() throws {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(
      contentsOf: root.appending(
        path: "Modules/Domain/Domain.docc/FromAScoreToAResult.md"), encoding: .utf8)
    let compiled = Self.squeezed(try String(contentsOf: here, encoding: .utf8))
    let blocks = guide.components(separatedBy: "```swift\n").dropFirst()
    #expect(blocks.count == 5)
    for block in blocks {
      let code = block.components(separatedBy: "```")[0]
      #expect(compiled.contains(Self.squeezed(code)), "not compiled: \(code)")
    }
  }

  private static func squeezed(_ code: String) -> String {
    code.filter { !$0.isWhitespace }
  }
}
