internal import AdapterHost
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
