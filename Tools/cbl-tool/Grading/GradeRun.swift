import Domain
import Grading
import Interop

/// Judges all learners and writes what comes out.
struct GradeRun {
  let session: GradingSession
  let results: ResultFile
  let traces: TextFile?
  let isQuiet: Bool

  /// Writes results and traces; both appear when all went well.
  ///
  /// - Returns: The report of the reading, and learners who could not be judged.
  func callAsFunction() throws -> ConversionReport {
    let collector = ProblemCollector()
    let bar = ProgressBar(isQuiet: isQuiet)
    defer { bar?.finish() }
    let learners = session.learners
    var judge = LearnerJudge(session, withTraces: traces != nil)
    try results.begin()
    for (index, learner) in learners.enumerated() {
      let judged: (results: LearnerResults, report: LearnerReport?)
      do throws(GradingError) { judged = try judge.judge(learner, results.rows) } catch {
        let problem = error.problem(.error)
        collector.report(
          Problem(
            .error, problem.code, "A learner is left out: \(problem.message)",
            value: learner.description))
        continue
      }
      try results.put(judged.results)
      if let traces, let report = judged.report {
        try traces.write(session.grader.trace(of: report).canonicalText + "\n")
      }
      bar?.show(index + 1, of: learners.count, "learners")
    }
    try results.commit()
    try traces?.commit()
    return collector.adding(to: session.report)
  }
}

/// Judges one learner after another, from results of all at once where there is room for them.
struct LearnerJudge {
  private let session: GradingSession
  private let rollUp: RollUp?
  private let groups: EvidenceGroups
  private var digester: EvidenceDigester?
  /// The rows of learners, when they are judged one by one.
  private let rows: [LearnerID: [Int]]
  /// Whether results are told without the pieces that they come from.
  private let isLean: Bool

  /// The policy that is judged by.
  var policy: Policy { session.grader.policy }
  /// Its hash.
  var digest: SHA256.Digest { session.grader.digest }

  /// - Parameters:
  ///   - session: What there is to judge.
  ///   - withTraces: Whether reports are made.
  ///   - hashesEvidence: Whether results name the hash of their evidence; else that of none.
  ///   - other: A judge of the same evidence under another policy, whose grouping is shared.
  init(
    _ session: GradingSession, withTraces: Bool, hashesEvidence: Bool = true,
    like other: LearnerJudge? = nil
  ) {
    self.session = session
    let policy = session.grader.policy
    let groups =
      other?.groups.regrouped(for: policy)
      ?? EvidenceGroups(session.columns, for: policy, asOf: session.asOf)
    self.groups = groups
    // One result that has no room is no reason to know nothing of all others.
    rollUp = try? RollUp(policy, over: groups, keepsTrace: withTraces)
    digester = hashesEvidence ? rollUp?.digester : nil
    isLean = !withTraces && policy.grouping == nil
    rows =
      rollUp == nil
      ? Dictionary(
        uniqueKeysWithValues: session.columns.rowsByLearner().map { ($0.learner, $0.rows) }) : [:]
  }

  /// The hash of no evidence.
  private static let nothing = Evidence.digest(of: [])

  /// Judges a learner.
  ///
  /// - Returns: The results, and the report that they are from where it was made.
  mutating func judge(
    _ learner: LearnerID, _ form: ResultRows
  ) throws(GradingError) -> (results: LearnerResults, report: LearnerReport?) {
    let facts = session.facts(on: learner)
    guard let rollUp else {
      let report = try session.grader.report(
        on: learner, history: session.columns.history(of: rows[learner] ?? []), facts: facts,
        asOf: session.asOf)
      return (LearnerResults(report), report)
    }
    guard isLean else {
      let report = try rollUp.report(on: learner, by: session.grader, facts: facts)
      return (LearnerResults(report), report)
    }
    let places = rollUp.places(of: learner)
    var lines = [LearnerResults.Line?](repeating: nil, count: session.grader.targets.count)
    for place in places {
      guard let target = form.place(of: rollUp.target(at: place)) else { continue }
      lines[target] = LearnerResults.Line(
        rollUp, at: place, digester?.digest(at: place) ?? Self.nothing)
    }
    let gates = try rollUp.gates(at: places, over: session.grader.targets, facts: facts)
    let results = LearnerResults(
      learner: learner, lines: lines, gates: gates,
      overrides: facts.known(at: session.asOf.known).overrides)
    return (results, nil)
  }
}
