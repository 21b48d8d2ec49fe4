import Catalogs
import Domain

/// All that catalogs say about one item.
struct ItemCard {
  private let item: CatalogItem
  private let items: CatalogItems
  /// The links of the item, with their sources.
  private let links: [StatedLink]
  private let graph: PrerequisiteGraph

  init(_ item: CatalogItem, items: CatalogItems) {
    self.item = item
    self.items = items
    let key = CatalogKey(item.identifier)
    links = items.catalogs.flatMap { catalog in
      let source = CatalogSource(catalog)
      return catalog.associations.compactMap { StatedLink($0, in: source) }.filter {
        CatalogKey($0.origin) == key || CatalogKey($0.destination) == key
      }
    }
    graph = PrerequisiteGraph(items.catalogs)
  }

  private var facts: [(name: String, value: String?)] {
    [
      ("identifier", item.identifier.text), ("code", item.code), ("type", item.typeName),
      ("levels", item.educationLevels.joined(separator: ", ")),
      ("short", item.abbreviatedStatement), ("address", item.uri),
      ("valid from", item.validFrom?.description),
      ("valid through", item.validThrough?.description),
    ].filter { $0.1?.isEmpty == false }
  }

  private var impact: Int { graph.number(of: item.identifier).map { graph.impact(of: $0) } ?? 0 }

  private var level: Int {
    graph.number(of: item.identifier).map { graph.levels[$0] } ?? 0
  }

  var text: String {
    var lines = [item.plainStatement.escapingControls()]
    for (name, value) in facts { lines.append("\(name): \((value ?? "").escapingControls())") }
    lines.append("level \(level) of prerequisites; \(CatalogItems.impact(impact))")
    for link in links {
      let isOrigin = CatalogKey(link.origin) == CatalogKey(item.identifier)
      let other = isOrigin ? link.destination : link.origin
      let words = isOrigin ? "\(link.type) →" : "\(link.type) ←"
      lines.append("\(words.escapingControls()) \(items.line(other, width: 60))")
      lines.append("    \(LinkText.source(link))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  var json: JSONValue {
    [
      "item": items.json(item.identifier), "level": .number(level), "impact": .number(impact),
      "facts": .object(facts.map { (key: $0.name, value: .optional($0.value)) }),
      "links": .array(links.map { LinkText.json($0) }),
    ]
  }
}
