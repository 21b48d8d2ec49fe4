internal import Catalogs
internal import Domain
internal import Scanning

/// Takes identifiers and links out of a package while its tokens pass.
struct GraphStream {
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

  private(set) var isPackage = false
  private(set) var gathering = GraphGathering()
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
    case .item where !identifier.isEmpty:
      gathering.addItem(identifier, code: code.isEmpty ? enumeration : code, levels: levels)
      identifier = ""
    case .association: addLink()
    case .license where gathering.source.license == nil:
      gathering.source.license = uri.isEmpty ? nil : uri
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
    case (.document, .identifier): gathering.source.document = Identifier(text)
    case (.document, .title): gathering.source.title = text
    case (.document, .version): gathering.source.edition = text
    case (.license, .title): gathering.source.license = text
    case (.license, .uri): uri = text
    default: break
    }
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
    let link = GraphGathering.Link(
      type: type, association: identifier, origin: origin, destination: destination)
    if gathering.add(link, sequence: sequence) { identifier = "" }
  }
}
