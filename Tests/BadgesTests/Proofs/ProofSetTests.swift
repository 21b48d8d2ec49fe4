import Badges
import Domain
import LinkedData
import Testing

@Suite("Sets and chains of proofs")
struct ProofSetTests {
  static func proof(_ change: (inout JSONObject) -> Void) throws -> String {
    var badge = try Fixture.badge(suites: [.eddsaRDFC])
    var proof = try #require(badge["proof"]?.array?.first?.object)
    change(&proof)
    badge["proof"] = .array([.object(proof)])
    return Fixture.text(badge)
  }

  static let faults: [(name: Identifier, value: JSONNode?, reason: Reason, verdict: Verdict)] = [
    ("type", nil, .proof, .invalid), ("type", "OtherProof", .cryptosuite, .indeterminate),
    ("cryptosuite", nil, .proof, .invalid),
    ("cryptosuite", "bbs-2023", .cryptosuite, .indeterminate),
    ("cryptosuite", "ecdsa-rdfc-2019", .proof, .invalid),
    ("proofPurpose", nil, .proofPurpose, .invalid), ("proofValue", nil, .proof, .invalid),
    ("proofValue", "z0", .signature, .invalid), ("verificationMethod", nil, .proof, .invalid),
    ("created", "yesterday", .proof, .invalid),
    ("expires", "2026-10-01T00:00:00Z", .proofExpired, .invalid),
    ("previousProof", "urn:none", .proof, .invalid),
    ("created", "2026-09-01T12:00:01Z", .signature, .invalid),
  ]

  @Test("what a proof says about itself is checked", arguments: faults.indices)
  func fault(_ index: Int) throws {
    let test = Self.faults[index]
    let report = Fixture.verify(try Self.proof { $0[test.name] = test.value })
    #expect(report.reason == test.reason, "\(report.checks)")
    #expect(report.verdict == test.verdict)
  }

  @Test("one proof as an object is read like an array of one")
  func object() throws {
    var badge = try Fixture.badge(suites: [.eddsaRDFC])
    badge["proof"] = badge["proof"]?.array?.first
    #expect(Fixture.verify(Fixture.text(badge)).verdict == .valid)
  }

  @Test("proofs that name one another in a circle are refused")
  func circle() throws {
    var badge = try Fixture.badge()
    let proofs = (badge["proof"]?.array ?? []).enumerated().map { index, node -> JSONNode in
      var proof = node.object ?? JSONObject()
      proof["id"] = JSONNode("urn:proof:\(index)")
      proof["previousProof"] = JSONNode("urn:proof:\(1 - index)")
      return .object(proof)
    }
    badge["proof"] = .array(proofs)
    let report = Fixture.verify(Fixture.text(badge))
    #expect(report.verdict == .invalid)
    #expect(report.proofs.allSatisfy { $0.state == .failed })
  }

  @Test("sixteen proofs that all follow each other end at once")
  func tangle() throws {
    var badge = try Fixture.badge(suites: [.eddsaRDFC])
    let one = try #require(badge["proof"]?.array?.first?.object)
    let names = (0..<16).map { JSONNode("urn:proof:\($0)") }
    badge["proof"] = .array(
      names.indices.map { index in
        var proof = one
        proof["id"] = names[index]
        proof["previousProof"] = .array(names)
        return .object(proof)
      })
    #expect(Fixture.verify(Fixture.text(badge)).verdict == .invalid)
  }

  @Test("a hundred proofs are too many")
  func many() throws {
    var badge = try Fixture.badge(suites: [.eddsaRDFC])
    let proof = try #require(badge["proof"]?.array?.first)
    badge["proof"] = .array(Array(repeating: proof, count: 100))
    #expect(Fixture.verify(Fixture.text(badge)).reason == .proof)
  }
}
