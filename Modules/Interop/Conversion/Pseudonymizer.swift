internal import Records

/// Replaces identifiers by pseudonyms.
///
/// The same key, label and identifier give the same pseudonym in every file; without the key nobody
/// can go back, nor try identifiers one by one.
public protocol Pseudonymizer: Sendable {
  /// The pseudonym of an identifier.
  ///
  /// - Parameters:
  ///   - identifier: The bytes of the identifier.
  ///   - label: What it identifies, such as `person`; equal identifiers of different things differ.
  func pseudonym(of identifier: [UInt8], label: String) -> [UInt8]
}

/// Which fields carry personal data, and what becomes of them when pseudonyms are asked for.
///
/// Names, addresses, telephone numbers, birthdays and free text are left out; identifiers of
/// persons, and of records that are about one person, become pseudonyms. Kinds whose content
/// cannot be checked field by field are left out as a whole.
enum PrivacyRules {
  /// Kinds that are left out.
  static let droppedKinds: [RecordKind] = RecordKind.all.filter { kind in
    [
      "demographics", "profile", "attribute", "event", "credential", "response", "sourceMember",
      "sourceLine",
    ].contains(kind.name)
  }

  /// Kinds whose records are about one person, so that their identifiers may name the person.
  private static let personal: Set<String> = [
    "role", "enrollment", "lineItemOverride", "result", "attempt", "targetResult",
    "aggregateGrade", "assessmentResult", "evidence", "transcriptEntry", "resourceUse", "scaleUse",
  ]

  /// Free text and other fields that may say who somebody is.
  private static let removed: [String: Set<String>] = [
    "person": [
      "givenName", "familyName", "middleName", "name", "sortName", "username", "identifier",
      "identifiers", "email", "sms", "phone", "password", "masterIdentifier",
      "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "pronouns",
    ],
    "result": ["comment"],
    "evidence": ["comment", "artefact", "context"],
    "lineItem": ["description"],
    "category": [],
    "criterionLevel": ["feedback"],
  ]

  /// What is done to each field of each kind, by the kind's number.
  static let edits: [[(field: Int, edit: FieldEdit)]] = {
    var edits: [[(field: Int, edit: FieldEdit)]] = Array(repeating: [], count: RecordKind.limit)
    for schema in RecordSchema.all {
      for field in schema.fields {
        if let edit = edit(of: field, in: schema) {
          edits[schema.kind.number].append((field.index, edit))
        }
      }
    }
    return edits
  }()

  private static func edit(of field: RecordField, in schema: RecordSchema) -> FieldEdit? {
    if removed[schema.name]?.contains(field.name) == true { return .remove }
    if field.index == 0, schema.kind == .person { return .pseudonym(label: "person") }
    if field.index == 0, personal.contains(schema.name) { return .pseudonym(label: schema.name) }
    if field.reference == .person {
      return field.type == .referenceList
        ? .pseudonymList(label: "person") : .pseudonym(label: "person")
    }
    if field.name == "owner", let kindField = schema.field("ownerKind") {
      return .pseudonymOwner(
        kindField: kindField.index, kinds: personal.union(["person"]))
    }
    if schema.kind == .targetResult, field.name == "result" { return .pseudonym(label: "result") }
    return nil
  }
}
