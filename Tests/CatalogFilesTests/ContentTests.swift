import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Files taken apart")
struct ContentTests {
  static let forms: [(text: String, form: String)] = [
    ("{\"a\": 1}", "tree"), ("[1, 2]", "tree"), ("a,b\n1,2\n", "table"),
    ("{\"a\": 1}\n{\"b\": 2}\n", "lines"), ("{\"a\": 1}\n\n", "tree"),
    ("# words\n@prefix x: <urn:x:> .\nx:a x:b x:c .\n", "nodes"), ("{", "refused"), ("", "refused"),
  ]

  @Test("the first characters say what a file is", arguments: forms)
  func recognition(text: String, form: String) {
    let found =
      switch try? CatalogContent(parsing: Array(text.utf8)) {
      case .tree?: "tree"
      case .lines?: "lines"
      case .table?: "table"
      case .nodes?: "nodes"
      case nil: "refused"
      }
    #expect(found == form)
  }

  /// What writers of tables and trees must not lose: whatever a loss report is made of is a value,
  /// so these tests are why the file says the same.
  static let texts = [
    "", " ", "a", "a,b", "a;b", "a\tb", "a|b", "\"", "\"\"", "a\"b", "\n", "\r\n", "a\rb", "a\nb",
    " a", "a ", "\u{FEFF}a", "é", "e\u{301}", "𝔘", "\u{2028}", "\u{0}", "\u{1F}", "\\", "null",
    "%2C",
    "#", "'", "=1+1", "007", "1e400",
  ]

  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test("tables are written and read as the same cells", arguments: 0..<200)
  func tables(seed: UInt64) throws {
    var random = Generator(state: seed &* 2_654_435_769 &+ 7)
    let width = Int.random(in: 1...6, using: &random)
    let rows = (0..<Int.random(in: 0...12, using: &random)).map { number in
      (0..<width).map { column in
        // One cell of each row says something; blank rows are no rows.
        let text = Self.texts.randomElement(using: &random) ?? ""
        return column == 0 ? "r\(number)\(text)" : text
      }
    }
    let table = CatalogTable(
      headings: (0..<width).map { "heading \($0)" },
      rows: rows.enumerated().map { .init(line: $0.offset, fields: $0.element) })
    let bytes = CatalogContent.table(table).bytes
    // The separator is found by the headings, which have only commas between them.
    let again = try CatalogTable(parsing: bytes)
    #expect(again.headings == table.headings)
    #expect(again.rows.map(\.fields) == rows)
  }

  @Test("trees and lines are written and read as the same values", arguments: 0..<200)
  func trees(seed: UInt64) throws {
    var random = Generator(state: seed &* 2_654_435_769 &+ 11)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
      case 0: return .null
      case 1: return .boolean(.random(using: &random))
      case 2:
        return .number(["0", "-1.50", "1e400", "7"][Int(seed % 4)])
      case 3, 4: return .string(Self.texts.randomElement(using: &random) ?? "")
      case 5: return .array((0..<3).map { _ in value(depth - 1) })
      default:
        return .object(
          JSONObject(
            Self.texts.shuffled(using: &random).prefix(3).map { .init($0, value(depth - 1)) }))
      }
    }
    let tree = JSONValue.object(JSONObject([.init("root", value(4))]))
    #expect(try JSONValue(parsing: CatalogContent.tree(tree).bytes) == tree)
    let lines = [tree, .object(JSONObject([.init("b", value(2))]))]
    guard case .lines(let again) = try CatalogContent(parsing: CatalogContent.lines(lines).bytes)
    else {
      Issue.record("the lines are no lines")
      return
    }
    #expect(again == lines)
  }

  @Test(
    "every format that is written is read again as what was written",
    arguments: CatalogFormat.writable)
  func writing(format: CatalogFormat) throws {
    let rows = Self.texts.enumerated().map { number, text in
      CatalogTable.Row(line: number + 2, fields: ["c\(number)", "s\(text)s"])
    }
    let catalog = try Catalog.reading(
      .table(CatalogTable(headings: ["Code", "Statement"], rows: rows))
    ).catalog
    let writing = try catalog.writing(format)
    let again = try Catalog.reading(writing.bytes, as: format).catalog
    #expect(again.items.map(\.fullStatement) == catalog.items.map(\.fullStatement))
    #expect(CatalogFormat.recognizing(writing.bytes) == format)
  }
}
