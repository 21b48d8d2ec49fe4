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
    if isFirst { try output.write(Self.head) }
    let rules = report.problemCounts.map { count -> JSONValue in ["id": .text(count.code)] }
    let tool: JSONValue = [
      "driver": ["name": "cbl-tool", "version": .text(ToolVersion.text), "rules": .array(rules)]
    ]
    try output.line("\n],\n\"columnKind\": \"unicodeCodePoints\",\n\"tool\": \(tool.compact)}]}")
    try output.flush()
  }

  private func begin() throws {
    try output.write(isFirst ? Self.head : ",\n")
    isFirst = false
  }

  private static let head = """
    {"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [{"results": [

    """

  private static func result(
    _ problem: AdapterReport, path: String, showsValues: Bool
  ) -> JSONValue {
    let file = ReportText.file(of: problem, paths: [path])
    var location: [(key: String, value: JSONValue)] = [
      ("artifactLocation", ["uri": .text(uri(file.isEmpty ? path : file))])
    ]
    if problem.line > 0 {
      var region: [(key: String, value: JSONValue)] = [
        ("startLine", .number(Int(clamping: problem.line)))
      ]
      if problem.column > 0 {
        region.append(("startColumn", .number(Int(clamping: problem.column))))
      }
      location.append(("region", .object(region)))
    }
    let value = showsValues && !problem.value.isEmpty ? " (found \"\(problem.value)\")" : ""
    return [
      "ruleId": .text(problem.code), "level": .text(level(problem.severity)),
      "message": ["text": .text(problem.message + value)],
      "locations": [["physicalLocation": .object(location)]],
    ]
  }

  private static func level(_ severity: AdapterReport.Severity) -> String {
    switch severity {
    case .note, .skipped: "note"
    case .warning: "warning"
    case .rejected, .fatal: "error"
    }
  }

  /// A path as the relative or absolute reference of RFC 3986.
  private static func uri(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }
}
