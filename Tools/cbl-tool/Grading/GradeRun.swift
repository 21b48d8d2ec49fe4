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
    let collector = ProblemCollector(session.report)
    let bar = ProgressBar(isQuiet: isQuiet)
    defer { bar?.finish() }
    let learners = session.learners
    try results.begin()
    for (index, learner) in learners.enumerated() {
      let report: LearnerReport
      do throws(GradingError) { report = try session.report(on: learner) } catch {
        let problem = error.problem(.error)
        collector.report(
          Problem(
            .error, problem.code, "A learner is left out: \(problem.message)",
            value: learner.description))
        continue
      }
      try results.put(report)
      if let traces {
        try traces.write(session.grader.trace(of: report).canonicalText + "\n")
      }
      bar?.show(index + 1, of: learners.count, "learners")
    }
    try results.commit()
    try traces?.commit()
    return collector.complete
  }
}
