import Badges
import CarriedRecords
import Domain
import Grading

/// What is said of carried records.
enum RecordText {
  /// The checks, one a line.
  static func text(_ report: RecordReport, _ name: String) -> String {
    var lines = ["\(name): \(report.verdict.rawValue)"]
    for check in report.checks {
      var line = "  \(check.outcome.rawValue)  \(check.name.rawValue)"
      if check.reason != .ok { line += "  \(check.reason.rawValue): \(check.message)" }
      lines.append(line)
    }
    lines.append("  issuer \(report.cover.issuer?.text ?? "unknown"): \(trust(report))")
    let badges = BadgeReportText(showsAll: false)
    var text = lines.map { $0.escapingControls() + "\n" }.joined()
    for (file, inner) in [("cover.json", report.cover), ("record.json", report.record)] {
      guard let inner, inner.verdict != .valid else { continue }
      text += badges.text(inner, name: "  " + file)
    }
    return text
  }

  private static func trust(_ report: RecordReport) -> String {
    report.isIssuerTrusted ? "trusted by you" : "not among those that you trust"
  }

  /// What a record says.
  static func text(_ contents: RecordContents, _ report: RecordReport, _ name: String) -> String {
    var lines = [
      "\(name): \(report.verdict.rawValue)",
      "issuer    \(contents.issuer) (\(trust(report)))",
      "learner   "
        + [contents.name, contents.identifier?.text, contents.subject.description]
        .compactMap { $0 }.joined(separator: ", "),
      "policy    \(contents.policy.title), \(contents.policy.digest)",
      "evidence  \(contents.evidence.count) pieces"
        + (contents.withheld > 0 ? "; \(contents.withheld) claims are not shown" : ""),
    ]
    let titles = Dictionary(contents.targets.map { ($0.graded.id, $0.title) }) { first, _ in first }
    let pieces = Dictionary(grouping: contents.evidence) { $0.competency }
    for result in contents.results {
      let count = pieces[result.target]?.count ?? 0
      var line = "  \(result.target)  \(result.level?.text ?? "-")  \(result.outcome.rawValue)"
      line += "  \(count) \(count == 1 ? "piece" : "pieces")"
      if let title = titles[result.target] ?? nil { line += "  \(title)" }
      if !result.isDerivable { line += "  (rests on what is not shared)" }
      lines.append(line)
    }
    return lines.map { $0.escapingControls() + "\n" }.joined()
  }

  /// The report as JSON.
  static func json(_ report: RecordReport, name: String) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("file", .text(name)), ("verdict", .text(report.verdict.rawValue)),
      ("issuer", .optional(report.cover.issuer?.text)),
      ("trusted", .boolean(report.isIssuerTrusted)),
      (
        "checks",
        .array(
          report.checks.map { check in
            [
              "name": .text(check.name.rawValue), "outcome": .text(check.outcome.rawValue),
              "reason": .text(check.reason.rawValue), "message": .text(check.message),
            ]
          })
      ), ("cover", BadgeReportJSON.object(report.cover, name: nil)),
    ]
    if let record = report.record {
      pairs.append(("record", BadgeReportJSON.object(record, name: nil)))
    }
    return .object(pairs)
  }

  /// What a record says, as JSON.
  static func json(_ contents: RecordContents, _ report: RecordReport) -> JSONValue {
    let results = contents.results.map { result -> JSONValue in
      [
        "target": .text(result.target.description), "outcome": .text(result.outcome.rawValue),
        "level": .optional(result.level?.text),
        "number": .optional(result.number?.description),
        "derivable": .boolean(result.isDerivable),
      ]
    }
    return [
      "verdict": .text(report.verdict.rawValue), "trusted": .boolean(report.isIssuerTrusted),
      "issuer": .text(contents.issuer.text), "subject": .text(contents.subject.description),
      "name": .optional(contents.name), "identifier": .optional(contents.identifier?.text),
      "policy": .text(contents.policy.id.text),
      "policyHash": .text(contents.policy.digest.description),
      "fields": .array(contents.consent.fields.map(\.rawValue).sorted().map { .text($0) }),
      "evidence": .array(contents.evidence.map { .text($0.id.description) }),
      "withheld": .number(contents.withheld), "results": .array(results),
    ]
  }

  /// What an import found.
  static func text(_ outcome: RecordImporter.Outcome, _ report: RecordReport) -> String {
    let counts = outcome.counts
    func count(_ word: String) -> Int { counts[word] ?? 0 }
    var lines = [
      "\(outcome.pieces.count) pieces of evidence arrived: \(count("counts")) count, "
        + "\(count("left-out")) left out by the policy, \(count("claimed")) only claimed, "
        + "\(count("reversed")) taken back, \(count("unmapped")) unmapped, "
        + "\(count("untranslated")) not to be said on the scale here."
    ]
    if !report.isVouchedFor {
      lines.append(
        "Nobody vouches for them: the record is \(report.verdict.rawValue), the issuer "
          + "\(trust(report)). No gate opens.")
    }
    if outcome.withheld > 0 { lines.append("\(outcome.withheld) claims were not shown.") }
    for piece in outcome.pieces where piece.fate != .counts {
      var line = "  \(piece.fate.word)  \(piece.evidence.id)"
      if let target = piece.evidence.competency { line += "  \(target)" }
      if let reason = piece.fate.reason { line += ": \(reason)" }
      lines.append(line)
    }
    lines.append("Results here:")
    for result in outcome.report.targets where result.result.outcome != .notAssessed {
      lines.append(
        "  \(result.target)  \(result.result.level?.text ?? "-")  \(result.result.outcome.rawValue)"
      )
    }
    for gate in outcome.report.gates {
      lines.append("  gate \(gate.name): \(gate.isOpen ? "open" : "closed")")
    }
    return lines.map { $0.escapingControls() + "\n" }.joined()
  }

  /// What an import found, as JSON.
  static func json(
    _ outcome: RecordImporter.Outcome, _ report: RecordReport, name: String
  ) -> JSONValue {
    let counts = outcome.counts.sorted { $0.key < $1.key }
    let pieces = outcome.pieces.map { piece -> JSONValue in
      [
        "id": .text(piece.evidence.id.description),
        "target": .optional(piece.evidence.competency?.description),
        "fate": .text(piece.fate.word), "reason": .optional(piece.fate.reason),
        "targets": .array(
          piece.imported.compactMap { $0.competency.map { .text($0.description) } }),
      ]
    }
    let results = outcome.report.targets.map { result -> JSONValue in
      [
        "target": .text(result.target.description),
        "outcome": .text(result.result.outcome.rawValue),
        "level": .optional(result.result.level?.text),
      ]
    }
    return [
      "vouchedFor": .boolean(report.isVouchedFor), "verification": json(report, name: name),
      "counts": .object(counts.map { ($0.key, .number($0.value)) }),
      "withheld": .number(outcome.withheld),
      "unmappedResults": .array(outcome.unmappedResults.map { .text($0.description) }),
      "pieces": .array(pieces), "results": .array(results),
      "gates": .array(
        outcome.report.gates.map {
          ["name": .text($0.name.text), "open": .boolean($0.isOpen)]
        }),
    ]
  }
}
