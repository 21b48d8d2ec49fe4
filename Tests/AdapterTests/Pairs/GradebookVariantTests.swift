import Foundation
import Interop
import Testing

/// One gradebook, saved by different programs in different places.
@Suite("Variants of one gradebook")
struct GradebookVariantTests {
  private static let rows = [
    [
      "Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Quiz (101)", "Essay (102)",
      "Final Score",
    ],
    ["    Points Possible", "", "", "", "", "10.00", "20.50", "(read only)"],
    ["Åberg, Élan", "1", "007", "ea1", "Maths 1", "9.50", "EX", "95.25"],
    ["O'Neil, Bo", "2", "1e5", "bo", "Maths 1", "7.25", "", "72.50"],
    ["日本, \"Taro\"", "10000000000000123", "03", "tj", "Maths 1", "-", "N/A", "1234.50"],
  ]
  private static let swedish = [
    ["Student", "ID", "SIS-användar-ID", "Inloggnings-ID för SIS", "Sektion"],
    ["    Möjliga poäng"], ["(läs endast)"],
  ]
  private static let french = [
    ["Étudiant", "ID", "ID utilisateur SIS", "ID de connexion SIS", "Section"],
    ["    Points possibles"], ["(lecture seule)"],
  ]

  /// How a variant is written.
  private struct Style {
    var delimiter = ","
    var end = "\n"
    var hasComma = false
    var quotesAll = false
    var words: [[String]]?
    var hasFinalEnd = true
  }

  private static func text(_ style: Style) -> String {
    var rows = rows
    if let words = style.words {
      rows[0].replaceSubrange(0..<5, with: words[0])
      rows[1][0] = words[1][0]
      rows[1][7] = words[2][0]
    }
    if style.hasComma {
      for row in 1..<rows.count {
        for column in 5..<8 {
          rows[row][column] = rows[row][column].replacing(".", with: ",")
        }
      }
    }
    let lines = rows.map { row in
      row.map { cell in
        let needs = style.quotesAll || cell.contains("\"") || cell.contains(style.delimiter)
        return needs ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: style.delimiter)
    }
    return lines.joined(separator: style.end) + (style.hasFinalEnd ? style.end : "")
  }

  private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit in
      isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
  }

  private static let variants: [(name: String, bytes: [UInt8])] = {
    var all: [(String, [UInt8])] = []
    func add(_ name: String, _ style: Style) { all.append((name, Array(text(style).utf8))) }
    add("Excel", Style(end: "\r\n"))
    add("quoted", Style(end: "\r\n", quotesAll: true))
    add("lone CR", Style(end: "\r"))
    add("no last end", Style(hasFinalEnd: false))
    add("tabs", Style(delimiter: "\t"))
    add("semicolons", Style(delimiter: ";", hasComma: true))
    add("Swedish", Style(delimiter: ";", end: "\r\n", hasComma: true, words: swedish))
    add("French", Style(delimiter: ";", hasComma: true, words: french))
    add("commas in quotes", Style(hasComma: true))
    all.append(("mark", [0xEF, 0xBB, 0xBF] + Array(text(Style()).utf8)))
    all.append(("UTF-16LE", utf16(text(Style(delimiter: "\t", end: "\r\n")), isLittle: true)))
    all.append(("UTF-16BE", utf16(text(Style(delimiter: "\t")), isLittle: false)))
    return all
  }()

  /// The records, but for those that say how the file is written.
  private static func records(_ bytes: [UInt8]) throws -> [String] {
    let folder = try PairFolder()
    try folder.put(bytes, "in/maths.csv")
    try Pairs.convert([folder["in/maths.csv"]], to: "cbl-ndjson", at: folder["out.ndjson"])
    let lines = try Pairs.members(of: folder["out.ndjson"])["out.ndjson"] ?? []
    return String(decoding: lines, as: UTF8.self).split(separator: "\n").map(String.init).filter {
      line in
      !["\"record\":\"source", "\"ownerKind\":\"source", "{\"end\":", "\"record\":\"dataset"]
        .contains { line.contains($0) }
    }
  }

  @Test("give the same records", arguments: variants.indices)
  func same(index: Int) throws {
    let variant = Self.variants[index]
    let expected = try Self.records(Array(Self.text(Style()).utf8))
    let found = try Self.records(variant.bytes)
    #expect(expected.count { $0.contains("\"record\":\"result\"") } == 5)
    let missing = expected.filter { !found.contains($0) }
    let further = found.filter { !expected.contains($0) }
    #expect(missing.isEmpty && further.isEmpty, "\(variant.name): \(missing) became \(further)")
  }

  @Test("a number with two readings is never guessed", arguments: ["1,234", "1.234.567,8,9"])
  func unclear(number: String) throws {
    let folder = try PairFolder()
    let text = """
      Student,ID,Section,Quiz (101)
          Points Possible,,,
      "Ada, L",1,Maths,"\(number)"

      """
    try folder.put(text, "maths.csv")
    let report = try Pairs.convert([folder["maths.csv"]], to: "cbl-ndjson", at: folder["o.ndjson"])
    #expect(report.rejectedRows == 1)
    let output = try Pairs.members(of: folder["o.ndjson"])["o.ndjson"] ?? []
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    #expect(!lines.contains { $0.contains("\"record\":\"result\"") })
  }
}
