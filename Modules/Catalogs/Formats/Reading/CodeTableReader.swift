internal import Domain

/// Reads a plain table of codes and statements, as districts keep them: perhaps with columns for
/// what a statement stands under, such as strand and cluster, and for levels and subjects.
struct CodeTableReader {
  private static let codes = [
    "code", "standardcode", "standardnumber", "statementcode", "statementnotation", "standardid",
    "humancodingscheme", "notation", "targetcode", "learningtargetcode", "benchmarkcode",
  ]
  /// Headings of codes where no other heading is one.
  private static let otherCodes = ["standard", "benchmark", "target"]
  private static let statements = [
    "statement", "fullstatement", "standardstatement", "statementtext", "standardtext",
    "standarddescription", "description", "text", "learningtarget", "standard", "benchmark",
    "target", "title", "name", "standardname",
  ]
  private static let titles = ["title", "name", "standardname", "shortname"]
  private static let catalogs = [
    "catalog", "framework", "frameworktitle", "document", "documenttitle", "standardset",
  ]
  /// Headings of what statements stand under; the order of columns is that of the levels.
  private static let groups: Set<String> = [
    "strand", "substrand", "domain", "conceptualcategory", "category", "topic", "unit", "cluster",
  ]
  private static let identifiers = ["identifier", "id", "guid", "uuid", "caseid"]
  private static let parents = ["parent", "parentcode", "parentid", "parentstandard"]
  private static let levels = [
    "grade", "grades", "gradelevel", "gradelevels", "educationlevel", "level",
  ]
  private static let subjects = ["subject", "subjectarea", "contentarea"]
  private static let types = ["type", "itemtype", "statementtype", "kind"]
  private static let notes = ["notes", "note", "comment", "comments"]

  private let table: CatalogTable
  private let codeNames: [String]
  private let statementNames: [String]
  /// The columns of groups, outermost first.
  private let groupColumns: [Int]
  private let known: Set<String>
  private var builder: CatalogBuilder
  /// The identifiers of groups by their names from the outermost down.
  private var groupNames: [[String]: String] = [:]
  private var rows: [(row: CatalogTable.Row, catalog: String?, identifier: String)] = []
  private var identifiers: Set<String> = []
  /// Identifiers by catalog and code; blank where two items share them.
  private var owners: [[String]: String] = [:]

  static func isRecognized(_ table: CatalogTable) -> Bool {
    let (codes, statements) = columns(of: table)
    guard !codes.isEmpty else { return false }
    return !statements.isEmpty
      || (codes == Self.codes && catalogs.contains { table.has($0) })
  }

  /// The headings of codes and of statements in a table, blank where it has none.
  private static func columns(of table: CatalogTable) -> (codes: [String], statements: [String]) {
    let has = { (names: [String]) in names.contains { table.has($0) } }
    if has(codes) { return (codes, has(statements) ? statements : []) }
    // One column cannot be both.
    guard let code = otherCodes.first(where: { table.has($0) }) else {
      return ([], has(statements) ? statements : [])
    }
    let rest = statements.filter { $0 != code && !titles.contains($0) }
    return ([code], has(rest) ? statements.filter { $0 != code } : [])
  }

  /// Reads a table.
  static func read(_ table: CatalogTable) throws(CatalogsError) -> CatalogReading {
    var reader = CodeTableReader(table)
    for row in table.rows { reader.readItem(row) }
    for (row, catalog, identifier) in reader.rows { reader.readParent(row, catalog, identifier) }
    return try reader.builder.finish()
  }

  private init(_ table: CatalogTable) {
    self.table = table
    (codeNames, statementNames) = CodeTableReader.columns(of: table)
    let catalog = CodeTableReader.catalogs.compactMap { table.column($0) }.prefix(1)
    groupColumns =
      catalog
      + table.headings.indices.filter {
        CodeTableReader.groups.contains(CatalogTable.plain(table.headings[$0]))
      }
    let columns = [
      codeNames, statementNames, Self.titles, Self.catalogs, Self.identifiers, Self.parents,
      Self.levels, Self.subjects, Self.types, Self.notes,
    ]
    known = CodeTableReader.groups.union(columns.joined())
    builder = CatalogBuilder(.codeTable, file: table.file)
    builder.isCertain = CodeTableReader.isRecognized(table)
    builder.report(table.findings + table.widthFindings)
  }

  private mutating func readItem(_ row: CatalogTable.Row) {
    let place = table.place(row)
    let catalog = table.text(row, anyOf: Self.catalogs)
    let code = table.text(row, anyOf: codeNames)
    var item = CatalogItem(members: JSONObject())
    // Codes are unique inside of a catalog at best.
    let own = table.text(row, anyOf: Self.identifiers)
    let made = code.map { code in catalog.map { "\($0)/\(code)" } ?? code }
    item.identifier = Identifier(own ?? made ?? "")
    item.code = code
    item.fullStatement = table.text(row, anyOf: statementNames)
    let title = table.text(row, anyOf: Self.titles)
    if title != item.fullStatement { item.abbreviatedStatement = title }
    item.itemType = table.text(row, anyOf: Self.types)
    item.notes = table.text(row, anyOf: Self.notes)
    item.educationLevels = words(row, Self.levels).map { SchoolLevel.code($0) }
    item.subjects = words(row, Self.subjects)
    builder.keep(table.rest(row, without: known), in: &item, at: place)
    let above = group(row, place)
    builder.add(item, at: place)
    let identifier = builder.items.last?.identifier.text ?? ""
    rows.append((row, catalog, identifier))
    identifiers.insert(identifier)
    if let code {
      let key = [catalog ?? "", code]
      owners[key] = owners[key] == nil ? identifier : ""
    }
    if let above, table.text(row, anyOf: Self.parents) == nil {
      builder.link(.isChildOf, from: identifier, to: above, at: place, isOrdered: true)
    }
  }

  private func words(_ row: CatalogTable.Row, _ columns: [String]) -> [String] {
    (table.text(row, anyOf: columns) ?? "").split { ",;|".contains($0) }
      .map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
  }

  /// The innermost group of a row, with items for all groups that are new.
  private mutating func group(_ row: CatalogTable.Row, _ place: Place) -> String? {
    var path: [String] = []
    var above: String?
    for column in groupColumns where column < row.fields.count {
      let name = row.fields[column].trimmingBlanks()
      guard !name.isEmpty else { continue }
      path += [CatalogTable.plain(table.headings[column]), name]
      if let known = groupNames[path] {
        above = known
        continue
      }
      var item = CatalogItem(members: JSONObject())
      item.identifier = CatalogKey.derivedUUID([CatalogFormat.codeTable.rawValue] + path)
      item.itemType = table.headings[column]
      item.fullStatement = name
      builder.add(item, at: place)
      let identifier = item.identifier.text
      groupNames[path] = identifier
      if let above {
        builder.link(.isChildOf, from: identifier, to: above, at: place, isOrdered: true)
      }
      above = identifier
    }
    return above
  }

  private mutating func readParent(
    _ row: CatalogTable.Row, _ catalog: String?, _ identifier: String
  ) {
    guard let name = table.text(row, anyOf: Self.parents) else { return }
    let owner = owners[[catalog ?? "", name]] ?? ""
    let parent = identifiers.contains(name) || owner.isEmpty ? name : owner
    builder.link(
      .isChildOf, from: identifier, to: parent, at: table.place(row), isOrdered: true)
  }
}
