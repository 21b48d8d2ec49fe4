public import Domain

/// What a policy says about many groups of observations, as columns.
///
/// A verdict takes 22 bytes. Numbers are kept as whole numbers and are reduced when they are asked
/// for; they are the same that ``Policy/result(of:learner:evidence:asOf:)`` gives.
public struct Verdicts: Sendable {
  private let scale: ProficiencyScale
  private let rounding: Policy.Rounding
  let unit: Int64
  private(set) var numerators: [Int64] = []
  /// The divisor, or 0 for "not assessed", -1 for "not yet" without a number, -2 for the exact path.
  private(set) var divisors: [Int64] = []
  /// How many levels are reached.
  private(set) var levels: [UInt16] = []
  private(set) var counts: [UInt32] = []
  /// What the exact path says, for the groups that needed it.
  private(set) var exact: [Int: Judgement] = [:]

  init(_ policy: Policy, unit: Int64, capacity: Int) {
    scale = policy.scale
    rounding = policy.rounding
    self.unit = unit
    numerators.reserveCapacity(capacity)
    divisors.reserveCapacity(capacity)
    levels.reserveCapacity(capacity)
    counts.reserveCapacity(capacity)
  }

  /// The number of verdicts.
  public var count: Int { divisors.count }

  /// How many groups the exact path was asked for, because their numbers have no room in 62 bits or
  /// the policy groups items.
  public var exactCount: Int { exact.count }

  /// Whether the target is mastered.
  public func outcome(at index: Int) -> MasteryResult.Outcome {
    switch divisors[index] {
    case 0: .notAssessed
    case -1: .notYet
    case -2: exact[index]?.outcome ?? .notAssessed
    default: Int(levels[index]) > scale.masteryRank ? .mastered : .notYet
    }
  }

  /// The level that is reached, where there is one.
  public func level(at index: Int) -> Identifier? {
    if divisors[index] == -2 { return exact[index]?.level }
    guard divisors[index] > 0, levels[index] > 0 else { return nil }
    return scale.levels[Int(levels[index]) - 1].label
  }

  /// The exact number before rounding, where there is one and the levels have numbers.
  public func number(at index: Int) -> Rational? {
    guard scale.hasNumbers else { return nil }
    if divisors[index] == -2 { return exact[index]?.number }
    guard divisors[index] > 0 else { return nil }
    return try? Rational(Int128(numerators[index]), over: Int128(unit) * Int128(divisors[index]))
  }

  /// The number rounded as the policy says.
  public func shown(at index: Int) -> ExactDecimal? {
    try? number(at: index)?.rounded(places: rounding.places)
  }

  /// How many observations the method took.
  public func observationCount(at index: Int) -> Int { Int(counts[index]) }

  @inline(__always)
  mutating func append(_ number: KernelNumber, level: UInt16, count: Int) {
    numerators.append(number.numerator)
    divisors.append(number.divisor)
    levels.append(level)
    counts.append(UInt32(truncatingIfNeeded: count))
  }

  mutating func append(_ judgement: Judgement, count: Int) {
    exact[divisors.count] = judgement
    append(.exact, level: 0, count: count)
  }

  /// Takes columns that were filled in place.
  init(
    _ policy: Policy, unit: Int64, numerators: [Int64], divisors: [Int64], levels: [UInt16],
    counts: [UInt32]
  ) {
    scale = policy.scale
    rounding = policy.rounding
    self.unit = unit
    self.numerators = numerators
    self.divisors = divisors
    self.levels = levels
    self.counts = counts
  }

  mutating func put(_ judgement: Judgement, at index: Int) { exact[index] = judgement }

  /// Whether two verdicts of the same group differ in number, level or outcome.
  func differs(_ other: Verdicts, at index: Int) -> Bool {
    let isPlain = divisors[index] != -2 && other.divisors[index] != -2 && unit == other.unit
    if isPlain, divisors[index] == other.divisors[index],
      numerators[index] == other.numerators[index], levels[index] == other.levels[index],
      scale == other.scale
    {
      return false
    }
    return outcome(at: index) != other.outcome(at: index)
      || level(at: index) != other.level(at: index)
      || number(at: index) != other.number(at: index)
  }
}

/// Finds the level of a kernel's number.
struct LevelJudge {
  private var thresholds: [Int64] = []
  /// Whether the thresholds were not rounded up, so that they may be multiplied.
  private var isExact = true
  /// Where rounded numbers are compared: the power of ten, and the levels in its units.
  private var rounded: (power: Int128, thresholds: [Int128])?

  /// - Returns: `nil` when the numbers of the levels have no room.
  init?(_ policy: Policy, unit: Int64) {
    let basis = KernelBasis(unit: unit, most: 1, cut: 0)
    for rank in policy.scale.levels.indices {
      let number = policy.number(ofRank: rank)
      guard let threshold = basis.ceiling(number) else { return nil }
      thresholds.append(threshold)
      isExact = isExact && basis.exact(number) != nil
    }
    guard policy.rounding.beforeCut else { return }
    guard (0...12).contains(policy.rounding.places) else { return nil }
    let power = (0..<policy.rounding.places).reduce(Int64(1)) { power, _ in power * 10 }
    let places = KernelBasis(unit: power, most: 1, cut: 0)
    let limits = policy.scale.levels.indices.compactMap {
      places.ceiling(policy.number(ofRank: $0)).map { Int128($0) }
    }
    guard limits.count == thresholds.count else { return nil }
    rounded = (Int128(power), limits)
  }

  /// How many levels a number reaches; `nil` when the exact path has to be asked.
  @inline(__always)
  func level(_ number: KernelNumber, unit: Int64) -> UInt16? {
    guard rounded == nil, isExact || number.divisor == 1 else { return slow(number, unit) }
    var count: UInt16 = 0
    for threshold in thresholds {
      count &+= number.numerator >= threshold &* number.divisor ? 1 : 0
    }
    return count
  }

  private func slow(_ number: KernelNumber, _ unit: Int64) -> UInt16? {
    guard let rounded else { return nil }
    let below = UInt128(unit.magnitude) * UInt128(number.divisor.magnitude)
    // 62 bits times a power of ten with 40 bits.
    let above = UInt128(number.numerator.magnitude) * UInt128(rounded.power.magnitude)
    let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
    let magnitude = Int128(quotient) + (rest >= below - rest ? 1 : 0)
    let value = number.numerator < 0 ? -magnitude : magnitude
    return UInt16(rounded.thresholds.count { value >= $0 })
  }
}
