import Catalogs
import Domain
import TestSupport

/// Catalogs with all sorts of values, from a seed.
struct RandomCatalog {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private static let words = [
    "ratio", "Rate, unit", "a \"b\" c", "zwei\nZeilen", " blank ", "é", "=1+1", "<p>x</p>", "|",
    ";",
    "007", "\u{202E}back", "%2C", "x y", "𝔘",
  ]

  private mutating func text(_ most: Int = 4) -> String? {
    let count = Int.random(in: 0...most, using: &random)
    guard count > 0 else { return nil }
    return (0..<count).map { _ in
      Self.words.randomElement(using: &random) ?? ""
    }.joined(separator: " ")
  }

  private mutating func uuid() -> Identifier {
    CatalogKey.derivedUUID(["\(random.next())"])
  }

  mutating func catalog() -> Catalog {
    var document = CatalogDocument(members: JSONObject())
    document.identifier = uuid()
    document.title = text() ?? "Title"
    document.summary = text()
    document.creator = text()
    document.language = Bool.random(using: &random) ? "en" : nil
    document.edition = text(1)
    var catalog = Catalog(document: document)
    let count = Int.random(in: 1...12, using: &random)
    for number in 0..<count { catalog.items.append(item(number)) }
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      catalog.associations.append(link(catalog))
    }
    if Bool.random(using: &random) {
      var concept = CatalogDefinition(members: JSONObject())
      concept.identifier = uuid()
      concept.title = "A term"
      catalog.definitions.concepts.append(concept)
    }
    return catalog
  }

  private mutating func item(_ number: Int) -> CatalogItem {
    var item = CatalogItem(members: JSONObject())
    switch Int.random(in: 0...9, using: &random) {
    case 0: item.identifier = Identifier("has blanks \(number)")
    case 1: item.identifier = Identifier("https://s.example/items/\(number)")
    case 2: item.identifier = Identifier(String(repeating: "long-", count: 30) + "\(number)")
    default: item.identifier = uuid()
    }
    item.fullStatement = text()
    item.abbreviatedStatement = text(1)
    item.code = Bool.random(using: &random) ? "C.\(number)" : nil
    item.notes = text(2)
    item.itemType = ["Standard", "group", nil].randomElement(using: &random) ?? nil
    item.educationLevels = Bool.random(using: &random) ? ["KG", "01"] : []
    item.uri = Bool.random(using: &random) ? "urn:x:\(number)" : nil
    if Bool.random(using: &random) {
      item.extensions = JSONObject([.init("org.example.weight", .number("0.50"))])
    }
    return item
  }

  private mutating func link(_ catalog: Catalog) -> CatalogAssociation {
    let ends = catalog.items.map(\.identifier) + [catalog.identifier, "elsewhere"]
    var link = CatalogAssociation(members: JSONObject())
    let types: [AssociationType] = [
      .isChildOf, .isChildOf, .precedes, .isRelatedTo, .exactMatchOf, .isPartOf, "ext:own",
    ]
    link.type = types.randomElement(using: &random) ?? .precedes
    link.origin = CatalogLink(
      identifier: catalog.items.randomElement(using: &random)?.identifier ?? "x")
    link.destination = CatalogLink(identifier: ends.randomElement(using: &random) ?? "x")
    link.sequenceNumber =
      Bool.random(using: &random) ? Int64.random(in: 1...9, using: &random) : nil
    return link
  }
}
