import Domain
import Grading

/// What a report says, in the words of the output.
struct ResultRows {
  let grader: Grader
  let report: LearnerReport

  /// The columns of the table.
  static let columns = [
    "learner", "kind", "id", "group", "outcome", "level", "shown", "number", "counted", "leftOut",
    "found", "needed", "notAssessed", "override", "evidenceHash", "policyHash", "asOf", "knownAt",
  ]

  /// The rows of the table: a row for each target and each gate.
  var table: [[String]] { report.targets.map(row) + report.gates.map(row) }

  private var ends: [String] {
    [grader.digest.description, "\(report.asOf.occurred)", "\(report.asOf.known)"]
  }

  private func row(_ target: TargetResult) -> [String] {
    let result = target.result
    return [
      report.learner.description, "target", target.target.description, "",
      result.outcome.rawValue, result.level?.text ?? "", target.shown?.description ?? "",
      result.number?.description ?? "", "\(target.derivation.observations.count)",
      "\(target.derivation.leftOut.count)", "", "", "",
      decision(on: .target(target.target)) ?? "", result.basis.evidence.description,
    ] + ends
  }

  private func row(_ gate: GateResult) -> [String] {
    [
      report.learner.description, "gate", gate.name.text, gate.group?.text ?? "",
      gate.isOpen ? "open" : "closed", "", "", "", "", "", gate.node.found?.description ?? "",
      gate.node.needed?.description ?? "",
      Self.notAssessed(in: gate.node).map(\.description).joined(separator: " "),
      decision(on: .gate(gate.name, group: gate.group)) ?? "", "",
    ] + ends
  }

  /// The targets that are not assessed, in all of a gate's tree.
  private static func notAssessed(in node: GateNode) -> [CompetencyID] {
    var seen: Set<CompetencyID> = []
    let all = node.notAssessed + node.children.flatMap { notAssessed(in: $0) }
    return all.filter { seen.insert($0).inserted }
  }

  /// What somebody decided beside the computed value.
  private func decision(on subject: Subject) -> String? {
    report.override(of: subject).map { override in
      switch override.decision {
      case .level(let level): level.text
      case .open(let isOpen): isOpen ? "open" : "closed"
      }
    }
  }

  /// The report as one JSON object.
  var json: JSONValue {
    .object([
      ("learner", .text(report.learner.description)),
      ("targets", .array(report.targets.map(json))),
      ("gates", .array(report.gates.map(json))),
    ])
  }

  /// What all reports of one run share.
  static func heading(_ grader: Grader, _ asOf: AsOf) -> [(key: String, value: JSONValue)] {
    [
      ("policy", .text(grader.policy.id.text)), ("policyHash", .text(grader.digest.description)),
      ("asOf", .text("\(asOf.occurred)")), ("knownAt", .text("\(asOf.known)")),
    ]
  }

  private func json(_ target: TargetResult) -> JSONValue {
    let result = target.result
    var members: [(key: String, value: JSONValue)] = [
      ("target", .text(target.target.description)), ("outcome", .text(result.outcome.rawValue)),
      ("level", .optional(result.level?.text)), ("shown", .optional(target.shown?.description)),
      ("number", .optional(result.number?.description)),
      ("counted", .number(target.derivation.observations.count)),
      ("leftOut", .number(target.derivation.leftOut.count)),
      ("evidenceHash", .text(result.basis.evidence.description)),
    ]
    if let decision = decision(on: .target(target.target)) {
      members.append(("override", .text(decision)))
    }
    return .object(members)
  }

  private func json(_ gate: GateResult) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [("gate", .text(gate.name.text))]
    if let group = gate.group { members.append(("group", .text(group.text))) }
    members.append(("open", .boolean(gate.isOpen)))
    if let found = gate.node.found { members.append(("found", .text(found.description))) }
    if let needed = gate.node.needed { members.append(("needed", .text(needed.description))) }
    let missing = Self.notAssessed(in: gate.node)
    if !missing.isEmpty {
      members.append(("notAssessed", .array(missing.map { .text($0.description) })))
    }
    if let decision = decision(on: .gate(gate.name, group: gate.group)) {
      members.append(("override", .text(decision)))
    }
    return .object(members)
  }
}
