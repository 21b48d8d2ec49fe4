internal import Domain

/// Reads the RDF/JSON of the Achievement Standards Network: an object of subjects, each an object
/// of predicates with lists of values.
struct ASNReader {
  private static let known: Set<String> = [
    "description", "statementNotation", "altStatementNotation", "listID", "statementLabel",
    "comment", "hasChild", "isChildOf", "title", "modified", "type",
  ]
  private static let documentKnown: Set<String> = known.union(["source", "creator", "publisher"])

  private var builder: CatalogBuilder
  private var documents: Set<String> = []
  private var statements: Set<String> = []

  /// Reads the subjects of a file.
  static func read(_ root: JSONObject, file: String?) throws(CatalogsError) -> CatalogReading {
    var reader = ASNReader(builder: CatalogBuilder(.asnRDF, file: file))
    reader.readAll(root)
    return try reader.builder.finish()
  }

  private init(builder: CatalogBuilder) { self.builder = builder }

  private mutating func readAll(_ root: JSONObject) {
    var nodes: [(subject: String, node: LinkedNode)] = []
    for member in root.members {
      guard let object = member.value.object else {
        builder.report(
          .error, "shape",
          "The subject \(member.name) is \(member.value.kind); expected an object of predicates. "
            + "It is left out.", at: builder.place(root, "/\(member.name)"))
        continue
      }
      let node = LinkedNode(object)
      nodes.append((member.name, node))
      if node.types.contains("StandardDocument") { documents.insert(member.name) }
      if node.types.contains("Statement") { statements.insert(member.name) }
    }
    for (subject, node) in nodes where documents.contains(subject) { readDocument(subject, node) }
    for (subject, node) in nodes where !documents.contains(subject) {
      if statements.contains(subject) {
        readStatement(subject, node)
      } else {
        readExport(subject, node)
      }
    }
    // Links come last, so that those from above keep the order that the parent gives.
    for (subject, node) in nodes { readLinks(subject, node) }
  }

  private mutating func readDocument(_ subject: String, _ node: LinkedNode) {
    let place = builder.place(node.object)
    guard builder.document.identifier.isEmpty else {
      builder.report(
        .warning, "second_document",
        "\(subject) is a second document; a catalog has one. Split the file.", at: place)
      return
    }
    var document = builder.document
    document.identifier = Identifier(subject)
    document.uri = subject
    document.title = node.text("title")
    document.summary = node.text("description")
    document.creator = node.text("creator") ?? node.text("publisher")
    document.publisher = node.text("publisher")
    document.officialSource = node.references("source").first
    document.language = language(of: node)
    document.subjects = node.references("subject").map { LinkedNode.term($0) }
    document.adoptionStatus = node.references("publicationStatus").first.map {
      LinkedNode.term($0)
    }
    document.setText("statusStartDate", node.text("valid"))
    document.lastChangeText = node.text("modified")
    builder.keep(node.rest(without: Self.documentKnown), in: &document, at: place)
    builder.document = document
  }

  /// The subject that describes the export: who made it and under which licence.
  private mutating func readExport(_ subject: String, _ node: LinkedNode) {
    let place = builder.place(node.object)
    guard !node.references("primaryTopic").isEmpty || node.text("license") != nil else {
      builder.report(
        .note, "other_subject",
        "\(subject) is neither a document nor a statement; it is kept in extensions.", at: place)
      builder.keepInDocument([.init(subject, .object(node.object))], at: place)
      return
    }
    var document = builder.document
    if document.creator == nil { document.creator = node.text("creator", "rightsHolder") }
    if document.license == nil { document.license = node.references("license").first.map(license) }
    if document.lastChangeText == nil { document.lastChangeText = node.text("modified") }
    builder.keep([.init(subject, .object(node.object))], in: &document, at: place)
    builder.document = document
  }

  private func license(_ address: String) -> CatalogLink {
    CatalogLink(title: address, identifier: Identifier(address), uri: address)
  }

  private func language(of node: LinkedNode) -> String? {
    node.language(of: "title", "description")
      ?? node.references("language").first.map { LinkedNode.term($0) }
  }

  private mutating func readStatement(_ subject: String, _ node: LinkedNode) {
    let place = builder.place(node.object)
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(subject)
    item.uri = CatalogLink.isAddress(subject) ? subject : nil
    item.fullStatement = node.text("description", "title")
    item.code = node.text("statementNotation")
    item.alternativeLabel = node.text("altStatementNotation")
    item.listEnumeration = node.text("listID")
    item.itemType = node.text("statementLabel")
    item.educationLevels = node.references("educationLevel").map { SchoolLevel.code($0) }
    item.subjects = node.references("subject").map { LinkedNode.term($0) }
    item.language = language(of: node)
    item.lastChangeText = node.text("modified")
    let comments = node.texts("comment")
    item.notes = comments.isEmpty ? nil : comments.joined(separator: "\n")
    builder.keep(
      node.rest(without: Self.known.union(RelationName.alignments)), in: &item, at: place)
    builder.add(item, at: place)
  }

  private mutating func readLinks(_ subject: String, _ node: LinkedNode) {
    guard documents.contains(subject) || statements.contains(subject) else { return }
    let place = builder.place(node.object)
    for child in node.references("hasChild") {
      builder.relate(subject, "hasChild", child, at: place, isOrdered: true)
    }
    for parent in node.references("isChildOf") {
      builder.relate(subject, "isChildOf", parent, at: place)
    }
    builder.alignments(of: node, identifier: subject, at: place)
  }
}

/// Reads the manifest of the Achievement Standards Network: a list of statements, each with its
/// children inside.
enum ASNManifestReader {
  private static let known: Set<String> = [
    "id", "text", "dcterms_description", "asn_statementNotation", "asn_altStatementNotation",
    "asn_listID", "asn_statementLabel", "asn_comment", "children",
  ]

  /// Reads the statements of a file; nothing recurses.
  static func read(_ roots: [JSONValue], file: String?) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.asnManifest, file: file)
    var stack = roots.reversed().map { (value: $0, parent: String?.none) }
    while let (value, parent) = stack.popLast() {
      guard let object = value.object else {
        builder.report(
          .error, "shape",
          "A statement is \(value.kind); expected an object. It is left out.",
          at: Place(file: file))
        continue
      }
      let place = builder.place(object)
      let item = item(object, place, &builder)
      builder.add(item, at: place)
      let identifier = builder.items.last?.identifier.text ?? ""
      if let parent {
        builder.link(.isChildOf, from: identifier, to: parent, at: place, isOrdered: true)
      }
      let children = object["children"]?.array ?? []
      stack += children.reversed().map { ($0, identifier) }
    }
    return try builder.finish()
  }

  private static func item(
    _ object: JSONObject, _ place: Place, _ builder: inout CatalogBuilder
  ) -> CatalogItem {
    // Names have an underscore where RDF has a colon, so that they count as they are.
    let node = LinkedNode(object)
    var item = CatalogItem(members: JSONObject())
    if let identifier = node.identifier ?? node.text("asn_identifier") {
      item.identifier = Identifier(identifier)
      item.uri = CatalogLink.isAddress(identifier) ? identifier : nil
    }
    item.fullStatement = node.text("dcterms_description") ?? node.text("text")
    item.code = node.text("asn_statementNotation")
    item.alternativeLabel = node.text("asn_altStatementNotation")
    item.listEnumeration = node.text("asn_listID")
    item.itemType = node.text("asn_statementLabel")
    item.educationLevels = node.references("dcterms_educationLevel").map { SchoolLevel.code($0) }
    item.subjects = node.texts("dcterms_subject")
    item.language =
      node.language(of: "dcterms_description")
      ?? node.references("dcterms_language").first.map { LinkedNode.term($0) }
    let comments = node.texts("asn_comment")
    item.notes = comments.isEmpty ? nil : comments.joined(separator: "\n")
    var rest = node.rest(without: known)
    // The text is said twice; only another one is worth keeping.
    if let text = node.text("text"), text != item.fullStatement {
      rest.append(.init("text", .string(text)))
    }
    builder.keep(rest, in: &item, at: place)
    return item
  }
}
