/// Functions on binary numbers that give the same bits on every machine.
///
/// They use only additions, multiplications and divisions in a fixed order, which IEEE 754 defines
/// exactly, and no library of the system. The error is below two units of the last place.
package enum PortableMath {
  private static let ln2High = 0x1.62e42feep-1
  private static let ln2Low = 0x1.a39ef35793c76p-33

  /// The natural logarithm of a positive, finite number.
  ///
  /// The number is split into 2^k * m with m near 1; then ln m = 2 artanh((m - 1)/(m + 1)) is
  /// summed as a series.
  package static func logarithm(_ number: Double) -> Double {
    var exponent = Double(number.exponent)
    var mantissa = number.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    var divisor = 25.0
    while divisor >= 3 {
      sum = square * (sum + 1 / divisor)
      divisor -= 2
    }
    return exponent * ln2High + (2 * (ratio + ratio * sum) + exponent * ln2Low)
  }

  /// e to the power of a number; infinite above 700 and 0 below -700.
  ///
  /// The number is split into k ln 2 + r with |r| <= ln 2 / 2; e^r is summed as a series to r^13, pair
  /// by pair, so that a processor can work on several terms at once.
  @inline(__always)
  package static func exponential(_ number: Double) -> Double {
    guard abs(number) <= 700 else { return number > 0 ? .infinity : number < 0 ? 0 : .nan }
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, halves to even.
    let count = (number * 1.4426950408889634 + 0x1.8p52) - 0x1.8p52
    let rest = (number - count * ln2High) - count * ln2Low
    let two = rest * rest
    let four = two * two
    let first = (1 + rest) + (0x1p-1 + rest * third) * two
    let second = (fourth + rest * fifth) + (sixth + rest * seventh) * two
    let last = (eighth + rest * ninth) + (tenth + rest * eleventh) * two
    let end = twelfth + rest * thirteenth
    let sum = (first + second * four) + (last + end * four) * (four * four)
    return sum * Double(bitPattern: UInt64(bitPattern: Int64(count) &+ 1_023) << 52)
  }

  // The coefficients of the series, 1 / k!.
  private static let third = 1.0 / 6
  private static let fourth = 1.0 / 24
  private static let fifth = 1.0 / 120
  private static let sixth = 1.0 / 720
  private static let seventh = 1.0 / 5_040
  private static let eighth = 1.0 / 40_320
  private static let ninth = 1.0 / 362_880
  private static let tenth = 1.0 / 3_628_800
  private static let eleventh = 1.0 / 39_916_800
  private static let twelfth = 1.0 / 479_001_600
  private static let thirteenth = 1.0 / 6_227_020_800

  /// The least-squares line through points, as its value at 0 and its slope.
  ///
  /// - Parameter points: At least two points with different first coordinates.
  package static func line(through points: [(x: Double, y: Double)]) -> (
    start: Double, slope: Double
  ) {
    let count = Double(points.count)
    var (sumX, sumY, sumXX, sumXY) = (0.0, 0.0, 0.0, 0.0)
    for (x, y) in points {
      sumX += x
      sumY += y
      sumXX += x * x
      sumXY += x * y
    }
    let slope = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX)
    return ((sumY - slope * sumX) / count, slope)
  }
}

extension Rational {
  /// Takes a binary number, rounded to 12 places with halves away from zero.
  ///
  /// - Parameter number: The result of a method that is defined by binary arithmetic.
  /// - Returns: `nil` when it is not finite or has more than 24 digits before the point.
  package init?(rounding number: Double) {
    guard number.isFinite, abs(number) < 0x1p80 else { return nil }
    guard abs(number) > 0x1p-60 else {
      self = .zero
      return
    }
    let exponent = Int(number.exponent) - 52
    let digits = Int128(number.significand * 0x1p52) * (number < 0 ? -1 : 1)
    let exact =
      exponent >= 0
      ? try? Rational(digits << Int128(exponent), over: 1)
      : try? Rational(digits, over: Int128(1) << Int128(-exponent))
    guard let exact, let rounded = try? exact.rounded(places: 12) else { return nil }
    self.init(rounded)
  }
}
