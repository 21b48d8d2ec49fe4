import Testing

/// Statements that are laid out like the ones before are read by comparing; what comes out must be
/// what each of them gives alone.
@Suite("xAPI: statements of one layout")
struct XAPILayoutTests {
  private static let texts = [
    "p1", "Zoë", "", "\\u00e9", "with \\\"quotes\\\"", "\\ud800", "a\u{1}", "\\x", "\\/",
    "a name that is longer than sixteen bytes", "\u{1F600}",
  ]
  private static let scores = [
    #"{"scaled":0.5,"raw":10,"min":0,"max":20}"#, #"{"scaled":0.475,"raw":9.5,"min":0,"max":20}"#,
    #"{"scaled":1,"raw":20.0,"min":0,"max":20}"#, #"{"raw":-1e3}"#, #"{"scaled":null,"raw":3}"#,
    #"{"raw":01}"#, #"{"raw":"3"}"#, "{}", "null",
  ]
  private static let verbs = ["scored", "passed", "voided"]
  private static let actors = [
    #""actor":{"objectType":"Agent""#, #""actor":{"objectType":"Group""#,
    #""actor":{"objectType":null"#,
  ]

  private static func statement(_ random: inout RecordGenerator) -> String {
    func pick(_ choices: [String]) -> String { choices[random.below(choices.count)] }
    let isUsual = random.below(3) > 0
    let targets = (0..<random.below(3)).map { XAPIReadingTests.objective("t\($0)").dropFirst() }
    var other = "[" + targets.map { $0.dropLast() }.joined(separator: ",") + "]"
    if random.below(5) == 0 { other = other.replacing("objective", with: "module") }
    var text = XAPIReadingTests.statement(
      id: "id\(random.below(1_000))", person: isUsual ? "p\(random.below(50))" : pick(texts),
      score: isUsual ? scores[random.below(2)] : pick(scores), other: other,
      verb: "http://adlnet.gov/expapi/verbs/" + (isUsual ? "scored" : pick(verbs)))
    if random.below(6) == 0 {
      text = text.replacing(#""actor":{"objectType":"Agent""#, with: pick(actors))
    }
    return text
  }

  private static func line(_ random: inout RecordGenerator) -> [UInt8] {
    var bytes = Array(statement(&random).utf8)
    guard random.below(4) == 0 else { return bytes }
    let place = random.below(bytes.count)
    let bytesOfUse = Array("\"\\{}[],:0 \r".utf8) + [0xC3, 0xFF, 0x00]
    switch random.below(4) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(bytesOfUse[random.below(bytesOfUse.count)], at: place)
    case 2: bytes[place] = bytesOfUse[random.below(bytesOfUse.count)]
    default: bytes.removeLast(bytes.count - place)
    }
    return bytes
  }

  @Test("are read as each of them is alone", arguments: [1, 2, 3] as [UInt64])
  func sameAsAlone(seed: UInt64) throws {
    var random = RecordGenerator(seed: seed)
    let lines = (0..<1_200).map { _ in Self.line(&random) }
    let request = MemoryRequest(
      kinds: ["person", "evidence", "event"], options: ["voiding": "ignore"])
    let host = try MemoryHost(family: "XAPI")
    func read(_ bytes: [UInt8]) throws -> MemoryReading {
      try host.read([MemoryMember("s.ndjson", bytes)], as: "xapi", request)
    }
    let together = try read(Array(lines.joined(separator: [0x0A])) + [0x0A])
    var alone: [MemoryRow] = []
    var rejected: [UInt64] = []
    for (index, line) in lines.enumerated() {
      // A line in front keeps one that begins with a bracket from being taken for an array.
      let reading = try read(Array("{}\n".utf8) + line + [0x0A])
      for var row in reading.rows where row.line == 2 {
        row.line = UInt64(index + 1)
        alone.append(row)
      }
      if reading.problems.contains(where: { $0.severity == 3 }) {
        rejected.append(UInt64(index + 1))
      }
    }
    for kind in ["evidence", "event"] {
      #expect(together.rows(kind) == alone.filter { $0.kind == kind })
    }
    #expect(together.problems.filter { $0.severity == 3 }.map(\.line) == rejected)
    #expect(together.rows("evidence").count > 400)
    #expect(rejected.count > 50)
  }

  @Test("give the same with every line end, and where chunks meet")
  func lineEnds() throws {
    var random = RecordGenerator(seed: 7)
    let lines = (0..<1_500).map { _ in Self.statement(&random) }
    let plain = try XAPIReadingTests.read(lines.joined(separator: "\n") + "\n")
    let carriage = try XAPIReadingTests.read(lines.joined(separator: "\r\n"))
    let blanks = try XAPIReadingTests.read(lines.joined(separator: " \n\n") + "\n")
    let array = try XAPIReadingTests.read("[" + lines.joined(separator: " ,\n") + "]\n")
    #expect(plain.rows.count > 500)
    #expect(array.rows.map(\.fields) == plain.rows.map(\.fields))
    #expect(carriage.rows == plain.rows)
    #expect(blanks.rows.map(\.fields) == plain.rows.map(\.fields))
  }

  @Test("that are taken back are looked for only when there are any")
  func restarting() throws {
    var request = MemoryRequest(kinds: ["evidence"])
    request.mayRestart = true
    let host = try MemoryHost(family: "XAPI")
    func read(_ lines: [String]) throws -> MemoryReading {
      try host.read(
        [MemoryMember("s.ndjson", lines.joined(separator: "\n"))], as: "xapi", request)
    }
    let scored = XAPIReadingTests.statement()
    let voiding =
      #"{"actor":{"openid":"o"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"#
      + #""object":{"objectType":"StatementRef","id":"x"}}"#
    #expect(try read([scored, scored]).status == 0)
    #expect(try read([scored, voiding]).status == 7)
    request.mayRestart = false
    #expect(try read([scored, voiding]).status == 0)
  }
}
