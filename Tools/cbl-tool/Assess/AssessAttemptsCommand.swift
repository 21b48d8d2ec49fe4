#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess review attempts`
  struct AssessAttemptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "attempts",
      abstract: "Tells who may book an assessment, and why not.",
      discussion: """
        The document has
          scale     levels from low to high and masteredFrom
          rules     readiness (count, level), limit, limit_per_window, spacing_days,
                    windows (name, from, to), needs_other_form, retake_steps
          attempts  learner, day, form, valid
          evidence  formative evidence: learner, target, level
          requests  learner, day, targets, form, done_steps
          cbl-tool assess review attempts Docs/Examples/assess/attempts.json

        A first attempt wants formative evidence at the level of readiness for each
        target. Every reason of a refusal is told, with the first possible day.
        """)

    @Argument(help: "The document.")
    var document: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let source = try AssessDocument(document)
      let scale = try source.scale(source.need("scale"))
      let rules = try Self.rules(source, source.need("rules"))
      let attempts = try Self.attempts(source)
      let evidence = try Self.evidence(source, scale)
      var rows = [["learner", "day", "booked", "attempt", "window", "earliest", "why not"]]
      var values: [JSONValue] = []
      for node in try source.objects("requests") {
        let learner = try source.text(source.need("learner", in: node))
        let request = AttemptRules.Request(
          day: try source.day(source.need("day", in: node)),
          targets: try source.texts("targets", in: node).map { CompetencyID($0) },
          form: try source.optional("form", in: node).map(source.text),
          doneSteps: Set(try source.texts("done_steps", in: node)))
        let booking = rules.book(
          request, after: attempts[learner] ?? [],
          evidence: evidence.filter { $0.learner == LearnerID(learner) }, scale: scale)
        rows.append([
          learner.escapingControls(), "\(request.day)", booking.isGranted ? "yes" : "no",
          "\(booking.attempt)", (booking.window ?? "-").escapingControls(),
          booking.earliest.map { "\($0)" } ?? "-",
          booking.refusals.map(\.description).joined(separator: " ").escapingControls(),
        ])
        values.append(
          .object([
            ("learner", .text(learner)), ("day", .text("\(request.day)")),
            ("granted", .boolean(booking.isGranted)), ("attempt", .number(booking.attempt)),
            ("window", .optional(booking.window)),
            ("earliest", .optional(booking.earliest.map { "\($0)" })),
            (
              "refusals",
              .array(
                booking.refusals.map {
                  .object([("kind", .text($0.kind.rawValue)), ("reason", .text($0.description))])
                })
            ),
          ]))
      }
      try AssessText.print(
        TextTable.lines(rows), .object([("bookings", .array(values))]), json: json)
    }

    /// Rules of attempts.
    static func rules(_ source: AssessDocument, _ node: DocumentNode) throws -> AttemptRules {
      var rules = AttemptRules()
      if let ready = source.optional("readiness", in: node) {
        rules.readiness = .init(
          count: try source.whole("count", in: ready) ?? 1,
          level: Identifier(try source.text(source.need("level", in: ready))))
      }
      rules.limit = try source.whole("limit", in: node)
      rules.limitPerWindow = try source.whole("limit_per_window", in: node)
      rules.spacingDays = try source.whole("spacing_days", in: node) ?? 0
      rules.windows = try source.windows("windows", in: node)
      rules.needsOtherForm = try source.flag("needs_other_form", in: node, or: false)
      rules.retakeSteps = try source.texts("retake_steps", in: node)
      return rules
    }

    private static func attempts(
      _ source: AssessDocument
    ) throws -> [String: [AttemptRules.Attempt]] {
      var attempts: [String: [AttemptRules.Attempt]] = [:]
      for node in try source.objects("attempts") {
        attempts[try source.text(source.need("learner", in: node)), default: []].append(
          .init(
            day: try source.day(source.need("day", in: node)),
            form: try source.optional("form", in: node).map(source.text),
            isValid: try source.flag("valid", in: node, or: true)))
      }
      return attempts
    }

    private static func evidence(
      _ source: AssessDocument, _ scale: ProficiencyScale
    ) throws -> [Evidence] {
      guard let recorded = Instant(secondsSince1970: 0), let day = CalendarDate("1970-01-01") else {
        return []
      }
      return try source.objects("evidence").enumerated().map { number, node in
        let level = Identifier(try source.text(source.need("level", in: node)))
        guard scale.rank(of: level) != nil else {
          throw source.failure(node, "'\(level)' is no level of the scale")
        }
        return Evidence(
          id: ID("\(number)"),
          learner: LearnerID(try source.text(source.need("learner", in: node))),
          competency: CompetencyID(try source.text(source.need("target", in: node))),
          state: .assessed(.level(level, scale: scale.id)), kind: .quiz, purpose: .formative,
          times: EvidenceTimes(occurred: PartialDate(day), recorded: recorded))
      }
    }
  }

  /// `cbl-tool assess review retakes`
  struct AssessRetakesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retakes",
      abstract: "Tells what stands after further attempts, and what a rule of retakes does.",
      discussion: """
        The table has learner, target and score, rows in order of attempts.
          cbl-tool assess review retakes Docs/Examples/assess/retakes.csv \\
            --effect higher --limit 3 --mastery 3
        """)

    @Argument(help: "The table of results.")
    var results: String

    @Option(name: .long, help: "policy, replace, higher or average.")
    var effect = "policy"

    @Option(name: .long, help: "The highest score that a retake can give.")
    var cap: Int?

    @Option(name: .long, help: "The most attempts.")
    var limit: Int?

    @Option(name: .long, help: "The lowest score that is mastery.")
    var mastery: Int

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      guard let effect = RetakeRule.Effect(rawValue: effect) else {
        throw ToolFailure.usage("--effect takes policy, replace, higher or average")
      }
      var rules = AttemptRules()
      rules.limit = limit
      let rule = RetakeRule(effect: effect, capRank: cap, attempts: rules)
      var order: [[String]] = []
      var scores: [[String]: [Rational]] = [:]
      let table = try AssessTable(results, columns: ["learner", "target", "score"])
      for row in table.rows {
        let key = [try row.text("learner"), try row.text("target")]
        guard let score = ExactDecimal(try row.text("score")) else {
          throw row.failure("score", "a number is wanted, such as 2.5")
        }
        if scores[key] == nil { order.append(key) }
        scores[key, default: []].append(Rational(score))
        if let limit, scores[key]?.count ?? 0 > limit {
          throw row.failure("score", "this is attempt \(limit + 1) of \(limit)")
        }
      }
      let found = order.map { key in (key, rule.standing(scores[key] ?? [])) }
      let rows = found.map { key, standing in
        [
          key[0].escapingControls(), key[1].escapingControls(), "\(scores[key]?.count ?? 0)",
          standing.map { "\($0)" } ?? "by policy",
          standing.map { $0 >= Rational(ExactDecimal(mastery)) ? "yes" : "not yet" } ?? "-",
        ]
      }
      let findings = rule.findings(masteryRank: mastery)
      let lines =
        TextTable.lines([["learner", "target", "attempts", "stands", "mastery"]] + rows)
        + AssessText.lines(findings)
      let value = JSONValue.object([
        (
          "results",
          .array(
            found.map { key, standing in
              .object([
                ("learner", .text(key[0])), ("target", .text(key[1])),
                ("attempts", .number(scores[key]?.count ?? 0)),
                ("stands", .optional(standing.map { "\($0)" })),
                (
                  "mastery",
                  standing.map { .boolean($0 >= Rational(ExactDecimal(mastery))) } ?? .null
                ),
              ])
            })
        ), ("findings", AssessText.json(findings)),
      ])
      try AssessText.print(lines, value, json: json)
    }
  }
#endif
