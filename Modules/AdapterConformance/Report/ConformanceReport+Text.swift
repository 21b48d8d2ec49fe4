extension ConformanceReport {
  /// The report for people: one line for each rule, and under a failed one what was found and how
  /// to mend it.
  public var text: String {
    let name = library.split(separator: "/").last.map(String.init) ?? library
    let adapter = identifier.isEmpty ? name : "\(identifier) \(version) (\(name))"
    var lines = ["\(adapter), level \(level.rawValue)"]
    let width = results.map(\.rule.id.count).max() ?? 0
    for result in results {
      let id = result.rule.id + String(repeating: " ", count: width - result.rule.id.count)
      switch result.outcome {
      case .passed: lines.append("passed   \(id)  \(result.rule.title)\(Self.figures(of: result))")
      case .skipped(let reason): lines.append("skipped  \(id)  \(reason)")
      case .failed(let evidence):
        lines.append("FAILED   \(id)  \(result.rule.title)")
        lines += evidence.map { "           found: \($0)" }
        lines.append("           rule:  \(result.rule.demand)")
        lines.append("           mend:  \(result.rule.remedy)")
      }
    }
    lines.append("\(passedCount) passed, \(failures.count) failed, \(skippedCount) skipped")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func figures(of result: ConformanceResult) -> String {
    guard !result.figures.isEmpty else { return "" }
    return " (" + result.figures.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + ")"
  }
}
