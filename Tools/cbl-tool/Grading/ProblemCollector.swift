import AdapterHost
import Domain
import Interop
import Synchronization

/// Adds what grading finds in the data to what reading found.
final class ProblemCollector: ProblemReporter {
  /// The most problems that are kept one by one; the others are counted.
  private static let kept = 1_000

  private struct Contents {
    var problems: [AdapterReport] = []
    var counts: [ConversionReport.CodeCount] = []
    var latest: [AdapterReport] = []
  }

  // Guards what was reported; held only while a problem is added.
  private let contents = Mutex(Contents())

  func report(_ problems: [Problem]) {
    contents.withLock { contents in
      for problem in problems {
        let report = AdapterReport(problem)
        Self.add(report, to: &contents)
        contents.latest.append(report)
      }
    }
  }

  /// What was reported since this was asked last.
  func takeLatest() -> [AdapterReport] {
    contents.withLock { contents in
      guard !contents.latest.isEmpty else { return [] }
      defer { contents.latest = [] }
      return contents.latest
    }
  }

  /// A report with what was found here too.
  func adding(to report: ConversionReport) -> ConversionReport {
    contents.withLock { contents in
      var report = report
      for own in contents.counts {
        if let index = report.problemCounts.firstIndex(where: { $0.code == own.code }) {
          report.problemCounts[index].count += own.count
        } else {
          report.problemCounts.append(own)
        }
      }
      report.problems += contents.problems.prefix(max(0, Self.kept - report.problems.count))
      return report
    }
  }

  /// How many rows were rejected.
  var rejected: Int {
    contents.withLock { contents in
      contents.counts.reduce(0) { $0 + ($1.severity >= .rejected ? $1.count : 0) }
    }
  }

  private static func add(_ problem: AdapterReport, to contents: inout Contents) {
    if let index = contents.counts.firstIndex(where: { $0.code == problem.code }) {
      contents.counts[index].count += 1
    } else {
      contents.counts.append(
        ConversionReport.CodeCount(code: problem.code, severity: problem.severity, count: 1))
    }
    if contents.problems.count < kept { contents.problems.append(problem) }
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
