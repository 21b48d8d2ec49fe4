import Catalogs
import Domain
import Testing

@Suite("Classes of differences")
struct EditionClassTests {
  typealias Change = EditionComparison.Change

  static func changes(_ comparison: EditionComparison) -> [Identifier: [Change]] {
    Dictionary(uniqueKeysWithValues: comparison.items.map { ($0.identifier, $0.changes) })
  }

  @Test("only what siblings overtook is reordered")
  func reordered() throws {
    let old = try SmallCatalog.catalog(["a|1||x", "b|2||x", "c|3||x", "d|4||x"])
    let new = try SmallCatalog.catalog(["b|2||x", "c|3||x", "d|4||x", "a|1||x"])
    // The order is that of codes; without them that of the file.
    #expect(Self.changes(EditionComparison(from: old, to: new)).values.allSatisfy { $0.isEmpty })
    let plain = [old, new].map { catalog in
      var catalog = catalog
      for place in catalog.items.indices { catalog.items[place].code = nil }
      return catalog
    }
    let changes = Self.changes(EditionComparison(from: plain[0], to: plain[1]))
    #expect(changes["a"] == [.reordered])
    #expect(["b", "c", "d"].allSatisfy { changes[$0]?.isEmpty == true })
  }

  @Test("a sequence number that differs is told")
  func resequenced() throws {
    var old = try SmallCatalog.catalog(["a|1||x"])
    var new = old
    old.associations[0].sequenceNumber = 1
    new.associations[0].sequenceNumber = 5
    let changes = Self.changes(EditionComparison(from: old, to: new))
    #expect(changes["a"] == [.resequenced(from: 1, to: 5)])
  }

  @Test("links are added, removed and reversed; related ones read both ways")
  func links() throws {
    let items = ["a|1||x", "b|2||x", "c|3||x"]
    let old = try SmallCatalog.catalog(
      items, ["a precedes b", "b precedes c", "a isRelatedTo c"], edition: "1")
    let new = try SmallCatalog.catalog(
      items, ["b precedes a", "a precedes c", "c isRelatedTo a"], edition: "2")
    let changes = EditionComparison(from: old, to: new).links
    #expect(changes.map(\.kind) == [.reversed, .added, .removed])
    #expect(changes.map(\.link.association) == ["b precedes a", "a precedes c", "b precedes c"])
    #expect(changes.map(\.link.source.edition) == ["2", "2", "1"])
  }

  @Test("replacements are 1:1, split, merged or n:m, each with its links")
  func replacements() throws {
    let old = try SmallCatalog.catalog(
      ["o1||", "s1||", "m1||", "m2||", "n1||", "n2||"].map { $0 + "|x" })
    let new = try SmallCatalog.catalog(
      ["o2", "s2", "s3", "m3", "n3", "n4"].map { $0 + "|||y" },
      [
        "o1 replacedBy o2", "s1 replacedBy s2", "s1 replacedBy s3", "m1 replacedBy m3",
        "m2 replacedBy m3", "n1 replacedBy n3", "n1 replacedBy n4", "n2 replacedBy n4",
      ], edition: "2")
    let comparison = EditionComparison(from: old, to: new)
    #expect(comparison.replacements.map(\.kind) == [.oneToOne, .split, .merge, .manyToMany])
    #expect(comparison.replacements[3].old == ["n1", "n2"])
    #expect(comparison.replacements[3].new == ["n3", "n4"])
    #expect(comparison.replacements[3].chain.count == 3)
    // n1 alone went into n3; into n4 together with n2.
    let plan = comparison.migration.filter { $0.item == "n1" }
    #expect(plan.map(\.rule) == [.inferBySplit, .partialByMerge])
    #expect(plan.map(\.targets) == [["n3"], ["n4"]])
    #expect(plan[1].completedBy == ["n1", "n2"])
    #expect(plan.map(\.associations) == [["n1 replacedBy n3"], ["n1 replacedBy n4"]])
    #expect(plan[0].chain.first?.source.edition == "2")
  }

  @Test("the same code and nearly the same text is a suggestion only")
  func presumed() throws {
    let old = try SmallCatalog.catalog(["a|1||Adds within 20.", "b|2||Counts."])
    let new = try SmallCatalog.catalog(["z|1||Adds within 20", "y|2||Draws a triangle."])
    let comparison = EditionComparison(from: old, to: new)
    let changes = Self.changes(comparison)
    #expect(changes["a"] == [.removed, .presumedSame(as: "z")])
    #expect(changes["b"] == [.removed])
    #expect(changes["z"] == [.added, .presumedSame(as: "a"), .codeReused(from: "a")])
    #expect(comparison.migration.map(\.rule) == [.retire, .retire])
  }
}
