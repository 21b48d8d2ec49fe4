import Domain
import Testing

@Suite("SHA-384")
struct SHA384Tests {
  /// The examples that NIST publishes for FIPS 180.
  static let examples: [(text: String, digest: String)] = [
    (
      "abc",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
        + "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    ),
    (
      "",
      "38b060a751ac96384cd9327eb1b1e36a21fdb71114be0743"
        + "4c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "09330c33f71147e83d192fc782cd1b4753111b173b3b05d2"
        + "2fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"
    ),
  ]

  @Test("gives the published digests", arguments: examples)
  func published(_ text: String, _ digest: String) {
    #expect(SHA384.hash(Array(text.utf8)).description == digest)
  }
}
