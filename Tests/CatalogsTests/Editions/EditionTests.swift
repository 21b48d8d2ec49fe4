import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Editions")
struct EditionTests {
  static func edition(
    _ items: [(String, String, String)], replaced: [(String, String)] = [], edition: String = "2"
  ) throws -> Catalog {
    var catalog = try CodeGeneratorTests.catalog(items.map { (id: $0.0, code: $0.1, text: $0.2) })
    catalog.document.edition = edition
    for (from, to) in replaced {
      var link = CatalogAssociation(members: JSONObject())
      link.identifier = Identifier("\(from)>\(to)")
      link.type = .replacedBy
      link.origin = CatalogLink(identifier: Identifier(from))
      link.destination = CatalogLink(identifier: Identifier(to))
      catalog.associations.append(link)
    }
    return catalog
  }

  static let textEdits: [(old: String, new: String, edit: TextEdit?)] = [
    ("Add  within 20.", "Add within <b>20</b>.", nil),
    ("Add within 20.", "add within 20", .typographic),
    (
      "Understands that a fraction is a number and places it on the line.",
      "Understand that a fraction is a number and places it on the line.", .small
    ),
    ("Add within 20.", "Draw a triangle.", .large),
    ("", "x", .large),
  ]

  @Test("an edit is graded by what stayed", arguments: textEdits)
  func graded(old: String, new: String, edit: TextEdit?) {
    #expect(TextEdit(from: old, to: new) == edit)
  }

  @Test("identifiers are compared, not codes")
  func recoded() throws {
    let old = try Self.edition([("a", "1", "Adds."), ("b", "2", "Counts.")])
    let new = try Self.edition([("a", "2", "Adds."), ("b", "3", "Counts."), ("c", "1", "Draws.")])
    let items = EditionComparison(from: old, to: new).items
    #expect(items.map(\.identifier) == ["a", "b", "c"])
    #expect(items[0].changes == [.recoded(from: "1", to: "2"), .codeReused(from: "b")])
    #expect(items[1].changes == [.recoded(from: "2", to: "3")])
    #expect(items[2].changes == [.added, .codeReused(from: "a")])
  }

  @Test("evidence is kept, carried, inferred, partial or retired, each with its reason")
  func migration() throws {
    let old = try Self.edition([
      ("same", "1", "Adds."), ("edited", "2", "Adds."), ("one", "3", "x"), ("split", "4", "x"),
      ("m1", "5", "x"), ("m2", "6", "x"), ("gone", "7", "x"), ("chain", "8", "x"),
    ])
    let new = try Self.edition(
      [
        ("same", "1", "Adds."), ("edited", "2", "Draws a triangle."), ("one2", "3", ""),
        ("p", "", ""), ("q", "", ""), ("m", "", ""), ("end", "", ""),
      ],
      replaced: [
        ("one", "one2"), ("split", "p"), ("split", "q"), ("m1", "m"), ("m2", "m"),
        ("chain", "middle"), ("middle", "end"), ("middle", "chain"),
      ], edition: "2027")
    let plan = EditionComparison(from: old, to: new).migration
    #expect(
      plan.map(\.rule) == [
        .keep, .keepForReview, .carry, .inferBySplit, .partialByMerge, .partialByMerge, .retire,
        .carry,
      ])
    #expect(plan[3].targets == ["p", "q"])
    #expect(plan[4].completedBy == ["m1", "m2"])
    #expect(plan[4].associations == ["m1>m"])
    #expect(plan[6].targets.isEmpty)
    #expect(plan[7].targets == ["end"])
    #expect(Set(plan.map(\.edition)) == ["2027"])
  }

  @Test("an edition differs in nothing from itself", arguments: Samples.packages)
  func same(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let catalog = try Catalog.reading(case: bytes).catalog
    let comparison = EditionComparison(from: catalog, to: catalog)
    #expect(comparison.items.filter { !$0.changes.isEmpty } == [])
    #expect(comparison.migration.filter { $0.rule != .keep } == [])
  }
}
