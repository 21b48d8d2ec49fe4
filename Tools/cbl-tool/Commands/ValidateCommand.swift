#if CommandLine
  import ArgumentParser
  import Interop

  /// `cbl-tool validate`
  struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "validate",
      abstract: "Reads an input with all checks and lists its problems.",
      discussion: """
        Ends with 65 when a row would be rejected, with 0 when there are
        warnings only.
          cbl-tool validate Docs/Examples/math-5.roster --strict
          cbl-tool validate Docs/Examples/math-5.canvas.csv --sarif > grades.sarif
        """)

    @Argument(help: "A file, folder or archive, or - for standard input.")
    var path: String

    @Option(
      name: [.long, .customLong("from")],
      help: "The format to read; recognised when it is not given.")
    var format: String?

    @OptionGroup var input: InputOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, for code hosts and editors.")
    var sarif = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if json, sarif { throw ValidationError("--json and --sarif exclude each other") }
    }

    func run() throws {
      let inspector = InputInspector(
        catalog: try adapters.load(knowing: [format], for: [path]),
        options: try input.reading(as: format),
        withDialect: false)
      try ValidateRun(inspector: inspector, path: path)(list)
    }

    private var list: any ProblemWriter {
      if json { return ProblemJSON(path: path, showsValues: input.showValues) }
      if sarif { return ProblemSARIF(path: path, showsValues: input.showValues) }
      return ProblemText(path: path, showsValues: input.showValues)
    }
  }
#endif
