internal import AdapterHost
internal import Records

/// What happened to the rows of a kind.
struct KindCounts: Hashable {
  /// Rows that were in the input.
  var read = 0
  /// Rows that were wrong.
  var rejected = 0
  /// Rows that needed no record, or stood there twice.
  var skipped = 0
  /// Rows that the user asked to leave out.
  var dropped = 0
  /// Rows that the writer took.
  var written = 0
  /// Rows that the writer has no place for.
  var unwritten = 0
}

/// The accounts of one conversion: rows, problems and losses.
final class ConversionLedger: AdapterListener {
  /// The most problems that are kept one by one; the others are counted.
  static let keptProblems = 1_000

  var counts = [KindCounts](repeating: KindCounts(), count: RecordKind.limit)
  private(set) var problems: [AdapterReport] = []
  private(set) var problemCounts: [String: ProblemCount] = [:]
  private(set) var problemOrder: [String] = []
  private(set) var losses: [LossKey: LossEntry] = [:]
  private(set) var worst = AdapterReport.Severity.note
  private(set) var rejectedRows = 0
  /// The most rejected rows before the work stops, or `nil`.
  var rejectLimit: Int?
  /// Takes each problem as it comes, and whether only a second reading finds it.
  var onReport: ((AdapterReport, Bool) throws -> Void)?
  /// Told how far the work is; throws to stop.
  var onProgress: (() throws -> Void)?

  /// Notes a problem.
  ///
  /// - Parameters:
  ///   - countsRow: Whether a rejected or skipped problem adds a row to the accounts.
  ///   - isNews: Whether a first reading did not tell it.
  func report(_ report: AdapterReport, countsRow: Bool, isNews: Bool = false) throws {
    if countsRow, let kind = report.kind {
      switch report.severity {
      case .rejected:
        counts[kind.number].read += 1
        counts[kind.number].rejected += 1
      case .skipped:
        counts[kind.number].read += 1
        counts[kind.number].skipped += 1
      default: break
      }
    }
    if report.severity == .rejected { rejectedRows += 1 }
    worst = max(worst, report.severity)
    if problemCounts[report.code] == nil { problemOrder.append(report.code) }
    var count = problemCounts[report.code] ?? ProblemCount(severity: report.severity)
    count.count += 1
    count.severity = max(count.severity, report.severity)
    problemCounts[report.code] = count
    if problems.count < Self.keptProblems { problems.append(report) }
    try onReport?(report, isNews)
    if let rejectLimit, rejectedRows > rejectLimit {
      throw InteropError(
        .badInput,
        "more than \(rejectLimit) rows were rejected; correct them or raise --max-rejects")
    }
  }

  func adapterReported(_ report: AdapterReport) throws {
    try self.report(report, countsRow: true)
  }

  func adapterLost(_ loss: AdapterLoss) throws {
    let key = LossKey(
      kind: loss.kind.number, field: loss.field ?? -1, isReduced: loss.isReduced,
      reason: loss.reason)
    losses[key, default: LossEntry(count: 0, example: loss.example)].count += loss.count
    if loss.field == nil, !loss.isReduced {
      counts[loss.kind.number].unwritten += loss.count
      counts[loss.kind.number].written -= loss.count
    }
  }

  func adapterProgressed(_ done: UInt64, of total: UInt64) throws { try onProgress?() }

  /// Adds a loss that the host counted.
  func lose(
    _ kind: RecordKind, field: Int?, isReduced: Bool = false, count: Int, reason: String,
    example: String
  ) {
    let key = LossKey(
      kind: kind.number, field: field ?? -1, isReduced: isReduced, reason: reason)
    losses[key, default: LossEntry(count: 0, example: example)].count += count
  }
}

/// How often a code was reported.
struct ProblemCount: Hashable {
  var severity: AdapterReport.Severity
  var count = 0
}

/// What makes two losses the same entry of the certificate.
struct LossKey: Hashable {
  var kind: Int
  var field: Int
  var isReduced: Bool
  var reason: String
}

/// How often something was lost, and one record that lost it.
struct LossEntry: Hashable {
  var count: Int
  var example: String
}
