#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a calibration begins: slopes from item-rest correlations, intercepts from shares.
struct StartValues {
  private(set) var parameters: [Double] = []

  init(_ table: ResponseTable, _ model: ResponseModel) {
    let analysis = ItemAnalysis(of: table)
    if model.hasCommonSlope { parameters.append(1) }
    for item in table.items.indices {
      let categories = table.categoryCounts[item]
      var counts = [Double](repeating: 0.5, count: categories)
      for person in table.persons.indices {
        let cell = table.cells[item * table.persons.count + person]
        if cell != ResponseTable.missing { counts[Int(cell)] += table.weight(person) }
      }
      let slope =
        model.hasCommonSlope ? 1 : Self.slope(analysis.items[item].itemRest, table.items.count)
      if !model.hasCommonSlope { parameters.append(slope) }
      parameters += Self.intercepts(counts, model.family, slope)
      if model == .threeParameter { parameters.append(-2) }
    }
  }

  /// The slope that a correlation with the other items stands for.
  private static func slope(_ correlation: Double?, _ items: Int) -> Double {
    guard let correlation, abs(correlation) > 0.01 else { return 0.5 }
    // The rest score is no better a measure than its length allows.
    let reliable = Double(items) * 0.12 / (1 + Double(items) * 0.12)
    let r = min(0.85, max(0.1, abs(correlation) * 1.25 / reliable.squareRoot()))
    let slope = min(4, max(0.3, 1.7 * r / (1 - r * r).squareRoot()))
    return correlation < 0 ? -slope : slope
  }

  private static func intercepts(
    _ counts: [Double], _ family: CalibratedItem.Family, _ slope: Double
  ) -> [Double] {
    let all = counts.reduce(0, +)
    // Ability spreads the curve: a logistic of slope a over N(0, 1) is flatter by this factor.
    let spread = (1 + slope * slope / 2.89).squareRoot()
    switch family {
    case .logistic, .graded:
      var above = all
      return counts.dropLast().map { count in
        above -= count
        return spread * log(above / (all - above))
      }
    case .partialCredit:
      return counts.dropFirst().map { log($0 / counts[0]) }
    }
  }
}
