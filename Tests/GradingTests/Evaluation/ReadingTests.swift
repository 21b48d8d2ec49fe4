import Domain
import Grading
import Testing

@Suite("Reading scores")
struct ReadingTests {
  static let percents: [(earned: String, of: String, cut: String, outcome: MasteryResult.Outcome)] =
    [
      ("4", "5", "80", .mastered), ("7", "10", "70", .mastered), ("9", "13", "70", .notYet),
      ("79.99", "100", "80", .notYet), ("0", "5", "80", .notYet),
    ]

  @Test("a percentage is compared exactly", arguments: percents)
  func percent(earned: String, of possible: String, cut: String, outcome: MasteryResult.Outcome)
    throws
  {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.percent(cut: cut), points: .percent, method: .latest)
    let evidence = Example.evidence("a", day: 0, Example.points(earned, of: possible))
    #expect(try policy.judge([evidence]).result.outcome == outcome)
  }

  @Test("rounding comes before the cut only where the policy says so")
  func roundedCut() throws {
    var policy = try Policy(
      id: "p", title: "P", scale: Example.percent(cut: "80"), points: .percent, method: .latest,
      rounding: Policy.Rounding(places: 0))
    let evidence = [Example.evidence("a", day: 0, Example.points("79.99", of: "100"))]
    #expect(try policy.judge(evidence).result.outcome == .notYet)
    #expect(try policy.judge(evidence).shown == 80)
    policy.rounding.beforeCut = true
    #expect(try policy.judge(evidence).result.outcome == .mastered)
  }

  @Test("not assessed is never zero")
  func notAssessed() throws {
    let policy = try Policy(id: "p", title: "P", scale: Example.scale(), method: .mean)
    let empty = try policy.judge([])
    #expect(empty.result.outcome == .notAssessed)
    #expect(empty.result.number == nil)
    let excused = Example.evidence("x", day: 5, .notAssessed(.excused))
    let result = try policy.judge(Example.scores(["4", "3"]) + [excused])
    #expect(result.result.number == Rational("7/2"))
    #expect(result.derivation.leftOut.map(\.why) == [.notAssessed])
  }

  @Test("the lowest level is a score like any other")
  func lowestLevel() throws {
    let scale = try ProficiencyScale(
      id: "competence", title: "Competence",
      levels: ["NYC", "C", "BC", "A"].map { MasteryLevel($0) },
      masteredFrom: "C")
    let policy = try Policy(id: "p", title: "P", scale: scale, method: .latest)
    let result = try policy.judge([
      Example.evidence("a", day: 0, Example.level("NYC", "competence"))
    ])
    #expect(result.result.outcome == .notYet)
    #expect(result.result.level == "NYC")
    #expect(result.result.number == nil)
  }

  @Test("what does not count is named with its reason")
  func omissions() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      conversions: [Policy.Conversion(scale: "letters", levels: ["A": "4", "C-": "2"])],
      counts: EvidenceDemand(kinds: [.quiz], purposes: [.summative], trust: .claimed, attempts: 2),
      method: .latest)
    let cases: [(Evidence, Omission?)] = [
      (Example.evidence("a", day: 0, Example.level("3")), nil),
      (Example.evidence("b", day: 0, Example.level("3"), kind: .essay), .misfit("kinds")),
      (Example.evidence("c", day: 0, Example.level("3"), purpose: .pretest), .misfit("purposes")),
      (Example.evidence("d", day: 0, Example.level("3"), trust: .selfReported), .misfit("trust")),
      (Example.evidence("e", day: 0, Example.level("3"), attempt: 3), .misfit("attempts")),
      (Example.evidence("f", day: 0, Example.level("9")), .offScale),
      (Example.evidence("g", day: 0, Example.level("A", "letters")), nil),
      (Example.evidence("h", day: 0, Example.level("B", "letters")), .unconverted),
      (Example.evidence("i", day: 0, Example.points("1", of: "2")), .pointsUnread),
      (Example.evidence("j", day: 0, .assessed(.number(5, scale: "zero-to-four"))), .offScale),
      (Example.evidence("k", day: 0, .notAssessed(.notSubmitted)), .notAssessed),
    ]
    for (evidence, why) in cases {
      #expect(try policy.judge([evidence]).derivation.leftOut.first?.why == why, "\(evidence.id)")
    }
  }

  @Test("points become levels by steps, which scale or percentage a school has")
  func steps() throws {
    let steps: [Policy.Points.Step] = [
      Policy.Points.Step(share: MethodTests.rational("0.6"), level: "2"),
      Policy.Points.Step(share: MethodTests.rational("0.8"), level: "3"),
    ]
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), points: .steps(steps), method: .latest)
    for (earned, level) in [("5", "0"), ("6", "2"), ("7.99", "2"), ("8", "3"), ("10", "3")] {
      let evidence = Example.evidence("a", day: 0, Example.points(earned, of: "10"))
      #expect(try policy.judge([evidence]).result.level == Identifier(level))
    }
  }

  @Test("the order is the policy's, and ties keep the order of the log")
  func order() throws {
    var late = Example.evidence("late", day: 1, Example.level("4"))
    late.times.submitted = PartialDate(Example.date(day: 9))
    let other = Example.evidence("other", day: 5, Example.level("2"))
    let tied = Example.evidence("tied", day: 5, Example.level("1"))
    var policy = try Policy(id: "p", title: "P", scale: Example.scale(), method: .latest)
    #expect(try policy.judge([late, other]).result.level == "2")
    #expect(try policy.judge([other, late, tied]).result.level == "1")
    policy.order = .submitted
    #expect(try policy.judge([late, other]).result.level == "4")
  }

  static let groupings: [(grouping: Policy.Grouping, number: String)] = [
    (.pooled, "11/20"), (.mean, "5/8"), (.highest, "1"), (.latest, "1/2"),
  ]

  @Test("items of one attempt become one observation", arguments: groupings)
  func grouping(grouping: Policy.Grouping, number: String) throws {
    var scale = try Example.percent(cut: "80")
    scale = try ProficiencyScale(
      id: scale.id, title: "Share",
      levels: [MasteryLevel("no", number: 0), MasteryLevel("yes", number: 1)],
      masteredFrom: "yes")
    let policy = try Policy(
      id: "p", title: "P", scale: scale, points: .share, grouping: grouping, method: .latest)
    let items = [("1", "8"), ("8", "8"), ("2", "4")].enumerated().map { index, item in
      Example.evidence(
        "i\(index)", day: index, Example.points(index == 0 ? "3" : item.0, of: item.1),
        assessment: "quiz")
    }
    let result = try policy.judge(items)
    #expect(result.derivation.observations.count == 1)
    #expect(result.derivation.observations.first?.evidence == ["i0", "i1", "i2"])
    #expect(
      result.result.number
        == (grouping == .pooled ? Rational("13/20") : Rational(number)))
  }

  @Test("required evidence has to be there before a target is assessed")
  func requirements() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(),
      requires: [Policy.Requirement(EvidenceDemand(kinds: [.project]))], method: .latest)
    let quiz = Example.evidence("a", day: 0, Example.level("4"))
    let project = Example.evidence("b", day: 1, Example.level("3"), kind: .project)
    #expect(try policy.judge([quiz]).result.outcome == .notAssessed)
    #expect(try policy.judge([quiz, project]).result.outcome == .mastered)
  }
}
