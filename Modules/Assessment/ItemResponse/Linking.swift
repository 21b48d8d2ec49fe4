/// A line that brings a scale of ability to another one: new = slope * old + shift.
public struct Linking: Hashable, Sendable {
  /// The slope.
  public let slope: Double
  /// The shift.
  public let shift: Double

  /// Links two calibrations of the same items by mean and deviation of difficulties
  /// (Marco 1977).
  ///
  /// - Parameters:
  ///   - old: The items on the scale to be brought over.
  ///   - new: The same items, in the same order, on the target scale.
  /// - Throws: ``AssessmentError`` when items do not fit or difficulties do not differ.
  public static func meanSigma(
    from old: [CalibratedItem], to new: [CalibratedItem]
  ) throws(AssessmentError) -> Linking {
    try check(old, new)
    func moments(_ items: [CalibratedItem]) -> (mean: Double, deviation: Double) {
      let values = items.flatMap(\.thresholds)
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / Double(values.count)).squareRoot())
    }
    let (a, b) = (moments(old), moments(new))
    guard a.deviation > 1e-12 else {
      throw AssessmentError(.notEstimable, "All common items are equally hard; no slope follows.")
    }
    let slope = b.deviation / a.deviation
    return Linking(slope: slope, shift: b.mean - slope * a.mean)
  }

  /// Links two calibrations of the same items by their test curves (Stocking and Lord 1983).
  ///
  /// - Parameters:
  ///   - old: The items on the scale to be brought over.
  ///   - new: The same items, in the same order, on the target scale.
  ///   - grid: The abilities on the target scale where curves are compared.
  /// - Throws: ``AssessmentError`` when items do not fit.
  public static func stockingLord(
    from old: [CalibratedItem], to new: [CalibratedItem], grid: QuadratureGrid = .normal(count: 41)
  ) throws(AssessmentError) -> Linking {
    let start = try meanSigma(from: old, to: new)
    let wanted = grid.nodes.map { node in new.reduce(0) { $0 + $1.expectedScore(at: node) } }
    func misses(_ x: [Double]) -> [Double] {
      let moved = Linking(slope: x[0], shift: x[1]).applied(to: old)
      return grid.nodes.indices.map { place in
        let found = moved.reduce(0) { $0 + $1.expectedScore(at: grid.nodes[place]) }
        return (found - wanted[place]) * grid.weights[place].squareRoot()
      }
    }
    var x = [start.slope, start.shift]
    var value = misses(x).reduce(0) { $0 + $1 * $1 }
    // Gauss and Newton with damping.
    var damping = 1e-6
    for _ in 0..<200 {
      let now = misses(x)
      let columns = (0..<2).map { place -> [Double] in
        var moved = x
        moved[place] += 1e-6
        return zip(misses(moved), now).map { ($0 - $1) / 1e-6 }
      }
      var matrix = SquareMatrix(size: 2)
      var right = [0.0, 0]
      for a in 0..<2 {
        right[a] = -zip(columns[a], now).reduce(0) { $0 + $1.0 * $1.1 }
        for b in 0..<2 {
          matrix[a, b] = zip(columns[a], columns[b]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        matrix[a, a] *= 1 + damping
      }
      guard let step = matrix.solve(right) else { break }
      let candidate = [x[0] + step[0], x[1] + step[1]]
      let reached = candidate[0] > 0 ? misses(candidate).reduce(0) { $0 + $1 * $1 } : .infinity
      if reached <= value {
        let isAtRest = step.allSatisfy { abs($0) < 1e-10 }
        (x, value, damping) = (candidate, reached, damping / 10)
        if isAtRest { break }
      } else {
        damping *= 10
        if damping > 1e8 { break }
      }
    }
    return Linking(slope: x[0], shift: x[1])
  }

  private static func check(
    _ old: [CalibratedItem], _ new: [CalibratedItem]
  ) throws(AssessmentError) {
    guard old.count == new.count, !old.isEmpty,
      zip(old, new).allSatisfy({ $0.categoryCount == $1.categoryCount && $0.slope != 0 })
    else {
      throw AssessmentError(.shape, "Linking needs the same items in the same order on both sides.")
    }
  }

  /// An ability brought over.
  public func applied(to ability: Double) -> Double { slope * ability + shift }

  /// Items brought over.
  public func applied(to items: [CalibratedItem]) -> [CalibratedItem] {
    items.map { item in
      var moved = item
      moved.slope = item.slope / slope
      moved.intercepts = item.intercepts.enumerated().map { place, intercept in
        let steps = item.family == .partialCredit ? Double(place + 1) : 1
        return intercept - steps * item.slope * shift / slope
      }
      return moved
    }
  }
}
