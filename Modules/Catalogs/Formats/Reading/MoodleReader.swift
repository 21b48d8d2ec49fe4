internal import Domain

/// Reads the competency framework that Moodle exports.
enum MoodleReader {
  /// The columns in the order of Moodle, with the names under which they are looked up.
  static let columns = [
    "Parent id number", "Id number", "Shortname", "Description", "Description format",
    "Scale values", "Scale configuration", "Rule type (optional)", "Rule outcome (optional)",
    "Rule config (optional)", "Cross referenced competency id numbers", "Exported id (optional)",
    "Is framework", "Taxonomy",
  ]

  private static let known: Set<String> = [
    "parentidnumber", "idnumber", "shortname", "description",
    "crossreferencedcompetencyidnumbers", "isframework",
  ]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("shortname") && table.has("idnumber") && table.has("isframework", "parentidnumber")
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var builder = CatalogBuilder(.moodle, file: table.file)
    builder.isCertain = isRecognized(table)
    builder.report(table.findings + table.widthFindings)
    for row in table.rows {
      let isFramework = table.text(row, "isframework").map { $0 != "0" } ?? false
      if isFramework {
        readFramework(row, table, &builder)
      } else {
        readCompetency(row, table, &builder)
      }
    }
    return try builder.finish()
  }

  private static func readFramework(
    _ row: CatalogTable.Row, _ table: CatalogTable, _ builder: inout CatalogBuilder
  ) {
    let place = table.place(row)
    guard builder.document.identifier.isEmpty else {
      builder.report(
        .warning, "second_document",
        "A second row says that it is the framework; it is left out. Split the file.", at: place)
      return
    }
    var document = builder.document
    document.identifier = Identifier(table.text(row, "idnumber") ?? "")
    document.title = table.text(row, "shortname")
    document.summary = table.text(row, "description")
    builder.keep(table.rest(row, without: known), in: &document, at: place)
    builder.document = document
  }

  private static func readCompetency(
    _ row: CatalogTable.Row, _ table: CatalogTable, _ builder: inout CatalogBuilder
  ) {
    let place = table.place(row)
    var item = CatalogItem(members: JSONObject())
    let identifier = table.text(row, "idnumber") ?? ""
    item.identifier = Identifier(identifier)
    item.code = identifier.isEmpty ? nil : identifier
    let name = table.text(row, "shortname")
    let description = table.text(row, "description")
    item.fullStatement = description ?? name
    item.abbreviatedStatement = description == nil ? nil : name
    builder.keep(table.rest(row, without: known), in: &item, at: place)
    builder.add(item, at: place)
    guard let own = builder.items.last?.identifier.text else { return }
    if let parent = table.text(row, "parentidnumber") {
      builder.link(.isChildOf, from: own, to: parent, at: place, isOrdered: true)
    }
    let others = table.text(row, "crossreferencedcompetencyidnumbers") ?? ""
    for other in others.split(separator: ",") {
      let name = other.trimmingBlanks().replacing("%2C", with: ",")
      if !name.isEmpty { builder.link(.isRelatedTo, from: own, to: name, at: place) }
    }
  }
}

extension String {
  /// The text with each occurrence of a part replaced.
  func replacing(_ part: String, with other: String) -> String {
    guard let first = part.utf8.first, utf8.contains(first) else { return self }
    var result = ""
    var rest = self[...]
    while let index = rest.firstIndex(where: { $0 == part.first }) {
      result += rest[..<index]
      rest = rest[index...]
      if rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else if let character = rest.popFirst() {
        result.append(character)
      }
    }
    return result + rest
  }
}
