#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess compare`
  struct AssessCompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Makes a scale of judgements which of two pieces is better (Bradley-Terry).",
      discussion: """
        The table has a row for each judgement: winner, loser and perhaps count. A
        document has 'names' and 'wins_row_over_column'.
          cbl-tool assess compare Docs/Examples/assess/judgements.csv

        Abilities are logits; their mean is 0, or that of --reference. Pieces that
        always won or lost have none and are named.
        """)

    @Argument(help: "The table or document.")
    var judgements: String

    @Option(name: .long, help: "The piece whose ability is 0; without it the mean of all is.")
    var reference: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let (names, wins) = try read()
      let result = try AssessText.reading(judgements) { () throws(AssessmentError) in
        try ComparativeJudgement(names: names, wins: wins)
      }
      var place: Int?
      if let reference {
        guard let found = names.firstIndex(of: reference), result.abilities[found] != nil else {
          throw ToolFailure.usage("--reference: '\(reference)' has no place on the scale")
        }
        place = found
      }
      // Errors of thousands of pieces take minutes, and nobody reads them.
      let errors =
        names.count <= 2_000
        ? result.standardErrors(reference: place) : names.map { _ in Double?.none }
      let zero = place.flatMap { result.abilities[$0] } ?? 0
      let order = names.indices.sorted {
        let (left, right) = (
          result.abilities[$0] ?? -.infinity, result.abilities[$1] ?? -.infinity
        )
        return left != right ? left > right : $0 < $1
      }
      let rows = order.map { piece in
        [
          names[piece].escapingControls(),
          AssessText.number(result.abilities[piece].map { $0 - zero }),
          AssessText.number(errors[piece]),
        ]
      }
      var lines = TextTable.lines([["piece", "ability", "error"]] + rows, leftAligned: 1)
      let reliability = names.count <= 2_000 ? result.separationReliability : nil
      if let reliability {
        lines.append(
          "Scale separation reliability \(Figures.text(reliability)); pairs that were chosen by "
            + "earlier results inflate it (Bramley 2015).")
      }
      lines += AssessText.lines(result.findings)
      let pieces = names.indices.map { piece -> JSONValue in
        .object([
          ("name", .text(names[piece])),
          ("ability", AssessText.json(result.abilities[piece].map { $0 - zero })),
          ("standardError", AssessText.json(errors[piece])),
        ])
      }
      let value = JSONValue.object([
        ("pieces", .array(pieces)), ("logLikelihood", .decimal(result.logLikelihood)),
        ("separationReliability", AssessText.json(reliability)),
        ("steps", .number(result.stepCount)), ("findings", AssessText.json(result.findings)),
      ])
      try AssessText.print(lines, value, json: json)
    }

    private func read() throws -> ([String], [ComparativeJudgement.Win]) {
      let isDocument = [".json", ".yaml", ".yml"].contains { judgements.lowercased().hasSuffix($0) }
      if isDocument || judgements.contains("#") {
        let document = try AssessDocument(judgements)
        if let table = document.optional("wins_row_over_column") {
          let names = try document.list(document.need("names")).map(document.text)
          let rows = try document.rows(table)
          guard rows.count == names.count, rows.allSatisfy({ $0.count == names.count }) else {
            throw document.failure(
              table, "the table needs \(names.count) rows of \(names.count) counts")
          }
          let wins = names.indices.flatMap { row in
            names.indices.filter { $0 != row }.map {
              ComparativeJudgement.Win(row, over: $0, count: rows[row][$0])
            }
          }
          return (names, wins)
        }
      }
      var names: [String] = []
      var places: [String: Int] = [:]
      func place(_ name: String) -> Int {
        if let place = places[name] { return place }
        places[name] = names.count
        names.append(name)
        return names.count - 1
      }
      let wins = try AssessTable(judgements, columns: ["winner", "loser"]).rows.map { row in
        let (winner, loser) = (place(try row.text("winner")), place(try row.text("loser")))
        guard winner != loser else { throw row.failure("loser", "a piece cannot beat itself") }
        let count = try row.optionalNumber("count") ?? 1
        guard count >= 0 else { throw row.failure("count", "a count is 0 or more") }
        return ComparativeJudgement.Win(winner, over: loser, count: count)
      }
      return (names, wins)
    }
  }
#endif
