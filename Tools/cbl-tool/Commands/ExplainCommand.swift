#if CommandLine
  import ArgumentParser
  import Domain
  import Grading
  import Interop

  /// `cbl-tool explain`
  struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Tells why a learner's result is what it is, in plain sentences.",
      discussion: """
        Without --target and --gate everything about the learner is told.
          cbl-tool explain --policy Docs/Examples/math-5.policy.yaml \\
            --learner p1 --target fractions Docs/Examples/math-5.evidence.csv
          cbl-tool explain --policy Docs/Examples/math-5.policy.yaml \\
            --learner p1 --gate credit --language es Docs/Examples/math-5.evidence.csv
        """)

    @OptionGroup var grading: GradingOptions

    @Option(name: .long, help: "The identifier of the learner.")
    var learner: String

    @Option(name: .long, help: "The identifier of the target.")
    var target: String?

    @Option(name: .long, help: "The name of the gate.")
    var gate: String?

    @Option(name: .long, help: "The language: en or es.")
    var language = "en"

    @Flag(name: .long, help: "Print JSON: the sentences and the trace that they tell.")
    var json = false

    func validate() throws { try TraceCommand.check(language: language) }

    func run() throws {
      let session = try grading.load(isQuiet: json, isJSON: json)
      if let target { try session.check(target: target) }
      if let gate { try session.check(gate: gate) }
      let report = try session.report(named: learner)
      let trace = session.grader.trace(of: report)
      let sentences = try TraceSentences(TraceLanguage(rawValue: language) ?? .english)
      let lines = sentences.tell(
        trace, target: target.map { Identifier($0) }, gate: gate.map { Identifier($0) })
      Console.note(
        ReportText.problems(
          session.report, style: ReportStyle(showsValues: grading.input.showValues)))
      if json {
        let told = JSONValue.array(lines.map { .text($0) }).compact
        try Console.print("{\"sentences\":\(told),\n\"trace\":\(trace.canonicalText)}\n")
      } else {
        try Console.print(lines.map { $0 + "\n" }.joined())
      }
      if session.report.hasRejects { throw ToolFailure.ended(1) }
    }
  }
#endif
