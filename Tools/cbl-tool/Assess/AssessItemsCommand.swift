#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess items`
  struct AssessItemsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "items",
      abstract: "Tells how hard items are, how well they tell persons apart, and how reliable "
        + "their sum is.",
      discussion: """
        Wide: a row for each person, a column for each item (and person, weight).
        Long: the columns person, item, score. A column pattern holds strings of
        digits. With --key the cells are chosen options, and distractors are told.
          cbl-tool assess items Docs/Examples/assess/lsat-6.csv
          cbl-tool assess items choices.csv --key B,A,C,D
          cbl-tool assess items Docs/Examples/assess/answers-groups.csv \\
            --dif language --focal es
          cbl-tool assess items Docs/Examples/assess/lsat-6.csv --cut 4
        --dif compares two groups at the same score: odds by Mantel and Haenszel,
        and a logistic regression (Swaminathan and Rogers 1990); a document with
        rows of four counts (reference right, wrong, focal right, wrong) is taken as
        the strata of one item. --cut tells how often pass and fail are right.
        """)

    @Argument(help: "The table of answers.")
    var answers: String

    @Option(
      name: .long, help: "The right options with commas; or 'row' when the person 'key' has them.")
    var key: String?

    @Option(
      name: [.customLong("dif"), .customLong("group")],
      help: "A column that says the group of each person.")
    var group: String?

    @Option(name: .long, help: "The group that items may be harder for.")
    var focal: String?

    @Option(name: .long, help: "The share of persons in the upper and in the lower group.")
    var share = 0.27

    @Option(name: .long, help: "The lowest sum that passes, for the accuracy of the decision.")
    var cut: Double?

    @Option(name: .long, help: "Draw items and the distribution of sums into this SVG file.")
    var svg: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if (group == nil) != (focal == nil) { throw ValidationError("--dif goes with --focal") }
      if !(share > 0 && share <= 0.5) { throw ValidationError("--share is above 0, at most 0.5") }
    }

    func run() throws {
      if let rows = try strata() {
        let result = MantelHaenszel(rows)
        let value = AssessItemsResult.json(result)
        return try AssessText.print(AssessItemsResult.lines(result), value, json: json)
      }
      var distractors: DistractorAnalysis?
      let table: ResponseTable
      if key != nil || isChoiceCase {
        let choices = try AssessAnswers.choices(answers, key: key == "row" ? nil : key)
        distractors = DistractorAnalysis(of: choices)
        table = try AssessText.reading(answers) { () throws(AssessmentError) in
          try choices.scored()
        }
      } else {
        table = try AssessAnswers.responses(answers, without: group.map { [$0] } ?? [])
      }
      let reliability = Reliability(of: table)
      let items = ItemAnalysis(of: table, groups: share)
      let result = AssessItemsResult(
        items: items, reliability: reliability, distractors: distractors,
        functioning: try functioning(table), decision: try decision(table, reliability))
      if let svg { try AssessPlots.items(items, table).write(to: svg) }
      try AssessText.print(result.lines, result.value, json: json)
    }

    /// Whether the file is a published case with options.
    private var isChoiceCase: Bool {
      guard answers.split(separator: "#").first?.hasSuffix(".json") == true,
        let document = try? AssessDocument(answers)
      else { return false }
      return document.optional("key") != nil && document.optional("answers") != nil
    }

    /// The strata of one item, when the document is rows of four counts.
    private func strata() throws -> [MantelHaenszel.Stratum]? {
      guard let rows = try AssessAnswers.matrix(answers), rows.allSatisfy({ $0.count == 4 }) else {
        return nil
      }
      return try rows.map { row in
        let counts = row.compactMap { $0 }
        guard counts.count == 4, counts.allSatisfy({ $0 >= 0 }) else {
          throw ToolFailure(65, "\(answers): a stratum is four counts of 0 or more")
        }
        return .init(
          referenceRight: counts[0], referenceWrong: counts[1], focalRight: counts[2],
          focalWrong: counts[3])
      }
    }

    /// How often pass and fail by the sum are right.
    private func decision(
      _ table: ResponseTable, _ reliability: Reliability
    ) throws -> LivingstonLewis? {
      guard let cut else { return nil }
      guard let alpha = reliability.alpha else {
        throw ToolFailure(65, "\(answers): without alpha nothing is known about decisions by --cut")
      }
      let sums = AssessPlots.sums(table)
      let least = Double(table.lowest * table.items.count)
      let most = Double(table.categoryCounts.reduce(0) { $0 + $1 - 1 })
      return try AssessText.reading(answers) { () throws(AssessmentError) in
        try LivingstonLewis(
          scores: sums.map { $0.sum - least }, frequencies: sums.map(\.weight),
          reliability: alpha, most: most, cut: cut - least)
      }
    }

    private func functioning(_ table: ResponseTable) throws -> [AssessItemsResult.Functioning] {
      guard let group, let focal else { return [] }
      let groups = try AssessTable(answers, columns: [group]).rows.map { row in
        row.optional(group) == focal
      }
      guard groups.contains(true), groups.contains(false) else {
        throw ToolFailure(65, "\(answers): column \(group) does not make two groups by '\(focal)'")
      }
      let sums = table.persons.indices.map { person in
        table.items.indices.reduce(0.0) { $0 + Double(table[person, $1] ?? 0) }
      }
      return try table.items.indices.map { item in
        let odds = try AssessText.reading(answers) { () throws(AssessmentError) in
          try MantelHaenszel(table, item: item, isFocal: groups)
        }
        // An item that separates fully, or of more categories, has no regression.
        let known = table.persons.indices.filter { table[$0, item] != nil }
        let regression = try? LogisticFunctioning(
          scores: known.map { sums[$0] }, isRight: known.map { table[$0, item] == 1 },
          isFocal: known.map { groups[$0] })
        return .init(
          item: table.items[item], result: odds,
          regression: table.categoryCounts[item] == 2 ? regression : nil)
      }
    }
  }
#endif
