#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess score abilities`
  struct AssessAbilitiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "abilities",
      abstract: "Estimates abilities from answers to calibrated items.",
      discussion: """
        The bank is what 'assess fit --json' wrote, or a table with the columns item,
        a and b, perhaps c and d; or item, family, slope, intercept1, intercept2 and
        so on. Items are found by their names, or by order when no name fits.
          cbl-tool assess fit --model 2pl Docs/Examples/assess/lsat-6.csv --json \\
            > bank.json
          cbl-tool assess score --bank bank.json Docs/Examples/assess/lsat-6.csv \\
            --cuts=-0.5,0.8 --person-fit
        """)

    @Argument(help: "The table of answers.")
    var answers: String

    @Option(name: .long, help: "The calibrated items.")
    var bank: String

    @Option(name: .long, help: "eap, map, ml or wle.")
    var method = "eap"

    @Option(name: .long, help: "How many equally spaced abilities the prior has.")
    var nodes = 61

    @Option(name: .long, help: "The largest of them.")
    var limit = 6.0

    @Option(name: .long, help: "The mean of the prior.")
    var mean = 0.0

    @Option(name: .long, help: "The standard deviation of the prior.")
    var deviation = 1.0

    @Option(name: .long, help: "Abilities where levels begin, for the accuracy of decisions.")
    var cuts: String?

    @Flag(name: .long, help: "How well the answers of each person fit the items (lz).")
    var personFit = false

    @Option(name: .long, help: "Draw curves, information and persons into this SVG file.")
    var svg: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if AbilityMethod(rawValue: method) == nil {
        throw ValidationError("--method takes eap, map, ml or wle, not '\(method)'")
      }
      if !(3...1_000).contains(nodes) || !(limit > 0 && limit <= 100) || !(deviation > 0) {
        throw ValidationError("--nodes takes 3 to 1000; --limit and --deviation are above 0")
      }
    }

    func run() throws {
      let table = try AssessAnswers.responses(answers)
      let items = try AssessBank.items(bank, for: table)
      let grid = QuadratureGrid.normal(
        count: nodes, limit: limit, mean: mean, deviation: deviation)
      let scorer = AbilityScorer(items: items, grid: grid)
      let estimates = try AssessText.reading(answers) { () throws(AssessmentError) in
        try scorer.estimates(table, method: AbilityMethod(rawValue: method) ?? .eap)
      }
      let borders = try cuts.map { try AssessText.numbers($0, option: "--cuts") } ?? []
      guard borders == borders.sorted() else { throw ToolFailure.usage("--cuts rise") }
      let decision =
        borders.isEmpty
        ? nil : ClassificationAccuracy.byAbility(items, cuts: borders, grid: grid)
      let missing = estimates.count { $0.value == nil }
      var findings = table.findings
      if missing > 0 {
        findings.append(
          Finding(
            .extremeScore, nil,
            "\(missing) persons have no finite ability by \(method); take wle or eap"))
      }
      let misfits = try fits(table, scorer)
      for (person, fit) in zip(table.persons, misfits) {
        guard let fit, fit < -2.5 else { continue }
        findings.append(
          Finding(
            .aberrant, person,
            "answers do not fit the items (lz \(Figures.text(fit))); look at them before anything "
              + "is decided"))
      }
      if let svg {
        let abilities = estimates.enumerated().compactMap { place, estimate in
          estimate.value.map { ($0, table.weights?[place] ?? 1) }
        }
        try AssessPlots.bank(items, abilities: abilities).write(to: svg)
      }
      let rows = table.persons.indices.map { place in
        let (person, estimate) = (table.persons[place], estimates[place])
        var row = [
          person.escapingControls(), AssessText.number(estimate.value),
          AssessText.number(estimate.standardError),
        ]
        if !borders.isEmpty { row.append(level(estimate, borders).map { "\($0)" } ?? "-") }
        if personFit { row.append(AssessText.number(misfits[place])) }
        return row
      }
      let heading =
        ["person", "ability", "error"] + (borders.isEmpty ? [] : ["level"])
        + (personFit ? ["lz"] : [])
      var lines = TextTable.lines([heading] + rows, leftAligned: 1)
      if let decision {
        lines.append(
          "Levels are right in \(Figures.percent(decision.accuracy, places: 1)) and repeated by a "
            + "second form in \(Figures.percent(decision.consistency, places: 1)) of cases (Rudner "
            + "2005).")
      }
      lines += AssessText.lines(findings)
      try AssessText.print(
        lines, value(table, estimates, misfits, borders, decision, findings), json: json)
    }

    /// How well the answers of persons fit (Drasgow, Levine and Williams 1985); none when nobody
    /// asked.
    private func fits(_ table: ResponseTable, _ scorer: AbilityScorer) throws -> [Double?] {
      guard personFit else { return table.persons.map { _ in nil } }
      return try AssessText.reading(answers) { () throws(AssessmentError) in
        try ItemFit.persons(table, scorer)
      }
    }

    /// The level of an ability, from 1.
    private func level(_ estimate: AbilityEstimate, _ borders: [Double]) -> Int? {
      estimate.value.map { value in borders.count { $0 <= value } + 1 }
    }

    private func value(
      _ table: ResponseTable, _ estimates: [AbilityEstimate], _ misfits: [Double?],
      _ borders: [Double],
      _ decision: ClassificationAccuracy?, _ findings: [Finding]
    ) -> JSONValue {
      .object([
        ("method", .text(method)),
        (
          "persons",
          .array(
            table.persons.indices.map { place in
              let (person, estimate) = (table.persons[place], estimates[place])
              return .object([
                ("person", .text(person)), ("ability", AssessText.json(estimate.value)),
                ("error", AssessText.json(estimate.standardError)),
                ("fit", AssessText.json(misfits[place])),
                (
                  "level",
                  borders.isEmpty
                    ? .null : level(estimate, borders).map { .number($0) } ?? .null
                ),
              ])
            })
        ),
        (
          "decision",
          decision.map { decision in
            .object([
              ("accuracy", .decimal(decision.accuracy)),
              ("consistency", .decimal(decision.consistency)),
              ("kappa", AssessText.json(decision.kappa)),
            ])
          } ?? .null
        ), ("findings", AssessText.json(findings)),
      ])
    }
  }
#endif
