import Assessment

/// The drawings of `cbl-tool assess`.
enum AssessPlots {
  /// The sums of all persons, missing answers counting nothing.
  static func sums(_ table: ResponseTable) -> [(sum: Double, weight: Double)] {
    table.persons.indices.map { person in
      let sum = table.items.indices.reduce(0) { $0 + (table[person, $1] ?? 0) }
      return (Double(sum), table.weights?[person] ?? 1)
    }
  }

  /// The distribution of sums, and how hard and how telling items are.
  static func items(_ items: ItemAnalysis, _ table: ResponseTable) -> SVGPlot {
    let sums = sums(table)
    var counts: [Double: Double] = [:]
    for entry in sums { counts[entry.sum, default: 0] += entry.weight }
    let bars = counts.sorted { $0.key < $1.key }
    let (low, high) = (bars.first?.key ?? 0, bars.last?.key ?? 1)
    var distribution = SVGPlot.Panel(
      title: "Distribution of sums", xName: "sum of items", yName: "persons",
      x: (low - 0.5)...(high + 0.5), y: 0...max(1, bars.map(\.value).max() ?? 1))
    distribution.marks = bars.map { .bar(x: $0.key, y: $0.value, width: 1) }
    let points = items.items.compactMap { item in
      item.facility.flatMap { facility in item.itemRest.map { (facility, $0, item.name) } }
    }
    var telling = SVGPlot.Panel(
      title: "Facility and correlation with the other items", xName: "facility",
      yName: "r rest", x: 0...1,
      y: min(0, points.map(\.1).min() ?? 0)...max(0.6, points.map(\.1).max() ?? 0.6))
    telling.marks =
      [.border(x: 0.2, name: "hard"), .border(x: 0.9, name: "easy")]
      + points.map { .point(x: $0.0, y: $0.1, name: $0.2) }
    return SVGPlot(panels: [distribution, telling])
  }

  /// Characteristic curves, information and a Wright map.
  static func bank(_ items: [CalibratedItem], abilities: [(value: Double, weight: Double)])
    -> SVGPlot
  {
    let grid = (-40...40).map { Double($0) / 10 }
    var curves = SVGPlot.Panel(
      title: "Expected score by ability, as a share of the most", xName: "ability", yName: "share",
      x: -4...4, y: 0...1)
    // Hundreds of curves tell nothing.
    curves.marks = items.prefix(40).map { item in
      .line(
        grid.map { ($0, item.expectedScore(at: $0) / Double(max(1, item.categoryCount - 1))) },
        name: item.name)
    }
    let information = grid.map { node in items.reduce(0) { $0 + $1.information(at: node) } }
    var test = SVGPlot.Panel(
      title: "Information of all items", xName: "ability", yName: "information",
      x: -4...4, y: 0...max(0.1, information.max() ?? 1))
    test.marks =
      items.prefix(40).map { item in
        .line(grid.map { ($0, item.information(at: $0)) }, name: item.name)
      } + [.line(Array(zip(grid, information)).map { ($0.0, $0.1) }, name: "all items")]
    return SVGPlot(panels: [curves, test, wright(items, abilities)])
  }

  private static func wright(
    _ items: [CalibratedItem], _ abilities: [(value: Double, weight: Double)]
  ) -> SVGPlot.Panel {
    let width = 0.25
    var counts: [Int: Double] = [:]
    for ability in abilities where abs(ability.value) <= 6 {
      counts[Int((ability.value / width).rounded()), default: 0] += ability.weight
    }
    let most = max(1, counts.values.max() ?? 1)
    var map = SVGPlot.Panel(
      title: "Wright map: persons as bars, thresholds of items as points", xName: "ability",
      yName: "persons", x: -4...4, y: 0...(most * 1.6))
    map.marks = counts.sorted { $0.key < $1.key }.map {
      .bar(x: Double($0.key) * width, y: $0.value, width: width)
    }
    let places = items.flatMap { item in
      item.thresholds.enumerated().map { number, threshold in
        (threshold, item.thresholds.count > 1 ? "\(item.name).\(number + 1)" : item.name)
      }
    }.sorted { $0.0 < $1.0 }
    for (number, place) in places.enumerated() where abs(place.0) <= 4 {
      // In turns at some heights, so that names do not lie on each other.
      let height = most * (1.1 + 0.1 * Double(number % 5))
      map.marks.append(.point(x: place.0, y: height, name: place.1))
    }
    return map
  }

  /// Severity with intervals, and the running difference of each rater.
  static func watch(_ watch: RaterWatch) -> SVGPlot {
    let raters = Array(watch.raters.prefix(60))
    let ends = raters.flatMap { rater in
      [rater.severity, rater.severityInterval?.lowerBound, rater.severityInterval?.upperBound]
        .compactMap { $0 }
    }
    let reach = max(0.5, ends.map(abs).max() ?? 0.5)
    var severity = SVGPlot.Panel(
      title: "Difference of each rater from the others, 95 % intervals",
      xName: "points: left of 0 severe",
      yName: "", x: -reach...reach, y: 0...1, rows: raters.map(\.name))
    severity.marks = [.border(x: 0, name: "")]
    for (row, rater) in raters.enumerated() {
      guard let value = rater.severity else { continue }
      severity.marks.append(
        .interval(
          low: rater.severityInterval?.lowerBound ?? value, value: value,
          high: rater.severityInterval?.upperBound ?? value, row: row))
    }
    let most = raters.map(\.differences.count).max() ?? 1
    var drift = SVGPlot.Panel(
      title: "Drift: mean difference over the last 10 works", xName: "work of the rater, in time",
      yName: "points", x: 0...Double(max(1, most)), y: -reach...reach)
    let means = raters.map { running($0.differences) }
    let far = max(reach, means.joined().map(\.y).map(abs).max() ?? reach)
    drift.y = -far...far
    drift.marks = zip(raters, means).map { .line($1, name: $0.name) }
    for rater in raters {
      guard let place = rater.driftAt else { continue }
      drift.marks.append(.border(x: Double(place), name: rater.name))
    }
    return SVGPlot(panels: [severity, drift])
  }

  private static func running(_ values: [Double]) -> [(x: Double, y: Double)] {
    values.indices.map { end in
      let part = values[max(0, end - 9)...end]
      return (Double(end + 1), part.reduce(0, +) / Double(part.count))
    }
  }

  /// The level of each facet with its interval.
  static func facets(_ fit: ManyFacetRasch) -> SVGPlot {
    let panels = Array(Set(fit.levels.map(\.facet))).sorted().map { facet in
      let levels = Array(fit.levels.filter { $0.facet == facet }.prefix(60))
      let reach = max(
        1, levels.map { abs($0.value) + 2 * ($0.standardError ?? 0) }.max() ?? 1)
      var panel = SVGPlot.Panel(
        title: "\(facet): severity or difficulty, 95 % intervals", xName: "logits", yName: "",
        x: -reach...reach, y: 0...1, rows: levels.map(\.name))
      panel.marks = [.border(x: 0, name: "")]
      for (row, level) in levels.enumerated() {
        let error = 1.96 * (level.standardError ?? 0)
        panel.marks.append(
          .interval(
            low: level.value - error, value: level.value, high: level.value + error, row: row))
      }
      return panel
    }
    return SVGPlot(panels: panels)
  }

  /// Where learners are placed, with intervals and cuts.
  static func places(
    _ places: [(name: String, ability: Double, error: Double)], cuts: [Double]
  ) -> SVGPlot {
    let shown = Array(places.prefix(60))
    var panel = SVGPlot.Panel(
      title: "Placements, 95 % intervals", xName: "ability", yName: "", x: -4...4, y: 0...1,
      rows: shown.map(\.name))
    panel.marks = cuts.enumerated().map { .border(x: $0.element, name: "cut \($0.offset + 1)") }
    for (row, place) in shown.enumerated() {
      let reach = place.error.isFinite ? 1.96 * place.error : 8
      panel.marks.append(
        .interval(
          low: place.ability - reach, value: place.ability, high: place.ability + reach, row: row))
    }
    return SVGPlot(panels: [panel])
  }
}
