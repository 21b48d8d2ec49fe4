import Badges
import Domain
import Foundation
import LinkedData
import Testing

/// Base and derived proofs of ecdsa-sd-2023.
@Suite("Selective disclosure")
struct DisclosureTests {
  private static func folder() -> URL? { Samples.url("vectors/vc-di-ecdsa") }

  private static func pointers(_ url: URL) throws -> [Identifier] {
    try Samples.node(url).asArray.compactMap(\.string)
  }

  private static func hexBytes(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
  }

  @Test("the published base proof gives the published derived proof, byte for byte")
  func derivedVector() throws {
    guard let folder = Self.folder() else { return }
    let base = try Samples.node(folder.appending(path: "ecdsa-sd-2023/prc/addSignedSDBase.json"))
    let expected = try Samples.node(
      folder.appending(path: "ecdsa-sd-2023/prc/derivedRevealDocument.json"))
    let derived = try BadgeDisclosure.derive(
      try #require(base.object),
      reveal: Self.pointers(folder.appending(path: "prCredSelective.json")))
    #expect(try JSONNode.object(derived).canonicalBytes() == expected.canonicalBytes())
  }

  @Test("with the published keys the base proof has the published labels and demands")
  func baseVector() throws {
    guard let folder = Self.folder() else { return }
    let keys = try Samples.node(folder.appending(path: "ecdsa-sd-2023/SDKeyMaterial.json"))
    func key(_ name: Identifier) throws -> SigningKey {
      try SigningKey(multikey: try #require(keys[name]?["secretKeyMultibase"]?.string).text)
    }
    let hmac = Self.hexBytes(try #require(keys["hmacKeyString"]?.string).text)
    let issuer = BadgeIssuer(key: try key("baseKeyPair"))
    let document = try Samples.node(folder.appending(path: "prCredUnsigned.json"))
    let expected = try Samples.node(
      folder.appending(path: "ecdsa-sd-2023/prc/addSignedSDBase.json"))
    let signed = try issuer.signForDisclosure(
      vector: try #require(document.object),
      mandatory: Self.pointers(folder.appending(path: "prCredMandatory.json")),
      created: try #require(Instant("2023-08-15T23:36:38Z")),
      secrets: DisclosureSecrets(proofKey: try key("proofKeyPair"), hmacKey: hmac))
    // ECDSA signs with random numbers: what is derived has other signatures and the same rest.
    let reveal = try Self.pointers(folder.appending(path: "prCredSelective.json"))
    var shown = try BadgeDisclosure.derive(signed, reveal: reveal)
    var published = try BadgeDisclosure.derive(try #require(expected.object), reveal: reveal)
    let report = try VectorTests.verifier(.object(shown)).verify(shown)
    #expect(report.proofs.map(\.state) == [.verified], "\(report.proofs)")
    let lengths = [shown, published].map {
      $0["proof"]?.asArray.first?["proofValue"]?.string?.utf8.count
    }
    #expect(lengths[0] == lengths[1])
    for name: Identifier in ["proof"] { (shown[name], published[name]) = (nil, nil) }
    #expect(
      try JSONNode.object(shown).canonicalBytes() == JSONNode.object(published).canonicalBytes())
  }

  static let badge = """
    {"credentialSubject": {"id": "did:example:17", "type": ["AchievementSubject"],
     "narrative": "Reached it in spring.",
     "result": [{"type": ["Result"], "resultDescription": "urn:d:1", "value": "B"}],
     "achievement": {"id": "urn:a:1", "type": ["Achievement"], "name": "Linear functions",
      "description": "Interprets them.", "criteria": {"narrative": "Level 3, twice."},
      "tag": ["algebra", "functions"],
      "resultDescription": [{"id": "urn:d:1", "type": ["ResultDescription"], "name": "Grade",
       "resultType": "LetterGrade", "allowedValue": ["C", "B", "A"]}]}},
     "validUntil": "2028-01-01T00:00:00Z"}
    """

  private static func issued(_ mandatory: [Identifier]) throws -> JSONObject {
    let issuer = BadgeIssuer(key: try SigningKey(new: .p256))
    let draft = try #require(try JSONNode(reading: badge).object)
    let now = Fixture.now
    return try issuer.signForDisclosure(
      BadgeDraft.completed(draft, issuer: issuer.id, issuerName: "Riverside", at: now),
      mandatory: mandatory, created: now)
  }

  static let needed: [Identifier] = [
    "/credentialSubject/achievement/name", "/credentialSubject/achievement/description",
    "/credentialSubject/achievement/criteria",
  ]

  static let shown: [(reveal: [Identifier], has: String, lacks: String)] = [
    ([], "did:example:17", "Reached it"),
    (["/credentialSubject/narrative"], "Reached it", "\"value\":\"B\""),
    (
      ["/credentialSubject/result", "/credentialSubject/achievement/resultDescription"],
      "LetterGrade", "algebra"
    ),
    (["/credentialSubject/achievement/tag/1"], "functions", "algebra"),
    (["/credentialSubject"], "allowedValue", "\"name\":\"Linear functions\",\"validFrom\""),
    ([""], "Reached it", "nothing of that kind"),
  ]

  @Test("what a holder shows verifies and has nothing else", arguments: shown.indices)
  func derive(_ index: Int) throws {
    let test = Self.shown[index]
    let badge = try Self.issued(Self.needed)
    let part = try BadgeDisclosure.derive(badge, reveal: test.reveal)
    let text = String(decoding: JSONNode.object(part).compactBytes(), as: UTF8.self)
    #expect(text.contains(test.has) && !text.contains(test.lacks), "\(text)")
    let report = BadgeVerifier(at: Fixture.now).verify(Array(text.utf8))
    #expect(
      report.verdict == .valid, "\(report.reason) \(report.checks.filter { $0.outcome != .pass })")
    let changed = text.replacing("Level 3, twice.", with: "Level 1, once.")
    #expect(changed != text)
    #expect(BadgeVerifier(at: Fixture.now).verify(Array(changed.utf8)).verdict == .invalid)
  }

  @Test("statements that were added to what is shown do not verify")
  func added() throws {
    var part = try BadgeDisclosure.derive(try Self.issued(Self.needed), reveal: [])
    part["name"] = "Quadratic functions"
    let report = BadgeVerifier(at: Fixture.now).verify(JSONNode.object(part).compactBytes())
    #expect(report.proofs.map(\.state) == [.failed])
  }

  @Test(
    "pointers to nothing and parts of ordered lists are refused",
    arguments: [
      "/credentialSubject/nickname", "name", "/credentialSubject/result/7",
      "/credentialSubject/achievement/resultDescription/0/allowedValue/1",
      "/credentialSubject/result/00",
    ] as [Identifier])
  func refused(_ pointer: Identifier) throws {
    let badge = try Self.issued([])
    #expect(throws: BadgesError.self) { try BadgeDisclosure.derive(badge, reveal: [pointer]) }
  }

  @Test("a badge without a base proof has nothing to derive from")
  func none() throws {
    let draft = try #require(try JSONNode(reading: Self.badge).object)
    #expect(throws: BadgesError.self) { try BadgeDisclosure.derive(draft, reveal: []) }
  }
}
