#if CommandLine
  import ArgumentParser

  /// `cbl-tool badge`
  struct BadgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "badge",
      abstract: "Verifies, issues and revokes badges and learner records.",
      discussion: """
        Open Badges 3.0 and 2.0, CLR 2.0 and endorsements, as JSON, signed
        tokens or images. Nothing is ever fetched: what may be looked up is in
        a resolver file.
          cbl-tool badge verify badge.png --resolver resolver.json
          cbl-tool badge key new -o school.key
        """,
      subcommands: [
        BadgeVerifyCommand.self, BadgeIssueCommand.self, BadgeBakeCommand.self,
        BadgeUnbakeCommand.self, BadgeKeyCommand.self, BadgeStatusCommand.self,
        BadgeRevokeCommand.self, BadgeAwardCommand.self, BadgeDeriveCommand.self,
      ])
  }
#endif
