#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess pretest groups`
  struct AssessPretestGroupsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "groups",
      abstract: "Tells who is exempt from which group of competencies, and what is missing.",
      discussion: """
        A learner is exempt from a group only when the pre-test shows it mastered
        and the teacher's discussion is passed. Tables:
          groups       group, target
          results      learner, target, mastered (1 or 0)
          discussions  learner, group, passed (1 or 0)

          cbl-tool assess pretest groups --groups Docs/Examples/assess/groups.csv \\
            --discussions Docs/Examples/assess/discussions.csv \\
            Docs/Examples/assess/pretest.csv
        """)

    @Argument(help: "The table of results.")
    var results: String

    @Option(name: .long, help: "The table of groups.")
    var groups: String

    @Option(name: .long, help: "The table of discussions.")
    var discussions: String?

    @Option(name: .long, help: "How many targets of a group are enough; without it all.")
    var need: Int?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let plan = try plan()
      let known = Set(plan.groups.flatMap(\.targets))
      var order: [LearnerID] = []
      var mastery: [LearnerID: [CompetencyID: Bool]] = [:]
      for row in try AssessTable(results, columns: ["learner", "target", "mastered"]).rows {
        let learner = LearnerID(try row.text("learner"))
        let target = CompetencyID(try row.text("target"))
        guard known.contains(target) else {
          throw row.failure("target", "'\(target)' is in no group of \(groups)")
        }
        if mastery[learner] == nil { order.append(learner) }
        mastery[learner, default: [:]][target] = try row.flag("mastered")
      }
      var talks: [LearnerID: [Identifier: Bool]] = [:]
      if let discussions {
        for row in try AssessTable(discussions, columns: ["learner", "group", "passed"]).rows {
          let learner = LearnerID(try row.text("learner"))
          let group = Identifier(try row.text("group"))
          guard plan.groups.contains(where: { $0.name == group }) else {
            throw row.failure("group", "'\(group)' is no group of \(groups)")
          }
          if mastery[learner] == nil {
            order.append(learner)
            mastery[learner] = [:]
          }
          talks[learner, default: [:]][group] = try row.flag("passed")
        }
      }
      var lines: [String] = []
      var values: [JSONValue] = []
      for learner in order {
        let found = try AssessText.reading(results) { () throws(AssessmentError) in
          try plan.results(mastery: mastery[learner] ?? [:], discussions: talks[learner] ?? [:])
        }
        lines += Self.lines(learner, found)
        values.append(Self.json(learner, found))
      }
      if order.isEmpty { lines.append("There are no results.") }
      try AssessText.print(lines, .object([("learners", .array(values))]), json: json)
    }

    private func plan() throws -> PretestPlan {
      var names: [Identifier] = []
      var targets: [Identifier: [CompetencyID]] = [:]
      for row in try AssessTable(groups, columns: ["group", "target"]).rows {
        let name = Identifier(try row.text("group"))
        if targets[name] == nil { names.append(name) }
        targets[name, default: []].append(CompetencyID(try row.text("target")))
      }
      return try AssessText.reading(groups) { () throws(AssessmentError) in
        try PretestPlan(
          groups: names.map { CompetencyGroup($0, targets: targets[$0] ?? []) },
          demand: need.map { .count($0) } ?? .all)
      }
    }

    private static func counts(
      _ results: [PretestPlan.GroupResult]
    ) -> [(PretestPlan.Standing, Int)] {
      PretestPlan.Standing.allCases.map { standing in
        (standing, results.count { $0.standing == standing })
      }
    }

    private static func lines(
      _ learner: LearnerID, _ results: [PretestPlan.GroupResult]
    ) -> [String] {
      let counts = counts(results).filter { $0.1 > 0 }.map { standing, count in
        "\(count) \(standing.rawValue.map { $0 == "_" ? " " : $0 }.reduce("") { $0 + String($1) })"
      }
      let rows = results.map { result in
        [
          result.group.name.text.escapingControls(),
          String(result.standing.rawValue.map { $0 == "_" ? " " : $0 }),
          "\(result.mastered.count)/\(result.group.targets.count)",
          result.next.escapingControls(),
        ]
      }
      return ["\(learner.description.escapingControls()): \(counts.joined(separator: ", "))"]
        + TextTable.lines([["group", "standing", "mastered", "next"]] + rows).map { "  " + $0 }
    }

    private static func json(
      _ learner: LearnerID, _ results: [PretestPlan.GroupResult]
    ) -> JSONValue {
      func names(_ targets: [CompetencyID]) -> JSONValue {
        .array(targets.map { .text($0.description) })
      }
      return .object([
        ("learner", .text(learner.description)),
        ("counts", .object(counts(results).map { ($0.0.rawValue, .number($0.1)) })),
        (
          "groups",
          .array(
            results.map { result in
              .object([
                ("group", .text(result.group.name.text)),
                ("standing", .text(result.standing.rawValue)),
                ("mastered", names(result.mastered)), ("missing", names(result.missing)),
                ("untested", names(result.untested)), ("next", .text(result.next)),
              ])
            })
        ),
      ])
    }
  }
#endif
