import CScanning
import TestSupport
import Testing

@Suite("Cutting plain stretches")
struct CutTests {
  /// What one way of cutting finds.
  struct Found: Equatable {
    var ends: [UInt32]
    var records: [[UInt32]]
    var state: [UInt64]
  }

  private func cut(_ bytes: [UInt8], by way: CInt, columns: Int = 10_000) -> Found? {
    var ends = [UInt32](repeating: 0, count: bytes.count + 100)
    var records = [cbl_cut_record](repeating: cbl_cut_record(), count: bytes.count + 100)
    var cut = cbl_cut()
    let isDone = unsafe bytes.withUnsafeBufferPointer { text in
      unsafe ends.withUnsafeMutableBufferPointer { ends in
        unsafe records.withUnsafeMutableBufferPointer { records in
          unsafe cut.bytes = text.baseAddress
          cut.count = text.count
          unsafe cut.ends = ends.baseAddress
          unsafe cut.records = records.baseAddress
          cut.end_capacity = ends.count
          cut.record_capacity = records.count
          cut.column_limit = columns
          cut.byte_limit = 1 << 20
          cut.delimiter = 0x2C
          cut.quote = 0x22
          return unsafe cbl_cut_plain_by(way, &cut)
        }
      }
    }
    guard isDone != 0 else { return nil }
    return Found(
      ends: Array(ends[..<cut.end_count]),
      records: records[..<cut.record_count].map {
        [$0.start, $0.first_field, $0.line, UInt32($0.findings), UInt32($0.line_end)]
      },
      state: [
        UInt64(cut.block), UInt64(cut.start), UInt64(cut.first_end), cut.lines,
        cut.high == 0 ? 0 : 1,
        cut.nul == 0 ? 0 : 1,
      ])
  }

  @Test("all ways find the same", arguments: 1...40 as ClosedRange<UInt64>)
  func same(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let marks: [UInt8] = [0x2C, 0x2C, 0x2C, 0x0A, 0x0A, 0x0D]
    // Seldom a mark that stops the cutting, so that some texts are cut to their end.
    let odd: [UInt8] = seed % 4 == 0 ? [0x22, 0x0D, 0, 0xE9] : [0xC3]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...600, using: &random) {
      switch Int.random(in: 0...9, using: &random) {
      case 0: bytes.append(marks.randomElement(using: &random) ?? 0x2C)
      case 1: bytes += [0x0D, 0x0A]
      case 2 where Int.random(in: 0...20, using: &random) == 0:
        bytes.append(odd.randomElement(using: &random) ?? 0x61)
      default: bytes += Array("text".utf8.prefix(Int.random(in: 0...4, using: &random)))
      }
    }
    let plain = try #require(cut(bytes, by: 0))
    for way: CInt in 1...3 {
      if let found = cut(bytes, by: way) { #expect(found == plain, "way \(way)") }
    }
  }

  @Test("stops before a record with too many columns, and keeps what was closed")
  func limit() throws {
    let line = "a,b,c\n"
    let text =
      String(repeating: line, count: 30) + "a,b,c,d,e,f,g\n"
      + String(repeating: line, count: 30)
    for way: CInt in 0...3 {
      guard let found = cut(Array(text.utf8), by: way, columns: 4) else { continue }
      // The wide record ends 13 bytes after its start, and its block is not cut.
      #expect(found.state[0] <= 30 * 6 + 13, "way \(way)")
      #expect(found.records.count == Int(found.state[3]))
      #expect(found.ends.count >= 3 * found.records.count)
    }
  }

  @Test(
    "days and instants are known at a glance only when they are plain",
    arguments: [
      ("2025-09-28", true), ("2024-02-28", true), ("2024-02-29", false), ("0000-01-01", false),
      ("2025-09-30", true), ("2025-09-31", false), ("2025-12-31", true), ("2025-02-30", false),
      ("2025-01-32", false), ("2025-04-31", false), ("2025-07-31", true), ("2025-08-31", true),
      ("2025-13-01", false), ("2025-00-01", false), ("2025-01-00", false), ("2025/01/01", false),
      ("2025-1a-01", false), ("2025-01-0:", false), ("202\u{39}-01-01", true),
      ("2025-09-28T14:05:00.000Z", true), ("2025-09-28T23:59:59.999Z", true),
      ("2025-09-28T24:00:00.000Z", false), ("2025-09-28T23:60:00.000Z", false),
      ("2025-09-28T23:59:60.000Z", false), ("2025-09-28t14:05:00.000Z", false),
      ("2025-09-28T14:05:00.00aZ", false), ("2025-09-28T14:05:00.0000", false),
    ])
  func glance(text: String, isPlain: Bool) {
    let bytes = Array(text.utf8)
    let found = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe bytes.count == 10
        ? cbl_plain_day(bytes.baseAddress) : cbl_plain_instant(bytes.baseAddress)
    }
    #expect((found != 0) == isPlain)
  }

  /// Of each month, the days that are known at a glance.
  private static let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  @Test("every byte in every place of a day counts")
  func bytes() {
    for place in 0..<10 {
      for byte in UInt8.min...UInt8.max {
        var day = Array("2025-09-15".utf8)
        day[place] = byte
        let found = unsafe day.withUnsafeBufferPointer { unsafe cbl_plain_day($0.baseAddress) }
        let parts = String(decoding: day, as: UTF8.self).split(
          separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
          part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil
        }
        let isDay =
          parts.map(\.utf8.count) == [4, 2, 2] && numbers.count == 3 && numbers[0] > 0
          && (1...12).contains(numbers[1])
          && (1...Self.days[numbers[1] - 1]).contains(numbers[2])
        #expect((found != 0) == isDay, "\(day)")
      }
    }
  }
}
