import Scanning
import Testing

@Suite("Records of a delimited file")
struct CSVIndexTests {
  private func records(_ text: String) -> [CSVScalarOracle.Record] {
    IndexedText(Array(text.utf8), dialect: .rfc4180, step: 10_000).records
  }

  private func fields(_ text: String) -> [[String]] {
    records(text).map { $0.fields.map { String(decoding: $0, as: UTF8.self) } }
  }

  static let texts: [(text: String, rows: [[String]])] = [
    ("", []),
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a\r\nb\nc\rd", [["a"], ["b"], ["c"], ["d"]]),
    ("\n", [[""]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    (",,,\n", [["", "", "", ""]]),
    ("a,b,\n1\n", [["a", "b", ""], ["1"]]),
    ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
    ("\"line 1\r\nline 2\",x\n", [["line 1\r\nline 2", "x"]]),
    ("\"\",\"\"\"\"\n", [["", "\""]]),
    ("a\"b,c\n", [["a\"b", "c"]]),
    ("\"a\"b,c\n", [["ab", "c"]]),
    ("a, \"b, c\"\n", [["a", "b, c"]]),
    ("a\0b,c\n", [["a\0b", "c"]]),
    ("007,1e5, x ,e\u{301},é\n", [["007", "1e5", " x ", "e\u{301}", "é"]]),
  ]

  @Test("are cut as written", arguments: texts)
  func cuts(text: String, rows: [[String]]) {
    let found = fields(text)
    #expect(found.count == rows.count)
    for (row, expected) in zip(found, rows) {
      #expect(row.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    }
  }

  static let findings: [(text: String, findings: CSVFindings)] = [
    ("a,b\n", []),
    ("\"a\",b\n", .quotedField),
    ("a\"b,c\n", .bareQuote),
    ("\"a\"b,c\n", [.quotedField, .textAfterQuote]),
    ("a, \"b\"\n", [.quotedField, .blankBeforeQuote]),
    ("a\0,b\n", .containsNUL),
  ]

  @Test("report what is unusual", arguments: findings)
  func reports(text: String, findings: CSVFindings) {
    #expect(records(text).map(\.findings) == [findings])
  }

  @Test("report invalid UTF-8 in the record that has it, and only there")
  func encoding() {
    let bytes: [UInt8] = Array("a,b\né,".utf8) + [0xE9, 0x0A] + Array("c,d\n".utf8)
    let found = IndexedText(bytes, dialect: .rfc4180, step: 10_000)
    #expect(found.records.map(\.findings) == [[], .invalidUTF8, []])
    #expect(found.records[1].fields[1] == [0xE9])
  }

  @Test("know their lines and line ends across chunks")
  func lines() {
    let text = "h\r\n\"two\nlines\"\nx\r\ry"
    for step in [1, 2, 3, 100] {
      let found = IndexedText(Array(text.utf8), dialect: .rfc4180, step: step).records
      #expect(found.map(\.line) == [1, 2, 4, 5, 6])
      #expect(found.map(\.lineEnd) == [.crlf, .lf, .cr, .cr, .none])
    }
  }

  @Test("name the line and column where a quote opened that is never closed")
  func unclosed() {
    let text = "a,b\n1,\"2\n3,4\n5,6\n"
    for step in [1, 4, 100] {
      let error = IndexedText(Array(text.utf8), dialect: .rfc4180, step: step).error
      #expect(error?.code == .unclosedQuote)
      #expect(error?.line == 2)
      #expect(error?.column == 3)
    }
  }

  @Test("stop at the limits with little memory")
  func limits() {
    let limits = CSVLimits(recordBytes: 100, columns: 5)
    let wide = IndexedText(
      Array("a,b\n1,2,3,4,5,6\n".utf8), dialect: .rfc4180, step: 50, limits: limits)
    #expect(wide.error?.code == .limit)
    #expect(wide.error?.line == 2)
    for text in [
      "a\n" + String(repeating: "x", count: 101) + "\n",
      "a\n\"" + String(repeating: "x\n", count: 100),
      "a\n" + String(repeating: "x", count: 300),
    ] {
      let long = IndexedText(Array(text.utf8), dialect: .rfc4180, step: 50, limits: limits)
      #expect(long.error?.code == .limit)
      #expect(long.error?.line == 2)
    }
    let fits = String(repeating: "x", count: 100) + "\n"
    #expect(
      IndexedText(Array(fits.utf8), dialect: .rfc4180, step: 50, limits: limits).error == nil)
  }

  @Test("that hold nothing are told apart")
  func blank() throws {
    try unsafe withBytes("a\n\n,,\n , \n\"\"\n") { bytes throws in
      var index = CSVIndex(dialect: .rfc4180)
      _ = try unsafe index.scan(bytes, isFinal: true)
      #expect((0..<5).map { index.isBlank($0) } == [false, true, false, false, false])
      #expect(
        (0..<5).map { index.isOnlyDelimiters($0) } == [false, true, true, true, false])
    }
  }

  static let heads: [(text: String, delimiter: UInt8)] = [
    ("a,b,c\n1,2,3\n", 0x2C), ("a;b;c\n1,5;2;3\n", 0x3B), ("a\tb\n1,5\t2\n", 0x09),
    ("a|b|c\n1|2|3\n", 0x7C), ("a:b\n1:2\n", 0x3A), ("time,x\n10:00,1\n11:00,2\n", 0x2C),
    ("\"a;b;c\",d\n\"1;2;3\",4\n", 0x2C), ("only\none\n", 0x2C), ("", 0x2C),
    ("Name;Note\n\"Doe, Jane\";\"1,5\"\n\"Roe, Max\";\"2,5\"\n", 0x3B),
  ]

  @Test("have a delimiter that the head shows", arguments: heads)
  func sniffs(text: String, delimiter: UInt8) {
    #expect(unsafe withBytes(text) { unsafe CSVDialect.sniff($0).delimiter } == delimiter)
  }

  @Test("are written with quotes only where they are needed")
  func writing() {
    let output = written { buffer in
      for cell in ["a", "", "a,b", "a\"b", "a\nb", "a\rb", " a", "a;b", "long plain text of it"] {
        unsafe withBytes(cell) { unsafe buffer.appendCSV($0) }
        buffer.append(UInt8(ascii: "|"))
      }
    }
    #expect(
      output == "a||\"a,b\"|\"a\"\"b\"|\"a\nb\"|\"a\rb\"|\" a\"|a;b|long plain text of it|")
  }

  @Test("count in whole numbers at the ends of their range")
  func integers() {
    let output = written { buffer in
      for value in [0, 7, -7, 10, 99, 100, Int.max, Int.min] {
        buffer.append(decimal: value)
        buffer.append(UInt8(ascii: " "))
      }
    }
    #expect(output == "0 7 -7 10 99 100 9223372036854775807 -9223372036854775808 ")
  }
}
