import Badges
import Domain
import LinkedData
import Testing

@Suite("Tokens")
struct TokenTests {
  /// A token that is signed as its header and payload are, right or wrong.
  static func token(
    _ key: SigningKey, header: JSONNode? = nil, _ change: (inout JSONObject) -> Void = { _ in }
  ) throws -> String {
    let issuer = BadgeIssuer(key: key)
    let sound = try issuer.token(Fixture.draft(issuer: issuer.id))
    let parts = sound.split(separator: UInt8(ascii: "."))
    let claims = try #require(Base64URL.bytes(parts[1]))
    var payload = try #require(JSONNode(reading: claims).object)
    change(&payload)
    let original = try #require(Base64URL.bytes(parts[0]))
    let head = header?.compactBytes() ?? original
    let signed =
      "\(Base64URL.text(head)).\(Base64URL.text(JSONNode.object(payload).compactBytes()))"
    let signature = try key.signature(of: Array(signed.utf8))
    return "\(signed).\(Base64URL.text(signature))"
  }

  static func head(_ more: (Identifier, JSONNode)..., key: SigningKey) -> JSONNode {
    var object = JSONObject()
    object["alg"] = "EdDSA"
    object["kid"] = .string(BadgeIssuer(key: key).method)
    for (name, value) in more { object[name] = value }
    return .object(object)
  }

  @Test("a token that is only built here verifies")
  func sound() throws {
    let key = try Fixture.key()
    #expect(Fixture.verify(try Self.token(key)).verdict == .valid)
    let plain = try Self.token(key, header: Self.head(key: key))
    #expect(Fixture.verify(plain).verdict == .valid)
    let typed = try Self.token(key, header: Self.head(("typ", "vc+jwt"), key: key))
    #expect(Fixture.verify(typed).verdict == .valid)
  }

  static let headers: [(name: Identifier, value: JSONNode, reason: Reason)] = [
    ("alg", "none", .algorithm), ("alg", "HS256", .algorithm), ("alg", "ES256", .algorithm),
    ("crit", ["exp"], .algorithm), ("b64", false, .algorithm), ("typ", "secevent+jwt", .proof),
    ("jwk", ["kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"], .proof),
    ("kid", "did:key:z6Mk#other", .keyBinding),
  ]

  @Test("headers that are refused", arguments: headers.indices)
  func header(_ index: Int) throws {
    let test = Self.headers[index]
    let key = try Fixture.key()
    let token = try Self.token(key, header: Self.head((test.name, test.value), key: key))
    let report = Fixture.verify(token)
    #expect(report.verdict == .invalid)
    #expect(report.reason == test.reason, "\(report.checks)")
  }

  static let claims: [(name: Identifier, value: JSONNode?)] = [
    ("iss", nil), ("iss", "did:web:other.example"), ("jti", nil), ("jti", "urn:other"),
    ("sub", nil), ("sub", "did:example:other"), ("nbf", nil), ("nbf", 1), ("nbf", "1788220800"),
    ("exp", 1),
  ]

  @Test("claims that contradict the credential", arguments: claims.indices)
  func claim(_ index: Int) throws {
    let test = Self.claims[index]
    let token = try Self.token(Fixture.key()) { $0[test.name] = test.value }
    let report = Fixture.verify(token)
    #expect(report.reason == .claim, "\(report.checks)")
  }

  @Test("an attacker's key in the header proves nothing about the issuer")
  func attackersKey() throws {
    let (own, attacker) = (try Fixture.key(1), try Fixture.key(9))
    guard case .ed25519(let bytes) = attacker.publicKey else { return }
    let jwk: JSONNode = [
      "kty": "OKP", "crv": "Ed25519", "x": JSONNode(Base64URL.text(bytes)),
    ]
    let victim = BadgeIssuer(key: own)
    let sound = try victim.token(Fixture.draft(issuer: victim.id))
    let payload = String(decoding: sound.split(separator: UInt8(ascii: "."))[1], as: UTF8.self)
    let head = Base64URL.text((["alg": "EdDSA", "jwk": jwk] as JSONNode).compactBytes())
    let signed = "\(head).\(payload)"
    let signature = try attacker.signature(of: Array(signed.utf8))
    let report = Fixture.verify("\(signed).\(Base64URL.text(signature))")
    #expect(report.reason == .keyBinding, "\(report.checks)")
    #expect(report.proofs.map(\.state) == [.unbound])
  }

  @Test("a key in the header counts when it is the issuer's own")
  func ownKey() throws {
    let key = try Fixture.key()
    guard case .ed25519(let bytes) = key.publicKey else { return }
    let header: JSONNode = [
      "alg": "EdDSA",
      "jwk": ["kty": "OKP", "crv": "Ed25519", "x": JSONNode(Base64URL.text(bytes))],
    ]
    #expect(Fixture.verify(try Self.token(key, header: header)).verdict == .valid)
  }

  @Test("a token with a wrong signature or a cut one")
  func signature() throws {
    let token = try Self.token(Fixture.key())
    let last = token.last == "A" ? "Q" : "A"
    #expect(Fixture.verify(token.dropLast(4) + "AAA" + last).verdict == .invalid)
    #expect(Fixture.verify(String(token.dropLast(8))).verdict == .invalid)
  }
}
