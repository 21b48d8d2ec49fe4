import Scanning
import Testing

@Suite("Decimal marks")
struct DecimalMarkTests {
  static let columns: [(delimiter: Character, cells: [String], mark: DecimalMark)] = [
    (",", ["1,234"], .ambiguous),
    (",", ["1.234"], .ambiguous),
    (",", ["1,234", "2,5"], .comma),
    (",", ["1,234", "2.5"], .point),
    (",", ["1,234.5"], .point),
    (",", ["1.234,5"], .comma),
    (",", ["1,234,567"], .point),
    (",", ["1.234.567"], .comma),
    (",", ["85", "90"], .point),
    (",", [], .point),
    (",", ["0,125"], .comma),
    (",", ["1234,567"], .comma),
    (",", ["85,5", "85.5"], .ambiguous),
    (",", ["n/a", "A-", "12.3.2024", "1,2,3"], .point),
    (",", ["93,75 %"], .comma),
    (",", ["1\u{A0}234,567"], .comma),
    (";", ["1,234"], .comma),
    (";", ["85"], .comma),
    (";", ["85.5"], .point),
    ("\t", ["85,50"], .comma),
  ]

  @Test("are decided by the whole column", arguments: columns)
  func decides(delimiter: Character, cells: [String], mark: DecimalMark) {
    var finder = DecimalMarkFinder(delimiter: delimiter.asciiValue ?? 0)
    for cell in cells { unsafe withBytes(cell) { unsafe finder.observe($0) } }
    #expect(finder.decision == mark)
  }

  @Test("follow the producer only for its own mark")
  func fallback() {
    var points = DecimalMarkFinder(delimiter: 0x2C, fallback: .point)
    unsafe withBytes("66.667") { unsafe points.observe($0) }
    #expect(points.decision == .point)
    unsafe withBytes("1,234") { unsafe points.observe($0) }
    #expect(points.decision == .ambiguous)
  }

  static let cells: [(cell: String, mark: DecimalMark, plain: String?)] = [
    ("85", .ambiguous, "85"), ("85,50", .comma, "85.50"), ("1.234,5", .comma, "1234.5"),
    ("1,234.5", .point, "1234.5"), ("80.00 %", .point, "80.00"), ("75%", .point, "75"),
    ("-3,25", .comma, "-3.25"), ("1,234", .ambiguous, nil), ("1.234", .ambiguous, nil),
    ("1,234", .point, "1234"), ("1,234", .comma, "1.234"), ("1,5", .point, nil),
    ("12,34,567", .point, nil), ("1,2345", .point, nil), ("1.23,4", .comma, nil),
    ("1 234,5", .comma, "1234.5"), ("1\u{A0}234", .comma, "1234"), ("1'234.5", .point, "1234.5"),
    ("1234,567", .comma, "1234.567"), ("1234.567,5", .comma, nil), (" 5", .point, nil),
    ("5 ", .point, nil), ("+5", .point, nil), ("5.", .point, nil), (".5", .point, nil),
    ("nan", .point, nil), ("", .point, nil), ("%", .point, nil), (" %", .point, nil),
    ("-", .point, nil), ("1e3", .point, "1e3"), ("1,5e3", .comma, "1.5e3"),
    ("1e400", .point, nil), ("1,,234", .point, nil), (",234", .point, nil), ("1,", .point, nil),
    ("1.5,000", .point, nil), ("٣", .point, nil), ("10/20", .point, nil), ("1-2", .point, nil),
  ]

  @Test("bring numbers into plain form", arguments: cells)
  func normalizes(cell: String, mark: DecimalMark, plain: String?) {
    var findings: DecimalFindings?
    let output = written { buffer in
      findings = unsafe withBytes(cell) { bytes in
        unsafe normalizedDecimal(bytes, mark: mark, into: &buffer)
      }
    }
    #expect((findings == nil ? nil : output) == plain)
    #expect(findings != nil || output.isEmpty)
    #expect(findings?.contains(.percent) ?? false == (plain != nil && cell.hasSuffix("%")))
  }

  @Test("do not touch percentages and fractions that are something else")
  func shapes() {
    unsafe withBytes("80.00 %") {
      #expect(unsafe percentage($0).map { unsafe text($0) } == "80.00")
    }
    unsafe withBytes("80") { #expect(unsafe percentage($0) == nil) }
    unsafe withBytes("10/20") { bytes in
      let parts = unsafe fraction(bytes)
      #expect(unsafe parts.map { unsafe text($0.numerator) } == "10")
      #expect(unsafe parts.map { unsafe text($0.denominator) } == "20")
    }
    for cell in ["9/6/2023", "/", "1/", "/2", "a/b", "N/A", "1,5/2"] {
      unsafe withBytes(cell) { #expect(unsafe fraction($0) == nil) }
    }
  }
}
