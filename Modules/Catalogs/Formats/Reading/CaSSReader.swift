internal import Domain

/// Reads frameworks of CaSS: a framework, its competencies, and relations between them.
///
/// Addresses may end with the time of a version; links mean the competency whichever they name.
struct CaSSReader {
  private static let known: Set<String> = [
    "@id", "@type", "name", "codedNotation", "type", "description", "dateModified",
  ]
  private static let documentKnown: Set<String> = [
    "@id", "@type", "name", "description", "competency", "relation", "dateModified",
  ]

  private var builder: CatalogBuilder
  /// Identifiers of competencies without the time of their version.
  private var identifiers: [String: String] = [:]

  /// Reads the objects of a file.
  static func read(_ nodes: [JSONObject], file: String?) throws(CatalogsError) -> CatalogReading {
    var reader = CaSSReader(builder: CatalogBuilder(.cass, file: file))
    var linked = nodes.map { LinkedNode($0) }
    // A framework may hold its parts instead of naming them.
    for framework in linked where framework.types.contains("Framework") {
      linked += (framework.nodes("competency") + framework.nodes("relation")).map { LinkedNode($0) }
    }
    for node in linked {
      let types = node.types
      if types.contains("Framework") {
        reader.readDocument(node)
      } else if types.contains("Competency") {
        reader.readItem(node)
      }
    }
    for node in linked {
      switch node.types.first {
      case "Relation"?: reader.readRelation(node)
      case "Framework"?, "Competency"?: break
      default: reader.keepOther(node)
      }
    }
    return try reader.builder.finish()
  }

  private init(builder: CatalogBuilder) { self.builder = builder }

  private static func plain(_ address: String) -> String {
    guard let cut = address.lastIndex(of: "/") else { return address }
    let version = address[address.index(after: cut)...]
    let isTime = version.utf8.count >= 10 && version.allSatisfy { $0.isASCII && $0.isNumber }
    return isTime ? String(address[..<cut]) : address
  }

  private mutating func readDocument(_ node: LinkedNode) {
    let place = builder.place(node.object)
    let identifier = node.identifier ?? ""
    guard builder.document.title == nil else {
      builder.report(
        .warning, "second_document",
        "\(identifier) is a second framework; a catalog has one. Split the file.", at: place)
      return
    }
    var document = builder.document
    document.identifier = Identifier(identifier)
    document.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    document.title = node.text("name")
    document.summary = node.text("description")
    document.lastChangeText = node.text("dateModified")
    builder.keep(node.rest(without: Self.documentKnown), in: &document, at: place)
    builder.document = document
    identifiers[Self.plain(identifier)] = identifier
  }

  private mutating func readItem(_ node: LinkedNode) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    let identifier = node.identifier ?? ""
    item.identifier = Identifier(identifier)
    item.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    item.fullStatement = node.text("name") ?? node.text("description")
    item.notes = node.text("name") == nil ? nil : node.text("description")
    item.code = node.text("codedNotation")
    item.itemType = node.object["dcterms:type"]?.string
    item.lastChangeText = node.text("dateModified")
    item.language = node.language(of: "name")
    builder.keep(node.rest(without: Self.known), in: &item, at: place)
    builder.add(item, at: place)
    if !identifier.isEmpty { identifiers[Self.plain(identifier)] = identifier }
  }

  private mutating func readRelation(_ node: LinkedNode) {
    let place = builder.place(node.object)
    guard let source = node.references("source").first,
      let target = node.references("target").first, let type = node.text("relationType")
    else {
      builder.report(
        .error, "shape",
        "The relation \(node.identifier ?? "") lacks source, target or relationType; it is left "
          + "out. Add what is missing.", at: place)
      return
    }
    let meaning = RelationName.meaning(type)
    let ends = [source, target].map {
      CatalogBuilder.end(identifiers[Self.plain($0)] ?? $0)
    }
    let (first, second) = meaning.isSwapped ? (ends[1], ends[0]) : (ends[0], ends[1])
    builder.link(meaning.type, from: first, to: second, at: place) { association in
      if let identifier = node.identifier { association.identifier = Identifier(identifier) }
      association.notes = node.text("description")
      association.lastChangeText = node.text("dateModified")
      let rest = node.rest(without: [
        "@id", "@type", "source", "target", "description", "dateModified",
      ])
      association.extensions = JSONObject(rest)
    }
  }

  /// Levels and roll-up rules have no place of their own.
  private mutating func keepOther(_ node: LinkedNode) {
    let place = builder.place(node.object)
    let name = node.identifier ?? "\(node.types.first ?? "object") on line \(node.object.line)"
    builder.keepInDocument([.init(name, .object(node.object))], at: place)
  }
}
