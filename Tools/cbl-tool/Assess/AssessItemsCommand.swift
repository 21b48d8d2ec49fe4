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
          cbl-tool assess items answers.csv --group language --focal es
        """)

    @Argument(help: "The table of answers.")
    var answers: String

    @Option(
      name: .long, help: "The right options with commas; or 'row' when the person 'key' has them.")
    var key: String?

    @Option(name: .long, help: "A column that says the group of each person.")
    var group: String?

    @Option(name: .long, help: "The group that items may be harder for.")
    var focal: String?

    @Option(name: .long, help: "The share of persons in the upper and in the lower group.")
    var share = 0.27

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if (group == nil) != (focal == nil) { throw ValidationError("--group goes with --focal") }
      if !(share > 0 && share <= 0.5) { throw ValidationError("--share is above 0, at most 0.5") }
    }

    func run() throws {
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
      let result = AssessItemsResult(
        items: ItemAnalysis(of: table, groups: share), reliability: Reliability(of: table),
        distractors: distractors, functioning: try functioning(table))
      try AssessText.print(result.lines, result.value, json: json)
    }

    /// Whether the file is a published case with options.
    private var isChoiceCase: Bool {
      guard answers.split(separator: "#").first?.hasSuffix(".json") == true,
        let document = try? AssessDocument(answers)
      else { return false }
      return document.optional("key") != nil && document.optional("answers") != nil
    }

    private func functioning(
      _ table: ResponseTable
    ) throws -> [(item: String, result: MantelHaenszel)] {
      guard let group, let focal else { return [] }
      let groups = try AssessTable(answers, columns: [group]).rows.map { row in
        row.optional(group) == focal
      }
      guard groups.contains(true), groups.contains(false) else {
        throw ToolFailure(65, "\(answers): column \(group) does not make two groups by '\(focal)'")
      }
      return try table.items.indices.map { item in
        (
          table.items[item],
          try AssessText.reading(answers) { () throws(AssessmentError) in
            try MantelHaenszel(table, item: item, isFocal: groups)
          }
        )
      }
    }
  }
#endif
