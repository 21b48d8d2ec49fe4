internal import Domain

/// Reads rich skill descriptors: the JSON of an open skills management tool, or its table.
enum RichSkillReader {
  private static let known: Set<String> = [
    "uuid", "id", "skillName", "skillStatement", "keywords", "categories", "category",
    "updateDate", "author",
  ]
  private static let columns: Set<String> = [
    "skillname", "skillcategory", "contextualizedskillstatement", "skillstatement", "keywords",
    "rsdurl", "canonicalurl", "category", "author",
  ]

  static func isRecognized(_ object: JSONObject) -> Bool {
    object["skillStatement"] != nil || object["skillName"] != nil
  }

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("contextualizedskillstatement", "skillstatement") && table.has("skillname")
  }

  /// Reads a list of skills, or a collection that holds them.
  static func read(_ root: JSONValue, file: String?) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.richSkills, file: file)
    var skills = root.array ?? []
    if let collection = root.object {
      skills = collection["skills"]?.array ?? [root]
      if collection["skills"] != nil { readCollection(collection, &builder) }
    }
    for (index, value) in skills.enumerated() {
      guard let object = value.object else {
        builder.report(
          .error, "shape",
          "Skill \(index) is \(value.kind); expected an object. It is left out.",
          at: Place(file: file, pointer: "/\(index)"))
        continue
      }
      let place = builder.place(object)
      builder.add(skill(LinkedNode(object), place, &builder), at: place)
    }
    return try builder.finish()
  }

  private static func readCollection(_ object: JSONObject, _ builder: inout CatalogBuilder) {
    let node = LinkedNode(object)
    var document = builder.document
    document.identifier = Identifier(node.text("uuid") ?? node.identifier ?? "")
    document.uri = node.identifier.flatMap { CatalogLink.isAddress($0) ? $0 : nil }
    document.title = node.text("name")
    document.summary = node.text("description")
    document.creator = node.text("author", "creator")
    builder.keep(
      node.rest(without: ["uuid", "id", "name", "description", "author", "skills"]),
      in: &document, at: builder.place(object))
    builder.document = document
  }

  private static func skill(
    _ node: LinkedNode, _ place: Place, _ builder: inout CatalogBuilder
  ) -> CatalogItem {
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(node.text("uuid") ?? node.identifier ?? "")
    item.uri = node.identifier.flatMap { CatalogLink.isAddress($0) ? $0 : nil }
    let name = node.text("skillName")
    item.fullStatement = node.text("skillStatement") ?? name
    item.abbreviatedStatement = node.text("skillStatement") == nil ? nil : name
    item.keywords = node.texts("keywords")
    let categories = node.texts("categories", "category")
    item.itemType = categories.first
    item.lastChangeText = node.text("updateDate")
    var rest = node.rest(without: known.subtracting(["author"]))
    if categories.count > 1 {
      rest.append(.init("categories", .array(categories.map { .string($0) })))
    }
    builder.keep(rest, in: &item, at: place)
    return item
  }

  /// Reads the table that the tool imports.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.richSkills, file: table.file)
    builder.isCertain = isRecognized(table)
    builder.report(table.findings + table.widthFindings)
    for row in table.rows {
      let place = table.place(row)
      var item = CatalogItem(members: JSONObject())
      let address = table.text(row, "canonicalurl", "rsdurl")
      if let address {
        item.identifier = Identifier(address)
        item.uri = CatalogLink.isAddress(address) ? address : nil
      }
      let name = table.text(row, "skillname")
      let statement = table.text(row, "contextualizedskillstatement", "skillstatement")
      item.fullStatement = statement ?? name
      item.abbreviatedStatement = statement == nil ? nil : name
      item.itemType = table.text(row, "skillcategory", "category")
      item.keywords = (table.text(row, "keywords") ?? "").split(separator: ";").map {
        $0.trimmingBlanks()
      }.filter { !$0.isEmpty }
      builder.keep(
        table.rest(row, without: columns.subtracting(["author"])), in: &item, at: place)
      builder.add(item, at: place)
    }
    return try builder.finish()
  }
}
