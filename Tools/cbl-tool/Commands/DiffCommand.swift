#if CommandLine
  import ArgumentParser
  import Interop

  /// `cbl-tool diff`
  struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Compares the records of two inputs, whatever their formats.",
      discussion: """
        Shows, for each kind, records that only one input has and fields with
        other values. Fields that one of the formats never has are left out.
        All records are compared. Ends with 1 when something differs.
          cbl-tool diff september.zip october.zip
          cbl-tool diff Docs/Examples/math-5.canvas.csv Docs/Examples/math-5.roster --summary
        """)

    @Argument(help: "The first input.")
    var first: String

    @Argument(help: "The second input.")
    var second: String

    @Option(name: .long, help: "The format of the first input; recognised otherwise.")
    var from: String?

    @Option(name: .long, help: "The format of the second input; recognised otherwise.")
    var to: String?

    @OptionGroup var input: InputOptions

    @Flag(name: .long, help: "Blank differs from absent, and 4.0 from 4.")
    var exact = false

    @Flag(name: .long, help: "Show counts only; no identifiers and no values.")
    var summary = false

    @Option(name: .long, help: "How many differences to show; all are counted.")
    var limit = 1_000

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if limit < 0 { throw ValidationError("--limit wants 0 or more") }
    }

    func run() throws {
      try InputCheck.check([first, second])
      let comparison = InputComparison(
        catalog: try adapters.load(knowing: [from, to], for: [first, second]),
        first: try input.reading(as: from),
        second: try input.reading(as: to), isExact: exact)
      let limit = summary ? 0 : limit
      let list: any DifferenceWriter =
        json ? DifferenceJSON(limit: limit) : DifferenceText(limit: limit)
      comparison.onDifference { try list.put($0) }
      let result = try comparison.run(first, second)
      try list.finish(result)
      if !result.isEqual { throw ToolFailure.ended(1) }
    }
  }
#endif
