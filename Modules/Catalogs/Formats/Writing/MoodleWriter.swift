internal import Domain

/// Writes a competency framework that Moodle imports.
struct MoodleWriter {
  /// The most characters that id numbers and short names have in Moodle.
  private static let limit = 100

  private let catalog: Catalog
  private let parents: [CatalogKey: [CatalogKey]]
  /// What items are called in the file, where not as in the catalog.
  private(set) var names: [CatalogKey: CatalogKey] = [:]
  private var written: [CatalogKey: String] = [:]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    parents = catalog.parents
    for item in catalog.items {
      let key = CatalogKey(item.identifier)
      let name = MoodleWriter.idNumber(item.identifier.text)
      written[key] = name
      if name != item.identifier.text { names[key] = CatalogKey(Identifier(name)) }
    }
  }

  private static func idNumber(_ text: String) -> String {
    text.count <= limit ? text : CatalogKey.derivedUUID(["moodle", text]).text
  }

  /// The file: the framework, then the items, each after what it stands under.
  func write() -> CatalogTable {
    let related = related()
    let rows = [framework()] + catalog.outline.map { row(catalog.items[$0.item], related) }
    return CatalogTable(headings: MoodleReader.columns, cells: rows)
  }

  private func extra<Part: CatalogObject>(_ part: Part, _ column: Int) -> String {
    part.extensions["moodle.\(MoodleReader.columns[column])"]?.string ?? ""
  }

  private func framework() -> [String] {
    let document = catalog.document
    var cells = MoodleReader.columns.indices.map { extra(document, $0) }
    cells[0] = ""
    cells[1] = MoodleWriter.idNumber(document.identifier.text)
    cells[2] = (document.title ?? document.identifier.text).cut(to: MoodleWriter.limit)
    cells[3] = document.summary ?? ""
    cells[10] = ""
    cells[12] = "1"
    // A framework needs a scale and words for its depths; these are Moodle's own.
    if cells[4].isEmpty { cells[4] = "1" }
    if cells[5].isEmpty {
      cells[5] = "Not yet competent,Competent"
      cells[6] = #"[{"scaleid":"1"},{"id":2,"scaledefault":1,"proficient":1}]"#
    }
    if cells[13].isEmpty {
      cells[13] = [String](repeating: "competency", count: 4).joined(separator: ",")
    }
    return cells
  }

  private func row(_ item: CatalogItem, _ related: [CatalogKey: [String]]) -> [String] {
    let key = CatalogKey(item.identifier)
    let identifier = written[key] ?? ""
    var cells = MoodleReader.columns.indices.map { extra(item, $0) }
    let root = CatalogKey(catalog.identifier)
    let above = parents[key] ?? []
    // Of several parents the first inside of the catalog is the one.
    let parent = above.first { written[$0] != nil } ?? above.first { $0 != root }
    cells[0] = parent.map { written[$0] ?? $0.description } ?? ""
    cells[1] = identifier
    let code = item.code == item.identifier.text ? nil : item.code
    let name = code ?? item.abbreviatedStatement ?? item.statement
    cells[2] = (name.isEmpty ? identifier : name).cut(to: MoodleWriter.limit)
    cells[3] = item.fullStatement.map { $0 == cells[2] ? "" : $0 } ?? ""
    if item.abbreviatedStatement != nil, code == nil { cells[3] = item.fullStatement ?? "" }
    cells[10] = (related[key] ?? []).joined(separator: ",")
    cells[12] = ""
    return cells
  }

  /// The id numbers of what each item is related to.
  private func related() -> [CatalogKey: [String]] {
    var related: [CatalogKey: [String]] = [:]
    for association in catalog.associations where association.type == .isRelatedTo {
      guard let origin = association.origin, let destination = association.destination else {
        continue
      }
      let key = CatalogKey(destination.identifier)
      let name = written[key] ?? destination.identifier.text
      related[CatalogKey(origin.identifier), default: []].append(name.replacing(",", with: "%2C"))
    }
    return related
  }
}
