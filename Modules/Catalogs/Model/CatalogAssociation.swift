public import Domain

/// A link between two items, or between an item and its document or something outside.
public typealias CatalogAssociation = CatalogPart<CatalogRole.Association>

extension CatalogAssociation {
  /// The group it belongs to.
  public var grouping: CatalogLink? {
    get { link("CFAssociationGroupingURI") }
    set { members["CFAssociationGroupingURI"] = newValue?.value }
  }

  /// The document that states it, where the file says so.
  public var documentLink: CatalogLink? {
    get { link("CFDocumentURI") }
    set { members["CFDocumentURI"] = newValue?.value }
  }

  /// Notes (CASE 1.1).
  public var notes: String? {
    get { text("notes") }
    set { setText("notes", newValue) }
  }

  /// What it says; blank where the file gives no type.
  public var type: AssociationType {
    get { AssociationType(reading: text("associationType") ?? "") }
    set { members["associationType"] = .string(newValue.name) }
  }

  /// The end it starts from, `nil` where the file names none.
  public var origin: CatalogLink? {
    get { end("originNodeURI", "originNodeIdentifier") }
    set { set("originNodeURI", to: newValue?.value, instead: ["originNodeIdentifier"]) }
  }

  /// The end it goes to, `nil` where the file names none.
  public var destination: CatalogLink? {
    get { end("destinationNodeURI", "destinationNodeIdentifier") }
    set { set("destinationNodeURI", to: newValue?.value, instead: ["destinationNodeIdentifier"]) }
  }

  /// The place among the children of one parent.
  public var sequenceNumber: Int64? {
    get { integer("sequenceNumber") }
    set { members["sequenceNumber"] = newValue.map { .number(String($0)) } }
  }

  /// The identifier, or one that follows from type and ends where the file gives none.
  ///
  /// - Parameter document: The document that states the association: some files use one
  ///   identifier in two documents, so that only both together name it.
  public func stableIdentifier(in document: Identifier) -> Identifier {
    guard identifier.isEmpty else { return identifier }
    return CatalogKey.derivedUUID([
      document.text, type.name, origin?.identifier.text ?? "", destination?.identifier.text ?? "",
    ])
  }

  private func end(_ name: String, _ alias: String) -> CatalogLink? {
    let link = link(name)
    guard let text = text(alias) else { return link }
    return CatalogLink(
      title: link?.title, identifier: Identifier(text), uri: link?.uri,
      targetType: link?.targetType)
  }
}
