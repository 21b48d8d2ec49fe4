import Domain

/// Exact arithmetic that keeps going.
///
/// Where a fraction needs more than 38 digits, both operands are rounded to 18 places, halves away
/// from zero, and the calculation is done again: the same on every machine, and part of the
/// published rule. Long decaying averages are the usual case.
enum Exact {
  private static let places = 18

  static func add(_ left: Rational, _ right: Rational) throws(GradingError) -> Rational {
    if let sum = try? left + right { return sum }
    do throws(DomainError) {
      return try rounded(left) + rounded(right)
    } catch { throw GradingError(error) }
  }

  static func subtract(_ left: Rational, _ right: Rational) throws(GradingError) -> Rational {
    try add(left, -right)
  }

  static func multiply(_ left: Rational, _ right: Rational) throws(GradingError) -> Rational {
    if let product = try? left * right { return product }
    do throws(DomainError) {
      return try rounded(left) * rounded(right)
    } catch { throw GradingError(error) }
  }

  static func divide(_ left: Rational, _ right: Rational) throws(GradingError) -> Rational {
    if let quotient = try? left / right { return quotient }
    do throws(DomainError) {
      return try rounded(left) / rounded(right)
    } catch { throw GradingError(error) }
  }

  static func sum(_ numbers: some Sequence<Rational>) throws(GradingError) -> Rational {
    var total = Rational.zero
    for number in numbers { total = try add(total, number) }
    return total
  }

  static func mean(_ numbers: [Rational]) throws(GradingError) -> Rational {
    try divide(sum(numbers), Rational(numbers.count))
  }

  private static func rounded(_ number: Rational) throws(DomainError) -> Rational {
    Rational(try number.rounded(places: places))
  }
}
