import Domain
import TestSupport
import Testing

@Suite("Rational")
struct RationalTests {
  static let rounded: [(number: String, places: Int, text: String)] = [
    ("4.125", 2, "4.13"), ("-4.125", 2, "-4.13"), ("3.475", 2, "3.48"), ("4.124999", 2, "4.12"),
    ("85/26", 2, "3.27"), ("2/3", 0, "1"), ("1/2", 0, "1"), ("-1/2", 0, "-1"), ("1/3", 0, "0"),
    ("79.99", 0, "80"), ("1/3", 38, "0.33333333333333333333333333333333333333"), ("7", 4, "7"),
  ]

  @Test("rounds halves away from zero", arguments: rounded)
  func rounds(number: String, places: Int, text: String) throws {
    let number = try #require(Rational(number))
    #expect(try number.rounded(places: places).description == text)
  }

  @Test("stays exact")
  func exact() throws {
    // The newest result that lifts 0.65 x newest + 0.35 x mean(2, 3) to 3.
    let weight = Rational(try #require(ExactDecimal("0.65")))
    let mean = try (Rational(2) + 3) / 2
    let need = try (3 - (1 - weight) * mean) / weight
    #expect(need.description == "85/26")
    #expect(try Rational(4, over: 5) == Rational(80, over: 100))
    #expect(try Rational(7, over: 10) >= Rational(70, over: 100))
    #expect(try Rational(9, over: 13) < Rational(70, over: 100))
    #expect(try #require(Rational("79.99")) < 80)
  }

  static let texts: [(text: String, canonical: String?)] = [
    ("85/26", "85/26"), ("-170/52", "-85/26"), ("6/3", "2"), ("0/7", "0"), ("4.125", "33/8"),
    ("1e2", "100"), ("1/0", nil), ("1/-2", nil), ("1.5/2", nil), ("1/2/3", nil), ("/2", nil),
    ("1/", nil), ("", nil), ("1e2/3", nil), ("--1/2", nil), (" 1/2", nil),
  ]

  @Test("reads and writes text", arguments: texts)
  func text(text: String, canonical: String?) {
    #expect(Rational(text)?.description == canonical)
  }

  @Test("keeps the laws of arithmetic", arguments: [4, 5, 6] as [UInt64])
  func laws(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let (a, b, c) = (
        try rational(&random), try rational(&random), try rational(&random)
      )
      #expect(try (a + b) + c == a + (b + c))
      #expect(try (a * b) * c == a * (b * c))
      #expect(try a * (b + c) == a * b + a * c)
      #expect(try (a - b) + b == a)
      if !b.isZero { #expect(try (a / b) * b == a) }
      #expect((a < b) == (a.numerator * b.denominator < b.numerator * a.denominator))
      #expect(Rational(a.description) == a)
    }
  }

  @Test("says when there is not enough room or no answer")
  func failures() throws {
    let large = try Rational(.max, over: 1)
    let small = try Rational(1, over: .max)
    #expect(throws: DomainError.self) { try large + 1 }
    #expect(throws: DomainError.self) { try large * large }
    #expect(throws: DomainError.self) { try small * small }
    #expect(throws: DomainError.self) { try large.rounded(places: 1) }
    #expect(throws: DomainError.self) { try small.rounded(places: 39) }
    #expect(throws: DomainError.self) { try Rational(.min, over: 1) }
    #expect(throws: DomainError.self) { try Rational(1, over: .min) }
    #expect(try small.rounded(places: 38).description == "0.00000000000000000000000000000000000001")
    #expect(small < large)
    let error = #expect(throws: DomainError.self) { try large / 0 }
    #expect(error?.code == .divisionByZero)
    #expect(throws: DomainError.self) { try Rational(1, over: 0) }
    #expect(try Rational(1, over: 3).decimal == nil)
    #expect(try Rational(3, over: 8).decimal == ExactDecimal("0.375"))
    #expect(large.decimal?.unscaled == .max)
  }

  private func rational(_ random: inout SeededGenerator) throws -> Rational {
    try Rational(
      Int128(Int64.random(in: -100_000...100_000, using: &random)),
      over: Int128(Int64.random(in: 1...100_000, using: &random)))
  }
}

@Suite("Source number")
struct SourceNumberTests {
  static let shares:
    [(text: String, meaning: SourceNumber.Meaning, maximum: String?, share: String?)] =
      [
        ("17.0", .points, "20", "17/20"), ("17", .points, nil, nil), ("17", .points, "0", nil),
        ("80.5", .percent, nil, "161/200"), ("0.93", .fraction, "5", "93/100"),
        ("3", .level, "4", nil), ("A", .letter, nil, nil), ("1,234", .points, "20", nil),
      ]

  @Test("gives the part of the whole", arguments: shares)
  func share(
    text: String, meaning: SourceNumber.Meaning, maximum: String?, share: String?
  ) {
    let number = SourceNumber(text, meaning: meaning)
    #expect(number.description == text)
    #expect(
      number.share(of: maximum.flatMap { ExactDecimal($0) })
        == share.flatMap { Rational($0) })
  }
}
