import Badges
import Domain

/// Decisions about badges as text and as JSON.
enum AwardText {
  /// A decision with its reasons.
  static func text(_ decision: AwardDecision, _ credential: Identifier?) -> String {
    let heading =
      "\(decision.learner) \(decision.rule): \(decision.step.name)"
      + (credential.map { " \($0)" } ?? "")
    let lines = decision.trace.description.split(separator: "\n").map { "  \($0)" }
    return ([heading] + lines).map { $0.escapingControls() + "\n" }.joined()
  }

  /// A decision as one line of JSON.
  static func json(_ decision: AwardDecision, _ credential: Identifier?) -> String {
    JSONValue.object([
      ("learner", .text(decision.learner.description)), ("rule", .text(decision.rule.text)),
      ("step", .text(decision.step.name)), ("credential", .optional(credential?.text)),
      ("trace", trace(decision.trace)),
    ]).compact + "\n"
  }

  /// How many decisions of each kind there were.
  static func summary(_ tally: AwardRun.Tally) -> String {
    func count(_ step: String) -> Int { tally.counts[step] ?? 0 }
    var text =
      "\(count("issue")) to issue, \(count("revoke")) to revoke, \(count("keep")) kept, "
      + "\(count("spent")) spent, \(count("wait")) waiting\n"
    if tally.absent > 0 {
      text +=
        "\(tally.absent) badges of learners without evidence in this run stay as they are\n"
    }
    return text
  }

  private static func trace(_ trace: AwardTrace) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("question", .text(trace.question)), ("holds", .boolean(trace.holds)),
      ("found", .text(trace.found)),
    ]
    if let basis = trace.basis {
      pairs += [
        ("policyHash", .text("\(basis.policy)")), ("evidenceHash", .text("\(basis.evidence)")),
        ("asOf", .text("\(basis.asOf.occurred)")), ("knownAt", .text("\(basis.asOf.known)")),
      ]
    }
    if !trace.parts.isEmpty { pairs.append(("parts", .array(trace.parts.map(Self.trace)))) }
    return .object(pairs)
  }
}
