import AdapterHost
import Domain
import Interop
import Records

/// Reports for people. They hold no names and no identifiers of learners unless the user asks.
enum ReportText {
  /// The report after a conversion.
  static func report(
    _ report: ConversionReport, output: String, style: ReportStyle, stated: [String]
  ) -> String {
    var lines: [String] = []
    lines += report.inputs.map(input)
    lines += rows(report.rows)
    var text = lines.map { $0 + "\n" }.joined()
    text += problems(report, style: style)
    text += LossText.summary(report, stated: stated, file: style.lossReport)
    text += invented(report.invented)
    if report.guardedFormulas {
      text +=
        "Cells that a spreadsheet would take as formulas are guarded; --no-excel leaves them.\n"
    }
    if let format = report.outputFormat {
      let place = output == "-" ? "standard output" : output.escapingControls()
      let count = report.members.count
      text += "Wrote \(format) to \(place)" + (count > 1 ? " (\(count) files)" : "") + ".\n"
    }
    return text
  }

  /// What an input was read as.
  static func input(_ input: ConversionReport.Input) -> String {
    let path = input.path == "-" ? "standard input" : input.path.escapingControls()
    let reason = input.reason.isEmpty ? "" : ", \(input.reason.escapingControls())"
    return "Read \(path) as \(input.format) (\(input.confidence) % sure\(reason))."
  }

  /// The accounts of the kinds as a table.
  static func rows(_ rows: [ConversionReport.Rows]) -> [String] {
    guard !rows.isEmpty else { return ["No records."] }
    let heading = ["kind", "in", "out", "skipped", "rejected", "left out", "no place"]
    let table = rows.map { row in
      [
        row.kind.name, "\(row.read)", "\(row.written)", "\(row.skipped)",
        "\(row.rejected)", "\(row.dropped)", "\(row.unwritten)",
      ]
    }
    // Columns that are all zero say nothing.
    let used = heading.indices.filter { column in
      column < 3 || table.contains { $0[column] != "0" }
    }
    return TextTable.lines([heading] + table, columns: used, leftAligned: 1).map { "  " + $0 }
  }

  /// The problems by code, each with its first places.
  static func problems(_ report: ConversionReport, style: ReportStyle) -> String {
    guard !report.problemCounts.isEmpty else { return "" }
    var text = ""
    for count in report.problemCounts {
      let places = report.problems.filter { $0.code == count.code }
      text += "\(count.count) x \(count.code) (\(count.severity))\n"
      for problem in places.prefix(style.limit) {
        text +=
          "  \(line(problem, paths: report.inputs.map(\.path), showsValues: style.showsValues))\n"
      }
      let hidden = count.count - min(places.count, style.limit)
      if hidden > 0 { text += "  and \(hidden) more\n" }
    }
    return text
  }

  /// A problem as one line: `file:line:column: severity: message [code]`.
  static func line(
    _ problem: AdapterReport, paths: [String], showsValues: Bool
  ) -> String {
    let place = Self.place(of: problem, paths: paths)
    var text = place.isEmpty ? "" : "\(place): "
    text += "\(problem.severity): \(problem.message.escapingControls())"
    if showsValues, !problem.value.isEmpty {
      text += " (found \"\(problem.value.escapingControls())\")"
    }
    return text + " [\(problem.code.escapingControls())]"
  }

  /// The file of a problem, with the member when the file has several.
  static func file(of problem: AdapterReport, paths: [String]) -> String {
    guard paths.count == 1, let path = paths.first else {
      return problem.member
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if problem.member.isEmpty || problem.member == name || path == "-" { return path }
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if problem.member == plain { return path }
    return path.hasSuffix("/") ? path + problem.member : "\(path)/\(problem.member)"
  }

  private static func place(of problem: AdapterReport, paths: [String]) -> String {
    let file = file(of: problem, paths: paths)
    return Place(
      file: file.isEmpty ? nil : file, line: problem.line > 0 ? Int(problem.line) : nil,
      column: problem.column > 0 ? Int(problem.column) : nil
    ).description
  }

  private static func invented(_ values: [ConversionReport.Invented]) -> String {
    values.map { value in
      "Invented by the mapping file: \(value.count) value\(value.count == 1 ? "" : "s") of "
        + "\(value.kind).\(value.field)\n"
    }.joined()
  }
}
