internal import Domain

/// Reads the outcomes that Canvas imports and exports.
enum CanvasReader {
  /// The columns before the ratings, in the order of Canvas.
  static let columns = [
    "vendor_guid", "object_type", "title", "description", "display_name", "calculation_method",
    "calculation_int", "workflow_state", "parent_guids", "mastery_points", "ratings",
  ]

  private static let known: Set<String> = [
    "vendorguid", "objecttype", "title", "description", "displayname", "parentguids", "ratings",
  ]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("vendorguid") && table.has("objecttype") && table.has("title")
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.canvas, file: table.file)
    builder.isCertain = isRecognized(table)
    builder.report(table.findings)
    var seen: Set<String> = []
    for row in table.rows {
      read(row, table, &builder, &seen)
    }
    return try builder.finish()
  }

  private static func read(
    _ row: CatalogTable.Row, _ table: CatalogTable, _ builder: inout CatalogBuilder,
    _ seen: inout Set<String>
  ) {
    let place = table.place(row)
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(table.text(row, "vendorguid") ?? "")
    item.itemType = table.text(row, "objecttype")
    item.code = table.text(row, "title")
    item.abbreviatedStatement = table.text(row, "displayname")
    item.fullStatement = table.text(row, "description")
    builder.keep(
      table.rest(row, without: known).filter { !$0.heading.isEmpty }, in: &item, at: place)
    if let ratings = ratings(of: row, table) {
      builder.keep([.init("canvas.ratings", ratings)], in: &item, at: place)
    }
    builder.add(item, at: place)
    guard let own = builder.items.last?.identifier.text else { return }
    seen.insert(own)
    for parent in (table.text(row, "parentguids") ?? "").split(separator: " ") {
      if !seen.contains(String(parent)) {
        builder.report(
          .warning, "parent_order",
          "\(own) stands under \(parent), which is no earlier row; Canvas refuses that. Put the "
            + "parent first.", at: place)
      }
      builder.link(.isChildOf, from: own, to: String(parent), at: place, isOrdered: true)
    }
  }

  /// The pairs of points and words that stand from the last column on, without blank ones at the
  /// end.
  private static func ratings(of row: CatalogTable.Row, _ table: CatalogTable) -> JSONValue? {
    guard let column = table.column("ratings"), column < row.fields.count else { return nil }
    var cells = row.fields[column...]
    while let last = cells.last, last.isEmpty { cells.removeLast() }
    guard !cells.isEmpty else { return nil }
    return .array(cells.map { .string($0) })
  }
}
