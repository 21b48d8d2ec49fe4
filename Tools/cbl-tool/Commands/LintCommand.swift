#if CommandLine
  import ArgumentParser
  import Domain
  import Grading

  /// `cbl-tool policy lint`
  struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint",
      abstract: "Finds gates that never open, dead ends and other traps in a policy.",
      discussion: """
        Looks for gates and levels that nothing reaches, dead ends such as 80 %
        without a retake, rules by which a better score lowers the result, gates
        that open by one weak kind of evidence, and time or attendance that
        counts as learning. Ends with 1 when there is more than a note.
          cbl-tool policy lint Docs/Examples/math-5.policy.yaml
          cbl-tool policy lint summit-teachers --sarif > lint.sarif
        """)

    @Argument(help: "A JSON or YAML file, or the name of a pack.")
    var policy: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, for code hosts and editors.")
    var sarif = false

    func validate() throws {
      if json, sarif { throw ValidationError("--json and --sarif exclude each other") }
    }

    func run() throws {
      let (policy, document) = try DocumentFile.source(ofPolicy: policy)
      let findings = PolicyLinter(policy).findings().map { finding in
        var placed = finding
        placed.place = document.place(of: finding.place.pointer ?? "")
        return placed
      }
      if sarif {
        let results = findings.map { SARIF.result($0, file: document.path).compact }
        let rules = Set(findings.map(\.code)).sorted().map { SARIF.rule($0.description) }
        try Console.print(
          SARIF.head + results.joined(separator: ",\n") + SARIF.tail(rules: rules) + "\n")
      } else if json {
        try Console.print(Self.json(findings, policy, document).pretty + "\n")
      } else {
        try Console.print(findings.map { "\($0)\n" }.joined())
        if findings.isEmpty { Console.note("\(policy.id): nothing found.\n") }
      }
      if findings.contains(where: { $0.severity > .note }) { throw ToolFailure.ended(1) }
    }

    private static func json(
      _ findings: [Problem], _ policy: Policy, _ document: SourceDocument
    ) -> JSONValue {
      .object([
        ("path", .text(document.path)), ("policy", .text(policy.id.text)),
        ("hash", .text(policy.digest.description)),
        (
          "findings",
          .array(
            findings.map { finding in
              .object([
                ("severity", .text("\(finding.severity)")),
                ("code", .text("\(finding.code)")), ("message", .text(finding.message)),
                ("pointer", .optional(finding.place.pointer)),
                ("line", finding.place.line.map { .number($0) } ?? .null),
                ("column", finding.place.column.map { .number($0) } ?? .null),
              ])
            })
        ),
      ])
    }
  }
#endif
