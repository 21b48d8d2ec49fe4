internal import AdapterHost
internal import Domain
internal import Records

extension ConversionLedger {
  /// Accounts for a row of a kind that results are never made of.
  func skip(
    _ kind: String, _ row: Int, _ batch: StageBatch, _ memberNames: (Int) -> String
  ) throws {
    counts[batch.kind.number].written -= 1
    counts[batch.kind.number].skipped += 1
    try report(
      AdapterReport(
        .skipped, "evidence.not_academic",
        "habits, attendance and engagement are no evidence of what somebody knows; they are "
          + "reported beside results", member: memberNames(batch.rows.member(of: row)),
        line: batch.rows.line(of: row), value: kind, kind: batch.kind), countsRow: false)
  }

  /// Accounts for what is wrong with evidence that was taken.
  func note(_ problem: Problem, of row: EvidenceRow) throws {
    var report = AdapterReport(problem)
    (report.member, report.line) = (row.member, row.line)
    (report.kind, report.raw) = (row.kind, row.raw)
    if problem.severity == .rejected || problem.severity == .skipped {
      counts[row.kind.number].written -= 1
      if problem.severity == .rejected {
        counts[row.kind.number].rejected += 1
      } else {
        counts[row.kind.number].skipped += 1
      }
    }
    try self.report(report, countsRow: false)
  }

  /// Accounts for a row that gives no evidence.
  func reject(
    _ fault: EvidenceFault, _ row: Int, _ batch: StageBatch, _ memberNames: (Int) -> String
  ) throws {
    counts[batch.kind.number].written -= 1
    counts[batch.kind.number].rejected += 1
    try report(
      AdapterReport(
        .rejected, fault.code, fault.message, member: memberNames(batch.rows.member(of: row)),
        line: batch.rows.line(of: row), value: fault.value,
        raw: RowText.describe(row, of: batch.rows), kind: batch.kind), countsRow: false)
  }
}

/// The row that evidence comes from, for reports.
struct EvidenceRow {
  var kind: RecordKind
  var member: String
  var line: UInt64
  /// The row as written.
  var raw: String
}
