#if CommandLine
  import AdapterConformance
  import AdapterHost
  import ArgumentParser

  /// `cbl-tool adapter check`
  struct AdapterCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Checks whether an adapter keeps to the rules.",
      discussion: """
        Each rule runs in a process of its own, so an adapter that falls or
        hangs fails that rule and no other. Ends with 0 when no rule failed,
        65 when one did, 66 when there is no such library, and 69 when it
        cannot be loaded. One that crashes is blocked in the trust store, until
        it is allowed or built again. Samples are files and folders that the adapter can
        read; in a folder that has the name of a format, each is one input.
          cbl-tool adapter check build/libMyAdapter.so --samples samples
          cbl-tool adapter check build/libMyAdapter.so --level strict --junit
          cbl-tool adapter check points.cbladapter
        """)

    @Argument(help: "The library of the adapter, or a bundle, whose samples are taken then.")
    var library: String

    @Option(name: .long, help: ArgumentHelp("A folder of samples.", valueName: "folder"))
    var samples: String?

    @Option(name: .long, help: "How far to go: basic, or strict for hostile input and speed too.")
    var level = Level.basic

    @Option(
      name: .long,
      help: ArgumentHelp("Check only this rule; may be given often.", valueName: "name"))
    var rule: [String] = []

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print SARIF 2.1.0, for code hosts and editors.")
    var sarif = false

    @Flag(name: .long, help: "Print JUnit XML, for build servers.")
    var junit = false

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The trust store, instead of CBL_TRUST_STORE or the one in the data folder.",
        valueName: "file"))
    var trustStore: String?

    /// How far a check goes, as the user types it.
    enum Level: String, ExpressibleByArgument, CaseIterable {
      case basic, strict
    }

    func validate() throws {
      if [json, sarif, junit].count(where: { $0 }) > 1 {
        throw ValidationError("--json, --sarif and --junit exclude each other")
      }
    }

    func run() throws {
      let program = WorkerCommand.thisProgram(["adapter", AdapterCheckRuleCommand.name])
      guard let program else {
        throw ToolFailure(70, "the system does not tell where cbl-tool is")
      }
      let candidate = AdapterCandidate(path: AbsolutePath.of(library), origin: .named)
      if candidate.path.hasSuffix(BundlePath.ending), let failure = candidate.failure {
        throw failure
      }
      let hasSamples = candidate.bundle?.manifest.formats.contains { !$0.samples.isEmpty } ?? false
      var check = ConformanceCheck(
        library: candidate.library ?? candidate.path, worker: program,
        samples: samples.map(AbsolutePath.of) ?? (hasSamples ? "\(candidate.path)/samples" : nil))
      check.level = level == .strict ? .strict : .basic
      check.only = Set(rule)
      let report = try check.run()
      let text =
        if json {
          ConformanceLists.json(report).pretty + "\n"
        } else if sarif {
          ConformanceLists.sarif(report, path: library)
        } else if junit {
          ConformanceLists.junit(report)
        } else {
          report.text
        }
      try Console.print(text)
      block(candidate, report)
      if !report.hasPassed { throw ToolFailure.ended(65) }
    }

    /// Blocks a library that crashed; where there is no store to write to, the report says enough.
    private func block(_ candidate: AdapterCandidate, _ report: ConformanceReport) {
      let crash = report.results.lazy.compactMap { result in
        result.crash.map { "\(TrustPin.crashReason) in the check \(result.rule.id): it \($0)" }
      }.first
      guard let crash else { return }
      do {
        let file = trustStore.map { TrustFile(path: AbsolutePath.lexical($0)) } ?? .ofUser()
        let trust = try AdapterTrust.open(file: file)
        try trust.change(.crash, of: candidate, note: DecisionNote.now(crash))
        Console.error(
          "blocked, because it crashed; to let it run: cbl-tool adapter allow \(library)")
      } catch {
        Console.error("not blocked: \(ToolFailure(error)?.message ?? "\(error)")")
      }
    }
  }

  /// `cbl-tool adapter rules`
  struct AdapterRulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rules", abstract: "Lists the rules that adapters are checked against.",
      discussion: "  cbl-tool adapter rules")

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print Markdown.")
    var markdown = false

    func validate() throws {
      if json, markdown { throw ValidationError("--json and --markdown exclude each other") }
    }

    func run() throws {
      if json {
        try Console.print(JSONValue.array(ConformanceLists.rules).pretty + "\n")
      } else if markdown {
        try Console.print(ConformanceRule.markdown)
      } else {
        let rules = ConformanceRule.all
        let width = rules.map(\.id.count).max() ?? 0
        let lines = rules.map { rule in
          let id = rule.id + String(repeating: " ", count: width - rule.id.count)
          return "\(id)  \(rule.level == .basic ? "basic " : "strict")  \(rule.title)\n"
        }
        try Console.print(lines.joined())
      }
    }
  }

  /// Checks one rule; started by `adapter check` for each.
  struct AdapterCheckRuleCommand: ParsableCommand {
    static let name = "check-rule"
    static let configuration = CommandConfiguration(
      commandName: name, abstract: "Checks one rule; started by adapter check.",
      shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { ConformanceWorker.run(arguments) }
  }
#endif
