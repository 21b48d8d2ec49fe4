/// A term that a catalog defines: a concept, subject, type of item, licence or group of associations.
public typealias CatalogDefinition = CatalogPart<CatalogRole.Definition>

extension CatalogDefinition {
  /// Its place among its kind: descendants of `1` start with `1.`.
  public var hierarchyCode: String? {
    get { text("hierarchyCode") }
    set { setText("hierarchyCode", newValue) }
  }

  /// The code of a type of item.
  public var typeCode: String? {
    get { text("typeCode") }
    set { setText("typeCode", newValue) }
  }

  /// The text of a licence.
  public var licenseText: String? {
    get { text("licenseText") }
    set { setText("licenseText", newValue) }
  }

  /// Key words of a concept.
  public var keywords: [String] {
    get { texts("keywords", separators: ["|", ","]) }
    set { setTexts("keywords", newValue) }
  }
}
