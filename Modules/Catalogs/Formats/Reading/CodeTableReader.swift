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

  /// The headings that a table has for each field.
  private struct Columns {
    var code: String?
    var statement: String?
    var title: String?
    var catalog: String?
    var identifier: String?
    var parent: String?
    var levels: String?
    var subjects: String?
    var type: String?
    var notes: String?

    init(_ table: CatalogTable) {
      catalog = table.first(CodeTableReader.catalogs)
      identifier = table.first(CodeTableReader.identifiers)
      parent = table.first(CodeTableReader.parents)
      levels = table.first(CodeTableReader.levels)
      subjects = table.first(CodeTableReader.subjects)
      type = table.first(CodeTableReader.types)
      notes = table.first(CodeTableReader.notes)
      code = table.first(CodeTableReader.codes)
      statement = table.first(CodeTableReader.statements)
      // Where no heading says code, that of standards is one beside another for statements.
      if code == nil, let other = table.first(CodeTableReader.otherCodes) {
        let rest = CodeTableReader.statements.filter {
          $0 != other && !CodeTableReader.titles.contains($0)
        }
        if let text = table.first(rest) { (code, statement) = (other, text) }
      }
      title = table.first(CodeTableReader.titles.filter { $0 != statement })
    }

    var all: Set<String> {
      Set(
        [
          code, statement, title, catalog, identifier, parent, levels, subjects, type, notes,
        ].compactMap { $0 })
    }
  }

  private let table: CatalogTable
  private let columns: Columns
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
    let columns = Columns(table)
    return columns.code != nil && (columns.statement != nil || columns.catalog != nil)
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
    columns = Columns(table)
    let catalog = columns.catalog.flatMap { table.column($0) }
    groupColumns =
      (catalog.map { [$0] } ?? [])
      + table.headings.indices.filter { column in
        let name = CatalogTable.plain(table.headings[column])
        return CodeTableReader.groups.contains(name) && table.column(name) == column
      }
    known = CodeTableReader.groups.union(columns.all)
    builder = CatalogBuilder(.codeTable, file: table.file)
    builder.isCertain = CodeTableReader.isRecognized(table)
    builder.report(table.findings + table.widthFindings)
  }

  private mutating func readItem(_ row: CatalogTable.Row) {
    let place = table.place(row)
    let catalog = table.text(row, under: columns.catalog)
    let code = table.text(row, under: columns.code)
    var item = CatalogItem(members: JSONObject())
    // Codes are unique inside of a catalog at best.
    let own = table.text(row, under: columns.identifier)
    let made = code.map { code in catalog.map { "\($0)/\(code)" } ?? code }
    item.identifier = Identifier(own ?? made ?? "")
    item.code = code
    item.fullStatement = table.text(row, under: columns.statement)
    item.abbreviatedStatement = table.text(row, under: columns.title)
    item.itemType = table.text(row, under: columns.type)
    item.notes = table.text(row, under: columns.notes)
    item.educationLevels = words(row, columns.levels).map { SchoolLevel.code($0) }
    item.subjects = words(row, columns.subjects)
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
    if let above, table.text(row, under: columns.parent) == nil {
      builder.link(.isChildOf, from: identifier, to: above, at: place, isOrdered: true)
    }
  }

  private func words(_ row: CatalogTable.Row, _ column: String?) -> [String] {
    (table.text(row, under: column) ?? "").split { ",;|".contains($0) }
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
    guard let name = table.text(row, under: columns.parent) else { return }
    let owner = owners[[catalog ?? "", name]] ?? ""
    let parent = identifiers.contains(name) || owner.isEmpty ? name : owner
    builder.link(
      .isChildOf, from: identifier, to: parent, at: table.place(row), isOrdered: true)
  }
}
