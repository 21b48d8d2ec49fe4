internal import Domain

/// Reads a table of pairs: what comes first, what builds on it, and perhaps what the link says and
/// why. The items are what the pairs name.
struct EdgeListReader {
  private static let identifiers = ["identifier", "id"]

  private let table: CatalogTable
  private let ends: (first: String, second: String)
  // The headings that this table has for what links say.
  private let type: String?
  private let reason: String?
  private let identifier: String?
  private let known: Set<String>
  private var builder: CatalogBuilder
  private var names: Set<String> = []
  private var pairs = LinkPairs()

  /// Whether the headings are those of pairs and no others: `from` and `to` stand in tables of many
  /// kinds.
  static func isRecognized(_ table: CatalogTable) -> Bool {
    guard let ends = ends(of: table) else { return false }
    // Tables of times have a begin and an end too.
    if ends.first == "begin", !LinkWord.types.contains(where: { table.has($0) }) { return false }
    let known = known(ends)
    return table.headings.allSatisfy { known.contains(CatalogTable.plain($0)) || $0.isEmpty }
  }

  private static func ends(of table: CatalogTable) -> (first: String, second: String)? {
    LinkWord.ends.first { table.has($0.first) && table.has($0.second) }
  }

  private static func known(_ ends: (first: String, second: String)) -> Set<String> {
    Set([ends.first, ends.second] + LinkWord.types + LinkWord.reasons + identifiers)
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    guard let ends = ends(of: table) else {
      let pairs = LinkWord.ends.map { "\($0.first) and \($0.second)" }.joined(separator: "; ")
      throw CatalogsError(
        .notACatalog, "The table has no headings for both ends of links: \(pairs). Name two.",
        at: Place(file: table.file, line: 1))
    }
    var reader = EdgeListReader(table, ends)
    for row in table.rows { reader.read(row) }
    reader.builder.report(reader.pairs)
    return try reader.builder.finish()
  }

  private init(_ table: CatalogTable, _ ends: (first: String, second: String)) {
    self.table = table
    self.ends = ends
    type = table.first(LinkWord.types)
    reason = table.first(LinkWord.reasons)
    identifier = table.first(EdgeListReader.identifiers)
    known = Set([ends.first, ends.second, type, reason, identifier].compactMap { $0 })
    builder = CatalogBuilder(.edgeList, file: table.file)
    builder.isCertain = true
    builder.report(table.findings + table.widthFindings)
  }

  private mutating func read(_ row: CatalogTable.Row) {
    let place = table.place(row)
    let texts = [ends.first, ends.second].map { table.text(row, $0) }
    for case let name? in texts { add(name, place) }
    guard let first = texts[0], let second = texts[1] else {
      builder.report(
        .error, "shape",
        "The row lacks \(texts[0] == nil ? ends.first : ends.second); no link is read. Add it.",
        at: place)
      return
    }
    let meaning =
      table.text(row, under: type).map { LinkWord.meaning($0) }
      ?? RelationName.Meaning(type: .precedes, isSwapped: false)
    guard pairs.isNew(meaning.type, first, second) else { return }
    let ordered = meaning.isSwapped ? [second, first] : [first, second]
    let reason = table.text(row, under: self.reason)
    let identifier = table.text(row, under: self.identifier)
    let rest = table.rest(row, without: known)
    builder.link(
      meaning.type, from: CatalogBuilder.end(ordered[0]), to: CatalogBuilder.end(ordered[1]),
      at: place
    ) { association in
      if let identifier { association.identifier = Identifier(identifier) }
      association.setText("notes", reason)
      guard !rest.isEmpty else { return }
      association.extensions = JSONObject(
        rest.map { .init("\(CatalogFormat.edgeList.rawValue).\($0.heading)", .string($0.text)) })
    }
  }

  /// Adds an item for an end that is met for the first time. Its name is all that the file says
  /// about it.
  private mutating func add(_ name: String, _ place: Place) {
    guard names.insert(name).inserted else { return }
    var item = CatalogItem(members: JSONObject())
    item.identifier = Identifier(name)
    item.fullStatement = name
    if CatalogLink.isAddress(name) {
      item.uri = name
    } else if !CASEText.isUUID(name) {
      item.code = name
    }
    builder.add(item, at: place)
  }
}
