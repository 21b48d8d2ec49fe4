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
          column pattern with answers of one skill, such as 00111.
        dina: answers of 0 and 1, with --needs: a table of item and skills as 0 and 1.
          cbl-tool assess fit --model 2pl Docs/Examples/assess/lsat-6.csv
          cbl-tool assess fit --model facets --facets criterion,rater ratings.csv
          cbl-tool assess fit --model 2pl answers.csv --json > bank.json
        """)

    @Argument(help: "The table of answers or ratings.")
    var answers: String

    @Option(
      name: .long,
      help: "rasch, 2pl, 3pl, graded, pcm, gpcm, cml, facets, bkt, pfa or dina.")
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
      if steps < 1 { throw ValidationError("--steps is at least 1") }
    }

    func run() throws {
      switch model {
      case "cml": try fitConditional()
      case "facets": try fitFacets()
      case "bkt": try fitKnowledge()
      case "pfa": try fitFactors()
      case "dina": try fitSkills()
      default:
        guard let named = ResponseModel(rawValue: model) else {
          throw ToolFailure.usage(
            "--model takes rasch, 2pl, 3pl, graded, pcm, gpcm, cml, facets, bkt, pfa or dina, not "
              + "'\(model)'")
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
      let fit = try AssessText.reading(answers) { () throws(AssessmentError) in
        try Calibration(table, model: named, options: options)
      }
      try AssessText.print(
        AssessFitText.lines(fit), AssessFitText.value(fit), json: json)
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
      try AssessText.print(
        AssessFitText.lines(fit), AssessFitText.value(fit, ratings.persons), json: json)
    }

    private func fitKnowledge() throws {
      let options = KnowledgeFit.Options(
        hasForgetting: forgetting, limit: bound, mostSteps: steps, tolerance: tolerance ?? 1e-6)
      var fits: [(skill: String, fit: KnowledgeFit)] = []
      for (skill, sequences) in try AssessPractice.sequences(answers) {
        fits.append((skill, KnowledgeFit(sequences, skill: skill, options: options)))
      }
      try AssessText.print(AssessFitText.lines(fits), AssessFitText.value(fits), json: json)
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
