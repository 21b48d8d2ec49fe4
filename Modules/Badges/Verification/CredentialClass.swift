internal import Domain
internal import LinkedData

/// A class of the Open Badges 3.0 and CLR 2.0 models: which members it has, and of which kind.
struct CredentialClass: Sendable {
  /// The kind of value of a member.
  enum Kind: Sendable {
    case text
    /// A moment with a zone.
    case moment
    case number
    case boolean
    /// An object of a class, by name.
    case object(String)
    /// An object of a class, or its identifier.
    case reference(String)
    case any
    /// One word of a list; `isOpen` also takes words that begin with `ext:`.
    case word(Set<String>, isOpen: Bool)
  }

  /// A member of a class.
  struct Member: Sendable {
    let name: Identifier
    let kind: Kind
    let isMany: Bool
    let isRequired: Bool
  }

  /// The type that objects of the class have; `nil` where none is needed.
  let type: Identifier?
  /// Whether the type is the text alone, and no other members are allowed.
  let isClosed: Bool
  let members: [Identifier: Member]
  let required: [Identifier]

  init(_ type: Identifier?, isClosed: Bool = false, _ members: [Member]) {
    self.type = type
    self.isClosed = isClosed
    self.members = Dictionary(members.map { ($0.name, $0) }) { first, _ in first }
    required = members.filter(\.isRequired).map(\.name)
  }

  private static func one(
    _ name: Identifier, _ kind: Kind = .text, required: Bool = false
  ) -> Member { Member(name: name, kind: kind, isMany: false, isRequired: required) }

  private static func many(
    _ name: Identifier, _ kind: Kind = .text, required: Bool = false
  ) -> Member { Member(name: name, kind: kind, isMany: true, isRequired: required) }

  private static func texts(_ names: [Identifier]) -> [Member] { names.map { one($0) } }

  /// What every credential has.
  private static let credential: [Member] = [
    one("id", required: true), one("issuer", .reference("Profile"), required: true),
    one("name"), one("description"), one("image", .object("Image")),
    one("validFrom", .moment), one("validUntil", .moment), one("issuanceDate", .moment),
    one("expirationDate", .moment), one("awardedDate", .moment),
    many("credentialStatus", .any), many("credentialSchema", .any), many("termsOfUse", .any),
    many("evidence", .object("Evidence")),
    many("endorsement", .any), many("endorsementJwt"),
  ]

  /// All classes, by name.
  static let all: [String: CredentialClass] = [
    "AchievementCredential": CredentialClass(
      nil,
      credential + [one("credentialSubject", .object("AchievementSubject"), required: true)]),
    "EndorsementCredential": CredentialClass(
      nil,
      [one("credentialSubject", .object("EndorsementSubject"), required: true)] + credential),
    "ClrCredential": CredentialClass(
      nil,
      [
        one("credentialSubject", .object("ClrSubject"), required: true),
        one("partial", .boolean),
      ] + credential),
    "BitstringStatusListCredential": CredentialClass(
      nil, [many("credentialSubject", .any, required: true)] + credential),
    "AchievementSubject": CredentialClass(
      "AchievementSubject",
      [
        one("id"), many("identifier", .object("IdentityObject")),
        one("achievement", .object("Achievement"), required: true),
        many("result", .object("Result")), one("activityStartDate", .any),
        one("activityEndDate", .any), one("creditsEarned", .number),
        one("image", .object("Image")), one("source", .object("Profile")),
      ] + texts(["licenseNumber", "narrative", "role", "term"])),
    "EndorsementSubject": CredentialClass(
      "EndorsementSubject", [one("id", required: true), one("endorsementComment")]),
    "ClrSubject": CredentialClass(
      "ClrSubject",
      [
        one("id"), many("identifier", .object("IdentityObject")),
        many("achievement", .object("Achievement")),
        many("verifiableCredential", .any, required: true),
        many("association", .object("Association")),
      ]),
    "Association": CredentialClass(
      "Association", isClosed: true,
      [
        one(
          "associationType",
          .word(
            [
              "exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo",
              "precedes", "replacedBy",
            ], isOpen: false), required: true),
        one("sourceId", required: true), one("targetId", required: true),
      ]),
    "Achievement": CredentialClass(
      "Achievement",
      [
        one("id", required: true), one("name", required: true), one("description", required: true),
        one("criteria", .object("Criteria"), required: true),
        one("achievementType", .word(achievementTypes, isOpen: true)),
        many("alignment", .object("Alignment")), one("creator", .object("Profile")),
        one("creditsAvailable", .number), many("endorsement", .any), many("endorsementJwt"),
        one("image", .object("Image")), many("otherIdentifier", .object("IdentifierEntry")),
        many("related", .object("Related")),
        many("resultDescription", .object("ResultDescription")), many("tag"),
      ] + texts(["fieldOfStudy", "humanCode", "inLanguage", "specialization", "version"])),
    "Criteria": CredentialClass(nil, texts(["id", "narrative"])),
    "Alignment": CredentialClass(
      "Alignment",
      [
        one("targetName", required: true), one("targetUrl", required: true),
        one("targetType", .word(targetTypes, isOpen: true)),
      ] + texts(["targetCode", "targetDescription", "targetFramework"])),
    "ResultDescription": CredentialClass(
      "ResultDescription",
      [
        one("id", required: true), one("name", required: true),
        one("resultType", .word(resultTypes, isOpen: true), required: true),
        many("alignment", .object("Alignment")), many("allowedValue"),
        many("rubricCriterionLevel", .object("RubricCriterionLevel")),
      ] + texts(["requiredLevel", "requiredValue", "valueMin", "valueMax"])),
    "RubricCriterionLevel": CredentialClass(
      "RubricCriterionLevel",
      [
        one("id", required: true), one("name", required: true),
        many("alignment", .object("Alignment")),
      ] + texts(["description", "level", "points"])),
    "Result": CredentialClass(
      "Result",
      [
        one(
          "status",
          .word(
            [
              "Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew",
            ], isOpen: false)),
        many("alignment", .object("Alignment")),
      ] + texts(["resultDescription", "achievedLevel", "value"])),
    "Evidence": CredentialClass(
      "Evidence", texts(["id", "name", "description", "narrative", "genre", "audience"])),
    "IdentityObject": CredentialClass(
      "IdentityObject", isClosed: true,
      [
        one("hashed", .boolean, required: true), one("identityHash", required: true),
        one("identityType", required: true), one("salt"),
      ]),
    "IdentifierEntry": CredentialClass(
      "IdentifierEntry", isClosed: true,
      [one("identifier", required: true), one("identifierType", required: true)]),
    "Profile": CredentialClass(
      "Profile",
      [
        one("id", required: true), one("image", .object("Image")),
        one("address", .object("Address")), one("parentOrg", .object("Profile")),
        many("otherIdentifier", .object("IdentifierEntry")), many("endorsement", .any),
        many("endorsementJwt"),
      ]
        + texts([
          "name", "url", "description", "email", "phone", "official", "familyName", "givenName",
          "additionalName", "patronymicName", "honorificPrefix", "honorificSuffix",
          "familyNamePrefix", "dateOfBirth",
        ])),
    "Image": CredentialClass("Image", isClosed: true, [one("id", required: true), one("caption")]),
    "Related": CredentialClass(
      "Related", [one("id", required: true)] + texts(["inLanguage", "version"])),
    "Address": CredentialClass("Address", [one("geo", .object("GeoCoordinates"))]),
    "GeoCoordinates": CredentialClass(
      "GeoCoordinates",
      [one("latitude", .number, required: true), one("longitude", .number, required: true)]),
  ]

  static let achievementTypes: Set<String> = [
    "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree",
    "Award", "Badge", "BachelorDegree", "Certificate", "CertificateOfCompletion", "Certification",
    "CommunityService", "Competency", "Course", "CoCurricular", "Degree", "Diploma",
    "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate",
    "LearningProgram", "License", "Membership", "ProfessionalDoctorate",
    "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential",
    "ResearchDoctorate", "SecondarySchoolDiploma",
  ]

  private static let targetTypes: Set<String> = [
    "ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion",
    "CFRubricCriterionLevel", "CTDL",
  ]

  private static let resultTypes: Set<String> = [
    "GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore",
    "RawScore", "Result", "RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore",
    "Status",
  ]
}
