#if CommandLine
  import AdapterHost
  import ArgumentParser
  import Domain
  import Grading
  import Interop

  /// `cbl-tool grade`
  struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grade",
      abstract: "Judges learners by a policy, exactly.",
      discussion: """
        Writes a row for each learner and target and for each gate. The results
        depend on evidence, policy and the two points in time alone.
          cbl-tool grade --policy Docs/Examples/math-5.policy.yaml \\
            Docs/Examples/math-5.evidence.csv -o results.csv
          cbl-tool grade --policy kennebec --traces traces.ndjson \\
            Docs/Examples/math-5.evidence.csv -o results.json
          cbl-tool trace check traces.ndjson

        Rows that are wrong are told with file and line; then nothing is written
        and it ends with 65. With --lenient or --max-rejects they are left out and
        it ends with 1. A row of evidence whose status is reversed takes back the
        evidence of its id. See Docs/Grading.md.
        """)

    @OptionGroup var grading: GradingOptions

    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("The path to write, or - for standard output.", valueName: "path"))
    var output: String

    @Option(
      name: .long,
      help: "csv, json or ndjson; without it the ending of the path says so, else csv.")
    var format: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Write a derivation for each learner, one a line, for 'cbl-tool trace'.",
        valueName: "file"))
    var traces: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Write rejected rows and their reasons, as CSV; also when nothing else is written.",
        valueName: "path"))
    var rejects: String?

    @Flag(name: .long, help: "Replace an output that is there already.")
    var force = false

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    @Flag(name: .long, help: "Print no report and no progress; errors are still told.")
    var quiet = false

    func validate() throws {
      if let format, ResultForm(rawValue: format) == nil {
        throw ValidationError("--format takes csv, json or ndjson, not '\(format)'")
      }
      if output == "-", traces == "-" {
        throw ValidationError("-o and --traces cannot both be standard output")
      }
    }

    func run() throws {
      try InputCheck.check(
        outputs: [("-o", output), ("--traces", traces), ("--rejects", rejects)],
        inputs: grading.inputs + [grading.policy, grading.catalog, grading.facts].compactMap { $0 })
      let file = try TextFile(output, force: force)
      let traceFile = try traces.map { try TextFile($0, force: force) }
      let session = try grading.load(
        isQuiet: quiet, isJSON: json, usesStandardError: usesStandardError, rejects: rejects,
        force: force)
      let form = format.flatMap { ResultForm(rawValue: $0) } ?? ResultForm(path: output)
      let run = GradeRun(
        session: session, results: ResultFile(file, form, session.grader, session.asOf),
        traces: traceFile, isQuiet: quiet)
      let report = try run()
      try tell(report, session)
      if report.hasRejects || report.problemCounts.contains(where: { $0.severity == .fatal }) {
        throw ToolFailure.ended(1)
      }
    }

    /// Whether standard output is taken by data.
    private var usesStandardError: Bool { output == "-" || traces == "-" }

    private func tell(_ report: ConversionReport, _ session: GradingSession) throws {
      if json {
        let text = GradeText.json(report, session, output: output, traces: traces).pretty + "\n"
        if usesStandardError { Console.note(text) } else { try Console.print(text) }
      } else {
        let style = ReportStyle(
          isQuiet: quiet, showsValues: grading.input.showValues)
        Console.note(GradeText.text(report, session, output: output, style: style))
      }
    }
  }
#endif
