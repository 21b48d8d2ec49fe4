internal import Domain

/// Reads a list of framework documents: who published which, and since when it is valid. Each
/// document is an item below its jurisdiction; what the documents say is not in such files.
enum DocumentListReader {
  private static let identifiers = ["identifier", "id", "guid", "uuid"]
  private static let publishers = ["jurisdiction", "publisher", "organization", "creator"]
  private static let dates = ["valid", "validfrom", "year", "adopted"]
  private static let known: Set<String> = Set(identifiers + publishers + dates).union([
    "title", "subject", "language", "uri", "url",
  ])

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("jurisdiction") && table.has("title") && identifiers.contains { table.has($0) }
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.documentList, file: table.file)
    builder.isCertain = isRecognized(table)
    builder.report(table.findings + table.widthFindings)
    var places: [String: String] = [:]
    for row in table.rows { read(row, table, &builder, &places) }
    return try builder.finish()
  }

  private static func read(
    _ row: CatalogTable.Row, _ table: CatalogTable, _ builder: inout CatalogBuilder,
    _ places: inout [String: String]
  ) {
    let place = table.place(row)
    let publisher = table.text(row, anyOf: publishers)
    if let publisher, places[publisher] == nil {
      var group = CatalogItem(members: JSONObject())
      group.identifier = CatalogKey.derivedUUID([CatalogFormat.documentList.rawValue, publisher])
      group.itemType = "jurisdiction"
      group.fullStatement = publisher
      builder.add(group, at: place)
      places[publisher] = group.identifier.text
    }
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(table.text(row, anyOf: identifiers) ?? "")
    item.itemType = "document"
    item.fullStatement = table.text(row, "title")
    item.subjects = table.text(row, "subject").map { [$0] } ?? []
    item.language = table.text(row, "language")
    item.uri = table.text(row, "uri", "url")
    item.setText("statusStartDate", table.text(row, anyOf: dates))
    builder.keep(table.rest(row, without: known), in: &item, at: place)
    builder.add(item, at: place)
    guard let above = publisher.flatMap({ places[$0] }),
      let own = builder.items.last?.identifier.text
    else { return }
    builder.link(.isChildOf, from: own, to: above, at: place, isOrdered: true)
  }
}
