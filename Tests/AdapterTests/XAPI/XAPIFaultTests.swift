import Testing

@Suite("xAPI: lines that are wrong")
struct XAPIFaultTests {
  private static let good = XAPIReadingTests.statement()

  static let lines: [(name: String, text: String)] = [
    ("cut", #"{"id":"a"#), ("trailing comma", #"{"id":"a",}"#), ("two values", "{} {}"),
    ("doubled name", #"{"id":"a","id":"b"}"#),
    ("doubled name in a part that is passed over", #"{"x":{"b":1,"b":2}}"#),
    ("NaN", #"{"result":{"score":{"raw":NaN}}}"#), ("leading zero", #"{"x":01}"#),
    ("plus sign", #"{"x":+1}"#), ("bare point", #"{"x":1.}"#),
    ("lone half of a pair", #"{"x":"\ud800"}"#), ("lone second half", #"{"x":"\udc00"}"#),
    ("unknown escape", #"{"x":"\q"}"#), ("control character", "{\"x\":\"a\u{1}\"}"),
    ("single quotes", "{'x':1}"), ("comment", "{}//"), ("a bare word", "statement"),
    ("score in words", #"{"result":{"score":{"raw":"ten"}}}"#),
    ("deep", String(repeating: "[", count: 1_000_000)),
    ("deep inside", #"{"x":"# + String(repeating: "[", count: 100) + "}"),
    ("long number", #"{"x":"# + String(repeating: "1", count: 10_000) + "}"),
  ]

  // By their names: some are too long to be told.
  @Test("are reported one by one", arguments: lines.map(\.name))
  func oneBadLine(name: String) throws {
    let text = try #require(Self.lines.first { $0.name == name }).text
    let reading = try XAPIReadingTests.read(Self.good + "\n" + text + "\n" + Self.good + "\n")
    #expect(reading.status == 0)
    #expect(reading.rows.count == 2)
    #expect(reading.problems.map(\.code) == ["xapi.malformed"])
    #expect(reading.problems.map(\.line) == [2])
    #expect(reading.problems.map(\.severity) == [3])
  }

  @Test("of bytes that are no UTF-8 too")
  func invalidUTF8() throws {
    var bytes = Array((Self.good + "\n" + Self.good + "\n").utf8)
    bytes[20] = 0xFF
    let reading = try MemoryHost(family: "XAPI").read(
      [MemoryMember("s.ndjson", bytes)], as: "xapi", MemoryRequest(kinds: ["evidence"]))
    #expect(reading.rows.map(\.line) == [2])
    #expect(reading.problems.map(\.line) == [1])
  }

  @Test("at the end are said to be cut off")
  func cutAtTheEnd() throws {
    let reading = try XAPIReadingTests.read(Self.good + "\n\n" + Self.good.dropLast(40))
    #expect(reading.rows.count == 1)
    #expect(reading.codes() == ["json.blank_line", "xapi.truncated"])
  }

  /// Values over lines are cut where they end; what no value begins with once held the reader up for
  /// ever while its memory grew.
  @Test("of signs between values that stand over lines are passed", arguments: [",", "]", "}"])
  func strayBetweenValues(sign: String) throws {
    let spread = Self.good.replacing(#","verb""#, with: ",\n \"verb\"")
    let reading = try XAPIReadingTests.read("\(spread)\(sign)\n\(spread)\n\(sign)")
    #expect(reading.status == 0)
    #expect(reading.rows.count == 2)
    #expect(reading.codes() == ["xapi.malformed"])
    #expect(reading.problems.map(\.line) == [2, 5])
  }

  static let arrays: [(text: String, code: String)] = [
    ("[" + good + "," + good, "json.truncated"),
    ("[" + good + "," + good.dropLast(9), "json.truncated"),
    ("[" + good + " " + good + "]", "json.malformed"), ("[" + good + ",]", "json.malformed"),
    ("[" + good + "] x", "json.malformed"),
  ]

  @Test("of an array that is not whole end the reading", arguments: arrays)
  func brokenArray(text: String, code: String) throws {
    let reading = try XAPIReadingTests.read(text)
    #expect(reading.status == 2)
    #expect(reading.codes(from: 4) == [code])
  }

  @Test("are found where chunks meet")
  func chunks() throws {
    let text = (0..<2_000).map { XAPIReadingTests.statement(id: "\($0)") }
    let lines = try XAPIReadingTests.read(text.joined(separator: "\n"))
    let array = try XAPIReadingTests.read("[" + text.joined(separator: ",\n ") + "]")
    #expect(lines.rows.map { $0["id"] } == (0..<2_000).map { "\($0)" })
    #expect(array.rows.map { $0["id"] } == lines.rows.map { $0["id"] })
    #expect(array.rows.map(\.line) == lines.rows.map(\.line))
  }
}
