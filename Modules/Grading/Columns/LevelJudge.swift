import Domain

/// Finds the level of a kernel's number.
struct LevelJudge {
  private(set) var thresholds: [Int64] = []
  /// Whether the thresholds were not rounded up, so that they may be multiplied.
  private var isExact = true
  /// Where rounded numbers are compared: the power of ten, and the levels in its units.
  private var rounded: (power: Int128, thresholds: [Int128])?
  private let unit: Int64

  /// Whether a number is compared with the thresholds times its divisor.
  var isPlain: Bool { isExact && rounded == nil }

  /// - Returns: `nil` when the numbers of the levels have no room.
  init?(_ policy: Policy, unit: Int64) {
    self.unit = unit
    guard policy.scale.levels.count <= Verdicts.Mark.mostLevels else { return nil }
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

  /// How many levels a number reaches, or a mark.
  @inline(__always)
  func mark(_ number: KernelNumber) -> UInt8 {
    guard number.divisor > 0 else {
      return number.divisor == 0
        ? Verdicts.Mark.notAssessed
        : number.divisor == -1 ? Verdicts.Mark.notYet : Verdicts.Mark.exact
    }
    guard rounded == nil, isExact || number.divisor == 1 else { return slow(number) }
    var count: UInt8 = 0
    for threshold in thresholds {
      count &+= number.numerator >= threshold &* number.divisor ? 1 : 0
    }
    return count
  }

  private func slow(_ number: KernelNumber) -> UInt8 {
    guard let rounded else { return Verdicts.Mark.exact }
    let below = UInt128(unit.magnitude) * UInt128(number.divisor.magnitude)
    // 62 bits times a power of ten with 40 bits.
    let above = UInt128(number.numerator.magnitude) * UInt128(rounded.power.magnitude)
    let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
    let magnitude = Int128(quotient) + (rest >= below - rest ? 1 : 0)
    let value = number.numerator < 0 ? -magnitude : magnitude
    return UInt8(rounded.thresholds.count { value >= $0 })
  }
}
