internal import Domain

/// A catalog as a package that keeps to the format, with what that cost.
public struct CASEWriting: Sendable {
  /// The package.
  public var package: JSONValue
  /// What could not be carried over as it was.
  public var losses: LossReport
}

extension Catalog {
  /// Builds a package that the schema of a version accepts.
  ///
  /// Values of another shape are brought into the right one, required ones that are missing are
  /// made from what is there, and what the version has no field for moves into `extensions` (1.1)
  /// or is dropped (1.0). Every such step is in the report. A package that kept to the format is
  /// built as it was.
  ///
  /// - Parameter version: The version to write.
  /// - Complexity: O(*n*).
  public func writing(case version: CASEVersion = .v1p1) -> CASEWriting {
    var writer = CASEWriter(version: version, catalog: self)
    let package = writer.package(of: self)
    return CASEWriting(package: package, losses: writer.losses)
  }
}

/// Builds strict packages.
struct CASEWriter {
  let version: CASEVersion
  var losses = LossReport()
  private let titles: [CatalogKey: String]
  private let lastChange: String
  private let documentIdentifier: String

  init(version: CASEVersion, catalog: Catalog) {
    self.version = version
    var titles: [CatalogKey: String] = [:]
    titles[CatalogKey(catalog.identifier)] = catalog.document.title
    for item in catalog.items {
      titles[CatalogKey(item.identifier)] =
        item.code ?? item.abbreviatedStatement ?? item.fullStatement
    }
    for list in CASEList.allCases where list.isDefinition {
      for object in catalog.objects(of: list) {
        let term = CatalogDefinition(members: object)
        titles[CatalogKey(term.identifier)] = term.title
      }
    }
    self.titles = titles
    // Without any date the epoch says plainly that none is known.
    lastChange = (catalog.document.lastChange ?? Instant(secondsSince1970: 0))?.description ?? ""
    documentIdentifier = catalog.identifier.text
  }

  mutating func package(of catalog: Catalog) -> JSONValue {
    var package = JSONObject()
    var document = object(catalog.document.members, .document)
    if version >= .v1p1 {
      document["caseVersion"] = .string(version.rawValue)
    }
    package["CFDocument"] = .object(document)
    for list in CASEList.allCases {
      let objects = catalog.objects(of: list)
      guard !objects.isEmpty || catalog.layout.slots[list]?.instead == nil,
        !objects.isEmpty || catalog.layout.slots[list] != nil
      else { continue }
      let path = list.isDefinition ? ["CFDefinitions", list.rawValue] : [list.rawValue]
      package.set(.array(objects.map { .object(object($0, list.kind)) }), at: path[...])
    }
    keepOthers(of: catalog, in: &package)
    return .object(package)
  }

  private mutating func keepOthers(of catalog: Catalog, in package: inout JSONObject) {
    var extensions = catalog.layout.frame["extensions"]?.object ?? JSONObject()
    let others = catalog.layout.others.members
    for member in others where extensions[member.name] == nil {
      if version >= .v1p1 { extensions[member.name] = member.value }
      add(
        version >= .v1p1 ? .moved : .dropped, "CFPackage", member.name,
        version >= .v1p1 ? "into extensions" : "CASE 1.0 has no such field", Identifier(""))
    }
    for (list, slot) in catalog.layout.slots.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for _ in slot.strays {
        add(.dropped, "CFPackage", list.rawValue, "the element is no object", Identifier(""))
      }
      if let instead = slot.instead, !instead.isBlank {
        add(.dropped, "CFPackage", list.rawValue, "it is no list", Identifier(""))
      }
    }
    guard !extensions.members.isEmpty else { return }
    if version >= .v1p1 {
      package["extensions"] = .object(extensions)
    } else if catalog.layout.frame["extensions"] != nil {
      add(.dropped, "CFPackage", "extensions", "CASE 1.0 has no such field", Identifier(""))
    }
  }

  private mutating func add(
    _ action: LossReport.Action, _ kind: String, _ field: String, _ reason: String,
    _ example: Identifier
  ) {
    losses.add(action, kind: kind, field: field, reason: reason, example: example)
  }

  // MARK: Objects

  private mutating func object(_ source: JSONObject, _ kind: CASEKind) -> JSONObject {
    let part = CatalogDefinition(members: source)
    var scope = Scope(kind: kind, source: source, identifier: part.identifier)
    let written = identifier(of: part, kind)
    // The order of the file is kept, so that a strict file is written as it was.
    var names = source.members.map(\.name)
    for field in kind.fields where source[field.name] == nil { names.append(field.name) }
    var result = JSONObject()
    for name in names {
      guard let field = kind.fields.first(where: { $0.name == name }) else { continue }
      if field.name == "identifier" {
        result["identifier"] = .string(written)
        if written != part.identifier.text { scope.noteIdentifier() }
        continue
      }
      guard let value = value(of: field, written, &scope) else { continue }
      result[name] = value
    }
    keepRest(&result, &scope)
    return result
  }

  /// What is known while one object is built.
  private struct Scope {
    let kind: CASEKind
    let source: JSONObject
    let identifier: Identifier
    /// Members that found no place.
    var rest: [JSONObject.Member] = []

    mutating func noteIdentifier() {
      guard !identifier.isEmpty else { return }
      rest.append(.init("sourceIdentifier", .string(identifier.text)))
    }
  }

  private mutating func identifier(of part: CatalogDefinition, _ kind: CASEKind) -> String {
    let text = part.identifier.text
    if CASEText.isUUID(text) { return text }
    let written: String
    if text.isEmpty {
      let bytes = JSONValue.object(part.members).text(.canonical)
      written =
        kind == .association
        ? CatalogAssociation(members: part.members)
          .stableIdentifier(in: Identifier(documentIdentifier)).text
        : CatalogKey.derivedUUID([
          documentIdentifier, kind.rawValue, String(decoding: bytes, as: UTF8.self),
        ]).text
      add(
        .filled, kind.rawValue, "identifier", "made from what the object says", Identifier(written))
    } else {
      written = CASEWriter.uuid(text)
      add(.changed, kind.rawValue, "identifier", "it must be a UUID in lower case", part.identifier)
    }
    return written
  }

  /// The UUID for an identifier: itself in the right form, or one that follows from it.
  static func uuid(_ text: String) -> String {
    if CASEText.isUUID(text) { return text }
    let key = CatalogKey(Identifier(text)).identifier.text
    if CASEText.isUUID(key) { return key }
    return CatalogKey.derivedUUID(["identifier", text]).text
  }

  private mutating func value(
    of field: CASEField, _ written: String, _ scope: inout Scope
  ) -> JSONValue? {
    let names = [field.name] + field.aliases
    let name = names.first { !(scope.source[$0]?.isBlank ?? true) }
    guard let name, let value = scope.source[name] else {
      // A blank list is as good as none, but a strict file may have one.
      if case .array([])? = scope.source[field.name],
        CASECheck.accepts(.array([]), field.shape, version)
      {
        return .array([])
      }
      return field.isRequired ? filled(field, written, scope) : nil
    }
    if field.isStandAlone {
      add(
        .dropped, scope.kind.rawValue, field.name, "the package says it already", scope.identifier)
      return nil
    }
    guard field.since <= version else {
      add(
        .dropped, scope.kind.rawValue, field.name, "CASE \(version.rawValue) has no such field",
        scope.identifier)
      return nil
    }
    if let result = shaped(value, field, &scope) {
      if name != field.name {
        add(.moved, scope.kind.rawValue, name, "to \(field.name)", scope.identifier)
      }
      return result
    }
    scope.rest.append(.init(name, value))
    return field.isRequired ? filled(field, written, scope) : nil
  }

  private mutating func filled(_ field: CASEField, _ written: String, _ scope: Scope) -> JSONValue?
  {
    let item = CatalogItem(members: scope.source)
    let text: String
    switch field.name {
    case "uri": text = "urn:uuid:\(written)"
    case "lastChangeDateTime": text = lastChange
    case "fullStatement": text = item.statement
    case "associationType": text = AssociationType.isRelatedTo.name
    case "originNodeURI", "destinationNodeURI":
      add(.filled, scope.kind.rawValue, field.name, "the end is not known", scope.identifier)
      return CatalogLink(title: "unknown", identifier: "unknown", uri: "urn:cbl:unknown").value
    case "hierarchyCode": text = "0"
    default: text = item.text("title", "description", "licenseText") ?? "unknown"
    }
    add(.filled, scope.kind.rawValue, field.name, "the format asks for it", scope.identifier)
    return .string(text.isEmpty ? "unknown" : text)
  }

  private mutating func keepRest(_ result: inout JSONObject, _ scope: inout Scope) {
    let known = Set(scope.kind.fields.flatMap { [$0.name] + $0.aliases })
    scope.rest += scope.source.members.filter { !known.contains($0.name) && !$0.value.isBlank }
    guard !scope.rest.isEmpty else { return }
    let isKept = version >= .v1p1 && scope.kind != .level
    var extensions = result["extensions"]?.object ?? JSONObject()
    for member in scope.rest {
      if isKept, extensions[member.name] == nil { extensions[member.name] = member.value }
      add(
        isKept ? .moved : .dropped, scope.kind.rawValue, member.name,
        isKept ? "into extensions" : "CASE \(version.rawValue) has no place for it",
        scope.identifier)
    }
    if isKept { result["extensions"] = .object(extensions) }
  }

  // MARK: Values

  /// A value in the shape of its field; `nil` when it cannot be brought into it.
  private mutating func shaped(
    _ value: JSONValue, _ field: CASEField, _ scope: inout Scope
  ) -> JSONValue? {
    let result: JSONValue?
    switch field.shape {
    case .link, .end: return link(value, field, scope)
    case .links:
      let elements = value.array ?? [value]
      return .array(elements.compactMap { link($0, field, scope) })
    case .objects(let kind):
      return value.array.map { .array($0.compactMap(\.object).map { .object(object($0, kind)) }) }
    case .associationType:
      result = value.string.map { .string(typeName(AssociationType(reading: $0))) }
    default:
      if CASECheck.accepts(value, field.shape, version) { return value }
      result = CASEWriter.converted(value, field.shape)
    }
    if let result, result != value {
      add(
        .changed, scope.kind.rawValue, field.name, "brought into the format's shape",
        scope.identifier)
    }
    return result
  }

  private func typeName(_ type: AssociationType) -> String {
    if type.isAllowed(in: version) { return type.name }
    guard version >= .v1p1 else { return AssociationType.isRelatedTo.name }
    let letters = type.name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? Character(scalar) : "-"
    }
    return "ext:\(letters.isEmpty ? "unknown" : String(letters))"
  }

  private static func converted(_ value: JSONValue, _ shape: CASEField.Shape) -> JSONValue? {
    let text: String? =
      switch value {
      case .string(let text), .number(let text): text
      case .boolean(let isTrue): isTrue ? "true" : "false"
      default: nil
      }
    switch shape {
    case .text, .identifier: return text.map { .string($0) }
    case .uuid: return text.map { .string(uuid($0)) }
    case .dateTime: return text.flatMap { CASEDate.instant($0) }.map { .string($0.description) }
    case .date:
      return text.flatMap { CASEDate.date($0)?.date }.map { .string($0.description) }
    case .integer:
      return text.flatMap { Int32($0.trimmingBlanks()) }.map { .number(String($0)) }
    case .number:
      return text.flatMap { ExactDecimal($0.trimmingBlanks()) }.map { .number($0.description) }
    case .texts, .keywords:
      let separators: Set<Character> = if case .keywords = shape { ["|", ","] } else { [","] }
      let part = CatalogDefinition(members: JSONObject([.init("list", value)]))
      let texts = part.texts("list", separators: separators)
      return texts.isEmpty ? nil : .array(texts.map { .string($0) })
    default: return nil
    }
  }

  private mutating func link(_ value: JSONValue, _ field: CASEField, _ scope: Scope) -> JSONValue? {
    let isEnd = if case .end = field.shape { true } else { false }
    guard var link = CatalogLink(value) else { return nil }
    if isEnd {
      let other = field.aliases.first.flatMap { scope.source[$0]?.string }
      if let other, !other.isEmpty { link.identifier = Identifier(other) }
    }
    let title = link.title ?? titles[CatalogKey(link.identifier)] ?? link.identifier.text
    // Ends may be any string, but what an item is called they must call it too.
    let isOwn = titles[CatalogKey(link.identifier)] != nil
    let text =
      isEnd && !isOwn ? link.identifier.text : CASEWriter.uuid(link.identifier.text)
    let isUUID = CASEText.isUUID(text)
    let uri = link.uri ?? (isUUID ? "urn:uuid:\(text)" : "urn:cbl:unresolved")
    var result = JSONObject()
    for name in value.object?.members.map(\.name) ?? [] {
      switch name {
      case "title": result[name] = .string(title)
      case "identifier": result[name] = .string(text)
      case "uri": result[name] = .string(uri)
      case "targetType" where isEnd && version >= .v1p1:
        result[name] = link.targetType.map { .string($0) }
      default: continue
      }
    }
    for (name, text) in [("title", title), ("identifier", text), ("uri", uri)]
    where result[name] == nil {
      result[name] = .string(text)
    }
    let written = JSONValue.object(result)
    if written != value {
      add(
        .changed, scope.kind.rawValue, field.name, "brought into the format's shape",
        scope.identifier)
    }
    return written
  }
}
