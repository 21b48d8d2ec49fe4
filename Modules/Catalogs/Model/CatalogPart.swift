public import Domain

/// What a part of a catalog is.
///
/// The roles have no values; they tell the types of parts apart.
public enum CatalogRole {
  /// A document.
  public enum Document: CatalogTitledRole, CatalogPublishedRole {}
  /// An item.
  public enum Item: CatalogPublishedRole {}
  /// An association.
  public enum Association {}
  /// A term that a catalog defines.
  public enum Definition: CatalogTitledRole {}
  /// A rubric.
  public enum Rubric: CatalogTitledRole {}
  /// A criterion of a rubric.
  public enum Criterion: CatalogDescribedRole {}
  /// A level of a criterion.
  public enum CriterionLevel: CatalogDescribedRole {}
}

/// A role of parts that say what they mean.
public protocol CatalogDescribedRole {}

/// A role of parts that have a title and say what they mean.
public protocol CatalogTitledRole: CatalogDescribedRole {}

/// A role of parts that hold for a time, in a language and under a licence.
public protocol CatalogPublishedRole {}

/// A part of a catalog: its members, as read.
///
/// The roles have the properties: ``CatalogDocument``, ``CatalogItem``, ``CatalogAssociation``,
/// ``CatalogDefinition``, ``CatalogRubric`` and the parts of rubrics.
public struct CatalogPart<Role>: CatalogObject {
  /// The members, as read.
  public var members: JSONObject

  /// Creates a part from members.
  public init(members: JSONObject = JSONObject()) {
    self.members = members
  }
}

extension CatalogPart where Role: CatalogDescribedRole {
  /// What it means, is about or shows, `nil` where the file does not say.
  public var summary: String? {
    get { text("description") }
    set { setText("description", newValue) }
  }
}

extension CatalogPart where Role: CatalogTitledRole {
  /// The title, `nil` where the file gives none.
  public var title: String? {
    get { text("title") }
    set { setText("title", newValue) }
  }
}

extension CatalogPart where Role: CatalogPublishedRole {
  /// The subjects, in the publisher's words; for items since CASE 1.1.
  public var subjects: [String] {
    get { texts("subject", separators: [","]) }
    set { setTexts("subject", newValue) }
  }

  /// The language of the statements, as a code; for items where it is not the document's.
  public var language: String? {
    get { text("language") }
    set { setText("language", newValue) }
  }

  /// The licence; for items where it is not the document's.
  public var license: CatalogLink? {
    get { link("licenseURI") }
    set { members["licenseURI"] = newValue?.value }
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

  /// Notes.
  public var notes: String? {
    get { text("notes") }
    set { setText("notes", newValue) }
  }
}
