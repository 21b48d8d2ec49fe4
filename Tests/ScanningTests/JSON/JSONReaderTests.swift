import Scanning
import TestSupport
import Testing

@Suite("JSON texts")
struct JSONReaderTests {
  static let sound: [String] = [
    "{}", "[]", " [ ] ", "1", "-0", "0.5", "1e5", "\"\"", "true", "false", "null",
    "[1,2,[3,{}],\"a\"]", "{\"a\":{\"b\":[null]},\"c\":\"d\"}", "\"\\u00e9\\n\\\\\\\"\"",
    "\"\\ud83d\\ude00\"", "\t\r\n{ \"a\" : 1 }\n", "[\"é\",\"\u{1F600}\"]", "1E+2",
    "{\"a\":1,\"A\":2,\"\":3}", "[\"\\\\\",\"\\\\\\\"\"]",
  ]

  @Test("are read as the grammar says", arguments: sound)
  func reads(text: String) throws {
    let tokens = try readTokens(Array(text.utf8)).get()
    #expect(tokens == JSONScalarOracle.tokens(of: Array(text.utf8)))
  }

  static let faults: [(text: String, code: ScanningError.Code, line: UInt64, column: UInt64)] = [
    ("", .truncated, 1, 1), (" \n ", .truncated, 2, 2), ("{", .truncated, 1, 2),
    ("[1", .truncated, 1, 3), ("{\"a\"", .truncated, 1, 5), ("{\"a\":", .truncated, 1, 6),
    ("{\"a", .truncated, 1, 2), ("[1,", .truncated, 1, 4),
    ("{\"a\":1,}", .malformed, 1, 8), ("[1,]", .malformed, 1, 4), ("[,1]", .malformed, 1, 2),
    ("{,}", .malformed, 1, 2), ("[1 2]", .malformed, 1, 4), ("{\"a\" 1}", .malformed, 1, 6),
    ("{a:1}", .malformed, 1, 2), ("{1:1}", .malformed, 1, 2), ("[1}", .malformed, 1, 3),
    ("{\"a\":1]", .malformed, 1, 7), ("1 2", .malformed, 1, 3), ("{}{}", .malformed, 1, 3),
    ("NaN", .malformed, 1, 1), ("[Infinity]", .malformed, 1, 2), ("nul", .malformed, 1, 1),
    ("truex", .malformed, 1, 1), ("True", .malformed, 1, 1), ("01", .malformed, 1, 1),
    ("1.", .malformed, 1, 1), (".5", .malformed, 1, 1), ("+1", .malformed, 1, 1),
    ("1e", .malformed, 1, 1), ("-", .malformed, 1, 1), ("0x10", .malformed, 1, 1),
    ("'a'", .malformed, 1, 1), ("\"a\tb\"", .malformed, 1, 3), ("\"a\nb\"", .malformed, 1, 3),
    ("\"\\x\"", .malformed, 1, 2), ("\"\\u12g4\"", .malformed, 1, 2),
    ("\"\\ud800\"", .malformed, 1, 2), ("\"\\udc00\"", .malformed, 1, 2),
    ("\"\\ud800\\u0041\"", .malformed, 1, 2), ("[1]\u{0}", .malformed, 1, 4),
    ("\u{FEFF}{}", .malformed, 1, 1), ("// x\n1", .malformed, 1, 1),
    ("{\"a\":1,\n \"a\":2}", .duplicate, 2, 2), ("{\"a\":1,\"\\u0061\":2}", .duplicate, 1, 8),
    ("\\\"a\"", .truncated, 1, 4),
  ]

  @Test("that break the grammar are refused at the place of the fault", arguments: faults)
  func refuses(text: String, code: ScanningError.Code, line: UInt64, column: UInt64) throws {
    let error = try #require(jsonError(text))
    #expect(error.code == code)
    #expect([error.line, error.column] == [line, column])
    #expect(JSONScalarOracle.tokens(of: Array(text.utf8)) == nil)
  }

  @Test("name the place of a fault inside as a pointer")
  func pointers() {
    #expect(jsonError("{\"a\":[1,{\"b/c\":tru}]}")?.pointer == "/a/1/b~1c")
    #expect(jsonError("{\"a\":{\"x\":1,\"x\":2}}")?.pointer == "/a/x")
    #expect(jsonError("[1,x]")?.pointer == "/1")
    #expect(jsonError("x")?.pointer == "")
  }

  @Test("with invalid UTF-8 are refused at the byte")
  func encoding() {
    for bytes in [[0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0x61, 0xFF, 0x22]] {
      guard case .failure(let error) = readTokens(bytes.map { UInt8($0) }) else {
        Issue.record("accepted")
        continue
      }
      #expect(error.code == .encoding)
    }
  }

  @Test("cut inside of a string end there, whatever is wrong behind its quote")
  func cutString() {
    // The last byte is no UTF-8, and the string that it stands in is never closed.
    let bytes = Array("{\"a\":1,\"b".utf8) + [0x80]
    unsafe bytes.withUnsafeBytes { bytes in
      let error = #expect(throws: ScanningError.self) {
        var reader = JSONReader()
        try unsafe reader.open(bytes, isPrefix: true)
        try reader.beginObject()
        while try reader.nextKey() != nil { try reader.skipValue() }
      }
      #expect(error?.code == .truncated)
      #expect(error?.column == 8)
    }
  }

  @Test("stop at the limits without a deep stack")
  func limits() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(jsonError(deep)?.code == .limit)
    #expect(jsonError(String(repeating: "{\"a\":", count: 65))?.code == .limit)
    let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(jsonError(nested) == nil)
    #expect(jsonError("[" + nested + "]")?.code == .limit)
    #expect(jsonError("[" + nested + "]", limits: JSONLimits(depth: 65)) == nil)
    #expect(JSONLimits(depth: 10_000).depth == 512)
    #expect(jsonError(String(repeating: "1", count: 65))?.code == .limit)
    #expect(jsonError(String(repeating: "1", count: 64)) == nil)
    #expect(jsonError("\"abcd\"", limits: JSONLimits(stringBytes: 3))?.code == .limit)
    #expect(
      jsonError("{\"a\":1,\"b\":2,\"c\":3}", limits: JSONLimits(members: 2))?.code == .limit)
  }

  @Test("with many members find the one that stands twice")
  func manyMembers() {
    let members = (0..<3_000).map { "\"key\($0)\":{\"key\($0)\":\($0)}" }
    #expect(jsonError("{" + members.joined(separator: ",") + "}") == nil)
    let twice = jsonError("{" + members.joined(separator: ",") + ",\"key17\":0}")
    #expect(twice?.code == .duplicate)
    #expect(twice?.pointer == "/key17")
  }

  @Test("are walked over without looking at every token")
  func walking() throws {
    let source = "{\"a\":[1,{\"b\":2}],\"c\":{\"d\":\"x,]}\"},\"e\":-1.5,\"f\":\"g\"}"
    var found: [String] = []
    try unsafe withBytes(source) { bytes throws in
      var reader = try unsafe JSONReader(bytes)
      _ = try reader.next()
      _ = try reader.next()
      found.append("\(reader.isText("a")) \(try reader.skipValue())")
      while try reader.next() == .key {
        let raw = try unsafe reader.rawValue()
        unsafe found.append(raw.map { unsafe text($0) } ?? "")
      }
      found.append("\(try reader.next()) \(try reader.next())")
    }
    #expect(found == ["true true", "{\"d\":\"x,]}\"}", "-1.5", "\"g\"", "end end"])
  }

  @Test("that are skipped are checked")
  func skipping() {
    unsafe withBytes("{\"a\":{\"b\":[1,2,],\"c\":1}}") { bytes in
      let error = #expect(throws: ScanningError.self) {
        var reader = try unsafe JSONReader(bytes)
        _ = try reader.next()
        _ = try reader.next()
        try reader.skipValue()
      }
      #expect(error?.pointer == "/a/b/2")
    }
  }

  @Test("are written so that they come back")
  func writing() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let pieces = [
        "a", "\"", "\\", "\n", "\u{1}", "é", "\u{1F600}", "longer plain text", "\t", "/",
      ]
      let value = (0..<Int.random(in: 0...6, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var output = ByteBuffer()
      unsafe withBytes(value) { unsafe output.appendJSON($0) }
      let tokens = try readTokens(unsafe Array(output.bytes)).get()
      #expect(tokens == [JSONScalarOracle.Token(.string, Array(value.utf8))])
    }
  }
}
