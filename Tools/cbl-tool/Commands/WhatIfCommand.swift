#if CommandLine
  import ArgumentParser
  import Domain
  import Grading
  import Interop

  /// `cbl-tool what-if`
  struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "what-if",
      abstract: "Tells what other policies would change, and changes nothing.",
      discussion: """
        Compares by learner, by gate and, with subgroups in --facts, by subgroup.
          cbl-tool what-if --policy Docs/Examples/math-5.policy.yaml \\
            --against kennebec Docs/Examples/math-5.evidence.csv
        """)

    @OptionGroup var grading: GradingOptions

    @Option(
      name: .long,
      help: ArgumentHelp(
        "A policy to try: a file or the name of a pack; may be given often.", valueName: "file"))
    var against: [String]

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if against.isEmpty { throw ValidationError("name at least one policy with --against") }
    }

    func run() throws {
      let policies = try against.map(DocumentFile.policy)
      let session = try grading.load(isQuiet: json, isJSON: json)
      let answers = try PolicyComparison.compare(policies, in: session)
      Console.note(
        ReportText.problems(
          session.report, style: ReportStyle(showsValues: grading.input.showValues)))
      if json {
        let value = JSONValue.object(
          ResultRows.heading(session.grader, session.asOf) + [
            ("learners", .number(session.learners.count)),
            ("against", .array(answers.map { GradeText.json($0) })),
          ])
        try Console.print(value.pretty + "\n")
      } else {
        try Console.print(answers.map { GradeText.text($0) }.joined())
      }
      if session.report.hasRejects { throw ToolFailure.ended(1) }
    }
  }
#endif
