import Domain
import Grading
import Testing

@Suite("What do I need")
struct NeedTests {
  static let cases: [(method: Method, scores: [String], need: String?)] = [
    (.newestAgainstOlder(weight: MethodTests.rational("0.65")), ["2", "3"], "85/26"),
    // 3 = 0.35 * 2.65 + 0.65 * v
    (.exponentialDecay(weight: MethodTests.rational("0.65")), ["2", "3"], "829/260"),
    (.latest, ["1"], "3"), (.highest, ["1"], "3"), (.mean, ["2", "3"], "4"),
    (.meanOfLast(2), ["0", "2"], "4"), (.sum, ["1", "1"], "1"),
    (.timesAtCut(least: 2, of: nil), ["3", "1"], "3"),
    (.median(middle: .mean), ["1", "2", "4"], "4"),
    (.median(middle: .lower), ["1", "4"], "3"), (.mode(tie: .latest), ["3", "1"], "3"),
    (.mean, [], "3"), (.mean, ["4"], nil),
  ]

  private static func report(_ method: Method, _ scores: [String]) throws -> (Grader, LearnerReport)
  {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: method,
      gates: [Policy.NamedGate("g", .target("t", at: nil))])
    let grader = Grader(policy, targets: [GradedTarget("t")])
    let history = try Example.history(Example.scores(scores))
    return (grader, try grader.report(on: Example.learner, history: history, asOf: Example.asOf()))
  }

  @Test("the least next score is exact", arguments: cases)
  func need(method: Method, scores: [String], need: String?) throws {
    let (grader, report) = try Self.report(method, scores)
    let isOpen = report.gates[0].isOpen
    guard let need else {
      if isOpen {
        #expect(try grader.need(for: "t", in: report) == nil)
        #expect(try grader.need(toOpen: "g", in: report) == [])
      } else {
        let error = #expect(throws: GradingError.self) { try grader.need(for: "t", in: report) }
        #expect(error?.code == .noAnswer)
      }
      return
    }
    #expect(try grader.need(for: "t", in: report)?.number == MethodTests.rational(need))
    #expect(try grader.need(toOpen: "g", in: report).map(\.number) == [MethodTests.rational(need)])
  }

  static let several: [(method: Method, scores: [String], number: String, pieces: Int)] = [
    // 6 fours after two zeros: 24 / 8 = 3.
    (.mean, ["0", "0"], "4", 6), (.streak(least: 2), ["3", "1"], "3", 2),
    (.timesAtCut(least: 3, of: nil), ["3"], "3", 2), (.median(middle: .lower), ["1", "1"], "3", 3),
    (.counter(CounterRule(success: 2, gain: 1, loss: nil)), [], "2", 3),
  ]

  @Test("where one piece is not enough, it is the fewest and the least of them", arguments: several)
  func pieces(method: Method, scores: [String], number: String, pieces: Int) throws {
    let (grader, report) = try Self.report(method, scores)
    let need = try #require(try grader.need(for: "t", in: report))
    #expect(need.number == MethodTests.rational(number))
    #expect(need.pieces == pieces)
    #expect(try grader.need(toOpen: "g", in: report) == [need])
  }

  @Test("gates on means, on points and on evidence")
  func otherGates() throws {
    let quiz = EvidenceDemand(kinds: ["demonstration"])
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .mean,
      gates: [
        Policy.NamedGate("mean", .mean(3, .all)),
        Policy.NamedGate("points", .points(5, [.init("a", points: 5), .init("b", points: 5)])),
        Policy.NamedGate("shown", .evidence(EvidenceGate(quiz, at: "4", least: 2))),
      ])
    let grader = Grader(policy, targets: ["a", "b"].map { GradedTarget($0) })
    let evidence = Example.scores(["4"], target: "a") + Example.scores(["1", "2"], target: "b")
    let report = try grader.report(
      on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
    // 4 and 1.5 so far; b has to come to 2, and a third score of 3 makes the mean of 1, 2, 3.
    let mean = try grader.need(toOpen: "mean", in: report)
    #expect(mean.map(\.target) == ["b"])
    #expect(mean.map(\.number) == [3])
    #expect(try grader.need(toOpen: "points", in: report) == [])
    let shown = try grader.need(toOpen: "shown", in: report)
    #expect(shown.map(\.pieces) == [2])
    #expect(shown.map(\.level) == ["4"])
    #expect(shown.map(\.demand) == [quiz])
  }

  @Test("for the power law it is the least score of four places")
  func powerLaw() throws {
    let (grader, report) = try Self.report(.powerLaw(zero: nil), ["1", "2"])
    let need = try #require(try grader.need(for: "t", in: report))
    for (change, isEnough) in [("0", true), ("-0.0001", false)] {
      let score = try #require((need.number + MethodTests.rational(change)).decimal)
      let (_, after) = try Self.report(.powerLaw(zero: nil), ["1", "2", score.description])
      #expect(after.gates[0].isOpen == isEnough)
    }
  }

  @Test("a gate that asks for some of the targets needs the nearest of them")
  func some() throws {
    let policy = try Policy(
      id: "p", title: "P", scale: Example.scale(), method: .mean,
      gates: [
        Policy.NamedGate("g", .targets(.least(2), .all, at: nil)),
        Policy.NamedGate("human", .step("talk", role: "teacher")),
      ])
    let grader = Grader(policy, targets: ["a", "b", "c"].map { GradedTarget($0) })
    let evidence =
      Example.scores(["4"], target: "a") + Example.scores(["2"], target: "b")
      + Example.scores(["2.5"], target: "c")
    let report = try grader.report(
      on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
    let needs = try grader.need(toOpen: "g", in: report)
    #expect(needs.map(\.target) == ["c"])
    #expect(needs.map(\.number) == [MethodTests.rational("7/2")])
    #expect(needs.map(\.level) == ["4"])
    #expect(throws: GradingError.self) { try grader.need(toOpen: "human", in: report) }
    #expect(throws: GradingError.self) { try grader.need(toOpen: "none", in: report) }
  }
}
