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
      count = next(count, unsafe scores[unchecked: index])
      steps.put(count)
    }
    return KernelNumber(count)
  }

  /// The count before the first score.
  var start: Int64 { floor }

  /// The count after another score.
  @inline(__always)
  func next(_ count: Int64, _ score: Int32) -> Int64 {
    let failed = loss.map { count &- $0 } ?? floor
    return min(max(Int64(score) >= success ? count &+ gain : failed, floor), ceiling)
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
    var known: Double?
    for index in 0..<scores.count {
      let after = next(known, unsafe scores[unchecked: index])
      steps.put(Int64(bitPattern: after.bitPattern))
      known = after
    }
    return BinaryRounding.number(known ?? prior)
  }

  /// The probability after another score, or after the first one.
  @inline(__always)
  func next(_ before: Double?, _ score: Int32) -> Double {
    let known = before.map { $0 * (1 - forget) + (1 - $0) * learn } ?? prior
    let isRight = Int64(score) >= success
    let ifKnown = known * (isRight ? 1 - slip : slip)
    let ifNot = (1 - known) * (isRight ? guess : 1 - guess)
    return ifKnown + ifNot > 0 ? ifKnown / (ifKnown + ifNot) : known
  }

  func divisor(of count: Int) -> Int64? { 1 }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    Rational(rounding: Double(bitPattern: UInt64(bitPattern: value))) ?? .zero
  }
}

/// The least-squares line of logarithms, in binary arithmetic as the exact path does it.
struct PowerLawKernel: ScoreKernel {
  /// What depends on the number of scores alone, summed in the order of the exact path.
  private struct Line {
    /// The logarithm of the last place.
    var x = 0.0
    var sum = 0.0
    /// `n * sum(x * x) - sum(x) * sum(x)`
    var spread = 0.0
  }

  let scoreUnit: Double
  /// The logarithm that stands for scores of zero or below; without one they are left out.
  private let zero: Double?
  /// The logarithms of the first scores, and of the first places.
  private let logarithms: [Double]
  private let places: [Double]
  private let lines: [Line]
  private let basis: KernelBasis
  var unit: Int64 { BinaryRounding.unit }
  var limit: Int { 1 << 30 }

  private static let known = 64

  init(_ basis: KernelBasis, zero: Rational?) {
    self.basis = basis
    let unit = Double(basis.unit)
    scoreUnit = unit
    let zero = zero.map { PortableMath.logarithm($0.approximateDouble) }
    self.zero = zero
    let known = min(basis.most + 1, 65_536)
    logarithms = (0..<known).map {
      $0 == 0 ? zero ?? 0 : PortableMath.logarithm(Double($0) / unit)
    }
    places = (0...Self.known).map { PortableMath.logarithm(Double(max(1, $0))) }
    var (sum, squares) = (0.0, 0.0)
    lines = places.enumerated().map { count, x in
      guard count > 0 else { return Line() }
      sum += x
      squares += x * x
      return Line(x: x, sum: sum, spread: Double(count) * squares - sum * sum)
    }
  }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var (sumY, sumXY, newest) = (0.0, 0.0, Int32(0))
    var taken = 0
    let mostKnown = Int32(truncatingIfNeeded: logarithms.count &- 1)
    for index in 0..<scores.count {
      let score = unsafe scores[unchecked: index]
      if score <= 0 && zero == nil { continue }
      guard taken < Self.known, score <= mostKnown else { return slowly(scores, &steps) }
      taken &+= 1
      newest = score
      let y = unsafe logarithms.span[unchecked: Int(max(0, score))]
      sumY += y
      sumXY += unsafe places.span[unchecked: taken] * y
    }
    guard taken > 1 else { return single(newest, taken) }
    let line = unsafe lines.span[unchecked: taken]
    return finish(line, Double(taken), sumY, sumXY, &steps)
  }

  /// The logarithm of a score, or of what stands for it; `nil` for a score that is left out.
  @inline(__always)
  func logarithm(of score: Int32) -> Double? {
    guard score > 0 else { return zero }
    guard Int(score) < logarithms.count else {
      return PortableMath.logarithm(Double(score) / scoreUnit)
    }
    return logarithms[Int(score)]
  }

  /// The logarithm of a place, from 1.
  @inline(__always)
  func place(_ number: Int) -> Double {
    number < places.count ? places[number] : PortableMath.logarithm(Double(number))
  }

  /// The number from the sums of the scores that were taken.
  func number(taken: Int, newest: Int32, sumY: Double, sumXY: Double) -> KernelNumber {
    guard taken > 1 else { return single(newest, taken) }
    guard taken < lines.count else { return .exact }
    var none = NoSteps()
    return finish(lines[taken], Double(taken), sumY, sumXY, &none)
  }

  /// The same for many scores, and for scores whose logarithms are not in the table.
  private func slowly(_ scores: Span<Int32>, _ steps: inout some StepSink) -> KernelNumber {
    var (taken, newest, line) = (0, Int32(0), Line())
    var (squares, sumY, sumXY) = (0.0, 0.0, 0.0)
    for index in 0..<scores.count {
      let score = scores[index]
      guard score > 0 || zero != nil else { continue }
      taken += 1
      newest = score
      line.x = PortableMath.logarithm(Double(taken))
      let y = score > 0 ? PortableMath.logarithm(Double(score) / scoreUnit) : zero ?? 0
      line.sum += line.x
      sumY += y
      squares += line.x * line.x
      sumXY += line.x * y
    }
    guard taken > 1 else { return single(newest, taken) }
    line.spread = Double(taken) * squares - line.sum * line.sum
    return finish(line, Double(taken), sumY, sumXY, &steps)
  }

  private func single(_ newest: Int32, _ taken: Int) -> KernelNumber {
    guard taken > 0 else { return .notAssessed }
    // What zero is raised to need not be a whole number of units.
    let (numerator, overflows) = Int64(newest).multipliedReportingOverflow(by: unit / basis.unit)
    guard newest > 0, unit % basis.unit == 0, !overflows else { return .exact }
    return KernelNumber(numerator)
  }

  @inline(__always)
  private func finish(
    _ line: Line, _ count: Double, _ sumY: Double, _ sumXY: Double, _ steps: inout some StepSink
  ) -> KernelNumber {
    let slope = (count * sumXY - line.sum * sumY) / line.spread
    let start = (sumY - slope * line.sum) / count
    let number = BinaryRounding.number(PortableMath.exponential(start + slope * line.x))
    guard number.divisor > 0 else { return .exact }
    steps.put(Int64(bitPattern: start.bitPattern))
    steps.put(Int64(bitPattern: slope.bitPattern))
    return number
  }

  func divisor(of count: Int) -> Int64? { 1 }

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
    // The 53 binary digits, and how many of them stand behind the point: 33 to 112.
    let digits = number.significandBitPattern | 1 << 52
    let shift = UInt64(truncatingIfNeeded: 52 &- (Int(number.exponentBitPattern) &- 1_023))
    let product = digits.multipliedFullWidth(by: UInt64(unit.magnitude) &<< 1)
    let twice =
      shift < 64
      ? product.high &<< (64 &- shift) | product.low &>> shift : product.high &>> (shift &- 64)
    let rounded = Int64(bitPattern: (twice &+ 1) &>> 1)
    return KernelNumber(number < 0 ? -rounded : rounded)
  }
}
