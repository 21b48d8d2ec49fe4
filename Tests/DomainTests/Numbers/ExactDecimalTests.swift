import Domain
import TestSupport
import Testing

@Suite("Exact decimal")
struct ExactDecimalTests {
  static let accepted: [(text: String, canonical: String)] = [
    ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e999999999999", "0"), ("007", "7"),
    ("85", "85"), ("85.00", "85"), ("8.5e1", "85"), ("8.5E+1", "85"), ("850e-1", "85"),
    ("4.125", "4.125"), ("-4.125", "-4.125"), ("0.05", "0.05"), ("-0.5", "-0.5"),
    ("93.33333333333333", "93.33333333333333"), ("1e20", "100000000000000000000"),
    ("1.00000000000000000000000000000000000000000000000000", "1"),
    ("1e38", "100000000000000000000000000000000000000"),
    ("1e-38", "0.00000000000000000000000000000000000001"),
    (
      "170141183460469231731687303715884105727", "170141183460469231731687303715884105727"
    ),
  ]

  @Test("reads numbers and writes the canonical text", arguments: accepted)
  func reads(text: String, canonical: String) {
    #expect(ExactDecimal(text)?.description == canonical)
    #expect(ExactDecimal(utf8: Array(text.utf8).span)?.description == canonical)
    #expect(ExactDecimal(canonical) == ExactDecimal(text))
  }

  static let refused = [
    "", "-", "+5", " 5", "5 ", "5.", ".5", "1e", "1e+", "1.e5", "nan", "inf", "0x10", "1,5",
    "1,234.5", "٣", "--1", "1.2.3", "1e5.0", "1e400", "1e-400", "1e39", "1e-39",
    "170141183460469231731687303715884105728", "1_000", "1/2", "5%",
  ]

  @Test("refuses what is not an exact decimal", arguments: refused)
  func refuses(text: String) {
    #expect(ExactDecimal(text) == nil)
    #expect(ExactDecimal(utf8: Array(text.utf8).span) == nil)
  }

  @Test("adds, subtracts and multiplies exactly")
  func arithmetic() throws {
    let tenth = try #require(ExactDecimal("0.1"))
    let fifth = try #require(ExactDecimal("0.2"))
    #expect(try (tenth + fifth).description == "0.3")
    #expect(try (tenth - fifth).description == "-0.1")
    #expect(try (tenth * fifth).description == "0.02")
    #expect(try (tenth * 10) == 1)
    #expect(-tenth < .zero)
  }

  @Test("says when there is not enough room")
  func overflow() throws {
    let large = try #require(ExactDecimal("1e38"))
    let small = try #require(ExactDecimal("1e-38"))
    let error = #expect(throws: DomainError.self) { try large + large }
    #expect(error?.code == .overflow)
    #expect(throws: DomainError.self) { try large * large }
    #expect(throws: DomainError.self) { try small * small }
    #expect(throws: DomainError.self) { try large + small }
    #expect(throws: DomainError.self) { try -large - large }
    #expect(ExactDecimal(unscaled: .min, places: 0) == nil)
    #expect(ExactDecimal(unscaled: 1, places: 39) == nil)
    #expect(ExactDecimal(unscaled: 1, places: -1) == nil)
  }

  @Test("keeps the laws of arithmetic", arguments: [1, 2, 3] as [UInt64])
  func laws(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let (a, b, c) = (decimal(&random), decimal(&random), decimal(&random))
      #expect(try (a + b) + c == a + (b + c))
      #expect(try a + b == b + a)
      #expect(try a * (b + c) == a * b + a * c)
      #expect(try (a + b) - b == a)
      #expect(ExactDecimal(a.description) == a)
      #expect(try (a < b) == (a - b).isNegative)
      #expect((a == b) == (!(a < b) && !(b < a)))
      #expect((Rational(a) < Rational(b)) == (a < b))
      #expect(Rational(a).decimal == a)
    }
  }

  @Test("compares numbers of any size")
  func compares() throws {
    let texts = ["-1e38", "-1", "-1e-38", "0", "1e-38", "0.9", "1", "1.1", "99e36", "1e38"]
    let numbers = texts.compactMap { ExactDecimal($0) }
    #expect(numbers.count == texts.count)
    #expect(numbers.reversed().sorted() == numbers)
  }

  private func decimal(_ random: inout SeededGenerator) -> ExactDecimal {
    let digits = Int128(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
    return ExactDecimal(unscaled: digits, places: Int.random(in: 0...6, using: &random)) ?? .zero
  }
}
