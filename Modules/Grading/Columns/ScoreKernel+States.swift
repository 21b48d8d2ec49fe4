import Domain

/// Steps up and down the scale; the extras are kinds of evidence as numbers.
struct PromotionKernel: ScoreKernel {
  private struct Rule {
    /// For each kind whether the rule fits.
    var kinds: [Bool]
    /// For each level whether the rule fits.
    var from: [Bool]
    var least: Int64
    var below: Int64
    /// The level that the rule leads to from each level.
    var next: [Int]
  }

  let unit: Int64
  private let rules: [Rule]
  private let levels: [Int64]
  var limit: Int { 1 << 30 }

  init?(_ basis: KernelBasis, _ rules: [PromotionRule], _ policy: Policy, kinds: [EvidenceKind]) {
    unit = basis.unit
    let labels = policy.scale.levels.map(\.label)
    let numbers = labels.indices.compactMap { basis.exact(policy.number(ofRank: $0)) }
    guard numbers.count == labels.count else { return nil }
    levels = numbers
    var made: [Rule] = []
    for rule in rules {
      guard let least = rule.least.map(basis.ceiling) ?? .some(.min),
        let below = rule.below.map(basis.ceiling) ?? .some(.max)
      else { return nil }
      let next = labels.indices.map { rank in
        switch rule.move {
        case .to(let level): policy.scale.rank(of: level) ?? rank
        // More levels than the scale has lead to its end.
        case .by(let count): min(max(rank + min(count, labels.count), 0), labels.count - 1)
        }
      }
      made.append(
        Rule(
          kinds: kinds.map { rule.kinds.isEmpty || rule.kinds.contains($0) },
          from: labels.map { rule.from.isEmpty || rule.from.contains($0) }, least: least,
          below: below, next: next))
    }
    self.rules = made
  }

  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var rank = 0
    for index in 0..<scores.count {
      let score = Int64(scores[index])
      let kind = Int(extras[index])
      for rule in rules
      where rule.kinds[kind] && rule.from[rank] && score >= rule.least && score < rule.below {
        rank = rule.next[rank]
        break
      }
      steps.put(levels[rank])
    }
    return KernelNumber(levels[rank])
  }

  func divisor(of count: Int) -> Int64? { 1 }
}

/// A count that rises and falls, in units of its own.
struct CounterKernel: ScoreKernel {
  let unit: Int64
  let limit: Int
  private let success: Int64
  private let gain: Int64
  private let loss: Int64?
  private let floor: Int64
  private let ceiling: Int64

  init?(_ basis: KernelBasis, _ rule: CounterRule) {
    let parts = [rule.gain, rule.floor] + [rule.loss, rule.ceiling].compactMap { $0 }
    guard let unit = KernelBasis.unit(of: parts, from: 1),
      let success = basis.ceiling(rule.success)
    else { return nil }
    let own = KernelBasis(unit: unit, most: 1, cut: 0)
    let numbers = parts.compactMap(own.exact)
    guard numbers.count == parts.count, let gain = own.exact(rule.gain),
      let floor = own.exact(rule.floor)
    else { return nil }
    self.unit = unit
    self.success = success
    self.gain = gain
    self.floor = floor
    loss = rule.loss.flatMap(own.exact)
    ceiling = rule.ceiling.flatMap(own.exact) ?? .max
    // Each score adds or takes away at most the greatest of the parts.
    let most = numbers.map { Int64($0.magnitude) }.max() ?? 0
    limit = KernelBasis(unit: unit, most: max(1, most), cut: 0).limit() - 1
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var count = floor
    for index in 0..<scores.count {
      if Int64(unsafe scores[unchecked: index]) >= success {
        count &+= gain
      } else if let loss {
        count &-= loss
      } else {
        count = floor
      }
      count = min(max(count, floor), ceiling)
      steps.put(count)
    }
    return KernelNumber(count)
  }

  func divisor(of count: Int) -> Int64? { 1 }
}

/// The probability of knowing, in binary arithmetic as the exact path does it.
struct TracingKernel: ScoreKernel {
  private let success: Int64
  private let prior: Double
  private let learn: Double
  private let forget: Double
  private let guess: Double
  private let slip: Double
  var unit: Int64 { BinaryRounding.unit }
  var limit: Int { 1 << 30 }

  init?(_ basis: KernelBasis, _ model: KnowledgeTracing) {
    guard let success = basis.ceiling(model.success) else { return nil }
    self.success = success
    prior = model.prior.approximateDouble
    learn = model.learn.approximateDouble
    forget = model.forget.approximateDouble
    guess = model.guess.approximateDouble
    slip = model.slip.approximateDouble
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var known = prior
    for index in 0..<scores.count {
      if index > 0 { known = known * (1 - forget) + (1 - known) * learn }
      let isRight = Int64(unsafe scores[unchecked: index]) >= success
      let ifKnown = known * (isRight ? 1 - slip : slip)
      let ifNot = (1 - known) * (isRight ? guess : 1 - guess)
      if ifKnown + ifNot > 0 { known = ifKnown / (ifKnown + ifNot) }
      steps.put(Int64(bitPattern: known.bitPattern))
    }
    return BinaryRounding.number(known)
  }

  func divisor(of count: Int) -> Int64? { 1 }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    Rational(rounding: Double(bitPattern: UInt64(bitPattern: value))) ?? .zero
  }
}

/// The least-squares line of logarithms, in binary arithmetic as the exact path does it.
struct PowerLawKernel: ScoreKernel {
  let scoreUnit: Double
  /// The logarithm that stands for scores of zero or below; without one they are left out.
  private let zero: Double?
  private let hasZero: Bool
  /// The logarithms of the first scores above zero, and of the first places.
  private let logarithms: [Double]
  private let places: [Double]
  private let basis: KernelBasis
  var unit: Int64 { BinaryRounding.unit }
  var limit: Int { 1 << 30 }

  init(_ basis: KernelBasis, zero: Rational?) {
    self.basis = basis
    scoreUnit = Double(basis.unit)
    hasZero = zero != nil
    self.zero = zero.map { PortableMath.logarithm($0.approximateDouble) }
    let unit = Double(basis.unit)
    let known = min(basis.most + 1, 65_536)
    logarithms = (0..<known).map { $0 == 0 ? 0 : PortableMath.logarithm(Double($0) / unit) }
    places = (0...64).map { PortableMath.logarithm(Double(max(1, $0))) }
  }

  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (taken, newest) = (0, Int32(0))
    var (sumX, sumY, sumXX, sumXY, x) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<scores.count {
      let score = unsafe scores[unchecked: index]
      guard score > 0 || hasZero else { continue }
      taken &+= 1
      newest = score
      x = taken < places.count ? places[taken] : PortableMath.logarithm(Double(taken))
      let y = logarithm(score)
      sumX += x
      sumY += y
      sumXX += x * x
      sumXY += x * y
    }
    guard taken > 0 else { return .notAssessed }
    guard taken > 1 else {
      // What zero is raised to need not be a whole number of units.
      let (numerator, overflows) = Int64(newest).multipliedReportingOverflow(by: unit / basis.unit)
      guard newest > 0, unit % basis.unit == 0, !overflows else { return .exact }
      return KernelNumber(numerator)
    }
    let count = Double(taken)
    let slope = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX)
    let start = (sumY - slope * sumX) / count
    let number = BinaryRounding.number(PortableMath.exponential(start + slope * x))
    guard number.divisor > 0 else { return .exact }
    steps.put(Int64(bitPattern: start.bitPattern))
    steps.put(Int64(bitPattern: slope.bitPattern))
    return number
  }

  func divisor(of count: Int) -> Int64? { 1 }

  @inline(__always)
  private func logarithm(_ score: Int32) -> Double {
    guard score > 0 else { return zero ?? 0 }
    guard Int(score) < logarithms.count else {
      return PortableMath.logarithm(Double(score) / scoreUnit)
    }
    return logarithms[Int(score)]
  }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    Rational(rounding: Double(bitPattern: UInt64(bitPattern: value))) ?? .zero
  }
}

/// Binary numbers rounded to 12 places, halves away from zero, as whole numbers.
enum BinaryRounding {
  static let unit: Int64 = 1_000_000_000_000

  /// The same number as `Rational(rounding:)` gives.
  @inline(__always)
  static func number(_ number: Double) -> KernelNumber {
    guard abs(number) < 0x1p20 else { return .exact }
    guard abs(number) > 0x1p-60 else { return KernelNumber(0) }
    let digits = Int128(number.significand * 0x1p52)
    // 52 minus an exponent from -60 to 19.
    let shift = Int128(52 - number.exponent)
    let scaled = digits * Int128(unit) << 1
    let rounded = Int64((scaled >> shift + 1) >> 1)
    return KernelNumber(number < 0 ? -rounded : rounded)
  }
}
