/// Abilities of many persons who answered the same logistic items, all of them.
///
/// With one slope for each item the sum of slopes of right answers says all that the answers say
/// about ability. So the curve from ability to that sum is worked out once on a fine grid, and each
/// person is a look-up with a cubic through values and derivatives, good to 1e-9.
struct ScoreCurve {
  private static let perUnit = 64
  private let slopes: [Double]
  private let method: AbilityMethod
  private let lowest: Double
  private let values: [Double]
  private let derivatives: [Double]

  init?(
    _ items: [CalibratedItem], _ table: ResponseTable, _ method: AbilityMethod,
    _ range: ClosedRange<Double>, _ priorMean: Double, _ priorVariance: Double
  ) {
    let isPlain = items.allSatisfy {
      $0.family == .logistic && $0.guessing == 0 && $0.upper == 1 && $0.slope > 0
    }
    guard isPlain, !table.hasMissing, table.persons.count > 200 else { return nil }
    slopes = items.map(\.slope)
    self.method = method
    let start = max(range.lowerBound, -16)
    let end = min(range.upperBound, 16)
    let count = max(2, Int((end - start) * Double(Self.perUnit)))
    let curves = Self.curves(items, start, count)
    var (values, derivatives) = ([Double](), [Double]())
    for place in 0...count {
      let (sum, first) = (curves.sums[place], curves.information[place])
      let (second, third) = (curves.second[place], curves.third[place])
      let ability = start + Double(place) / Double(Self.perUnit)
      switch method {
      case .map:
        values.append(sum + (ability - priorMean) / priorVariance)
        derivatives.append(first + 1 / priorVariance)
      case .wle:
        // Warm's correction is I' / (2 I).
        values.append(sum - second / (2 * first))
        derivatives.append(first - (third * first - second * second) / (2 * first * first))
      case .eap, .ml:
        values.append(sum)
        derivatives.append(first)
      }
    }
    // Where the curve turns back there are several maxima: only what rises without a break around
    // the middle is kept, and persons outside are searched alone.
    var (first, last) = (count / 2, count / 2)
    while first > 0, values[first - 1] < values[first], derivatives[first - 1] > 0 { first -= 1 }
    while last < count, values[last + 1] > values[last], derivatives[last + 1] > 0 { last += 1 }
    guard last > first else { return nil }
    lowest = start + Double(first) / Double(Self.perUnit)
    self.values = Array(values[first...last])
    self.derivatives = Array(derivatives[first...last])
  }

  /// Sums over items of a P and its derivatives by ability.
  private static func curves(
    _ items: [CalibratedItem], _ start: Double, _ count: Int
  ) -> (sums: [Double], information: [Double], second: [Double], third: [Double]) {
    let vectors = count / 8 + 1
    var sums = [SIMD8<Double>](repeating: SIMD8(), count: vectors)
    var (first, second, third) = (sums, sums, sums)
    let lanes = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
    for vector in 0..<vectors {
      let ability = start + (Double(vector * 8) + lanes) / Double(perUnit)
      for item in items {
        let a = item.slope
        let p = VectorMath.logistic(a * ability + item.intercepts[0])
        let spread = p * (1 - p)
        sums[vector] += a * p
        first[vector] += a * a * spread
        second[vector] += a * a * a * spread * (1 - 2 * p)
        third[vector] += a * a * a * a * spread * (1 - 6 * spread)
      }
    }
    func flat(_ list: [SIMD8<Double>]) -> [Double] {
      list.flatMap { vector in (0..<8).map { vector[$0] } }
    }
    return (flat(sums), flat(first), flat(second), flat(third))
  }

  /// The estimates; `nil` for persons who must be searched alone.
  func estimates(_ table: ResponseTable) -> [AbilityEstimate?] {
    let persons = table.persons.count
    var sums = [Double](repeating: 0, count: persons)
    unsafe table.cells.withUnsafeBufferPointer { cells in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for item in slopes.indices {
          let (start, slope) = (item * persons, slopes[item])
          for person in 0..<persons {
            unsafe sums[person] += slope * Double(cells[start + person])
          }
        }
      }
    }
    let total = slopes.reduce(0, +)
    return sums.map { estimate($0, total: total) }
  }

  private func estimate(_ sum: Double, total: Double) -> AbilityEstimate? {
    if method == .ml, sum <= 0 || sum >= total * (1 - 1e-12) { return AbilityEstimate.none }
    guard sum > values[0], sum < values[values.count - 1] else { return nil }
    // The cell is found by halving.
    var (left, right) = (0, values.count - 1)
    while right - left > 1 {
      let middle = (left + right) / 2
      if values[middle] <= sum { left = middle } else { right = middle }
    }
    let width = 1 / Double(Self.perUnit)
    let (y0, y1) = (values[left], values[right])
    let (d0, d1) = (derivatives[left] * width, derivatives[right] * width)
    var t = (sum - y0) / (y1 - y0)
    for _ in 0..<4 {
      let (t2, t3) = (t * t, t * t * t)
      let value =
        (2 * t3 - 3 * t2 + 1) * y0 + (t3 - 2 * t2 + t) * d0 + (3 * t2 - 2 * t3) * y1
        + (t3 - t2) * d1
      let slope =
        6 * (t2 - t) * (y0 - y1) + (3 * t2 - 4 * t + 1) * d0 + (3 * t2 - 2 * t) * d1
      guard slope > 0 else { break }
      t = min(1, max(0, t - (value - sum) / slope))
    }
    let inside = derivatives[left] + t * (derivatives[right] - derivatives[left])
    return AbilityEstimate(
      value: lowest + (Double(left) + t) * width, standardError: 1 / inside.squareRoot())
  }
}
