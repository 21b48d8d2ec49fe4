import Domain
import TestSupport
import Testing

@Suite("Numbers of any length")
struct BigRationalTests {
  private static func harmonic(_ count: Int) -> BigRational {
    BigRational.sum((1...count).map { BigRational(1) / BigRational($0) })
  }

  @Test("the hundredth harmonic number is what the tables say")
  func harmonicNumber() throws {
    let sum = Self.harmonic(100)
    // 5.18737751763962026080511767565825315790897..., H(100).
    #expect(try sum.rounded(places: 18).description == "5.187377517639620261")
    #expect(try sum.rounded(places: 30).description == "5.187377517639620260805117675658")
    #expect(sum.rational == nil)
    #expect(try sum.nearest() == Rational(sum.rounded(places: 18)))
  }

  @Test("what was added, subtracted, multiplied or divided comes back")
  func inverses() {
    let long = Self.harmonic(120)
    let other = Self.harmonic(90) * Self.harmonic(60)
    #expect(long + other - other == long)
    #expect(long * other / other == long)
    #expect(long - long == 0)
    #expect(-(-long) == long)
    #expect((long - other) + (other - long) == 0)
    #expect((long + 1 - long).rational == 1)
    #expect((long / long).rational == 1)
  }

  @Test("long numbers are compared exactly")
  func comparing() {
    // 1 - (7/20)^60 is below 1 by less than 1e-27.
    let part = BigRational(Rational("7/20") ?? 0)
    let power = (0..<60).reduce(BigRational(1)) { product, _ in product * part }
    let almost = 1 - power
    #expect(almost < 1)
    #expect(-1 < -almost)
    #expect(!(almost < almost))
    #expect(almost + power == 1)
    #expect((try? almost.rounded(places: 18))?.description == "1")
    #expect(Self.harmonic(101) > Self.harmonic(100))
    #expect(max(Self.harmonic(99), Self.harmonic(100)) == Self.harmonic(100))
  }

  @Test("halves are rounded away from zero, long ones too")
  func halves() throws {
    // 0.125 written with a numerator and denominator of 60 digits.
    let many = (0..<60).reduce(BigRational(1)) { product, _ in product * 10 }
    let eighth = (many / 8) / many
    for (number, shown) in [(eighth, "0.13"), (-eighth, "-0.13")] {
      #expect(try number.rounded(places: 2).description == shown)
    }
    #expect(eighth.rational == Rational("1/8"))
    #expect(throws: DomainError.self) { try many.rounded(places: 0) }
    #expect(many.description == "too many digits")
  }

  @Test("short numbers are calculated as fractions are")
  func short() throws {
    var random = SeededGenerator(seed: 38)
    for _ in 0..<1_000 {
      let parts = (0..<4).map { _ in Int128(Int.random(in: -99...99, using: &random)) }
      let left = try Rational(parts[0], over: parts[1] == 0 ? 1 : parts[1])
      let right = try Rational(parts[2] == 0 ? 1 : parts[2], over: parts[3] == 0 ? 1 : parts[3])
      let (first, second) = (BigRational(left), BigRational(right))
      #expect((first + second).rational == (try left + right))
      #expect((first - second).rational == (try left - right))
      #expect((first * second).rational == (try left * right))
      #expect((first / second).rational == (try left / right))
      #expect((first < second) == (left < right))
    }
  }
}
