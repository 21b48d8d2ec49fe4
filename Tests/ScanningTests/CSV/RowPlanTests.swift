import Scanning
import TestSupport
import Testing

/// Rows of plain lines, compared with a slow look at each cell.
@Suite("Plain lines as rows")
struct RowPlanTests {
  private static let stride = 16 + 6 * 16

  /// A row as a test sees it.
  private struct Row: Equatable {
    var line: UInt64
    var member: UInt32
    var flags: UInt32
    var cells: [String]
  }

  private static let words: [(text: StaticString, value: StaticString?)] = [
    ("active", nil), ("not submitted", "notSubmitted"), ("fully graded", "graded"),
  ]

  private var plan: CSVRowPlan {
    var plan = CSVRowPlan(width: 6, stride: Self.stride, member: 7)
    plan.flags = 1
    let forms: [CSVCellForm] = [
      .identifier, .word(Self.words), .instant, .number, .day, .boolean,
    ]
    for (column, form) in forms.enumerated() {
      plan.add(
        column, offset: 16 + column * 16, form: form, isRequired: column == 0,
        isCounted: column == 2)
    }
    return plan
  }

  /// The rows of the plain lines from a record on, and how many of them count.
  private func fill(
    _ text: String, from first: Int = 0, room: Int = 64
  ) throws -> (rows: [Row], counted: Int) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 64 * Self.stride, alignment: 16)
    defer { unsafe memory.deallocate() }
    var index = CSVIndex(dialect: .rfc4180)
    return try withBytes(text) { bytes in
      _ = try unsafe index.scan(bytes, isFinal: true)
      let made = unsafe index.fill(from: first, plan, into: memory, room: room)
      let rows = (0..<made.rows).map { number in
        let row = unsafe memory + number * Self.stride
        return unsafe Row(
          line: row.load(as: UInt64.self), member: row.load(fromByteOffset: 8, as: UInt32.self),
          flags: row.load(fromByteOffset: 12, as: UInt32.self),
          cells: (0..<6).map { field in
            unsafe String(
              decoding: UnsafeRawBufferPointer(
                start: row.load(fromByteOffset: 16 + field * 16, as: UnsafeRawPointer?.self),
                count: row.load(fromByteOffset: 24 + field * 16, as: Int.self)), as: UTF8.self)
          })
      }
      return (rows, made.counted)
    }
  }

  private static let plain = "r-1,not submitted,2025-09-30T14:05:00.000Z,-16.5,2025-12-31,false\n"

  @Test("a line becomes its origin and its cells, with the values of words")
  func cells() throws {
    let made = try fill(Self.plain + "r2,,,,,\r\n")
    #expect(
      made.rows == [
        Row(
          line: 1, member: 7, flags: 1,
          cells: [
            "r-1", "notSubmitted", "2025-09-30T14:05:00.000Z", "-16.5", "2025-12-31", "false",
          ]),
        Row(line: 2, member: 7, flags: 1, cells: ["r2", "", "", "", "", ""]),
      ])
    #expect(made.counted == 1)
  }

  @Test("it begins where it is told, and ends where the room does")
  func range() throws {
    let text = String(repeating: Self.plain, count: 5)
    #expect(try fill(text, from: 2).rows.map(\.line) == [3, 4, 5])
    #expect(try fill(text, from: 1, room: 2).rows.map(\.line) == [2, 3])
    #expect(try fill(text, from: 5).rows.isEmpty)
  }

  @Test(
    "a line that is not plain ends the rows",
    arguments: [
      "\"r1\",,,,,\n", "r1,,,,\n", "r1,,,,,,\n", "\n", ",,,,,\n", ",active,,,,\n", "r 1,,,,,\n",
      "r1,Active,,,,\n", "r1,activ,,,,\n", "r1,,2025-09-30T14:05:00Z,,,\n",
      "r1,,2025-02-29T14:05:00.000Z,,,\n", "r1,,,1e3,,\n", "r1,,,.5,,\n", "r1,,,5.,,\n",
      "r1,,,-,,\n", "r1,,,+5,,\n", "r1,,,1.2.3,,\n", "r1,,,\u{663},,\n", "r1,,,,2025-9-30,\n",
      "r1,,,,2025-11-31,\n", "r1,,,,,True\n", "r1,,,,,falsy\n", "r1,,,,,1\n", "r1,,,,,true \n",
      "r\u{0}1,,,,,\n",
    ])
  func odd(line: String) throws {
    let made = try fill(Self.plain + line + Self.plain)
    // A 0 anywhere in the chunk leaves all of it to the caller.
    #expect(made.rows.map(\.line) == (line.contains("\u{0}") ? [] : [1]))
    #expect(try fill(line + Self.plain).rows.isEmpty)
  }

  @Test("identifiers have fewer than 256 bytes, numbers at most 24")
  func lengths() throws {
    let id = String(repeating: "a", count: 255)
    let digits = String(repeating: "7", count: 24)
    #expect(try fill("\(id),,,\(digits),,\n").rows.map(\.cells.first) == [id])
    #expect(try fill("\(id)a,,,,,\n").rows.isEmpty)
    #expect(try fill("a,,,7\(digits),,\n").rows.isEmpty)
  }

  @Test(
    "random cells are taken when a slow look finds them right",
    arguments: 1...60 as ClosedRange<UInt64>)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pools: [[String]] = [
      ["a", "r-1", "x_y/z@1.b", "0f5ad5d1-1b9c-4b67-8f0e-3d7a2b9c1e4d"],
      ["active", "not submitted", "fully graded", ""],
      ["2025-09-30T14:05:00.000Z", "0001-01-01T00:00:00.000Z", ""],
      ["0", "-1", "12.5", "007", "123456789.123456789", ""],
      ["2025-09-30", "2024-02-28", "9999-12-31", ""], ["true", "false", ""],
    ]
    let wrong = ["?!", "\u{E9}", "2025-13-01!", "1,5", "tru?", "  "]
    var lines: [[String]] = []
    var firstWrong: Int?
    for line in 0..<30 {
      var cells = pools.map { $0.randomElement(using: &random) ?? "" }
      if Int.random(in: 0..<20, using: &random) == 0 {
        let place = Int.random(in: 0..<6, using: &random)
        cells[place] = wrong.randomElement(using: &random) ?? "?"
        firstWrong = firstWrong ?? line
      }
      lines.append(cells)
    }
    let end = seed % 2 == 0 ? "\n" : "\r\n"
    let made = try fill(lines.map { $0.joined(separator: ",") + end }.joined())
    let expected = lines[..<(firstWrong ?? lines.count)].map { cells in
      cells.map { cell in
        let word = Self.words.first { "\($0.text)" == cell }
        return word?.value.map { "\($0)" } ?? cell
      }
    }
    #expect(made.rows.map(\.cells) == Array(expected))
    #expect(made.counted == expected.count { !$0[2].isEmpty })
  }
}
