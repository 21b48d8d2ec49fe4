import Catalogs
import Domain
import Testing

@Suite("Lock files")
struct LockFileTests {
  static func subjects(_ codes: [(String, String)]) -> [CatalogNames.Subject] {
    codes.map { .init(identifier: Identifier($0.0), code: $0.1, statement: "") }
  }

  static func names(_ lock: LockFile) -> [String: String] {
    Dictionary(uniqueKeysWithValues: lock.entries.map { ($0.identifier.text, $0.name) })
  }

  @Test("items keep index and name; new ones come after")
  func growth() {
    var lock = LockFile()
    lock.update(to: Self.subjects([("b", "1.2"), ("a", "1.1")]), edition: "2024")
    lock.update(to: Self.subjects([("c", "1.0"), ("a", "1.1"), ("b", "1.2")]), edition: "2025")
    #expect(lock.entries.map(\.identifier) == ["a", "b", "c"])
    #expect(lock.entries.map(\.index) == [1, 0, 2])
    #expect(lock.entries.map(\.firstEdition) == ["2024", "2024", "2025"])
    #expect(lock.entries.map(\.lastEdition) == ["2025", "2025", "2025"])
  }

  @Test("a changed code gives a new name and keeps the old one for the same item")
  func renaming() throws {
    var lock = LockFile()
    lock.update(to: Self.subjects([("a", "1.1")]), edition: "2024")
    lock.update(to: Self.subjects([("a", "2.1")]), edition: "2025")
    lock.update(to: Self.subjects([("a", "3.1")]), edition: "2026")
    let entry = try #require(lock.entries.first)
    #expect(entry.name == "s3_1")
    #expect(entry.formerNames == ["s1_1", "s2_1"])
    #expect(entry.index == 0)
  }

  @Test("a name is never given to another item")
  func reuse() {
    var lock = LockFile()
    lock.update(to: Self.subjects([("a", "1.1")]), edition: "2024")
    lock.update(
      to: Self.subjects([("b", "1.1")]), edition: "2025", successors: [CatalogKey("a"): ["b"]])
    #expect(Self.names(lock)["a"] == "s1_1")
    #expect(Self.names(lock)["b"]?.hasPrefix("s1_1__") == true)
    #expect(lock.entries.map(\.state) == [.retired(replacedBy: ["b"]), .current])
    #expect(lock.entries.map(\.index) == [0, 1])
    #expect(lock.editionsSince(lock.entries[0]) == 1)
  }

  @Test("what is written is read as it was, with tabs and line ends in texts")
  func roundTrip() throws {
    var lock = LockFile()
    lock.update(
      to: Self.subjects([("a\tx", "1\n1"), ("b", "back\\slash"), ("c", "2")]), edition: "e\t1")
    lock.update(
      to: Self.subjects([("b", "new"), ("c", "2")]), edition: "e2",
      successors: [CatalogKey("a\tx"): ["b", "c"]])
    #expect(lock.text.split(separator: "\n").count == 4)
    #expect(try LockFile(parsing: lock.text) == lock)
  }

  static let broken: [(text: String, line: Int)] = [
    ("a\t0\tx\t\t\t\tcurrent\nb\t0\ty\t\t\t\tcurrent\n", 2),
    ("a\t0\tx\t\t\t\tcurrent\nb\t1\tx\t\t\t\tcurrent\n", 2),
    ("a\t0\tx\t\t\t\tcurrent\nb\t1\ty\t\t\t\trenamed:x\n", 2),
    ("a\t0\tx\t\t\t\tcurrent\na\t1\ty\t\t\t\tcurrent\n", 2),
    ("# editions\t1\na\t0\tx\t\t\tcurrent\n", 2),
    ("a\t-1\tx\t\t\t\tcurrent\n", 1),
    ("a\t0\tx: Int { fatalError() }; static var y\t\t\t\tcurrent\n", 1),
    ("a\t0\tx\t\t\t\tgone\n", 1),
  ]

  @Test("a file that contradicts itself is refused at its line", arguments: broken)
  func refused(text: String, line: Int) {
    let error = #expect(throws: CatalogsError.self) { try LockFile(parsing: text, file: "l") }
    #expect(error?.code == .lock)
    #expect(error?.place == Place(file: "l", line: line))
  }
}
