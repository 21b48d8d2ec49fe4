internal import Domain

/// Reads sheets of items of OpenSALT: one row an item, with its place as a `smartLevel` or as links
/// in columns named after the types of association.
struct OpenSALTReader {
  private static let known: Set<String> = [
    "identifier", "fullstatement", "humancodingscheme", "smartlevel", "listenumeration",
    "abbreviatedstatement", "conceptkeywords", "notes", "language", "educationlevel",
    "cfitemtype", "itemtype", "license", "lastchangedatetime", "sequencenumber", "uri",
    "alternativelabel", "subject",
  ]

  private let table: CatalogTable
  private var builder: CatalogBuilder
  private var rows: [(row: CatalogTable.Row, identifier: String)] = []
  private var identifiers: Set<String> = []
  /// Identifiers by code; blank where two items share one.
  private var codes: [String: String] = [:]
  private var levels: [String: String] = [:]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    table.has("fullstatement")
      && table.has("humancodingscheme", "smartlevel", "ischildof", "identifier")
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var reader = OpenSALTReader(table)
    reader.readItems()
    reader.readLinks()
    return try reader.builder.finish()
  }

  private init(_ table: CatalogTable) {
    self.table = table
    builder = CatalogBuilder(.openSALT, file: table.file)
    builder.isCertain = OpenSALTReader.isRecognized(table)
    builder.report(table.findings + table.widthFindings)
  }

  /// The columns that are links, with their types.
  private var linkColumns: [(column: Int, type: AssociationType)] {
    table.headings.indices.compactMap { column in
      let type = AssociationType(reading: table.headings[column])
      return AssociationType.standard.contains(type) ? (column, type) : nil
    }
  }

  private mutating func readItems() {
    let links = linkColumns.map { CatalogTable.plain(table.headings[$0.column]) }
    let known = Self.known.union(links)
    for row in table.rows {
      let place = table.place(row)
      var item = item(row)
      if let license = table.text(row, "license") {
        item.license = CatalogLink(title: license, identifier: Identifier(license))
      }
      builder.keep(table.rest(row, without: known), in: &item, at: place)
      builder.add(item, at: place)
      let identifier = builder.items.last?.identifier.text ?? ""
      rows.append((row, identifier))
      identifiers.insert(identifier)
      if let code = item.code { codes[code] = codes[code] == nil ? identifier : "" }
      if let level = table.text(row, "smartlevel") { levels[level] = identifier }
    }
  }

  private func item(_ row: CatalogTable.Row) -> CatalogItem {
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(table.text(row, "identifier") ?? "")
    item.uri = table.text(row, "uri")
    item.fullStatement = table.text(row, "fullstatement")
    item.code = table.text(row, "humancodingscheme")
    item.alternativeLabel = table.text(row, "alternativelabel")
    item.listEnumeration = table.text(row, "listenumeration")
    item.abbreviatedStatement = table.text(row, "abbreviatedstatement")
    item.keywords = words(row, "conceptkeywords", separators: "|,")
    item.notes = table.text(row, "notes")
    item.language = table.text(row, "language")
    item.educationLevels = words(row, "educationlevel", separators: ",|")
    item.subjects = words(row, "subject", separators: ",|")
    item.itemType = table.text(row, "cfitemtype", "itemtype")
    item.lastChangeText = table.text(row, "lastchangedatetime")
    return item
  }

  private func words(
    _ row: CatalogTable.Row, _ column: String, separators: String
  ) -> [String] {
    (table.text(row, column) ?? "").split { separators.contains($0) }.map { $0.trimmingBlanks() }
      .filter { !$0.isEmpty }
  }

  private mutating func readLinks() {
    let columns = linkColumns
    for (row, identifier) in rows {
      let place = table.place(row)
      if let level = table.text(row, "smartlevel") { stand(identifier, at: level, row) }
      for (column, type) in columns where column < row.fields.count {
        for name in row.fields[column].split(separator: "|") {
          let target = name.trimmingBlanks()
          guard !target.isEmpty else { continue }
          let number = type == .isChildOf ? table.text(row, "sequencenumber") : nil
          builder.link(type, from: CatalogBuilder.end(identifier), to: end(target), at: place) {
            $0.sequenceNumber = number.flatMap { Int64($0.trimmingBlanks()) }
          }
        }
      }
    }
  }

  /// Links an item to the one whose level is its own without the last number.
  private mutating func stand(
    _ identifier: String, at level: String, _ row: CatalogTable.Row
  ) {
    guard let cut = level.lastIndex(of: ".") else { return }
    let above = String(level[..<cut])
    let number = Int64(level[level.index(after: cut)...])
    guard let parent = levels[above] else {
      builder.report(
        .warning, "dangling_link",
        "\(identifier) stands at \(level), but no row stands at \(above); add it.",
        at: table.place(row))
      return
    }
    builder.link(
      .isChildOf, from: CatalogBuilder.end(identifier), to: CatalogBuilder.end(parent),
      at: table.place(row)
    ) { $0.sequenceNumber = number }
  }

  /// What a cell names: an identifier, a code that one item has, an address, or a code elsewhere.
  private func end(_ text: String) -> CatalogLink {
    if identifiers.contains(text) { return CatalogLink(identifier: Identifier(text)) }
    if let found = codes[text], !found.isEmpty {
      return CatalogLink(identifier: Identifier(found))
    }
    return CatalogBuilder.end(text)
  }
}
