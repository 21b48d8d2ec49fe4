#if CommandLine
  import ArgumentParser
  import Interop

  /// `cbl-tool inspect`
  struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "inspect",
      abstract: "Tells what an input is and what it holds.",
      discussion: """
        Shows the format as --from takes it, how the text is written, counts for
        each kind of record, the range of dates, scales and problems; no names
        and no identifiers of learners.
          cbl-tool inspect Docs/Examples/math-5.canvas.csv
          cbl-tool inspect Docs/Examples/math-5.roster --json
        """)

    @Argument(help: "A file, folder or archive, or - for standard input.")
    var path: String

    @Option(name: .long, help: "The format to read; recognised when it is not given.")
    var from: String?

    @OptionGroup var input: InputOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func run() throws {
      let inspector = InputInspector(
        catalog: try adapters.load(knowing: [from], for: [path]),
        options: try input.reading(as: from),
        withDialect: true)
      let bar = ProgressBar(isQuiet: false)
      if let bar { inspector.onProgress { bar.show($0) } }
      do {
        let summary = try inspector.run(path)
        bar?.finish()
        try show(summary)
      } catch {
        bar?.finish()
        let style = ReportStyle(showsValues: input.showValues)
        Console.note(ReportText.problems(inspector.report, style: style))
        throw error
      }
    }

    private func show(_ summary: InputSummary) throws {
      let text =
        json
        ? SummaryText.json(summary, showsValues: input.showValues).pretty + "\n"
        : SummaryText.text(summary, style: ReportStyle(showsValues: input.showValues))
      try Console.print(text)
    }
  }
#endif
