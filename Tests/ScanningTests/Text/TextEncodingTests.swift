import Scanning
import TestSupport
import Testing

@Suite("Text encodings")
struct TextEncodingTests {
  static let heads: [(bytes: [UInt8], encoding: TextEncoding, mark: Int)] = [
    ([], .utf8, 0),
    (Array("a,b\n".utf8), .utf8, 0),
    ([0xEF, 0xBB, 0xBF, 0x61], .utf8, 3),
    ([0xFF, 0xFE, 0x61, 0], .utf16LE, 2),
    ([0xFE, 0xFF, 0, 0x61], .utf16BE, 2),
    (Array("a,b,c,d,e,f\n".utf8).flatMap { [$0, 0] }, .utf16LE, 0),
    (Array("a,b,c,d,e,f\n".utf8).flatMap { [0, $0] }, .utf16BE, 0),
    (Array("a\0b\0".utf8), .utf8, 0),
    ([0xE9, 0x2C, 0x61], .utf8, 0),
  ]

  @Test("are recognised by their first bytes", arguments: heads)
  func detects(bytes: [UInt8], encoding: TextEncoding, mark: Int) {
    let found = unsafe withBytes(bytes) { unsafe TextEncoding.detect($0) }
    #expect(found.encoding == encoding)
    #expect(found.markLength == mark)
  }

  @Test("have names that users type")
  func names() {
    #expect(TextEncoding(named: "UTF-8") == .utf8)
    #expect(TextEncoding(named: "Latin1") == .latin1)
    #expect(TextEncoding(named: "ISO-8859-1") == .latin1)
    #expect(TextEncoding(named: "cp1252") == .windows1252)
    #expect(TextEncoding(named: "utf_16le") == .utf16LE)
    #expect(TextEncoding(named: "klingon") == nil)
  }

  static let texts: [(encoding: TextEncoding, bytes: [UInt8], text: String)] = [
    (.latin1, [0x61, 0xE9, 0x80, 0xFF], "aé\u{80}ÿ"),
    (.windows1252, [0x61, 0xE9, 0x80, 0x93, 0x9F], "aé€“Ÿ"),
    (.utf16LE, [0x61, 0, 0xE9, 0, 0xAC, 0x20, 0x3D, 0xD8, 0x00, 0xDE], "aé€😀"),
    (.utf16BE, [0, 0x61, 0, 0xE9, 0x20, 0xAC, 0xD8, 0x3D, 0xDE, 0x00], "aé€😀"),
    (.utf8, Array("aé€😀".utf8), "aé€😀"),
  ]

  @Test("become UTF-8 in pieces of every size, and come back", arguments: texts)
  func transcodes(encoding: TextEncoding, bytes: [UInt8], text: String) throws {
    for step in 1...bytes.count {
      #expect(try decoded(bytes, encoding, step: step) == Array(text.utf8))
    }
    var output = ByteBuffer()
    let isWhole = unsafe withBytes(text) { unsafe encode($0, to: encoding, into: &output) }
    #expect(isWhole)
    #expect(unsafe Array(output.bytes) == bytes)
  }

  static let broken: [(encoding: TextEncoding, bytes: [UInt8], column: UInt64)] = [
    (.utf16LE, [0x61, 0, 0x3D, 0xD8], 3),
    (.utf16LE, [0x61, 0, 0x00, 0xDE, 0x61, 0], 3),
    (.utf16BE, [0xD8, 0x3D, 0, 0x61], 1),
    (.utf16LE, [0x61, 0, 0x62], 3),
    (.windows1252, [0x61, 0x81], 2),
  ]

  @Test("name the byte that is invalid", arguments: broken)
  func refuses(encoding: TextEncoding, bytes: [UInt8], column: UInt64) {
    for step in 1...bytes.count {
      let error = #expect(throws: ScanningError.self) {
        _ = try decoded(bytes, encoding, step: step)
      }
      #expect(error?.code == .encoding)
      #expect(error?.column == column)
    }
  }

  private func decoded(
    _ bytes: [UInt8], _ encoding: TextEncoding, step: Int
  ) throws(ScanningError) -> [UInt8] {
    var transcoder = Transcoder(from: encoding)
    var output = ByteBuffer()
    var (start, end) = (0, 0)
    while end < bytes.count {
      end = min(bytes.count, end + step)
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: end - start, alignment: 1)
      defer { unsafe piece.deallocate() }
      unsafe piece.copyBytes(from: bytes[start..<end])
      start += try unsafe transcoder.decode(
        UnsafeRawBufferPointer(piece), isFinal: end == bytes.count, into: &output)
    }
    return unsafe Array(output.bytes)
  }

  @Test("say when a character has no code")
  func unknownCharacters() {
    let output = written { buffer in
      let isWhole = unsafe withBytes("a€") { unsafe encode($0, to: .latin1, into: &buffer) }
      #expect(!isWhole)
    }
    #expect(output == "a?")
  }

  @Test("of UTF-8 are checked like the standard library checks them")
  func validity() {
    var random = SeededGenerator(seed: 5)
    let bytes: [UInt8] = [
      0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
      0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<50_000 {
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        bytes.randomElement(using: &random) ?? 0
      }
      let isValid = String(validating: text, as: UTF8.self) != nil
      #expect(unsafe withBytes(text) { unsafe isValidUTF8($0) } == isValid, "\(text)")
    }
  }

  @Test("hash to different numbers by bytes and seed")
  func hashes() {
    var seen: Set<UInt64> = []
    for length in 0...64 {
      unsafe withBytes([UInt8](repeating: 0, count: length)) { bytes in
        seen.insert(unsafe hash64(bytes))
        seen.insert(unsafe hash64(bytes, seed: 1))
      }
    }
    #expect(seen.count == 130)
  }
}
