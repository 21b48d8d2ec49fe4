internal import AdapterKit
internal import CAdapterABI
internal import Scanning

extension TableReader {
  /// Reads the headings and plans the columns.
  ///
  /// - Returns: The first record below the headings.
  mutating func readHeader(
    _ member: borrowing CSVMember, _ sink: inout RecordSink
  ) throws(AdapterError) -> Int {
    var record = 0
    while record < member.count - 1, member.isBlank(record) { record += 1 }
    let headers = (0..<member.fieldCount(record)).map { member.text($0, of: record).string }
    plan = ColumnPlan(headers, file: table.name, version: context.version)
    try checkHeader(record, member, sink.host)
    rowPlan = RowPlan(
      plan.planned(
        checksForm: context.request.isStrict
          || (table.kind != CBL_KIND_RESULT && table.kind != CBL_KIND_TARGET_RESULT)))
    vocabularies = plan.columns.map { $0?.vocabulary ?? .none }
    attributes = plan.columns.indices.filter { plan.columns[$0] == nil && !headers[$0].isEmpty }
      .map { ($0, .absent) }
    levelsColumn = plan.columns.firstIndex { $0?.type == .levels }
    if context.request.wantsSourceLayer {
      renderer = LineRenderer(plan.columns, layout: member.layout)
      recorder = SourceRecorder(
        member: file.memberName, format: context.version.identifier, position: file.member)
      for above in 0...record {
        recorder?.header(member.rawRecord(above), end: member.lineEnd(of: above))
      }
    }
    return record + 1
  }

  private func checkHeader(
    _ record: Int, _ member: borrowing CSVMember, _ host: HostLink
  ) throws(AdapterError) {
    if let (finding, column) = plan.fault {
      throw AdapterError(badData: headerProblem(.fatal, finding, record, member, column))
    }
    if !plan.missing.isEmpty {
      throw AdapterError(badData: missingColumns(record, member))
    }
    if file.isMisspelt {
      let finding = Finding(
        "oneroster.file_name_case", "the file should be called \(table.fileName)")
      try host.report(headerProblem(deviation, finding, record, member, 0))
    }
    for (finding, column) in plan.findings {
      try host.report(headerProblem(deviation, finding, record, member, column))
    }
    let isRefused = context.request.isStrict && (file.isMisspelt || !plan.findings.isEmpty)
    if isRefused { throw AdapterError(.badData) }
  }

  private var deviation: RecordProblem.Severity {
    context.request.isStrict ? .fatal : .warning
  }

  private func headerProblem(
    _ severity: RecordProblem.Severity, _ finding: Finding, _ record: Int,
    _ member: borrowing CSVMember, _ column: Int
  ) -> RecordProblem {
    RecordProblem(
      severity, finding.code, finding.message, member: file.memberName,
      line: member.line(of: record), column: UInt64(column),
      value: plan.headers.indices.contains(column - 1) ? plan.headers[column - 1] : "")
  }

  /// Why the file cannot be read without columns; a quote that went wrong is the likelier cause.
  private func missingColumns(
    _ record: Int, _ member: borrowing CSVMember
  ) -> RecordProblem {
    for row in record..<member.count where member.findings(of: row).contains(.bareQuote) {
      return problem(.fatal, .bareQuote, row, member)
    }
    var message = "columns that the format requires are missing: "
    message += plan.missing.joined(separator: ", ")
    if plan.headers.count == 1 {
      for (mark, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
      where plan.headers[0].contains(mark) {
        message +=
          "; the file seems to have \(name) between its columns: save it with commas, or "
          + "name the delimiter (--delimiter)"
      }
    }
    return headerProblem(
      .fatal, Finding("oneroster.column_required", message), record, member, 0)
  }
}

extension Finding {
  /// A quote inside a field without quotes.
  static let bareQuote = Finding(
    "csv.unescaped_quote",
    "a quote stands inside a field without quotes; quote the field and double the quotes in it")
}
