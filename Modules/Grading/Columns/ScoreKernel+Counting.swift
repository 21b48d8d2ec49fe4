import Domain

/// How often each of up to 16 scores comes, a byte for each in two words.
struct ScoreCounts {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080
  /// How many scores have room.
  static let most = 127

  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0

  init(low: UInt64 = 0, high: UInt64 = 0) {
    self.low = low
    self.high = high
  }

  /// The score from which all are counted, when no score is 16 or more above it.
  static func base(_ basis: KernelBasis) -> Int32? {
    guard let scores = basis.scores, Int(scores.upperBound) - Int(scores.lowerBound) < 16 else {
      return nil
    }
    return scores.lowerBound
  }

  @inline(__always)
  mutating func add(_ place: UInt64) {
    let one = UInt64(1) &<< ((place & 7) &* 8)
    let isLow = (place &>> 3) &- 1
    low &+= one & isLow
    high &+= one & ~isLow
  }

  /// How often a score comes.
  @inline(__always)
  func count(_ place: UInt64) -> UInt64 {
    let isLow = (place &>> 3) &- 1
    return (((low & isLow) | (high & ~isLow)) &>> ((place & 7) &* 8)) & 0xFF
  }

  /// The counts up to each score.
  @inline(__always)
  func summed() -> ScoreCounts {
    var sums = ScoreCounts()
    sums.low = low &* Self.ones
    sums.high = high &* Self.ones &+ (sums.low &>> 56) &* Self.ones
    return sums
  }

  /// The score of a rank, in sums: the first up to which more than `rank` scores were counted.
  @inline(__always)
  func place(ofRank rank: Int) -> Int64 {
    // A sum of at most 127 reaches the top bit when it is more than the rank.
    let lift = UInt64(truncatingIfNeeded: 127 &- rank) &* Self.ones
    let flags = (low &+ lift) & Self.tops
    let others = (high &+ lift) & Self.tops
    return Int64(
      flags != 0 ? flags.trailingZeroBitCount &>> 3 : 8 &+ others.trailingZeroBitCount &>> 3)
  }
}

/// The score in the middle, from counts of scores where there are few different ones.
struct MedianKernel: ScoreKernel {
  let basis: KernelBasis
  let middle: Method.Middle
  private let base: Int32?
  var unit: Int64 { basis.unit }
  // Counting for each score how many are below takes the square of their number.
  var limit: Int { min(base == nil ? 64 : ScoreCounts.most, basis.limit(2)) }

  init(basis: KernelBasis, middle: Method.Middle) {
    self.basis = basis
    self.middle = middle
    base = ScoreCounts.base(basis)
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    let (lower, higher) = base.map { middles(scores, from: $0) } ?? middles(scores)
    let isEven = scores.count & 1 == 0
    switch middle {
    case .lower: return KernelNumber(lower)
    case .higher: return KernelNumber(higher)
    // Of an odd number of scores both are the same one.
    case .mean: return KernelNumber(isEven ? lower &+ higher : higher, over: isEven ? 2 : 1)
    }
  }

  func divisor(of count: Int) -> Int64? { middle == .mean && count.isMultiple(of: 2) ? 2 : 1 }

  @inline(__always)
  private func middles(_ scores: Span<Int32>, from base: Int32) -> (Int64, Int64) {
    var counts = ScoreCounts()
    for index in 0..<scores.count {
      counts.add(UInt64(truncatingIfNeeded: unsafe scores[unchecked: index] &- base))
    }
    let sums = counts.summed()
    let first = sums.place(ofRank: (scores.count &- 1) &>> 1)
    return (first &+ Int64(base), sums.place(ofRank: scores.count &>> 1) &+ Int64(base))
  }

  private func middles(_ scores: Span<Int32>) -> (Int64, Int64) {
    let half = scores.count / 2
    let higher = Int64(score(scores, rank: half))
    guard scores.count.isMultiple(of: 2) else { return (higher, higher) }
    return (Int64(score(scores, rank: half - 1)), higher)
  }

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

/// The score that comes most often, from counts of scores where there are few different ones.
struct ModeKernel: ScoreKernel {
  let unit: Int64
  let tie: Method.Tie
  private let base: Int32?
  // Counting the equals of each score takes the square of their number.
  var limit: Int { base == nil ? 64 : ScoreCounts.most }

  init(basis: KernelBasis, tie: Method.Tie) {
    unit = basis.unit
    self.tie = tie
    base = ScoreCounts.base(basis)
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    guard let base else { return number(scores) }
    var counts = ScoreCounts()
    for index in 0..<scores.count {
      counts.add(UInt64(truncatingIfNeeded: unsafe scores[unchecked: index] &- base))
    }
    var best: UInt64 = 0
    for index in 0..<scores.count {
      let place = UInt64(truncatingIfNeeded: unsafe scores[unchecked: index] &- base)
      let order: UInt64 =
        switch tie {
        case .highest: place
        case .lowest: 15 &- place
        case .latest: UInt64(truncatingIfNeeded: index)
        }
      best = max(best, counts.count(place) &<< 16 | order &<< 8 | place)
    }
    return KernelNumber(Int64(best & 0xFF) &+ Int64(base))
  }

  private func number(_ scores: Span<Int32>) -> KernelNumber {
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
    // A streak that has ended takes nothing any more; there is nothing for a processor to guess.
    var takes: Int64 = -1
    while index > end {
      index &-= 1
      let score = Int64(unsafe scores[unchecked: index])
      let reaches: Int64 = score >= basis.cut ? -1 : 0
      takes &= isStreak ? reaches : -1
      let isTaken = takes & reaches
      sum &+= score & isTaken
      count &-= Int(isTaken)
      lowest = min(lowest, isTaken != 0 ? score : lowest)
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
