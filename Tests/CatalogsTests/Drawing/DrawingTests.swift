import CatalogFiles
import Catalogs
import Domain
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Drawing")
struct DrawingTests {
  static func picture(
    _ items: [String], _ links: [String], known: [Identifier] = [], implied: Bool = false
  ) throws -> GraphPicture {
    let catalog = try SmallCatalog.catalog(items, links)
    let graph = PrerequisiteGraph([catalog])
    var picture = GraphPicture(graph, of: [catalog], showsImplied: implied)
    if !known.isEmpty {
      let numbers = Set(known.compactMap { graph.number(of: $0) })
      let states = graph.states(known: numbers)
      picture.show(
        Dictionary(
          uniqueKeysWithValues: states.enumerated().map {
            (CatalogKey(graph.items[$0.offset]), $0.element)
          }))
    }
    return picture
  }

  static let items = [
    "a|A.1||Adds.", "b|B.1||Counts.", "c|C.1||Draws.", "d|D.1||Sorts <b>all</b>.",
  ]
  static let links = ["a precedes b", "b precedes c", "a precedes c"]

  /// Whether a text is XML that another reader takes.
  static func isXML(_ text: String) -> Bool {
    XMLParser(data: Data(text.utf8)).parse()
  }

  @Test("links that others make necessary are left out, or shown faintly")
  func implied() throws {
    #expect(try Self.picture(Self.items, Self.links).edges.count == 2)
    let all = try Self.picture(Self.items, Self.links, implied: true)
    #expect(all.edges.count == 3)
    #expect(all.edges.count { $0.isImplied } == 1)
    #expect(all.svg.contains("class=\"link implied\""))
  }

  @Test("a drawing is XML with a title for each item, a text alternative and names of states")
  func svg() throws {
    let picture = try Self.picture(Self.items, Self.links, known: ["a"])
    let svg = picture.svg
    #expect(Self.isXML(svg))
    #expect(svg.contains("role=\"img\" aria-labelledby=\"map-title map-text\""))
    for node in picture.nodes { #expect(svg.contains("<title>\(node.label): ")) }
    #expect(svg.contains("A.1, mastered: Adds."))
    #expect(svg.contains("leads to B.1"))
    for state in ["mastered: 1", "ready next: 2", "blocked: 1", "open: 0"] {
      #expect(svg.contains(">\(state)</text>"), "\(state)")
    }
    #expect(svg.contains("url(#lines)") && svg.contains("url(#cross)"))
    #expect(!svg.contains("<b>"))
  }

  @Test(
    "the same picture gives the same bytes, and the order of the file does not matter to places")
  func same() throws {
    let first = try Self.picture(Self.items, Self.links).svg
    #expect(try Self.picture(Self.items, Self.links).svg == first)
  }

  @Test("a class shows what most have and how many have mastered it")
  func learners() throws {
    let catalog = try SmallCatalog.catalog(Self.items, Self.links)
    let graph = PrerequisiteGraph([catalog])
    let (a, b) = (try #require(graph.number(of: "a")), try #require(graph.number(of: "b")))
    let counts = graph.states(ofClass: [[a], [a, b], []])
    var picture = GraphPicture(graph, of: [catalog])
    picture.show(
      counts: Dictionary(
        uniqueKeysWithValues: counts.enumerated().map {
          (CatalogKey(graph.items[$0.offset]), $0.element)
        }))
    let nodes = Dictionary(uniqueKeysWithValues: picture.nodes.map { ($0.identifier, $0) })
    #expect(nodes["a"]?.state == .mastered)
    #expect(nodes["a"]?.note == "2 of 3 mastered")
    // One each: the least advanced counts.
    #expect(nodes["b"]?.state == .blocked)
    #expect(nodes["c"]?.note == "0 of 3 mastered")
  }

  static let hostile = [
    "a|\"]--></svg>||</title><script>alert(1)</script>", "b|\\\"; x||*/ \"\"\"# \u{202E}abc",
    "c|||]]>&lt;", "d|`a`|| |{}|#;",
  ]

  @Test("hostile codes and statements stay text in every form")
  func hostileText() throws {
    let picture = try Self.picture(
      Self.hostile, ["a precedes b", "b precedes c"], known: ["a"])
    #expect(Self.isXML(picture.svg))
    #expect(Self.isXML(picture.graphML))
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(picture.json.utf8))
    }
    for text in [picture.svg, picture.html, picture.dot, picture.mermaid, picture.graphML] {
      #expect(!text.contains("<script"))
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
    for line in picture.dot.split(separator: "\n") {
      // Every quote is opened and closed on its line.
      let plain = line.replacing("\\\\", with: "").replacing("\\\"", with: "")
      #expect(plain.count { $0 == "\"" }.isMultiple(of: 2), "\(line)")
    }
    for line in picture.mermaid.split(separator: "\n") where line.contains("[\"") {
      let inner = line.drop { $0 != "\"" }.dropFirst().dropLast(2)
      #expect(!inner.contains("\"") && !inner.replacing("<br/>", with: "").contains("<"), "\(line)")
    }
  }

  @Test("a cycle and a graph without links are drawn")
  func odd() throws {
    let cycle = try Self.picture(Self.items, ["a precedes b", "b precedes a", "b precedes c"])
    #expect(Self.isXML(cycle.svg))
    #expect(cycle.svg.components(separatedBy: "class=\"link\"").count == 4)
    #expect(Self.isXML(try Self.picture(Self.items, []).svg))
    #expect(Self.isXML(try Self.picture([], []).svg))
  }

  /// The boxes of a drawing: their places and sizes.
  static func boxes(_ svg: String) -> [(x: Double, y: Double, width: Double, height: Double)] {
    svg.split(separator: "\n").filter { $0.hasPrefix("<g><title>") }.compactMap { line in
      let values = ["x", "y", "width", "height"].compactMap { name -> Double? in
        let parts = line.components(separatedBy: " \(name)=\"")
        return parts.count > 1 ? Double(parts[1].prefix { $0 != "\"" }) : nil
      }
      return values.count == 4 ? (values[0], values[1], values[2], values[3]) : nil
    }
  }

  @Test("no box lies on another", arguments: [UInt64(1), 2, 3])
  func apart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let items = (0..<60).map { "i\($0)|X.\($0)||Adds." }
    var links: [String] = []
    for _ in 0..<110 {
      let pair = [Int.random(in: 0..<60, using: &random), Int.random(in: 0..<60, using: &random)]
        .sorted()
      if pair[0] != pair[1] { links.append("i\(pair[0]) precedes i\(pair[1])") }
    }
    let boxes = Self.boxes(try Self.picture(items, links).svg)
    #expect(boxes.count == 60)
    for (place, box) in boxes.enumerated() {
      for other in boxes[(place + 1)...] {
        let isApart =
          box.x + box.width <= other.x || other.x + other.width <= box.x
          || box.y + box.height <= other.y + 0.1 || other.y + other.height <= box.y + 0.1
        #expect(isApart)
      }
    }
  }

  @Test("the coherence map is drawn whole")
  func coherence() throws {
    guard let bytes = try Samples.bytes("case/ccss-math-coherence.case11.json") else { return }
    let catalog = try Catalog.reading(case: bytes).catalog
    let graph = PrerequisiteGraph([catalog]) { ["Standard", "Component"].contains($0.typeName) }
    let picture = GraphPicture(graph, of: [catalog])
    #expect(picture.nodes.count == 480)
    #expect(picture.edges.count == 757 - 154)
    #expect(Self.boxes(picture.svg).count == 480)
  }
}
