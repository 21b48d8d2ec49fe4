import Assessment
import Domain

/// What `cbl-tool assess items` tells.
struct AssessItemsResult {
  let items: ItemAnalysis
  let reliability: Reliability
  let distractors: DistractorAnalysis?
  let functioning: [Functioning]
  let decision: LivingstonLewis?

  /// How two groups do on an item at the same score.
  struct Functioning {
    let item: String
    let result: MantelHaenszel
    let regression: LogisticFunctioning?
  }

  private var findings: [Finding] {
    var all = items.findings + (distractors?.findings ?? [])
    for finding in reliability.findings where !all.contains(finding) { all.append(finding) }
    for entry in functioning where entry.result.level == .b || entry.result.level == .c {
      let harder = (entry.result.delta ?? 0) < 0 ? "harder" : "easier"
      all.append(
        Finding(
          .caution, entry.item,
          "is \(harder) for the focal group at the same score, class "
            + "\(entry.result.level?.rawValue ?? "") (Mantel and Haenszel 1959)"))
    }
    return all
  }

  /// For people.
  var lines: [String] {
    let heading = [
      "item", "n", "mean", "sd", "facility", "r total", "r rest", "upper-lower", "alpha without",
    ]
    let rows = items.items.enumerated().map { place, item in
      [
        item.name.escapingControls(), Figures.text(item.count, places: 0),
        AssessText.number(item.mean), AssessText.number(item.deviation),
        AssessText.number(item.facility), AssessText.number(item.itemTotal),
        AssessText.number(item.itemRest), AssessText.number(item.upperLower),
        AssessText.number(
          place < reliability.alphaWithoutItem.count ? reliability.alphaWithoutItem[place] : nil),
      ]
    }
    var lines = TextTable.lines([heading] + rows, leftAligned: 1)
    lines.append("")
    lines.append(
      "\(Figures.text(items.count, places: 0)) persons, mean \(AssessText.number(items.totalMean)), "
        + "standard deviation \(AssessText.number(items.totalDeviation)).")
    if let alpha = reliability.alpha {
      let interval = reliability.alphaInterval.map {
        " (95 % interval \(AssessText.number($0.lowerBound)) to "
          + "\(AssessText.number($0.upperBound)), Feldt 1987)"
      }
      lines.append("Alpha \(AssessText.number(alpha))\(interval ?? ""): \(Self.reading(alpha)).")
    }
    lines.append(
      "Omega \(AssessText.number(reliability.omega)), lambda 6 "
        + "\(AssessText.number(reliability.lambda6)), odd and even halves "
        + "\(AssessText.number(reliability.splitHalf)), standard error of measurement "
        + "\(AssessText.number(reliability.standardError)).")
    lines += distractorLines
    if !functioning.isEmpty {
      let heading = ["item", "odds ratio", "delta", "class", "p (MH)", "p (logistic)", "R2 more"]
      let rows = functioning.map { entry in
        [
          entry.item.escapingControls(), AssessText.number(entry.result.oddsRatio),
          AssessText.number(entry.result.delta), entry.result.level?.rawValue ?? "-",
          AssessText.number(entry.result.correctedProbability),
          AssessText.number(entry.regression?.probability),
          AssessText.number(entry.regression?.effect),
        ]
      }
      lines += [""] + TextTable.lines([heading] + rows, leftAligned: 1)
    }
    if let decision { lines.append(Self.line(decision)) }
    return lines + AssessText.lines(findings)
  }

  private static func reading(_ alpha: Double) -> String {
    let word =
      alpha >= 0.9
      ? "enough for decisions about single learners"
      : alpha >= 0.7 ? "enough for comparing groups" : "too low for scores of single learners"
    return "\(word) (Nunnally and Bernstein 1994); no mark of quality for a short mastery quiz"
  }

  private var distractorLines: [String] {
    guard let distractors else { return [] }
    let rows = distractors.items.flatMap { item in
      item.options.map { option in
        [
          item.name.escapingControls(),
          option.name.escapingControls() + (option.isKey ? " (key)" : ""), "\(option.count)",
          AssessText.number(option.proportion), AssessText.number(option.optionTotal),
          AssessText.number(option.optionRest), AssessText.number(option.meanTotal, places: 2),
        ]
      }
    }
    let heading = ["item", "option", "n", "share", "r total", "r rest", "mean total"]
    return [""] + TextTable.lines([heading] + rows, leftAligned: 2)
  }

  /// For machines.
  var value: JSONValue {
    .object([
      ("persons", .decimal(items.count)), ("totalMean", .decimal(items.totalMean)),
      ("totalSD", AssessText.json(items.totalDeviation)),
      ("items", .array(items.items.enumerated().map { itemValue($0.element, $0.offset) })),
      ("alpha", AssessText.json(reliability.alpha)),
      ("alphaInterval", AssessText.json(reliability.alphaInterval)),
      ("standardizedAlpha", AssessText.json(reliability.standardizedAlpha)),
      ("lambda6", AssessText.json(reliability.lambda6)),
      ("omega", AssessText.json(reliability.omega)),
      ("splitHalf", AssessText.json(reliability.splitHalf)),
      ("standardError", AssessText.json(reliability.standardError)),
      ("distractors", distractorValue),
      (
        "functioning",
        .array(
          functioning.map { entry in
            .object([
              ("item", .text(entry.item)), ("mantelHaenszel", Self.json(entry.result)),
              ("logistic", Self.json(entry.regression)),
            ])
          })
      ), ("decision", Self.json(decision)), ("findings", AssessText.json(findings)),
    ])
  }

  /// The comparison of two groups for machines.
  static func json(_ result: MantelHaenszel) -> JSONValue {
    .object([
      ("oddsRatio", AssessText.json(result.oddsRatio)), ("delta", AssessText.json(result.delta)),
      ("standardError", AssessText.json(result.standardError)),
      ("chiSquare", AssessText.json(result.chiSquare)),
      ("correctedChiSquare", AssessText.json(result.correctedChiSquare)),
      ("correctedProbability", AssessText.json(result.correctedProbability)),
      ("class", .optional(result.level?.rawValue)),
    ])
  }

  /// The comparison of two groups for people.
  static func lines(_ result: MantelHaenszel) -> [String] {
    [
      "Odds ratio \(AssessText.number(result.oddsRatio)), delta \(AssessText.number(result.delta)), "
        + "class \(result.level?.rawValue ?? "-"); chi square "
        + "\(AssessText.number(result.correctedChiSquare)) with correction, p "
        + "\(AssessText.number(result.correctedProbability)) (Mantel and Haenszel 1959)."
    ]
  }

  private static func json(_ regression: LogisticFunctioning?) -> JSONValue {
    guard let regression else { return .null }
    return .object([
      ("uniform", .decimal(regression.uniform)), ("nonUniform", .decimal(regression.nonUniform)),
      ("probability", .decimal(regression.probability)), ("effect", .decimal(regression.effect)),
    ])
  }

  /// The accuracy of a cut for machines.
  static func json(_ decision: LivingstonLewis?) -> JSONValue {
    guard let decision else { return .null }
    return .object([
      ("accuracy", .decimal(decision.decision.accuracy)),
      ("consistency", .decimal(decision.decision.consistency)),
      ("kappa", AssessText.json(decision.decision.kappa)),
      ("rightAbove", .decimal(decision.rightAbove)), ("rightBelow", .decimal(decision.rightBelow)),
      ("wrongAbove", .decimal(decision.wrongAbove)), ("wrongBelow", .decimal(decision.wrongBelow)),
      ("effectiveLength", .decimal(decision.effectiveLength)),
      ("alpha", .decimal(decision.trueScores.alpha)), ("beta", .decimal(decision.trueScores.beta)),
      ("low", .decimal(decision.trueScores.low)), ("high", .decimal(decision.trueScores.high)),
    ])
  }

  /// The accuracy of a cut for people.
  static func line(_ decision: LivingstonLewis) -> String {
    "Pass and fail are right in \(Figures.percent(decision.decision.accuracy, places: 1)) and "
      + "repeated by an equal test in "
      + "\(Figures.percent(decision.decision.consistency, places: 1)) of cases; "
      + "\(Figures.percent(decision.wrongAbove, places: 1)) pass without and "
      + "\(Figures.percent(decision.wrongBelow, places: 1)) fail with mastery (Livingston and Lewis "
      + "1995)."
  }

  private func itemValue(_ item: ItemAnalysis.Item, _ place: Int) -> JSONValue {
    let without =
      place < reliability.alphaWithoutItem.count ? reliability.alphaWithoutItem[place] : nil
    return .object([
      ("item", .text(item.name)), ("count", .decimal(item.count)),
      ("mean", AssessText.json(item.mean)), ("sd", AssessText.json(item.deviation)),
      ("facility", AssessText.json(item.facility)),
      ("itemTotal", AssessText.json(item.itemTotal)),
      ("itemRest", AssessText.json(item.itemRest)),
      ("upperLower", AssessText.json(item.upperLower)),
      ("alphaWithout", AssessText.json(without)),
    ])
  }

  private var distractorValue: JSONValue {
    guard let distractors else { return .null }
    return .array(
      distractors.items.map { item in
        .object([
          ("item", .text(item.name)),
          (
            "options",
            .array(
              item.options.map { option in
                .object([
                  ("option", .text(option.name)), ("isKey", .boolean(option.isKey)),
                  ("count", .number(option.count)), ("proportion", .decimal(option.proportion)),
                  ("optionTotal", AssessText.json(option.optionTotal)),
                  ("optionRest", AssessText.json(option.optionRest)),
                  ("meanTotal", AssessText.json(option.meanTotal)),
                ])
              })
          ),
        ])
      })
  }
}

extension AssessText {
  /// An interval for machines; null where there is none.
  static func json(_ interval: ClosedRange<Double>?) -> JSONValue {
    interval.map { .array([.decimal($0.lowerBound), .decimal($0.upperBound)]) } ?? .null
  }

  /// An interval for people.
  static func text(_ interval: ClosedRange<Double>?) -> String {
    interval.map { "\(number($0.lowerBound)) to \(number($0.upperBound))" } ?? "-"
  }
}
