/// A fraction that has as many digits as it needs, for what is worked out on the way.
///
/// Results are ``Rational`` values of up to 38 digits. A long decaying average needs more before it
/// is rounded; what it is compared with is then still compared exactly.
package struct BigRational: Sendable {
  private enum Form: Sendable {
    /// Nearly all numbers.
    case small(Rational)
    /// Numbers of more than 38 digits, not in lowest terms.
    case big(isNegative: Bool, above: Magnitude, below: Magnitude)
  }

  private let form: Form

  /// Creates the same number.
  package init(_ number: Rational) {
    form = .small(number)
  }

  /// Creates the same number.
  package init(_ number: ExactDecimal) {
    form = .small(Rational(number))
  }

  /// Creates a whole number.
  package init(_ whole: Int) {
    form = .small(Rational(whole))
  }

  private init(_ isNegative: Bool, _ above: Magnitude, over below: Magnitude) {
    form = above.isZero ? .small(.zero) : .big(isNegative: isNegative, above: above, below: below)
  }

  private var parts: (isNegative: Bool, above: Magnitude, below: Magnitude) {
    switch form {
    case .small(let number):
      (
        number.numerator < 0, Magnitude(number.numerator.magnitude),
        Magnitude(number.denominator.magnitude)
      )
    case .big(let isNegative, let above, let below): (isNegative, above, below)
    }
  }

  /// The same number, where 38 digits are enough.
  package var rational: Rational? {
    guard case .big(let isNegative, let above, let below) = form else {
      if case .small(let number) = form { return number }
      return nil
    }
    let divisor = Magnitude.greatestCommonDivisor(above, below)
    // Long quotients would take long and cannot fit.
    guard max(above.bitWidth, below.bitWidth) - divisor.bitWidth <= 128,
      let first = above.divided(by: divisor).quotient.number.flatMap({ Int128(exactly: $0) }),
      let second = below.divided(by: divisor).quotient.number.flatMap({ Int128(exactly: $0) })
    else { return nil }
    return try? Rational(isNegative ? -first : first, over: second)
  }

  /// The same number, or where 38 digits are not enough, the nearest one of 18 places, halves away
  /// from zero.
  ///
  /// Of numbers with more than 1,024 binary digits the nearest one is given without looking whether
  /// lowest terms would be short, which they never are in practice.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when it has too many digits before the point.
  package func nearest() throws(DomainError) -> Rational {
    if case .small(let number) = form { return number }
    let (_, above, below) = parts
    if max(above.bitWidth, below.bitWidth) <= 1_024, let rational { return rational }
    return Rational(try rounded(places: 18))
  }

  /// The number in IEEE double; not a number where 38 digits are not enough.
  package var binary: Double { rational?.approximateDouble ?? .nan }

  /// Creates the nearest number of 12 places; `nil` for what is not finite or has no room.
  package init?(rounding number: Double) {
    guard let rounded = Rational(rounding: number) else { return nil }
    self.init(rounded)
  }

  /// The number that ``nearest()`` gives, to go on with.
  package func shortened() throws(DomainError) -> BigRational { BigRational(try nearest()) }

  /// Rounds to a number of places after the point, halves away from zero.
  ///
  /// - Throws: ``DomainError`` with the code `overflow` when the result has more than 38 digits.
  package func rounded(places: Int) throws(DomainError) -> ExactDecimal {
    if case .small(let number) = form { return try number.rounded(places: places) }
    let (isNegative, above, below) = parts
    guard (0...Int128.mostPlaces).contains(places) else {
      throw .overflow("rounding to \(places) places")
    }
    let scaled = above * Magnitude(Int128.powerOfTen(places).magnitude)
    let doubled = scaled + scaled + below
    guard let magnitude = doubled.divided(by: below + below).quotient.number,
      let unsigned = Int128(exactly: magnitude),
      let result = ExactDecimal(unscaled: isNegative ? -unsigned : unsigned, places: places)
    else { throw .overflow("rounding a long fraction to \(places) places") }
    return result
  }
}

extension BigRational: ExpressibleByIntegerLiteral {
  /// Creates a whole number from a literal.
  package init(integerLiteral whole: Int64) {
    form = .small(Rational(integerLiteral: whole))
  }
}

extension BigRational {
  /// Adds two numbers.
  package static func + (left: BigRational, right: BigRational) -> BigRational {
    if case .small(let first) = left.form, case .small(let second) = right.form,
      let sum = try? first + second
    {
      return BigRational(sum)
    }
    let (first, second) = (left.parts, right.parts)
    let (below, one, other) =
      first.below == second.below
      ? (first.below, first.above, second.above)
      : (first.below * second.below, first.above * second.below, second.above * first.below)
    if first.isNegative == second.isNegative {
      return BigRational(first.isNegative, one + other, over: below)
    }
    return one < other
      ? BigRational(second.isNegative, other - one, over: below)
      : BigRational(first.isNegative, one - other, over: below)
  }

  /// Subtracts the right number from the left one.
  package static func - (left: BigRational, right: BigRational) -> BigRational { left + -right }

  /// Multiplies two numbers.
  package static func * (left: BigRational, right: BigRational) -> BigRational {
    if case .small(let first) = left.form, case .small(let second) = right.form,
      let product = try? first * second
    {
      return BigRational(product)
    }
    let (first, second) = (left.parts, right.parts)
    return BigRational(
      first.isNegative != second.isNegative, first.above * second.above,
      over: first.below * second.below)
  }

  /// Divides the left number by the right one, which is not zero.
  package static func / (left: BigRational, right: BigRational) -> BigRational {
    let divisor = right.parts
    precondition(!divisor.above.isZero, "a number was divided by zero")
    if case .small(let first) = left.form, case .small(let second) = right.form,
      let quotient = try? first / second
    {
      return BigRational(quotient)
    }
    return left * BigRational(divisor.isNegative, divisor.below, over: divisor.above)
  }

  /// The number with the other sign.
  package static prefix func - (number: BigRational) -> BigRational {
    switch number.form {
    case .small(let small): BigRational(-small)
    case .big(let isNegative, let above, let below): BigRational(!isNegative, above, over: below)
    }
  }

  /// The sum of numbers.
  package static func sum(_ numbers: some Sequence<BigRational>) -> BigRational {
    numbers.reduce(0, +)
  }

  /// The sum of numbers.
  package static func sum(_ numbers: some Sequence<Rational>) -> BigRational {
    numbers.reduce(0) { $0 + BigRational($1) }
  }

  /// The mean of numbers, or `nil` of none.
  package static func mean(_ numbers: some Collection<BigRational>) -> BigRational? {
    numbers.isEmpty ? nil : sum(numbers) / BigRational(numbers.count)
  }

  /// The mean of numbers, or `nil` of none.
  package static func mean(_ numbers: some Collection<Rational>) -> BigRational? {
    numbers.isEmpty ? nil : sum(numbers) / BigRational(numbers.count)
  }
}

extension BigRational: CustomStringConvertible {
  /// The text of what ``nearest()`` gives.
  package var description: String { (try? nearest())?.description ?? "too many digits" }
}

extension BigRational: Comparable {
  /// Whether both are the same number.
  package static func == (left: BigRational, right: BigRational) -> Bool {
    if case .small(let first) = left.form, case .small(let second) = right.form {
      return first == second
    }
    let (first, second) = (left.parts, right.parts)
    return first.isNegative == second.isNegative
      && first.above * second.below == second.above * first.below
  }

  /// Compares exactly.
  package static func < (left: BigRational, right: BigRational) -> Bool {
    if case .small(let first) = left.form, case .small(let second) = right.form {
      return first < second
    }
    let (first, second) = (left.parts, right.parts)
    guard first.isNegative == second.isNegative else { return first.isNegative }
    let (one, other) = (first.above * second.below, second.above * first.below)
    return first.isNegative ? other < one : one < other
  }
}
