/// A decimal number that is never rounded.
///
/// It has up to 38 digits, of which up to 38 stand after the point. Equal numbers are equal values:
/// `85`, `85.00` and `8.5e1` are the same. The text as written belongs to ``SourceNumber``.
/// Arithmetic is exact; where there is not enough room it throws and never traps or rounds.
public struct ExactDecimal: Hashable, Sendable {
  /// The number times 10 to the power of ``places``.
  public let unscaled: Int128
  /// How many digits stand after the point, 0 to 38; the last of them is not zero.
  public let places: Int

  /// Creates a number from a whole number and the place of its point.
  ///
  /// - Parameters:
  ///   - unscaled: All digits as a whole number.
  ///   - places: How many of the digits stand after the point.
  /// - Returns: `nil` when more than 38 places are left without trailing zeros, or fewer than 0.
  public init?(unscaled: Int128, places: Int) {
    guard places >= 0 else { return nil }
    var unscaled = unscaled
    var places = places
    if unscaled == 0 { places = 0 }
    while places > 0 {
      let (quotient, remainder) = unscaled.quotientAndRemainder(dividingBy: 10)
      guard remainder == 0 else { break }
      unscaled = quotient
      places -= 1
    }
    // The least Int128 has no positive twin; without it every sign can be changed.
    guard places <= Int128.mostPlaces, unscaled != .min else { return nil }
    self.unscaled = unscaled
    self.places = places
  }

  /// Creates a whole number.
  public init(_ whole: Int) {
    unscaled = Int128(whole)
    places = 0
  }

  init(trusted unscaled: Int128, places: Int) {
    self.unscaled = unscaled
    self.places = places
  }

  /// Zero.
  public static let zero = ExactDecimal(trusted: 0, places: 0)

  /// Whether the number is zero.
  public var isZero: Bool { unscaled == 0 }

  /// Whether the number is below zero.
  public var isNegative: Bool { unscaled < 0 }

  /// The binary number that lies nearest, for methods that are defined by binary arithmetic.
  public var nearestDouble: Double { Double(description) ?? .nan }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
  /// Creates a whole number from a literal.
  public init(integerLiteral whole: Int64) {
    unscaled = Int128(whole)
    places = 0
  }
}

extension ExactDecimal {
  /// Adds two numbers.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when the sum has too many digits.
  public static func + (
    left: ExactDecimal, right: ExactDecimal
  ) throws(DomainError) -> ExactDecimal {
    let places = max(left.places, right.places)
    let (first, firstOverflows) = left.unscaled.multipliedReportingOverflow(
      by: Int128.powerOfTen(places - left.places))
    let (second, secondOverflows) = right.unscaled.multipliedReportingOverflow(
      by: Int128.powerOfTen(places - right.places))
    let (sum, sumOverflows) = first.addingReportingOverflow(second)
    guard !firstOverflows, !secondOverflows, !sumOverflows,
      let result = ExactDecimal(unscaled: sum, places: places)
    else { throw .overflow("\(left) + \(right)") }
    return result
  }

  /// Subtracts the right number from the left one.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when the difference has too many digits.
  public static func - (
    left: ExactDecimal, right: ExactDecimal
  ) throws(DomainError) -> ExactDecimal {
    try left + -right
  }

  /// Multiplies two numbers.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when the product has too many digits.
  public static func * (
    left: ExactDecimal, right: ExactDecimal
  ) throws(DomainError) -> ExactDecimal {
    let (product, overflows) = left.unscaled.multipliedReportingOverflow(by: right.unscaled)
    guard !overflows,
      let result = ExactDecimal(unscaled: product, places: left.places + right.places)
    else { throw .overflow("\(left) * \(right)") }
    return result
  }

  /// The number with the other sign.
  public static prefix func - (number: ExactDecimal) -> ExactDecimal {
    ExactDecimal(trusted: -number.unscaled, places: number.places)
  }
}

extension ExactDecimal: Comparable {
  /// Compares exactly, whatever the number of digits.
  public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let places = max(left.places, right.places)
    let first = left.unscaled.multipliedFullWidth(by: Int128.powerOfTen(places - left.places))
    let second = right.unscaled.multipliedFullWidth(by: Int128.powerOfTen(places - right.places))
    return (first.high, first.low) < (second.high, second.low)
  }
}

extension Int128 {
  /// The greatest power of ten that fits.
  static let mostPlaces = 38

  /// 10 to the power of `exponent`, which is 0 to 38.
  static func powerOfTen(_ exponent: Int) -> Int128 {
    powersOfTen[exponent]
  }

  private static let powersOfTen: [Int128] = (0...mostPlaces).map { exponent in
    (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
  }
}

extension DomainError {
  static func overflow(_ calculation: String) -> DomainError {
    DomainError(
      .overflow,
      "The exact result of \(calculation) has more digits than the 38 there is room for; "
        + "round one of the numbers before.")
  }

  static func divisionByZero(_ calculation: String) -> DomainError {
    DomainError(
      .divisionByZero, "\(calculation) divides by zero; leave the number out or give a maximum.")
  }
}
