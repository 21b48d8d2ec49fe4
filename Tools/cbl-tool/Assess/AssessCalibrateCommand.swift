#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess calibrate`
  struct AssessCalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "calibrate",
      abstract: "Tells which raters agree with experts on anchors, and may score.",
      discussion: """
        Tables: anchors has anchor and level, ratings has rater, anchor and level.
        Levels are named from low to high by --levels. Wanted are a kappa with
        quadratic weights of 0.70 and a standardised difference of at most 0.15
        (Williamson, Xi and Breyer 2012).
          cbl-tool assess calibrate --levels 1,2,3,4 \\
            --anchors Docs/Examples/assess/anchors.csv \\
            Docs/Examples/assess/ratings.csv

        Ends with 1 when a rater is not calibrated yet.
        """)

    @Argument(help: "The table of ratings.")
    var ratings: String

    @Option(name: .long, help: "The table of anchors with the experts' levels.")
    var anchors: String

    @Option(name: .long, help: "The labels of the levels from low to high, with commas.")
    var levels: String

    @Option(name: .long, help: "The least kappa.")
    var kappa = 0.7

    @Option(name: .long, help: "The greatest standardised mean difference.")
    var difference = 0.15

    @Option(name: .long, help: "The least share of exact agreement.")
    var exact = 0.6

    @Option(name: .long, help: "How many anchors a rater has to rate.")
    var count = 5

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() throws {
      let labels = levels.split(separator: ",").map { String($0.filter { $0 != " " }) }
      guard labels.count >= 2, Set(labels).count == labels.count else {
        throw ToolFailure.usage("--levels wants two or more different labels, such as 1,2,3,4")
      }
      func rank(_ row: AssessTable.Row) throws -> Int {
        let label = try row.text("level")
        guard let rank = labels.firstIndex(of: label) else {
          throw row.failure("level", "'\(label)' is none of the levels \(levels)")
        }
        return rank
      }
      var experts: [String: Int] = [:]
      for row in try AssessTable(anchors, columns: ["anchor", "level"]).rows {
        let anchor = try row.text("anchor")
        guard experts.updateValue(try rank(row), forKey: anchor) == nil else {
          throw row.failure("anchor", "'\(anchor)' comes twice")
        }
      }
      let list = try AssessTable(ratings, columns: ["rater", "anchor", "level"]).rows.map { row in
        let anchor = try row.text("anchor")
        guard experts[anchor] != nil else {
          throw row.failure("anchor", "'\(anchor)' is no anchor of \(anchors)")
        }
        return CalibrationSession.Rating(
          rater: try row.text("rater"), anchor: anchor, level: try rank(row))
      }
      var thresholds = CalibrationSession.Thresholds()
      (thresholds.kappa, thresholds.difference) = (kappa, difference)
      (thresholds.exact, thresholds.count) = (exact, count)
      let session = try AssessText.reading(ratings) { () throws(AssessmentError) in
        try CalibrationSession(
          anchors: experts, ratings: list, levelCount: labels.count, thresholds: thresholds)
      }
      try AssessText.print(lines(session, labels), value(session, labels), json: json)
      if session.raters.contains(where: { !$0.isCalibrated }) { throw ToolFailure.ended(1) }
    }

    private func lines(_ session: CalibrationSession, _ labels: [String]) -> [String] {
      let rows = session.raters.map { rater in
        [
          rater.rater.escapingControls(), "\(rater.count)", Figures.percent(rater.exact),
          Figures.percent(rater.adjacent), Figures.text(rater.bias),
          AssessText.number(rater.kappa, places: 2), rater.isCalibrated ? "yes" : "not yet",
        ]
      }
      let heading = ["rater", "anchors", "exact", "adjacent", "bias", "kappa", "may score"]
      let anchors = session.anchors.map { anchor in
        [
          anchor.anchor.escapingControls(), labels[anchor.level], "\(anchor.count)",
          Figures.percent(anchor.exact),
        ]
      }
      return TextTable.lines([heading] + rows, leftAligned: 1)
        + AssessText.lines(session.raters.flatMap(\.findings)) + [""]
        + TextTable.lines([["anchor", "level", "raters", "exact"]] + anchors, leftAligned: 2)
    }

    private func value(_ session: CalibrationSession, _ labels: [String]) -> JSONValue {
      .object([
        (
          "raters",
          .array(
            session.raters.map { rater in
              .object([
                ("rater", .text(rater.rater)), ("count", .number(rater.count)),
                ("exact", .decimal(rater.exact)), ("adjacent", .decimal(rater.adjacent)),
                ("bias", .decimal(rater.bias)),
                ("standardisedDifference", AssessText.json(rater.standardisedDifference)),
                ("kappa", AssessText.json(rater.kappa)),
                ("calibrated", .boolean(rater.isCalibrated)),
                ("findings", AssessText.json(rater.findings)),
              ])
            })
        ),
        (
          "anchors",
          .array(
            session.anchors.map { anchor in
              .object([
                ("anchor", .text(anchor.anchor)), ("level", .text(labels[anchor.level])),
                ("count", .number(anchor.count)), ("exact", .decimal(anchor.exact)),
                ("meanRank", .decimal(anchor.mean)),
              ])
            })
        ),
      ])
    }
  }
#endif
