#if CommandLine
  import ArgumentParser
  import Domain
  import Grading

  /// `cbl-tool need`
  struct NeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "need",
      abstract: "Tells the least next evidence that opens a gate or reaches a level.",
      discussion: """
        Ends with 1 when no next evidence does it.
          cbl-tool need --policy Docs/Examples/math-5.policy.yaml \\
            --learner p2 --gate credit Docs/Examples/math-5.evidence.csv
          cbl-tool need --policy Docs/Examples/math-5.policy.yaml \\
            --learner p2 --target fractions --json Docs/Examples/math-5.evidence.csv
        """)

    @OptionGroup var grading: GradingOptions

    @Option(name: .long, help: "The identifier of the learner.")
    var learner: String

    @Option(name: .long, help: "The gate that is to open.")
    var gate: String?

    @Option(name: .long, help: "The group, for a gate that is answered per group.")
    var group: String?

    @Option(name: .long, help: "The target, instead of a gate.")
    var target: String?

    @Option(name: .long, help: "The level that the target is to reach; without it the cut.")
    var level: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      guard (gate == nil) != (target == nil) else {
        throw ValidationError("name either --gate or --target")
      }
      if group != nil, gate == nil { throw ValidationError("--group goes with --gate") }
      if level != nil, target == nil { throw ValidationError("--level goes with --target") }
    }

    func run() throws {
      let session = try grading.load(isQuiet: json, isJSON: json)
      let report = try session.report(named: learner)
      let needs: [Need]
      do throws(GradingError) {
        needs = try self.needs(session, report)
      } catch {
        if json { try Console.print(NeedText.json(error, learner: learner).pretty + "\n") }
        throw ToolFailure(error.code == .noAnswer ? 1 : 65, error.message)
      }
      try Console.print(
        json
          ? NeedText.json(needs, learner: learner, session.grader.policy).pretty + "\n"
          : NeedText.text(needs, session.grader.policy))
    }

    private func needs(
      _ session: GradingSession, _ report: LearnerReport
    ) throws(GradingError) -> [Need] {
      if let gate {
        return try session.grader.need(
          toOpen: Identifier(gate), group: group.map { Identifier($0) }, in: report)
      }
      let need = try session.grader.need(
        for: ID(target ?? ""), at: level.map { Identifier($0) }, in: report)
      return need.map { [$0] } ?? []
    }
  }
#endif
