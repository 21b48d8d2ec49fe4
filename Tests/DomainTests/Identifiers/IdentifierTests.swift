import Domain
import Testing

@Suite("Identifier")
struct IdentifierTests {
  @Test("keeps everything apart that differs in a byte")
  func bytes() {
    let texts = ["007", "7", "1e5", "100000", "a", "A", "a ", "", "\u{E9}", "e\u{301}"]
    let identifiers = texts.map { Identifier($0) }
    #expect(Set(identifiers).count == texts.count)
    #expect(identifiers.map(\.text).map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    #expect(Identifier("\u{E9}") != Identifier("e\u{301}"))
  }

  @Test("finds equal bytes whatever the storage")
  func equal() throws {
    let long = String(repeating: "ü", count: 40)
    let copy = try #require(Identifier(validating: Array(long.utf8)))
    #expect(copy == Identifier(long))
    #expect(copy.hashValue == Identifier(long).hashValue)
  }

  @Test("sees a difference in any byte of any length")
  func everyByte() throws {
    for count in 1...40 {
      let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: count)
      let identifier = try #require(Identifier(validating: bytes))
      for position in 0..<count {
        var changed = bytes
        changed[position] = UInt8(ascii: "b")
        #expect(Identifier(validating: changed) != identifier)
      }
      #expect(Identifier(validating: bytes) == identifier)
    }
  }

  @Test("refuses bytes that are not UTF-8")
  func invalid() {
    #expect(Identifier(validating: [0x61, 0xFF]) == nil)
  }

  @Test("is ordered by bytes")
  func order() {
    let sorted: [Identifier] = ["z", "\u{E9}", "B", "a", "e\u{301}", "10", "9"].sorted()
    #expect(sorted.map(\.text) == ["10", "9", "B", "a", "e\u{301}", "z", "\u{E9}"])
  }

  @Test("finds what a system calls a thing")
  func external() {
    struct Thing: Identified {
      var id: ID<Thing> = "1"
      var externalIdentifiers: [ExternalIdentifier]
    }
    let thing = Thing(externalIdentifiers: [
      ExternalIdentifier(system: "sis", type: "local", value: "0012"),
      ExternalIdentifier(system: "lms", type: "user", value: "77"),
      ExternalIdentifier(system: "lms", type: "login", value: "ann"),
    ])
    #expect(thing.identifier(in: "lms") == "77")
    #expect(thing.identifier(in: "lms", type: "login") == "ann")
    #expect(thing.identifier(in: "state") == nil)
  }
}
