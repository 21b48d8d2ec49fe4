import Domain

/// A method in whole numbers, for the observations of one learner in one target.
///
/// Scores are multiples of one unit, so that no fraction has to be reduced on the way. A kernel is
/// asked only for so many observations as surely fit in 62 bits, so nothing is ever rounded.
protocol ScoreKernel: Sendable {
  /// The greatest number of observations that have room.
  var limit: Int { get }
  /// What ``KernelNumber/numerator`` counts: number = numerator / (unit * divisor).
  var unit: Int64 { get }

  /// The method's number.
  ///
  /// - Parameters:
  ///   - scores: The scores, oldest first; at least one and at most ``limit``.
  ///   - extras: One more number for each score, where the method asks for one.
  ///   - steps: Takes the intermediate values.
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber

  /// What ``KernelNumber/divisor`` is for a number of observations, where nothing else decides.
  func divisor(of count: Int) -> Int64?

  /// How often a score counts in the numerator, for methods that are a sum of scores.
  ///
  /// - Parameters:
  ///   - place: The place of the score, from 0.
  ///   - count: How many observations there are.
  func factor(of place: Int, in count: Int) -> Int64?

  /// Whether the numerator is the greatest score.
  var isGreatest: Bool { get }

  /// An intermediate value as the exact path states it.
  ///
  /// - Parameters:
  ///   - value: What the kernel gave.
  ///   - index: Which of the values it is, from 0.
  ///   - count: How many observations there were.
  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational?
}

/// A kernel's answer.
struct KernelNumber {
  var numerator: Int64
  /// The divisor, or one of the three marks.
  var divisor: Int64

  init(_ numerator: Int64, over divisor: Int64 = 1) {
    self.numerator = numerator
    self.divisor = divisor
  }

  /// There is too little to judge.
  static let notAssessed = KernelNumber(0, over: 0)
  /// The demands are not met, and there is no number.
  static let notYet = KernelNumber(0, over: -1)
  /// The exact path has to be asked.
  static let exact = KernelNumber(0, over: -2)
}

/// Takes the intermediate values of kernels.
protocol StepSink {
  mutating func put(_ step: Int64)
}

/// Keeps nothing.
struct NoSteps: StepSink {
  @inline(__always) mutating func put(_ step: Int64) {}
}

/// Keeps all, one result after another.
struct StepArena: StepSink {
  var steps: [Int64] = []
  @inline(__always) mutating func put(_ step: Int64) { steps.append(step) }
}

/// What kernels have in common: how scores are counted, and how much room there is.
struct KernelBasis {
  /// Scores are multiples of 1/unit.
  var unit: Int64
  /// No score, and no level's number, is further from 0 than this many units.
  var most: Int64
  /// Scores from here on reach the cut.
  var cut: Int64
  /// The least and the greatest score, where they are known.
  var scores: ClosedRange<Int32>?

  static let room = Int64(1) << 62

  /// How many observations have room when each adds at most `most * factor` units.
  func limit(_ factor: Int64 = 1) -> Int {
    let (product, overflows) = max(most, unit).multipliedReportingOverflow(by: max(1, factor))
    return overflows || product == 0 ? 0 : Int(min(Self.room / product, 1 << 30))
  }

  /// The least unit that all numbers are multiples of, together with another unit.
  ///
  /// - Returns: `nil` when it has no room in 31 bits.
  static func unit(of numbers: some Sequence<Rational>, from first: Int64) -> Int64? {
    var unit = first
    for number in numbers {
      guard let joined = multiple(unit, number.denominator) else { return nil }
      unit = joined
    }
    return unit
  }

  /// The least common multiple; `nil` when it has no room in 31 bits.
  static func multiple(_ unit: Int64, _ denominator: Int128) -> Int64? {
    guard let other = Int64(exactly: denominator), other <= Int64(Int32.max) else { return nil }
    var (larger, smaller) = (unit, other)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    let joined = unit / larger * other
    return joined <= Int64(Int32.max) ? joined : nil
  }

  /// A number in units, rounded up to a whole one; `nil` when there is no room.
  func ceiling(_ number: Rational) -> Int64? {
    let (product, overflows) = number.numerator.multipliedReportingOverflow(by: Int128(unit))
    guard !overflows else { return nil }
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: number.denominator)
    guard let whole = Int64(exactly: rest > 0 ? quotient + 1 : quotient),
      whole.magnitude < Self.room
    else { return nil }
    return whole
  }

  /// A number in units, where it is a whole number of them.
  func exact(_ number: Rational) -> Int64? {
    guard Int128(unit) % number.denominator == 0 else { return nil }
    return ceiling(number)
  }
}

extension ScoreKernel {
  func divisor(of count: Int) -> Int64? { nil }

  func factor(of place: Int, in count: Int) -> Int64? { nil }

  var isGreatest: Bool { false }

  func step(_ value: Int64, _ index: Int, of count: Int) -> Rational? {
    try? Rational(Int128(value), over: Int128(unit))
  }
}

/// For what has no kernel: the exact path is asked every time.
struct ExactKernel: ScoreKernel {
  var limit: Int { 0 }
  var unit: Int64 { 1 }

  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber { .exact }
}

struct LatestKernel: ScoreKernel {
  let unit: Int64
  var limit: Int { 1 << 30 }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    KernelNumber(Int64(unsafe scores[unchecked: scores.count - 1]))
  }

  func divisor(of count: Int) -> Int64? { 1 }
  func factor(of place: Int, in count: Int) -> Int64? { place == count - 1 ? 1 : 0 }
}

struct HighestKernel: ScoreKernel {
  let unit: Int64
  var limit: Int { 1 << 30 }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    var greatest = unsafe scores[unchecked: 0]
    for index in 1..<max(1, scores.count) {
      greatest = unsafe max(greatest, scores[unchecked: index])
    }
    return KernelNumber(Int64(greatest))
  }

  func divisor(of count: Int) -> Int64? { 1 }
  var isGreatest: Bool { true }
}

/// The mean of the last scores, or of all, or their sum.
struct MeanKernel: ScoreKernel {
  let basis: KernelBasis
  /// How many of the last scores are taken.
  let last: Int
  /// Whether the sum is not divided.
  let isSum: Bool
  var unit: Int64 { basis.unit }
  var limit: Int { basis.limit() }

  @inline(__always)
  func number(
    _ scores: Span<Int32>, _ extras: Span<Int32>, _ steps: inout some StepSink
  ) -> KernelNumber {
    let count = min(last, scores.count)
    var sum: Int64 = 0
    for index in (scores.count - count)..<scores.count {
      sum &+= Int64(unsafe scores[unchecked: index])
    }
    if isSum { return KernelNumber(sum) }
    steps.put(sum)
    return KernelNumber(sum, over: Int64(count))
  }

  func divisor(of count: Int) -> Int64? { isSum ? 1 : Int64(min(last, count)) }

  func factor(of place: Int, in count: Int) -> Int64? {
    place >= count - min(last, count) ? 1 : 0
  }
}
