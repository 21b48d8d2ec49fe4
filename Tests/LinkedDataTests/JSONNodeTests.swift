import Domain
import Foundation
import LinkedData
import Testing

@Suite("JSON")
struct JSONNodeTests {
  @Test("keeps order, number text and the places of members")
  func keeps() throws {
    let node = try JSONNode(reading: #"{"b": 1.50, "a": ["x", {"é": null}]}"#)
    let object = try #require(node.object)
    #expect(object.members.map(\.name) == ["b", "a"])
    #expect(object.members.map(\.offset) == [1, 12])
    #expect(object["b"] == .number("1.50"))
    #expect(node["a"]?.array?[1].object?.offset == 23)
  }

  @Test("composed and decomposed names are two members")
  func bytes() throws {
    let node = try JSONNode(reading: "{\"\u{e9}\": 1, \"e\u{301}\": 2}")
    #expect(node.object?.count == 2)
    #expect(node["\u{e9}"] == 1)
  }

  static let refused: [(text: String, code: LinkedDataError.Code)] = [
    (#"{"a":1,"a":2}"#, .repeatedName), (#"{"a":1,"\u0061":2}"#, .repeatedName),
    (#"["\ud800"]"#, .malformedJSON), (#"["\udc00x"]"#, .malformedJSON),
    ("{\"a\":1}x", .malformedJSON), ("[1,]", .malformedJSON), ("[01]", .malformedJSON),
    ("\u{FEFF}[]", .malformedJSON), ("[\"a\u{0}\"]", .malformedJSON), ("", .malformedJSON),
    ("{\"a\"", .malformedJSON), ("[NaN]", .malformedJSON), ("['a']", .malformedJSON),
    (String(repeating: "[", count: 65), .limitExceeded),
  ]

  @Test("refuses what other readers understand differently", arguments: refused)
  func refuses(_ text: String, _ code: LinkedDataError.Code) {
    let error = #expect(throws: LinkedDataError.self) { try JSONNode(reading: text) }
    #expect(error?.code == code)
  }

  @Test("a large text is refused before it is read")
  func large() {
    let error = #expect(throws: LinkedDataError.self) {
      try JSONNode(
        reading: [UInt8](repeating: 0x20, count: 101), limits: JSONNode.Limits(bytes: 100))
    }
    #expect(error?.code == .limitExceeded)
  }

  /// The numbers of RFC 8785, appendix B, and of ECMA-262.
  static let numbers: [(text: String, canonical: String)] = [
    ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("5e-324", "5e-324"), ("-5e-324", "-5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("9007199254740992", "9007199254740992"), ("-9007199254740992", "-9007199254740992"),
    ("295147905179352830000", "295147905179352830000"),
    ("9.999999999999997e22", "9.999999999999997e+22"), ("1e23", "1e+23"),
    ("1.0000000000000001e23", "1.0000000000000001e+23"),
    ("999999999999999700000", "999999999999999700000"),
    ("999999999999999900000", "999999999999999900000"), ("1e21", "1e+21"),
    ("9.999999999999997e-7", "9.999999999999997e-7"), ("0.000001", "0.000001"),
    ("333333333.3333332", "333333333.3333332"), ("333333333.33333325", "333333333.33333325"),
    ("1424953923781206.2", "1424953923781206.2"), ("1E30", "1e+30"), ("4.50", "4.5"),
    ("2e-3", "0.002"), ("1e-27", "1e-27"), ("100", "100"),
    ("12345678901234567890", "12345678901234567000"),
  ]

  @Test("writes numbers as ECMAScript does", arguments: numbers)
  func number(_ text: String, _ canonical: String) throws {
    let bytes = try JSONNode(reading: text).canonicalBytes()
    #expect(String(decoding: bytes, as: UTF8.self) == canonical)
  }

  @Test("sorts members by UTF-16 code units")
  func sorted() throws {
    // The example of RFC 8785, section 3.2.3.
    let text = """
      {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh",\
      "1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",\
      "\\u00f6":"Latin Small Letter O With Diaeresis"}
      """
    let canonical = try JSONNode(
      reading: JSONNode(reading: text).canonicalBytes())
    #expect(
      canonical.object?.members.map { $0.value.string?.text.prefix(4) } == [
        "Carr", "One", "Cont", "Lati", "Euro", "Emoj", "Hebr",
      ])
  }

  @Test("an infinite number is refused")
  func infinite() throws {
    let node = try JSONNode(reading: "[1e400]")
    #expect(throws: LinkedDataError.self) { try node.canonicalBytes() }
  }

  @Test(
    "makes the canonical texts of the published vectors",
    arguments: ["arrays", "french", "structures"])
  func vectors(_ name: String) throws {
    guard let folder = Samples.folder("vectors/jcs") else { return }
    let input = try Samples.node(folder.appending(path: "input/\(name).json"))
    let expected = try Samples.bytes(folder.appending(path: "output/\(name).json"))
    #expect(try input.canonicalBytes() == expected)
  }
}
