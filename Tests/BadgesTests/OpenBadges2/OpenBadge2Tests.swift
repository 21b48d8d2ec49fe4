import Badges
import Domain
import Foundation
import LinkedData
import Testing

@Suite("Open Badges 2.0")
struct OpenBadge2Tests {
  static let context: JSONNode = "https://w3id.org/openbadges/v2"
  static let issuer: JSONNode = [
    "@context": context, "id": "https://school.example/issuer", "type": "Issuer",
    "name": "School", "url": "https://school.example", "email": "a@school.example",
    "revocationList": "https://school.example/revoked",
  ]
  static let badge: JSONNode = [
    "@context": context, "id": "https://school.example/badge", "type": "BadgeClass",
    "name": "Robotics", "description": "Builds robots.", "criteria": "https://school.example/c",
    "image": "https://school.example/i.png", "issuer": "https://school.example/issuer",
    "tags": ["robots"],
  ]

  static func assertion(id: String = "https://school.example/1") -> JSONObject {
    let node: JSONNode = [
      "@context": context, "id": JSONNode(id), "type": "Assertion",
      "recipient": [
        "type": "email", "hashed": true, "salt": "deadsea",
        "identity":
          "sha256$ecf5409f3f4b91ab60cc5ef4c02aef7032354375e70cf4d8e43f6a1d29891942",
      ],
      "badge": "https://school.example/badge", "verification": ["type": "HostedBadge"],
      "issuedOn": "2026-09-01T00:00:00Z",
    ]
    return node.object ?? JSONObject()
  }

  static func resources(
    _ assertion: JSONObject, revoked: [JSONNode] = [], issuer: JSONNode = Self.issuer
  ) -> [Identifier: Resource] {
    [
      assertion["id"]?.string ?? "": .bytes(JSONNode.object(assertion).compactBytes()),
      "https://school.example/badge": .bytes(badge.compactBytes()),
      "https://school.example/issuer": .bytes(issuer.compactBytes()),
      "https://school.example/revoked": .bytes(
        (["id": "https://school.example/revoked", "revokedAssertions": .array(revoked)]
          as JSONNode).compactBytes()),
    ]
  }

  @Test("a hosted badge is what its address serves")
  func hosted() throws {
    let assertion = Self.assertion()
    var documents = Self.resources(assertion)
    #expect(Fixture.verify(Fixture.text(assertion), documents).verdict == .valid)
    var changed = assertion
    changed["narrative"] = "More"
    #expect(Fixture.verify(Fixture.text(changed), documents).reason == .signature)
    documents["https://school.example/1"] = .gone
    #expect(Fixture.verify(Fixture.text(assertion), documents).reason == .revoked)
    documents["https://school.example/1"] = nil
    let report = Fixture.verify(Fixture.text(assertion), documents)
    #expect(report.verdict == .indeterminate)
    #expect(report.reason == .hosted)
  }

  @Test("a badge on another origin than its issuer is not the issuer's")
  func origin() throws {
    let assertion = Self.assertion(id: "https://elsewhere.example/1")
    #expect(
      Fixture.verify(Fixture.text(assertion), Self.resources(assertion)).reason == .hosted)
    guard var rules = Self.issuer.object else { return }
    rules["verification"] = ["allowedOrigins": ["elsewhere.example"]]
    let documents = Self.resources(assertion, issuer: .object(rules))
    #expect(Fixture.verify(Fixture.text(assertion), documents).verdict == .valid)
  }

  @Test("the issuer's list revokes")
  func revocationList() {
    let assertion = Self.assertion()
    for entry: JSONNode in ["https://school.example/1", ["id": "https://school.example/1"]] {
      let documents = Self.resources(assertion, revoked: [entry])
      #expect(Fixture.verify(Fixture.text(assertion), documents).reason == .revoked)
    }
  }

  @Test("becomes a credential that can be issued")
  func converted() throws {
    let key = BadgeIssuer(key: try Fixture.key())
    var credential = try OpenBadge2Conversion.credential(
      from: Self.assertion(), badge: Self.badge.object, issuer: Self.issuer.object)
    #expect(credential.subject?.achievement?.name == "Robotics")
    #expect(credential.subject?.achievement?.tags == ["robots"])
    #expect(credential.subject?.identifiers.first?.identityType == "emailAddress")
    #expect(credential.validFrom == Instant("2026-09-01T00:00:00Z"))
    credential.issuer?.id = key.id
    let signed = try key.sign(credential.json, created: Fixture.now)
    #expect(Fixture.verify(Fixture.text(signed)).verdict == .valid)
  }

  @Test("the signed badge of the samples verifies with the key of its issuer")
  func signed() throws {
    guard let folder = Samples.url("credentials/1edtech-ob2") else { return }
    var documents: [Identifier: Resource] = [:]
    for (url, file) in [
      ("http://example.org/key1.json", "key1.json"),
      ("https://example.org/robotics-badge.json", "robotics-badge.json"),
      ("https://example.org/organization.json", "organization.json"),
    ] {
      documents[Identifier(url)] = .bytes(
        try Samples.bytes(folder.appending(path: "assets/\(file)")))
    }
    let verifier = BadgeVerifier(at: Fixture.now, loader: KnownResources(documents))
    let report = verifier.verify(try Samples.bytes(folder.appending(path: "simple.jwt")))
    #expect(report.checks.contains(Check(.proof, .pass)), "\(report.checks)")
  }
}
