#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess pretest exemption`
  struct AssessExemptionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "exemption",
      abstract: "Tells who is exempt by scores on instruments with cuts.",
      discussion: """
        The rule is 'texas', 'michigan' or a document with 'phases' (lists of
        instruments with 'name', 'cut' and perhaps 'cut_with_instruction'),
        'allows_prior_instruction', 'attempt_limit', 'windows', 'limit_per_window',
        'recommenders' and 'effect' (credit_with_grade, credit_as_pass, exempt). The
        table has learner, instrument, score, day and perhaps instruction (1 for a
        learner who was taught); that of --recommendations learner, role, recommends.
          cbl-tool assess pretest exemption --rule texas \\
            Docs/Examples/assess/exemption.csv
        """)

    @Argument(help: "The table of scores.")
    var scores: String

    @Option(name: .long, help: "texas, michigan or a document.")
    var rule: String

    @Option(name: .long, help: "The table of recommendations.")
    var recommendations: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let rule = try readRule()
      var order: [String] = []
      var given: [String: [ExemptionRule.Score]] = [:]
      var taught: Set<String> = []
      let columns = ["learner", "instrument", "score", "day"]
      for row in try AssessTable(scores, columns: columns).rows {
        let learner = try row.text("learner")
        guard let score = ExactDecimal(try row.text("score")) else {
          throw row.failure("score", "a number is wanted, such as 82.5")
        }
        let instrument = Identifier(try row.text("instrument"))
        guard rule.phases.contains(where: { $0.contains { $0.name == instrument } }) else {
          throw row.failure("instrument", "'\(instrument)' is no instrument of the rule")
        }
        if given[learner] == nil { order.append(learner) }
        given[learner, default: []].append(.init(instrument, score, on: try row.day("day")))
        if row.optional("instruction") != nil, try row.flag("instruction") {
          taught.insert(learner)
        }
      }
      let talks = try readRecommendations()
      let decisions = order.map { learner in
        (
          learner,
          rule.decide(
            scores: given[learner] ?? [], hadInstruction: taught.contains(learner),
            recommendations: talks[learner] ?? [:])
        )
      }
      let rows = decisions.map { learner, decision in
        [
          learner.escapingControls(), decision.standing.rawValue,
          "\(decision.passedPhases)/\(rule.phases.count)", decision.effect?.rawValue ?? "-",
          decision.reasons.joined(separator: " ").escapingControls(),
        ]
      }
      let values = decisions.map { learner, decision in
        JSONValue.object([
          ("learner", .text(learner)), ("standing", .text(decision.standing.rawValue)),
          ("passedPhases", .number(decision.passedPhases)),
          ("effect", .optional(decision.effect?.rawValue)),
          ("reasons", .array(decision.reasons.map { .text($0) })),
        ])
      }
      try AssessText.print(
        TextTable.lines([["learner", "standing", "phases", "effect", "why"]] + rows),
        .object([("learners", .array(values))]), json: json)
    }

    private func readRecommendations() throws -> [String: [Identifier: Bool]] {
      var talks: [String: [Identifier: Bool]] = [:]
      guard let recommendations else { return talks }
      for row in try AssessTable(recommendations, columns: ["learner", "role", "recommends"]).rows {
        talks[try row.text("learner"), default: [:]][Identifier(try row.text("role"))] =
          try row.flag("recommends")
      }
      return talks
    }

    private func readRule() throws -> ExemptionRule {
      switch rule {
      case "texas": return try ExemptionRule.texas()
      case "michigan": return try ExemptionRule.michigan()
      default: break
      }
      let source = try AssessDocument(rule)
      let phases = try source.objects("phases").map { phase in
        try source.list(phase).map { node in
          ExemptionRule.Instrument(
            Identifier(try source.text(source.need("name", in: node))),
            cut: try source.decimal(source.need("cut", in: node)),
            cutWithInstruction: try source.optional("cut_with_instruction", in: node)
              .map(source.decimal))
        }
      }
      let word = try source.optional("effect").map(source.text) ?? "exempt"
      guard let effect = ExemptionRule.Effect(rawValue: word) else {
        throw source.failure(
          source.root, "effect '\(word)': credit_with_grade, credit_as_pass or exempt is wanted")
      }
      let root = source.root
      let allows = try source.flag("allows_prior_instruction", in: root, or: true)
      let (limit, perWindow) = (
        try source.whole("attempt_limit", in: root), try source.whole("limit_per_window", in: root)
      )
      let windows = try source.windows("windows", in: root)
      let recommenders = try source.texts("recommenders", in: root).map { Identifier($0) }
      return try source.at(root) { () throws(AssessmentError) in
        try ExemptionRule(
          phases: phases, allowsPriorInstruction: allows, attemptLimit: limit, windows: windows,
          limitPerWindow: perWindow, recommenders: recommenders, effect: effect)
      }
    }
  }
#endif
