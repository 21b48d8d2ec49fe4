import Scanning
import Testing

@Suite("Scanning guide")
struct GuideTests {
  @Test("does what it says")
  func guide() throws {
    let file = Array("id,score,note\r\n007,3.5,\"well, well\"\r\n8,nan,\r\n".utf8)
    var index = CSVIndex(dialect: .rfc4180)
    let cells = try file.withUnsafeBytes { bytes in
      let used = try index.scan(bytes, isFinal: true)
      #expect(used == file.count)
      return (0..<index.recordCount).map { record in
        (0..<index.fieldCount(record)).map { column in
          String(decoding: index.field(column, of: record), as: UTF8.self)
        }
      }
    }
    #expect(cells[1] == ["007", "3.5", "well, well"])

    let scores = cells.dropFirst().map { row in
      Array(row[1].utf8).withUnsafeBytes { bytes in parseDecimal(bytes) }
    }
    #expect(scores[0]?.mantissa == 35)
    #expect(scores[0]?.exponent == -1)
    #expect(scores[1] == nil)
  }
}
