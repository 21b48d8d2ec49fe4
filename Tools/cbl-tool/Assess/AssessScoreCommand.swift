#if CommandLine
  import ArgumentParser

  /// `cbl-tool assess score`
  struct AssessScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "score",
      abstract: "Estimates abilities, follows practice, and tells how sure decisions are.",
      discussion: """
        abilities  from answers to calibrated items
        practice   what a learner knows, answer by answer, by given parameters
        bank       what a bank tells before anybody answers
        decision   how often pass and fail are right, from scores alone

        Without one of these words it is abilities:
          cbl-tool assess score --bank Docs/Examples/assess/lsat-6-bank.csv \\
            Docs/Examples/assess/lsat-6.csv
          cbl-tool assess score bank Docs/Examples/assess/bank.csv --cut-scores 4,8
        """,
      subcommands: [
        AssessAbilitiesCommand.self, AssessFollowCommand.self, AssessBankCommand.self,
        AssessDecisionCommand.self,
      ], defaultSubcommand: AssessAbilitiesCommand.self)
  }
#endif
