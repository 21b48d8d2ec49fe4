import Scanning
import TestSupport
import Testing

@Suite("The JSON reader and the plain reader")
struct JSONPropertyTests {
  static let pieces: [String] = [
    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\"", "\"a\":", "1", "-1.5e3", "0", "true",
    "false", "null", " ", "\n", "\\", "\\\"", "\\u00e9", "\\ud83d\\ude00", "é", "\"\\\\\"", "x",
    "[]", "{}", "{\"a\":1}", "\"a string that is longer than most\"",
  ]

  @Test("agree on random pieces", arguments: [1, 2, 3] as [UInt64])
  func agree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var sound = 0
    for _ in 0..<4_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        bytes += Array((Self.pieces.randomElement(using: &random) ?? "").utf8)
      }
      if Int.random(in: 0...20, using: &random) == 0, !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = random.next()
      }
      sound += expectSame(bytes) ? 1 : 0
    }
    #expect(sound > 0)
  }

  @Test("agree on sound values that were damaged", arguments: [4, 5, 6] as [UInt64])
  func agreeOnDamaged(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_500 {
      var bytes = Array(value(depth: 0, &random).utf8)
      #expect(expectSame(bytes))
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(Array("\"\\{}[],:0".utf8).randomElement(using: &random) ?? 0, at: place)
      default: bytes[place] = random.next()
      }
      _ = expectSame(bytes)
    }
  }

  private func expectSame(_ bytes: [UInt8]) -> Bool {
    let expected = JSONScalarOracle.tokens(of: bytes)
    let found = try? readTokens(bytes).get()
    #expect(found == expected, "\(String(decoding: bytes, as: UTF8.self))")
    return expected != nil
  }

  /// A sound value with blanks, escapes and different names.
  private func value(depth: Int, _ random: inout SeededGenerator) -> String {
    let blank = ["", "", " ", "\n", "\t "].randomElement(using: &random) ?? ""
    switch Int.random(in: depth > 3 ? 2...6 : 0...6, using: &random) {
    case 0:
      let members = (0..<Int.random(in: 0...5, using: &random)).map { number in
        "\"name\\n\(number)\"\(blank):\(blank)\(value(depth: depth + 1, &random))"
      }
      return blank + "{" + members.joined(separator: "\(blank),") + "}" + blank
    case 1:
      let elements = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        value(depth: depth + 1, &random)
      }
      return "[" + elements.joined(separator: ",\(blank)") + blank + "]"
    case 2: return "\"\\\\text \\\" of { some : length , \(random.next() as UInt32)\""
    case 3: return "\(Int.random(in: -1_000...1_000, using: &random))"
    case 4: return "true\(blank)"
    case 5: return "null"
    default: return "\"é\\u20ac\""
    }
  }
}

extension RandomNumberGenerator {
  /// A random byte.
  fileprivate mutating func next() -> UInt8 { UInt8(truncatingIfNeeded: next() as UInt64) }
}
