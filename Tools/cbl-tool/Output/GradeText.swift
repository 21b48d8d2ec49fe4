import Domain
import Grading
import Interop
import Records

/// The reports of the commands that judge.
enum GradeText {
  /// The report after grading, for people.
  static func text(
    _ report: ConversionReport, _ session: GradingSession, output: String, style: ReportStyle
  ) -> String {
    let problems = ReportText.problems(report, style: style)
    if style.isQuiet { return report.hasRejects ? problems : "" }
    var text = report.inputs.map { ReportText.input($0) + "\n" }.joined()
    text += rows(report.rows).map { $0 + "\n" }.joined()
    text += problems
    let (learners, targets) = (session.learners.count, session.grader.targets.count)
    text += "Graded \(learners) learner\(learners == 1 ? "" : "s") on \(targets) "
    text += "target\(targets == 1 ? "" : "s") under \(session.grader.policy.id) "
    text += "(\(session.grader.digest.description.prefix(12))), as of \(session.asOf.occurred), "
    text += "known at \(session.asOf.known).\n"
    let place = output == "-" ? "standard output" : output.escapingControls()
    return text + "Wrote results to \(place).\n"
  }

  /// The report after grading, for machines.
  static func json(
    _ report: ConversionReport, _ session: GradingSession, output: String, traces: String?
  ) -> JSONValue {
    .object(
      ResultRows.heading(session.grader, session.asOf) + [
        ("inputs", .array(report.inputs.map(ReportJSON.input))),
        ("rows", .array(report.rows.map(json))),
        ("problems", ReportJSON.problems(report, showsValues: false)),
        ("learners", .number(session.learners.count)),
        ("targets", .number(session.grader.targets.count)),
        ("output", .text(output)), ("traces", .optional(traces)),
      ])
  }

  /// The accounts of the kinds as a table: in = used + left out + rejected.
  private static func rows(_ rows: [ConversionReport.Rows]) -> [String] {
    let table = rows.map { row in
      [row.kind.name, "\(row.read)", "\(row.written)", "\(leftOut(row))", "\(row.rejected)"]
    }
    guard !table.isEmpty else { return [] }
    let heading = ["kind", "in", "used", "left out", "rejected"]
    return TextTable.lines([heading] + table, leftAligned: 1).map { "  " + $0 }
  }

  /// Rows that results need not, such as habits and what stands there twice.
  private static func leftOut(_ row: ConversionReport.Rows) -> Int {
    row.skipped + row.dropped + row.unwritten
  }

  private static func json(_ row: ConversionReport.Rows) -> JSONValue {
    [
      "kind": .text(row.kind.name), "in": .number(row.read), "used": .number(row.written),
      "leftOut": .number(leftOut(row)), "rejected": .number(row.rejected),
    ]
  }

  /// What would be different under another policy, for people.
  static func text(_ answer: PolicyComparison) -> String {
    var text = "\(answer.policy.id) (\(answer.digest.description.prefix(12))): "
    text += "\(answer.changes.count) learner\(answer.changes.count == 1 ? "" : "s") with a "
    text += "difference.\n"
    var rows = [["gate", "subgroup", "learners", "would open", "would close"]]
    for (name, count) in answer.gates.sorted(by: { $0.key < $1.key }) {
      rows.append(row(name, "", count))
      for (subgroup, counts) in answer.subgroups.sorted(by: { $0.key < $1.key }) {
        if let own = counts[name] { rows.append(row(name, subgroup.text, own)) }
      }
    }
    if rows.count > 1 {
      text += TextTable.lines(rows, leftAligned: 2).map { "  \($0)\n" }.joined()
    }
    for change in answer.changes {
      text += "  \(change.learner.description.escapingControls()):\n"
      for pair in change.targets {
        text += "    \(pair.target): \(shown(pair.before)) -> \(shown(pair.after))\n"
      }
      for gate in change.gates {
        let group = gate.group.map { " for \($0)" } ?? ""
        text += "    gate \(gate.name)\(group): \(gate.opens ? "opens" : "closes")\n"
      }
    }
    return text
  }

  private static func row(
    _ gate: Identifier, _ subgroup: String, _ count: WhatIf.Count
  ) -> [String] {
    [gate.text, subgroup, "\(count.learners)", "\(count.opened)", "\(count.closed)"]
  }

  private static func shown(_ line: LearnerResults.Line?) -> String {
    let number = line?.shown ?? line?.level?.text
    return (number.map { "\($0), " } ?? "") + (line?.outcome ?? .notAssessed).rawValue
  }

  /// What would be different under another policy, for machines.
  static func json(_ answer: PolicyComparison) -> JSONValue {
    .object([
      ("policy", .text(answer.policy.id.text)),
      ("policyHash", .text(answer.digest.description)),
      ("gates", counts(answer.gates)),
      (
        "subgroups",
        .object(
          answer.subgroups.sorted { $0.key < $1.key }.map { ($0.key.text, counts($0.value)) })
      ),
      ("changes", .array(answer.changes.map(json))),
    ])
  }

  private static func counts(_ counts: [Identifier: WhatIf.Count]) -> JSONValue {
    .object(
      counts.sorted { $0.key < $1.key }.map { name, count in
        let value: JSONValue = [
          "learners": .number(count.learners), "opened": .number(count.opened),
          "closed": .number(count.closed),
        ]
        return (name.text, value)
      })
  }

  private static func json(_ change: PolicyComparison.Change) -> JSONValue {
    .object([
      ("learner", .text(change.learner.description)),
      (
        "targets",
        .array(
          change.targets.map { pair in
            [
              "target": .text(pair.target.description), "before": value(pair.before),
              "after": value(pair.after),
            ]
          })
      ),
      (
        "gates",
        .array(
          change.gates.map { gate in
            [
              "gate": .text(gate.name.text), "group": .optional(gate.group?.text),
              "open": .boolean(gate.opens),
            ]
          })
      ),
    ])
  }

  private static func value(_ line: LearnerResults.Line?) -> JSONValue {
    [
      "outcome": .text((line?.outcome ?? .notAssessed).rawValue),
      "level": .optional(line?.level?.text), "shown": .optional(line?.shown),
      "number": .optional(line?.number),
    ]
  }
}
