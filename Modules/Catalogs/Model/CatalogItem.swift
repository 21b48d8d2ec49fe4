/// A statement of a catalog: a domain, cluster, standard, component, habit or course.
public typealias CatalogItem = CatalogPart<CatalogRole.Item>

extension CatalogItem {
  /// The statement, with the markup of the file; `nil` where the file gives none.
  public var fullStatement: String? {
    get { text("fullStatement") }
    set { setText("fullStatement", newValue) }
  }

  /// A shorter statement.
  public var abbreviatedStatement: String? {
    get { text("abbreviatedStatement") }
    set { setText("abbreviatedStatement", newValue) }
  }

  /// Another label.
  public var alternativeLabel: String? {
    get { text("alternativeLabel") }
    set { setText("alternativeLabel", newValue) }
  }

  /// The code that people know it by; neither unique nor lasting.
  public var code: String? {
    get { text("humanCodingScheme") }
    set { setText("humanCodingScheme", newValue) }
  }

  /// The number or letter in a list.
  public var listEnumeration: String? {
    get { text("listEnumeration") }
    set { setText("listEnumeration", newValue) }
  }

  /// What kind of statement it is, in the publisher's words, such as `Standard`.
  public var itemType: String? {
    get { text("CFItemType") }
    set { setText("CFItemType", newValue) }
  }

  /// The definition of its type.
  public var itemTypeLink: CatalogLink? {
    get { link("CFItemTypeURI") }
    set { members["CFItemTypeURI"] = newValue?.value }
  }

  /// The school levels it is meant for, such as `KG` or `03`.
  public var educationLevels: [String] {
    get { texts("educationLevel", "educationalLevel", separators: [","]) }
    set { setTexts("educationLevel", newValue, instead: ["educationalLevel"]) }
  }

  /// Key words.
  public var keywords: [String] {
    get { texts("conceptKeywords", separators: ["|", ","]) }
    set { setTexts("conceptKeywords", newValue) }
  }

  /// The statement, or the nearest text the file gives for it; blank where it gives none.
  public var statement: String {
    fullStatement ?? abbreviatedStatement ?? alternativeLabel ?? code ?? ""
  }

  /// The statement on one line, without markup and characters that are not seen.
  public var plainStatement: String { PlainText.stripped(statement) }

  /// The type: its name, or the title of its definition.
  public var typeName: String? { itemType ?? itemTypeLink?.title }
}
