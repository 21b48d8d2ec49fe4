#if CommandLine
  import ArgumentParser
  import Interop
  import Records

  /// `cbl-tool convert`
  struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "convert",
      abstract: "Reads gradebooks and writes them in another format.",
      discussion: """
        The output appears only when it is complete. The examples run where the
        folder Docs/Examples of the source is.
          cbl-tool convert Docs/Examples/math-5.canvas.csv --to evidence -o - | head

        Several inputs join into one data set; a mapping file says who is who:
          cbl-tool convert Docs/Examples/math-5.roster \\
            Docs/Examples/math-5.canvas.csv --map Docs/Examples/math-5.map.yaml \\
            --to oneroster -o math-5.zip

        It also gives values that the input lacks, and other words for values:
          defaults:
            class: {organization: school-1}
          values:
            result.textScore: {A: "4", B: "3"}
        See Docs/MappingFiles.md.
        """)

    @Argument(help: "Files, folders, archives, or - for standard input.")
    var inputs: [String]

    @Option(
      name: .long,
      help: ArgumentHelp("The format to write, see 'cbl-tool formats'.", valueName: "format"))
    var to: String

    @Option(
      name: [.customShort("o"), .long],
      help: ArgumentHelp("The path to write, or - for standard output.", valueName: "path"))
    var output: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The format to read; recognised when it is not given.", valueName: "format"))
    var from: String?

    @Option(
      name: .customLong("map"),
      help: ArgumentHelp("A mapping file, as YAML.", valueName: "file"))
    var mapFile: String?

    @OptionGroup var input: InputOptions

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Write what the output cannot carry, as text or .json.", valueName: "file"))
    var lossReport: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Write rejected rows and their reasons, as CSV; also when the run fails, then with those "
          + "found so far.", valueName: "file"))
    var rejects: String?

    @Option(
      name: .long,
      help: ArgumentHelp("Stop when more rows than this are rejected.", valueName: "count"))
    var maxRejects: Int?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Replace identifiers of persons by pseudonyms made with the key in a file, and take names, "
          + "addresses, birthdays and free text out. Make a key with: head -c 32 /dev/urandom > "
          + "key; chmod 600 key",
        valueName: "keyfile"))
    var pseudonymize: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Kinds of records to leave out, with commas, as demographics,role.", valueName: "kinds"))
    var drop: [String] = []

    @Flag(
      inversion: .prefixedNo,
      help: "Guard cells that a spreadsheet would take as formulas; the format decides otherwise.")
    var excel: Bool?

    @Flag(name: .long, help: "Replace an output that is there already.")
    var force = false

    @Flag(name: .long, help: "Print the report as JSON.")
    var json = false

    @Flag(name: .long, help: "Print no report and no progress; errors are still told.")
    var quiet = false

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one input") }
      if let maxRejects, maxRejects < 0 {
        throw ValidationError("--max-rejects wants 0 or more")
      }
      _ = try droppedKinds()
    }

    func run() throws {
      try InputCheck.check(inputs)
      try InputCheck.check(
        outputs: [("-o", output), ("--rejects", rejects), ("--loss-report", lossReport)],
        inputs: inputs)
      let run = ConvertRun(
        inputs: inputs, output: output, options: try options(),
        lossReport: try LossReportFile(lossReport, force: force),
        report: ReportStyle(
          isQuiet: quiet, isJSON: json, showsValues: input.showValues, limit: 3,
          lossReport: lossReport, usesStandardError: output == "-"),
        stated: try mapping()?.statedLosses ?? [])
      let catalog = try adapters.load(knowing: [from, to], for: inputs)
      try run(catalog)
    }

    private func mapping() throws -> MappingFile? {
      try mapFile.map { try MappingFile(path: $0) }
    }

    private func options() throws -> ConversionOptions {
      var options = try input.reading(as: from)
      options.to = to
      options.droppedKinds = try droppedKinds()
      options.guardsFormulas = excel
      options.maximumRejects = maxRejects
      options.rejectsPath = rejects
      options.output.force = force
      if let mapping = try mapping() { options.mapping = mapping.mapping }
      if let pseudonymize { options.pseudonymizer = try KeyedPseudonyms.reading(pseudonymize) }
      return options
    }

    private func droppedKinds() throws -> Set<RecordKind> {
      var kinds: Set<RecordKind> = []
      for name in drop.flatMap({ $0.split(separator: ",") }).map(String.init) {
        guard let kind = RecordKind(name: name) else {
          let names = RecordKind.all.map(\.name).joined(separator: ", ")
          throw ValidationError("there is no kind of record '\(name)'; there are: \(names)")
        }
        kinds.insert(kind)
      }
      return kinds
    }
  }
#endif
