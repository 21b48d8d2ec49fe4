internal import Domain
public import LinkedData

/// Open Badges 2.0 as Open Badges 3.0.
public enum OpenBadge2Conversion {
  /// Makes an unsigned credential from an assertion with its badge class and issuer.
  ///
  /// It is a new credential: identifiers are not reused, and the issuer is whoever signs it.
  ///
  /// - Parameters:
  ///   - assertion: The assertion, as it was verified.
  ///   - badge: The badge class; the one in the assertion when it is `nil`.
  ///   - issuer: The issuer; the one in the badge class when it is `nil`.
  /// - Throws: ``BadgesError`` with the code `document` where a part is missing.
  public static func credential(
    from assertion: JSONObject, badge: JSONObject? = nil, issuer: JSONObject? = nil
  ) throws(BadgesError) -> AchievementCredential {
    guard let badge = badge ?? assertion["badge"]?.object,
      let issuer = issuer ?? badge["issuer"]?.object
    else {
      throw BadgesError(.document, "The badge class or its issuer is not at hand.")
    }
    var achievement = Achievement(json: JSONObject())
    achievement.types = ["Achievement"]
    achievement.name = badge["name"]?.string
    achievement.description = badge["description"]?.string
    if let url = badge["criteria"]?.string {
      achievement.json["criteria"] = ["id": .string(url)]
    } else {
      achievement.json["criteria"] = badge["criteria"]
    }
    achievement.tags = (badge["tags"]?.asArray ?? []).compactMap(\.string)
    achievement.alignments = (badge["alignment"]?.asArray ?? []).compactMap(\.object).map {
      var alignment = Alignment(json: $0)
      alignment.json["type"] = ["Alignment"]
      return alignment
    }
    if let url = badge["id"] { achievement.json["related"] = [["id": url, "type": ["Related"]]] }
    achievement.id = name(of: [badge], "achievement")
    var profile = Profile(json: JSONObject())
    profile.id = issuer["id"]?.string
    profile.types = ["Profile"]
    for key: Identifier in ["name", "url", "email", "description"] {
      profile.json[key] = issuer[key]
    }
    return credential(
      from: assertion, achievement, profile, id: name(of: [assertion], "credential"))
  }

  private static func credential(
    from assertion: JSONObject, _ achievement: Achievement, _ profile: Profile, id: Identifier
  ) -> AchievementCredential {
    var credential = AchievementCredential(json: JSONObject())
    credential.json["@context"] = [
      .string(CredentialForm.credentials), .string(CredentialForm.badges),
    ]
    credential.id = id
    credential.types = ["VerifiableCredential", "AchievementCredential"]
    credential.issuer = profile
    credential.name = achievement.name
    credential.validFrom = assertion["issuedOn"]?.string.flatMap { Instant($0.text) }
    credential.awardedDate = credential.validFrom
    credential.validUntil = assertion["expires"]?.string.flatMap { Instant($0.text) }
    var subject = AchievementSubject(json: JSONObject())
    subject.json["type"] = ["AchievementSubject"]
    subject.identifiers = [identity(of: assertion["recipient"])]
    subject.achievement = achievement
    subject.narrative = assertion["narrative"]?.string
    credential.subject = subject
    credential.evidence = (assertion["evidence"]?.asArray ?? []).map { node in
      var evidence = BadgeEvidence(json: node.object ?? JSONObject())
      if let url = node.string { evidence.id = url }
      evidence.json["type"] = ["Evidence"]
      return evidence
    }
    return credential
  }

  private static func identity(of recipient: JSONNode?) -> IdentityObject {
    var identity = IdentityObject(json: JSONObject())
    identity.json["type"] = "IdentityObject"
    identity.json["hashed"] = recipient?["hashed"] ?? false
    identity.identityHash = recipient?["identity"]?.string
    identity.identityType = recipient?["type"] == "email" ? "emailAddress" : "identifier"
    identity.salt = recipient?["salt"]?.string
    return identity
  }

  /// A name that is made from what it names.
  private static func name(of objects: [JSONObject], _ kind: String) -> Identifier {
    let bytes = objects.flatMap { (try? JSONNode.object($0).canonicalBytes()) ?? [] }
    return BadgeDraft.uuid(from: SHA256.hash(Array(kind.utf8) + bytes).bytes)
  }
}
