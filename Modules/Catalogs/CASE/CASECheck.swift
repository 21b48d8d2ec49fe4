public import Domain

/// Compares objects with what the format has, field by field.
struct CASECheck {
  let version: CASEVersion
  let file: String?
  var findings: [Problem] = []

  init(version: CASEVersion, file: String?) {
    self.version = version
    self.file = file
  }

  mutating func check(_ object: JSONObject, _ kind: CASEKind, pointer: String) {
    let fields = kind.fields
    for member in object.members {
      if let field = fields.first(where: { $0.name == member.name }) {
        check(member.value, field, kind, object, pointer)
      } else if let field = fields.first(where: { $0.aliases.contains(member.name) }) {
        report(
          .warning, "other_name", kind, object, "\(pointer)/\(member.name)",
          "\"\(member.name)\" is read as \"\(field.name)\"; rename it")
      } else if version == .v1p0,
        kind.fields.contains(where: { $0.name == member.name && $0.since > version })
      {
        continue
      } else {
        report(
          .note, "unknown_field", kind, object, "\(pointer)/\(member.name)",
          "has a member \"\(member.name)\" that the format does not know; it is kept")
      }
    }
    for field in fields where field.isRequired {
      let names = [field.name] + field.aliases
      guard names.allSatisfy({ object[$0]?.isBlank ?? true }) else { continue }
      let isGrave = field.name == "identifier" && kind == .item
      report(
        isGrave ? .error : .warning, "missing_field", kind, object, pointer,
        "has no \"\(field.name)\"; the format asks for it")
    }
  }

  private mutating func check(
    _ value: JSONValue, _ field: CASEField, _ kind: CASEKind, _ object: JSONObject,
    _ pointer: String
  ) {
    let place = "\(pointer)/\(field.name)"
    if value.isBlank {
      guard !field.isRequired, !isEmptyList(value) else { return }
      report(
        .note, "blank_field", kind, object, place,
        "has a blank \"\(field.name)\"; it is read as absent")
      return
    }
    if field.isStandAlone {
      report(
        .note, "outside_field", kind, object, place,
        "has \"\(field.name)\", which belongs to the form outside of packages")
    }
    switch field.shape {
    case .objects(let inner):
      guard let elements = value.array else { break }
      for (index, element) in elements.enumerated() {
        guard let part = element.object else { continue }
        check(part, inner, pointer: "\(place)/\(index)")
      }
      return
    case .link, .end:
      return checkLink(value, field, kind, object, place)
    case .links:
      guard let elements = value.array else { break }
      for (index, element) in elements.enumerated() {
        checkLink(element, field, kind, object, "\(place)/\(index)")
      }
      return
    default:
      if CASECheck.accepts(value, field.shape, version) { return }
    }
    report(
      .warning, "shape", kind, object, place,
      "\"\(field.name)\" is \(CASECheck.shown(value)); expected \(CASECheck.words(field.shape))")
  }

  private func isEmptyList(_ value: JSONValue) -> Bool { value.array?.isEmpty ?? false }

  private mutating func checkLink(
    _ value: JSONValue, _ field: CASEField, _ kind: CASEKind, _ object: JSONObject,
    _ place: String
  ) {
    guard let link = value.object else {
      report(
        .warning, "shape", kind, object, place,
        "\"\(field.name)\" is \(CASECheck.shown(value)); expected an object with title, identifier "
          + "and uri")
      return
    }
    let isEnd = if case .end = field.shape { true } else { false }
    for name in ["title", "identifier", "uri"] where link[name]?.string?.isEmpty ?? true {
      report(
        .warning, "missing_field", kind, object, "\(place)/\(name)",
        "\"\(field.name)\" has no \"\(name)\"; the format asks for it")
    }
    if !isEnd, let text = link["identifier"]?.string, !text.isEmpty, !CASEText.isUUID(text) {
      report(
        .warning, "shape", kind, object, "\(place)/identifier",
        "\"\(field.name)\" names \"\(text)\"; expected a UUID in lower case")
    }
    for member in link.members
    where !["title", "identifier", "uri"].contains(member.name)
      && !(isEnd && version >= .v1p1 && member.name == "targetType")
    {
      report(
        .note, "unknown_field", kind, object, "\(place)/\(member.name)",
        "\"\(field.name)\" has a member \"\(member.name)\" that the format does not know; it is kept"
      )
    }
  }

  /// Whether a value is what the format has.
  static func accepts(
    _ value: JSONValue, _ shape: CASEField.Shape, _ version: CASEVersion
  ) -> Bool {
    switch (shape, value) {
    case (.text, .string), (.identifier, .string): true
    case (.uri, .string(let text)): !text.contains { $0.isWhitespace }
    case (.uuid, .string(let text)): CASEText.isUUID(text)
    case (.dateTime, .string(let text)): CASEDate.isStrictMoment(text)
    case (.date, .string(let text)): CASEDate.isStrictDay(text)
    case (.integer, .number(let text)): Int32(text) != nil
    case (.number, .number): true
    case (.texts, .array(let elements)), (.keywords, .array(let elements)):
      elements.allSatisfy { $0.string != nil }
    case (.associationType, .string(let text)): AssociationType(text).isAllowed(in: version)
    case (.extensions, .object): true
    case (.extensionList, .array(let elements)): elements.allSatisfy { $0.object != nil }
    default: false
    }
  }

  private static func words(_ shape: CASEField.Shape) -> String {
    switch shape {
    case .text, .identifier: "a string"
    case .uuid: "a UUID in lower case with dashes"
    case .uri: "an address without blanks"
    case .dateTime: "a moment with its offset, such as 2024-09-30T12:00:00Z"
    case .date: "a day, such as 2024-09-30"
    case .integer: "a whole number of 32 bits"
    case .number: "a number"
    case .texts, .keywords: "a list of strings"
    case .link, .end: "an object"
    case .links, .objects: "a list of objects"
    case .associationType: "a type that this version has"
    case .extensions: "an object"
    case .extensionList: "a list of objects"
    }
  }

  private static func shown(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): "\"\(text.prefix(60))\""
    case .number(let text): text
    default: value.kind
    }
  }

  private mutating func report(
    _ severity: Severity, _ code: String, _ kind: CASEKind, _ object: JSONObject,
    _ pointer: String, _ message: String
  ) {
    let identifier = CatalogDefinition(members: object).identifier
    let name = identifier.isEmpty ? kind.rawValue : "\(kind.rawValue) \(identifier)"
    let place = Place(
      file: file, line: object.line > 0 ? Int(object.line) : nil,
      column: object.column > 0 ? Int(object.column) : nil, pointer: pointer)
    findings.append(
      Problem(severity, Problem.Code("case.\(code)"), "\(name): \(message).", at: place))
  }
}

/// Texts with a form of their own.
enum CASEText {
  /// Whether a text has the form of the schema: lower case with dashes, any version, variant 8 to b.
  static func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    for (index, byte) in bytes.enumerated() {
      switch index {
      case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return false }
      case 19: if !"89ab".utf8.contains(byte) { return false }
      default: if !"0123456789abcdef".utf8.contains(byte) { return false }
      }
    }
    return true
  }
}

extension Catalog {
  /// Compares the catalog with a version of the format, as strictly as its schema.
  ///
  /// - Parameter version: The version to compare with.
  /// - Returns: What differs, in the order of the file.
  public func check(against version: CASEVersion) -> [Problem] {
    var check = CASECheck(version: version, file: nil)
    check.check(document.members, .document, pointer: "/CFDocument")
    for list in CASEList.allCases {
      let path = list.isDefinition ? "/CFDefinitions/\(list.rawValue)" : "/\(list.rawValue)"
      for (index, object) in objects(of: list).enumerated() {
        check.check(object, list.kind, pointer: "\(path)/\(index)")
      }
    }
    return check.findings
  }
}
