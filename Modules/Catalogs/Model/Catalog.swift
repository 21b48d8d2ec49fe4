public import Domain

/// A catalog of standards: a document, its items and the associations between them.
///
/// The hierarchy is not nested: parents are associations of the type
/// ``AssociationType/isChildOf``, from the child to the item or document above it.
public struct Catalog: Hashable, Sendable {
  /// The version of the format that it was read as.
  public var version: CASEVersion
  /// What the catalog says about itself.
  public var document: CatalogDocument
  /// The items, in the order of the file.
  public var items: [CatalogItem] = []
  /// The associations, in the order of the file.
  public var associations: [CatalogAssociation] = []
  /// The terms that it defines.
  public var definitions = CatalogDefinitions()
  /// The rubrics.
  public var rubrics: [CatalogRubric] = []
  /// How the file was built, so that it can be written as it was.
  var layout = CASELayout()

  /// Creates an empty catalog.
  public init(document: CatalogDocument, version: CASEVersion = .v1p1) {
    self.document = document
    self.version = version
  }

  /// The identifier of the document.
  public var identifier: Identifier { document.identifier }

  /// The members of the package that no version of the format knows.
  public var otherMembers: JSONObject { layout.others }
}

/// The terms that a catalog defines.
public struct CatalogDefinitions: Hashable, Sendable {
  /// Concepts, which key words name.
  public var concepts: [CatalogDefinition] = []
  /// Subjects.
  public var subjects: [CatalogDefinition] = []
  /// Licences.
  public var licenses: [CatalogDefinition] = []
  /// Types of items.
  public var itemTypes: [CatalogDefinition] = []
  /// Groups of associations.
  public var groupings: [CatalogDefinition] = []

  /// Creates a set without terms.
  public init() {}
}
