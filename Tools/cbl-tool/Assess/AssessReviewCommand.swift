#if CommandLine
  import ArgumentParser

  /// `cbl-tool assess review`
  struct AssessReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "review",
      abstract: "Reviews what was learnt, rubrics, wishes for attempts, claims and load.",
      discussion: """
        memory     when something that was learnt is to be reviewed (FSRS-6)
        rubric     what a rubric lacks, what changed, and what its ratings come to
        attempts   who may book an assessment, and why not
        retakes    what stands after further attempts
        claims     claims of prior learning and their reviews
        load       how much assessment each learner has in each week

        Without one of these words it is memory:
          cbl-tool assess review Docs/Examples/assess/reviews.csv
          cbl-tool assess review attempts Docs/Examples/assess/attempts.json
        """,
      subcommands: [
        AssessMemoryCommand.self, AssessRubricCommand.self, AssessAttemptsCommand.self,
        AssessRetakesCommand.self, AssessClaimsCommand.self, AssessLoadCommand.self,
      ], defaultSubcommand: AssessMemoryCommand.self)
  }
#endif
