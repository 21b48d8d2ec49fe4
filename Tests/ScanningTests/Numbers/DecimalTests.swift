import Scanning
import TestSupport
import Testing

@Suite("Decimal numbers")
struct DecimalTests {
  static let numbers: [(text: String, mantissa: Int64, exponent: Int32)] = [
    ("0", 0, 0), ("-0", 0, 0), ("85", 85, 0), ("85.50", 8550, -2), ("-12.5", -125, -1),
    ("007", 7, 0), ("0.001", 1, -3), ("1e2", 1, 2), ("1E+2", 1, 2), ("1.5e-3", 15, -4),
    ("93.33333333333333", 9_333_333_333_333_333, -14),
    ("999999999999999999", 999_999_999_999_999_999, 0),
    ("00000000000000000000001", 1, 0),
    ("85.000000000000000000000", 85, 0),
    ("1000000000000000000000", 1, 21),
    ("0.000000000000000000000000", 0, 0),
    ("0e999999999999", 0, 0),
    ("1e308", 1, 308), ("1e-308", 1, -308),
  ]

  @Test("read with their exact value", arguments: numbers)
  func reads(text: String, mantissa: Int64, exponent: Int32) throws {
    let value = try #require(unsafe withBytes(text) { unsafe parseDecimal($0) })
    #expect(value.mantissa == mantissa)
    #expect(value.exponent == exponent)
  }

  @Test(
    "refuse everything that is no plain number",
    arguments: [
      "", "-", "nan", "NaN", "inf", "-inf", "infinity", "0x10", "0x1p4", "5.", ".5", "-.5", " 5",
      "5 ", "+5", "1,5", "\u{0663}", "1e400", "1e-400", "1e", "1e+", "e5", "1.e5", "1.2.3", "--1",
      "1-", "1_000", "1 000", "５", "5\0", "1e99999999999999999999", "1234567890123456789",
      "0.1234567890123456789", "1e5.5",
    ])
  func refuses(text: String) {
    #expect(unsafe withBytes(text) { unsafe parseDecimal($0) } == nil)
  }

  /// The greatest double is 1.7976931348623157081e308; from 1.7976931348623158079e308 on a number
  /// rounds to infinity.
  static let edges: [(text: String, isRead: Bool)] = [
    ("1.7976931348623157e308", true), ("-1.7976931348623157e308", true),
    ("17976931348623157e292", true), ("1.79769313486231580e308", true),
    ("1.79769313486231581e308", false), ("1.8e308", false), ("-1.8e308", false),
    ("2e308", false), ("9e308", false), ("0.02e310", false), ("20e307", false),
    ("1.7e308", true), ("9e307", true), ("99e306", true), ("1e-307", true),
  ]

  @Test("near the greatest double are read only when they stay finite", arguments: edges)
  func greatest(text: String, isRead: Bool) {
    #expect(unsafe (withBytes(text) { unsafe parseDecimal($0) } != nil) == isRead)
    #expect(Double(text)?.isFinite == isRead)
  }

  @Test("agree with a careful reader on random texts")
  func agrees() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("0123456789..--eE+ ,x".utf8)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...9, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let found = unsafe withBytes(bytes) { unsafe parseDecimal($0) }
      let text = String(decoding: bytes, as: UTF8.self)
      let isNumber = text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil
      guard isNumber, let value = Double(text), value.isFinite else {
        #expect(found == nil, "\(text)")
        continue
      }
      guard let found else {
        #expect(text.contains("e") || text.contains("E"), "\(text)")
        continue
      }
      #expect(Double("\(found.mantissa)e\(found.exponent)") == value, "\(text)")
    }
  }
}
