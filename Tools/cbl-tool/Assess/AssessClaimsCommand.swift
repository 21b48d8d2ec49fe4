#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess review claims`
  struct AssessClaimsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "claims",
      abstract: "Reads claims of prior learning with their reviews, and tells what is granted.",
      discussion: """
        The document has 'scale' and 'claims': objects with 'id', 'learner',
        'targets', 'source', 'artefacts', 'occurred' and 'reviews': objects with
        'target', 'finding' (granted, refused or more_needed), 'level' when granted,
        'reviewer', 'rationale' and perhaps 'verified'. The latest review stands.
          cbl-tool assess review claims Docs/Examples/assess/claims.json
        """)

    @Argument(help: "The document.")
    var document: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let source = try AssessDocument(document)
      let scale = try source.scale(source.need("scale"))
      let claims = try source.objects("claims").map { try Self.claim(source, $0, scale) }
      let rows = claims.flatMap { claim in
        claim.targets.map { target in
          let (word, level) = Self.standing(claim, target)
          let review = claim.review(of: target)
          return [
            "\(claim.id)".escapingControls(), claim.learner.description.escapingControls(),
            target.description.escapingControls(), word, level ?? "-",
            (review?.reviewer.description ?? "-").escapingControls(),
            (review?.rationale ?? "-").escapingControls(),
          ]
        }
      }
      let heading = ["claim", "learner", "target", "standing", "level", "reviewer", "rationale"]
      let values = claims.map { claim in Self.value(claim, scale) }
      try AssessText.print(
        TextTable.lines([heading] + rows), .object([("claims", .array(values))]), json: json)
    }

    private static func standing(
      _ claim: PriorLearningClaim, _ target: CompetencyID
    ) -> (word: String, level: String?) {
      switch claim.review(of: target)?.finding {
      case .granted(let level): ("granted", level.text)
      case .refused: ("refused", nil)
      case .moreNeeded: ("more_needed", nil)
      case nil: ("waiting", nil)
      }
    }

    private static func claim(
      _ source: AssessDocument, _ node: DocumentNode, _ scale: ProficiencyScale
    ) throws -> PriorLearningClaim {
      let id = try source.text(source.need("id", in: node))
      let learner = LearnerID(try source.text(source.need("learner", in: node)))
      let origin = try source.optional("source", in: node).map(source.text) ?? ""
      let targets = try source.texts("targets", in: node).map { CompetencyID($0) }
      let artefacts = try source.texts("artefacts", in: node)
      let occurred = PartialDate(try source.day(source.need("occurred", in: node)))
      var claim = try source.at(node) { () throws(AssessmentError) in
        try PriorLearningClaim(
          id: ID(id), learner: learner, targets: targets, source: origin,
          artefacts: artefacts.map { ID($0) }, occurred: occurred)
      }
      for (number, entry) in try source.objects("reviews", in: node).enumerated() {
        let review = try review(source, entry, number)
        try source.at(entry) { () throws(AssessmentError) in
          try claim.add(review, scale: scale)
        }
      }
      return claim
    }

    private static func review(
      _ source: AssessDocument, _ node: DocumentNode, _ number: Int
    ) throws -> PriorLearningClaim.Review {
      let word = try source.need("finding", in: node)
      let finding: PriorLearningClaim.Finding =
        switch try source.text(word) {
        case "granted": .granted(Identifier(try source.text(source.need("level", in: node))))
        case "refused": .refused
        case "more_needed": .moreNeeded
        default: throw source.failure(word, "granted, refused or more_needed is wanted")
        }
      guard let recorded = Instant(secondsSince1970: Int64(number)) else {
        throw source.failure(node, "there are too many reviews")
      }
      return PriorLearningClaim.Review(
        target: CompetencyID(try source.text(source.need("target", in: node))), finding: finding,
        reviewer: ID(try source.text(source.need("reviewer", in: node))),
        rationale: try source.optional("rationale", in: node).map(source.text) ?? "",
        isVerified: try source.flag("verified", in: node, or: false), recorded: recorded)
    }

    private static func value(_ claim: PriorLearningClaim, _ scale: ProficiencyScale) -> JSONValue {
      .object([
        ("claim", .text("\(claim.id)")), ("learner", .text("\(claim.learner)")),
        (
          "targets",
          .array(
            claim.targets.map { target in
              let (word, level) = standing(claim, target)
              return .object([
                ("target", .text("\(target)")), ("standing", .text(word)),
                ("level", .optional(level)),
                ("reviewer", .optional(claim.review(of: target)?.reviewer.description)),
              ])
            })
        ), ("waiting", .array(claim.waiting.map { .text("\($0)") })),
        (
          "evidence",
          .array(
            claim.evidence(scale: scale).map { piece in
              .object([
                ("id", .text("\(piece.id)")), ("target", .optional(piece.competency?.description)),
                ("trust", .text(piece.trust.rawValue)),
              ])
            })
        ),
      ])
    }
  }

  /// `cbl-tool assess review load`
  struct AssessLoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "load",
      abstract: "Tells how much assessment each learner has in each week.",
      discussion: """
        The table has learner, task, day and minutes; weeks begin on Mondays.
          cbl-tool assess review load Docs/Examples/assess/load.csv --minutes 240 \\
            --tasks-per-day 1

        Ends with 1 when a limit is exceeded.
        """)

    @Argument(help: "The table of assessments.")
    var assessments: String

    @Option(name: .long, help: "The most minutes in a week.")
    var minutes: Int?

    @Option(name: .long, help: "The most tasks in a week.")
    var tasks: Int?

    @Option(name: .long, help: "The most tasks on a day.")
    var tasksPerDay: Int?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let columns = ["learner", "task", "day", "minutes"]
      let entries = try AssessTable(assessments, columns: columns).rows.map { row in
        AssessmentLoad.Entry(
          learner: LearnerID(try row.text("learner")), task: Identifier(try row.text("task")),
          day: try row.day("day"), minutes: try row.whole("minutes"))
      }
      let load = try AssessText.reading(assessments) { () throws(AssessmentError) in
        try AssessmentLoad(
          entries, limits: .init(minutes: minutes, tasks: tasks, tasksPerDay: tasksPerDay))
      }
      let rows = load.weeks.map { week in
        [
          week.learner.description.escapingControls(), "\(week.monday)", "\(week.tasks.count)",
          "\(week.minutes)", "\(week.mostOnOneDay)", week.isOver ? "too much" : "",
        ]
      }
      let heading = ["learner", "week of", "tasks", "minutes", "most on a day", ""]
      let values = load.weeks.map { week in
        JSONValue.object([
          ("learner", .text("\(week.learner)")), ("monday", .text("\(week.monday)")),
          ("tasks", .array(week.tasks.map { .text($0.text) })), ("minutes", .number(week.minutes)),
          ("mostOnOneDay", .number(week.mostOnOneDay)), ("isOver", .boolean(week.isOver)),
        ])
      }
      try AssessText.print(
        TextTable.lines([heading] + rows, leftAligned: 2), .object([("weeks", .array(values))]),
        json: json)
      if load.weeks.contains(where: \.isOver) { throw ToolFailure.ended(1) }
    }
  }
#endif
