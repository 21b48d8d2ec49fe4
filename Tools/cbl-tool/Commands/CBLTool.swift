#if CommandLine
  import ArgumentParser

  /// The command line of the toolkit.
  struct CBLTool: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cbl-tool",
      abstract: "Converts and compares gradebooks and catalogs, and grades by policies.",
      discussion: """
        The formats come from adapters, which commands load when they need them.
          cbl-tool inspect Docs/Examples/math-5.canvas.csv
          cbl-tool convert Docs/Examples/math-5.canvas.csv --to oneroster -o math-5.zip

        Completions for bash, zsh or fish:
          cbl-tool --generate-completion-script bash > cbl-tool.bash

        Exit codes: 0 done, 1 done but rows were rejected (diff: different),
        64 usage, 65 bad data, 66 no input, 69 adapter unavailable, 70 a fault
        of the tool, 73 cannot create, 74 input or output failed, 75 try again,
        77 not allowed.
        """,
      version: ToolVersion.text,
      subcommands: [
        ConvertCommand.self, InspectCommand.self, ValidateCommand.self, DiffCommand.self,
        FormatsCommand.self, AdapterCommand.self, GradeCommand.self, ExplainCommand.self,
        NeedCommand.self, WhatIfCommand.self, PolicyCommand.self, TraceCommand.self,
        CatalogCommand.self, RollUpCommand.self, BadgeCommand.self, RecordCommand.self,
        AssessCommand.self, ScheduleCommand.self,
      ])
  }
#endif
