internal import Badges
internal import Domain
internal import Grading
internal import LinkedData

/// Writes and signs the credentials of a carried record.
struct CredentialWriter {
  let issuer: BadgeIssuer
  let issuerName: Identifier?
  /// The identifier of the learner in the package.
  let subject: Identifier
  let created: Instant

  /// The type of achievement of covers.
  private static let coverType: Identifier = "ext:CarriedRecord"

  /// The credential that pins files.
  func cover(pinning files: [RecordPackage.File: [UInt8]]) throws(BadgesError) -> JSONObject {
    var achievement = JSONObject()
    achievement["id"] = .string(identifier("cover"))
    achievement["type"] = ["Achievement"]
    achievement["achievementType"] = .string(Self.coverType)
    achievement["name"] = "Carried record"
    achievement["description"] =
      "Evidence, results and policy of the school, each by its digest."
    achievement["criteria"] = ["narrative": "What the learner did is in the files of the record."]
    var draft = credential("OpenBadgeCredential", achievement)
    var pins: [JSONNode] = []
    for file in RecordPackage.File.allCases where file.isPinned {
      guard let bytes = files[file] else { continue }
      pins.append([
        "id": .string(Self.identifier(of: file, in: subject)),
        "digestSRI": .string(Self.pin(bytes)), "mediaType": "application/json",
      ])
    }
    draft["relatedResource"] = .array(pins)
    return try sign(draft)
  }

  /// The name of a file in the cover.
  static func identifier(of file: RecordPackage.File, in subject: Identifier) -> Identifier {
    Identifier("\(subject)#\(file.rawValue)")
  }

  /// The digest of a file as Subresource Integrity writes it.
  static func pin(_ bytes: [UInt8]) -> Identifier {
    var text = Base64URL.text(SHA256.hash(bytes).bytes).map { character -> Character in
      character == "-" ? "+" : character == "_" ? "/" : character
    }
    while text.count % 4 != 0 { text.append("=") }
    return Identifier("sha256-" + String(text))
  }

  /// The credential of an assessed target.
  func achievement(
    _ result: TargetResult, of target: RecordTarget, under policy: Policy
  ) throws(BadgesError) -> JSONObject {
    let id = target.graded.id.identifier
    let title = target.title.map { Identifier($0) } ?? id
    var achievement = JSONObject()
    achievement["id"] = .string(target.url ?? identifier("target", id))
    achievement["type"] = ["Achievement"]
    achievement["achievementType"] = "Competency"
    achievement["name"] = .string(title)
    achievement["description"] = .string(title)
    achievement["humanCode"] = .string(id)
    achievement["criteria"] = [
      "narrative": JSONNode(
        "Graded by the policy \(policy.id), whose SHA-256 digest is \(policy.digest).")
    ]
    if let url = target.url {
      achievement["alignment"] = [
        [
          "type": ["Alignment"], "targetName": .string(title), "targetUrl": .string(url),
          "targetCode": .string(id), "targetType": "CFItem",
        ]
      ]
    }
    let description = identifier("scale", id)
    achievement["resultDescription"] = [
      [
        "id": .string(description), "type": ["ResultDescription"],
        "name": JSONNode(policy.scale.title), "resultType": "PerformanceLevel",
        "allowedValue": .array(policy.scale.levels.map { .string($0.label) }),
        "requiredValue": .string(policy.scale.cut.label),
      ]
    ]
    var draft = credential("OpenBadgeCredential", achievement)
    var found = JSONObject()
    found["type"] = ["Result"]
    found["resultDescription"] = .string(description)
    if let level = result.result.level { found["value"] = .string(level) }
    found["status"] = result.result.outcome == .mastered ? "Completed" : "InProgress"
    var about = draft["credentialSubject"]?.object ?? JSONObject()
    about["result"] = [.object(found)]
    draft["credentialSubject"] = .object(about)
    return try sign(draft)
  }

  /// The CLR.
  func record(
    _ credentials: [JSONObject], identity: JSONObject?
  ) throws(BadgesError) -> JSONObject {
    var about = JSONObject()
    about["id"] = .string(subject)
    about["type"] = ["ClrSubject"]
    if let identity { about["identifier"] = [.object(identity)] }
    about["verifiableCredential"] = .array(credentials.map { .object($0) })
    var draft = JSONObject()
    draft["type"] = ["VerifiableCredential", "ClrCredential"]
    draft["name"] = "Record of learning"
    draft["credentialSubject"] = .object(about)
    return try sign(draft)
  }

  /// The identifier at the school, hashed with a salt.
  func identity(of learner: LearnerID, salt: Identifier) -> JSONObject {
    var identity = JSONObject()
    identity["type"] = "IdentityObject"
    identity["hashed"] = true
    identity["identityHash"] = .string(
      IdentityHash.sha256(learner.identifier, salt: salt))
    identity["identityType"] = "sisSourcedId"
    identity["salt"] = .string(salt)
    return identity
  }

  func file(_ credential: JSONObject) -> [UInt8] {
    JSONNode.object(credential).compactBytes() + [0x0A]
  }

  private func credential(_ type: Identifier, _ achievement: JSONObject) -> JSONObject {
    var draft = JSONObject()
    draft["type"] = ["VerifiableCredential", .string(type)]
    draft["credentialSubject"] = [
      "id": .string(subject), "type": ["AchievementSubject"], "achievement": .object(achievement),
    ]
    return draft
  }

  private func sign(_ draft: JSONObject) throws(BadgesError) -> JSONObject {
    let whole = BadgeDraft.completed(
      draft, issuer: issuer.id, issuerName: issuerName, at: created)
    return try issuer.sign(whole, created: created)
  }

  /// An identifier that is made from words and is the same every time.
  private func identifier(_ words: Identifier...) -> Identifier {
    let text = DocumentValue.array(([issuer.id] + words).map { .string($0) }).canonicalText
    return BadgeDraft.uuid(from: SHA256.hash(Array(text.utf8)).bytes)
  }
}
