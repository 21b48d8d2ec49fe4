public import Domain

/// The catalog that a link comes from: what anybody who doubts the link has to know.
public struct CatalogSource: Hashable, Sendable {
  /// The identifier of the document.
  public var document: Identifier
  /// The title.
  public var title: String?
  /// The edition, in the publisher's words.
  public var edition: String?
  /// The title or address of the licence.
  public var license: String?

  /// Creates a source.
  public init(
    document: Identifier, title: String? = nil, edition: String? = nil, license: String? = nil
  ) {
    self.document = document
    self.title = title
    self.edition = edition
    self.license = license
  }

  /// The source that a catalog is.
  public init(_ catalog: Catalog) {
    self.init(
      document: catalog.identifier, title: catalog.document.title,
      edition: catalog.document.edition,
      license: catalog.document.license?.title ?? catalog.document.license?.uri)
  }
}

/// A link with the catalog that states it: one step of the reason for an answer.
public struct StatedLink: Hashable, Sendable {
  /// What it says.
  public var type: AssociationType
  /// The item it starts from.
  public var origin: Identifier
  /// The item it goes to.
  public var destination: Identifier
  /// The association, or an identifier that follows from type and ends where it has none.
  public var association: Identifier
  /// Who states it.
  public var source: CatalogSource

  /// Creates a link.
  public init(
    type: AssociationType, origin: Identifier, destination: Identifier, association: Identifier,
    source: CatalogSource
  ) {
    self.type = type
    self.origin = origin
    self.destination = destination
    self.association = association
    self.source = source
  }

  /// The link that an association of a catalog states, `nil` where it lacks an end.
  public init?(_ association: CatalogAssociation, in source: CatalogSource) {
    guard let origin = association.origin, let destination = association.destination else {
      return nil
    }
    self.init(
      type: association.type, origin: origin.identifier, destination: destination.identifier,
      association: association.stableIdentifier(in: source.document), source: source)
  }
}
