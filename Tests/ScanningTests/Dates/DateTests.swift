import Scanning
import TestSupport
import Testing

@Suite("Dates")
struct DateTests {
  static let valid: [(text: String, precision: DatePrecision)] = [
    ("2024", .year), ("2024-09", .month), ("2024-09-30", .day), ("2024-02-29", .day),
    ("2000-02-29", .day), ("0001-01-01", .day), ("2024-09-30T14:05", .minute),
    ("2024-09-30T14:05:00", .second), ("2024-09-30T14:05:00.25", .fraction),
    ("2024-09-30T14:05:00Z", .second), ("2024-09-30T14:05:00.123456Z", .fraction),
    ("2024-09-30T14:05+02:00", .minute), ("2024-09-30T14:05:00-0700", .second),
    ("2024-09-30T14:05:00+02", .second),
  ]

  @Test("of ISO 8601 are recognised with their precision", arguments: valid)
  func recognises(text: String, precision: DatePrecision) {
    #expect(unsafe withBytes(text) { unsafe validateISODate($0) } == precision)
  }

  @Test(
    "that do not exist or are written otherwise are refused",
    arguments: [
      "", "0000", "0000-01-01", "2025-02-30", "2025-02-29", "1900-02-29", "2025-13-01",
      "2025-00-01", "2025-01-00", "2025-04-31", "2025-1-1", "20250101", "2025-01-01T",
      "2025-01-01T1:00", "2025-01-01T24:00", "2025-01-01T10:60", "2025-01-01T10:00:60",
      "2025-01-01T10:00:00.", "2025-01-01 10:00:00", "2025-01-01T10:00:00 Z", "2025-01-01Z",
      "2025-01-01T10:00:00+", "2025-01-01T10:00:00+2", "2025-01-01T10:00:00+24:00",
      "2025-01-01T10:00:00+02:60", "2025-01-01T10:00:00+02:0", "2025-01-01T10:00:00ZZ",
      "31/12/2025", "2025-01-01x", " 2025", "2025 ", "٢٠٢٥",
    ])
  func refuses(text: String) {
    #expect(unsafe withBytes(text) { unsafe validateISODate($0) } == nil)
  }

  static let shapes: [(text: String, order: DateOrder, iso: String)] = [
    ("2024-09-30T14:05:00Z", .unknown, "2024-09-30T14:05:00Z"),
    ("2013-1-03 00:00:00", .unknown, "2013-01-03T00:00:00"),
    ("2013/1/3", .unknown, "2013-01-03"),
    ("27/08/2024", .unknown, "2024-08-27"),
    ("31/12/2025", .unknown, "2025-12-31"),
    ("9/6/2023", .monthFirst, "2023-09-06"),
    ("9/6/2023", .dayFirst, "2023-06-09"),
    ("9/9/2023", .unknown, "2023-09-09"),
    ("27.08.2024", .unknown, "2024-08-27"),
    ("3.4.2024", .monthFirst, "2024-04-03"),
    ("9/27/2023 9:39:25 AM", .unknown, "2023-09-27T09:39:25"),
    ("9/27/2023 12:00:00 AM", .unknown, "2023-09-27T00:00:00"),
    ("9/27/2023 12:30 PM", .unknown, "2023-09-27T12:30"),
    ("9/27/2023 1:05pm", .unknown, "2023-09-27T13:05"),
    ("1700000000", .unknown, "2023-11-14T22:13:20Z"),
    ("951782400", .unknown, "2000-02-29T00:00:00Z"),
    ("4102444799", .unknown, "2099-12-31T23:59:59Z"),
    ("20240229", .unknown, "2024-02-29"),
    ("2018-09-13 11:36:43 -0700", .unknown, "2018-09-13T11:36:43-07:00"),
    ("2018-09-13 11:36:43+02", .unknown, "2018-09-13T11:36:43+02:00"),
    ("2021-04-19 16:20:07 UTC", .unknown, "2021-04-19T16:20:07Z"),
    ("2021-04-19 16:20:07.5", .unknown, "2021-04-19T16:20:07.5"),
    ("2021-04-19 16:20:07,25 GMT", .unknown, "2021-04-19T16:20:07.25Z"),
  ]

  @Test("of other shapes are brought into ISO form", arguments: shapes)
  func normalizes(text: String, order: DateOrder, iso: String) {
    var finding: DateFinding?
    let output = written { buffer in
      finding = unsafe withBytes(text) { unsafe normalizeDate($0, order: order, into: &buffer) }
    }
    #expect(output == iso)
    #expect(finding?.isDate == true)
    #expect(finding?.outcome == (text == iso ? .iso : .rewritten))
    #expect(unsafe withBytes(output) { unsafe validateISODate($0) } == finding?.precision)
  }

  static let others: [(text: String, order: DateOrder, outcome: DateFinding.Outcome)] = [
    ("9/6/2023", .unknown, .ambiguous), ("06-09-2023 10:00", .unknown, .ambiguous),
    ("2025-02-30", .unknown, .impossible), ("2025-02-30T10:00:00", .unknown, .impossible),
    ("13/13/2025", .unknown, .impossible), ("31/12/2025", .monthFirst, .impossible),
    ("0000-01-01", .unknown, .impossible), ("20250230", .unknown, .impossible),
    ("9/27/2023 13:00:00 AM", .unknown, .impossible), ("9/27/2023 25:00", .unknown, .impossible),
    ("", .unknown, .unknown), ("9/6/23", .dayFirst, .unknown), ("soon", .unknown, .unknown),
    ("45000", .unknown, .unknown), ("12345678901", .unknown, .unknown),
    ("2021-04-19 16:20:07 Europe/Stockholm", .unknown, .unknown),
    ("27/08/2024 10:00 x", .unknown, .unknown), ("2024-01-01 ", .unknown, .unknown),
    ("1/2", .dayFirst, .unknown), ("1-2/2024", .dayFirst, .unknown),
  ]

  @Test("that are ambiguous, impossible or unknown write nothing", arguments: others)
  func reports(text: String, order: DateOrder, outcome: DateFinding.Outcome) {
    var finding: DateFinding?
    let output = written { buffer in
      finding = unsafe withBytes(text) { unsafe normalizeDate($0, order: order, into: &buffer) }
    }
    #expect(output.isEmpty)
    #expect(finding?.outcome == outcome)
  }

  @Test("with the name of a zone point at it")
  func zoneName() {
    let text = "2021-04-19 16:20:07 CEST"
    var finding: DateFinding?
    let output = written { buffer in
      finding = unsafe withBytes(text) { unsafe normalizeDate($0, into: &buffer) }
    }
    #expect(output == "2021-04-19T16:20:07")
    #expect(finding?.zoneName == 20..<24)
  }

  @Test("of a column show their order")
  func order() {
    var finder = DateOrderFinder()
    for cell in ["9/6/2023", "", "x", "2023-01-02"] {
      unsafe withBytes(cell) { unsafe finder.observe($0) }
    }
    #expect(finder.decision == .unknown)
    unsafe withBytes("9/27/2023 9:39:25 AM") { unsafe finder.observe($0) }
    #expect(finder.decision == .monthFirst)
    unsafe withBytes("27/9/2023") { unsafe finder.observe($0) }
    #expect(finder.decision == .unknown)
  }

  @Test("from random bytes never come out broken")
  func random() {
    var random = SeededGenerator(seed: 11)
    let alphabet = Array("00112233456789-/.: TZAPMampm+,".utf8)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...24, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      var buffer = ByteBuffer()
      let finding = unsafe withBytes(bytes) { unsafe normalizeDate($0, into: &buffer) }
      if finding.isDate {
        #expect(unsafe validateISODate(buffer.bytes) == finding.precision)
      } else {
        #expect(buffer.count == 0)
      }
    }
  }
}
