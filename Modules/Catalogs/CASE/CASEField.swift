/// A member of a CASE object, as the specification has it.
struct CASEField: Sendable {
  /// What values it takes.
  enum Shape: Sendable {
    /// A string.
    case text
    /// A UUID in lower case with dashes.
    case uuid
    /// A string that names something in any system.
    case identifier
    /// An address.
    case uri
    /// A moment with its offset.
    case dateTime
    /// A day.
    case date
    /// A whole number.
    case integer
    /// A number.
    case number
    /// A list of strings.
    case texts
    /// A list of strings that files also give as one string with `|` or `,`.
    case keywords
    /// An object with title, identifier and uri.
    case link
    /// A list of those.
    case links
    /// A link whose identifier is any string.
    case end
    /// The name of a type of association.
    case associationType
    /// An object whose members are free.
    case extensions
    /// A list of objects whose members are free.
    case extensionList
    /// A list of objects of one kind.
    case objects(CASEKind)
  }

  let name: String
  let shape: Shape
  var isRequired = false
  /// The first version that has it.
  var since = CASEVersion.v1p0
  /// Other names that files use.
  var aliases: [String] = []
  /// Whether it belongs only to the form outside of packages.
  var isStandAlone = false
}

/// A kind of CASE object.
enum CASEKind: String, Sendable, CaseIterable {
  case document = "CFDocument"
  case item = "CFItem"
  case association = "CFAssociation"
  case concept = "CFConcept"
  case subject = "CFSubject"
  case itemType = "CFItemType"
  case license = "CFLicense"
  case grouping = "CFAssociationGrouping"
  case rubric = "CFRubric"
  case criterion = "CFRubricCriterion"
  case level = "CFRubricCriterionLevel"

  /// The fields in the order in which they are written.
  var fields: [CASEField] { CASEKind.table[self] ?? [] }

  private static let table: [CASEKind: [CASEField]] = {
    var table: [CASEKind: [CASEField]] = [:]
    for kind in allCases { table[kind] = head + kind.own + kind.tail }
    return table
  }()

  private static let head = [
    CASEField(name: "identifier", shape: .uuid, isRequired: true, aliases: ["sourcedId"]),
    CASEField(name: "uri", shape: .uri, isRequired: true),
  ]

  private var tail: [CASEField] {
    [
      CASEField(name: "lastChangeDateTime", shape: .dateTime, isRequired: true),
      CASEField(
        name: "extensions", shape: self == .level ? .extensionList : .extensions, since: .v1p1),
    ]
  }

  private var own: [CASEField] {
    switch self {
    case .document: CASEKind.documentFields
    case .item: CASEKind.itemFields
    case .association: CASEKind.associationFields
    case .concept:
      [title, hierarchyCode, CASEField(name: "keywords", shape: .text), description]
    case .subject: [title, hierarchyCode, description]
    case .itemType:
      [
        title, CASEField(name: "description", shape: .text, isRequired: true), hierarchyCode,
        CASEField(name: "typeCode", shape: .text),
      ]
    case .license:
      [title, CASEField(name: "licenseText", shape: .text, isRequired: true), description]
    case .grouping: [title, description]
    case .rubric:
      [
        CASEField(name: "title", shape: .text), description,
        CASEField(name: "CFRubricCriteria", shape: .objects(.criterion)),
      ]
    case .criterion:
      [
        CASEField(name: "category", shape: .text), description,
        CASEField(name: "CFItemURI", shape: .link), CASEField(name: "weight", shape: .number),
        CASEField(name: "position", shape: .integer), CASEField(name: "rubricId", shape: .text),
        CASEField(name: "CFRubricCriterionLevels", shape: .objects(.level)),
      ]
    case .level:
      [
        description, CASEField(name: "quality", shape: .text),
        CASEField(name: "score", shape: .number), CASEField(name: "feedback", shape: .text),
        CASEField(name: "position", shape: .integer),
        CASEField(name: "rubricCriterionId", shape: .text),
      ]
    }
  }

  private var title: CASEField { CASEField(name: "title", shape: .text, isRequired: true) }
  private var description: CASEField { CASEField(name: "description", shape: .text) }
  private var hierarchyCode: CASEField {
    CASEField(name: "hierarchyCode", shape: .text, isRequired: true)
  }

  private static let documentFields = [
    CASEField(name: "frameworkType", shape: .text, since: .v1p1),
    CASEField(name: "caseVersion", shape: .text, since: .v1p1),
    CASEField(name: "creator", shape: .text, isRequired: true),
    CASEField(name: "title", shape: .text, isRequired: true),
    CASEField(name: "officialSourceURL", shape: .uri),
    CASEField(name: "publisher", shape: .text),
    CASEField(name: "description", shape: .text),
    CASEField(name: "subject", shape: .texts),
    CASEField(name: "subjectURI", shape: .links, aliases: ["subjectURL"]),
    CASEField(name: "language", shape: .text),
    CASEField(name: "version", shape: .text),
    CASEField(name: "adoptionStatus", shape: .text),
    CASEField(name: "statusStartDate", shape: .date),
    CASEField(name: "statusEndDate", shape: .date),
    CASEField(name: "licenseURI", shape: .link),
    CASEField(name: "notes", shape: .text),
    CASEField(name: "CFPackageURI", shape: .link, isStandAlone: true),
  ]

  private static let itemFields = [
    CASEField(name: "fullStatement", shape: .text, isRequired: true),
    CASEField(name: "alternativeLabel", shape: .text),
    CASEField(name: "CFItemType", shape: .text),
    CASEField(name: "CFItemTypeURI", shape: .link),
    CASEField(name: "humanCodingScheme", shape: .text),
    CASEField(name: "listEnumeration", shape: .text),
    CASEField(name: "abbreviatedStatement", shape: .text),
    CASEField(name: "conceptKeywords", shape: .keywords),
    CASEField(name: "conceptKeywordsURI", shape: .link),
    CASEField(name: "notes", shape: .text),
    CASEField(name: "subject", shape: .texts, since: .v1p1),
    CASEField(name: "subjectURI", shape: .links, since: .v1p1, aliases: ["subjectURL"]),
    CASEField(name: "language", shape: .text),
    CASEField(name: "educationLevel", shape: .texts, aliases: ["educationalLevel"]),
    CASEField(name: "licenseURI", shape: .link),
    CASEField(name: "statusStartDate", shape: .date),
    CASEField(name: "statusEndDate", shape: .date),
    CASEField(name: "CFDocumentURI", shape: .link, isStandAlone: true),
  ]

  private static let associationFields = [
    CASEField(name: "associationType", shape: .associationType, isRequired: true),
    CASEField(name: "sequenceNumber", shape: .integer),
    CASEField(
      name: "originNodeURI", shape: .end, isRequired: true, aliases: ["originNodeIdentifier"]),
    CASEField(
      name: "destinationNodeURI", shape: .end, isRequired: true,
      aliases: ["destinationNodeIdentifier"]),
    CASEField(name: "CFAssociationGroupingURI", shape: .link),
    CASEField(name: "notes", shape: .text, since: .v1p1),
    CASEField(name: "CFDocumentURI", shape: .link, isStandAlone: true),
  ]
}
