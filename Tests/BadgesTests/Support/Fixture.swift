import Badges
import Domain
import LinkedData
import Testing

/// Badges that the tests sign themselves, with keys that are no secrets.
enum Fixture {
  static let now = moment("2026-11-22T00:00:00Z")
  static let issued = moment("2026-09-01T12:00:00Z")

  static func moment(_ text: String) -> Instant {
    guard let moment = Instant(text) else { preconditionFailure("\(text) is no moment") }
    return moment
  }

  static func key(_ byte: UInt8 = 1, _ kind: SigningKey.Kind = .ed25519) throws -> SigningKey {
    try SigningKey(kind: kind, secret: [UInt8](repeating: byte, count: 32))
  }

  /// A complete badge without a proof.
  static func draft(issuer: Identifier, _ change: (inout JSONObject) -> Void = { _ in })
    -> JSONObject
  {
    let node: JSONNode = [
      "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
      ],
      "id": "urn:uuid:6f0a1c52-0000-4000-8000-000000000001",
      "type": ["VerifiableCredential", "AchievementCredential"],
      "issuer": ["id": .string(issuer), "type": ["Profile"], "name": "Riverside School"],
      "validFrom": "2026-09-01T00:00:00Z", "name": "Linear functions",
      "credentialSubject": [
        "id": "did:example:learner-17", "type": ["AchievementSubject"],
        "achievement": [
          "id": "urn:uuid:0b9f7f0e-1d0a-4a0e-9d1e-5c2f6f3b7a11", "type": ["Achievement"],
          "achievementType": "Competency", "name": "Linear functions",
          "description": "Constructs and interprets linear functions.",
          "criteria": ["narrative": "Level 3 or above on two separate occasions."],
        ],
      ],
    ]
    var object = node.object ?? JSONObject()
    change(&object)
    return object
  }

  /// A signed badge.
  static func badge(
    _ kind: SigningKey.Kind = .ed25519, suites: [BadgeIssuer.Suite]? = nil,
    _ change: (inout JSONObject) -> Void = { _ in }
  ) throws -> JSONObject {
    let issuer = BadgeIssuer(key: try key(1, kind))
    return try issuer.sign(draft(issuer: issuer.id, change), with: suites, created: issued)
  }

  static func text(_ object: JSONObject) -> String {
    String(decoding: JSONNode.object(object).compactBytes(), as: UTF8.self)
  }

  static func verify(_ text: String, _ resources: [Identifier: Resource] = [:])
    -> VerificationReport
  {
    BadgeVerifier(at: now, loader: KnownResources(resources)).verify(Array(text.utf8))
  }
}
