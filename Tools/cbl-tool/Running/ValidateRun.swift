import AdapterHost
import Interop

/// Takes the problems of an input one by one, and ends with the verdict.
protocol ProblemWriter: AnyObject {
  /// Takes a problem.
  func put(_ problem: AdapterReport) throws

  /// Ends the list.
  ///
  /// - Parameters:
  ///   - report: The accounts.
  ///   - failure: Why the input could not be read to its end, if so.
  func finish(_ report: ConversionReport, failure: ToolFailure?) throws
}

/// One validation.
struct ValidateRun {
  let inspector: InputInspector
  let path: String

  /// Reads the input and lists its problems.
  ///
  /// - Throws: ``ToolFailure`` with 65 when a row was rejected or the input is not valid.
  func callAsFunction(_ list: any ProblemWriter) throws {
    let bar = ProgressBar(isQuiet: false)
    if let bar { inspector.onProgress { bar.show($0) } }
    inspector.onProblem { problem in
      bar?.finish()
      try list.put(problem)
    }
    let summary: InputSummary
    do {
      summary = try inspector.run(path)
    } catch {
      bar?.finish()
      try list.finish(inspector.report, failure: ToolFailure(error))
      throw error
    }
    bar?.finish()
    try list.finish(summary.report, failure: nil)
    let worst = summary.report.problemCounts.map(\.severity).max() ?? .note
    if worst >= .rejected { throw ToolFailure.ended(65) }
  }
}
