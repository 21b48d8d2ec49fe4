import Domain
import TestSupport
import Testing

@Suite("Documents")
struct DocumentTests {
  // RFC 8785, 3.2.2 and 3.2.3, without the number that a binary reader rounds.
  @Test("the examples of RFC 8785 come out as published")
  func published() throws {
    let text = #"""
      {"numbers": [1E30, 4.50, 2e-3, 0.000000000000000000000000001],
       "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
      """#
    let expected =
      #"{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try DocumentReader.read(text).canonicalText == expected)
  }

  @Test("names are sorted by UTF-16 code units")
  func sorting() throws {
    let text = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#
    // The order of RFC 8785, 3.2.3.
    #expect(
      try DocumentReader.read(text).members?.count == 7
        && DocumentReader.read(text).canonicalText
          == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{F6}\":7,\"\u{20AC}\":1,\"\u{1F600}\":5,\"\u{FB33}\":3}"
    )
  }

  static let numbers: [(text: String, canonical: String)] = [
    ("0", "0"), ("-0", "0"), ("1.0", "1"), ("-1.50", "-1.5"), ("1e21", "1e+21"),
    ("1e20", "100000000000000000000"), ("0.000001", "0.000001"), ("0.0000001", "1e-7"),
    ("1.25e-9", "1.25e-9"), ("9007199254740992", "9007199254740992"), ("123456e20", "1.23456e+25"),
  ]

  @Test("figures with all binary digits are refused, or kept as texts when asked for")
  func longNumbers() throws {
    let text = "{\"a\": [0.12345678901234568123, 1.2345678901234567e-30, 2.5],\n \"b\": 1}"
    #expect(throws: DomainError.self) { try DocumentReader.read(text) }
    var limits = DocumentReader.Limits()
    limits.keepsLongNumbersAsText = true
    let value = try DocumentReader.read(text, limits: limits)
    #expect(
      value["a"]
        == .array([
          DocumentValue("0.12345678901234568123"), DocumentValue("1.2345678901234567e-30"),
          .number(try #require(ExactDecimal("2.5"))),
        ]))
    #expect(DocumentReader.place(of: "/b", in: Array(text.utf8)).line == 2)
    #expect(throws: DomainError.self) { try DocumentReader.read("[1e999]", limits: limits) }
    #expect(throws: DomainError.self) { try DocumentReader.read("[nan]", limits: limits) }
    #expect(throws: DomainError.self) { try DocumentReader.read("[01]", limits: limits) }
  }

  @Test("numbers have one text", arguments: numbers)
  func number(text: String, canonical: String) throws {
    #expect(try DocumentReader.read(text).canonicalText == canonical)
  }

  static let broken: [(text: String, line: Int, column: Int, pointer: String)] = [
    ("", 1, 1, ""), ("{", 1, 2, ""), ("[1,]", 1, 4, "/1"), ("{\"a\":1,\n \"a\":2}", 2, 2, ""),
    ("[01]", 1, 2, "/0"), ("[NaN]", 1, 2, "/0"), ("[1] 2", 1, 5, ""),
    ("{\"a/b\":+1}", 1, 8, "/a~1b"),
    ("[\"\\ud800\"]", 1, 9, "/0"), ("[\"a\nb\"]", 1, 4, "/0"),
    ("[0.12345678901234567]", 1, 2, "/0"),
    ("tru", 1, 1, ""), ("[1 2]", 1, 4, ""), ("[1e999]", 1, 2, "/0"), ("[\"\\x\"]", 1, 3, "/0"),
    ("[Infinity]", 1, 2, "/0"), ("\u{FEFF}[]", 1, 1, ""),
  ]

  @Test("what is wrong is named with line, column and pointer", arguments: broken)
  func place(text: String, line: Int, column: Int, pointer: String) {
    let error = #expect(throws: DomainError.self) { try DocumentReader.read(text) }
    #expect(error?.code == .malformedJSON)
    #expect(error?.place == Place(line: line, column: column, pointer: pointer))
  }

  @Test("ten thousand arrays in each other are refused, and so is too long a text")
  func limits() {
    let deep = String(repeating: "[", count: 10_000)
    #expect(throws: DomainError.self) { try DocumentReader.read(deep) }
    let error = #expect(throws: DomainError.self) {
      try DocumentReader.read("[1,2]", limits: DocumentReader.Limits(bytes: 4))
    }
    #expect(error?.code == .limitExceeded)
    #expect(throws: Never.self) {
      try DocumentReader.read("[[[]]]", limits: DocumentReader.Limits(depth: 3))
    }
  }

  @Test("bytes that are no UTF-8 are refused")
  func encoding() {
    #expect(throws: DomainError.self) { try DocumentReader.read([0x22, 0xC3, 0x22]) }
  }

  @Test("a pointer leads back to the line and column")
  func pointer() {
    let bytes = Array("{\n  \"gates\": [1,\n    {\"a\": true}]}".utf8)
    #expect(
      DocumentReader.place(of: "/gates/1/a", in: bytes)
        == Place(line: 3, column: 11, pointer: "/gates/1/a"))
    #expect(DocumentReader.place(of: "/none", in: bytes) == Place(pointer: "/none"))
  }

  // Cases of RFC 7396, appendix A.
  static let patches: [(original: String, patch: String, result: String)] = [
    (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"a":null}"#, "{}"),
    (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    (#"{"a":[1,2]}"#, #"{"a":[3]}"#, #"{"a":[3]}"#),
    ("{}", #"{"a":{"bb":{"c":null}}}"#, #"{"a":{"bb":{}}}"#),
    (#"["a"]"#, #"{"a":1}"#, #"{"a":1}"#),
  ]

  @Test("merge patches follow RFC 7396", arguments: patches)
  func merge(original: String, patch: String, result: String) throws {
    let merged = try DocumentReader.read(original).merging(DocumentReader.read(patch))
    #expect(merged.canonicalText == result)
  }

  @Test("random values survive writing and reading")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<2_000 {
      let value = Self.randomValue(&random, depth: 0)
      let text = value.canonicalText
      #expect(try DocumentReader.read(text).canonicalText == text)
    }
  }

  private static func randomValue(_ random: inout SeededGenerator, depth: Int) -> DocumentValue {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      let digits = Int128.random(in: -999_999_999_999_999...999_999_999_999_999, using: &random)
      return ExactDecimal(unscaled: digits, places: .random(in: 0...30, using: &random)).map {
        .number($0)
      } ?? .null
    case 3:
      let scalars = (0..<4).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random))
      }
      return DocumentValue(String(String.UnicodeScalarView(scalars)))
    case 4: return .array((0..<3).map { _ in randomValue(&random, depth: depth + 1) })
    default:
      return .object(
        ["b", "a", "\u{1F600}", "\u{FB33}"].map {
          DocumentValue.Member($0, randomValue(&random, depth: depth + 1))
        })
    }
  }
}
