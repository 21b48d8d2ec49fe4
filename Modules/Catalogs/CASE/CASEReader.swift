internal import Domain

extension Catalog {
  /// Reads a CASE 1.0 or 1.1 package from a tree, as strictly or loosely as it is written.
  ///
  /// Everything it says is kept: the catalog is written back as it was by ``source``.
  ///
  /// - Parameters:
  ///   - value: The tree.
  ///   - file: The name of the file, for findings.
  ///   - isChecked: Whether each object is compared with the format, field by field. Without it
  ///     there are findings only about what is read in another way than it stands there, which
  ///     spares time and memory.
  /// - Throws: ``CatalogsError`` when the tree has neither document nor items.
  /// - Complexity: O(*n*).
  public static func reading(
    case value: JSONValue, file: String? = nil, isChecked: Bool = true
  ) throws(CatalogsError) -> CatalogReading {
    var reader = CASEReader(file: file, isChecked: isChecked)
    let catalog = try reader.read(value)
    return CatalogReading(
      catalog: catalog, findings: reader.findings, format: .casePackage)
  }
}

/// Takes a package apart.
struct CASEReader {
  let file: String?
  var findings: [Problem] = []
  private var layout = CASELayout()
  private var version = CASEVersion.v1p0
  private let isChecked: Bool

  init(file: String?, isChecked: Bool) {
    self.file = file
    self.isChecked = isChecked
  }

  mutating func read(_ value: JSONValue) throws(CatalogsError) -> Catalog {
    let package = try unwrapped(value)
    layout.frame = package
    var document = package["CFDocument"]?.object ?? JSONObject()
    if document["identifier"] == nil, let inner = document["CFDocument"]?.object {
      document = inner
      layout.wrapsDocument = true
    }
    if package["CFDocument"]?.object != nil {
      layout.frame["CFDocument"] = .null
    } else {
      report(.error, "no_document", "The package has no CFDocument; add one.", package, "")
    }
    version = CASEReader.version(of: package, document)
    check(document, .document, pointer: "/CFDocument")
    var catalog = Catalog(document: CatalogDocument(members: document), version: version)
    for list in CASEList.allCases { read(list, of: package, into: &catalog) }
    checkIdentifiers(of: catalog)
    catalog.layout = layout
    for member in layout.others.members {
      report(
        .note, "unknown_field",
        "The package has a member \"\(member.name)\" that the format does not "
          + "know; it is kept.", package, "/\(member.name)")
    }
    return catalog
  }

  /// The object with the parts of the package, whatever is around it.
  private mutating func unwrapped(_ value: JSONValue) throws(CatalogsError) -> JSONObject {
    guard var object = value.object else {
      throw CatalogsError(
        .notACatalog, "The file holds \(value.kind); a CASE package is one object.",
        at: Place(file: file, line: 1))
    }
    while object["CFDocument"] == nil, let inner = object["CFPackage"]?.object {
      var outer = object
      outer["CFPackage"] = .null
      layout.outer.append(outer)
      object = inner
    }
    let names = ["CFDocument", "CFItems", "CFItemSet"]
    guard names.contains(where: { object[$0] != nil }) else {
      let found = object.members.prefix(5).map(\.name).joined(separator: ", ")
      throw CatalogsError(
        .notACatalog,
        "The object has \(found.isEmpty ? "no members" : "the members \(found)"); a CASE package "
          + "has CFDocument and CFItems.", at: Place(file: file, line: Int(object.line)))
    }
    if !layout.outer.isEmpty {
      report(
        .note, "wrapped", "The package stands inside of CFPackage, which the format does not have.",
        object, "")
    }
    return object
  }

  private static func version(of package: JSONObject, _ document: JSONObject) -> CASEVersion {
    if let stated = document["caseVersion"]?.string {
      return CASEVersion(rawValue: stated) ?? .v1p1
    }
    let hasNew = document["frameworkType"] != nil || package["extensions"] != nil
    let address = document["uri"]?.string ?? ""
    return hasNew || address.contains("/v1p1/") ? .v1p1 : .v1p0
  }

  // MARK: Lists

  private mutating func read(_ list: CASEList, of package: JSONObject, into catalog: inout Catalog)
  {
    var slot = CASELayout.Slot()
    guard let (path, value) = CASEReader.locate(list, in: package) else { return }
    slot.path = path
    let pointer = "/" + path.joined(separator: "/")
    guard case .array(let elements) = value else {
      slot.instead = value
      layout.slots[list] = slot
      if !value.isBlank {
        report(
          .error, "shape", "\(list.rawValue) is \(value.kind); expected a list. It is kept unread.",
          package, pointer)
      } else {
        report(
          .note, "blank_list", "\(list.rawValue) is \(value.kind); read as no list.", package,
          pointer)
      }
      return
    }
    if path.last != list.rawValue || path.count > (list.isDefinition ? 2 : 1) {
      report(.note, "wrapped", "\(list.rawValue) stands inside of \(path[0]).", package, pointer)
    }
    var objects: [JSONObject] = []
    objects.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard var object = element.object else {
        slot.strays[index] = element
        report(
          .error, "shape",
          "An element of \(list.rawValue) is \(element.kind); expected an object. "
            + "It is kept unread.", package, "\(pointer)/\(index)")
        continue
      }
      if object.members.count == 1, let inner = object[list.kind.rawValue]?.object {
        slot.wrappers[index] = list.kind.rawValue
        object = inner
      }
      check(object, list.kind, pointer: "\(pointer)/\(index)")
      objects.append(object)
    }
    layout.slots[list] = slot
    layout.frame.set(.null, at: path[...])
    catalog.setObjects(objects, of: list)
  }

  /// Where a list stands, and what stands there.
  private static func locate(
    _ list: CASEList, in package: JSONObject
  ) -> (path: [String], value: JSONValue)? {
    var object = package
    var path: [String] = []
    if list.isDefinition {
      guard let inner = package["CFDefinitions"]?.object else { return nil }
      object = inner
      path = ["CFDefinitions"]
    }
    var found: JSONValue?
    // Each step goes one object deeper, so there are at most as many as the reader lets in.
    while let name = list.names.first(where: { object[$0] != nil }), let value = object[name] {
      path.append(name)
      found = value
      guard let inner = value.object else { break }
      object = inner
    }
    return found.map { (path, $0) }
  }

  // MARK: Findings

  mutating func report(
    _ severity: Severity, _ code: String, _ message: String, _ object: JSONObject, _ pointer: String
  ) {
    let place = Place(
      file: file, line: object.line > 0 ? Int(object.line) : nil,
      column: object.column > 0 ? Int(object.column) : nil,
      pointer: pointer.isEmpty ? nil : pointer)
    findings.append(Problem(severity, Problem.Code("case.\(code)"), message, at: place))
  }

  private mutating func check(_ object: JSONObject, _ kind: CASEKind, pointer: String) {
    guard isChecked else { return }
    var check = CASECheck(version: version, file: file)
    check.check(object, kind, pointer: pointer)
    findings += check.findings
  }

  private mutating func checkIdentifiers(of catalog: Catalog) {
    var seen: [CatalogKey: Int] = [:]
    for (index, item) in catalog.items.enumerated() where !item.identifier.isEmpty {
      if let first = seen.updateValue(index, forKey: CatalogKey(item.identifier)) {
        report(
          .error, "duplicate_identifier",
          "The identifier \(item.identifier) stands at items \(first) and \(index); give each item "
            + "its own.", item.members, "/CFItems/\(index)")
      }
    }
    var associations: Set<CatalogKey> = []
    for (index, association) in catalog.associations.enumerated()
    where !association.identifier.isEmpty {
      guard !associations.insert(CatalogKey(association.identifier)).inserted else { continue }
      report(
        .warning, "duplicate_identifier",
        "The association identifier \(association.identifier) stands twice; give each its own.",
        association.members, "/CFAssociations/\(index)")
    }
  }
}

extension Catalog {
  /// The objects of a list.
  func objects(of list: CASEList) -> [JSONObject] {
    switch list {
    case .items: items.map(\.members)
    case .associations: associations.map(\.members)
    case .rubrics: rubrics.map(\.members)
    case .concepts: definitions.concepts.map(\.members)
    case .subjects: definitions.subjects.map(\.members)
    case .licenses: definitions.licenses.map(\.members)
    case .itemTypes: definitions.itemTypes.map(\.members)
    case .groupings: definitions.groupings.map(\.members)
    }
  }

  mutating func setObjects(_ objects: [JSONObject], of list: CASEList) {
    switch list {
    case .items: items = objects.map { CatalogItem(members: $0) }
    case .associations: associations = objects.map { CatalogAssociation(members: $0) }
    case .rubrics: rubrics = objects.map { CatalogRubric(members: $0) }
    case .concepts: definitions.concepts = objects.map { CatalogDefinition(members: $0) }
    case .subjects: definitions.subjects = objects.map { CatalogDefinition(members: $0) }
    case .licenses: definitions.licenses = objects.map { CatalogDefinition(members: $0) }
    case .itemTypes: definitions.itemTypes = objects.map { CatalogDefinition(members: $0) }
    case .groupings: definitions.groupings = objects.map { CatalogDefinition(members: $0) }
    }
  }
}
