internal import Domain

/// Gathers what a file says into a catalog, and finds what is wrong with it.
///
/// Whatever the format, items keep the identifiers of the file, links become associations from
/// child to parent and from prerequisite to dependent, and what the model has no field for stays in
/// `extensions` under the name that the file gives it.
struct CatalogBuilder {
  private struct Edge: Hashable {
    var type: String
    var origin: CatalogKey
    var destination: CatalogKey
  }

  let format: CatalogFormat
  let file: String?
  var document = CatalogDocument(members: JSONObject())
  var definitions = CatalogDefinitions()
  var rubrics: [CatalogRubric] = []
  /// Whether the file is of the format even when it has no item, as a table with its headings is.
  var isCertain = false
  private(set) var items: [CatalogItem] = []
  private(set) var associations: [CatalogAssociation] = []
  private(set) var findings: [Problem] = []
  private(set) var itemPlaces: [Place] = []
  private(set) var associationPlaces: [Place] = []
  private var edges: Set<Edge> = []
  private var orders: [CatalogKey: Int] = [:]
  private var kept: [String: (count: Int, place: Place)] = [:]
  private var keptNames: [String] = []

  init(_ format: CatalogFormat, file: String?) {
    self.format = format
    self.file = file
  }

  /// The place of an object of a JSON text.
  func place(_ object: JSONObject, _ pointer: String? = nil) -> Place {
    Place(
      file: file, line: object.line > 0 ? Int(object.line) : nil,
      column: object.column > 0 ? Int(object.column) : nil, pointer: pointer)
  }

  mutating func report(
    _ severity: Severity, _ code: String, _ message: String, at place: Place
  ) {
    findings.append(Problem(severity, Problem.Code("catalog.\(code)"), message, at: place))
  }

  mutating func report(_ problems: [Problem]) { findings += problems }

  /// Adds an item; one without an identifier gets the one that follows from what it says.
  mutating func add(_ item: CatalogItem, at place: Place) {
    var item = item
    if item.identifier.isEmpty {
      let text = String(decoding: JSONValue.object(item.members).text(.canonical), as: UTF8.self)
      item.identifier = CatalogKey.derivedUUID([format.rawValue, text])
      report(
        .warning, "missing_identifier",
        "The item \"\(item.statement.prefix(60))\" has no identifier; it gets \(item.identifier), "
          + "which changes with its text. Give it one.", at: place)
    }
    items.append(item)
    itemPlaces.append(place)
  }

  /// Adds a link, unless it is there.
  ///
  /// - Parameters:
  ///   - place: Where the file says it.
  ///   - isOrdered: Whether the order of the file is that of siblings; then the link gets the next
  ///     sequence number below its destination.
  ///   - change: Sets more members.
  mutating func link(
    _ type: AssociationType, from origin: CatalogLink, to destination: CatalogLink,
    at place: Place, isOrdered: Bool = false,
    change: (inout CatalogAssociation) -> Void = { _ in }
  ) {
    let edge = Edge(
      type: type.name, origin: CatalogKey(origin.identifier),
      destination: CatalogKey(destination.identifier))
    guard edges.insert(edge).inserted else { return }
    var association = CatalogAssociation(members: JSONObject())
    association.type = type
    association.origin = origin
    association.destination = destination
    if isOrdered {
      let order = orders[edge.destination, default: 0] + 1
      orders[edge.destination] = order
      association.sequenceNumber = Int64(order)
    }
    change(&association)
    associations.append(association)
    associationPlaces.append(place)
  }

  /// Adds a link between identifiers.
  mutating func link(
    _ type: AssociationType, from origin: String, to destination: String, at place: Place,
    isOrdered: Bool = false
  ) {
    link(
      type, from: CatalogBuilder.end(origin), to: CatalogBuilder.end(destination), at: place,
      isOrdered: isOrdered)
  }

  /// An end that is named by an identifier, which may be an address.
  static func end(_ text: String) -> CatalogLink {
    CatalogLink(identifier: Identifier(text), uri: CatalogLink.isAddress(text) ? text : nil)
  }

  /// Keeps members that the model has no field for in `extensions`, under their own names.
  mutating func keep<Part: CatalogObject>(
    _ members: [JSONObject.Member], in part: inout Part, at place: Place
  ) {
    guard !members.isEmpty else { return }
    var extensions = part.extensions
    for member in members {
      extensions[member.name] = member.value
      if kept[member.name] == nil { keptNames.append(member.name) }
      kept[member.name, default: (0, place)].count += 1
    }
    part.extensions = extensions
  }

  /// Keeps members that belong to no item.
  mutating func keepInDocument(_ members: [JSONObject.Member], at place: Place) {
    var document = document
    keep(members, in: &document, at: place)
    self.document = document
  }

  /// Keeps cells that the model has no field for.
  mutating func keep<Part: CatalogObject>(
    _ cells: [(heading: String, text: String)], in part: inout Part, at place: Place
  ) {
    keep(
      cells.map { JSONObject.Member("\(format.rawValue).\($0.heading)", .string($0.text)) },
      in: &part, at: place)
  }

  /// The catalog with the findings about all of it.
  ///
  /// Items without a parent stand under the document, in the order of the file.
  ///
  /// - Complexity: O(items + associations).
  mutating func finish() throws(CatalogsError) -> CatalogReading {
    guard !items.isEmpty || isCertain || !document.members.members.isEmpty else {
      throw CatalogsError(
        .notACatalog, "The file has nothing that \(format.title) calls an item.",
        at: Place(file: file, line: 1))
    }
    if items.isEmpty {
      report(.warning, "no_items", "The catalog has no items.", at: Place(file: file))
    }
    nameDocument()
    putUnderDocument()
    for name in keptNames {
      guard let (count, place) = kept[name] else { continue }
      report(
        .note, "kept_field",
        "\"\(name)\" has no field of its own (\(count) times); it is kept in extensions.",
        at: place)
    }
    findings += CatalogChecks(self).problems
    var catalog = Catalog(document: document, version: .v1p1)
    catalog.items = items
    catalog.associations = associations
    catalog.definitions = definitions
    catalog.rubrics = rubrics
    return CatalogReading(catalog: catalog, findings: findings, format: format)
  }

  private mutating func nameDocument() {
    let stated = document.title
    if stated == nil { document.title = CatalogBuilder.title(of: file) ?? format.title }
    guard document.identifier.isEmpty else { return }
    // The items name it better than a file that may be renamed.
    let names = items.prefix(100).map(\.identifier.text)
    document.identifier = CatalogKey.derivedUUID([format.rawValue, stated ?? ""] + names)
    report(
      .note, "no_document",
      "The file does not say which catalog it is; it gets the identifier \(document.identifier).",
      at: Place(file: file))
  }

  /// The name of a file without its folders and what follows the first dot.
  private static func title(of file: String?) -> String? {
    guard let name = file?.split(separator: "/").last, name != "-" else { return nil }
    let stem = name.prefix { $0 != "." }
    return stem.isEmpty ? nil : String(stem)
  }

  private mutating func putUnderDocument() {
    let children = Set(
      associations.lazy.filter { $0.type == .isChildOf }.compactMap {
        ($0.origin?.identifier).map { CatalogKey($0) }
      })
    let root = CatalogLink(identifier: document.identifier, uri: document.uri)
    for (item, place) in zip(items, itemPlaces)
    where !children.contains(CatalogKey(item.identifier)) {
      link(
        .isChildOf, from: CatalogLink(identifier: item.identifier, uri: item.uri), to: root,
        at: place, isOrdered: true)
    }
  }
}
