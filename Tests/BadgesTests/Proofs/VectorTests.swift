import Badges
import Domain
import Foundation
import LinkedData
import Testing

/// The worked examples of the W3C recommendations and of the Open Badges implementation guide, byte
/// for byte.
@Suite("Proof vectors")
struct VectorTests {
  struct Vector: CustomTestStringConvertible, Sendable {
    var folder: String
    var suffix: String
    var testDescription: String { folder }
  }

  static let vectors = [
    Vector(folder: "vc-di-eddsa/eddsa-rdfc-2022", suffix: "DataInt"),
    Vector(folder: "vc-di-eddsa/eddsa-jcs-2022", suffix: "JCS"),
    Vector(folder: "vc-di-eddsa/Ed25519Signature2020", suffix: "EdSig"),
    Vector(folder: "vc-di-ecdsa/ecdsa-rdfc-2019-p256", suffix: "ECDSAP256"),
    Vector(folder: "vc-di-ecdsa/ecdsa-jcs-2019-p256", suffix: "JCSECDSAP256"),
  ]

  static let now = Instant("2026-01-01T00:00:00Z")

  /// Every key is trusted for the method that names it: the examples are signed with a did:key for
  /// an issuer with a URL.
  static func verifier(_ document: JSONNode) throws -> BadgeVerifier {
    var trust = TrustList()
    for proof in document["proof"]?.asArray ?? [] {
      guard let method = proof["verificationMethod"]?.string,
        let key = PublicKey(
          multikey: Identifier(String(method.text.split(separator: "#").last ?? "")))
      else { continue }
      trust.keys[method] = key
    }
    var verifier = BadgeVerifier(at: try #require(now), trust: trust)
    verifier.keepsTraces = true
    return verifier
  }

  static func text(_ url: URL) throws -> String {
    String(decoding: try Samples.bytes(url), as: UTF8.self)
  }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test("verify, with the published intermediate values", arguments: vectors)
  func published(_ vector: Vector) throws {
    guard let folder = Samples.url("vectors/\(vector.folder)") else { return }
    func file(_ name: String, _ ending: String = "txt") throws -> String {
      try Self.text(folder.appending(path: "\(name)\(vector.suffix).\(ending)"))
    }
    let document = try JSONNode(reading: file("signed", "json"))
    let report = try Self.verifier(document).verify(try #require(document.object))
    let proof = try #require(report.proofs.first)
    #expect(proof.state == .verified, "\(proof)")
    let trace = try #require(proof.trace)
    #expect(try String(decoding: trace.document, as: UTF8.self) == file("canonDoc"))
    #expect(try String(decoding: trace.options, as: UTF8.self) == file("proofCanon"))
    #expect(try Self.hex(trace.documentHash) == file("docHash"))
    #expect(try Self.hex(trace.optionsHash) == file("proofHash"))
  }

  @Test("a changed name does not verify", arguments: vectors)
  func tampered(_ vector: Vector) throws {
    guard let folder = Samples.url("vectors/\(vector.folder)") else { return }
    let text = try Self.text(folder.appending(path: "signed\(vector.suffix).json"))
    let changed = text.replacing("The School of Examples", with: "The School of Exampels")
    #expect(changed != text)
    let document = try JSONNode(reading: changed)
    let report = try Self.verifier(document).verify(try #require(document.object))
    #expect(report.proofs.map(\.reason) == [.signature])
  }

  @Test("the example of the Open Badges implementation guide")
  func openBadges() throws {
    guard let folder = Samples.url("vectors/ob3-eddsa-rdfc-2022") else { return }
    let document = try Samples.node(folder.appending(path: "signed.json"))
    let values = try Samples.node(folder.appending(path: "values.json"))
    let report = try Self.verifier(document).verify(try #require(document.object))
    let proof = try #require(report.proofs.first)
    #expect(proof.state == .verified, "\(proof)")
    let trace = try #require(proof.trace)
    #expect(try trace.document == Samples.bytes(folder.appending(path: "document-canon.txt")))
    #expect(try trace.options == Samples.bytes(folder.appending(path: "proof-canon.txt")))
    #expect(Self.hex(trace.documentHash) == values["documentHashHex"]?.string?.text)
    #expect(Self.hex(trace.optionsHash) == values["proofHashHex"]?.string?.text)
  }

  @Test("the derived proof of the selective disclosure example")
  func derived() throws {
    guard let folder = Samples.url("vectors/vc-di-ecdsa/ecdsa-sd-2023/prc") else { return }
    let document = try Samples.node(folder.appending(path: "derivedRevealDocument.json"))
    let report = try Self.verifier(document).verify(try #require(document.object))
    let proof = try #require(report.proofs.first)
    #expect(proof.state == .verified, "\(proof)")
    let base = try Samples.node(folder.appending(path: "addSignedSDBase.json"))
    let other = try Self.verifier(base).verify(try #require(base.object))
    #expect(other.proofs.map(\.reason) == [.signature], "a base proof is the holder's")
  }
}
