internal import Domain

/// The items of a compiled catalog, decoded from one text.
///
/// The first line is about the catalog: edition, hash of its content, identifier, title, publisher,
/// language. Each other line is an item, in the publisher's order: index, identifier, code, type,
/// levels between unit separators (U+001F), index of the parent, indexes of prerequisites between blanks, `r` when it is
/// retired, statement. Parts are between tabs.
public struct StandardTable: Sendable {
  struct Row: Sendable {
    var index: Int
    var identifier: Identifier
    var code: String
    var itemType: String
    var levels: [String]
    var parent: Int?
    var prerequisites: [Int]
    var isRetired: Bool
    var statement: String
  }

  let rows: [Row]
  private let head: [String]
  private let places: [Int: Int]
  private let identifiers: [CatalogKey: Int]
  private let codes: [String: [Int]]
  private let below: [Int: [Int]]

  /// The edition, in the publisher's words.
  public var edition: String { part(0) }
  /// SHA-256 of the catalog that the text was made from.
  public var contentHash: String { part(1) }

  /// Decodes a text that the generator wrote.
  ///
  /// Lines that it did not write are passed over.
  ///
  /// - Complexity: O(*n*).
  public init(_ text: StaticString) {
    self.init(decoding: text.description)
  }

  package init(decoding text: String) {
    var lines = text.utf8.split(separator: 0x0A)[...]
    head = lines.popFirst().map { StandardTable.cells($0) } ?? []
    var rows: [Row] = []
    rows.reserveCapacity(lines.count)
    for line in lines {
      let cells = StandardTable.cells(line)
      guard cells.count == 9, let index = Int(cells[0]) else { continue }
      rows.append(
        Row(
          index: index, identifier: Identifier(cells[1]), code: cells[2], itemType: cells[3],
          levels: cells[4].split(separator: "\u{1F}").map(String.init), parent: Int(cells[5]),
          prerequisites: cells[6].split(separator: " ").compactMap { Int($0) },
          isRetired: cells[7] == "r", statement: cells[8]))
    }
    self.rows = rows
    var (places, identifiers): ([Int: Int], [CatalogKey: Int]) = ([:], [:])
    var (codes, below): ([String: [Int]], [Int: [Int]]) = ([:], [:])
    for (place, row) in rows.enumerated() {
      places[row.index] = place
      identifiers[CatalogKey(row.identifier)] = row.index
      guard !row.isRetired else { continue }
      if !row.code.isEmpty { codes[CodeName.cleaned(row.code), default: []].append(row.index) }
      if let parent = row.parent { below[parent, default: []].append(row.index) }
    }
    (self.places, self.identifiers) = (places, identifiers)
    (self.codes, self.below) = (codes, below)
  }

  private static func cells(_ line: Substring.UTF8View) -> [String] {
    line.split(separator: 0x09, omittingEmptySubsequences: false).map {
      TableText.unescaped(Substring($0))
    }
  }

  private func part(_ index: Int) -> String { index < head.count ? head[index] : "" }

  func row(_ index: Int) -> Row? { places[index].map { rows[$0] } }

  func index(of identifier: Identifier) -> Int? { identifiers[CatalogKey(identifier)] }

  func indexes(ofCode code: String) -> [Int] { codes[CodeName.cleaned(code)] ?? [] }

  func children(of index: Int) -> [Int] { below[index] ?? [] }

  /// The catalog that the text was made from, without what generated code does not carry.
  public var catalog: Catalog {
    var document = CatalogDocument(members: JSONObject())
    document.identifier = Identifier(part(2))
    document.title = part(3)
    document.publisher = part(4).isEmpty ? nil : part(4)
    document.language = part(5).isEmpty ? nil : part(5)
    document.edition = edition.isEmpty ? nil : edition
    var catalog = Catalog(document: document)
    for row in rows where !row.isRetired {
      var item = CatalogItem(members: JSONObject())
      item.identifier = row.identifier
      item.fullStatement = row.statement
      if !row.code.isEmpty { item.code = row.code }
      if !row.itemType.isEmpty { item.itemType = row.itemType }
      item.educationLevels = row.levels
      catalog.items.append(item)
      let parent = row.parent.flatMap { self.row($0)?.identifier } ?? document.identifier
      catalog.associations.append(
        StandardTable.link(.isChildOf, row.identifier, parent, document.identifier))
      for index in row.prerequisites {
        guard let before = self.row(index)?.identifier else { continue }
        catalog.associations.append(
          StandardTable.link(.precedes, before, row.identifier, document.identifier))
      }
    }
    return catalog
  }

  private static func link(
    _ type: AssociationType, _ origin: Identifier, _ destination: Identifier,
    _ document: Identifier
  ) -> CatalogAssociation {
    var association = CatalogAssociation(members: JSONObject())
    association.type = type
    association.origin = CatalogLink(identifier: origin)
    association.destination = CatalogLink(identifier: destination)
    association.identifier = association.stableIdentifier(in: document)
    return association
  }
}
