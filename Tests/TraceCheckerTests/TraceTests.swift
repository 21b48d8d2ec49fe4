import Domain
import Grading
import TestSupport
import Testing
import TraceChecker

@Suite("Traces")
struct TraceTests {
  /// How many traces each case makes; ten cases, which run at the same time, make 10,000.
  static let count = 1_000

  @Test("10,000 random traces are accepted", arguments: 0..<UInt64(10))
  func accepted(part: UInt64) throws {
    var random = SeededGenerator(seed: 2_025 + part << 32)
    for round in 0..<Self.count {
      let trace = try RandomTrace.make(&random)
      do {
        try TraceCheck.check(json: Array(trace.canonicalText.utf8))
      } catch {
        Issue.record("part \(part), round \(round): \(error)")
        return
      }
    }
  }

  @Test(
    "10,000 traces with one digit, rule or evidence identifier changed are refused",
    arguments: 0..<UInt64(10))
  func refused(part: UInt64) throws {
    var random = SeededGenerator(seed: 2_026 + part << 32)
    var changed = 0
    while changed < Self.count {
      let trace = try RandomTrace.make(&random)
      guard let forged = Forgery.any(of: trace, &random) else { continue }
      changed += 1
      #expect(throws: TraceCheckerError.self) {
        try TraceCheck.check(json: Array(forged.canonicalText.utf8))
      }
    }
  }

  // The seal is no secret: whoever changes a trace can seal it again.
  @Test("results, values and hashes that were changed are refused although they are sealed again")
  func resealed() throws {
    var random = SeededGenerator(seed: 2_027)
    var changed = 0
    while changed < Self.count {
      let trace = try RandomTrace.make(&random)
      guard let forged = Forgery.derived(of: trace, &random) else { continue }
      changed += 1
      let error = #expect(throws: TraceCheckerError.self) {
        try TraceCheck.check(json: Array(forged.canonicalText.utf8))
      }
      #expect(error?.place?.pointer?.hasPrefix("/seal") == false)
    }
  }

  @Test("whatever stands in a trace, it is accepted or refused")
  func hostile() throws {
    var random = SeededGenerator(seed: 2_028)
    var refused = 0
    for _ in 0..<Self.count {
      let forged = Forgery.hostile(of: try RandomTrace.make(&random), &random)
      do throws(TraceCheckerError) {
        try TraceCheck.check(json: Array(forged.canonicalText.utf8))
      } catch {
        #expect(!error.message.isEmpty)
        refused += 1
      }
    }
    // A title or a maximum that nobody reaches changes nothing, and few other things do.
    #expect(refused > Self.count / 2)
  }

  @Test("the wrong step is named")
  func named() throws {
    let scale = try ProficiencyScale(
      id: "s", title: "s", levels: [MasteryLevel("no", number: 0), MasteryLevel("yes", number: 3)],
      masteredFrom: "yes")
    let policy = try Policy(id: "p", title: "P", scale: scale, points: .earned, method: .mean)
    let piece = Evidence(
      id: "e", learner: "l", competency: "t", state: .assessed(.points(3, of: 4)), kind: .quiz,
      purpose: .summative,
      times: EvidenceTimes(
        occurred: PartialDate(RandomTrace.moment(1)), recorded: RandomTrace.moment(1)))
    let grader = Grader(policy, targets: [GradedTarget("t")])
    let report = try grader.report(
      on: "l", history: EvidenceHistory([.recorded(piece)]),
      asOf: AsOf(occurred: RandomTrace.moment(9), known: RandomTrace.moment(9)))
    let trace = grader.trace(of: report)
    #expect(throws: Never.self) { try TraceCheck.check(json: Array(trace.canonicalText.utf8)) }
    let text = trace.canonicalText.replacing(#""shown":"3""#, with: #""shown":"4""#)
    let error = #expect(throws: TraceCheckerError.self) {
      try TraceCheck.check(json: Array(text.utf8))
    }
    #expect(error?.code == .wrongStep)
    #expect(error?.place?.pointer == "/targets/0/result")
  }

  @Test(
    "what is no trace is refused", arguments: ["", "[]", "{}", "{\"trace\":1}", "{\"trace\":2}"])
  func malformed(text: String) {
    #expect(throws: TraceCheckerError.self) { try TraceCheck.check(json: Array(text.utf8)) }
  }
}
