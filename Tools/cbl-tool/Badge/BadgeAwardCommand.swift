#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Badges
  import Interop

  /// `cbl-tool badge award`
  struct BadgeAwardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "award",
      abstract: "Decides which badges are due and which have to be revoked.",
      discussion: """
        Judges learners as 'cbl-tool grade' does, and asks the rules of the book
        for each of them. Badges that are due are written as drafts for 'cbl-tool
        badge issue'; a badge whose criterion does not hold any more is revoked in
        the ledger, for 'cbl-tool badge revoke'. Without --ledger and --drafts it
        says what would be done.
          cbl-tool badge award Docs/Examples/math-5.evidence.csv \\
            --policy Docs/Examples/math-5.policy.yaml \\
            --book Docs/Examples/math-5.awards.json \\
            --ledger ledger.ndjson --drafts due.ndjson

        With --json one object a line for each decision. Learners of the ledger
        of whom the inputs say nothing keep their badges.
        """)

    @OptionGroup var grading: GradingOptions

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The rules by which badges are awarded, as JSON; see Docs/award-book.schema.json.",
        valueName: "file"))
    var book: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The badges that were awarded, one a line; read, and written anew with what was decided.",
        valueName: "file"))
    var ledger: String?

    @Option(
      name: .long,
      help: ArgumentHelp("Where badges that are due are written, one a line.", valueName: "file"))
    var drafts: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What kind of identifier the learners' are, as Open Badges names it.", valueName: "kind"))
    var identityType = "sisSourcedId"

    @Flag(name: .long, help: "Show also what is kept, spent and waiting.")
    var all = false

    @Flag(name: .long, help: "Replace drafts that are there already.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
      if (ledger == nil) != (drafts == nil) {
        throw ValidationError("--ledger and --drafts go together")
      }
    }

    func run() throws {
      try InputCheck.check(
        outputs: [("--ledger", ledger), ("--drafts", drafts)],
        inputs: grading.inputs
          + [book, grading.policy, grading.catalog, grading.facts]
          .compactMap { $0 })
      let file = try drafts.map { try TextFile($0, force: force) }
      let known = try ledger.map(Self.ledger) ?? AwardLedger()
      let session = try grading.load(isQuiet: quiet, isJSON: json)
      var run = try AwardRun(session, book: book, ledger: known, identityType: identityType)
      let tally = try run(drafts: file, isQuiet: quiet) { decision, credential in
        if json {
          try Console.print(AwardText.json(decision, credential))
        } else if all || decision.step == .issue || decision.step.name == "revoke" {
          try Console.print(AwardText.text(decision, credential))
        }
      }
      try file?.commit()
      if let ledger { try BadgeFile.write(run.ledger.bytes, to: ledger, force: true) }
      if json {
        Console.note(AwardText.summary(tally))
      } else {
        try Console.print(AwardText.summary(tally))
      }
      let style = ReportStyle(isQuiet: quiet, showsValues: grading.input.showValues)
      Console.note(ReportText.problems(tally.report, style: style))
      let isIncomplete = tally.report.problemCounts.contains {
        $0.severity >= .rejected
      }
      if tally.report.hasRejects || isIncomplete { throw ToolFailure.ended(1) }
    }

    /// Reads a ledger; one that is not there yet has no awards.
    private static func ledger(_ path: String) throws -> AwardLedger {
      do { return try BadgeFile.ledger(path) } catch let error as InteropError
        where error.code == .noInput
      {
        return AwardLedger()
      }
    }
  }
#endif
