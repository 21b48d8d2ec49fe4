internal import Badges
public import Domain

/// A field about a person, which leaves the school only with consent.
public enum RecordField: String, Hashable, Sendable, CaseIterable {
  /// The name of the learner.
  case name
  /// The identifier of the learner at the school.
  case identifier
  /// Who rated a piece of evidence.
  case rater
  /// Where evidence was gathered, such as a course.
  case context
  /// What the learner made.
  case artefact
  /// Who took evidence back, confirmed a step or decided.
  case actor
  /// Why, in words.
  case reason
}

/// Which fields a family lets leave.
public struct RecordConsent: Hashable, Sendable {
  /// The fields that may leave; no other does.
  public var fields: Set<RecordField>
  /// Who gave the consent, as the school writes it; it stays at the school.
  public var givenBy: String?

  /// Creates a consent.
  public init(_ fields: Set<RecordField> = [], givenBy: String? = nil) {
    self.fields = fields
    self.givenBy = givenBy
  }

  /// Reads `{"consent": 1, "fields": ["rater", ...], "givenBy": "..."}`.
  ///
  /// - Throws: `DomainError` with the pointer of the field.
  public init(document: DocumentValue) throws(DomainError) {
    let root = DocumentNode(document)
    try root.need("consent").expect(1 as DocumentValue)
    var fields: Set<RecordField> = []
    for item in try root.need("fields").items {
      guard let field = RecordField(rawValue: try item.text().text) else {
        throw item.malformed(
          "one of " + RecordField.allCases.map(\.rawValue).joined(separator: ", "))
      }
      fields.insert(field)
    }
    self.init(fields, givenBy: root["givenBy"]?.value.text?.text)
  }

  /// What leaves the school: the fields alone.
  public var document: DocumentValue {
    DocumentValue(members: [
      ("consent", 1),
      ("fields", DocumentValue(texts: fields.map(\.rawValue).sorted())),
    ])
  }
}
