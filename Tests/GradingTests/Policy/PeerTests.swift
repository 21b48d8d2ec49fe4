import Domain
import Grading
import Testing

/// The table of `Docs/GradingMethods.md`, row by row.
@Suite("Peers' methods")
struct PeerTests {
  static let canvasRows: [(method: String, scores: [String], shown: String?)] = [
    (#"{"name": "newest_against_older", "weight": 0.65}"#, ["2", "3", "4"], "3.48"),
    (#"{"name": "exponential_decay", "weight": 0.65}"#, ["2", "3", "4"], "3.53"),
    (#"{"name": "times_at_cut", "least": 2}"#, ["3", "1", "4"], "3.5"),
    (#"{"name": "times_at_cut", "least": 3}"#, ["3", "1", "4"], nil),
    (#"{"name": "latest"}"#, ["2", "4", "3"], "3"),
    (#"{"name": "highest"}"#, ["2", "4", "3"], "4"),
    (#"{"name": "mean"}"#, ["4", "4.25"], "4.13"),
  ]

  private static func policy(_ method: String, points: String = #""earned""#, _ more: String = "")
    throws -> Policy
  {
    try Policy(
      json: Array(
        """
        {"policy": "peer", "points": \(points), "method": \(method), "rounding": {"places": 2},
         "scale": {"id": "rating", "levels": [{"label": "0", "number": 0}, {"label": "3", "number": 3},
         {"label": "5", "number": 5}], "masteredFrom": "3"}\(more)}
        """.utf8))
  }

  @Test("Canvas: six methods, two places", arguments: canvasRows)
  func canvas(method: String, scores: [String], shown: String?) throws {
    let evidence = scores.enumerated().map { index, score in
      Example.evidence("e\(index)", day: index, Example.points(score, of: "5"))
    }
    #expect(try Self.policy(method).judge(evidence).shown?.description == shown)
  }

  @Test("Canvas: questions of one quiz are one result, scaled to the rating")
  func quizQuestions() throws {
    let policy = try Self.policy(
      #"{"name": "mean"}"#, points: #""scaled""#, #", "group": "pooled""#)
    let evidence = [("1", "1"), ("0", "1"), ("2", "2")].enumerated().map { index, item in
      Example.evidence(
        "q\(index)", day: 1, Example.points(item.0, of: item.1), assessment: "quiz")
    }
    // 3 of 4 points on a rating of 5.
    #expect(try policy.judge(evidence).result.number == Rational("15/4"))
  }

  private static func isOpen(_ gate: String, mastered: [CompetencyID], of all: [CompetencyID])
    throws -> Bool
  {
    let policy = try policy(
      #"{"name": "latest"}"#, #", "gates": [{"name": "g", "when": \#(gate)}]"#)
    let evidence = mastered.map {
      Example.evidence("\($0)", day: 1, Example.points("3", of: "5"), target: $0)
    }
    let report = try Grader(policy, targets: all.map { GradedTarget($0) }).report(
      on: Example.learner, history: Example.history(evidence), asOf: Example.asOf())
    return try #require(report.gates.first).isOpen
  }

  static let moodleRows: [(gate: String, mastered: [CompetencyID], isOpen: Bool)] = [
    (#"{"targets": "all"}"#, ["a", "b", "c"], true), (#"{"targets": "all"}"#, ["a", "b"], false),
    (points, ["a", "b"], true), (points, ["b", "c"], false), (points, ["a", "c"], false),
  ]
  private static let points = #"""
    {"points": 10, "of": [{"target": "a", "points": 5, "required": true},
     {"target": "b", "points": 5}, {"target": "c", "points": 4}]}
    """#

  @Test("Moodle: all children, or points with required ones", arguments: moodleRows)
  func moodle(gate: String, mastered: [CompetencyID], isOpen: Bool) throws {
    #expect(try Self.isOpen(gate, mastered: mastered, of: ["a", "b", "c"]) == isOpen)
  }

  static let trees: [(mastered: [CompetencyID], isOpen: Bool)] = [
    (["a", "b"], true), (["a", "c"], true), (["b", "c"], false), (["a"], false),
  ]

  @Test("Open edX: groups of criteria joined by and and or", arguments: trees)
  func openEdX(mastered: [CompetencyID], isOpen: Bool) throws {
    let gate = #"{"all": [{"target": "a"}, {"any": [{"target": "b"}, {"target": "c"}]}]}"#
    #expect(try Self.isOpen(gate, mastered: mastered, of: ["a", "b", "c"]) == isOpen)
  }
}
