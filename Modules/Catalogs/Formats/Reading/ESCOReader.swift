internal import Domain

/// Reads the tables of ESCO as Tabiya publishes them: skills and groups, hierarchy, and relations,
/// each a file of its own.
struct ESCOReader {
  private static let known: Set<String> = [
    "originuri", "preferredlabel", "altlabels", "description", "scopenote", "code", "skilltype",
  ]

  private var builder: CatalogBuilder
  /// The identifiers of items by their keys in the tables.
  private var identifiers: [String: String] = [:]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    isItems(table) || isHierarchy(table) || isRelations(table)
  }

  private static func isItems(_ table: CatalogTable) -> Bool {
    table.has("preferredlabel") && table.has("originuri", "uuidhistory")
  }

  private static func isHierarchy(_ table: CatalogTable) -> Bool {
    table.has("parentid") && table.has("childid")
  }

  private static func isRelations(_ table: CatalogTable) -> Bool {
    table.has("requiringid") && table.has("requiredid")
  }

  /// Reads tables that belong together, in any order.
  static func read(_ tables: [CatalogTable]) throws(CatalogsError) -> CatalogReading {
    var reader = ESCOReader(builder: CatalogBuilder(.esco, file: tables.first?.file))
    reader.builder.document.title = "ESCO"
    for table in tables {
      reader.builder.report(table.findings + table.widthFindings)
      if isItems(table) { reader.readItems(table) }
      if !isRecognized(table) {
        reader.builder.report(
          .error, "other_table",
          "The table has none of the headings of ESCO; it is left out.",
          at: Place(file: table.file, line: 1))
      }
    }
    for table in tables where isHierarchy(table) { reader.readHierarchy(table) }
    for table in tables where isRelations(table) { reader.readRelations(table) }
    return try reader.builder.finish()
  }

  private init(builder: CatalogBuilder) { self.builder = builder }

  private mutating func readItems(_ table: CatalogTable) {
    let isGroups = !table.has("skilltype")
    for row in table.rows {
      let place = table.place(row)
      var item = CatalogItem(members: JSONObject())
      let history = (table.text(row, "uuidhistory") ?? "").split(whereSeparator: \.isNewline)
      let address = table.text(row, "originuri")
      let key = table.text(row, "id")
      item.identifier = Identifier(history.first.map(String.init) ?? address ?? key ?? "")
      item.uri = address
      let label = table.text(row, "preferredlabel")
      let description = table.text(row, "description")
      item.fullStatement = description ?? label
      item.abbreviatedStatement = description == nil ? nil : label
      item.code = table.text(row, "code")
      item.notes = table.text(row, "scopenote")
      item.alternativeLabel = table.text(row, "altlabels")
      item.itemType = isGroups ? "skillgroup" : table.text(row, "skilltype")
      builder.keep(table.rest(row, without: Self.known), in: &item, at: place)
      builder.add(item, at: place)
      if let key { identifiers[key] = builder.items.last?.identifier.text }
    }
  }

  private func end(_ key: String) -> CatalogLink {
    CatalogLink(identifier: Identifier(identifiers[key] ?? key))
  }

  private mutating func readHierarchy(_ table: CatalogTable) {
    for row in table.rows {
      guard let parent = table.text(row, "parentid"), let child = table.text(row, "childid") else {
        reportMissing("PARENTID or CHILDID", row, table)
        continue
      }
      builder.link(
        .isChildOf, from: end(child), to: end(parent), at: table.place(row), isOrdered: true)
    }
  }

  private mutating func readRelations(_ table: CatalogTable) {
    for row in table.rows {
      guard let requiring = table.text(row, "requiringid"),
        let required = table.text(row, "requiredid")
      else {
        reportMissing("REQUIRINGID or REQUIREDID", row, table)
        continue
      }
      let isEssential = table.text(row, "relationtype") == "essential"
      builder.link(
        isEssential ? .precedes : .precedesSoftly, from: end(required), to: end(requiring),
        at: table.place(row))
    }
  }

  private mutating func reportMissing(
    _ what: String, _ row: CatalogTable.Row, _ table: CatalogTable
  ) {
    builder.report(
      .error, "shape", "The row lacks \(what); it is left out. Add it.", at: table.place(row))
  }
}
