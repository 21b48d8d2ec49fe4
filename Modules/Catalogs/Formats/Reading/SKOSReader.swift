internal import Domain

/// Reads SKOS: concepts of a scheme.
struct SKOSReader {
  private static let known: Set<String> = [
    "@id", "about", "@type", "notation", "prefLabel", "definition", "altLabel", "note",
    "scopeNote", "broader", "narrower", "topConceptOf", "inScheme", "hiddenLabel", "modified",
    "identifier", "type", "educationLevel", "subject", "language",
  ]
  private static let documentKnown: Set<String> = [
    "@id", "about", "@type", "title", "prefLabel", "description", "definition", "hasTopConcept",
    "creator", "publisher", "modified", "identifier", "language", "hasVersion", "note", "source",
    "subject",
  ]

  private var builder: CatalogBuilder
  /// What the concepts and the scheme are called, by their addresses.
  private var identifiers: [String: String] = [:]

  /// Reads nodes of a graph.
  static func read(_ nodes: [JSONObject], file: String?) throws(CatalogsError) -> CatalogReading {
    try read(schemes: nodes.filter { isScheme($0) }, concepts: nodes.filter { isConcept($0) }, file)
  }

  /// Reads RDF/XML that was turned into JSON: `-rdf:about` and `#text` in objects by element.
  static func read(xml root: JSONObject, file: String?) throws(CatalogsError) -> CatalogReading {
    let node = LinkedNode(root)
    return try read(schemes: node.nodes("ConceptScheme"), concepts: node.nodes("Concept"), file)
  }

  static func isScheme(_ object: JSONObject) -> Bool {
    LinkedNode(object).types.contains("ConceptScheme")
  }

  static func isConcept(_ object: JSONObject) -> Bool {
    LinkedNode(object).types.contains("Concept")
  }

  private static func read(
    schemes: [JSONObject], concepts: [JSONObject], _ file: String?
  ) throws(CatalogsError) -> CatalogReading {
    var reader = SKOSReader(builder: CatalogBuilder(.skos, file: file))
    let linked = concepts.map { LinkedNode($0) }
    for object in schemes { reader.readScheme(LinkedNode(object)) }
    for node in linked { reader.readConcept(node) }
    for object in schemes { reader.readTop(LinkedNode(object)) }
    for node in linked { reader.readLinks(node) }
    return try reader.builder.finish()
  }

  private init(builder: CatalogBuilder) { self.builder = builder }

  /// The identifier that a node states, or its address.
  private func identifier(of node: LinkedNode) -> String {
    node.text("identifier") ?? node.identifier ?? ""
  }

  /// The address, unless it only stands for an identifier.
  private func address(of node: LinkedNode) -> String? {
    guard let address = node.identifier, CatalogLink.isAddress(address),
      !SKOSAddress.isMade(address, for: identifier(of: node))
    else { return nil }
    return address
  }

  private mutating func readScheme(_ node: LinkedNode) {
    let place = builder.place(node.object)
    if let address = node.identifier { identifiers[address] = identifier(of: node) }
    guard builder.document.identifier.isEmpty else {
      builder.report(
        .warning, "second_document",
        "\(node.identifier ?? "") is a second scheme; a catalog has one. Split the file.",
        at: place)
      return
    }
    var document = builder.document
    document.identifier = Identifier(identifier(of: node))
    document.uri = address(of: node)
    document.title = node.text("title", "prefLabel")
    document.summary = node.text("description", "definition")
    document.creator = node.text("creator")
    document.publisher = node.text("publisher")
    document.language = node.text("language") ?? node.language(of: "title", "prefLabel")
    document.edition = node.text("hasVersion")
    document.officialSource = node.references("source").first
    document.subjects = node.texts("subject")
    document.notes = node.text("note")
    document.lastChangeText = node.text("modified")
    document.license = node.references("license").first.map {
      CatalogLink(title: $0, identifier: Identifier($0), uri: $0)
    }
    var rest = node.rest(without: Self.documentKnown)
    if document.license != nil { rest.removeAll { $0.name == "dct:license" } }
    builder.keep(rest, in: &document, at: place)
    builder.document = document
  }

  private mutating func readConcept(_ node: LinkedNode) {
    let place = builder.place(node.object)
    let identifier = identifier(of: node)
    if let address = node.identifier { identifiers[address] = identifier }
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(identifier)
    item.uri = address(of: node)
    let label = node.text("prefLabel")
    item.fullStatement = node.text("definition") ?? label
    item.abbreviatedStatement = node.text("definition") == nil ? nil : label
    item.code = node.text("notation")
    item.alternativeLabel = node.text("altLabel")
    item.notes = node.text("note") ?? node.text("scopeNote")
    item.keywords = node.texts("hiddenLabel")
    item.itemType = node.object["dct:type"]?.string ?? node.object["dcterms:type"]?.string
    item.educationLevels = node.texts("educationLevel")
    item.subjects = node.texts("subject")
    item.lastChangeText = node.text("modified")
    item.language = node.text("language") ?? node.language(of: "prefLabel")
    var rest = node.rest(without: Self.known.union(RelationName.alignments))
    let others = node.texts("altLabel").dropFirst()
    if !others.isEmpty { rest.append(.init("altLabel", .array(others.map { .string($0) }))) }
    builder.keep(rest, in: &item, at: place)
    builder.add(item, at: place)
  }

  private func end(_ address: String) -> CatalogLink {
    let name = identifiers[address] ?? SKOSAddress.identifier(of: address)
    return CatalogLink(
      identifier: Identifier(name),
      uri: CatalogLink.isAddress(address) && !SKOSAddress.isMade(address, for: name)
        ? address : nil)
  }

  private mutating func relate(_ origin: String, _ name: String, _ target: String, _ place: Place) {
    let meaning = RelationName.meaning(name)
    let ends = [end(origin), end(target)]
    let (first, second) = meaning.isSwapped ? (ends[1], ends[0]) : (ends[0], ends[1])
    builder.link(meaning.type, from: first, to: second, at: place)
  }

  private mutating func readTop(_ node: LinkedNode) {
    guard let address = node.identifier else { return }
    for child in node.references("hasTopConcept") {
      relate(address, "hasChild", child, builder.place(node.object))
    }
  }

  private mutating func readLinks(_ node: LinkedNode) {
    guard let address = node.identifier else { return }
    let place = builder.place(node.object)
    for parent in node.references("broader") { relate(address, "broader", parent, place) }
    for child in node.references("narrower") { relate(address, "narrower", child, place) }
    for scheme in node.references("topConceptOf") { relate(address, "broader", scheme, place) }
    for name in RelationName.alignments {
      for target in node.references(name) { relate(address, name, target, place) }
    }
  }
}

/// Addresses for concepts whose catalog gives none.
enum SKOSAddress {
  /// An address that stands for an identifier.
  static func made(for identifier: String) -> String {
    if CASEText.isUUID(identifier) { return "urn:uuid:\(identifier)" }
    if CatalogLink.isAddress(identifier), !identifier.contains(where: \.isWhitespace) {
      return identifier
    }
    var text = "urn:cbl:"
    for byte in identifier.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }

  /// The identifier that an address was made for, or the address.
  static func identifier(of address: String) -> String {
    guard address.hasPrefix("urn:cbl:"),
      let bytes = CatalogLink.percentDecoded(address.dropFirst(8).utf8),
      let text = String(validating: bytes, as: UTF8.self), made(for: text) == address
    else { return address }
    return text
  }

  /// Whether an address was made for an identifier that is no address itself.
  static func isMade(_ address: String, for identifier: String) -> Bool {
    address.hasPrefix("urn:") && address != identifier && address == made(for: identifier)
  }
}
