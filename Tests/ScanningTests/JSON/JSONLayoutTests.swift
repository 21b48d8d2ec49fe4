import Scanning
import TestSupport
import Testing

/// What matches a layout is what the reader would have read.
@Suite("Layouts of JSON texts")
struct JSONLayoutTests {
  /// A text with three places for values, written as a producer might.
  private static func text(_ name: String, _ number: String, _ flag: String, blank: String)
    -> String
  {
    "{\"id\":\(blank)\"\(name)\",\"list\":[\(number),{\"flag\":\(flag),\"more\":\"\(name)\"}],"
      + "\"kept\":\"é\\n\",\"nothing\":null,\"type\":\"activity\"}"
  }

  private static let names = [
    "", "a", "name", "Zoë", "\\u00e9", "\\ud83d\\ude00", "a string that is longer than sixteen",
    "with \\\" in it", "\u{1F600}", String(repeating: "long ", count: 50),
  ]
  private static let numbers = ["0", "-1", "12.50", "1e9", "-0.5E-2", "123456789012345"]
  private static let oddValues = [
    "\\x", "\\ud800", "a\u{1}b", "a\nb", "\"", "01", "1.", "+1", "NaN", "tru", "null", "\"a\"",
    String(repeating: "1", count: 65), "\u{7F}", "\\", "{}", "[1]", " 1", "",
  ]

  @Test(
    "match only what the reader takes, with the same scalars", arguments: [1, 2, 3] as [UInt64])
  func sameAsReader(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var layouts = JSONLayouts()
    var matches = 0
    for _ in 0..<4_000 {
      var bytes = Array(Self.randomText(&random).utf8)
      if Int.random(in: 0..<4, using: &random) == 0 { Self.damage(&bytes, &random) }
      if check(bytes, &layouts, &random) { matches += 1 }
    }
    #expect(matches > 1_000)
  }

  private static func randomText(_ random: inout SeededGenerator) -> String {
    let isOdd = Int.random(in: 0..<5, using: &random) == 0
    func pick(_ usual: [String]) -> String {
      let odd = isOdd && Bool.random(using: &random)
      return (odd ? oddValues : usual).randomElement(using: &random) ?? ""
    }
    let blank = Int.random(in: 0..<6, using: &random) == 0 ? " " : ""
    return text(pick(names), pick(numbers), pick(["true", "false"]), blank: blank)
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
    default: bytes.removeLast(bytes.count - place)
    }
  }

  /// Looks a text up and reads it; returns whether it had a layout.
  private func check(
    _ bytes: [UInt8], _ layouts: inout JSONLayouts, _ random: inout SeededGenerator
  ) -> Bool {
    // What follows the text must not matter.
    let tail: [UInt8] = [[], [0x0A], Array("\n{\"id\":".utf8)].randomElement(using: &random) ?? []
    return unsafe withBytes(bytes + tail) { buffer in
      guard let (layout, length) = unsafe layouts.match(buffer) else {
        unsafe learn(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]), &layouts)
        return false
      }
      let matched = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<length])
      #expect(JSONScalarOracle.tokens(of: unsafe Array(matched)) != nil)
      guard let expected = unsafe scalars(of: matched) else {
        Issue.record("the reader refuses what matched")
        return true
      }
      let target = UnsafeMutablePointer<JSONString?>.allocate(capacity: expected.count)
      defer { unsafe target.deallocate() }
      unsafe target.initialize(repeating: nil, count: expected.count)
      unsafe layouts.copyScalars(of: layout, Array(expected.indices), to: target)
      for (index, scalar) in expected.enumerated() {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: matched[scalar.start..<scalar.end])
        let found = unsafe target[index]
        #expect(unsafe found?.raw.baseAddress == bytes.baseAddress)
        #expect(unsafe found?.raw.count == bytes.count)
        #expect(unsafe found?.hasEscapes == (scalar.kind == .string && bytes.contains(0x5C)))
      }
      return true
    }
  }

  private func scalars(of text: UnsafeRawBufferPointer) -> [JSONScalar]? {
    var reader = JSONReader()
    do throws(ScanningError) {
      try unsafe reader.open(text, traces: true)
      try reader.skipValue()
      try reader.finish()
      return reader.scalars
    } catch {
      return nil
    }
  }

  private func learn(_ text: UnsafeRawBufferPointer, _ layouts: inout JSONLayouts) {
    guard layouts.isWorthTrying, let scalars = unsafe scalars(of: text) else {
      return layouts.miss()
    }
    _ = unsafe layouts.learn(text, scalars: scalars)
  }

  @Test("keep values apart that decide how a text is read")
  func fixedValues() throws {
    func scalars(_ text: String) throws -> [JSONScalar] {
      var found = try #require(unsafe withBytes(text) { unsafe self.scalars(of: $0) })
      found[0].isFixed = true
      return found
    }
    let one = "{\"type\":\"a\",\"value\":1}"
    let other = "{\"type\":\"b\",\"value\":1}"
    let same = "{\"type\":\"a\",\"value\":27}"
    let (first, second, third) = try (scalars(one), scalars(other), scalars(same))
    let sample = UnsafeMutableRawBufferPointer.allocate(byteCount: one.utf8.count, alignment: 1)
    defer { unsafe sample.deallocate() }
    unsafe sample.copyBytes(from: one.utf8)
    var layout = unsafe JSONLayout(UnsafeRawBufferPointer(sample), scalars: first)
    #expect(unsafe withBytes(other) { unsafe layout.takes($0, scalars: second) } == false)
    #expect(unsafe withBytes(same) { unsafe layout.match($0) } == nil)
    #expect(unsafe withBytes(same) { unsafe layout.takes($0, scalars: third) })
    #expect(unsafe withBytes(same + "\n") { unsafe layout.match($0) } == same.utf8.count)
    #expect(unsafe withBytes("{\"type\":\"a\",\"value\":-3.5}") { unsafe layout.match($0) } == 25)
    #expect(unsafe withBytes("{\"type\":\"a\",\"value\":03}") { unsafe layout.match($0) } == nil)
  }

  @Test("are not looked for where no text has one")
  func givingUp() {
    var layouts = JSONLayouts()
    var tried = 0
    for index in 0..<1_000 {
      let text = "{\"name\(index)\":\(index)}"
      unsafe withBytes(text) { bytes in
        #expect(unsafe layouts.match(bytes) == nil)
        if layouts.isWorthTrying { tried += 1 }
        unsafe learn(bytes, &layouts)
      }
    }
    #expect(tried < 200)
  }
}
