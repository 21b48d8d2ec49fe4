import Catalogs
import Domain
import Interop

/// The items of catalogs by the names that people give them.
struct CatalogItems {
  let catalogs: [Catalog]
  private let items: [CatalogKey: CatalogItem]
  private let codes: [String: [Identifier]]

  init(_ catalogs: [Catalog]) {
    self.catalogs = catalogs
    var items: [CatalogKey: CatalogItem] = [:]
    var codes: [String: [Identifier]] = [:]
    for item in catalogs.flatMap(\.items) where !item.identifier.isEmpty {
      let key = CatalogKey(item.identifier)
      guard items[key] == nil else { continue }
      items[key] = item
      if let code = item.code { codes[code, default: []].append(item.identifier) }
    }
    (self.items, self.codes) = (items, codes)
  }

  /// An item by its identifier.
  subscript(_ identifier: Identifier) -> CatalogItem? { items[CatalogKey(identifier)] }

  /// The item that a person names, by identifier or code.
  ///
  /// - Throws: ``ToolFailure`` with 65 when no item or several are named so.
  func find(_ name: String) throws -> CatalogItem {
    if let item = items[CatalogKey(Identifier(name))] { return item }
    let owners = codes[name] ?? []
    if owners.count == 1, let item = items[CatalogKey(owners[0])] { return item }
    guard owners.isEmpty else {
      let list = owners.prefix(5).map(\.text).joined(separator: ", ")
      throw ToolFailure(
        65, "\(owners.count) items have the code '\(name)'; give the identifier of one: \(list)")
    }
    throw ToolFailure(
      65, "no item has the identifier or code '\(name)'; 'cbl-tool catalog show' lists them")
  }

  /// The numbers of named items in a graph.
  func numbers(_ names: [String], in graph: PrerequisiteGraph) throws -> [Int] {
    try names.map { name in
      let item = try find(name)
      guard let number = graph.number(of: item.identifier) else {
        throw ToolFailure(65, "'\(name)' is not among the items that were asked for")
      }
      return number
    }
  }

  /// How lists call an item: by its code, otherwise by its identifier.
  func label(_ identifier: Identifier) -> String {
    (self[identifier]?.code ?? identifier.text).escapingControls()
  }

  /// An item in one line: its code and the beginning of its statement.
  func line(_ identifier: Identifier, width: Int = 72) -> String {
    guard let item = self[identifier] else { return identifier.text.escapingControls() }
    let text = item.plainStatement
    let short = text.count > width ? text.prefix(width - 1) + "…" : text[...]
    return "\(label(identifier)): \(short)".escapingControls()
  }

  /// How many items build on one.
  static func impact(_ count: Int) -> String {
    count == 1 ? "1 item builds on it" : "\(count) items build on it"
  }

  /// An item for machines.
  func json(_ identifier: Identifier) -> JSONValue {
    guard let item = self[identifier] else { return ["identifier": .text(identifier.text)] }
    return [
      "identifier": .text(item.identifier.text), "code": .optional(item.code),
      "statement": .text(item.plainStatement), "type": .optional(item.typeName),
      "levels": .array(item.educationLevels.map { .text($0) }),
    ]
  }
}

/// Links with their sources.
enum LinkText {
  /// A link in one line, with who states it.
  static func line(_ link: StatedLink, _ items: CatalogItems) -> String {
    "\(items.label(link.origin)) \(link.type) \(items.label(link.destination)) "
      .escapingControls() + "(\(source(link)))"
  }

  /// The document, edition and licence of a link, and its association.
  static func source(_ link: StatedLink) -> String {
    let source = link.source
    var parts = [source.title ?? source.document.text]
    if let edition = source.edition { parts.append("edition \(edition)") }
    if let license = source.license { parts.append(license) }
    parts.append("association \(link.association)")
    return parts.joined(separator: ", ").escapingControls()
  }

  /// A link for machines.
  static func json(_ link: StatedLink) -> JSONValue {
    [
      "type": .text(link.type.name), "origin": .text(link.origin.text),
      "destination": .text(link.destination.text), "association": .text(link.association.text),
      "document": .text(link.source.document.text), "title": .optional(link.source.title),
      "edition": .optional(link.source.edition), "license": .optional(link.source.license),
    ]
  }
}
