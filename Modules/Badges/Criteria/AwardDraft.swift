public import Domain
public import LinkedData

/// The badges that are due, before they are signed.
public enum AwardDraft {
  /// The badge of a rule for a learner, who is named by a salted hash alone.
  ///
  /// The identifier of the badge is made from its content; because of the salt no two badges have
  /// the same one.
  ///
  /// - Parameters:
  ///   - rule: The rule; its credential says what the badge is for.
  ///   - learner: Whom it is about.
  ///   - kind: What kind of identifier the learner's is, as Open Badges 3.0 names it, such as
  ///     `sisSourcedId`.
  ///   - salt: The salt: 16 bytes at least that nobody can guess.
  /// - Returns: A credential without proof, for ``BadgeDraft/completed(_:issuer:issuerName:at:)``.
  public static func credential(
    of rule: AwardRule, for learner: LearnerID, kind: Identifier, salt: [UInt8]
  ) -> JSONObject {
    precondition(salt.count >= 16, "a salt has 16 bytes at least")
    let text = Identifier(Base64URL.text(salt))
    var draft = rule.credential
    var subject = draft["credentialSubject"]?.object ?? JSONObject()
    if subject["type"] == nil { subject["type"] = ["AchievementSubject"] }
    subject["identifier"] = [
      [
        "type": "IdentityObject", "hashed": true,
        "identityHash": .string(IdentityHash.sha256(learner.identifier, salt: text)),
        "identityType": .string(kind), "salt": .string(text),
      ]
    ]
    draft["credentialSubject"] = .object(subject)
    if draft["type"] == nil { draft["type"] = ["VerifiableCredential", "OpenBadgeCredential"] }
    draft["id"] = nil
    let content = (try? JSONNode.object(draft).canonicalBytes()) ?? []
    draft["id"] = .string(BadgeDraft.uuid(from: SHA256.hash(content + salt).bytes))
    return draft
  }
}
