#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  extension AssessSimulateCommand {
    /// `cbl-tool assess simulate test`
    struct TestCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Tells how good an adaptive test is, and how often it finds the level.",
        discussion: """
            cbl-tool assess simulate test --bank Docs/Examples/assess/bank.csv \\
              --most 5 --seed 1 --cuts=-0.5,0.5
          """)

      @OptionGroup var options: AssessBankOptions

      @Option(name: .long, help: "How many learners to simulate.")
      var learners = 1_000
      @Option(name: .long, help: "The mean of abilities.")
      var mean = 0.0
      @Option(name: .long, help: "The standard deviation of abilities.")
      var deviation = 1.0
      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        guard let seed = options.seed else { throw ToolFailure.usage("--seed is missing") }
        guard (1...10_000_000).contains(learners), deviation >= 0, deviation.isFinite else {
          throw ToolFailure.usage("--learners takes 1 to 10000000, --deviation 0 or more")
        }
        let bank = try options.readBank()
        var lines: [String] = []
        var values: [JSONValue] = []
        for domain in bank.domains {
          guard let part = bank.domain(domain) else { continue }
          let rules = try options.rules(for: part, of: bank)
          let test = try AssessText.options { () throws(AssessmentError) in
            try AdaptiveTest(bank: part, rules: rules)
          }
          let result = AdaptiveSimulation(
            of: test, learners: learners, mean: mean, deviation: deviation, seed: seed)
          let most = result.exposure.max() ?? 0
          lines.append(
            "\(domain.isEmpty ? "Test" : domain.escapingControls()): error "
              + "\(Figures.text(result.rootMeanSquareError, places: 3)), bias "
              + "\(Figures.text(result.bias, places: 3)), \(Figures.text(result.meanLength, places: 1))"
              + " items, 95 % intervals hold \(Figures.percent(result.coverage, places: 1)), the most "
              + "used item is seen by \(Figures.percent(most)).")
          values.append(Self.json(domain, part, result))
        }
        let placements = try placement(bank, seed)
        lines += placements.map { accuracy in
          "\(accuracy.domain.isEmpty ? "Levels" : accuracy.domain.escapingControls()): place within "
            + "half a level in \(Figures.percent(accuracy.withinHalf, places: 1)), level right in "
            + "\(Figures.percent(accuracy.exact, places: 1)), within one in "
            + "\(Figures.percent(accuracy.withinOne, places: 1)), too high in "
            + "\(Figures.percent(accuracy.tooHigh, places: 1))."
        }
        try AssessText.print(
          lines,
          .object([
            ("tests", .array(values)), ("placements", .array(placements.map(Self.json))),
          ]), json: json)
      }

      private func placement(_ bank: ItemBank, _ seed: UInt64) throws -> [PlacementAccuracy] {
        guard let scale = try options.scale() else { return [] }
        guard options.form == nil, options.exposure == nil || bank.domains.count == 1 else {
          throw ToolFailure.usage(
            "--form and --exposure of several domains: simulate one at a time")
        }
        let rules = try options.rules(for: bank, of: bank)
        let test = try AssessText.options { () throws(AssessmentError) in
          try PlacementTest(
            bank: bank, rules: rules, scale: scale, costOfTooHigh: options.costTooHigh)
        }
        return test.simulate(learners: learners, mean: mean, deviation: deviation, seed: seed)
      }

      private static func json(
        _ domain: String, _ bank: ItemBank, _ result: AdaptiveSimulation
      ) -> JSONValue {
        .object([
          ("domain", .text(domain)), ("learners", .number(result.learnerCount)),
          ("rootMeanSquareError", .decimal(result.rootMeanSquareError)),
          ("bias", .decimal(result.bias)), ("meanLength", .decimal(result.meanLength)),
          ("coverage", .decimal(result.coverage)), ("withinHalf", .decimal(result.withinHalf)),
          (
            "exposure",
            .object(zip(bank.entries, result.exposure).map { ($0.name, .decimal($1)) })
          ),
        ])
      }

      private static func json(_ accuracy: PlacementAccuracy) -> JSONValue {
        .object([
          ("domain", .text(accuracy.domain)), ("withinHalf", .decimal(accuracy.withinHalf)),
          ("exact", .decimal(accuracy.exact)), ("withinOne", .decimal(accuracy.withinOne)),
          ("tooHigh", .decimal(accuracy.tooHigh)), ("meanLength", .decimal(accuracy.meanLength)),
          ("reportedAccuracy", .decimal(accuracy.reportedAccuracy)),
        ])
      }
    }
  }
#endif
