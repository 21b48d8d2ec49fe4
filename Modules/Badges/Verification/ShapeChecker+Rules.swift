internal import Domain
internal import LinkedData

// Rules of Open Badges 3.0 and CLR 2.0 that their JSON Schemas do not catch.
extension ShapeChecker {
  /// Checks who the subject is, and its results against their descriptions.
  mutating func checkSubject(_ subject: JSONObject, at pointer: String) {
    let identifiers = subject["identifier"]?.asArray ?? []
    if subject["id"]?.string?.isEmpty ?? true, identifiers.isEmpty {
      fault(.subject, "The subject has neither an id nor an identifier.", at: pointer)
    }
    guard let achievement = subject["achievement"]?.object else { return }
    checkAchievement(achievement, at: "\(pointer)/achievement")
    let descriptions = (achievement["resultDescription"]?.asArray ?? []).compactMap(\.object)
    for (index, result) in (subject["result"]?.asArray ?? []).enumerated() {
      guard let result = result.object else { continue }
      checkResult(result, descriptions, at: "\(pointer)/result/\(index)")
    }
  }

  private mutating func checkAchievement(_ achievement: JSONObject, at pointer: String) {
    if let criteria = achievement["criteria"]?.object, criteria["id"] == nil,
      criteria["narrative"] == nil
    {
      fault(.criteria, "The criteria have neither an id nor a narrative.", at: pointer)
    }
    var known: Set<Identifier> = []
    let descriptions = (achievement["resultDescription"]?.asArray ?? []).compactMap(\.object)
    for description in descriptions {
      let levels = Self.levels(of: description)
      for id in [description["id"]?.string].compactMap({ $0 }) + levels
      where !known.insert(id).inserted {
        fault(.identifier, "Two descriptions or levels are named \"\(id)\".", at: pointer)
      }
      if let level = description["requiredLevel"]?.string, !levels.contains(level) {
        fault(.result, "The required level is none of the description.", at: pointer)
      }
      if let value = description["requiredValue"]?.string {
        checkValue(value, description, at: pointer)
      }
    }
  }

  private static func levels(of description: JSONObject) -> [Identifier] {
    (description["rubricCriterionLevel"]?.asArray ?? []).compactMap { $0["id"]?.string }
  }

  private mutating func checkResult(
    _ result: JSONObject, _ descriptions: [JSONObject], at pointer: String
  ) {
    guard let id = result["resultDescription"]?.string else { return }
    guard let description = descriptions.first(where: { $0["id"]?.string == id }) else {
      fault(.result, "The result names a description that is not there.", at: pointer)
      return
    }
    if let level = result["achievedLevel"]?.string, !Self.levels(of: description).contains(level) {
      fault(.result, "The achieved level is none of the description.", at: pointer)
    }
    if description["resultType"]?.string == "Status", result["status"] == nil {
      fault(.result, "A result of the type Status has no status.", at: pointer)
    }
    if let value = result["value"]?.string { checkValue(value, description, at: pointer) }
  }

  /// A value is one of those that are allowed, or lies between the least and the greatest.
  private mutating func checkValue(
    _ value: Identifier, _ description: JSONObject, at pointer: String
  ) {
    let allowed = (description["allowedValue"]?.asArray ?? []).compactMap(\.string)
    if !allowed.isEmpty {
      if !allowed.contains(value) {
        fault(.result, "The value is none of those that are allowed.", at: pointer)
      }
      return
    }
    func number(_ text: Identifier?) -> ExactDecimal? {
      text.flatMap { ExactDecimal(utf8: Array($0.utf8).span) }
    }
    let (least, greatest) = (
      number(description["valueMin"]?.string), number(description["valueMax"]?.string)
    )
    guard least != nil || greatest != nil else { return }
    guard let found = number(value) else {
      fault(.result, "The value is no number, but its limits are.", at: pointer)
      return
    }
    if let least, found < least {
      fault(.result, "The value is below the least one.", at: pointer)
    }
    if let greatest, greatest < found {
      fault(.result, "The value is above the greatest one.", at: pointer)
    }
  }

  /// Checks a record: whom it is about, its achievements and their associations.
  mutating func checkRecord(_ subject: JSONObject) {
    let place = "/credentialSubject"
    let identifiers = Self.identifiers(of: subject)
    if subject["id"]?.string?.isEmpty ?? true, identifiers.isEmpty {
      fault(.subject, "The subject has neither an id nor an identifier.", at: place)
    }
    var achievements = Set(
      (subject["achievement"]?.asArray ?? []).compactMap { $0["id"]?.string })
    for (index, nested) in (subject["verifiableCredential"]?.asArray ?? []).enumerated() {
      guard let about = nested["credentialSubject"]?.object else { continue }
      if let id = about["achievement"]?["id"]?.string { achievements.insert(id) }
      let hasSameID = about["id"] != nil && about["id"] == subject["id"]
      if !hasSameID, Self.identifiers(of: about).isDisjoint(with: identifiers) {
        fault(
          .subject, "The credential in the record is about somebody else.",
          at: "\(place)/verifiableCredential/\(index)")
      }
    }
    for (index, association) in (subject["association"]?.asArray ?? []).enumerated() {
      for name: Identifier in ["sourceId", "targetId"] {
        guard let id = association[name]?.string, !achievements.contains(id) else { continue }
        fault(
          .association, "The association names an achievement that is not in the record.",
          at: "\(place)/association/\(index)/\(name)")
      }
    }
  }

  private static func identifiers(of subject: JSONObject) -> Set<JSONNode> {
    Set(
      (subject["identifier"]?.asArray ?? []).map { entry in
        .array([
          entry["identityType"] ?? .null, entry["identityHash"] ?? .null, entry["salt"] ?? .null,
        ])
      })
  }
}
