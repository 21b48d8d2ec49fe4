import CatalogFiles
import Catalogs
import Domain
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Hostile catalogs")
struct HostileTests {
  /// A package with a bit of everything.
  static let package: [UInt8] = Array(
    SmallCatalog.text(
      [
        "a|3.OA.1|03|Adds as in 3.OA.2.", "b|3.OA.2|04|Counts <b>all</b> \u{202E}things.",
        "c|\u{410}.1|KG|Draws.", "d|A.1||*/ \"\"\"# `x` </script>", "e|||",
      ],
      [
        "a precedes b", "b precedes c", "c precedes a", "a ext:precedesAny.g d",
        "b ext:precedesAny.g d", "d isChildOf a", "a isRelatedTo zz", "a replacedBy e",
        "a exactMatchOf b", "a ext:overlay.hide b",
      ]
    ).utf8)

  private static func mutated(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = package
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2:
        bytes.insert(contentsOf: Array("null,[]{}\"".utf8).shuffled(using: &random), at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 40))
      default: bytes = Array(bytes[..<place])
      }
    }
    return bytes
  }

  @Test(
    "broken packages are refused or read, checked, compared and drawn; never more", arguments: 1...8
  )
  func mutations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sound = try Catalog.reading(case: Self.package).catalog
    var read = 0
    for _ in 0..<60 {
      let bytes = Self.mutated(&random)
      // Only errors of the module can come out of it: the type says so.
      guard let catalog = try? Catalog.reading(case: bytes).catalog else { continue }
      read += 1
      let report = catalog.lint(file: "x.json")
      #expect((0...100).contains(report.score))
      let graph = PrerequisiteGraph([catalog])
      let alone = try PrerequisiteGraph.reading(case: bytes)
      #expect(alone.items == graph.items && alone.edges == graph.edges)
      #expect(
        XMLParser(data: Data(GraphPicture(graph, of: [catalog]).svg.utf8)).parse())
      let comparison = EditionComparison(from: sound, to: catalog)
      #expect(comparison.migration.count >= sound.items.count)
      _ = CatalogOverlay(base: sound, overlays: [catalog])
      _ = Crosswalk([sound, catalog]).conflicts
    }
    #expect(read > 0)
  }

  @Test("a chain of ten thousand items is checked and drawn without recursion")
  func deep() throws {
    let items = (0..<10_000).map { "i\($0)|X.\($0)||Adds." }
    let links = (1..<10_000).flatMap {
      ["i\($0) isChildOf i\($0 - 1)", "i\($0 - 1) precedes i\($0)"]
    }
    var text = SmallCatalog.text([], [], document: "d")
    // Put together here: the helper looks for a parent of each item in all links.
    let body = items.map { line in
      "{\"identifier\": \"\(line.prefix { $0 != "|" })\", \"fullStatement\": \"Adds.\"}"
    }.joined(separator: ",\n")
    let associations = links.map { line in
      let parts = line.split(separator: " ")
      return "{\"associationType\": \"\(parts[1])\", \"originNodeURI\": \"\(parts[0])\", "
        + "\"destinationNodeURI\": \"\(parts[2])\"}"
    }.joined(separator: ",\n")
    text = text.replacing("\"CFItems\": [\n]", with: "\"CFItems\": [\n\(body)]")
      .replacing("\"CFAssociations\": [\n]", with: "\"CFAssociations\": [\n\(associations)]")
    let catalog = try Catalog.reading(case: Array(text.utf8)).catalog
    #expect(catalog.items.count == 10_000)
    #expect(catalog.lint().findings.filter { $0.problem.severity >= .error }.isEmpty)
    let graph = PrerequisiteGraph([catalog])
    #expect(graph.levelCount == 10_000)
    let near = graph.neighbourhood(of: [5_000], steps: 3)
    #expect(near.count == 7)
    #expect(GraphPicture(graph, of: [catalog], showing: near).edges.count == 6)
  }
}
