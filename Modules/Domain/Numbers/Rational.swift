/// A fraction of two whole numbers that is never rounded until asked.
///
/// It is kept in lowest terms with a positive denominator, so equal numbers are equal values.
/// Numerator and denominator have up to 38 digits. Arithmetic is exact; where there is not enough
/// room it throws and never traps or rounds. Comparing always succeeds.
public struct Rational: Hashable, Sendable {
  /// The number above the line; it carries the sign.
  public let numerator: Int128
  /// The number below the line; always positive.
  public let denominator: Int128

  /// Creates a fraction in lowest terms.
  ///
  /// - Parameters:
  ///   - numerator: The number above the line.
  ///   - denominator: The number below the line.
  /// - Throws: ``DomainError`` with the code `divisionByZero`, or with `overflow` when a sign
  ///   cannot be changed within 128 bits.
  public init(_ numerator: Int128, over denominator: Int128) throws(DomainError) {
    guard denominator != 0 else { throw .divisionByZero("\(numerator)/\(denominator)") }
    let divisor = Rational.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let isNegative = (numerator < 0) != (denominator < 0)
    guard let above = Int128(exactly: numerator.magnitude / divisor),
      let below = Int128(exactly: denominator.magnitude / divisor)
    else { throw .overflow("\(numerator)/\(denominator)") }
    self.numerator = isNegative ? -above : above
    self.denominator = below
  }

  /// Creates the same number as a decimal.
  public init(_ decimal: ExactDecimal) {
    let power = Int128.powerOfTen(decimal.places)
    let divisor = Int128(
      Rational.greatestCommonDivisor(decimal.unscaled.magnitude, power.magnitude))
    numerator = decimal.unscaled / divisor
    denominator = power / divisor
  }

  /// Creates a whole number.
  public init(_ whole: Int) {
    numerator = Int128(whole)
    denominator = 1
  }

  private init(trusted numerator: Int128, over denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Zero.
  public static let zero: Rational = 0
  /// One.
  public static let one: Rational = 1

  /// Whether the number is zero.
  public var isZero: Bool { numerator == 0 }

  /// The number as a decimal, or `nil` when it has no end, such as 85/26, or too many digits.
  public var decimal: ExactDecimal? {
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    let places = max(twos, fives)
    guard rest == 1, places <= Int128.mostPlaces else { return nil }
    let factor = Int128.powerOfTen(places) / denominator
    let (unscaled, overflows) = numerator.multipliedReportingOverflow(by: factor)
    return overflows ? nil : ExactDecimal(unscaled: unscaled, places: places)
  }

  /// The quotient of the nearest binary numbers, for methods that are defined by binary
  /// arithmetic; within two units of the last place, the same on every machine.
  public var approximateDouble: Double { Double(numerator) / Double(denominator) }

  /// Rounds to a number of places after the point, halves away from zero.
  ///
  /// 4.125 becomes 4.13 and -4.125 becomes -4.13.
  ///
  /// - Parameter places: How many places to keep, 0 to 38.
  /// - Returns: The nearest such decimal.
  /// - Throws: ``DomainError`` with the code `overflow` when it has too many digits.
  public func rounded(places: Int) throws(DomainError) -> ExactDecimal {
    guard (0...Int128.mostPlaces).contains(places) else {
      throw .overflow("rounding to \(places) places")
    }
    let below = denominator.magnitude
    let scaled = numerator.magnitude.multipliedFullWidth(
      by: Int128.powerOfTen(places).magnitude)
    // The quotient only fits when the high half is below the divisor.
    guard scaled.high < below else { throw .overflow("\(self) to \(places) places") }
    let (quotient, remainder) = below.dividingFullWidth(scaled)
    let isUp = remainder >= below - remainder
    let (magnitude, overflows) = quotient.addingReportingOverflow(isUp ? 1 : 0)
    guard !overflows, let unsigned = Int128(exactly: magnitude),
      let result = ExactDecimal(unscaled: numerator < 0 ? -unsigned : unsigned, places: places)
    else { throw .overflow("\(self) to \(places) places") }
    return result
  }

  private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// Creates a whole number from a literal.
  public init(integerLiteral whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }
}

extension Rational {
  /// Adds two numbers.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when there is not enough room.
  public static func + (left: Rational, right: Rational) throws(DomainError) -> Rational {
    let shared = Int128(
      greatestCommonDivisor(left.denominator.magnitude, right.denominator.magnitude))
    let (first, firstOverflows) = left.numerator.multipliedReportingOverflow(
      by: right.denominator / shared)
    let (second, secondOverflows) = right.numerator.multipliedReportingOverflow(
      by: left.denominator / shared)
    let (sum, sumOverflows) = first.addingReportingOverflow(second)
    guard !firstOverflows, !secondOverflows, !sumOverflows else {
      throw .overflow("\(left) + \(right)")
    }
    // Only a divisor of the shared part can still be common to both (Knuth, volume 2, 4.5.1).
    let rest = Int128(greatestCommonDivisor(sum.magnitude, shared.magnitude))
    let (below, belowOverflows) = (left.denominator / shared).multipliedReportingOverflow(
      by: right.denominator / rest)
    guard !belowOverflows, sum != .min else { throw .overflow("\(left) + \(right)") }
    return Rational(trusted: sum / rest, over: below)
  }

  /// Subtracts the right number from the left one.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when there is not enough room.
  public static func - (left: Rational, right: Rational) throws(DomainError) -> Rational {
    try left + -right
  }

  /// Multiplies two numbers.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when there is not enough room.
  public static func * (left: Rational, right: Rational) throws(DomainError) -> Rational {
    let first = Int128(
      greatestCommonDivisor(left.numerator.magnitude, right.denominator.magnitude))
    let second = Int128(
      greatestCommonDivisor(right.numerator.magnitude, left.denominator.magnitude))
    let (above, aboveOverflows) = (left.numerator / first).multipliedReportingOverflow(
      by: right.numerator / second)
    let (below, belowOverflows) = (left.denominator / second).multipliedReportingOverflow(
      by: right.denominator / first)
    guard !aboveOverflows, !belowOverflows, above != .min else {
      throw .overflow("\(left) * \(right)")
    }
    return Rational(trusted: above, over: below)
  }

  /// Divides the left number by the right one.
  ///
  /// - Throws: ``DomainError`` with the code `divisionByZero`, or `overflow` when there is not
  ///   enough room.
  public static func / (left: Rational, right: Rational) throws(DomainError) -> Rational {
    guard right.numerator != 0 else { throw .divisionByZero("\(left) / \(right)") }
    let isNegative = right.numerator < 0
    let reciprocal = Rational(
      trusted: isNegative ? -right.denominator : right.denominator,
      over: isNegative ? -right.numerator : right.numerator)
    return try left * reciprocal
  }

  /// The number with the other sign.
  public static prefix func - (number: Rational) -> Rational {
    Rational(trusted: -number.numerator, over: number.denominator)
  }
}

extension Rational: Comparable {
  /// Compares exactly, whatever the number of digits.
  public static func < (left: Rational, right: Rational) -> Bool {
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return (first.high, first.low) < (second.high, second.low)
  }
}

extension Rational: LosslessStringConvertible {
  /// Reads a fraction such as `85/26` or `-3`, or a decimal such as `4.125`.
  ///
  /// - Parameter text: The whole number; both parts of a fraction are plain digits.
  /// - Returns: `nil` when the text is no number, divides by zero or has too many digits.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, let above = ExactDecimal(String(first) ?? "") else {
      return nil
    }
    guard parts.count > 1 else {
      self.init(above)
      return
    }
    guard parts.count == 2, Rational.isPlain(first.drop { $0 == UInt8(ascii: "-") }),
      Rational.isPlain(parts[1]), let below = ExactDecimal(String(parts[1]) ?? ""),
      let fraction = try? Rational(above.unscaled, over: below.unscaled)
    else { return nil }
    self = fraction
  }

  /// The canonical text: `85/26`, or only the numerator of a whole number.
  ///
  /// Reading it gives the same number. Equal numbers have the same text.
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  private static func isPlain(_ digits: Substring.UTF8View) -> Bool {
    !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}
