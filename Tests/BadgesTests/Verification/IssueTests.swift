import Badges
import Domain
import LinkedData
import Testing

@Suite("Issuing")
struct IssueTests {
  @Test("what is issued verifies", arguments: BadgeIssuer.Suite.allCases)
  func suites(_ suite: BadgeIssuer.Suite) throws {
    let badge = try Fixture.badge(suite.keyKind, suites: [suite])
    let report = Fixture.verify(Fixture.text(badge))
    #expect(report.verdict == .valid, "\(report.checks)")
    #expect(report.proofs.map(\.suite.text) == [suite.rawValue])
  }

  @Test("tokens verify", arguments: SigningKey.Kind.allCases)
  func tokens(_ kind: SigningKey.Kind) throws {
    let issuer = BadgeIssuer(key: try Fixture.key(4, kind))
    let token = try issuer.token(
      Fixture.draft(issuer: issuer.id) { $0["validUntil"] = "2027-09-01T00:00:00Z" })
    let report = BadgeVerifier(at: Fixture.now).verify(token)
    #expect(report.verdict == .valid, "\(report.checks)")
  }

  @Test("an Ed25519 proof is the same each time")
  func deterministic() throws {
    #expect(try Fixture.badge() == Fixture.badge())
  }

  @Test("a key of another kind does not sign")
  func wrongKey() {
    let error = #expect(throws: BadgesError.self) {
      try Fixture.badge(.p256, suites: [.eddsaRDFC])
    }
    #expect(error?.code == .key)
  }

  static let refused: [(String, @Sendable (inout JSONObject) -> Void)] = [
    ("another issuer", { $0["issuer"] = "did:web:other.example" }),
    ("an unknown term", { $0["gradeBoost"] = 9 }),
    ("no subject", { $0["credentialSubject"] = nil }),
    (
      "version 1.1",
      { $0["@context"] = ["https://www.w3.org/2018/credentials/v1"] }
    ),
  ]

  @Test("what a verifier would refuse is not signed", arguments: refused.indices)
  func refuses(_ index: Int) {
    let error = #expect(throws: BadgesError.self) {
      try Fixture.badge(.ed25519, Self.refused[index].1)
    }
    #expect(error?.code == .document)
  }

  @Test("members that may be several become arrays")
  func arrays() throws {
    let badge = try Fixture.badge {
      $0["evidence"] = ["type": "Evidence", "name": "Project"]
    }
    #expect(badge["evidence"]?.array?.first?["type"]?.array == ["Evidence"])
    #expect(badge["proof"]?.array?.count == 2)
  }

  @Test("a draft is completed, and the same draft gives the same identifier")
  func completed() throws {
    let key = try Fixture.key()
    let issuer = BadgeIssuer(key: key)
    var draft = JSONObject()
    draft["credentialSubject"] = Fixture.draft(issuer: issuer.id)["credentialSubject"]
    let first = BadgeDraft.completed(
      draft, issuer: issuer.id, issuerName: "Riverside", at: Fixture.issued)
    #expect(
      first
        == BadgeDraft.completed(
          draft, issuer: issuer.id, issuerName: "Riverside", at: Fixture.issued))
    let report = Fixture.verify(Fixture.text(try issuer.sign(first, created: Fixture.issued)))
    #expect(report.verdict == .valid, "\(report.checks)")
  }

  @Test("after a key was replaced, badges of the old one still verify")
  func rotation() throws {
    func method(_ key: SigningKey, _ name: String) -> JSONNode {
      [
        "id": JSONNode("did:web:school.example#\(name)"), "type": "Multikey",
        "controller": "did:web:school.example",
        "publicKeyMultibase": .string(key.publicKey.multikey ?? ""),
      ]
    }
    let (old, new) = (try Fixture.key(5), try Fixture.key(6))
    let document: JSONNode = [
      "id": "did:web:school.example",
      "assertionMethod": [method(old, "2025"), method(new, "2026")],
    ]
    let url: Identifier = "https://school.example/.well-known/did.json"
    for (key, name) in [(old, "2025"), (new, "2026")] {
      let issuer = BadgeIssuer(key: key, method: Identifier("did:web:school.example#\(name)"))
      let badge = try issuer.sign(Fixture.draft(issuer: issuer.id), created: Fixture.issued)
      let report = Fixture.verify(
        Fixture.text(badge), [url: .bytes(document.compactBytes())])
      #expect(report.verdict == .valid, "\(report.checks)")
    }
  }

  @Test(
    "a key file round-trips and its secret is never described", arguments: SigningKey.Kind.allCases)
  func keyFile(_ kind: SigningKey.Kind) throws {
    let key = try SigningKey(new: kind)
    let document = key.document()
    let read = try SigningKey(document: document)
    #expect(read.publicKey == key.publicKey)
    let secret = try #require(JSONNode(reading: document)["secretKeyMultibase"]?.string?.text)
    for text in ["\(key)", String(reflecting: key), "\(key.publicKey)"] {
      #expect(!text.contains(secret))
    }
    let error = #expect(throws: BadgesError.self) {
      try SigningKey(document: Array((secret + "x").utf8))
    }
    #expect(error?.description.contains(secret) == false)
  }
}
