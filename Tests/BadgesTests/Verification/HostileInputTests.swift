import Badges
import Domain
import LinkedData
import Testing

/// Attacks on verifiers, each with the reason for which it is refused.
@Suite("Hostile input")
struct HostileInputTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    var name: String
    var reason: Reason
    /// The text of a sound badge becomes that of the attack.
    var text: @Sendable (String) throws -> String
    var testDescription: String { name }

    init(
      _ name: String, _ reason: Reason, _ text: @escaping @Sendable (String) throws -> String
    ) {
      self.name = name
      self.reason = reason
      self.text = text
    }
  }

  /// Adds a member at the top.
  private static func adding(_ member: String) -> @Sendable (String) -> String {
    { "{\(member)," + $0.dropFirst() }
  }

  private static func replacing(
    _ old: String, _ new: String
  ) -> @Sendable (String) throws -> String {
    { text in
      let changed = text.replacing(old, with: new)
      try #require(changed != text, "the attack changes nothing")
      return changed
    }
  }

  static let attacks: [Attack] = [
    Attack("a repeated key", .repeatedKey, adding(#""name": "Other""#)),
    Attack("a repeated key in escapes", .repeatedKey, adding(#""na\u006de": "Other""#)),
    Attack("half of a surrogate pair", .json, adding(#""description": "\ud800""#)),
    Attack("a NUL byte", .json, adding("\"description\": \"a\u{0}b\"")),
    Attack("text after the value", .json) { $0 + "{}" },
    Attack("a cut text", .json) { String($0.dropLast(40)) },
    Attack("deep nesting", .depth) { _ in String(repeating: "[", count: 100_000) },
    Attack("a term that no context defines", .dataLoss, adding(#""gradeBoost": 9"#)),
    Attack(
      "a type that no context defines", .dataLoss,
      adding(#""evidence": [{"type": ["Evidence", "Trophy"]}]"#)),
    Attack(
      "a member written as its IRI", .closedForm,
      adding(##""https://www.w3.org/2018/credentials#validUntil": "2027-01-01T00:00:00Z""##)),
    Attack(
      "a status in an array in an array", .closedForm,
      adding(#""credentialStatus": [[{"type": "BitstringStatusListEntry"}]]"#)),
    Attack("a member in @included", .closedForm, adding(#""@included": []"#)),
    Attack("a reversed member", .closedForm, adding(#""@reverse": {}"#)),
    Attack(
      "the credential described twice", .closedForm,
      adding(
        #""evidence": [{"id": "urn:uuid:6f0a1c52-0000-4000-8000-000000000001", "#
          + #""type": ["Evidence"], "name": "x"}]"#)),
    Attack(
      "a context written inline", .closedForm,
      replacing(
        #""@context":["#, #""@context":[{"validUntil":"urn:nothing"},"#)),
    Attack(
      "a context below the top", .closedForm,
      replacing(
        #""achievement":{"#, #""achievement":{"@context":"https://www.w3.org/ns/credentials/v2","#)),
    Attack(
      "a context in the local network", .context,
      replacing(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "http://169.254.169.254/latest")),
    Attack("a changed name", .signature, replacing("two separate", "no separate")),
    Attack("no proof", .proofMissing) { text in
      var object = try #require(JSONNode(reading: text).object)
      object["proof"] = nil
      return Fixture.text(object)
    },
    Attack(
      "another purpose", .proofPurpose, replacing("assertionMethod", "authentication")),
    Attack(
      "an unknown value of a proof", .signature, replacing(#""proofValue":"z"#, #""proofValue":"f"#)
    ),
    Attack("nobody as the subject", .subject, replacing(#""id":"did:example:learner-17","#, "")),
    Attack(
      "a number as the issuer", .shape, replacing(#""name":"Riverside School""#, #""name":5"#)),
    Attack("an issuer that is no profile", .issuer, replacing(#"["Profile"]"#, #"["Person"]"#)),
    Attack("no object", .shape) { _ in "[1]" },
  ]

  @Test("is refused for its reason", arguments: attacks)
  func refused(_ attack: Attack) throws {
    let badge = Fixture.text(try Fixture.badge())
    let report = Fixture.verify(try attack.text(badge))
    #expect(report.verdict == .invalid, "\(report.checks)")
    #expect(
      report.checks.contains { $0.outcome == .fail && $0.reason == attack.reason },
      "\(report.checks)")
  }

  @Test("a sound badge passes every check")
  func sound() throws {
    let report = Fixture.verify(Fixture.text(try Fixture.badge()))
    #expect(report.verdict == .valid, "\(report.checks)")
    #expect(report.proofs.map(\.state) == [.verified, .verified])
  }

  @Test("a key in the fragment of the issuer's URL is not the issuer's")
  func fragment() throws {
    let key = try Fixture.key(2)
    let method = "https://school.example/issuer#\(key.publicKey.multikey ?? "")"
    let issuer = BadgeIssuer(key: key, method: Identifier(method))
    let badge = try issuer.sign(
      Fixture.draft(issuer: "https://school.example/issuer"), created: Fixture.issued)
    let report = Fixture.verify(Fixture.text(badge))
    #expect(report.proofs.allSatisfy { $0.state == .unbound })
    #expect(report.reason == .keyBinding)
    #expect(report.verdict == .invalid)
  }

  /// The document of an issuer that lists a key for a purpose.
  private static func document(_ key: PublicKey, under purpose: Identifier) -> Resource {
    let node: JSONNode = [
      "id": "did:web:school.example",
      "verificationMethod": [
        [
          "id": "did:web:school.example#k", "type": "Multikey",
          "controller": "did:web:school.example",
          "publicKeyMultibase": .string(key.multikey ?? ""),
        ]
      ],
      purpose: ["did:web:school.example#k"],
    ]
    return .bytes(node.compactBytes())
  }

  @Test(
    "only keys for assertions count",
    arguments: zip(
      ["assertionMethod", "authentication"] as [Identifier], [Verdict.valid, .invalid]))
  func purpose(_ purpose: Identifier, _ verdict: Verdict) throws {
    let key = try Fixture.key(3)
    let issuer = BadgeIssuer(key: key, method: "did:web:school.example#k")
    let badge = try issuer.sign(
      Fixture.draft(issuer: "did:web:school.example"), created: Fixture.issued)
    let text = Fixture.text(badge)
    let url: Identifier = "https://school.example/.well-known/did.json"
    let report = Fixture.verify(text, [url: Self.document(key.publicKey, under: purpose)])
    #expect(report.verdict == verdict, "\(report.checks)")
    let without = Fixture.verify(text)
    #expect(without.verdict == .indeterminate)
    #expect(without.reason == .keyUnavailable)
  }

  @Test("a foreign proof before the issuer's takes nothing away and adds nothing")
  func foreignProof() throws {
    let own = BadgeIssuer(key: try Fixture.key(1))
    let foreign = BadgeIssuer(key: try Fixture.key(9))
    let draft = Fixture.draft(issuer: own.id)
    var badge = try own.sign(draft, with: [.eddsaRDFC], created: Fixture.issued)
    // The foreign issuer signs the same statements, though it may not do so with our tools.
    var forged = draft
    forged["issuer"] = .string(foreign.id)
    let other = try foreign.sign(forged, with: [.eddsaRDFC], created: Fixture.issued)
    let proofs = (other["proof"]?.array ?? []) + (badge["proof"]?.array ?? [])
    badge["proof"] = .array(proofs)
    let report = Fixture.verify(Fixture.text(badge))
    #expect(report.proofs.map(\.state) == [.failed, .verified])
    #expect(report.verdict == .valid)
  }

  @Test("an Ed25519 signature with S + L is refused")
  func malleable() throws {
    var badge = try Fixture.badge(suites: [.eddsaRDFC])
    var proof = try #require(badge["proof"]?.array?.first?.object)
    var signature = try #require(Multibase.bytes(proof["proofValue"]?.string?.text ?? ""))
    // L, the order of the group, the lowest byte first (RFC 8032, section 5.1).
    let order: [UInt8] = [
      0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE,
      0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ]
    var carry = 0
    for index in 0..<32 {
      carry += Int(signature[32 + index]) + Int(order[index])
      signature[32 + index] = UInt8(carry & 0xFF)
      carry >>= 8
    }
    proof["proofValue"] = JSONNode(Multibase.base58(signature))
    badge["proof"] = .array([.object(proof)])
    #expect(Fixture.verify(Fixture.text(badge)).reason == .signature)
  }

  @Test("twelve nodes that are all related to each other are refused in bounded time")
  func poison() {
    var quads: [Quad] = []
    for first in 0..<12 {
      for second in 0..<12 where first != second {
        quads.append(
          Quad(.blank(Identifier("n\(first)")), "urn:p", .blank(Identifier("n\(second)"))))
      }
    }
    let error = #expect(throws: LinkedDataError.self) { try Canonicalizer.canonicalize(quads) }
    #expect(error?.code == .workExceeded)
  }

  @Test("a file over the limit is refused by its length")
  func large() {
    let report = BadgeVerifier(at: Fixture.now).verify(
      [UInt8](repeating: 0x20, count: (16 << 20) + 1))
    #expect(report.reason == .size)
  }

  @Test("random damage never stops the verifier", arguments: 0..<200)
  func damage(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    var bytes = Array(Fixture.text(try Fixture.badge()).utf8)
    for _ in 0..<3 {
      let place = Int(generator.next() % UInt64(bytes.count))
      switch generator.next() % 3 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
      }
    }
    let report = BadgeVerifier(at: Fixture.now).verify(bytes)
    #expect(!report.checks.isEmpty)
  }
}

/// The generator of Steele, Lea and Flood, so that a seed gives the same damage everywhere.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
