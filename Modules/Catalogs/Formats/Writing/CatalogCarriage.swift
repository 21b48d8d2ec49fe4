/// What formats can carry, field by field, before any catalog is looked at.
enum CatalogCarriage {
  /// How a field is carried: whole, or with a condition.
  private typealias Fields = [String: String?]

  private static let moodle: [CASEKind: Fields] = [
    .document: [
      "identifier": "at most 100 characters", "title": "at most 100 characters",
      "description": nil, "extensions.moodle.*": nil,
    ],
    .item: [
      "identifier": "at most 100 characters", "fullStatement": nil,
      "abbreviatedStatement": "at most 100 characters, and only without a code of its own",
      "humanCodingScheme": "stands in Shortname, because the identifier is the id number",
      "extensions.moodle.*": nil,
    ],
    .association: [
      "isChildOf": "one parent; an item has no more in Moodle",
      "isRelatedTo": "stated by the origin",
      "sequenceNumber": "the order of rows says it, counted from 1",
    ],
  ]

  private static let canvas: [CASEKind: Fields] = [
    .item: [
      "identifier": "without blanks, at most 255 characters", "fullStatement": nil,
      "abbreviatedStatement": nil,
      "humanCodingScheme": "it is the title; without it the statement is",
      "CFItemType": "group or outcome; what has children is a group", "extensions.canvas.*": nil,
    ],
    .association: [
      "isChildOf": "parents inside of the catalog, which come before",
      "sequenceNumber": "the order of rows says it, counted from 1",
    ],
  ]

  private static let skos: [CASEKind: Fields] = [
    .document: [
      "identifier": nil, "uri": nil, "title": nil, "creator": nil, "publisher": nil,
      "description": nil, "subject": nil, "language": nil, "version": nil, "notes": nil,
      "officialSourceURL": nil, "lastChangeDateTime": nil,
      "licenseURI": "its address, without title",
    ],
    .item: [
      "identifier": nil, "uri": nil, "fullStatement": nil,
      "abbreviatedStatement": "only beside a full statement", "humanCodingScheme": nil,
      "alternativeLabel": nil, "notes": nil, "conceptKeywords": nil,
      "CFItemType": nil, "educationLevel": nil, "subject": nil, "language": nil,
      "lastChangeDateTime": nil,
    ],
    .association: [
      "isChildOf": nil, "isPartOf": nil, "exactMatchOf": nil, "isRelatedTo": nil,
      "ext:majorAlignment": nil, "destinationNodeURI.uri": nil, "originNodeURI.uri": nil,
    ],
  ]

  private static func fields(_ format: CatalogFormat) -> [CASEKind: Fields]? {
    switch format {
    case .moodle: moodle
    case .canvas: canvas
    case .skos: skos
    default: nil
    }
  }

  /// The condition under which a field is carried; `nil` when it is not carried at all.
  private static func condition(
    _ format: CatalogFormat, _ kind: String, _ field: String
  ) -> String?? {
    guard let fields = fields(format) else { return .some(nil) }
    guard let kind = CASEKind(rawValue: kind), let known = fields[kind] else { return nil }
    if let condition = known[field] { return .some(condition) }
    let own = "extensions.\(format.rawValue)."
    if field.hasPrefix(own), let condition = known["\(own)*"] { return .some(condition) }
    return nil
  }

  /// Whether a format has a place for a field.
  static func isCarried(_ format: CatalogFormat, _ kind: String, _ field: String) -> Bool {
    condition(format, kind, field) != nil
  }

  /// Why a field is not as it was.
  static func reason(_ format: CatalogFormat, _ kind: String, _ field: String) -> String {
    switch condition(format, kind, field) {
    case nil: "\(format.title) has no place for it"
    case .some(nil): "\(format.title) cannot say this value"
    case .some(let condition?): condition
    }
  }

  /// How a format carries a field: nothing, `""` for whole, or the condition.
  static func words(_ format: CatalogFormat, _ kind: CASEKind, _ field: String) -> String? {
    condition(format, kind.rawValue, field).map { $0 ?? "" }
  }

  /// The rows of the table of fields: those of the format and the types of association.
  static var rows: [(kind: CASEKind, field: String)] {
    CASEKind.allCases.flatMap { kind -> [(kind: CASEKind, field: String)] in
      var names = kind.fields.filter { !$0.isStandAlone }.map(\.name)
      if kind == .association {
        names.removeAll { ["associationType", "originNodeURI", "destinationNodeURI"].contains($0) }
        names = AssociationType.standard.map(\.name) + names
      }
      return names.map { (kind, $0) }
    }
  }

  /// What is lost in a format whatever the catalog: fields without a place and those with
  /// conditions.
  static func losses(of format: CatalogFormat) -> [LossReport.Declared] {
    rows.compactMap { kind, field in
      let words = words(format, kind, field)
      guard words != "" else { return nil }
      return LossReport.Declared(
        kind: kind.rawValue, field: field, isPartial: words != nil,
        reason: words ?? reason(format, kind.rawValue, field))
    }
  }
}
