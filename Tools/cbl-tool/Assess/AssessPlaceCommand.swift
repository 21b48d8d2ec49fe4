#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess place`
  struct AssessPlaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "place",
      abstract: "Finds where a learner starts, and how sure that is.",
      discussion: """
        adaptive   by an adaptive test on a calibrated bank
        knowledge  on a graph of prerequisites
        levels     among levels, by shares of right answers at each level
        decide     mastered or not yet, with as few items as possible

        A placement is provisional: the first task confirms it.
        """,
      subcommands: [
        AdaptiveCommand.self, KnowledgeCommand.self, LevelsCommand.self, DecideCommand.self,
      ])

    /// `cbl-tool assess place adaptive`
    struct AdaptiveCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "adaptive",
        abstract: "Places by answers to a calibrated bank, and names the next item.",
        discussion: """
          The table of answers has the columns item and right, in the order in
          which they were given, and perhaps learner. With --responses the rules
          choose each item and the answers are taken in order. A document has
          'bank' (rows a, b, c, d), 'responses' and perhaps 'start_theta'.
            cbl-tool assess place adaptive --bank Docs/Examples/assess/bank.csv \\
              --answers Docs/Examples/assess/answers.csv --cuts=-0.5,0.5

          Abilities are searched from -4 to 4 with a standard normal prior.
          """)

      @Argument(help: "A document instead of --bank.")
      var document: String?

      @OptionGroup var options: AssessBankOptions

      @Option(name: .long, help: "The table of answers.")
      var answers: String?

      @Option(name: .long, help: "Answers to the items that the rules choose, as 1,0,1.")
      var responses: String?

      @Option(name: .long, help: "Draw the placements with intervals into this SVG file.")
      var svg: String?

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      /// The answers of one learner.
      private enum Answers {
        case inOrder([Bool])
        case toItems([(item: Int, isRight: Bool)])
      }

      func run() throws {
        var (bank, given, start): (ItemBank, [(String, Answers)], Double?) = try read()
        let domains = bank.domains
        if domains.count > 1, case .inOrder? = given.first?.1 {
          throw ToolFailure.usage("--responses goes with a bank of one domain; use --answers")
        }
        if given.isEmpty { given = [("", .inOrder([]))] }
        let scale = try options.scale()
        var lines: [String] = []
        var values: [JSONValue] = []
        var places: [(name: String, ability: Double, error: Double)] = []
        for (learner, answers) in given {
          for domain in domains {
            guard let part = bank.domain(domain) else { continue }
            var rules = try options.rules(for: part, of: bank)
            if let start { rules.start = start }
            let test = try AssessText.options { () throws(AssessmentError) in
              try AdaptiveTest(bank: part, rules: rules)
            }
            var session = test.session(generator: SeededGenerator(seed: options.seed ?? 0))
            Self.answer(&session, answers, bank, part)
            let placement = scale.map {
              DomainPlacement(
                domain: domain, session: session, scale: $0,
                costOfTooHigh: options.costTooHigh)
            }
            let name = [learner, domain].filter { !$0.isEmpty }.joined(separator: " ")
            places.append((name, session.estimate.ability, session.estimate.standardError))
            let next = session.nextItem()
            lines += AssessPlaceText.lines(learner, domain, session, placement, next: next)
            values.append(AssessPlaceText.json(learner, domain, session, placement, next: next))
          }
        }
        if let svg {
          let cuts = try options.cuts.map { try AssessText.numbers($0, option: "--cuts") } ?? []
          try AssessPlots.places(places, cuts: cuts).write(to: svg)
        }
        try AssessText.print(lines, .object([("placements", .array(values))]), json: json)
      }

      private static func answer(
        _ session: inout AdaptiveSession, _ answers: Answers, _ bank: ItemBank, _ part: ItemBank
      ) {
        switch answers {
        case .inOrder(let list):
          for isRight in list {
            guard let item = session.nextItem() else { return }
            session.record(item, isRight: isRight)
          }
        case .toItems(let list):
          for (item, isRight) in list {
            let name = bank.entries[item].name
            guard let place = part.entries.firstIndex(where: { $0.name == name }) else { continue }
            session.record(place, isRight: isRight)
          }
        }
      }

      private func read() throws -> (ItemBank, [(String, Answers)], Double?) {
        guard let document else {
          let bank = try options.readBank()
          return (bank, try readAnswers(bank), nil)
        }
        guard options.bank == nil else { throw ToolFailure.usage("give a document or --bank") }
        let source = try AssessDocument(document)
        let items = try source.items(source.need("bank"))
        let bank = try source.at(source.root) { () throws(AssessmentError) in
          try ItemBank(items.enumerated().map { ItemBank.Entry("\($0 + 1)", $1) })
        }
        let start = try source.optional("start_theta").map(source.number)
        guard let list = source.optional("responses"), responses == nil, answers == nil else {
          return (bank, try readAnswers(bank), start)
        }
        return (bank, [("", .inOrder(try source.answers(list)))], start)
      }

      private func readAnswers(_ bank: ItemBank) throws -> [(String, Answers)] {
        if let responses {
          let list = try AssessText.numbers(responses, option: "--responses")
          guard list.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw ToolFailure.usage("--responses takes 1 and 0")
          }
          return [("", .inOrder(list.map { $0 == 1 }))]
        }
        guard let answers else { return [] }
        let places = Dictionary(
          uniqueKeysWithValues: bank.entries.enumerated().map { ($1.name, $0) })
        var order: [String] = []
        var lists: [String: [(item: Int, isRight: Bool)]] = [:]
        for row in try AssessTable(answers, columns: ["item", "right"]).rows {
          let learner = row.optional("learner") ?? ""
          let name = try row.text("item")
          guard let item = places[name] else {
            throw row.failure("item", "'\(name)' is not in the bank")
          }
          if lists[learner] == nil { order.append(learner) }
          guard !(lists[learner]?.contains { $0.item == item } ?? false) else {
            throw row.failure("item", "'\(name)' was answered already by this learner")
          }
          lists[learner, default: []].append((item, try row.flag("right")))
        }
        return order.map { ($0, .toItems(lists[$0] ?? [])) }
      }
    }

    /// `cbl-tool assess place levels`
    struct LevelsCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "levels",
        abstract: "Classifies among levels by Bayes' rule (measurement decision theory).",
        discussion: """
          The document has 'prior', 'answers' (1 and 0, in the order of the
          items), and either 'p_correct_by_item_and_level' or, on a learning
          progression, 'steps' with 'careless' and 'lucky'. Without answers to
          all items the next one is named.
            cbl-tool assess place levels Docs/Examples/assess/levels.json
          """)

      @Argument(help: "The document.")
      var document: String

      @Option(name: .long, help: "How many times worse a level too high is than one too low.")
      var costTooHigh = 1.0

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        let source = try AssessDocument(document)
        let prior = try source.numbers(source.need("prior"))
        var decision = try decision(source, prior)
        let answers = try source.answers(source.need("answers"))
        guard answers.count <= decision.items.count else {
          throw source.failure(
            source.root, "there are \(answers.count) answers to \(decision.items.count) items")
        }
        guard costTooHigh > 0, costTooHigh.isFinite else {
          throw ToolFailure.usage("--cost-too-high is above 0")
        }
        var rows = [["item", "answer"] + prior.indices.map { "level \($0)" }]
        var steps: [JSONValue] = []
        for (item, isRight) in answers.enumerated() {
          decision.record(item, isRight: isRight)
          rows.append(
            ["\(item + 1)", isRight ? "1" : "0"]
              + decision.probabilities.map { Figures.text($0, places: 3) })
          steps.append(AssessText.json(decision.probabilities))
        }
        let start = decision.level(costOfTooHigh: costTooHigh)
        let next = decision.mostInformativeItem(excluding: Set(answers.indices))
        var lines = TextTable.lines(rows, leftAligned: 1)
        lines.append(
          "Start at level \(start), right with a probability of "
            + "\(Figures.percent(decision.probabilities[start], places: 1)); provisional, confirm "
            + "with the first task.")
        if let next { lines.append("The item that tells most next is \(next + 1).") }
        try AssessText.print(
          lines,
          .object([
            ("posteriors", .array(steps)), ("level", .number(decision.mostProbable)),
            ("accuracy", .decimal(decision.accuracy)), ("start", .number(start)),
            ("startAccuracy", .decimal(decision.probabilities[start])),
            ("next", next.map { .number($0 + 1) } ?? .null), ("provisional", .boolean(true)),
          ]), json: json)
      }

      private func decision(
        _ source: AssessDocument, _ prior: [Double]
      ) throws -> LevelDecision {
        if let table = source.optional("p_correct_by_item_and_level") {
          let items = try source.rows(table)
          return try source.at(table) { () throws(AssessmentError) in
            try LevelDecision(prior: prior, items: items)
          }
        }
        let node = try source.need("steps")
        let steps = try source.list(node).map(source.whole)
        let errors = ProblemErrors(
          careless: try source.number("careless", or: 0.1),
          lucky: try source.number("lucky", or: 0.2))
        return try source.at(node) { () throws(AssessmentError) in
          try LevelDecision(progression: prior, steps: steps, errors: [errors])
        }
      }
    }

    /// `cbl-tool assess place decide`
    struct DecideCommand: ParsableCommand {
      static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Decides mastery by a sequential probability ratio test (Wald).",
        discussion: """
          The document has 'answers', and either 'items_abc', 'cut' and 'delta'
          for calibrated items, or 'not_yet' and 'mastery', two shares of right
          answers, for items without calibration. 'alpha' and 'beta' are the
          error rates, 0.05 when they are left out.
            cbl-tool assess place decide Docs/Examples/assess/decide.json

          The first decision stands; answers after it do not count.
          """)

      @Argument(help: "The document.")
      var document: String

      @Flag(name: .long, help: "Print JSON.")
      var json = false

      func run() throws {
        let source = try AssessDocument(document)
        let answers = try source.answers(source.need("answers"))
        let items = try source.optional("items_abc").map(source.items)
        var test = try test(source, isCalibrated: items != nil)
        if let items, items.count < answers.count {
          throw source.failure(
            source.root, "there are \(answers.count) answers to \(items.count) items")
        }
        var rows = [["answer", "right", "log ratio", "decision"]]
        var steps: [JSONValue] = []
        var decision: (SequentialTest.Decision, Int)?
        for (number, isRight) in answers.enumerated() {
          try source.at(source.root) { () throws(AssessmentError) in
            try test.record(isRight: isRight, item: items?[number])
          }
          rows.append([
            "\(number + 1)", isRight ? "1" : "0", Figures.text(test.logRatio, places: 4),
            test.decision.rawValue,
          ])
          steps.append(
            .object([
              ("logRatio", .decimal(test.logRatio)), ("decision", .text(test.decision.rawValue)),
            ]))
          if test.decision != .goOn {
            decision = (test.decision, number + 1)
            break
          }
        }
        var lines = TextTable.lines(rows, leftAligned: 0)
        lines.append(
          "Mastery from \(Figures.text(test.upper, places: 4)) on, not yet up to "
            + "\(Figures.text(test.lower, places: 4)).")
        lines.append(
          decision.map {
            "Decided after \($0.1) of \(answers.count) answers: \($0.0.rawValue); the others do not "
              + "count."
          }
            ?? "Not decided yet; if no more can be asked, \(test.forcedDecision.rawValue) is nearer, "
            + "with greater error rates than were asked for.")
        try AssessText.print(
          lines,
          .object([
            ("upper", .decimal(test.upper)), ("lower", .decimal(test.lower)),
            ("trace", .array(steps)),
            ("decision", .text((decision?.0 ?? .goOn).rawValue)),
            ("decidedAfter", decision.map { .number($0.1) } ?? .null),
            ("forced", .text(test.forcedDecision.rawValue)),
            ("accuracyAtLeast", .decimal(1 - max(test.falsePassRate, test.falseFailRate))),
          ]), json: json)
      }

      private func test(_ source: AssessDocument, isCalibrated: Bool) throws -> SequentialTest {
        let alpha = try source.number("alpha", or: 0.05)
        let beta = try source.number("beta", or: 0.05)
        if isCalibrated {
          let cut = try source.number(source.need("cut"))
          let delta = try source.number(source.need("delta"))
          return try source.at(source.root) { () throws(AssessmentError) in
            try SequentialTest(cut: cut, delta: delta, falsePassRate: alpha, falseFailRate: beta)
          }
        }
        let notYet = try source.number(source.need("not_yet"))
        let mastery = try source.number(source.need("mastery"))
        return try source.at(source.root) { () throws(AssessmentError) in
          try SequentialTest(
            notYet: notYet, mastery: mastery, falsePassRate: alpha, falseFailRate: beta)
        }
      }
    }
  }
#endif
