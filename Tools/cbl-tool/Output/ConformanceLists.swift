import AdapterConformance

/// The report on an adapter, for machines.
enum ConformanceLists {
  /// The rules.
  static var rules: [JSONValue] {
    ConformanceRule.all.map { rule in
      [
        "id": .text(rule.id), "level": .text(rule.level.rawValue), "title": .text(rule.title),
        "demand": .text(rule.demand), "remedy": .text(rule.remedy),
      ]
    }
  }

  /// The report as JSON.
  static func json(_ report: ConformanceReport) -> JSONValue {
    let results = report.results.map { result -> JSONValue in
      var pairs: [(key: String, value: JSONValue)] = [
        ("rule", .text(result.rule.id)), ("level", .text(result.rule.level.rawValue)),
        ("title", .text(result.rule.title)),
      ]
      switch result.outcome {
      case .passed: pairs.append(("outcome", "passed"))
      case .skipped(let reason): pairs += [("outcome", "skipped"), ("reason", .text(reason))]
      case .failed(let evidence):
        pairs += [
          ("outcome", "failed"), ("evidence", .array(evidence.map { .text($0) })),
          ("demand", .text(result.rule.demand)), ("remedy", .text(result.rule.remedy)),
        ]
      }
      if !result.figures.isEmpty {
        let figures = result.figures.map { (key: $0.name, value: JSONValue.text($0.value)) }
        pairs.append(("figures", .object(figures)))
      }
      return .object(pairs)
    }
    return [
      "library": .text(report.library), "identifier": .text(report.identifier),
      "version": .text(report.version), "level": .text(report.level.rawValue),
      "passed": .number(report.passedCount), "failed": .number(report.failures.count),
      "skipped": .number(report.skippedCount), "results": .array(results),
    ]
  }

  /// The failed rules as SARIF 2.1.0; the place is the library.
  static func sarif(_ report: ConformanceReport, path: String) -> String {
    let results = report.failures.map { result in
      SARIF.result(
        code: result.rule.id, level: "error", message: message(of: result), file: path, line: nil,
        column: nil
      ).compact
    }
    let rules = report.failures.map { SARIF.rule($0.rule.id, summary: $0.rule.title) }
    return SARIF.head + results.joined(separator: ",\n") + SARIF.tail(rules: rules) + "\n"
  }

  /// The report as JUnit XML: one test case for each rule.
  static func junit(_ report: ConformanceReport) -> String {
    let name = xml(report.identifier.isEmpty ? report.library : report.identifier)
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="\(name)" tests="\(report.results.count)" \
      failures="\(report.failures.count)" errors="0" skipped="\(report.skippedCount)">

      """
    for result in report.results {
      text += "  <testcase classname=\"\(name)\" name=\"\(xml(result.rule.id))\""
      switch result.outcome {
      case .passed: text += "/>\n"
      case .skipped(let reason):
        text += ">\n    <skipped message=\"\(xml(reason))\"/>\n  </testcase>\n"
      case .failed(let evidence):
        text += ">\n    <failure message=\"\(xml(result.rule.title))\">"
        text += xml(evidence.joined(separator: "\n") + "\n" + result.rule.remedy)
        text += "</failure>\n  </testcase>\n"
      }
    }
    return text + "</testsuite>\n"
  }

  private static func message(of result: ConformanceResult) -> String {
    guard case .failed(let evidence) = result.outcome else { return result.rule.title }
    return "\(result.rule.title): \(evidence.joined(separator: "; ")). \(result.rule.remedy)"
  }

  /// The text with the marks of XML escaped; what XML cannot hold becomes a question mark.
  private static func xml(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += "?"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
