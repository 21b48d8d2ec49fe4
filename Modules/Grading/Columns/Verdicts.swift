public import Domain

/// What a policy says about many groups of observations, as columns.
///
/// A verdict takes 13 bytes, and 8 more where the method's divisor does not follow from the number
/// of observations. Numbers are kept as whole numbers and are reduced when they are asked for; they
/// are the same that ``Policy/result(of:learner:evidence:asOf:)`` gives.
public struct Verdicts: Sendable {
  private let scale: ProficiencyScale
  private let rounding: Policy.Rounding
  private let kernel: any ScoreKernel
  private var numerators: [Int64]
  /// How many levels are reached, or one of the marks.
  private var marks: [UInt8]
  /// Empty where the divisor follows from the count.
  private var divisors: [Int64]
  private let counts: Counts
  /// What the exact path says, for the groups that needed it.
  private(set) var exact: [Int: Judgement] = [:]

  /// Where the numbers of observations stand.
  enum Counts {
    case each([UInt32])
    /// Where each group of scores begins, and the last one ends.
    case starts([UInt32])
  }

  /// In place of a number of levels.
  enum Mark {
    static let notAssessed = UInt8.max
    static let notYet = UInt8.max - 1
    static let exact = UInt8.max - 2
    /// More levels than this are left to the exact path.
    static let mostLevels = 250
  }

  init(
    _ policy: Policy, _ kernel: some ScoreKernel, numerators: [Int64], marks: [UInt8],
    divisors: [Int64], counts: Counts
  ) {
    scale = policy.scale
    rounding = policy.rounding
    self.kernel = kernel
    self.numerators = numerators
    self.marks = marks
    self.divisors = divisors
    self.counts = counts
  }

  /// The number of verdicts.
  public var count: Int { marks.count }

  /// How many groups the exact path was asked for, because their numbers have no room in 62 bits or
  /// the policy groups items.
  public var exactCount: Int { exact.count }

  /// Whether the target is mastered.
  public func outcome(at index: Int) -> MasteryResult.Outcome {
    switch marks[index] {
    case Mark.notAssessed: .notAssessed
    case Mark.notYet: .notYet
    case Mark.exact: exact[index]?.outcome ?? .notAssessed
    default: Int(marks[index]) > scale.masteryRank ? .mastered : .notYet
    }
  }

  /// The level that is reached, where there is one.
  public func level(at index: Int) -> Identifier? {
    switch marks[index] {
    case Mark.exact: exact[index]?.level
    case 0, Mark.notAssessed, Mark.notYet: nil
    default: scale.levels[Int(marks[index]) - 1].label
    }
  }

  /// The exact number before rounding, where there is one and the levels have numbers.
  public func number(at index: Int) -> Rational? {
    guard scale.hasNumbers else { return nil }
    if marks[index] == Mark.exact { return exact[index]?.number }
    guard let (above, below) = fraction(at: index) else { return nil }
    return try? Rational(Int128(above), over: Int128(below))
  }

  /// The number rounded as the policy says.
  public func shown(at index: Int) -> ExactDecimal? {
    try? number(at: index)?.rounded(places: rounding.places)
  }

  /// How many observations the method took.
  public func observationCount(at index: Int) -> Int {
    switch counts {
    case .each(let counts): Int(counts[index])
    case .starts(let starts): Int(starts[index + 1] - starts[index])
    }
  }

  /// The number as a fraction that need not be reduced; `nil` where the exact path was asked or
  /// there is none.
  func fraction(at index: Int) -> (above: Int64, below: Int64)? {
    guard marks[index] < Mark.exact else { return nil }
    let divisor =
      divisors.isEmpty ? kernel.divisor(of: observationCount(at: index)) : divisors[index]
    guard let divisor else { return nil }
    let (below, overflows) = kernel.unit.multipliedReportingOverflow(by: divisor)
    return overflows ? nil : (numerators[index], below)
  }

  mutating func put(_ judgement: Judgement, at index: Int) {
    exact[index] = judgement
    marks[index] = Mark.exact
  }

  /// Whether two verdicts of the same group differ in number, level or outcome.
  func differs(_ other: Verdicts, at index: Int) -> Bool {
    guard outcome(at: index) == other.outcome(at: index) else { return true }
    if scale == other.scale, marks[index] != other.marks[index], marks[index] < Mark.exact,
      other.marks[index] < Mark.exact
    {
      return true
    }
    if let own = fraction(at: index), let others = other.fraction(at: index), scale == other.scale {
      return own.above.multipliedFullWidth(by: others.below)
        != others.above.multipliedFullWidth(by: own.below)
    }
    return level(at: index) != other.level(at: index)
      || number(at: index) != other.number(at: index)
  }
}

extension Verdicts {
  /// Appends the exact number as text, such as `1411/400`, without making it a value first.
  package func appendNumber(at index: Int, to bytes: inout [UInt8]) -> Bool {
    guard scale.hasNumbers else { return false }
    guard let (above, below) = fraction(at: index) else {
      guard let number = number(at: index) else { return false }
      bytes += number.description.utf8
      return true
    }
    var (larger, smaller) = (above.magnitude, below.magnitude)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    if above < 0 { bytes.append(0x2D) }
    Self.append(above.magnitude / larger, to: &bytes)
    if below.magnitude != larger {
      bytes.append(0x2F)
      Self.append(below.magnitude / larger, to: &bytes)
    }
    return true
  }

  /// Appends the rounded number as text, without making it a value first.
  package func appendShown(at index: Int, to bytes: inout [UInt8]) -> Bool {
    guard scale.hasNumbers else { return false }
    let places = rounding.places
    let power = (0..<max(0, min(places, 18))).reduce(UInt64(1)) { power, _ in power * 10 }
    guard let (above, below) = fraction(at: index), (0...12).contains(places),
      case let (scaled, overflows) = above.magnitude.multipliedReportingOverflow(by: power),
      !overflows
    else {
      guard let shown = shown(at: index) else { return false }
      bytes += shown.description.utf8
      return true
    }
    let (quotient, rest) = scaled.quotientAndRemainder(dividingBy: below.magnitude)
    let rounded = quotient + (rest >= below.magnitude - rest ? 1 : 0)
    if above < 0, rounded > 0 { bytes.append(0x2D) }
    Self.append(rounded / power, to: &bytes)
    var part = rounded % power
    guard part > 0 else { return true }
    bytes.append(0x2E)
    var unit = power / 10
    while part > 0 {
      bytes.append(0x30 + UInt8(part / unit))
      part %= unit
      unit /= 10
    }
    return true
  }

  /// Appends the digits of a whole number.
  package static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var (rest, power) = (number, UInt64(1))
    while rest / power >= 10 { power *= 10 }
    while power > 0 {
      bytes.append(0x30 + UInt8(rest / power))
      rest %= power
      power /= 10
    }
  }
}
