public import Domain

/// What a catalog says about itself: title, publisher, edition, language and licence.
public struct CatalogDocument: CatalogObject {
  /// The members, as read.
  public var members: JSONObject

  /// Creates a part from members.
  public init(members: JSONObject) {
    self.members = members
  }

  /// The title, `nil` where the file gives none.
  public var title: String? {
    get { text("title") }
    set { setText("title", newValue) }
  }

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

  /// What it is about.
  public var summary: String? {
    get { text("description") }
    set { setText("description", newValue) }
  }

  /// The subjects, in the publisher's words.
  public var subjects: [String] {
    get { texts("subject", separators: [","]) }
    set { setTexts("subject", newValue) }
  }

  /// The language of the statements, as a code.
  public var language: String? {
    get { text("language") }
    set { setText("language", newValue) }
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

  /// The first day on which it holds.
  public var validFrom: PartialDate? {
    get { text("statusStartDate").flatMap { CASEDate.date($0) } }
    set { setText("statusStartDate", newValue?.isoText) }
  }

  /// The last day on which it holds.
  public var validThrough: PartialDate? {
    get { text("statusEndDate").flatMap { CASEDate.date($0) } }
    set { setText("statusEndDate", newValue?.isoText) }
  }

  /// The licence.
  public var license: CatalogLink? {
    get { link("licenseURI") }
    set { members["licenseURI"] = newValue?.value }
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

  /// Notes.
  public var notes: String? {
    get { text("notes") }
    set { setText("notes", newValue) }
  }
}
