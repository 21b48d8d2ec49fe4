import Domain
import Grading

/// The results of one learner, as far as they are written.
struct LearnerResults {
  /// The result in a target.
  struct Line {
    var outcome: MasteryResult.Outcome
    var level: Identifier?
    var shown: String?
    var number: String?
    var counted: Int
    var leftOut: Int
    var evidence: SHA256.Digest
  }

  var learner: LearnerID
  /// In the order of the grader's targets; `nil` where there is no evidence.
  var lines: [Line?]
  var gates: [GateResult]
  /// What somebody decided beside the computed values, as far as it is known.
  var overrides: [Override]

  /// The decision that stands for a subject: the newest one.
  func override(of subject: Subject) -> Override? { overrides.last { $0.subject == subject } }
}

extension LearnerResults.Line {
  init(_ target: TargetResult) {
    let result = target.result
    self.init(
      outcome: result.outcome, level: result.level, shown: target.shown?.description,
      number: result.number?.description, counted: target.derivation.observations.count,
      leftOut: target.derivation.leftOut.count, evidence: result.basis.evidence)
  }

  init(_ rollUp: RollUp, at place: Int, _ digest: SHA256.Digest) {
    let verdicts = rollUp.verdicts
    let counts = rollUp.counts(at: place)
    self.init(
      outcome: verdicts.outcome(at: place), level: verdicts.level(at: place),
      shown: Self.text { verdicts.appendShown(at: place, to: &$0) },
      number: Self.text { verdicts.appendNumber(at: place, to: &$0) }, counted: counts.counted,
      leftOut: counts.leftOut, evidence: digest)
  }

  private static func text(_ append: (inout [UInt8]) -> Bool) -> String? {
    var bytes: [UInt8] = []
    return append(&bytes) ? String(decoding: bytes, as: UTF8.self) : nil
  }
}

extension LearnerResults {
  init(_ report: LearnerReport) {
    self.init(
      learner: report.learner, lines: report.targets.map { Line($0) }, gates: report.gates,
      overrides: report.facts.overrides)
  }
}
