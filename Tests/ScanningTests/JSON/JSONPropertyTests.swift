import Scanning
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

  @Test("agree on the elements of an array in pieces of every size")
  func splitting() throws {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<150 {
      let elements = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        value(depth: 2, &random)
      }
      let bytes = Array(("\n [" + elements.joined(separator: " ,\n") + " ] \n").utf8)
      let expected = elements.map { $0.trimming() }
      for step in [1, 2, 3, 7, 64, 10_000] {
        let (found, error) = split(bytes, step: step)
        #expect(error == nil)
        #expect(found == expected, "\(String(decoding: bytes, as: UTF8.self)) by \(step)")
      }
    }
  }

  private func split(_ bytes: [UInt8], step: Int) -> ([String], ScanningError?) {
    var splitter = JSONArraySplitter()
    var found: [String] = []
    var (start, end) = (0, 0)
    do {
      while end < bytes.count {
        end = min(bytes.count, end + step)
        start += try unsafe withBytes(Array(bytes[start..<end])) { chunk throws(ScanningError) in
          let used = try unsafe splitter.scan(chunk)
          for index in 0..<splitter.elementCount {
            found.append(unsafe text(splitter.element(index)))
          }
          return used
        }
      }
      try splitter.finish()
    } catch {
      return (found, error as? ScanningError)
    }
    return (found, nil)
  }

  static let broken: [(text: String, code: ScanningError.Code, elements: Int)] = [
    ("", .truncated, 0), ("{}", .malformed, 0), ("[1,2", .truncated, 1), ("[1,]", .malformed, 1),
    ("[,1]", .malformed, 0), ("[1] x", .malformed, 1), ("[\"a", .truncated, 0),
    ("[{\"a\":1},{\"a\"", .truncated, 1),
  ]

  @Test("tell where an array is broken or cut", arguments: broken)
  func brokenArrays(text: String, code: ScanningError.Code, elements: Int) {
    let (found, error) = split(Array(text.utf8), step: 1)
    #expect(error?.code == code)
    #expect(found.count <= elements)
  }

  @Test("agree on the lines of a text in pieces of every size")
  func lines() {
    let text = "{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\""
    for step in [1, 2, 5, 100] {
      var index = NDJSONIndex()
      var (start, end) = (0, 0)
      var found: [String] = []
      let bytes = Array(text.utf8)
      while end < bytes.count {
        end = min(bytes.count, end + step)
        unsafe withBytes(Array(bytes[start..<end])) { chunk in
          start += (try? unsafe index.scan(chunk, isFinal: end == bytes.count)) ?? 0
          for line in 0..<index.lineCount {
            let content = unsafe Self.string(index.line(line))
            let facts = "\(index.isBlank(line)) \(index.hasLineEnd(line))"
            found.append("\(index.number(of: line)) \(facts) \(content)")
          }
        }
      }
      #expect(
        found == [
          "1 false true {\"a\":1}", "2 true true ", "3 true true   ", "4 false true {\"b\":2}",
          "5 false false {\"c\"",
        ])
    }
  }

  private static func string(_ bytes: UnsafeRawBufferPointer) -> String {
    unsafe String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate func trimming() -> String {
    var rest = self[...].unicodeScalars
    while let first = rest.first, first.value <= 0x20 { rest.removeFirst() }
    while let last = rest.last, last.value <= 0x20 { rest.removeLast() }
    return String(rest)
  }
}

extension RandomNumberGenerator {
  /// A random byte.
  fileprivate mutating func next() -> UInt8 { UInt8(truncatingIfNeeded: next() as UInt64) }
}
