internal import Domain

/// Writes outcomes that Canvas imports.
struct CanvasWriter {
  private let catalog: Catalog
  private let parents: [CatalogKey: [CatalogKey]]
  private let hasChildren: Set<CatalogKey>
  /// What items are called in the file, where not as in the catalog.
  private(set) var names: [CatalogKey: CatalogKey] = [:]
  private var written: [CatalogKey: String] = [:]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    parents = catalog.parents
    hasChildren = Set(parents.values.joined())
    for item in catalog.items {
      let key = CatalogKey(item.identifier)
      let name = CanvasWriter.guid(item.identifier.text)
      written[key] = name
      if name != item.identifier.text { names[key] = CatalogKey(Identifier(name)) }
    }
  }

  /// An identifier without blanks, which part parents.
  private static func guid(_ text: String) -> String {
    let isShort = text.utf8.count <= 255
    return isShort && !text.isEmpty && !text.contains(where: \.isWhitespace)
      ? text : CatalogKey.derivedUUID(["canvas", text]).text
  }

  /// The file, with parents before their children.
  func write() -> CatalogTable {
    let rows = order()
    let ratings = rows.map { CanvasWriter.ratings(of: catalog.items[$0]) }
    let width = CanvasReader.columns.count + max(0, (ratings.map(\.count).max() ?? 0) - 1)
    var cells: [[String]] = []
    var seen: Set<CatalogKey> = []
    for (index, ratings) in zip(rows, ratings) {
      let item = catalog.items[index]
      cells.append(CanvasWriter.filled(row(item, seen) + ratings, to: width))
      seen.insert(CatalogKey(item.identifier))
    }
    return CatalogTable(
      headings: CanvasWriter.filled(CanvasReader.columns, to: width), cells: cells)
  }

  private static func filled(_ cells: [String], to width: Int) -> [String] {
    cells + [String](repeating: "", count: max(0, width - cells.count))
  }

  private static func ratings(of item: CatalogItem) -> [String] {
    item.extensions["canvas.ratings"]?.array?.compactMap(\.string) ?? []
  }

  private func row(_ item: CatalogItem, _ seen: Set<CatalogKey>) -> [String] {
    let key = CatalogKey(item.identifier)
    let extra = { (name: String) in item.extensions["canvas.\(name)"]?.string ?? "" }
    let isGroup = hasChildren.contains(key) || item.itemType == "group"
    let above = (parents[key] ?? []).filter { seen.contains($0) }.compactMap { written[$0] }
    return [
      written[key] ?? "", isGroup ? "group" : "outcome",
      item.code ?? item.abbreviatedStatement ?? item.statement.cut(to: 255),
      item.fullStatement ?? "", item.abbreviatedStatement ?? "", extra("calculation_method"),
      extra("calculation_int"), extra("workflow_state"), above.joined(separator: " "),
      extra("mastery_points"),
    ]
  }

  /// The items so that each comes after all that it stands under, otherwise in the order of the
  /// publisher. On a cycle of parents the item that is met first comes first.
  private func order() -> [Int] {
    var numbers: [CatalogKey: Int] = [:]
    for (index, item) in catalog.items.enumerated() {
      let key = CatalogKey(item.identifier)
      if numbers[key] == nil { numbers[key] = index }
    }
    var isSeen = [Bool](repeating: false, count: catalog.items.count)
    var order: [Int] = []
    for (start, _) in catalog.outline where !isSeen[start] {
      var stack = [(item: start, isOpen: false)]
      while let (item, isOpen) = stack.popLast() {
        if isOpen {
          order.append(item)
          continue
        }
        guard !isSeen[item] else { continue }
        isSeen[item] = true
        stack.append((item, true))
        let above = parents[CatalogKey(catalog.items[item].identifier)] ?? []
        stack += above.reversed().compactMap { numbers[$0] }.map { ($0, false) }
      }
    }
    return order
  }
}
