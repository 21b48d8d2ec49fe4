#if CommandLine
  import ArgumentParser
  import Domain
  import Grading
  import Interop

  /// `cbl-tool roll-up`
  struct RollUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "roll-up",
      abstract: "Judges all learners and targets by a policy.",
      discussion: """
        Gradebooks in, in any format that an adapter reads; a table out:
          cbl-tool roll-up --policy POLICY.json ROSTER.zip -o mastery.csv

        As a step of Spark, PostgreSQL or xargs: lines of evidence in, with tabs
        between their fields and those of a learner together; lines of mastery out.
        Memory is constant. --trailer ends the output with a record that counts
        lines, observations and rows and sums the hashes of the keys, so that a
        step that stopped half way is noticed. See Docs/Engines.md.
          printf 'ann\\tMATH.1\\t2025-09-01\\t3\\t\\n' \\
            | cbl-tool roll-up --policy lake-park --stdin --stdout --trailer

        A row or line that is wrong ends it with 65 and nothing is written; with
        --lenient or --max-rejects rows are left out and it ends with 1. Evidence
        has no identifiers here, so what stands there twice counts twice, and
        gates are not answered: for both see 'cbl-tool grade'.
        """)

    @Option(help: "A policy document, or the name of a pack.")
    var policy: String

    @Argument(help: "The inputs; - is standard input.")
    var inputs: [String] = []

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Where the table goes; - is standard output.", valueName: "path"))
    var output: String?

    @Flag(name: .long, help: "Read lines of evidence from standard input.")
    var stdin = false

    @Flag(name: .long, help: "Write to standard output.")
    var stdout = false

    @Flag(name: .long, help: "End the lines with a control record.")
    var trailer = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The fields of a line: learner, target, date, score, maximum, level, recorded, kind, "
          + "purpose, attempt, context, trust, rater, or skip.", valueName: "names"))
    var columns = LineColumns.standard

    @Option(
      name: .long,
      help: ArgumentHelp("Leave out what occurred or was recorded later.", valueName: "time"))
    var asOf: String?

    @Option(help: "The format of the inputs; without it they are looked at.")
    var from: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "How many megabytes of scores stay in memory; more go to a temporary file.",
        valueName: "MB"))
    var memory = 256

    @OptionGroup var input: InputOptions

    @OptionGroup var rejected: RejectOptions

    @Flag(name: .long, help: "Replace an output that is there already.")
    var force = false

    @Flag(name: .long, help: "Print the account as JSON.")
    var json = false

    @Flag(name: .long, help: "Print no account; errors are still told.")
    var quiet = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      guard (0...1_000_000).contains(memory) else {
        throw ValidationError("--memory wants 0 to 1000000 megabytes")
      }
      if stdin, !inputs.isEmpty { throw ValidationError("--stdin takes no other inputs") }
      if !stdin, inputs.isEmpty { throw ValidationError("name an input, or use --stdin") }
      if stdout == (output != nil) {
        throw ValidationError("say where the results go: --stdout or -o PATH")
      }
      if trailer, !stdin { throw ValidationError("--trailer goes with --stdin") }
      if stdin, rejected.maxRejects != nil {
        throw ValidationError(
          "--stdin ends at the first line that is wrong; --max-rejects goes "
            + "with other inputs")
      }
      _ = try rejected.limit(input)
    }

    func run() throws {
      let policy = try DocumentFile.policy(policy)
      guard policy.grouping == nil else {
        throw ToolFailure.usage(
          "policy \(policy.id) groups the items of an assessment, which roll-up does not know; use "
            + "'cbl-tool grade'")
      }
      guard policy.order == .occurred || (stdin && policy.order == .recorded) else {
        throw ToolFailure.usage(
          "policy \(policy.id) orders by a date that roll-up does not keep (\(policy.order.rawValue)); "
            + "use 'cbl-tool grade'")
      }
      let path = output ?? "-"
      var options = OutputOptions()
      options.force = force
      let container = try OutputContainer.create(
        path, kind: OutputKind(path: path, hasSeveralMembers: false), options: options)
      do {
        try container.begin(member: path == "-" ? "mastery" : MasteryWriter.member(of: path))
        try InputCheck.check(inputs)
        let (account, report) = try rollUp(policy, to: container)
        try container.commit()
        if let report, !quiet || report.hasRejects {
          Console.note(
            ReportText.problems(
              report, style: ReportStyle(showsValues: input.showValues)))
        }
        try tell(account)
        if report?.hasRejects == true { throw ToolFailure.ended(1) }
      } catch {
        container.abort()
        throw error
      }
    }

    private func rollUp(
      _ policy: Policy, to output: OutputContainer
    ) throws -> (RollUpLines.Account, ConversionReport?) {
      guard !stdin else {
        let lines = try RollUpLines(
          policy: policy, fields: LineColumns(columns), asOf: moment(), hasTrailer: trailer)
        return (try lines.run(from: "-", to: output), nil)
      }
      let bar = ProgressBar(isQuiet: quiet || json)
      defer { bar?.finish() }
      let table = TableRollUp(
        policy: policy, asOf: try moment(), limit: memory << 20,
        rejectLimit: try rejected.limit(input),
        style: ReportStyle(
          isQuiet: quiet, isJSON: json, showsValues: input.showValues, limit: 20,
          usesStandardError: stdout || self.output == "-"))
      let (account, report) = try table.run(
        inputs, with: try adapters.load(for: inputs), options: try input.reading(as: from),
        progress: bar,
        to: output)
      return (account, report)
    }

    private func tell(_ account: RollUpLines.Account) throws {
      guard json || !quiet else { return }
      let text =
        json
        ? account.json.pretty + "\n"
        : "\(account.lines) \(stdin ? "lines" : "scores") of \(account.learners) learners: "
          + "\(account.observations) observations, \(account.rows) results\n"
          + (account.leftOut > 0
            ? "\(account.leftOut) results of the inputs have no score or no target.\n" : "")
      if json, output != nil, output != "-" { try Console.print(text) } else { Console.note(text) }
    }

    /// The point of view: all that is there, unless a time is named.
    private func moment() throws -> AsOf {
      guard let asOf else {
        guard let end = Instant(secondsSince1970: 253_402_300_799) else {
          throw ToolFailure(70, "the end of time is out of range")
        }
        return AsOf(occurred: end, known: end)
      }
      // A day counts to its end.
      let date = PartialDate(asOf)
      let next = date?.date.flatMap { date?.precision == .day ? $0.adding(days: 1) : nil }
      let moment =
        next.flatMap { Instant(secondsSince1970: Int64($0.daysSince1970) * 86_400 - 1) }
        ?? date?.earliest(offsetMinutes: 0)
      guard let moment else {
        throw ToolFailure.usage(
          "--as-of wants a day such as 2025-06-30 or a time such as 2025-06-30T12:00:00Z, not "
            + "'\(asOf)'")
      }
      return AsOf(occurred: moment, known: moment)
    }
  }
#endif
