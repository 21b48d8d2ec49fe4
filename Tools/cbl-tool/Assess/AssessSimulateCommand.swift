#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess simulate`
  struct AssessSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "simulate",
      abstract: "Tells how many tasks, raters and items a decision needs that can be defended.",
      discussion: """
          cbl-tool assess simulate design --learner 0.5 --learner-task 0.25 \\
            --rest 0.2 --mean 2.7 --cut 3 --accuracy 0.85
          cbl-tool assess simulate rule --need 4 --of 5 --cut 0.8
          cbl-tool assess simulate test --bank Docs/Examples/assess/bank.csv --seed 1
        """,
      subcommands: [DesignCommand.self, RuleCommand.self, TestCommand.self])

    /// `cbl-tool assess simulate design`
    struct DesignCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "design",
        abstract: "Finds how many tasks and raters are needed, from variances of a G study.",
        discussion: """
          Variances are in squared points of the scale. Without --seed the figures
          are exact for scores without levels; with --seed and --levels the found
          design is simulated with whole levels too.
            cbl-tool assess simulate design --learner 0.5 --learner-task 0.25 \\
              --rest 0.2 --mean 2.7 --cut 3 --accuracy 0.85

          Ends with 1 when no design is good enough.
          """)

      @Option(name: .long, help: "True differences of learners.")
      var learner: Double
      @Option(name: .long, help: "Learners who do better on some tasks.")
      var learnerTask: Double
      @Option(name: .long, help: "Everything else.")
      var rest: Double
      @Option(name: .long, help: "The difficulty of tasks.")
      var task = 0.0
      @Option(name: .long, help: "The severity of raters.")
      var rater = 0.0
      @Option(name: .long, help: "Raters who like the work of some learners more.")
      var learnerRater = 0.0
      @Option(name: .long, help: "Raters who are severe on some tasks.")
      var taskRater = 0.0
      @Option(name: .long, help: "The mean score.")
      var mean: Double
      @Option(name: .long, help: "The lowest score that is mastery.")
      var cut: Double
      @Option(name: .long, help: "The least share of right decisions.")
      var accuracy = 0.85
      @Option(name: .long, help: "The most tasks.")
      var tasks = 10
      @Option(name: .long, help: "The most raters.")
      var raters = 3
      @Option(name: .long, help: "What a task costs for each learner.")
      var taskCost = 1.0
      @Option(name: .long, help: "What a rating costs.")
      var ratingCost = 1.0
      @Option(name: .long, help: "The lowest and the highest level, as 1-4.")
      var levels: String?
      @Option(name: .long, help: "How many learners to simulate.")
      var learners = 10_000
      @Option(name: .long, help: "The seed of the simulation.")
      var seed: UInt64?
      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func validate() throws {
        guard (1...200).contains(tasks), (1...50).contains(raters) else {
          throw ValidationError("--tasks takes 1 to 200, --raters 1 to 50")
        }
        guard (levels == nil) == (seed == nil) else {
          throw ValidationError("--levels goes with --seed")
        }
        guard (1...10_000_000).contains(learners) else {
          throw ValidationError("--learners takes 1 to 10000000")
        }
      }

      func run() throws {
        let study = try AssessText.options { () throws(AssessmentError) in
          try DecisionStudy(
            variances: .init(
              learner: learner, task: task, rater: rater, learnerTask: learnerTask,
              learnerRater: learnerRater, taskRater: taskRater, rest: rest), mean: mean, cut: cut)
        }
        let results = study.results(
          mostTasks: tasks, mostRaters: raters, taskCost: taskCost, ratingCost: ratingCost)
        let best = results.filter { $0.decisions.accuracy >= accuracy }.min {
          $0.cost != $1.cost
            ? $0.cost < $1.cost : $0.decisions.accuracy > $1.decisions.accuracy
        }
        var lines = TextTable.lines(
          [["tasks", "raters", "error", "phi", "accuracy", "consistency", "cost"]]
            + results.map { result in
              [
                "\(result.design.tasks)", "\(result.design.raters)",
                Figures.text(result.standardError), Figures.text(result.dependability),
                Figures.percent(result.decisions.accuracy, places: 1),
                Figures.percent(result.decisions.consistency, places: 1),
                Figures.text(result.cost, places: 1),
              ]
            }, leftAligned: 0)
        lines.append(
          best.map {
            "Cheapest design with \(Figures.percent(accuracy, places: 1)) right decisions: "
              + "\($0.design.tasks) task\($0.design.tasks == 1 ? "" : "s"), "
              + "\($0.design.raters) rater\($0.design.raters == 1 ? "" : "s"). "
              + AssessText.line($0.decisions)
          } ?? "No design is right in \(Figures.percent(accuracy, places: 1)); allow more tasks.")
        let simulated = try simulate(study, best)
        if let simulated { lines.append("With whole levels: " + AssessText.line(simulated)) }
        try AssessText.print(
          lines,
          .object([
            ("best", best.map(Self.json) ?? .null),
            ("simulated", simulated.map { AssessText.json($0) } ?? .null),
            ("designs", .array(results.map(Self.json))),
          ]), json: json)
        if best == nil { throw ToolFailure.ended(1) }
      }

      private func simulate(
        _ study: DecisionStudy, _ best: DecisionStudy.Result?
      ) throws -> DecisionAccuracy? {
        guard let levels, let seed, let best else { return nil }
        let parts = levels.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, parts[0] < parts[1] else {
          throw ToolFailure.usage("--levels wants two whole numbers, such as 1-4")
        }
        return study.simulate(
          best.design, levels: parts[0]...parts[1], learners: learners, seed: seed)
      }

      private static func json(_ result: DecisionStudy.Result) -> JSONValue {
        .object([
          ("tasks", .number(result.design.tasks)), ("raters", .number(result.design.raters)),
          ("standardError", .decimal(result.standardError)),
          ("phi", .decimal(result.dependability)), ("cost", .decimal(result.cost)),
          ("decisions", AssessText.json(result.decisions)),
        ])
      }
    }

    /// `cbl-tool assess simulate rule`
    struct RuleCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "rule",
        abstract: "Tells how often a rule for mastery is right, exactly.",
        discussion: """
            cbl-tool assess simulate rule --need 4 --of 5 --cut 0.8
            cbl-tool assess simulate rule --streak 3 --tries 20 --cut 0.8
            cbl-tool assess simulate rule --need 3 --ever --tries 10 --cut 0.8
            cbl-tool assess simulate rule --need 4 --of 5 --cut 0.8 --targets 10
          """)

      @Option(name: .long, help: "How many have to be right.")
      var need: Int?
      @Option(name: .long, help: "Of how many; with --tries the last ones of them.")
      var of: Int?
      @Option(name: .long, help: "How many have to be right in a row.")
      var streak: Int?
      @Flag(name: .long, help: "Right ones count whenever they were.")
      var ever = false
      @Option(name: .long, help: "How many tries there are.")
      var tries: Int?
      @Option(name: .long, help: "The true share from which on a learner has mastered it.")
      var cut: Double
      @Option(name: .long, help: "The true share of somebody who clearly has not.")
      var notYet: Double?
      @Option(name: .long, help: "The mean of true shares among learners.")
      var mean: Double?
      @Option(name: .long, help: "The standard deviation of true shares among learners.")
      var deviation = 0.15
      @Option(name: .long, help: "How many such targets all have to be mastered.")
      var targets = 1
      @Flag(name: .long, help: "Print JSON.")
      var json = false

      private func rule() throws -> MasteryRule {
        if let streak {
          guard need == nil, of == nil, !ever, let tries else {
            throw ToolFailure.usage("--streak goes with --tries alone")
          }
          return .streak(length: streak, tries: tries)
        }
        guard let need else { throw ToolFailure.usage("give --need or --streak") }
        if ever {
          guard of == nil, let tries else { throw ToolFailure.usage("--ever goes with --tries") }
          return .ever(needed: need, tries: tries)
        }
        guard let of else { throw ToolFailure.usage("--need goes with --of, or --ever --tries") }
        return tries.map { .lastTries(needed: need, window: of, tries: $0) }
          ?? .share(needed: need, of: of)
      }

      func run() throws {
        guard cut > 0, cut < 1 else {
          throw ToolFailure.usage("--cut is a share between 0 and 1, such as 0.8")
        }
        let rule = try rule()
        let low = notYet ?? max(0.05, cut - 0.25)
        let shares = (1...19).map { Double($0) / 20 }
        let curve = try AssessText.options { () throws(AssessmentError) in
          var curve: [(Double, Double)] = []
          for share in shares { curve.append((share, try rule.passProbability(at: share))) }
          return curve
        }
        let (decisions, findings, master) = try AssessText.options {
          () throws(AssessmentError) in
          let population = try ShareDistribution(mean: mean ?? cut, deviation: deviation)
          return (
            try rule.accuracy(cut: cut, population: population),
            try rule.findings(cut: cut, notYet: low),
            try rule.passProbability(at: min(0.99, cut + 0.1))
          )
        }
        let joint = JointMastery(targetCount: targets)
        let notes = findings + (targets > 1 ? joint.findings(perTarget: master) : [])
        var lines = TextTable.lines(
          [["true share", "passes"]]
            + curve.map { [Figures.text($0.0), Figures.percent($0.1, places: 1)] },
          leftAligned: 0)
        lines.append(AssessText.line(decisions))
        if targets > 1 {
          lines.append(
            "All of \(targets) targets: \(Figures.percent(joint.neededPerTarget(for: 0.8), places: 1)) "
              + "for each are needed for 80 % in all.")
        }
        lines += AssessText.lines(notes)
        try AssessText.print(
          lines,
          .object([
            (
              "curve",
              .array(
                curve.map { .object([("share", .decimal($0.0)), ("passes", .decimal($0.1))]) })
            ), ("decisions", AssessText.json(decisions)),
            ("neededPerTarget", .decimal(joint.neededPerTarget(for: 0.8))),
            ("findings", AssessText.json(notes)),
          ]), json: json)
      }
    }
  }
#endif
