#if CommandLine
  import ArgumentParser

  /// `cbl-tool assess`
  struct AssessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assess",
      abstract: "Analyses items and raters, calibrates, places, and tells how sure decisions are.",
      discussion: """
        Tables are CSV with a heading, or a JSON or YAML list of objects with the
        same names. Documents are JSON or YAML; of a published case the member
        'input' is read, and another part is named by a pointer after the path,
        as in case.json#/sprt/0/input. Nothing is random without a --seed.
          cbl-tool assess items Docs/Examples/assess/lsat-6.csv
          cbl-tool assess fit --model 2pl Docs/Examples/assess/lsat-6.csv
          cbl-tool assess place decide Docs/Examples/assess/decide.json
          cbl-tool assess simulate rule --need 4 --of 5 --cut 0.8

        Ends with 65 when the data make no sense, and with 64 when options do.
        """,
      subcommands: [
        AssessPretestCommand.self, AssessPlaceCommand.self, AssessSimulateCommand.self,
        AssessModerateCommand.self, AssessCalibrateCommand.self, AssessStandardSetCommand.self,
        AssessReviewCommand.self, AssessCompareCommand.self, AssessItemsCommand.self,
        AssessRatersCommand.self, AssessFitCommand.self, AssessScoreCommand.self,
      ])
  }
#endif
