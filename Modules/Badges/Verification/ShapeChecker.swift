internal import Domain
internal import LinkedData

/// Checks the types, members and values of a credential.
struct ShapeChecker {
  /// Faults, at most one hundred.
  private(set) var faults: [Check] = []
  private static let limit = 100
  private var path = PointerPath()

  /// The class of a credential by its types; `nil` for credentials of other kinds.
  static func className(of credential: JSONObject) -> String? {
    let types = Set((credential["type"]?.asArray ?? []).compactMap(\.string))
    guard types.contains("VerifiableCredential") else { return nil }
    if types.contains("AchievementCredential") || types.contains("OpenBadgeCredential") {
      return "AchievementCredential"
    }
    return ["ClrCredential", "EndorsementCredential", "BitstringStatusListCredential"].first {
      types.contains(Identifier($0))
    }
  }

  /// Checks a credential with everything in it.
  static func faults(of credential: JSONObject) -> [Check] {
    var checker = ShapeChecker()
    guard let name = className(of: credential) else {
      checker.fault(
        .type, "The types are not those of a badge, a record, an endorsement or a status list.",
        at: "/type")
      return checker.faults
    }
    checker.check(credential, as: name)
    checker.checkTimes(credential)
    checker.checkIssuer(credential)
    if name == "AchievementCredential", let subject = credential["credentialSubject"]?.object {
      checker.checkSubject(subject, at: "/credentialSubject")
    }
    if name == "ClrCredential", let subject = credential["credentialSubject"]?.object {
      checker.checkRecord(subject)
    }
    return checker.faults
  }

  mutating func fault(_ reason: Reason, _ message: String, at pointer: String) {
    guard faults.count < Self.limit else { return }
    faults.append(Check(.shape, .fail, reason, message, at: pointer))
  }

  private mutating func check(_ object: JSONObject, as name: String) {
    guard let model = CredentialClass.all[name] else { return }
    checkType(of: object, model)
    for required in model.required where object[required] == nil {
      fault(
        Self.reason(missing: required, in: name), "\(name) has no member \(required).",
        at: path.text)
    }
    for member in object.members {
      path.enter(member.name)
      defer { path.leave() }
      guard let known = model.members[member.name] else {
        if model.isClosed, member.name != "type" {
          fault(.shape, "\(name) may not have other members.", at: path.text)
        }
        continue
      }
      guard case .array(let elements) = member.value else {
        check(member.value, known.kind)
        continue
      }
      guard known.isMany else {
        fault(.shape, "There is one \(member.name) at most, found an array.", at: path.text)
        continue
      }
      for (index, element) in elements.enumerated() {
        path.enter(index)
        check(element, known.kind)
        path.leave()
      }
    }
  }

  private static func reason(missing member: Identifier, in name: String) -> Reason {
    switch (name, member) {
    case (_, "credentialSubject"): .subject
    case (_, "issuer"): .issuer
    case (_, "criteria"): .criteria
    case (_, "id"): .identifier
    default: .shape
    }
  }

  private mutating func checkType(of object: JSONObject, _ model: CredentialClass) {
    guard let type = model.type else { return }
    let found = object["type"]
    let isThere =
      model.isClosed
      ? found?.string == type : found?.asArray.contains { $0.string == type } ?? false
    guard !isThere else { return }
    let pointer = path.text
    fault(
      pointer == "/issuer" ? .issuer : .type, "The type is not \(type).", at: "\(pointer)/type")
  }

  private mutating func check(_ value: JSONNode, _ kind: CredentialClass.Kind) {
    switch (kind, value) {
    case (.any, _), (.text, .string), (.number, .number), (.boolean, .boolean),
      (.reference, .string):
      break
    case (.moment, .string(let text)):
      if Instant(text.text) == nil {
        fault(
          .shape, "This is no moment with a zone, such as 2026-09-01T00:00:00Z.", at: path.text)
      }
    case (.object(let name), .object(let object)), (.reference(let name), .object(let object)):
      check(object, as: name)
    case (.word(let words, let isOpen), .string(let text)):
      guard words.contains(text.text) || (isOpen && Self.isExtension(text)) else {
        fault(.shape, "\"\(text)\" is not a word of its vocabulary.", at: path.text)
        return
      }
    default: fault(.shape, "The value is \(value.kind).", at: path.text)
    }
  }

  /// Whether a word is an extension of an open vocabulary: the whole of it is checked.
  private static func isExtension(_ text: Identifier) -> Bool {
    guard text.text.hasPrefix("ext:"), text.utf8.count > 4 else { return false }
    return text.utf8.dropFirst(4).allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private mutating func checkTimes(_ credential: JSONObject) {
    let times = ValidityWindow(credential)
    if credential["validFrom"] == nil, credential["issuanceDate"] == nil {
      fault(.shape, "Nothing says from when the credential holds.", at: "/validFrom")
    }
    if let from = times.from, let until = times.until, until < from {
      fault(.dateOrder, "validUntil is before validFrom.", at: "/validUntil")
    }
    if let subject = credential["credentialSubject"],
      let start = subject["activityStartDate"]?.string.flatMap({ PartialDate($0.text) }),
      let end = subject["activityEndDate"]?.string.flatMap({ PartialDate($0.text) }),
      let first = start.earliest(offsetMinutes: 0), let last = end.earliest(offsetMinutes: 0),
      last < first
    {
      fault(
        .dateOrder, "activityEndDate is before activityStartDate.",
        at: "/credentialSubject/activityEndDate")
    }
  }

  private mutating func checkIssuer(_ credential: JSONObject) {
    guard let issuer = credential["issuer"] else { return }
    guard let id = issuer.string ?? issuer["id"]?.string, !id.isEmpty else {
      fault(.issuer, "The issuer has no identifier.", at: "/issuer")
      return
    }
  }
}

/// The time for which a credential holds.
struct ValidityWindow {
  var from: Instant?
  var until: Instant?

  init(_ credential: JSONObject) {
    func moment(_ names: [Identifier]) -> Instant? {
      names.lazy.compactMap { credential[$0]?.string }.first.flatMap { Instant($0.text) }
    }
    from = moment(["validFrom", "issuanceDate"])
    until = moment(["validUntil", "expirationDate"])
  }
}
