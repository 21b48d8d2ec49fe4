import Domain
import Interop

/// What an input holds, as text and as JSON.
enum SummaryText {
  /// For people.
  static func text(_ summary: InputSummary, style: ReportStyle) -> String {
    var lines: [String] = []
    if let input = summary.report.inputs.first {
      lines.append("format: \(input.format)")
      lines.append("confidence: \(input.confidence) %")
      if !input.reason.isEmpty { lines.append("because: \(input.reason.escapingControls())") }
    }
    for dialect in summary.dialects {
      let member = dialect.member.escapingControls()
      lines.append("written: \(member): \(DialectText.words(dialect.text).escapingControls())")
    }
    lines.append("records:")
    lines += ReportText.rows(summary.report.rows)
    if let first = summary.firstDate, let last = summary.lastDate {
      lines.append("dates: \(first) to \(last)")
    }
    for scale in summary.scales {
      let title = scale.title.isEmpty ? scale.id : scale.title
      lines.append("scale \(title): \(scale.levels.joined(separator: ", "))".escapingControls())
    }
    let problems = ReportText.problems(summary.report, style: style)
    lines.append(problems.isEmpty ? "problems: none" : "problems:")
    return lines.map { $0 + "\n" }.joined() + problems
  }

  /// For machines.
  static func json(_ summary: InputSummary, showsValues: Bool) -> JSONValue {
    let input = summary.report.inputs.first
    return [
      "path": .optional(input?.path), "format": .optional(input?.format),
      "confidence": .number(input?.confidence ?? 0), "reason": .optional(input?.reason),
      "dialects": .array(
        summary.dialects.map { ["member": .text($0.member), "text": .text($0.text)] }),
      "rows": .array(summary.report.rows.map(ReportJSON.rows)),
      "firstDate": .optional(summary.firstDate), "lastDate": .optional(summary.lastDate),
      "scales": .array(
        summary.scales.map { scale in
          [
            "id": .text(scale.id), "title": .text(scale.title),
            "levels": .array(scale.levels.map { .text($0) }),
          ]
        }),
      "problems": ReportJSON.problems(summary.report, showsValues: showsValues),
    ]
  }
}
