#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess standard-set`
  struct AssessStandardSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "standard-set",
      abstract: "Finds cuts from the judgement of a panel, with their errors.",
      discussion: """
        Each method whose members the document has is worked out:
          angoff_judges_by_items   for each judge the probability for each item
          items_abc, rp            items a, b, c: abilities of the ordered booklet
          bookmarks                for each judge the page, counted from 1
          borderline               scores of the borderline group
          masters, non_masters     scores of two contrasting groups
          hofstee, scores          judges as [low cut, high cut, low and high fail
                                   rate], and the scores of learners
          body_of_work             portfolios as [score, 1 or 0]

          cbl-tool assess standard-set Docs/Examples/assess/panel.json

        No method is right; keep the record of panel, rounds and adoption.
        """)

    @Argument(help: "The document.")
    var document: String

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let document = try AssessDocument(document)
      var lines: [String] = []
      var members: [(key: String, value: JSONValue)] = []
      try angoff(document, &lines, &members)
      try bookmark(document, &lines, &members)
      try groups(document, &lines, &members)
      try checks(document, &lines, &members)
      guard !members.isEmpty else {
        throw document.failure(
          document.root,
          "no method has its members here; give angoff_judges_by_items, items_abc, borderline, "
            + "masters and non_masters, hofstee and scores, or body_of_work")
      }
      try AssessText.print(lines, .object(members), json: json)
    }

    private func panel(
      _ cut: StandardSetting.PanelCut, _ name: String, _ unit: String,
      _ lines: inout [String], _ members: inout [(key: String, value: JSONValue)]
    ) {
      let error = cut.standardError.map { ", standard error \(Figures.text($0))" } ?? ""
      lines.append(
        "\(name): cut \(Figures.text(cut.cut)) \(unit)\(error), \(cut.judgeCuts.count) judges.")
      lines += AssessText.lines(cut.findings)
      members.append(
        (
          name.lowercased(),
          .object([
            ("cut", .decimal(cut.cut)), ("standardError", AssessText.json(cut.standardError)),
            ("judgeCuts", AssessText.json(cut.judgeCuts)),
            ("findings", AssessText.json(cut.findings)),
          ])
        ))
    }

    private func angoff(
      _ document: AssessDocument, _ lines: inout [String],
      _ members: inout [(key: String, value: JSONValue)]
    ) throws {
      guard let node = document.optional("angoff_judges_by_items") else { return }
      let rows = try document.rows(node)
      let cut = try document.at(node) { () throws(AssessmentError) in
        try StandardSetting.angoff(rows)
      }
      panel(cut, "Angoff", "points", &lines, &members)
    }

    private func bookmark(
      _ document: AssessDocument, _ lines: inout [String],
      _ members: inout [(key: String, value: JSONValue)]
    ) throws {
      guard let node = document.optional("items_abc") else { return }
      let items = try document.items(node)
      let probability = try document.number("rp", or: 2.0 / 3)
      let places = StandardSetting.bookletAbilities(items, responseProbability: probability)
      lines.append("Booklet at RP \(Figures.text(probability, places: 3)):")
      let rows = places.enumerated().map { ["\($0 + 1)", AssessText.number($1)] }
      lines += TextTable.lines([["item", "ability"]] + rows, leftAligned: 1).map { "  " + $0 }
      members.append(("bookletAbilities", .array(places.map { AssessText.json($0) })))
      guard let marks = document.optional("bookmarks") else { return }
      let pages = try document.list(marks).map(document.whole)
      let cut = try document.at(marks) { () throws(AssessmentError) in
        try StandardSetting.bookmark(pages, items: items, responseProbability: probability)
      }
      panel(cut, "Bookmark", "logits", &lines, &members)
    }

    private func groups(
      _ document: AssessDocument, _ lines: inout [String],
      _ members: inout [(key: String, value: JSONValue)]
    ) throws {
      if let node = document.optional("borderline") {
        let scores = try document.numbers(node)
        let median = try document.at(node) { () throws(AssessmentError) in
          try StandardSetting.borderlineMedian(scores)
        }
        lines.append(
          "Borderline group: median \(Figures.text(median)) of \(scores.count) learners.")
        members.append(("borderline", .object([("cut", .decimal(median))])))
      }
      guard let node = document.optional("masters") else { return }
      let masters = try document.numbers(node)
      let others = try document.numbers(document.need("non_masters"))
      let cut = try document.at(node) { () throws(AssessmentError) in
        try StandardSetting.contrastingGroups(masters: masters, nonMasters: others)
      }
      lines.append(
        "Contrasting groups: cut \(Figures.text(cut.cut)); it puts "
          + "\(Figures.percent(cut.accuracy, places: 1)) where teachers do, fails "
          + "\(cut.failedMasters) masters and passes \(cut.passedNonMasters) others.")
      members.append(
        (
          "contrastingGroups",
          .object([
            ("cut", .decimal(cut.cut)), ("highestCut", .decimal(cut.highestCut)),
            ("accuracy", .decimal(cut.accuracy)), ("failedMasters", .number(cut.failedMasters)),
            ("passedNonMasters", .number(cut.passedNonMasters)),
          ])
        ))
    }

    private func checks(
      _ document: AssessDocument, _ lines: inout [String],
      _ members: inout [(key: String, value: JSONValue)]
    ) throws {
      if let node = document.optional("hofstee") {
        let judges = try document.list(node).map { entry in
          let numbers = try document.numbers(entry)
          guard numbers.count == 4, numbers[0] <= numbers[1], numbers[2] <= numbers[3] else {
            throw document.failure(
              entry, "a judge has four numbers: low cut, high cut, low fail rate, high fail rate")
          }
          return StandardSetting.Compromise(
            cuts: numbers[0]...numbers[1], failRates: numbers[2]...numbers[3])
        }
        let scores = try document.numbers(document.need("scores"))
        let found = try document.at(node) { () throws(AssessmentError) in
          try StandardSetting.hofstee(judges, scores: scores)
        }
        lines.append(
          found.map {
            "Hofstee: cut \(Figures.text($0.cut)), \(Figures.percent($0.failRate, places: 1)) fail."
          } ?? "Hofstee: the scores do not meet what the panel finds acceptable; there is no cut.")
        members.append(
          (
            "hofstee",
            .object([
              ("cut", AssessText.json(found?.cut)), ("failRate", AssessText.json(found?.failRate)),
            ])
          ))
      }
      guard let node = document.optional("body_of_work") else { return }
      let pairs = try document.rows(node)
      guard pairs.allSatisfy({ $0.count == 2 }) else {
        throw document.failure(node, "a portfolio has two numbers: its score, and 1 or 0")
      }
      let cut = try document.at(node) { () throws(AssessmentError) in
        try StandardSetting.bodyOfWork(
          scores: pairs.map { $0[0] }, isMastery: pairs.map { $0[1] == 1 })
      }
      lines.append(
        "Body of work: cut \(Figures.text(cut.cut)), standard error "
          + "\(Figures.text(cut.standardError)).")
      members.append(
        (
          "bodyOfWork",
          .object([
            ("cut", .decimal(cut.cut)), ("standardError", .decimal(cut.standardError)),
            ("slope", .decimal(cut.slope)),
          ])
        ))
    }
  }
#endif
