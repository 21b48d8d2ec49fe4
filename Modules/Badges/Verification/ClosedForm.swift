internal import Domain
internal import LinkedData

/// Checks that the JSON of a credential cannot be read in another way than its dataset.
///
/// JSON-LD has many ways to say one thing. A member that is written as its IRI, wrapped in a list or
/// moved to another node leaves the dataset, and with it the signature, as it was, and hides from
/// everybody who reads the JSON.
struct ClosedForm {
  private var fault: Check?
  private var path = PointerPath()
  private let id: Identifier?
  private let subject: Identifier?

  private static let credentialContexts: Set<Identifier> = [
    "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
  ]

  /// The first fault of a credential; `nil` where there is none.
  static func fault(of credential: JSONObject) -> Check? {
    var form = ClosedForm(credential)
    form.path.enter("@context")
    form.checkContext(credential["@context"], isCredential: true)
    form.path.leave()
    form.check(credential, Place.credential)
    return form.fault
  }

  private init(_ credential: JSONObject) {
    id = credential["id"]?.string
    // Endorsements and lists are about something that may well be described beside them.
    let isBadge = ShapeChecker.className(of: credential) == "AchievementCredential"
    subject = isBadge ? credential["credentialSubject"]?["id"]?.string : nil
  }

  /// What an object is, as far as contexts and identifiers go.
  private enum Place {
    case credential
    case nestedCredential
    case proof
    case subject
    case other
  }

  private mutating func refuse(_ reason: Reason, _ message: String) {
    if fault == nil { fault = Check(.context, .fail, reason, message, at: path.text) }
  }

  private mutating func checkContext(_ context: JSONNode?, isCredential: Bool) {
    guard let context else {
      refuse(.context, "There is no @context.")
      return
    }
    for (index, entry) in context.asArray.enumerated() {
      guard let url = entry.string else {
        refuse(.closedForm, "A context is written inline; contexts are URLs.")
        return
      }
      if isCredential, index == 0, !Self.credentialContexts.contains(url) {
        refuse(.context, "The first context is not that of verifiable credentials.")
      }
      if PinnedContexts.revisions(of: url).isEmpty {
        refuse(
          .context, "The context \(url) is not built in; nothing is fetched.")
      }
    }
    if context.asArray.isEmpty { refuse(.context, "There is no context.") }
  }

  private mutating func check(_ object: JSONObject, _ kind: Place) {
    guard fault == nil else { return }
    checkIdentity(of: object, kind)
    for member in object.members where fault == nil {
      path.enter(member.name)
      defer { path.leave() }
      if member.name == "@context" {
        checkNestedContext(member.value, kind)
        continue
      }
      if member.name.utf8.first == UInt8(ascii: "@")
        || member.name.utf8.contains(UInt8(ascii: ":"))
      {
        refuse(
          .closedForm, "The member \"\(member.name)\" is a keyword or an IRI, not a term.")
        return
      }
      check(member.value, Self.place(of: member.name, in: kind), isInArray: false)
    }
  }

  private static func place(of name: Identifier, in kind: Place) -> Place {
    switch name {
    case "proof": .proof
    case "endorsement", "verifiableCredential": .nestedCredential
    case "credentialSubject": kind == .credential ? .subject : .other
    default: .other
    }
  }

  private mutating func check(_ value: JSONNode, _ kind: Place, isInArray: Bool) {
    switch value {
    case .array(let elements):
      guard !isInArray else {
        refuse(.closedForm, "An array lies in an array.")
        return
      }
      for (index, element) in elements.enumerated() {
        path.enter(index)
        check(element, kind, isInArray: true)
        path.leave()
      }
    case .object(let object): check(object, kind)
    default: break
    }
  }

  private mutating func checkNestedContext(_ value: JSONNode, _ kind: Place) {
    switch kind {
    case .credential: break
    case .nestedCredential: checkContext(value, isCredential: true)
    case .proof: checkContext(value, isCredential: false)
    default:
      refuse(
        .closedForm, "A context stands below the top, where it changes what members mean.")
    }
  }

  /// A second description of the credential or its subject could hold what belongs to the first.
  private mutating func checkIdentity(of object: JSONObject, _ kind: Place) {
    guard kind != .credential, let own = object["id"]?.string, object.count > 1 else { return }
    let isOfEndorsement = object.members.allSatisfy {
      $0.name == "id" || $0.name == "type" || $0.name == "endorsementComment"
    }
    if own == id, !isOfEndorsement || object["endorsementComment"] == nil {
      refuse(.closedForm, "The credential is described a second time.")
    }
    let isProfile = object["type"]?.asArray.contains("Profile") ?? false
    if own == subject, own != id, kind == .other, !isOfEndorsement, !isProfile,
      !path.text.contains("/verifiableCredential/"), !path.text.contains("/endorsement/")
    {
      refuse(.closedForm, "The subject is described a second time.")
    }
  }
}
