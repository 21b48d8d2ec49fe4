import Badges
import Domain
import LinkedData
import Testing

@Suite("Validity")
struct ValidityTests {
  static let times: [(at: String, reason: Reason)] = [
    ("2026-08-31T23:59:59Z", .notYetValid), ("2026-09-01T00:00:00Z", .ok),
    ("2027-09-01T00:00:00Z", .ok), ("2027-09-01T00:00:01Z", .expired),
  ]

  @Test("a badge holds from its first to its last moment", arguments: times)
  func window(_ at: String, _ reason: Reason) throws {
    let badge = try Fixture.badge { $0["validUntil"] = "2027-09-01T00:00:00Z" }
    let report = BadgeVerifier(at: Fixture.moment(at)).verify(badge)
    #expect(report.reason == reason)
  }

  static let listURL: Identifier = "https://status.school.example/list"

  /// A badge on a list on which one place is set.
  static func status(
    index: Int, set: Int, purpose: StatusListCredential.Purpose = .revocation,
    listKey: UInt8 = 1
  ) throws -> VerificationReport {
    let issuer = BadgeIssuer(key: try Fixture.key(listKey))
    var list = StatusList()
    try list.setState(1, at: set)
    let credential = try issuer.sign(
      StatusListCredential.credential(
        of: list, id: listURL, issuer: issuer.id, purpose: purpose, validFrom: Fixture.issued),
      created: Fixture.issued)
    let badge = try Fixture.badge {
      $0["credentialStatus"] = StatusListCredential.entry(
        list: listURL, index: index, purpose: purpose)
    }
    return Fixture.verify(
      Fixture.text(badge), [listURL: .bytes(JSONNode.object(credential).compactBytes())])
  }

  @Test("a badge whose place is set is revoked or suspended, and no other one is")
  func revoked() throws {
    #expect(try Self.status(index: 94_567, set: 94_567).reason == .revoked)
    #expect(try Self.status(index: 7, set: 7, purpose: .suspension).reason == .suspended)
    #expect(try Self.status(index: 94_566, set: 94_567).verdict == .valid)
    #expect(try Self.status(index: 131_072, set: 0).reason == .statusRange)
  }

  @Test("a list of somebody else says nothing")
  func foreignList() throws {
    #expect(try Self.status(index: 1, set: 0, listKey: 8).reason == .statusSignature)
  }

  @Test("without the list the status is unknown, not good")
  func missingList() throws {
    let badge = try Fixture.badge {
      $0["credentialStatus"] = StatusListCredential.entry(
        list: Self.listURL, index: 1, purpose: .revocation)
    }
    let report = Fixture.verify(Fixture.text(badge))
    #expect(report.verdict == .indeterminate)
    #expect(report.reason == .statusUnavailable)
  }

  @Test("the published empty list is the one that the recommendation prints")
  func emptyList() throws {
    let printed =
      "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    let list = try StatusList(encoded: printed)
    #expect(list == StatusList())
    #expect(try StatusList(encoded: list.encoded) == list)
  }

  @Test("states of several bits lie in the highest bits first", arguments: [1, 2, 4, 8])
  func sizes(_ size: Int) throws {
    var list = StatusList(size: size)
    try list.setState(1, at: 0)
    try list.setState(UInt8(1 << size - 1), at: 131_071)
    let read = try StatusList(encoded: list.encoded, size: size)
    #expect(read.state(at: 0) == 1)
    #expect(read.state(at: 1) == 0)
    #expect(read.state(at: 131_071) == UInt8(1 << size - 1))
    #expect(read.state(at: 131_072) == nil)
    #expect(read.state(at: -1) == nil)
  }

  @Test("a list that expands without end is refused")
  func bomb() throws {
    let list = StatusList(count: 1 << 26)
    let error = #expect(throws: BadgesError.self) { try StatusList(encoded: list.encoded) }
    #expect(error?.code == .status)
  }

  @Test("a hundred status entries are too many")
  func manyEntries() throws {
    let entry = StatusListCredential.entry(list: Self.listURL, index: 1, purpose: .revocation)
    let badge = try Fixture.badge {
      $0["credentialStatus"] = .array(Array(repeating: entry, count: 100))
    }
    #expect(Fixture.verify(Fixture.text(badge)).reason == .statusMalformed)
  }

  @Test("a revocation cannot be undone, a suspension can")
  func undo() throws {
    let issuer = BadgeIssuer(key: try Fixture.key())
    for purpose in StatusListCredential.Purpose.allCases {
      var list = StatusListCredential.credential(
        of: StatusList(), id: Self.listURL, issuer: issuer.id, purpose: purpose,
        validFrom: Fixture.issued)
      list = try StatusListCredential.changing(list, index: 5, to: true, validFrom: Fixture.now)
      #expect(try StatusListCredential.list(of: list).state(at: 5) == 1)
      if purpose == .revocation {
        #expect(throws: BadgesError.self) {
          try StatusListCredential.changing(list, index: 5, to: false, validFrom: Fixture.now)
        }
      } else {
        list = try StatusListCredential.changing(
          list, index: 5, to: false, validFrom: Fixture.now)
        #expect(try StatusListCredential.list(of: list).state(at: 5) == 0)
      }
    }
  }

  @Test("the older list of 1EdTech is read")
  func revocationList() throws {
    let url: Identifier = "https://school.example/revoked"
    let badge = try Fixture.badge {
      $0["@context"] = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
      ]
      $0["credentialStatus"] = ["id": .string(url), "type": "1EdTechRevocationList"]
    }
    let id = try #require(badge["id"])
    let lists: [(list: JSONNode, reason: Reason)] = [
      (["revokedCredential": [["id": id]]], .revoked),
      (["revokedCredential": ["id": id, "revoked": true]], .revoked),
      (["revokedCredential": [["id": id, "revoked": false]]], .ok),
      (["revokedCredential": [["id": "urn:other"]]], .ok),
    ]
    for (list, reason) in lists {
      let report = Fixture.verify(Fixture.text(badge), [url: .bytes(list.compactBytes())])
      #expect(report.reason == reason)
    }
  }

  @Test("a badge is about the person whose salted hash it has")
  func recipient() throws {
    // The example of the Open Badges specification.
    #expect(
      IdentityHash.sha256("a@example.com", salt: "Kosher")
        == "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399")
    let badge = try Fixture.badge { badge in
      guard var subject = badge["credentialSubject"]?.object else { return }
      subject["id"] = nil
      subject["identifier"] = [
        [
          "type": "IdentityObject", "hashed": true, "identityType": "emailAddress",
          "salt": "Kosher",
          "identityHash": .string(IdentityHash.sha256("a@example.com", salt: "Kosher")),
        ]
      ]
      badge["credentialSubject"] = .object(subject)
    }
    var verifier = BadgeVerifier(at: Fixture.now)
    for (value, reason) in [("a@example.com", Reason.ok), ("b@example.com", .recipient)] {
      verifier.recipient = .init(type: "emailAddress", value: Identifier(value))
      #expect(verifier.verify(badge).reason == reason)
    }
  }

  @Test("trust is asked for only when the caller says whom")
  func trust() throws {
    let badge = try Fixture.badge()
    let id = try #require(badge["issuer"]?["id"]?.string)
    var verifier = BadgeVerifier(at: Fixture.now)
    #expect(!verifier.verify(badge).checks.contains { $0.name == .trust })
    verifier.trust = try TrustList([.string(id)])
    #expect(verifier.verify(badge).verdict == .valid)
    verifier.trust = try TrustList(["issuers": [["id": "did:web:other.example"]]])
    #expect(verifier.verify(badge).reason == .untrustedIssuer)
  }

  @Test("what is inside is verified on its own, and the outer verdict says so")
  func embedded() throws {
    let endorser = BadgeIssuer(key: try Fixture.key(7))
    let node: JSONNode = [
      "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
      ],
      "id": "urn:uuid:1", "type": ["VerifiableCredential", "EndorsementCredential"],
      "issuer": ["id": .string(endorser.id), "type": ["Profile"], "name": "Board"],
      "validFrom": "2026-09-01T00:00:00Z", "name": "Endorsement",
      "credentialSubject": [
        "id": "urn:uuid:6f0a1c52-0000-4000-8000-000000000001", "type": ["EndorsementSubject"],
        "endorsementComment": "We agree.",
      ],
    ]
    let sound = try endorser.sign(try #require(node.object), created: Fixture.issued)
    var broken = sound
    broken["name"] = "Other"
    for (endorsement, verdict) in [(sound, Verdict.valid), (broken, .outerValid)] {
      let badge = try Fixture.badge { $0["endorsement"] = [.object(endorsement)] }
      let report = Fixture.verify(Fixture.text(badge))
      #expect(report.verdict == verdict, "\(report.checks)")
      #expect(report.embedded.map(\.pointer) == ["/endorsement/0"])
    }
  }
}
