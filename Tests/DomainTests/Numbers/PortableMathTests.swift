import Domain
import Testing

@Suite("Portable functions")
struct PortableMathTests {
  // Published values, to 17 digits.
  static let logarithms: [(number: Double, result: Double)] = [
    (1, 0), (2, 0.69314718055994531), (3, 1.0986122886681098), (10, 2.3025850929940457),
    (0.5, -0.69314718055994531), (100, 4.6051701859880914), (1.0625, 0.060624621816434843),
  ]

  @Test("logarithms lie within two units of the last place", arguments: logarithms)
  func logarithm(number: Double, result: Double) {
    #expect(abs(PortableMath.logarithm(number) - result) <= 2 * result.ulp)
  }

  static let exponentials: [(number: Double, result: Double)] = [
    (0, 1), (1, 2.7182818284590452), (-1, 0.36787944117144232), (2, 7.3890560989306502),
    (10, 22026.465794806718), (0.5, 1.6487212707001282),
  ]

  @Test("powers of e lie within two units of the last place", arguments: exponentials)
  func exponential(number: Double, result: Double) {
    #expect(abs(PortableMath.exponential(number) - result) <= 2 * result.ulp)
  }

  @Test("binary numbers become fractions of twelve places")
  func rounding() {
    #expect(Rational(rounding: 0.1) == Rational("0.1"))
    #expect(Rational(rounding: -2.5) == Rational("-5/2"))
    #expect(Rational(rounding: 1e-30) == .zero)
    #expect(Rational(rounding: .nan) == nil)
    #expect(Rational(rounding: .infinity) == nil)
    #expect(Rational(rounding: 1e300) == nil)
  }
}
