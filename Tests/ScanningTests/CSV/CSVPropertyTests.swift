import Scanning
import TestSupport
import Testing

@Suite("The index and the plain reader")
struct CSVPropertyTests {
  /// Pieces that meet each other in all ways.
  static let pieces: [[UInt8]] = [
    [0x2C], [0x2C], [0x3B], [0x22], [0x22], [0x22, 0x22], [0x0D], [0x0A], [0x0D, 0x0A], [0],
    [0x61], [0x62], [0x20], [0xC3, 0xA9], [0xC3], Array("some longer text".utf8),
  ]

  private func expectSame(_ bytes: [UInt8], _ dialect: CSVDialect, steps: [Int]) {
    let expected = CSVScalarOracle(bytes, dialect: dialect)
    for step in steps {
      let found = IndexedText(bytes, dialect: dialect, step: step)
      if let unclosed = expected.unclosed {
        #expect(found.error?.code == .unclosedQuote, "\(bytes) by \(step)")
        #expect(found.error?.line == unclosed.line, "\(bytes) by \(step)")
        #expect(found.error?.column == unclosed.column, "\(bytes) by \(step)")
        // Records of the last piece are lost with the error, those before are not.
        #expect(expected.records.starts(with: found.records), "\(bytes) by \(step)")
      } else {
        #expect(found.error == nil, "\(bytes) by \(step)")
        #expect(found.records == expected.records, "\(bytes) by \(step)")
      }
    }
  }

  @Test("agree on random bytes in pieces of every size", arguments: [1, 2, 3, 4] as [UInt64])
  func agree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<250 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...24, using: &random) {
        bytes += Self.pieces.randomElement(using: &random) ?? []
      }
      expectSame(bytes, .rfc4180, steps: [1, 2, 3, 5, 7, 64, 1_000])
      expectSame(bytes, .semicolon, steps: [1_000])
    }
  }

  @Test("agree on long texts with few quotes", arguments: [5, 6, 7] as [UInt64])
  func agreeOnLong(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          bytes += Array("field number some,".utf8.prefix(Int.random(in: 0...18, using: &random)))
          bytes.append(0x2C)
        }
        switch Int.random(in: 0...5, using: &random) {
        case 0: bytes += Array("\"a, \"\"b\"\" and\nmore\",".utf8)
        case 1: bytes += Array("\"plain\"".utf8)
        case 2: bytes += Array("é".utf8)
        default: break
        }
        bytes += Int.random(in: 0...3, using: &random) == 0 ? [0x0D, 0x0A] : [0x0A]
      }
      expectSame(bytes, .rfc4180, steps: [17, 63, 64, 65, 128, 1_000, 100_000])
    }
  }

  @Test("agree that what was written comes back", arguments: [CSVQuoting.minimal, .all])
  func roundTrip(quoting: CSVQuoting) throws {
    var random = SeededGenerator(seed: 21)
    for dialect in [CSVDialect.rfc4180, .semicolon, .tab] {
      for _ in 0..<200 {
        let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          (0..<Int.random(in: 2...5, using: &random)).map { _ in
            (0..<Int.random(in: 0...4, using: &random)).flatMap { _ in
              Self.pieces.randomElement(using: &random) ?? []
            }
          }
        }
        var output = ByteBuffer()
        for row in rows {
          for (column, field) in row.enumerated() {
            if column > 0 { output.append(dialect.delimiter) }
            unsafe withBytes(field) { bytes in
              unsafe output.appendCSV(bytes, dialect: dialect, quoting: quoting)
            }
          }
          output.append("\r\n")
        }
        let found = IndexedText(unsafe Array(output.bytes), dialect: dialect, step: 1_000)
        #expect(found.error == nil)
        #expect(found.records.map(\.fields) == rows)
      }
    }
  }
}
