import Records
import Testing

@testable import Interop

@Suite("Lineage")
struct LineageTests {
  static func lineage(_ pairs: [(String, String)]) -> Lineage {
    var lineage = Lineage(kind: .organization)
    for (child, parent) in pairs {
      lineage.add(
        Lineage.Link(
          child: Array(child.utf8), parent: Array(parent.utf8), number: 0, field: "parent",
          member: 0, line: 0))
    }
    return lineage
  }

  static let cases: [(links: [(String, String)], loop: [String]?)] = [
    ([], nil),
    ([("a", "b"), ("b", "c")], nil),
    // Two ways up to one ancestor are no loop.
    ([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")], nil),
    ([("a", "a")], ["a"]),
    ([("a", "b"), ("b", "a")], ["a", "b"]),
    // The way into a loop is not part of it.
    ([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")], ["a", "b", "c"]),
    ([("a", "d"), ("a", "b"), ("b", "c"), ("c", "a")], ["a", "b", "c"]),
  ]

  @Test("finds who stands above himself", arguments: cases)
  func loops(links: [(String, String)], loop: [String]?) {
    let found = Self.lineage(links).loop()
    #expect(found?.map { String(decoding: $0.child, as: UTF8.self) } == loop)
  }

  @Test("long chains need no deep stack")
  func chain() {
    let links = (0..<50_000).map { ("n\($0)", "n\($0 + 1)") }
    #expect(Self.lineage(links).loop() == nil)
  }
}
