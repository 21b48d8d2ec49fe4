import Badges
import Domain
import Foundation
import LinkedData
import Testing

@Suite("Keys")
struct KeyTests {
  @Test("base58btc as in the multibase test vectors")
  func base58() {
    // multiformats/multibase, tests/leading_zero.csv and basic.csv.
    #expect(Multibase.base58(Array("yes mani !".utf8)) == "z7paNL19xttacUY")
    #expect(Multibase.base58([0] + Array("yes mani !".utf8)) == "z17paNL19xttacUY")
    #expect(Multibase.bytes("z17paNL19xttacUY") == [0] + Array("yes mani !".utf8))
    #expect(Multibase.base64(Array("yes mani !".utf8)) == "ueWVzIG1hbmkgIQ")
    #expect(Multibase.bytes("z0") == nil)
    #expect(Multibase.bytes("ueWVzIG1hbmkgIQ==") == nil)
    #expect(Multibase.bytes("uAB") == nil, "bits that are left over are zero")
  }

  @Test("the keys of the published did:key vectors", arguments: ["ed25519-x25519", "nist-curves"])
  func didKeys(_ name: String) throws {
    guard let url = Samples.url("vectors/did-key/\(name).json") else { return }
    let list = try #require(Samples.node(url).object)
    var count = 0
    for member in list.members {
      let text = Identifier(String(member.name.text.dropFirst("did:key:".count)))
      guard let key = PublicKey(multikey: text) else { continue }
      #expect(key.didKey == member.name)
      count += 1
    }
    #expect(count > 0)
  }

  @Test("a secret key is not taken for a public one")
  func secret() throws {
    let key = try Fixture.key()
    let secret = try JSONNode(reading: key.document())["secretKeyMultibase"]?.string
    #expect(PublicKey(multikey: try #require(secret)) == nil)
    #expect(PublicKey(jwk: ["kty": "OKP", "crv": "Ed25519", "x": "", "d": ""]) == nil)
  }

  @Test("JSON Web Keys")
  func jwk() throws {
    // RFC 8037, appendix A.2.
    let node: JSONNode = [
      "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    ]
    let key = try #require(PublicKey(jwk: node))
    #expect(key.jwsAlgorithm == "EdDSA")
    #expect(PublicKey(multikey: try #require(key.multikey)) == key)
    // A point that does not lie on the curve.
    let zero = String(repeating: "A", count: 43)
    #expect(
      PublicKey(jwk: ["kty": "EC", "crv": "P-256", "x": JSONNode(zero), "y": JSONNode(zero)]) == nil
    )
  }

  @Test("keys of small order sign nothing")
  func smallOrder() throws {
    let zero = PublicKey.ed25519([1] + [UInt8](repeating: 0, count: 31))
    #expect(try !zero.isSignature([UInt8](repeating: 0, count: 64), of: [1]))
  }
}
