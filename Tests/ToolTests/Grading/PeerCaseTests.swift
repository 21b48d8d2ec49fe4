import Foundation
import Testing

/// Other systems' cases, through the tool from file to file.
///
/// Expected values are worked out by hand from the published formulas, or taken from the systems'
/// own documents where they give one.
@Suite("Peers' cases through the tool", .enabled(if: ToolRun.hasFormat("evidence")))
struct PeerCaseTests {
  /// Ratings of 0 to 5 points with mastery at 3, as Canvas has them by default.
  private static func rating(_ method: String, _ more: String = "") -> String {
    """
    {"policy": "p", "scale": {"id": "rating", "levels": [{"label": "0", "number": 0},
     {"label": "3", "number": 3}, {"label": "5", "number": 5}], "masteredFrom": "3"},
     "order": "recorded", "method": \(method)\(more)}
    """
  }

  /// What the tool writes of a learner's target.
  private static func graded(
    _ policy: String, _ evidence: String, arguments: [String] = []
  ) throws -> [String: String] {
    let scratch = try Scratch()
    try scratch.write("p.json", policy)
    try scratch.write("e.csv", evidence)
    let run = try ToolRun(
      ["grade", "--policy", "p.json", "e.csv", "-o", "-", "--traces", "t.ndjson"] + arguments,
      in: scratch.url)
    #expect(run.exitCode == 0, "\(run.messages)")
    let check = try ToolRun(["trace", "check", "t.ndjson"], in: scratch.url)
    #expect(check.exitCode == 0, "\(check.messages)")
    return try #require(GradeTable(run.output).row("ann", "t"), "\(run.output)")
  }

  static let decay = #"{"name": "exponential_decay", "weight": 0.65}"#
  static let older = #"{"name": "newest_against_older", "weight": 0.65}"#
  static let times = #"{"name": "times_at_cut", "least": 3}"#

  static let canvasCases: [(method: String, scores: [String], shown: String, outcome: String)] = [
    // 0.65 * 5 + 0.35 * 2.5 = 4.125, which is rounded to 4.13.
    (older, ["1", "2", "3", "4", "5"], "4.13", "mastered"), (older, ["4"], "4", "mastered"),
    (older, ["3", "2"], "2.35", "not_yet"), (older, ["2", "3"], "2.65", "not_yet"),
    (older, ["0", "5"], "3.25", "mastered"),
    // 1, 1.65, 2.5275, 3.484625, 4.46961875.
    (decay, ["1", "2", "3", "4", "5"], "4.47", "mastered"), (decay, ["4"], "4", "mastered"),
    (decay, ["3", "2"], "2.35", "not_yet"),
    (times, ["1", "4", "3", "4"], "3.67", "mastered"), (times, ["1", "4", "3"], "", "not_yet"),
    (times, ["3", "3", "3"], "3", "mastered"), (times, ["2.99", "4", "5"], "", "not_yet"),
    (#"{"name": "latest"}"#, ["5", "1", "2"], "2", "not_yet"),
    (#"{"name": "highest"}"#, ["5", "1", "2"], "5", "mastered"),
    (#"{"name": "mean"}"#, ["1", "2", "3", "4", "5"], "3", "mastered"),
    (#"{"name": "mean"}"#, ["3", "3", "2.99"], "3", "not_yet"),
    (#"{"name": "mean"}"#, ["4", "4.25"], "4.13", "mastered"),
  ]

  @Test("Canvas outcomes: six methods", arguments: canvasCases)
  func canvas(method: String, scores: [String], shown: String, outcome: String) throws {
    let row = try Self.graded(Self.rating(method), GradeExample.evidence(scores))
    #expect(row["shown"] == shown)
    #expect(row["outcome"] == outcome)
  }

  static let quizzesCases: [(points: String, items: [String], shown: String)] = [
    // Three questions of one quiz: 3 of 4 points on a rating of 5.
    (#""scaled""#, ["1,1,q1", "0,1,q1", "2,2,q1"], "3.75"),
    // Two quizzes: 5 * 1/2 and 5 * 4/4, their mean.
    (#""scaled""#, ["1,1,q1", "0,1,q1", "4,4,q2"], "3.75"),
    (#""scaled""#, ["17,20,q1"], "4.25"),
    // Mastery of the quiz at 60 % is the 3 of the rating; above it the rest of the way to 5.
    (#"{"masteredAt": 0.6}"#, ["6,10,q1"], "3"), (#"{"masteredAt": 0.8}"#, ["8,10,q1"], "3"),
    (#"{"masteredAt": 0.8}"#, ["9,10,q1"], "4"), (#"{"masteredAt": 0.8}"#, ["4,10,q1"], "1.5"),
    (#"{"masteredAt": 0.8}"#, ["10,10,q1"], "5"),
  ]

  @Test("Canvas outcomes: quiz questions and thresholds of quizzes", arguments: quizzesCases)
  func quizzes(points: String, items: [String], shown: String) throws {
    let rows = items.enumerated().map { "e\($0),ann,t,\($1),2025-01-0\($0 + 1)\n" }
    let row = try Self.graded(
      Self.rating(#"{"name": "mean"}"#, #", "points": \#(points), "group": "pooled""#),
      "id,learner,target,score,maximum,lineItem,date\n" + rows.joined())
    #expect(row["shown"] == shown)
  }

  static let powerLawCases: [(scores: [String], shown: String)] = [
    (["1", "3", "2", "4"], "3.66"), (["2", "4", "1", "3"], "2.16"), (["4", "3", "2", "1"], "1.28"),
    (["3"], "3"), (["2", "3"], "3"), (["3", "3", "1", "3"], "1.9"), (["2", "2", "2"], "2"),
  ]

  @Test("JumpRope: power law", arguments: powerLawCases)
  func powerLaw(scores: [String], shown: String) throws {
    let row = try Self.graded(
      Self.rating(#"{"name": "power_law"}"#), GradeExample.evidence(scores))
    #expect(row["shown"] == shown)
  }

  static let edgesCases: [(method: String, rows: [String], shown: String, outcome: String)] = [
    (decay, [",2025-01-01,exempt"], "", "not_assessed"),
    (decay, ["2,2025-01-01,", ",2025-01-02,exempt", "4,2025-01-03,"], "3.3", "mastered"),
    (decay, ["2,2025-01-01,", ",2025-01-02,notSubmitted", "4,2025-01-03,"], "3.3", "mastered"),
    // A zero that stands for missing work is no score.
    (decay, ["2,2025-01-01,", "0,2025-01-02,missing", "4,2025-01-03,"], "3.3", "mastered"),
    (decay, ["2,2025-01-01,", "0,2025-01-02,graded", "4,2025-01-03,"], "2.85", "not_yet"),
    // Ties in date keep the order of the file; later rows may be older.
    (decay, ["2,2025-01-01,", "4,2025-01-01,"], "3.3", "mastered"),
    (decay, ["4,2025-01-01,", "2,2025-01-01,"], "2.7", "not_yet"),
    (decay, ["4,2025-01-03,", "2,2025-01-01,"], "3.3", "mastered"),
    (decay, ["4,2025-01-01T10:00:00+02:00,", "2,2025-01-01T09:00:00Z,"], "2.7", "not_yet"),
    // Without dates the order of the file stands.
    (decay, ["2,,", "4,,"], "3.3", "mastered"),
  ]

  @Test("decaying average: one score, none, ties, excused, missing", arguments: edgesCases)
  func edges(method: String, rows: [String], shown: String, outcome: String) throws {
    let policy = Self.rating(method).replacingOccurrences(of: #""recorded""#, with: #""occurred""#)
    let evidence = rows.enumerated().map { "e\($0),ann,t,\($1)\n" }.joined()
    let row = try Self.graded(policy, "id,learner,target,score,date,status\n" + evidence)
    #expect(row["shown"] == shown)
    #expect(row["outcome"] == outcome)
  }

  @Test("forty perfect scores after one that is not are rounded to 4, and are not 4")
  func beyondDigits() throws {
    let scores = ["3"] + Array(repeating: "4", count: 60)
    let policy = GradeExample.policy(Self.decay).replacingOccurrences(
      of: #""masteredFrom": "3""#, with: #""masteredFrom": "4""#)
    let evidence = scores.enumerated().map { "e\($0),ann,t,\($1),2025-01-01\n" }.joined()
    let row = try Self.graded(policy, "id,learner,target,score,date\n" + evidence)
    #expect(row["shown"] == "4")
    #expect(row["level"] == "3")
    #expect(row["outcome"] == "not_yet")
  }
}
