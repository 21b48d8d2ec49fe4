#if CommandLine
  import ArgumentParser

  /// `cbl-tool assess pretest`
  struct AssessPretestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pretest",
      abstract: "Tells who is exempt by a pre-test, and what is missing.",
      discussion: """
        groups     groups of competencies: mastered and the discussion passed
        exemption  instruments with cuts, phases, windows and recommendations

        Without one of these words it is groups:
          cbl-tool assess pretest --groups Docs/Examples/assess/groups.csv \\
            --discussions Docs/Examples/assess/discussions.csv \\
            Docs/Examples/assess/pretest.csv
        """,
      subcommands: [AssessPretestGroupsCommand.self, AssessExemptionCommand.self],
      defaultSubcommand: AssessPretestGroupsCommand.self)
  }
#endif
