internal import Domain
internal import LinkedData

/// Checks that the JSON of a credential cannot be read in another way than its dataset.
///
/// JSON-LD has many ways to say one thing. A member that is written as its IRI, wrapped in a list or
/// moved to another node leaves the dataset, and with it the signature, as it was, and hides from
/// everybody who reads the JSON.
struct ClosedForm {
  private var fault: Check?
  private let id: Identifier?
  private let subject: Identifier?

  private static let credentialContexts: Set<Identifier> = [
    "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
  ]

  /// The first fault of a credential; `nil` where there is none.
  static func fault(of credential: JSONObject) -> Check? {
    var form = ClosedForm(credential)
    form.checkContext(credential["@context"], at: "/@context", isCredential: true)
    form.check(credential, at: "", Place.credential)
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

  private mutating func refuse(_ reason: Reason, _ message: String, at pointer: String) {
    if fault == nil { fault = Check(.context, .fail, reason, message, at: pointer) }
  }

  private mutating func checkContext(_ context: JSONNode?, at pointer: String, isCredential: Bool) {
    guard let context else {
      refuse(.context, "There is no @context.", at: pointer)
      return
    }
    for (index, entry) in context.asArray.enumerated() {
      guard let url = entry.string else {
        refuse(.closedForm, "A context is written inline; contexts are URLs.", at: pointer)
        return
      }
      if isCredential, index == 0, !Self.credentialContexts.contains(url) {
        refuse(.context, "The first context is not that of verifiable credentials.", at: pointer)
      }
      if PinnedContexts.revisions(of: url).isEmpty {
        refuse(
          .context, "The context \(url) is not built in; nothing is fetched.", at: pointer)
      }
    }
    if context.asArray.isEmpty { refuse(.context, "There is no context.", at: pointer) }
  }

  private mutating func check(_ object: JSONObject, at pointer: String, _ kind: Place) {
    guard fault == nil else { return }
    checkIdentity(of: object, at: pointer, kind)
    for member in object.members {
      let place = "\(pointer)/\(DocumentReader.escaped(member.name))"
      if member.name == "@context" {
        checkNestedContext(member.value, at: place, kind)
        continue
      }
      let first = member.name.utf8.first
      if first == UInt8(ascii: "@") || member.name.utf8.contains(UInt8(ascii: ":")) {
        refuse(
          .closedForm, "The member \"\(member.name)\" is a keyword or an IRI, not a term.",
          at: place)
        return
      }
      check(member.value, at: place, Self.place(of: member.name, in: kind), isInArray: false)
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

  private mutating func check(
    _ value: JSONNode, at pointer: String, _ kind: Place, isInArray: Bool
  ) {
    switch value {
    case .array(let elements):
      guard !isInArray else {
        refuse(.closedForm, "An array lies in an array.", at: pointer)
        return
      }
      for (index, element) in elements.enumerated() {
        check(element, at: "\(pointer)/\(index)", kind, isInArray: true)
      }
    case .object(let object): check(object, at: pointer, kind)
    default: break
    }
  }

  private mutating func checkNestedContext(_ value: JSONNode, at pointer: String, _ kind: Place) {
    switch kind {
    case .credential: break
    case .nestedCredential: checkContext(value, at: pointer, isCredential: true)
    case .proof: checkContext(value, at: pointer, isCredential: false)
    default:
      refuse(
        .closedForm, "A context stands below the top, where it changes what members mean.",
        at: pointer)
    }
  }

  /// A second description of the credential or its subject could hold what belongs to the first.
  private mutating func checkIdentity(of object: JSONObject, at pointer: String, _ kind: Place) {
    guard kind != .credential, let own = object["id"]?.string, object.count > 1 else { return }
    let isOfEndorsement = object.members.allSatisfy {
      $0.name == "id" || $0.name == "type" || $0.name == "endorsementComment"
    }
    if own == id, !isOfEndorsement || object["endorsementComment"] == nil {
      refuse(.closedForm, "The credential is described a second time.", at: pointer)
    }
    let isProfile = object["type"]?.asArray.contains("Profile") ?? false
    if own == subject, own != id, kind == .other, !isOfEndorsement, !isProfile,
      !pointer.contains("/verifiableCredential/"), !pointer.contains("/endorsement/")
    {
      refuse(.closedForm, "The subject is described a second time.", at: pointer)
    }
  }
}
