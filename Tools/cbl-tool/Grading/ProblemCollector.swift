import AdapterHost
import Domain
import Interop
import Synchronization

/// Adds what grading finds in the data to what reading found.
final class ProblemCollector: ProblemReporter {
  /// The most problems that are kept one by one; the others are counted.
  private static let kept = 1_000

  // Guards the report; held only while a problem is added.
  private let contents: Mutex<ConversionReport>

  init(_ report: ConversionReport) {
    contents = Mutex(report)
  }

  func report(_ problems: [Problem]) {
    contents.withLock { report in
      for problem in problems { Self.add(AdapterReport(problem), to: &report) }
    }
  }

  /// The report with everything in it.
  var complete: ConversionReport { contents.withLock { $0 } }

  /// How many rows were rejected.
  var rejected: Int {
    contents.withLock { report in
      report.problemCounts.reduce(0) { $0 + ($1.severity >= .rejected ? $1.count : 0) }
    }
  }

  private static func add(_ problem: AdapterReport, to report: inout ConversionReport) {
    if let index = report.problemCounts.firstIndex(where: { $0.code == problem.code }) {
      report.problemCounts[index].count += 1
    } else {
      report.problemCounts.append(
        ConversionReport.CodeCount(code: problem.code, severity: problem.severity, count: 1))
    }
    if report.problems.count < kept { report.problems.append(problem) }
  }
}

extension AdapterReport {
  /// A problem of our modules as one of the reading.
  init(_ problem: Problem) {
    let severity: Severity =
      switch problem.severity {
      case .note: .note
      case .warning: .warning
      case .skipped: .skipped
      case .rejected: .rejected
      case .error, .fatal: .fatal
      }
    self.init(
      severity, problem.code.description, problem.message, member: problem.place.file ?? "",
      line: UInt64(clamping: problem.place.line ?? 0),
      column: UInt64(clamping: problem.place.column ?? 0), value: problem.value ?? "")
  }
}
