#if CommandLine
  import ArgumentParser
  import Assessment
  import Domain

  /// `cbl-tool assess moderate`
  struct AssessModerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "moderate",
      abstract: "Chooses the work that is scored a second time.",
      discussion: """
        The table has the columns work and rater, and perhaps score and stratum.
        Each combination of rater and stratum gives at least one piece. With
        --cut and --error, work near the cut is taken besides.
          cbl-tool assess moderate Docs/Examples/assess/works.csv --share 0.05 \\
            --seed 7 --cut 3 --error 0.4
          cbl-tool assess moderate Docs/Examples/assess/works.csv --seed 7 \\
            --confidence 0.95 --rate 0.1
        """)

    @Argument(help: "The table of work.")
    var works: String

    @Option(name: .long, help: "The share of work to score again, such as 0.05.")
    var share: Double?

    @Option(
      name: .long, help: "How sure to be that fewer than --rate are scored wrongly.")
    var confidence: Double?

    @Option(name: .long, help: "The rate of disagreement that would matter.")
    var rate = 0.05

    @Option(name: .long, help: "How many disagreements in the sample are tolerated.")
    var tolerated = 0

    @Option(name: .long, help: "The lowest score that is mastery.")
    var cut: Double?

    @Option(name: .long, help: "The standard error of one rating.")
    var error: Double?

    @Option(name: .long, help: "Score again where a decision is wrong with a greater probability.")
    var risk = 0.1

    @Option(name: .long, help: "The seed of the draw.")
    var seed: UInt64

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      if share != nil, confidence != nil {
        throw ValidationError("give either --share or --confidence")
      }
      if (cut == nil) != (error == nil) { throw ValidationError("--cut goes with --error") }
      if tolerated < 0 || tolerated > 1_000 {
        throw ValidationError("--tolerated takes 0 to 1000")
      }
    }

    func run() throws {
      let list = try AssessTable(works, columns: ["work", "rater"]).rows.map { row in
        ModerationSample.Work(
          try row.text("work"), rater: try row.text("rater"),
          score: try row.optionalNumber("score"), stratum: row.optional("stratum") ?? "")
      }
      var rule: NearCutRule?
      if let cut, let error {
        rule = try AssessText.options { () throws(AssessmentError) in
          try NearCutRule(cut: cut, standardError: error, risk: risk)
        }
      }
      let size: ModerationSample.Size =
        confidence.map { .confidence($0, rate: rate, tolerated: tolerated) }
        ?? .share(share ?? 0.05)
      let sample = try AssessText.reading(works) { () throws(AssessmentError) in
        try ModerationSample(of: list, size: size, nearCut: rule, seed: seed)
      }
      let near = Set(sample.nearCut)
      let scores = list.compactMap(\.score)
      let benefit =
        scores.isEmpty
        ? nil
        : try rule.map { rule in
          try AssessText.reading(works) { () throws(AssessmentError) in
            try rule.benefit(for: scores)
          }
        }
      var lines = [
        "\(sample.chosen.count) of \(list.count) pieces are scored again"
          + (near.isEmpty ? "." : ", \(near.count) of them because they are near the cut."),
        "If all agree, fewer than \(Figures.percent(sample.detectableRate, places: 1)) of all "
          + "disagree, or it would have been seen with 95 % confidence.",
      ]
      if let benefit {
        lines.append(
          "Decisions are right in \(Figures.percent(benefit.accuracyWithOne, places: 1)) with one "
            + "rating, in \(Figures.percent(benefit.accuracyWithRule, places: 1)) with "
            + "\(benefit.secondRatingCount) more near the cut, in "
            + "\(Figures.percent(benefit.accuracyWithTwo, places: 1)) with two for all.")
      }
      let rows = sample.chosen.map { place in
        [
          list[place].name.escapingControls(), list[place].rater.escapingControls(),
          list[place].stratum.escapingControls(), near.contains(place) ? "near the cut" : "drawn",
        ]
      }
      lines += TextTable.lines([["work", "rater", "stratum", "why"]] + rows)
      try AssessText.print(
        lines, value(sample, list, near: near, benefit: benefit), json: json)
    }

    private func value(
      _ sample: ModerationSample, _ list: [ModerationSample.Work], near: Set<Int>,
      benefit: NearCutRule.Benefit?
    ) -> JSONValue {
      .object([
        ("population", .number(sample.populationCount)), ("chosen", .number(sample.chosen.count)),
        ("detectableRate", .decimal(sample.detectableRate)), ("seed", .text("\(seed)")),
        (
          "benefit",
          benefit.map { benefit in
            .object([
              ("secondRatings", .number(benefit.secondRatingCount)),
              ("accuracyWithOne", .decimal(benefit.accuracyWithOne)),
              ("accuracyWithRule", .decimal(benefit.accuracyWithRule)),
              ("accuracyWithTwo", .decimal(benefit.accuracyWithTwo)),
            ])
          } ?? .null
        ),
        (
          "works",
          .array(
            sample.chosen.map { place in
              .object([
                ("work", .text(list[place].name)), ("rater", .text(list[place].rater)),
                ("stratum", .text(list[place].stratum)),
                ("nearCut", .boolean(near.contains(place))),
              ])
            })
        ),
      ])
    }
  }
#endif
