internal import Domain

/// Writes a scheme and its concepts as JSON-LD.
struct SKOSWriter {
  private static let context: JSONValue = .object(
    JSONObject([
      .init("skos", .string("http://www.w3.org/2004/02/skos/core#")),
      .init("dct", .string("http://purl.org/dc/terms/")),
    ]))

  private let catalog: Catalog
  private var addresses: [CatalogKey: String] = [:]
  private var links: [CatalogKey: [(name: String, address: String)]] = [:]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    var taken: Set<String> = []
    name(catalog.identifier, catalog.document.uri, &taken)
    for item in catalog.items { name(item.identifier, item.uri, &taken) }
    for association in catalog.associations { add(association) }
  }

  /// Gives an item its own address when no other has it.
  private mutating func name(_ identifier: Identifier, _ uri: String?, _ taken: inout Set<String>) {
    let key = CatalogKey(identifier)
    guard addresses[key] == nil else { return }
    var address = SKOSAddress.made(for: identifier.text)
    if let uri, CatalogLink.isAddress(uri), !uri.contains(where: \.isWhitespace),
      !taken.contains(uri)
    {
      address = uri
    }
    taken.insert(address)
    addresses[key] = address
  }

  private func address(_ link: CatalogLink) -> String {
    addresses[CatalogKey(link.identifier)]
      ?? link.uri.flatMap { CatalogLink.isAddress($0) ? $0 : nil }
      ?? SKOSAddress.made(for: link.identifier.text)
  }

  private mutating func add(_ association: CatalogAssociation) {
    guard let origin = association.origin, let destination = association.destination else {
      return
    }
    let root = CatalogKey(catalog.identifier)
    let isInside = addresses[CatalogKey(destination.identifier)] != nil
    let name: String
    switch association.type {
    case .isChildOf:
      name = CatalogKey(destination.identifier) == root ? "skos:topConceptOf" : "skos:broader"
    case .isPartOf: name = "skos:broadMatch"
    case .exactMatchOf: name = "skos:exactMatch"
    case .majorAlignment: name = "skos:closeMatch"
    case .isRelatedTo: name = isInside ? "skos:related" : "skos:relatedMatch"
    default: return
    }
    links[CatalogKey(origin.identifier), default: []].append((name, address(destination)))
  }

  /// The file.
  func write() -> JSONValue {
    let nodes = [scheme()] + catalog.items.map { concept($0) }
    return .object(
      JSONObject([.init("@context", SKOSWriter.context), .init("@graph", .array(nodes))]))
  }

  /// Members as they are added, without those that have no value.
  private struct Node {
    var members: [JSONObject.Member] = []

    mutating func add(_ name: String, _ text: String?, language: String? = nil) {
      guard let text, !text.isEmpty else { return }
      guard let language else {
        members.append(.init(name, .string(text)))
        return
      }
      let value = JSONObject([
        .init("@value", .string(text)), .init("@language", .string(language)),
      ])
      members.append(.init(name, .object(value)))
    }

    mutating func add(_ name: String, _ texts: [String]) {
      guard !texts.isEmpty else { return }
      members.append(.init(name, .array(texts.map { .string($0) })))
    }

    mutating func add(_ name: String, references: [String]) {
      guard !references.isEmpty else { return }
      let nodes = references.map { JSONValue.object(JSONObject([.init("@id", .string($0))])) }
      members.append(.init(name, nodes.count == 1 ? nodes[0] : .array(nodes)))
    }
  }

  private func scheme() -> JSONValue {
    let document = catalog.document
    var node = Node()
    node.add("@id", addresses[CatalogKey(catalog.identifier)])
    node.add("@type", "skos:ConceptScheme")
    node.add("dct:identifier", document.identifier.text)
    node.add("dct:title", document.title, language: document.language)
    node.add("dct:creator", document.creator)
    node.add("dct:publisher", document.publisher)
    node.add("dct:description", document.summary)
    node.add("dct:subject", document.subjects)
    node.add("dct:language", document.language)
    node.add("dct:hasVersion", document.edition)
    node.add("skos:note", document.notes)
    node.add("dct:source", document.officialSource)
    node.add("dct:modified", document.lastChangeText)
    if let license = document.license {
      node.add("dct:license", references: [license.uri ?? license.identifier.text])
    }
    return .object(JSONObject(node.members))
  }

  private func concept(_ item: CatalogItem) -> JSONValue {
    let key = CatalogKey(item.identifier)
    var node = Node()
    node.add("@id", addresses[key])
    node.add("@type", "skos:Concept")
    node.add("dct:identifier", item.identifier.text)
    node.add("skos:notation", item.code)
    let label = item.abbreviatedStatement
    node.add("skos:prefLabel", label ?? item.statement, language: item.language)
    if label != nil { node.add("skos:definition", item.fullStatement, language: item.language) }
    node.add("skos:altLabel", item.alternativeLabel)
    node.add("skos:note", item.notes)
    node.add("skos:hiddenLabel", item.keywords)
    node.add("dct:type", item.typeName)
    node.add("dct:educationLevel", item.educationLevels)
    node.add("dct:subject", item.subjects)
    node.add("dct:language", item.language)
    node.add("dct:modified", item.lastChangeText)
    node.add("skos:inScheme", references: [addresses[CatalogKey(catalog.identifier)] ?? ""])
    var names: [String] = []
    var targets: [String: [String]] = [:]
    for (name, address) in links[key] ?? [] {
      if targets[name] == nil { names.append(name) }
      targets[name, default: []].append(address)
    }
    for name in names { node.add(name, references: targets[name] ?? []) }
    return .object(JSONObject(node.members))
  }
}
