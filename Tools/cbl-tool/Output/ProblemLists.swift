import AdapterHost
import Interop

/// Problems as lines: `file:line:column: severity: message [code]`.
final class ProblemText: ProblemWriter {
  private let path: String
  private let showsValues: Bool
  private var output = OutputText()

  init(path: String, showsValues: Bool) {
    self.path = path
    self.showsValues = showsValues
  }

  func put(_ problem: AdapterReport) throws {
    try output.line(ReportText.line(problem, paths: [path], showsValues: showsValues))
  }

  func finish(_ report: ConversionReport, failure: ToolFailure?) throws {
    if failure == nil {
      let counts = Dictionary(
        report.problemCounts.map { ($0.severity, $0.count) }, uniquingKeysWith: +)
      let words = counts.sorted { $0.key > $1.key }.map { "\($0.value) \($0.key)" }
      let format = report.inputs.first?.format ?? "?"
      let records = report.rows.reduce(0) { $0 + $1.written }
      try output.line(
        "\(format): \(records) records, "
          + (words.isEmpty ? "no problems" : words.joined(separator: ", ")))
    }
    try output.flush()
  }
}

/// Problems as one JSON document, written as they come.
final class ProblemJSON: ProblemWriter {
  private let path: String
  private let showsValues: Bool
  private var output = OutputText()
  private var isFirst = true

  init(path: String, showsValues: Bool) {
    self.path = path
    self.showsValues = showsValues
  }

  func put(_ problem: AdapterReport) throws {
    try output.write(isFirst ? "{\n\"problems\": [\n" : ",\n")
    isFirst = false
    try output.write(
      ReportJSON.problem(problem, paths: [path], showsValues: showsValues).compact)
  }

  func finish(_ report: ConversionReport, failure: ToolFailure?) throws {
    try output.write(isFirst ? "{\n\"problems\": [" : "\n")
    let worst = report.problemCounts.map(\.severity).max() ?? .note
    try output.line("],")
    let format = report.inputs.first?.format
    try output.line("\"path\": \(JSONValue.text(path).compact),")
    try output.line("\"format\": \(JSONValue.optional(format).compact),")
    try output.line("\"rows\": \(JSONValue.array(report.rows.map(ReportJSON.rows)).compact),")
    if let failure {
      let error: JSONValue = [
        "exitCode": .number(Int(failure.exitCode)), "message": .text(failure.message),
      ]
      try output.line("\"error\": \(error.compact),")
    }
    try output.line("\"valid\": \(failure == nil && worst < .rejected)\n}")
    try output.flush()
  }
}

/// Problems as SARIF 2.1.0, written as they come.
final class ProblemSARIF: ProblemWriter {
  private let path: String
  private let showsValues: Bool
  private var output = OutputText()
  private var isFirst = true

  init(path: String, showsValues: Bool) {
    self.path = path
    self.showsValues = showsValues
  }

  func put(_ problem: AdapterReport) throws {
    try begin()
    try output.write(Self.result(problem, path: path, showsValues: showsValues).compact)
  }

  func finish(_ report: ConversionReport, failure: ToolFailure?) throws {
    if let failure, !failure.message.isEmpty {
      let problem = AdapterReport(.fatal, "input.unreadable", failure.message)
      try put(problem)
    }
    if isFirst { try output.write(SARIF.head) }
    let rules = report.problemCounts.map { SARIF.rule($0.code) }
    try output.line(SARIF.tail(rules: rules))
    try output.flush()
  }

  private func begin() throws {
    try output.write(isFirst ? SARIF.head : ",\n")
    isFirst = false
  }

  private static func result(
    _ problem: AdapterReport, path: String, showsValues: Bool
  ) -> JSONValue {
    let file = ReportText.file(of: problem, paths: [path])
    let value = showsValues && !problem.value.isEmpty ? " (found \"\(problem.value)\")" : ""
    return SARIF.result(
      code: problem.code, level: level(problem.severity), message: problem.message + value,
      file: file.isEmpty ? path : file,
      line: problem.line > 0 ? Int(clamping: problem.line) : nil,
      column: problem.line > 0 && problem.column > 0 ? Int(clamping: problem.column) : nil)
  }

  private static func level(_ severity: AdapterReport.Severity) -> String {
    switch severity {
    case .note, .skipped: "note"
    case .warning: "warning"
    case .rejected, .fatal: "error"
    }
  }
}
