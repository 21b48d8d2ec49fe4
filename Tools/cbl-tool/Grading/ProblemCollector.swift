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
  }

  // Guards what was reported; held only while a problem is added.
  private let contents = Mutex(Contents())

  func report(_ problems: [Problem]) {
    contents.withLock { contents in
      for problem in problems {
        Self.add(AdapterReport(problem), to: &contents)
      }
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
