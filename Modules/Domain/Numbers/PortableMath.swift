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

  /// e to the power of a number between -700 and 700.
  ///
  /// The number is split into k ln 2 + r with |r| <= ln 2 / 2; e^r is summed as a series.
  package static func exponential(_ number: Double) -> Double {
    let count = (number * 1.4426950408889634).rounded()
    let rest = (number - count * ln2High) - count * ln2Low
    var sum = 1.0
    var divisor = 18.0
    while divisor >= 1 {
      sum = 1 + rest * sum / divisor
      divisor -= 1
    }
    return Double(sign: .plus, exponent: Int(count), significand: sum)
  }

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
