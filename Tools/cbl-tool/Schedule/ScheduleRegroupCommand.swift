#if CommandLine
  import ArgumentParser
  import Domain
  import Scheduling

  /// `cbl-tool schedule regroup`
  struct ScheduleRegroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "regroup",
      abstract: "Regroups a day: which learner goes where in each block.",
      discussion: """
        The document says the form: fixed (exact), coupled (with a bound) or open
        (sections are opened by need; no certificate). The same steps and seed give
        the same plan; --seconds ends a search early, with the best plan so far.
          cbl-tool schedule regroup Docs/Examples/one-day.grouping.json
          cbl-tool schedule regroup Docs/Examples/one-day.grouping.json -o plan.json
          cbl-tool schedule regroup Docs/Examples/one-day.grouping.json \\
            --published plan.json
        """)

    @Argument(help: "A document of the format cbl-grouping/1.")
    var file: String

    @Option(name: .long, help: "How many steps to search at most.")
    var steps: Int?

    @Option(name: .long, help: "After how many seconds to stop.")
    var seconds: Double?

    @Option(name: .long, help: "The gap in percent at which to stop, where there is a bound.")
    var gap: Double = 0

    @Option(name: .long, help: "The seed of the search.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "A plan that was published; only who has to move is moved.")
    var published: String?

    @Flag(name: .long, help: "Plan although learners have blocks with nowhere to go.")
    var partial = false

    @Option(name: [.customShort("o"), .long], help: "Write the plan as JSON.")
    var output: String?

    @Option(name: .long, help: "Write the day as a page to print: FILE.svg or FILE.html.")
    var week: String?

    @Flag(name: .long, help: "Replace output files.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      guard steps ?? 0 >= 0, seconds ?? 0 >= 0, (0...100).contains(gap) else {
        throw ValidationError("--steps and --seconds are 0 or more, --gap is 0 to 100")
      }
    }

    func run() throws {
      try WeekView.check(week)
      let problem = try GroupingFiles.problem(file)
      try checkActivities(problem)
      let old = try published.map { try GroupingFiles.plan($0, of: problem, strict: false) }
      let plan: GroupingPlan
      var moved: [Int]?
      if let old {
        let change = Replanning(old, in: problem)
        (plan, moved) = (change.plan, change.moved)
      } else {
        do throws(SchedulingError) { plan = try solve(problem) } catch {
          throw ToolFailure(65, error.description)
        }
      }
      let (faults, objective) = problem.check(plan.places)
      guard faults.isEmpty, objective == plan.objective else {
        throw ToolFailure(70, "the plan breaks a rule: \(faults.first?.description ?? "objective")")
      }
      try write(plan, problem)
      if json { return try Console.print(GroupingFiles.json(plan, of: problem).pretty + "\n") }
      try show(plan, problem, moved)
    }

    private func checkActivities(_ problem: GroupingProblem) throws {
      let nowhere = problem.learnersWithoutActivity()
      guard !nowhere.isEmpty, !partial else { return }
      for (learner, block) in nowhere.prefix(20) {
        Console.error(
          "learner \(problem.learners[learner].id) has no activity in block \(block + 1)")
      }
      throw ToolFailure(
        65,
        "\(nowhere.count) of \(problem.learners.count) learners have nowhere to go in some block; add "
          + "sections that they are ready for, or plan with --partial")
    }

    private func solve(_ problem: GroupingProblem) throws(SchedulingError) -> GroupingPlan {
      let clock = ContinuousClock()
      let start = clock.now
      let limit = seconds
      let isLive = Console.isTerminal
      let effort = GroupingEffort(
        mostSteps: steps ?? (problem.opensSections ? 4_000 : 200), seed: seed,
        gap: Int(gap * 10_000)
      ) { progress in
        if isLive, progress.steps % 16 == 0 {
          let bound = progress.bound.map { $0 == .max ? "" : ", bound \($0)" } ?? ", no bound"
          Console.note("\rstep \(progress.steps): \(progress.objective)\(bound)   ")
        }
        guard let limit else { return true }
        return start.duration(to: clock.now) < .seconds(limit)
      }
      defer { if isLive { Console.note("\r\u{1B}[K") } }
      if problem.opensSections { return OpenForm.solve(problem, effort: effort) }
      let isFixed =
        !problem.isOncePerDay && problem.sections.allSatisfy { $0.minimum == 0 && $0.openCost == 0 }
        && (problem.weights.missingLive == 0 || problem.learners.allSatisfy { $0.minimumLive <= 0 })
      guard isFixed else { return try CoupledForm.solve(problem, effort: effort) }
      var form = try FixedForm(problem)
      form.solve()
      return form.plan
    }

    private func write(_ plan: GroupingPlan, _ problem: GroupingProblem) throws {
      if let output {
        let target = try TextFile(output, force: force)
        try target.write(GroupingFiles.json(plan, of: problem).pretty + "\n")
        try target.commit()
      }
      if let week {
        try WeekView(plan, of: problem, title: Self.name(of: file)).write(to: week, force: force)
      }
    }

    /// A file's name without its folders, for titles.
    static func name(of path: String) -> String {
      String(path.split(separator: "/").last ?? "schedule")
    }

    private func show(_ plan: GroupingPlan, _ problem: GroupingProblem, _ moved: [Int]?) throws {
      var output = OutputText()
      try output.line("objective \(plan.objective), \(plan.certificate)")
      if let moved { try output.line("\(moved.count) of \(problem.learners.count) learners move") }
      var rows = [["block", "seated", "sections", "without a place"]]
      for (block, places) in plan.places.enumerated() {
        let seated = places.count { $0 != nil }
        rows.append([
          String(block + 1), String(seated), String(Set(places.compactMap { $0 }).count),
          String(places.count - seated),
        ])
      }
      for line in TextTable.lines(rows, leftAligned: 0) { try output.line(line) }
      try output.flush()
    }
  }

  /// `cbl-tool schedule check`
  struct ScheduleCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Checks a plan against its problem, or rules against each other.",
      discussion: """
        Any program's plan can be checked, and its objective is worked out. Ends with
        65 when it breaks a rule. With --wishes, rules that people want of a block
        are compared: a smallest set that cannot hold together is named, at most 5 of
        them, with the cheapest rules to give up; ends with 1 then.
          cbl-tool schedule check Docs/Examples/one-day.grouping.json plan.json
          cbl-tool schedule check Docs/Examples/one-day.grouping.json \\
            --wishes Docs/Examples/one-block.wishes.json
        """)

    @Argument(help: "A document of the format cbl-grouping/1.")
    var file: String

    @Argument(help: "A plan of the format cbl-grouping-plan/1.")
    var plan: String?

    @Option(name: .long, help: "Rules of the format cbl-wishes/1 to compare.")
    var wishes: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      guard (plan == nil) != (wishes == nil) else {
        throw ValidationError("give a plan to check, or rules with --wishes")
      }
    }

    func run() throws {
      let problem = try GroupingFiles.problem(file)
      if let wishes { return try compare(wishes, problem) }
      guard let plan else { return }
      let (faults, objective) = problem.check(
        try GroupingFiles.plan(plan, of: problem, strict: true))
      if json {
        try Console.print(
          JSONValue.object([
            ("valid", .boolean(faults.isEmpty)), ("objective", .number(objective)),
            ("problems", .array(faults.map { .text($0.description) })),
          ]).pretty + "\n")
      } else {
        var output = OutputText()
        for fault in faults { try output.line(fault.description) }
        try output.line(
          faults.isEmpty ? "valid, objective \(objective)" : "\(faults.count) broken rules")
        try output.flush()
      }
      if !faults.isEmpty { throw ToolFailure.ended(65) }
    }

    private func compare(_ path: String, _ problem: GroupingProblem) throws {
      let document = try WishDocument(path, of: problem)
      let lines = document.lines()
      let shown =
        lines.isEmpty ? ["all \(document.wishes.rules.count) rules can hold together"] : lines
      try Console.print(
        json
          ? JSONValue.object([
            ("valid", .boolean(lines.isEmpty)), ("lines", .array(shown.map { .text($0) })),
          ]).pretty + "\n" : shown.joined(separator: "\n") + "\n")
      if !lines.isEmpty { throw ToolFailure.ended(1) }
    }
  }

  /// `cbl-tool schedule explain`
  struct ScheduleExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Says why a learner is where the plan has the learner, and why not elsewhere.",
      discussion: """
        A day of the fixed form is planned again for the prices of its places.
          cbl-tool schedule explain Docs/Examples/one-day.grouping.json plan.json \\
            --learner ann --block 1
        """)

    @Argument(help: "A document of the format cbl-grouping/1.")
    var file: String

    @Argument(help: "A plan of the format cbl-grouping-plan/1.")
    var plan: String

    @Option(name: .long, help: "The learner.")
    var learner: String

    @Option(name: .long, help: "The block, from 1.")
    var block: Int

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let problem = try GroupingFiles.problem(file)
      let places = try GroupingFiles.plan(plan, of: problem, strict: true)
      let name = ID<Learner>(learner)
      guard let number = problem.learners.firstIndex(where: { $0.id == name }) else {
        throw ToolFailure(65, "\(file): there is no learner \"\(learner)\"")
      }
      var prices: [Int] = []
      if var form = try? FixedForm(problem) {
        form.solve()
        // Prices prove a plan only when it is as good as the best one.
        if form.plan.objective == problem.check(places).objective { prices = form.plan.prices }
      }
      let whole = GroupingPlan(
        places: places, objective: 0, bound: nil, prices: prices, seed: 0, stop: .steps)
      let reason: PlacementReason
      do throws(SchedulingError) {
        reason = try PlacementReason(of: number, in: block - 1, of: whole, for: problem)
      } catch { throw ToolFailure(65, error.description) }
      let sentences = reason.sentences(for: problem)
      try Console.print(
        json
          ? JSONValue.object([("reasons", .array(sentences.map { .text($0) }))]).pretty + "\n"
          : sentences.joined(separator: "\n") + "\n")
    }
  }
#endif
