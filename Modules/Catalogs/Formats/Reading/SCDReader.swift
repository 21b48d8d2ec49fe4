internal import Domain

/// Reads a framework of shareable competency definitions, IEEE 1484.20.3.
enum SCDReader {
  private static let known: Set<String> = [
    "id", "@id", "@type", "type", "referenceCode", "competencyStatement", "typeLabel", "title",
    "dateModified",
  ]
  private static let documentKnown: Set<String> = [
    "id", "@id", "@type", "type", "title", "name", "description", "competencyDefinition",
    "resourceAssociation", "dateModified", "version", "authoritativeSource",
  ]

  /// Reads a framework.
  static func read(_ framework: JSONObject, file: String?) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.scd, file: file)
    let node = LinkedNode(framework)
    readDocument(node, &builder)
    for object in node.nodes("competencyDefinition") { readItem(LinkedNode(object), &builder) }
    for object in node.nodes("resourceAssociation") { readLink(LinkedNode(object), &builder) }
    return try builder.finish()
  }

  private static func readDocument(_ node: LinkedNode, _ builder: inout CatalogBuilder) {
    let place = builder.place(node.object)
    var document = builder.document
    if let identifier = node.identifier {
      document.identifier = Identifier(identifier)
      document.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    }
    document.title = node.text("title", "name")
    document.summary = node.text("description")
    document.edition = node.text("version")
    document.officialSource = node.references("authoritativeSource").first
    document.lastChangeText = node.text("dateModified")
    builder.keep(node.rest(without: documentKnown), in: &document, at: place)
    builder.document = document
  }

  private static func readItem(_ node: LinkedNode, _ builder: inout CatalogBuilder) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    if let identifier = node.identifier {
      item.identifier = Identifier(identifier)
      item.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    }
    item.fullStatement = node.text("competencyStatement") ?? node.text("title")
    item.abbreviatedStatement = node.text("competencyStatement") == nil ? nil : node.text("title")
    item.code = node.text("referenceCode")
    item.itemType = node.text("typeLabel")
    item.language = node.language(of: "competencyStatement")
    item.lastChangeText = node.text("dateModified")
    builder.keep(node.rest(without: known), in: &item, at: place)
    builder.add(item, at: place)
  }

  private static func readLink(_ node: LinkedNode, _ builder: inout CatalogBuilder) {
    let place = builder.place(node.object)
    guard let source = node.references("source", "sourceNode", "subject").first,
      let target = node.references("destination", "destinationNode", "target").first,
      let type = node.text("associationType")
    else {
      builder.report(
        .error, "shape",
        "The association \(node.identifier ?? "") lacks source, destination or associationType; it "
          + "is left out. Add what is missing.", at: place)
      return
    }
    let meaning = RelationName.meaning(type)
    let ends = [source, target].map { CatalogBuilder.end($0) }
    let (first, second) = meaning.isSwapped ? (ends[1], ends[0]) : (ends[0], ends[1])
    builder.link(meaning.type, from: first, to: second, at: place) { association in
      if let identifier = node.identifier { association.identifier = Identifier(identifier) }
      association.extensions = JSONObject(
        node.rest(without: [
          "id", "@id", "@type", "source", "sourceNode", "destination", "destinationNode", "target",
          "associationType",
        ]))
    }
  }
}
