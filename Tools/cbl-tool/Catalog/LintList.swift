import Catalogs
import Domain
import Interop

/// The findings about a catalog, for people and machines.
struct LintList {
  let file: String
  /// What the file has that the format does not.
  let format: [Problem]
  let report: LintReport

  private var problems: [Problem] { format + report.findings.map(\.problem) }

  /// Findings by code, worst first, and the score with what takes off points.
  func printText(all: Bool) throws {
    var output = OutputText()
    var groups: [Problem.Code: [Problem]] = [:]
    for problem in problems { groups[problem.code, default: []].append(problem) }
    let worst = groups.mapValues { $0.map(\.severity).max() ?? .note }
    let order = groups.keys.sorted {
      let severities = (worst[$0] ?? .note, worst[$1] ?? .note)
      return severities.0 != severities.1 ? severities.0 > severities.1 : $0 < $1
    }
    for code in order {
      let own = groups[code] ?? []
      try output.line("\(own.count) x \(code) (\(worst[code] ?? .note))")
      for problem in own.prefix(all ? .max : 3) { try output.line("  \(problem)") }
      if !all, own.count > 3 { try output.line("  and \(own.count - 3) more; --all shows them") }
    }
    let losses = report.results.filter { $0.affected > 0 }
    try output.line("Score \(report.score) of 100, \(report.itemCount) items.")
    for result in losses {
      try output.line(
        "  -\(Self.tenths(result.loss)) \(result.check.code): \(result.affected) of "
          + "\(result.subjects)")
    }
    try output.flush()
  }

  /// The report as one JSON document.
  func printJSON() throws {
    let checks = report.results.map { result -> JSONValue in
      [
        "check": .text(result.check.code.description), "summary": .text(result.check.summary),
        "weight": .number(result.check.weight), "subjects": .number(result.subjects),
        "affected": .number(result.affected), "loss": .decimal(result.loss),
      ]
    }
    let worst = problems.map(\.severity).max() ?? .note
    var output = OutputText()
    try output.line("{\n\"file\": \(JSONValue.text(file).compact),")
    try output.line("\"score\": \(report.score),\n\"items\": \(report.itemCount),")
    try output.line("\"valid\": \(worst < .error),")
    try output.line("\"checks\": \(JSONValue.array(checks).pretty),")
    // One a line and not as one tree: a file may have a finding for each of its lines.
    try output.write("\"findings\": [")
    var isFirst = true
    func put(_ problem: Problem, _ identifier: Identifier?) throws {
      try output.write(isFirst ? "\n" : ",\n")
      isFirst = false
      try output.write(Self.json(problem, identifier: identifier).compact)
    }
    for problem in format { try put(problem, nil) }
    for finding in report.findings { try put(finding.problem, finding.identifier) }
    try output.line("\n]\n}")
    try output.flush()
  }

  private static func json(_ problem: Problem, identifier: Identifier?) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("severity", .text(problem.severity.description)),
      ("code", .text(problem.code.description)), ("message", .text(problem.message)),
    ]
    if let identifier, !identifier.isEmpty { pairs.append(("identifier", .text(identifier.text))) }
    if let line = problem.place.line { pairs.append(("line", .number(line))) }
    if let column = problem.place.column { pairs.append(("column", .number(column))) }
    if let pointer = problem.place.pointer { pairs.append(("pointer", .text(pointer))) }
    return .object(pairs)
  }

  /// The findings as SARIF; the rules are the checks and the codes of the format.
  func printSARIF() throws {
    var output = OutputText()
    try output.write(SARIF.head)
    var isFirst = true
    for problem in problems {
      if !isFirst { try output.write(",\n") }
      isFirst = false
      try output.write(SARIF.result(problem, file: file).compact)
    }
    let summaries = Dictionary(
      uniqueKeysWithValues: LintCheck.allCases.map { ($0.code, $0.summary) })
    let rules = Set(problems.map(\.code)).sorted().map { code in
      SARIF.rule(code.description, summary: summaries[code])
    }
    try output.line(SARIF.tail(rules: rules))
    try output.flush()
  }

  /// A number with one digit after the point, at least 0.1.
  private static func tenths(_ value: Double) -> String {
    let tenths = max(1, Int((value * 10).rounded()))
    return "\(tenths / 10).\(tenths % 10)"
  }
}
