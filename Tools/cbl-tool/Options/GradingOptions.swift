#if CommandLine
  import ArgumentParser
  import Domain
  import Interop

  /// What learners are judged by, and from what.
  struct GradingOptions: ParsableArguments {
    @Argument(help: "Evidence in any format that can be read: files, folders, archives, or -.")
    var inputs: [String]

    @Option(
      name: .long,
      help: ArgumentHelp("A policy, as JSON or YAML, or the name of a pack.", valueName: "file"))
    var policy: String

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The targets to grade: a catalog of standards, any format with targets, or a document "
          + "{\"targets\": [{\"target\": ..., \"backbone\": ..., \"groups\": [...]}]}. Without it "
          + "those of the evidence and of the policy.", valueName: "file"))
    var catalog: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "What is known of learners beside evidence, as JSON or YAML: dates, confirmations, "
          + "overrides, appeals, subgroups.", valueName: "file"))
    var facts: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Leave out what happened later: a day, which counts whole, or a moment. Without it the "
          + "day of the newest evidence.", valueName: "time"))
    var asOf: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Leave out what was recorded later, reversals too. Without it everything is known.",
        valueName: "time"))
    var knownAt: String?

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The format to read; recognised when it is not given.", valueName: "format"))
    var from: String?

    @Option(
      name: .customLong("map"),
      help: ArgumentHelp("A mapping file, as YAML.", valueName: "file"))
    var mapFile: String?

    @Flag(
      name: .long,
      help: "Take a line item that is aligned to no target as a target, as in plain gradebooks.")
    var byLineItem = false

    @OptionGroup var input: InputOptions

    @OptionGroup var rejected: RejectOptions

    @OptionGroup var adapters: AdapterOptions

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("name at least one input") }
      _ = try rejected.limit(input)
      for (name, text) in [("--as-of", asOf), ("--known-at", knownAt)] {
        guard let text else { continue }
        guard let date = PartialDate(text), date.precision >= .day else {
          throw ValidationError(
            "\(name) wants a day such as 2025-06-30 or a moment such as 2025-06-30T12:00:00Z, not "
              + "'\(text)'")
        }
      }
    }

    /// Reads everything.
    ///
    /// - Parameters:
    ///   - isQuiet: Whether no progress is shown.
    ///   - isJSON: Whether what is refused is told as JSON.
    ///   - usesStandardError: Whether it is told on standard error then.
    ///   - rejects: Where rejected rows go.
    ///   - force: Whether that may replace a file.
    func load(
      isQuiet: Bool, isJSON: Bool, usesStandardError: Bool = false, rejects: String? = nil,
      force: Bool = false
    ) throws -> GradingSession {
      try InputCheck.check(inputs)
      var options = try input.reading(as: from)
      options.rejectsPath = rejects
      options.output.force = force
      if let mapFile { options.mapping = try MappingFile(path: mapFile).mapping }
      let adapterCatalog = try adapters.load(knowing: [from], for: inputs)
      var loading = GradingLoading(
        adapters: adapterCatalog, options: options,
        style: ReportStyle(
          isQuiet: isQuiet, isJSON: isJSON, showsValues: input.showValues, limit: 20,
          usesStandardError: usesStandardError))
      loading.rejectLimit = try rejected.limit(input)
      loading.usesLineItems = byLineItem
      loading.targetsFile = catalog
      loading.factsFile = facts
      loading.asOf = asOf
      loading.knownAt = knownAt
      return try loading.load(inputs, under: try DocumentFile.policy(policy))
    }
  }
#endif
