#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess score bank`
  struct AssessBankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "bank",
      abstract: "Tells the information of a bank, and how often decisions by it are right.",
      discussion: """
        The bank is as for 'score abilities'; a document may have 'items' as rows of
        a, b, c, d, and 'theta' and 'cut_sum_scores' beside them.
          cbl-tool assess score bank Docs/Examples/assess/bank.csv \\
            --abilities=-1,0,1 --cut-scores 4,8
        Decisions by sums are judged after Lee (2010), by abilities after Rudner
        (2005), each cut alone and all together.
        """)

    @Argument(help: "The calibrated items.")
    var bank: String

    @Option(name: .long, help: "Abilities to tell probabilities and information at.")
    var abilities: String?

    @Option(name: .long, help: "The lowest sums of all levels but the first.")
    var cutScores: String?

    @Option(name: .long, help: "How many equally spaced abilities there are.")
    var nodes = 121

    @Option(name: .long, help: "The largest of them.")
    var limit = 6.0

    @Option(name: .long, help: "Draw curves and information into this SVG file.")
    var svg: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      guard (3...1_000).contains(nodes), limit > 0, limit <= 100 else {
        throw ToolFailure.usage("--nodes takes 3 to 1000, --limit above 0 to 100")
      }
      let items = try AssessBank.items(bank, areDifficulties: true)
      let (points, cuts) = try settings()
      let grid = QuadratureGrid.normal(count: nodes, limit: limit)
      let borders = cuts.map { ClassificationAccuracy.ability(atCut: Double($0), items) }
      var groups = cuts.map { [$0] }
      if cuts.count > 1 { groups.append(cuts) }
      let decisions = try groups.map { group -> Decision in
        let places = group.compactMap { cut in
          ClassificationAccuracy.ability(atCut: Double(cut), items)
        }
        guard places.count == group.count,
          let sums = ClassificationAccuracy.bySums(items, cuts: group, grid: grid)
        else {
          throw ToolFailure(65, "\(bank): no ability has the expected sum of a cut of \(group)")
        }
        return Decision(
          cuts: group, sums: sums,
          abilities: ClassificationAccuracy.byAbility(items, cuts: places, grid: grid))
      }
      if let svg { try AssessPlots.bank(items, abilities: []).write(to: svg) }
      try AssessText.print(
        lines(items, points, decisions), value(items, points, borders, decisions), json: json)
    }

    private struct Decision {
      var cuts: [Int]
      var sums: ClassificationAccuracy
      var abilities: ClassificationAccuracy
    }

    private func settings() throws -> (points: [Double], cuts: [Int]) {
      var points = try abilities.map { try AssessText.numbers($0, option: "--abilities") }
      var cuts = try cutScores.map { text in
        try AssessText.numbers(text, option: "--cut-scores").map { number -> Int in
          guard let whole = Int(exactly: number), whole > 0 else {
            throw ToolFailure.usage("--cut-scores takes whole sums above 0")
          }
          return whole
        }
      }
      if bank.split(separator: "#").first?.hasSuffix(".json") == true {
        let document = try AssessDocument(bank)
        if document.root.value.members != nil {
          points = try points ?? document.optional("theta").map(document.numbers)
          cuts =
            try cuts
            ?? document.optional("cut_sum_scores").map { try document.list($0).map(document.whole) }
        }
      }
      let rising = cuts ?? []
      guard rising == rising.sorted() else { throw ToolFailure.usage("--cut-scores rise") }
      return (points ?? [-2, -1, 0, 1, 2], rising)
    }

    private func lines(
      _ items: [CalibratedItem], _ points: [Double], _ decisions: [Decision]
    ) -> [String] {
      let rows = points.map { point in
        let information = items.reduce(0) { $0 + $1.information(at: point) }
        return [
          AssessText.number(point, places: 2),
          AssessText.number(items.reduce(0) { $0 + $1.expectedScore(at: point) }),
          AssessText.number(information),
          AssessText.number(information > 0 ? 1 / information.squareRoot() : nil),
        ]
      }
      return ["\(items.count) items."]
        + TextTable.lines(
          [["ability", "expected sum", "information", "error"]] + rows, leftAligned: 0)
        + decisions.map { decision in
          "Cut \(decision.cuts.map { "\($0)" }.joined(separator: ", ")): by sums right in "
            + "\(Figures.percent(decision.sums.accuracy, places: 1)), repeated in "
            + "\(Figures.percent(decision.sums.consistency, places: 1)) (Lee 2010); by abilities "
            + "\(Figures.percent(decision.abilities.accuracy, places: 1)) and "
            + "\(Figures.percent(decision.abilities.consistency, places: 1)) (Rudner 2005)."
        }
    }

    private func value(
      _ items: [CalibratedItem], _ points: [Double], _ borders: [Double?], _ decisions: [Decision]
    ) -> JSONValue {
      func figures(_ accuracy: ClassificationAccuracy) -> JSONValue {
        .object([
          ("accuracy", .decimal(accuracy.accuracy)),
          ("consistency", .decimal(accuracy.consistency)),
          ("kappa", AssessText.json(accuracy.kappa)),
        ])
      }
      return .object([
        ("abilities", AssessText.json(points)),
        (
          "items",
          .array(
            items.map { item in
              .object([
                ("item", .text(item.name)),
                (
                  "probabilities",
                  .array(points.map { AssessText.json(item.probabilities(at: $0)) })
                ),
                ("expected", AssessText.json(points.map { item.expectedScore(at: $0) })),
                ("information", AssessText.json(points.map { item.information(at: $0) })),
              ])
            })
        ),
        (
          "sumDistributions",
          .array(
            points.map { AssessText.json(ClassificationAccuracy.sumDistribution(items, at: $0)) })
        ), ("abilityAtCut", .array(borders.map { AssessText.json($0) })),
        (
          "decisions",
          .array(
            decisions.map { decision in
              .object([
                ("cuts", .array(decision.cuts.map { .number($0) })),
                ("bySums", figures(decision.sums)), ("byAbilities", figures(decision.abilities)),
              ])
            })
        ),
      ])
    }
  }

  /// `cbl-tool assess score decision`
  struct AssessDecisionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decision",
      abstract: "Tells how often pass and fail are right, from scores and their reliability.",
      discussion: """
        The table has a column score and perhaps freq; a document has 'score', 'freq',
        'reliability', 'items' (the highest score) and 'cut'.
          cbl-tool assess score decision Docs/Examples/assess/totals.csv \\
            --reliability 0.8 --most 20 --cut 12
        Livingston and Lewis (1995), with a four-parameter beta distribution.
        """)

    @Argument(help: "The table of scores.")
    var scores: String

    @Option(name: .long, help: "The reliability of the scores, such as alpha.")
    var reliability: Double?

    @Option(name: .long, help: "The highest possible score; the lowest is 0.")
    var most: Double?

    @Option(name: .long, help: "The lowest score that passes.")
    var cut: Double?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      var (list, weights) = ([Double](), [Double]())
      var (reliability, most, cut) = (reliability, most, cut)
      let isDocument = scores.split(separator: "#").first?.hasSuffix(".json") == true
      let document = isDocument ? try AssessDocument(scores) : nil
      if let document, document.root.value.members != nil, document.optional("score") != nil {
        list = try document.numbers(document.need("score"))
        weights = try document.optional("freq").map(document.numbers) ?? list.map { _ in 1 }
        reliability = try reliability ?? document.optional("reliability").map(document.number)
        most = try most ?? document.optional("items").map(document.number)
        cut = try cut ?? document.optional("cut").map(document.number)
      } else {
        let table = try AssessTable(scores, columns: ["score"])
        let weight = AssessAnswers.weightNames.first(where: table.columns.contains)
        for row in table.rows where AssessAnswers.known(row, "score") != nil {
          list.append(try row.number("score"))
          weights.append(try weight.map { try row.number($0) } ?? 1)
        }
      }
      guard let reliability, let most, let cut else {
        throw ToolFailure.usage("give --reliability, --most and --cut")
      }
      let found = try AssessText.reading(scores) { () throws(AssessmentError) in
        try LivingstonLewis(
          scores: list, frequencies: weights, reliability: reliability, most: most, cut: cut)
      }
      try AssessText.print(
        [AssessItemsResult.line(found)], AssessItemsResult.json(found), json: json)
    }
  }
#endif
