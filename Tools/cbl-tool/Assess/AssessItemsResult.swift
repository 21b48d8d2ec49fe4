import Assessment
import Domain

/// What `cbl-tool assess items` tells.
struct AssessItemsResult {
  let items: ItemAnalysis
  let reliability: Reliability
  let distractors: DistractorAnalysis?
  let functioning: [(item: String, result: MantelHaenszel)]

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
              ("item", .text(entry.item)), ("oddsRatio", AssessText.json(entry.result.oddsRatio)),
              ("delta", AssessText.json(entry.result.delta)),
              ("standardError", AssessText.json(entry.result.standardError)),
              ("chiSquare", AssessText.json(entry.result.chiSquare)),
              ("correctedChiSquare", AssessText.json(entry.result.correctedChiSquare)),
              ("correctedProbability", AssessText.json(entry.result.correctedProbability)),
              ("class", .optional(entry.result.level?.rawValue)),
            ])
          })
      ), ("findings", AssessText.json(findings)),
    ])
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
