/// What a catalog says about itself: title, publisher, edition, language and licence.
public typealias CatalogDocument = CatalogPart<CatalogRole.Document>

extension CatalogDocument {
  /// Who wrote it.
  public var creator: String? {
    get { text("creator") }
    set { setText("creator", newValue) }
  }

  /// Who publishes it.
  public var publisher: String? {
    get { text("publisher") }
    set { setText("publisher", newValue) }
  }

  /// The edition, in the publisher's words.
  public var edition: String? {
    get { text("version") }
    set { setText("version", newValue) }
  }

  /// The state of adoption, in the publisher's words.
  public var adoptionStatus: String? {
    get { text("adoptionStatus") }
    set { setText("adoptionStatus", newValue) }
  }

  /// The address of the official text.
  public var officialSource: String? {
    get { text("officialSourceURL") }
    set { setText("officialSourceURL", newValue) }
  }

  /// The kind of framework; `CourseCodes` is the only value that is defined (CASE 1.1).
  public var frameworkType: String? {
    get { text("frameworkType") }
    set { setText("frameworkType", newValue) }
  }
}
