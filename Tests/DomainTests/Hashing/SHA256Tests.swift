import Domain
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  static let published: [(input: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
        + "klmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  @Test("gives the published digests", arguments: published)
  func publishedDigests(input: String, digest: String) {
    #expect(SHA256.hash(input).description == digest)
    #expect(SHA256.hash(Array(input.utf8)).description == digest)
  }

  @Test("gives the published digest of a million letters")
  func million() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { hash.update(piece.span) }
    #expect(
      hash.finalize().description
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("does not depend on how the input is cut")
  func chunking() {
    let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) }
    for count in 0...200 {
      let whole = SHA256.hash(Array(bytes.prefix(count)))
      for size in [1, 3, 55, 63, 64, 65, 127] {
        var hash = SHA256()
        for start in stride(from: 0, to: count, by: size) {
          hash.update(Array(bytes[start..<min(start + size, count)]))
        }
        #expect(hash.finalize() == whole, "length \(count) in pieces of \(size)")
      }
    }
  }

  @Test("tells texts apart that only look alike")
  func bytesNotCharacters() {
    #expect(SHA256.hash("\u{E9}") != SHA256.hash("e\u{301}"))
  }

  @Test("goes through text and bytes and back")
  func roundTrip() throws {
    let digest = SHA256.hash("abc")
    #expect(SHA256.Digest(digest.description) == digest)
    #expect(SHA256.Digest(digest.description.uppercased()) == digest)
    #expect(SHA256.Digest(bytes: digest.bytes) == digest)
    #expect(digest.bytes.prefix(3) == [0xba, 0x78, 0x16])
    #expect(SHA256.Digest("abc") == nil)
    #expect(SHA256.Digest(String(repeating: "g", count: 64)) == nil)
    #expect(SHA256.Digest(bytes: []) == nil)
  }

  @Test("orders digests as their texts")
  func order() {
    let digests = (0..<50).map { SHA256.hash("\($0)") }.sorted()
    #expect(digests.map(\.description) == digests.map(\.description).sorted())
  }
}
