#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess fit`
  struct AssessFitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fit",
      abstract: "Calibrates items, raters or skills on answers.",
      discussion: """
        rasch, 2pl, 3pl, graded, pcm, gpcm: answers as for 'assess items', by
          marginal maximum likelihood; cml: Rasch by conditional likelihood.
        facets: the columns person, score and those of --facets.
        bkt, pfa: the columns learner, skill, correct, rows in order of time; or a
          column pattern with answers of one skill, such as 00111. For bkt --per
          learner gives each learner a prior, --per item each item guess and slip.
        elo: the columns learner, item, correct, rows in order of time.
        dina: answers of 0 and 1, with --needs: a table of item and skills as 0 and 1.
        link: a bank that is brought to the scale of --link by the items they share.
          cbl-tool assess fit --model 2pl Docs/Examples/assess/lsat-6.csv --item-fit
          cbl-tool assess fit --model facets Docs/Examples/assess/facets.csv
          cbl-tool assess fit --model bkt Docs/Examples/assess/practice.csv --per item
          cbl-tool assess fit --model link Docs/Examples/assess/bank.csv \\
            --link Docs/Examples/assess/bank-2026.csv
        Every fit is computed by one thread; the same input gives the same bits.
        """)

    @Argument(help: "The table of answers or ratings.")
    var answers: String

    @Option(
      name: .long,
      help: "rasch, 2pl, 3pl, graded, pcm, gpcm, cml, facets, bkt, pfa, elo, dina or link.")
    var model: String

    @Option(name: .long, help: "How many equally spaced abilities to integrate over.")
    var nodes: Int?

    @Option(name: .long, help: "The largest of them.")
    var limit: Double?

    @Option(name: .long, help: "The most steps.")
    var steps = 5_000

    @Option(name: .long, help: "The change of a parameter at which it stops.")
    var tolerance: Double?

    @Option(name: .long, help: "Standard errors: observed, cross_product or none.")
    var errors = "observed"

    @Option(name: .long, help: "The columns of the facets with commas, items first.")
    var facets = "criterion,rater"

    @Option(name: .long, help: "The table of items and the skills that they need.")
    var needs: String?

    @Flag(name: .long, help: "How well items of two categories fit their curves (S-X2).")
    var itemFit = false

    @Option(name: .long, help: "A bank whose scale the items are brought to (Stocking and Lord).")
    var link: String?

    @Option(name: .long, help: "bkt: what has parameters of its own: learner, item, or both.")
    var per: String?

    @Option(name: .long, help: "bkt: prior,learn,guess,slip to begin with.")
    var start: String?

    @Option(name: .long, help: "bkt: tell the parameters after so many plain steps.")
    var trace = 0

    @Option(name: .long, help: "Draw curves, information and persons into this SVG file.")
    var svg: String?

    @Flag(name: .long, help: "bkt: learners may forget.")
    var forgetting = false

    @Option(name: .long, help: "bkt: the highest guess and slip.")
    var bound = 1.0

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if Calibration.ErrorMethod(rawValue: errors) == nil {
        throw ValidationError("--errors takes observed, cross_product or none, not '\(errors)'")
      }
      if let nodes, !(3...1_000).contains(nodes) {
        throw ValidationError("--nodes takes 3 to 1000")
      }
      if let limit, !(limit > 0 && limit <= 100) {
        throw ValidationError("--limit is above 0, at most 100")
      }
      if !(bound > 0 && bound <= 1) { throw ValidationError("--bound is above 0, at most 1") }
      if !(0...10_000).contains(trace) { throw ValidationError("--trace takes 0 to 10000") }
      for word in (per ?? "").split(separator: ",") where word != "learner" && word != "item" {
        throw ValidationError("--per takes learner, item or learner,item, not '\(word)'")
      }
      if steps < 1 { throw ValidationError("--steps is at least 1") }
    }

    func run() throws {
      switch model {
      case "cml": try fitConditional()
      case "facets": try fitFacets()
      case "bkt": try fitKnowledge()
      case "pfa": try fitFactors()
      case "dina": try fitSkills()
      case "elo": try fitRatings()
      case "link": try linkBanks()
      default:
        guard let named = ResponseModel(rawValue: model) else {
          throw ToolFailure.usage(
            "--model takes rasch, 2pl, 3pl, graded, pcm, gpcm, cml, facets, bkt, pfa, elo, dina or "
              + "link, not '\(model)'")
        }
        try fitItems(named)
      }
    }

    private func fitItems(_ named: ResponseModel) throws {
      let table = try AssessAnswers.responses(answers)
      let options = Calibration.Options(
        grid: .normal(count: nodes ?? 61, limit: limit ?? 6), mostSteps: steps,
        tolerance: tolerance ?? 1e-6,
        errors: Calibration.ErrorMethod(rawValue: errors) ?? .observed)
      let bar = ProgressBar(isQuiet: json)
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try Calibration(table, model: named, options: options) { steps, _ in
          bar?.show(steps, "steps")
        }
      }
      bar?.finish()
      var report = AssessFitReport(fit: fit)
      if itemFit {
        report.itemFit = try AssessText.reading(answers) { () throws(AssessmentError) in
          try ItemFit(
            table, items: fit.items,
            parameters: named == .rasch ? 1 : named == .threeParameter ? 3 : 2,
            grid: fit.grid)
        }
      }
      if let link { report.linking = try AssessLinking(fit.items, to: link) }
      if let svg {
        let estimates = try AssessText.reading(answers) { () throws(AssessmentError) in
          try AbilityScorer(items: fit.items, grid: fit.grid).estimates(table, method: .eap)
        }
        let abilities = estimates.enumerated().compactMap { place, estimate in
          estimate.value.map { ($0, table.weights?[place] ?? 1) }
        }
        try AssessPlots.bank(fit.items, abilities: abilities).write(to: svg)
      }
      try AssessText.print(report.lines, report.value, json: json)
    }

    private func linkBanks() throws {
      guard let link else { throw ToolFailure.usage("--model link wants --link, the other bank") }
      let linking = try AssessLinking(AssessBank.items(answers), to: link)
      try AssessText.print(linking.lines, linking.value, json: json)
    }

    private func fitRatings() throws {
      let (log, items, learners) = try AssessPractice.meetings(answers)
      let report = AssessRatingsReport(
        ratings: EloRatings(log), items: items, learners: learners)
      try AssessText.print(report.lines, report.value, json: json)
    }

    private func fitConditional() throws {
      let table = try AssessAnswers.responses(answers)
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try RaschConditional(table)
      }
      let rows = table.items.indices.map { item in
        [
          table.items[item].escapingControls(), AssessText.number(fit.difficulties[item]),
          AssessText.number(fit.standardErrors[item]),
        ]
      }
      let lines =
        TextTable.lines([["item", "difficulty", "error"]] + rows, leftAligned: 1)
        + [
          "Conditional log-likelihood \(AssessText.number(fit.logLikelihood)); the first item is 0."
        ]
        + AssessText.lines(fit.findings)
      let value = JSONValue.object([
        ("model", "cml"), ("logLikelihood", .decimal(fit.logLikelihood)),
        ("steps", .number(fit.steps)),
        (
          "items",
          .array(
            table.items.indices.map { item in
              .object([
                ("item", .text(table.items[item])), ("family", "logistic"), ("slope", 1),
                ("difficulty", .decimal(fit.difficulties[item])),
                ("intercepts", .array([.decimal(-fit.difficulties[item])])),
                ("standardError", AssessText.json(fit.standardErrors[item])),
              ])
            })
        ), ("findings", AssessText.json(fit.findings)),
      ])
      try AssessText.print(lines, value, json: json)
    }

    private func fitFacets() throws {
      let names = facets.split(separator: ",").map(String.init)
      let ratings = try AssessFacetTable.read(answers, facets: names)
      let options = ManyFacetRasch.Options(
        nodes: nodes ?? 61, limit: limit ?? 12, mostSteps: steps, tolerance: tolerance ?? 1e-5,
        findsErrors: errors != "none")
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try ManyFacetRasch(ratings, options: options)
      }
      if let svg { try AssessPlots.facets(fit).write(to: svg) }
      try AssessText.print(
        AssessFitText.lines(fit), AssessFitText.value(fit, ratings.persons), json: json)
    }

    private func fitKnowledge() throws {
      if let per { return try fitIndividuals(Set(per.split(separator: ",").map(String.init))) }
      let begin = try start.map(Self.parameters)
      let options = KnowledgeFit.Options(
        hasForgetting: forgetting, limit: bound, mostSteps: steps, tolerance: tolerance ?? 1e-6)
      var fits: [(skill: String, fit: KnowledgeFit)] = []
      var traces: [[(KnowledgeParameters, Double)]] = []
      let given = try AssessPractice.start(answers)
      let first =
        begin ?? given ?? KnowledgeParameters(prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1)
      let bar = ProgressBar(isQuiet: json)
      let all = try AssessPractice.sequences(answers)
      for (skill, sequences) in all {
        fits.append((skill, KnowledgeFit(sequences, skill: skill, start: first, options: options)))
        bar?.show(fits.count, of: all.count, "skills")
        traces.append(Self.trace(sequences, first, trace, forgetting))
      }
      bar?.finish()
      try AssessText.print(
        AssessFitText.lines(fits), AssessFitText.value(fits, traces: traces), json: json)
    }

    /// Parameters before plain steps of EM, with their log-likelihoods.
    private static func trace(
      _ sequences: AnswerSequences, _ start: KnowledgeParameters, _ steps: Int, _ forgets: Bool
    ) -> [(KnowledgeParameters, Double)] {
      guard steps > 0 else { return [] }
      var (list, present) = ([(KnowledgeParameters, Double)](), start)
      for _ in 0...steps {
        let step = KnowledgeFit.step(sequences, from: present, hasForgetting: forgets)
        list.append((present, step.logLikelihood))
        present = step.parameters
      }
      return list
    }

    private static func parameters(_ text: String) throws -> KnowledgeParameters {
      let numbers = try AssessText.numbers(text, option: "--start")
      guard (4...5).contains(numbers.count), numbers.allSatisfy({ (0...1).contains($0) }) else {
        throw ToolFailure.usage(
          "--start takes prior,learn,guess,slip and perhaps forget, each 0 to 1")
      }
      return KnowledgeParameters(
        prior: numbers[0], learn: numbers[1], guess: numbers[2], slip: numbers[3],
        forget: numbers.count > 4 ? numbers[4] : 0)
    }

    private func fitIndividuals(_ parts: Set<String>) throws {
      let practice = try AssessPractice.practice(answers, withItems: parts.contains("item"))
      var options = IndividualKnowledgeFit.Options()
      options.hasLearnerPriors = parts.contains("learner")
      options.hasForgetting = forgetting
      (options.limit, options.mostSteps) = (bound, steps)
      if let tolerance { options.tolerance = tolerance }
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try IndividualKnowledgeFit(practice.log, items: practice.items, options: options)
      }
      let report = AssessIndividualsReport(
        fit: fit, skills: practice.log.skills, learners: practice.learners,
        hasLearners: options.hasLearnerPriors)
      try AssessText.print(report.lines, report.value, json: json)
    }

    private func fitFactors() throws {
      let log = try AssessPractice.log(answers)
      let fits = Array(zip(log.skills, PerformanceFactors.fits(log)))
      try AssessText.print(AssessFitText.lines(fits), AssessFitText.value(fits), json: json)
    }

    private func fitSkills() throws {
      let table = try AssessAnswers.responses(answers)
      let (skills, masks) = try AssessFacetTable.needs(needs, answers, items: table.items)
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try SkillProfiles(
          table, needs: masks, skillCount: skills.count, mostSteps: steps,
          tolerance: tolerance ?? 1e-6)
      }
      try AssessText.print(
        AssessFitText.lines(fit, table, skills), AssessFitText.value(fit, table, skills),
        json: json)
    }
  }
#endif
