import Domain

/// The score in the middle, by counting how many are below each.
struct MedianKernel: ScoreKernel {
  let basis: KernelBasis
  let middle: Method.Middle
  var unit: Int64 { basis.unit }
  // Counting takes the square of the number of scores.
  var limit: Int { min(64, basis.limit(2)) }

  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    let half = scores.count / 2
    let higher = Int64(score(scores, rank: half))
    guard scores.count.isMultiple(of: 2) else { return KernelNumber(higher) }
    let lower = Int64(score(scores, rank: half - 1))
    switch middle {
    case .lower: return KernelNumber(lower)
    case .higher: return KernelNumber(higher)
    case .mean: return KernelNumber(lower + higher, over: 2)
    }
  }

  func divisor(of count: Int) -> Int64? { middle == .mean && count.isMultiple(of: 2) ? 2 : 1 }

  private func score(_ scores: Span<Int32>, rank: Int) -> Int32 {
    for index in 0..<scores.count {
      let own = unsafe scores[unchecked: index]
      var (below, upTo) = (0, 0)
      for other in 0..<scores.count {
        let score = unsafe scores[unchecked: other]
        below &+= score < own ? 1 : 0
        upTo &+= score <= own ? 1 : 0
      }
      if below <= rank && rank < upTo { return own }
    }
    return unsafe scores[unchecked: 0]
  }
}

/// The score that comes most often, by counting the equals of each.
struct ModeKernel: ScoreKernel {
  let unit: Int64
  let tie: Method.Tie
  // Counting takes the square of the number of scores.
  var limit: Int { 64 }

  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (best, most) = (Int32(0), 0)
    for index in 0..<scores.count {
      let own = unsafe scores[unchecked: index]
      var count = 0
      for other in 0..<scores.count {
        count &+= unsafe scores[unchecked: other] == own ? 1 : 0
      }
      guard count >= most else { continue }
      let isBetter =
        switch tie {
        case .highest: own > best
        case .lowest: own < best
        case .latest: true
        }
      if count > most || isBetter { best = own }
      most = count
    }
    return KernelNumber(Int64(best))
  }

  func divisor(of count: Int) -> Int64? { 1 }
}

/// The scores that reach the cut among the last ones, or in the row that ends with the newest.
struct CountedKernel: ScoreKernel {
  let basis: KernelBasis
  let least: Int
  /// How many of the last scores are looked at.
  let last: Int
  let isStreak: Bool
  let hasNumbers: Bool
  var unit: Int64 { basis.unit }
  var limit: Int { basis.limit() }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (sum, count, lowest) = (Int64(0), 0, Int64.max)
    var index = scores.count
    let end = scores.count - min(last, scores.count)
    while index > end {
      index &-= 1
      let score = Int64(unsafe scores[unchecked: index])
      if score >= basis.cut {
        sum &+= score
        count &+= 1
        lowest = min(lowest, score)
      } else if isStreak {
        break
      }
    }
    steps.put(Int64(count))
    guard count >= least else { return .notYet }
    return hasNumbers ? KernelNumber(sum, over: Int64(count)) : KernelNumber(lowest)
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? { Rational(Int(value)) }
}

/// `sum(w * s) / sum(w)`; the extras are the weights as multiples of `1 / weightUnit`.
struct WeightedMeanKernel: ScoreKernel {
  let basis: KernelBasis
  let weightUnit: Int64
  let mostWeight: Int64
  var unit: Int64 { basis.unit }
  var limit: Int { basis.limit(max(mostWeight, weightUnit)) }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (total, weight) = (Int64(0), Int64(0))
    for index in 0..<scores.count {
      let own = Int64(unsafe extras[unchecked: index])
      total &+= own &* Int64(unsafe scores[unchecked: index])
      weight &+= own
    }
    guard weight > 0 else { return .notAssessed }
    steps.put(total)
    steps.put(weight)
    return KernelNumber(total, over: weight)
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    try? Rational(
      Int128(value), over: index == 0 ? Int128(unit) * Int128(weightUnit) : Int128(weightUnit))
  }
}

/// `100 * sum(earned) / sum(possible)`; scores are points earned and extras points possible, both
/// as multiples of `1 / pointsUnit`.
struct PointsShareKernel: ScoreKernel {
  /// The numbers of the levels are multiples of `1 / unit`.
  let unit: Int64
  let pointsUnit: Int64
  let limit: Int

  /// - Parameters:
  ///   - basis: The unit of the levels, and the greatest of them in it.
  ///   - most: The most points that a score has, in units of points.
  init(_ basis: KernelBasis, pointsUnit: Int64, most: Int64) {
    unit = basis.unit
    self.pointsUnit = pointsUnit
    limit = KernelBasis(unit: pointsUnit, most: most, cut: 0)
      .limit(max(100 * unit, basis.most, pointsUnit))
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (earned, possible) = (Int64(0), Int64(0))
    for index in 0..<scores.count {
      earned &+= Int64(unsafe scores[unchecked: index])
      possible &+= Int64(unsafe extras[unchecked: index])
    }
    guard possible > 0 else { return .notAssessed }
    steps.put(earned)
    steps.put(possible)
    return KernelNumber(100 &* unit &* earned, over: possible)
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    try? Rational(Int128(value), over: Int128(pointsUnit))
  }
}
