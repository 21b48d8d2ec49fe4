internal import Domain
internal import Scanning

extension PrerequisiteGraph {
  /// Reads the prerequisites of a CASE package, and nothing else of it.
  ///
  /// Nothing is built of statements and unknown members: a graph of 250,000 items and 456,000
  /// prerequisites takes some 210 MB beside its file. All shapes that the reader of catalogs takes
  /// are accepted too. Ties in ``path(to:known:)`` are broken by sequence number, school level and
  /// code.
  ///
  /// - Parameters:
  ///   - bytes: The file: JSON in UTF-8 or UTF-16.
  ///   - file: Its name, for errors.
  /// - Throws: ``CatalogsError`` when the file is no JSON or has neither document nor items.
  /// - Complexity: O(*n*) in bytes, O(*n* log *n*) in items.
  public static func reading(
    case bytes: [UInt8], file: String? = nil
  ) throws(CatalogsError) -> PrerequisiteGraph {
    let text = try CatalogText.utf8(bytes, file: file)
    let result: Result<PrerequisiteGraph, CatalogsError> = unsafe text.withUnsafeBytes { buffer in
      var stream = GraphStream()
      do throws(ScanningError) {
        try unsafe stream.read(buffer)
      } catch {
        return .failure(CatalogText.error(error, "JSON", file: file))
      }
      guard stream.isPackage else {
        return .failure(
          CatalogsError(
            .notACatalog,
            "The file has neither CFDocument nor CFItems; a CASE package is one object with both.",
            at: Place(file: file, line: 1)))
      }
      return .success(stream.graph())
    }
    return try result.get()
  }
}

/// Takes identifiers and links out of a package while its tokens pass.
private struct GraphStream {
  /// What an object or list is.
  private enum Part: UInt8 {
    case other, package, document, license, items, item, associations, association, origin,
      destination
  }

  private struct Open {
    var part: Part
    var isArray: Bool
  }

  /// The names that mean something.
  private enum Name {
    case other, package, document, license, items, item, associations, association, origin,
      destination, identifier, originIdentifier, destinationIdentifier, type, sequence, code,
      enumeration, level, title, uri, version

    private static let table: [String: Name] = [
      "CFPackage": .package, "CFDocument": .document, "licenseURI": .license, "CFItems": .items,
      "CFItemSet": .items, "CFItem": .item, "CFAssociations": .associations,
      "CFAssociationSet": .associations, "CFAssociation": .association, "originNodeURI": .origin,
      "destinationNodeURI": .destination, "identifier": .identifier, "sourcedId": .identifier,
      "originNodeIdentifier": .originIdentifier,
      "destinationNodeIdentifier": .destinationIdentifier, "associationType": .type,
      "sequenceNumber": .sequence, "humanCodingScheme": .code, "listEnumeration": .enumeration,
      "educationLevel": .level, "educationalLevel": .level, "title": .title, "uri": .uri,
      "version": .version,
    ]

    init(_ text: UnsafeRawBufferPointer) {
      self = unsafe Name.table[String(decoding: text, as: UTF8.self)] ?? .other
    }
  }

  private struct Link {
    var type: AssociationType
    var association: String
    var origin: String
    var destination: String
  }

  private(set) var isPackage = false
  private var builder = PrerequisiteGraphBuilder()
  private var source = CatalogSource(document: "")
  private var open: [Open] = []
  private var name = Name.other
  private var isInArray = false
  // The object that is being read.
  private var identifier = ""
  private var code = ""
  private var enumeration = ""
  private var levels: [String] = []
  private var sequence: Int64?
  private var type = AssociationType("")
  /// The type that was read last: most are the same.
  private var lastType = (text: "", type: AssociationType(""))
  private var ends = (origin: "", destination: "")
  private var addresses = (origin: "", destination: "")
  private var uri = ""
  // What has been read.
  private var order: [CatalogOrder] = []
  private var sequences: [CatalogKey: Int64] = [:]
  private var waiting: [Link] = []

  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ScanningError) {
    var reader = JSONReader(limits: CatalogText.limits)
    try unsafe reader.open(bytes)
    while true {
      switch try reader.next() {
      case .beginObject: begin(isArray: false)
      case .beginArray: begin(isArray: true)
      case .endObject, .endArray: end()
      case .key:
        guard let part = open.last?.part, part != .other else { continue }
        name = unsafe Name(reader.text)
        if part == .package, name == .document || name == .items { isPackage = true }
      case .string, .number:
        if let last = open.last, last.part != .other { take(last, CatalogText.string(reader)) }
      case .true, .false, .null: continue
      case .end: return
      }
    }
  }

  private mutating func begin(isArray: Bool) {
    let part = part(isArray: isArray)
    open.append(Open(part: part, isArray: isArray))
    switch part {
    case .item where !isArray:
      (identifier, code, enumeration, levels) = ("", "", "", [])
    case .association where !isArray:
      (identifier, type, sequence, ends, addresses) = ("", "", nil, ("", ""), ("", ""))
    default: break
    }
  }

  /// What begins inside of the part that is open, under the name that came last.
  private func part(isArray: Bool) -> Part {
    guard let outer = open.last else { return isArray ? .other : .package }
    switch (outer.part, name) {
    case (.package, .package): return isArray ? .other : .package
    case (.package, .document), (.document, .document): return isArray ? .other : .document
    case (.document, .license): return isArray ? .other : .license
    case (.package, .items): return .items
    case (.package, .associations): return .associations
    case (.items, _):
      if outer.isArray { return isArray ? .other : .item }
      return name == .items ? .items : .other
    case (.associations, _):
      if outer.isArray { return isArray ? .other : .association }
      return name == .associations ? .associations : .other
    case (.item, .item) where !isArray && !outer.isArray: return .item
    case (.item, .level) where isArray && !outer.isArray: return .item
    case (.association, .association): return isArray ? .other : .association
    case (.association, .origin): return isArray ? .other : .origin
    case (.association, .destination): return isArray ? .other : .destination
    default: return .other
    }
  }

  private mutating func end() {
    guard let closed = open.popLast(), !closed.isArray else {
      name = .other
      return
    }
    switch closed.part {
    case .item where !identifier.isEmpty: addItem()
    case .association: addLink()
    case .license where source.license == nil: source.license = uri.isEmpty ? nil : uri
    default: break
    }
    name = .other
  }

  /// Takes a text or number inside of a part.
  private mutating func take(_ outer: Open, _ text: String) {
    guard !text.isEmpty else { return }
    switch (outer.part, name) {
    case (.item, _) where outer.isArray: levels.append(text)
    case (.item, .identifier), (.association, .identifier): identifier = text
    case (.item, .code): code = text
    case (.item, .enumeration): enumeration = text
    case (.item, .level):
      levels = text.split(separator: ",").map { $0.trimmingBlanks() }
    case (.association, .type):
      if text != lastType.text { lastType = (text, AssociationType(reading: text)) }
      type = lastType.type
    case (.association, .sequence): sequence = Int64(text.trimmingBlanks())
    case (.association, .originIdentifier), (.origin, .identifier): ends.origin = text
    case (.association, .destinationIdentifier), (.destination, .identifier):
      ends.destination = text
    case (.association, .origin), (.origin, .uri): addresses.origin = text
    case (.association, .destination), (.destination, .uri): addresses.destination = text
    case (.document, .identifier): source.document = Identifier(text)
    case (.document, .title): source.title = text
    case (.document, .version): source.edition = text
    case (.license, .title): source.license = text
    case (.license, .uri): uri = text
    default: break
    }
  }

  private mutating func addItem() {
    let number = builder.addItem(Identifier(identifier))
    if number == order.count {
      order.append(
        CatalogOrder(levels: levels, code: code.isEmpty ? enumeration : code, sequence: nil))
    }
    identifier = ""
  }

  private mutating func addLink() {
    // An address names what its last segment names, as links of catalogs do.
    func end(_ text: String, _ address: String) -> String {
      guard text.isEmpty, !address.isEmpty else { return text }
      return CatalogLink(.string(address))?.identifier.text ?? ""
    }
    let (origin, destination) = (
      end(ends.origin, addresses.origin), end(ends.destination, addresses.destination)
    )
    defer { (type, ends, addresses) = ("", ("", ""), ("", "")) }
    guard !origin.isEmpty, !destination.isEmpty else { return }
    if type == .isChildOf {
      if let sequence {
        let key = CatalogKey(Identifier(origin))
        if sequences[key] == nil { sequences[key] = sequence }
      }
      return
    }
    guard PrerequisiteGraphBuilder.demand(of: type) != nil else { return }
    waiting.append(
      Link(type: type, association: identifier, origin: origin, destination: destination))
    identifier = ""
    // Packages name their items first; then links need not wait.
    if !order.isEmpty, waiting.count >= 4_096 { settle(final: false) }
  }

  /// Adds the links whose ends are there; the last time all of them.
  private mutating func settle(final: Bool) {
    let source = max(0, builder.sources.count - 1)
    if builder.sources.isEmpty { _ = builder.addSource(self.source) }
    var rest: [Link] = []
    for link in waiting {
      let ends = (Identifier(link.origin), Identifier(link.destination))
      guard final || (builder.has(ends.0) && builder.has(ends.1)) else {
        rest.append(link)
        continue
      }
      var association = Identifier(link.association)
      if association.isEmpty {
        association = CatalogKey.derivedUUID([
          self.source.document.text, link.type.name, link.origin, link.destination,
        ])
      }
      builder.addLink(
        link.type, from: ends.0, to: ends.1, association: association, source: source)
    }
    waiting = rest
  }

  mutating func graph() -> PrerequisiteGraph {
    settle(final: true)
    builder.sources[0] = source
    for (key, sequence) in sequences {
      if let number = builder.numbers[key] { order[Int(number)].sequence = sequence }
    }
    let sorted = order.indices.sorted { (order[$0], $0) < (order[$1], $1) }
    for (rank, number) in sorted.enumerated() { builder.ranks[number] = Int32(rank) }
    order = []
    return builder.build()
  }
}
