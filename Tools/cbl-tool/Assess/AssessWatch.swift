import Assessment
import Domain

/// What `cbl-tool assess raters --watch` tells: severity, halo and drift of each rater.
struct AssessWatch {
  let watch: RaterWatch
  /// Reads ratings in order of time: unit, rater, score, and perhaps criterion and anchor.
  init(_ path: String, options: RaterWatch.Options) throws {
    let table = try AssessTable(path, columns: [])
    guard table.columns.contains("rater") else {
      watch = try Self.wide(path, options)
      return
    }
    guard let unit = AssessAnswers.personNames.first(where: table.columns.contains),
      let score = AssessAnswers.scoreNames.first(where: table.columns.contains)
    else {
      throw ToolFailure(
        65,
        "\(path):1: found \(table.columns.joined(separator: ", ")); --watch wants unit, rater, score "
          + "and perhaps criterion and anchor")
    }
    let criterion = AssessAnswers.itemNames.first(where: table.columns.contains)
    var ratings: [RaterWatch.Rating] = []
    for row in table.rows where AssessAnswers.known(row, score) != nil {
      ratings.append(
        .init(
          work: try row.text(unit), criterion: criterion.flatMap { row.optional($0) } ?? "",
          rater: try row.text("rater"), score: try row.number(score),
          anchor: try row.optionalNumber("anchor")))
    }
    watch = try AssessText.reading(path) { () throws(AssessmentError) in
      try RaterWatch(ratings, options: options)
    }
  }

  /// The ratings of a table with a column for each rater.
  private static func wide(_ path: String, _ options: RaterWatch.Options) throws -> RaterWatch {
    let table = try AssessAnswers.ratings(path)
    let ratings = table.units.indices.flatMap { unit in
      table.raters.indices.compactMap { rater in
        table[unit, rater].map {
          RaterWatch.Rating(work: table.units[unit], rater: table.raters[rater], score: $0)
        }
      }
    }
    return try AssessText.reading(path) { () throws(AssessmentError) in
      try RaterWatch(ratings, options: options)
    }
  }

  /// For people.
  var lines: [String] {
    let rows = watch.raters.map { rater in
      [
        rater.name.escapingControls(), "\(rater.count)", AssessText.number(rater.severity),
        AssessText.text(rater.severityInterval), AssessText.number(rater.spread, places: 2),
        rater.driftAt.map { "at work \($0)" } ?? "-", AssessText.number(rater.driftSize),
      ]
    }
    let heading = ["rater", "works", "severity", "95 % interval", "spread", "drift", "by"]
    return TextTable.lines([heading] + rows, leftAligned: 1)
      + [
        "Severity is the mean difference from the others' scores or the anchor: below 0 is severe. "
          + "Drift is told by cumulative sums (Page 1954)."
      ] + AssessText.lines(watch.findings)
  }

  /// For machines.
  var value: JSONValue {
    .object([
      (
        "raters",
        .array(
          watch.raters.map { rater in
            .object([
              ("rater", .text(rater.name)), ("count", .number(rater.count)),
              ("severity", AssessText.json(rater.severity)),
              ("severityInterval", AssessText.json(rater.severityInterval)),
              ("spread", AssessText.json(rater.spread)),
              ("driftAt", rater.driftAt.map { .number($0) } ?? .null),
              ("driftSize", AssessText.json(rater.driftSize)),
            ])
          })
      ), ("findings", AssessText.json(watch.findings)),
    ])
  }
}
