import Badges
import Domain
import LinkedData

/// The report on a badge as text.
struct BadgeReportText {
  /// Whether checks that passed are shown too.
  var showsAll: Bool

  /// The lines for a badge.
  func text(_ report: VerificationReport, name: String) -> String {
    let reason = report.verdict == .valid ? "" : " (\(report.reason))"
    return "\(name.escapingControls()): \(report.verdict.rawValue)\(reason)\n"
      + lines(report, indent: "  ")
  }

  private func lines(_ report: VerificationReport, indent: String) -> String {
    var text = ""
    for check in report.checks where showsAll || check.outcome != .pass || check.reason != .ok {
      let place = check.pointer.map { " (at \($0))" } ?? ""
      text += "\(indent)\(check.outcome.rawValue)  \(check.name.rawValue)"
      if check.reason != .ok { text += "  \(check.reason): \(check.message)\(place)" }
      text += "\n"
    }
    for proof in report.proofs where showsAll || report.proofs.count > 1 {
      text += "\(indent)proof \(proof.index + 1), \(proof.suite): \(proof.state.rawValue)"
      if proof.reason != .ok { text += " (\(proof.reason))" }
      if let earlier = proof.trace?.earlierContexts, !earlier.isEmpty {
        text += ", with the earlier " + earlier.sorted().map(\.text).joined(separator: ", ")
      }
      text += "\n"
    }
    for inner in report.embedded where showsAll || inner.report.verdict != .valid {
      text += "\(indent)\(inner.pointer): \(inner.report.verdict.rawValue)\n"
      text += lines(inner.report, indent: indent + "  ")
    }
    // What is quoted may come from the badge.
    return text.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0).escapingControls()
    }.joined(separator: "\n")
  }
}

/// The report on a badge as JSON.
enum BadgeReportJSON {
  /// The object for a badge.
  static func object(_ report: VerificationReport, name: String?) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = []
    if let name { pairs.append(("file", .text(name))) }
    pairs += [
      ("verdict", .text(report.verdict.rawValue)), ("reason", .text("\(report.reason)")),
      ("id", .optional(report.credential?["id"]?.string?.text)),
      ("issuer", .optional(report.issuer?.text)),
      ("checks", .array(report.checks.map(check))), ("proofs", .array(report.proofs.map(proof))),
    ]
    if !report.embedded.isEmpty {
      pairs.append(
        (
          "embedded",
          .array(
            report.embedded.map { inner in
              .object([
                ("pointer", .text(inner.pointer)), ("report", object(inner.report, name: nil)),
              ])
            })
        ))
    }
    return .object(pairs)
  }

  private static func check(_ check: Check) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("name", .text(check.name.rawValue)), ("outcome", .text(check.outcome.rawValue)),
      ("reason", .text("\(check.reason)")),
    ]
    if !check.message.isEmpty { pairs.append(("message", .text(check.message))) }
    if let pointer = check.pointer { pairs.append(("pointer", .text(pointer))) }
    return .object(pairs)
  }

  private static func proof(_ proof: ProofOutcome) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("index", .number(proof.index)), ("suite", .text(proof.suite.text)),
      ("method", .optional(proof.method?.text)), ("state", .text(proof.state.rawValue)),
      ("reason", .text("\(proof.reason)")), ("message", .text(proof.message)),
    ]
    if let trace = proof.trace {
      pairs += [
        ("publicKey", .optional(trace.publicKey?.text)),
        ("documentHash", .text(hex(trace.documentHash))),
        ("proofHash", .text(hex(trace.optionsHash))),
        ("canonicalDocument", .text(String(decoding: trace.document, as: UTF8.self))),
        ("canonicalProof", .text(String(decoding: trace.options, as: UTF8.self))),
        ("earlierContexts", .array(trace.earlierContexts.sorted().map { .text($0.text) })),
      ]
    }
    return .object(pairs)
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
