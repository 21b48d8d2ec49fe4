import Domain

/// `w * sn + (1 - w) * mean(s1 ... s(n-1))`
struct NewestAgainstOlderKernel: ScoreKernel {
  let basis: KernelBasis
  /// The weight is `newest / whole`.
  let newest: Int64
  let whole: Int64
  var unit: Int64 { basis.unit }
  var limit: Int { basis.limit(2 * whole) }

  init?(_ basis: KernelBasis, weight: Rational) {
    guard weight >= 0, weight <= 1, let newest = Int32(exactly: weight.numerator),
      let whole = Int32(exactly: weight.denominator)
    else { return nil }
    self.basis = basis
    self.newest = Int64(newest)
    self.whole = Int64(whole)
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    let older = scores.count - 1
    let score = Int64(unsafe scores[unchecked: older])
    guard older > 0 else { return KernelNumber(score) }
    var sum: Int64 = 0
    for index in 0..<older { sum &+= Int64(unsafe scores[unchecked: index]) }
    steps.put(sum)
    let numerator = newest &* score &* Int64(older) &+ (whole &- newest) &* sum
    return KernelNumber(numerator, over: whole &* Int64(older))
  }

  func divisor(of count: Int) -> Int64? { count > 1 ? whole * Int64(count - 1) : 1 }

  func factor(of place: Int, in count: Int) -> Int64? {
    guard count > 1 else { return 1 }
    return place == count - 1 ? newest * Int64(count - 1) : whole - newest
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    try? Rational(Int128(value), over: Int128(unit) * Int128(count - 1))
  }
}

/// `a1 = s1; ak = (1 - w) * a(k-1) + w * sk`, with the k-th value over `whole^(k-1)`.
struct DecayKernel: ScoreKernel {
  let basis: KernelBasis
  /// The weight is `newest / whole`.
  let newest: Int64
  let whole: Int64
  let limit: Int
  /// `newest * whole^(k-1)` for the k-th score from the second on, and `whole^k`.
  private let factors: [Int64]
  private let powers: [Int64]
  var unit: Int64 { basis.unit }

  init?(_ basis: KernelBasis, weight: Rational) {
    guard weight >= 0, weight <= 1, let newest = Int32(exactly: weight.numerator),
      let whole = Int32(exactly: weight.denominator)
    else { return nil }
    self.basis = basis
    self.newest = Int64(newest)
    self.whole = Int64(whole)
    var powers: [Int64] = [1]
    // With a weight of 0 or 1 there is always room; the table is not.
    while powers.count < 256 {
      let (power, overflows) = powers[powers.count - 1].multipliedReportingOverflow(
        by: self.whole)
      let (product, isLarge) = power.multipliedReportingOverflow(by: max(basis.most, basis.unit))
      guard !overflows, !isLarge, product <= KernelBasis.room else { break }
      powers.append(power)
    }
    limit = max(basis.most, basis.unit) <= KernelBasis.room ? powers.count : 0
    self.powers = powers
    // The last one is never used, so it may have no room.
    factors = powers.map { $0 &* Int64(newest) }
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    let kept = whole &- newest
    var value = Int64(unsafe scores[unchecked: 0])
    steps.put(value)
    unsafe factors.withUnsafeBufferPointer { factors in
      for index in 1..<max(1, scores.count) {
        let score = Int64(unsafe scores[unchecked: index])
        unsafe value = kept &* value &+ factors[index &- 1] &* score
        steps.put(value)
      }
    }
    return KernelNumber(value, over: powers[scores.count - 1])
  }

  func divisor(of count: Int) -> Int64? { powers[count - 1] }

  func factor(of place: Int, in count: Int) -> Int64? {
    var factor = place == 0 ? 1 : factors[place - 1]
    for _ in (place + 1)..<max(place + 1, count) { factor *= whole - newest }
    return factor
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    try? Rational(Int128(value), over: Int128(unit) * Int128(powers[index]))
  }
}
