import AdapterHost
import Interop
import Records

/// Reports for machines.
enum ReportJSON {
  /// The report of a conversion or reading.
  static func report(
    _ report: ConversionReport, output: String?, failure: ToolFailure?, showsValues: Bool,
    stated: [String] = []
  ) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("inputs", .array(report.inputs.map(input))),
      ("rows", .array(report.rows.map(rows))),
      ("problems", problems(report, showsValues: showsValues)),
    ]
    if let output, let format = report.outputFormat {
      pairs.append(
        (
          "output",
          [
            "path": .text(output), "format": .text(format),
            "members": .array(report.members.map { .text($0) }),
            "guardedFormulas": .boolean(report.guardedFormulas),
          ]
        ))
      pairs.append(("losses", losses(report.certificate, stated: stated)))
      pairs.append(
        (
          "invented",
          .array(
            report.invented.map { value in
              [
                "kind": .text(value.kind.name), "field": .text(value.field),
                "count": .number(value.count),
              ]
            })
        ))
    }
    if let failure {
      pairs.append(
        (
          "error",
          ["exitCode": .number(Int(failure.exitCode)), "message": .text(failure.message)]
        ))
    }
    return .object(pairs)
  }

  /// An input and what it was read as.
  static func input(_ input: ConversionReport.Input) -> JSONValue {
    [
      "path": .text(input.path), "format": .text(input.format),
      "confidence": .number(input.confidence), "reason": .text(input.reason),
    ]
  }

  /// The accounts of a kind.
  static func rows(_ rows: ConversionReport.Rows) -> JSONValue {
    [
      "kind": .text(rows.kind.name), "read": .number(rows.read), "written": .number(rows.written),
      "skipped": .number(rows.skipped), "rejected": .number(rows.rejected),
      "dropped": .number(rows.dropped), "unwritten": .number(rows.unwritten),
    ]
  }

  /// The problems by code, and the first ones one by one.
  static func problems(_ report: ConversionReport, showsValues: Bool) -> JSONValue {
    [
      "byCode": .array(
        report.problemCounts.map { count in
          [
            "code": .text(count.code), "severity": .text("\(count.severity)"),
            "count": .number(count.count),
          ]
        }),
      "first": .array(
        report.problems.map {
          problem($0, paths: report.inputs.map(\.path), showsValues: showsValues)
        }),
    ]
  }

  /// A problem.
  static func problem(
    _ problem: AdapterReport, paths: [String], showsValues: Bool
  ) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("severity", .text("\(problem.severity)")), ("code", .text(problem.code)),
      ("message", .text(problem.message)),
      ("file", .text(ReportText.file(of: problem, paths: paths))),
    ]
    if problem.line > 0 { pairs.append(("line", .number(Int(clamping: problem.line)))) }
    if problem.column > 0 { pairs.append(("column", .number(Int(clamping: problem.column)))) }
    if let kind = problem.kind { pairs.append(("kind", .text(kind.name))) }
    if showsValues, !problem.value.isEmpty { pairs.append(("value", .text(problem.value))) }
    return .object(pairs)
  }

  /// A loss certificate.
  static func losses(_ certificate: LossCertificate, stated: [String]) -> JSONValue {
    [
      "lossless": .boolean(certificate.isLossless && stated.isEmpty),
      "entries": .array(
        certificate.entries.map { entry in
          [
            "kind": .text(entry.kind.name), "field": .optional(entry.field),
            "reduced": .boolean(entry.isReduced), "count": .number(entry.count),
            "reason": .text(entry.reason),
          ]
        }),
      "stated": .array(stated.map { .text($0) }),
    ]
  }
}
