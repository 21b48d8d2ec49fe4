internal import Domain

/// Reads CTDL-ASN as JSON-LD: a graph of one framework and its competencies.
struct CTDLReader {
  private static let known: Set<String> = [
    "@id", "@type", "competencyText", "competencyLabel", "codedNotation", "listID",
    "competencyCategory", "comment", "isChildOf", "isTopChildOf", "hasChild", "hasTopChild",
    "conceptKeyword", "dateModified", "inLanguage", "altCodedNotation",
  ]
  private static let documentKnown: Set<String> = [
    "@id", "@type", "name", "description", "hasTopChild", "hasChild", "dateModified",
    "publisherName", "version",
  ]

  private var builder: CatalogBuilder
  private var documents: Set<String> = []

  /// Reads the nodes of a graph.
  static func read(_ nodes: [JSONObject], file: String?) throws(CatalogsError) -> CatalogReading {
    var reader = CTDLReader(builder: CatalogBuilder(.ctdlASN, file: file))
    let linked = nodes.map { LinkedNode($0) }
    for node in linked where node.types.contains("CompetencyFramework") {
      reader.readDocument(node)
    }
    for node in linked where node.types.contains("Competency") { reader.readItem(node) }
    for node in linked { reader.readLinks(node) }
    return try reader.builder.finish()
  }

  private init(builder: CatalogBuilder) { self.builder = builder }

  private mutating func readDocument(_ node: LinkedNode) {
    let place = builder.place(node.object)
    let identifier = node.identifier ?? node.text("ctid") ?? ""
    guard documents.isEmpty else {
      builder.report(
        .warning, "second_document",
        "\(identifier) is a second framework; a catalog has one. Split the file.", at: place)
      return
    }
    documents.insert(identifier)
    var document = builder.document
    document.identifier = Identifier(identifier)
    document.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    document.title = node.text("name")
    document.summary = node.text("description")
    document.publisher = node.text("publisherName") ?? node.references("publisher").first
    document.creator = node.text("author", "creator") ?? document.publisher
    document.officialSource = node.references("source").first
    document.language = node.texts("inLanguage").first ?? node.language(of: "name")
    document.edition = node.text("version", "versionIdentifier")
    document.adoptionStatus = node.references("publicationStatusType").first.map {
      LinkedNode.term($0)
    }
    document.license = node.references("license").first.map {
      CatalogLink(title: $0, identifier: Identifier($0), uri: $0)
    }
    document.lastChangeText = node.text("dateModified")
    builder.keep(node.rest(without: Self.documentKnown), in: &document, at: place)
    builder.document = document
  }

  private mutating func readItem(_ node: LinkedNode) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    let identifier = node.identifier ?? node.text("ctid") ?? ""
    item.identifier = Identifier(identifier)
    item.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    let label = node.text("competencyLabel", "name")
    item.fullStatement = node.text("competencyText") ?? label
    item.abbreviatedStatement = node.text("competencyText") == nil ? nil : label
    item.code = node.text("codedNotation")
    item.alternativeLabel = node.text("altCodedNotation")
    item.listEnumeration = node.text("listID")
    item.itemType = node.text("competencyCategory")
    item.keywords = node.texts("conceptKeyword")
    item.educationLevels = node.references("educationLevelType").map { SchoolLevel.code($0) }
    item.language = node.texts("inLanguage").first ?? node.language(of: "competencyText")
    item.lastChangeText = node.text("dateModified")
    let comments = node.texts("comment")
    item.notes = comments.isEmpty ? nil : comments.joined(separator: "\n")
    builder.keep(
      node.rest(without: Self.known.union(RelationName.alignments)), in: &item, at: place)
    builder.add(item, at: place)
  }

  private mutating func readLinks(_ node: LinkedNode) {
    guard let identifier = node.identifier ?? node.text("ctid") else { return }
    let isDocument = documents.contains(identifier)
    guard isDocument || node.types.contains("Competency") else { return }
    let place = builder.place(node.object)
    for child in node.references("hasTopChild") + node.references("hasChild") {
      builder.relate(identifier, "hasChild", child, at: place, isOrdered: true)
    }
    guard !isDocument else { return }
    for parent in node.references("isChildOf") + node.references("isTopChildOf") {
      builder.relate(identifier, "isChildOf", parent, at: place)
    }
    builder.alignments(of: node, identifier: identifier, at: place)
  }
}
