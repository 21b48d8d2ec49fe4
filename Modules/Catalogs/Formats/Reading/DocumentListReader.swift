internal import Domain

/// Reads a list of framework documents: who published which, and since when it is valid. Each
/// document is an item below its jurisdiction; what the documents say is not in such files.
struct DocumentListReader {
  private static let identifiers = ["identifier", "id", "guid", "uuid"]

  private let table: CatalogTable
  // The headings that this table has for each field.
  private let identifier: String?
  private let publisher: String?
  private let date: String?
  private let address: String?
  private let known: Set<String>
  private var builder: CatalogBuilder
  private var groups: [String: String] = [:]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("jurisdiction") && table.has("title") && table.first(identifiers) != nil
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var reader = DocumentListReader(table)
    for row in table.rows { reader.read(row) }
    return try reader.builder.finish()
  }

  private init(_ table: CatalogTable) {
    self.table = table
    identifier = table.first(DocumentListReader.identifiers)
    publisher = table.first(["jurisdiction", "publisher", "organization", "creator"])
    date = table.first(["valid", "validfrom", "year", "adopted"])
    address = table.first(["uri", "url"])
    known = Set([identifier, publisher, date, address].compactMap { $0 }).union([
      "title", "subject", "language",
    ])
    builder = CatalogBuilder(.documentList, file: table.file)
    builder.isCertain = DocumentListReader.isRecognized(table)
    builder.report(table.findings + table.widthFindings)
  }

  private mutating func read(_ row: CatalogTable.Row) {
    let place = table.place(row)
    let publisher = table.text(row, under: publisher)
    if let publisher, groups[publisher] == nil {
      var group = CatalogItem(members: JSONObject())
      group.identifier = CatalogKey.derivedUUID([CatalogFormat.documentList.rawValue, publisher])
      group.itemType = "jurisdiction"
      group.fullStatement = publisher
      builder.add(group, at: place)
      groups[publisher] = group.identifier.text
    }
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(table.text(row, under: identifier) ?? "")
    item.itemType = "document"
    item.fullStatement = table.text(row, "title")
    item.subjects = table.text(row, "subject").map { [$0] } ?? []
    item.language = table.text(row, "language")
    item.uri = table.text(row, under: address)
    item.setText("statusStartDate", table.text(row, under: date))
    builder.keep(table.rest(row, without: known), in: &item, at: place)
    builder.add(item, at: place)
    guard let above = publisher.flatMap({ groups[$0] }),
      let own = builder.items.last?.identifier.text
    else { return }
    builder.link(.isChildOf, from: own, to: above, at: place, isOrdered: true)
  }
}
