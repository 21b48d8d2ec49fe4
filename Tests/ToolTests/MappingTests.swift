import Foundation
import Testing

@Suite("Mapping files and pseudonyms", .enabled(if: ToolRun.hasFormat("canvas-gradebook")))
struct MappingTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("grades.csv", Gradebook.canvas)
    try scratch.write("key", String(repeating: "k", count: 32))
    try scratch.permit("key", 0o600)
  }

  func convert(_ more: String...) throws -> ToolRun {
    try ToolRun(
      ["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "out.csv", "--force"] + more,
      in: scratch.url)
  }

  @Test("values are replaced and defaults are reported as invented")
  func values() throws {
    try scratch.write(
      "map.yaml",
      """
      values:
        result.score: {"9.5": "9", "4": "4.25"}
      defaults:
        lineItem: {type: essay}
      """)
    let run = try convert("--map", "map.yaml")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(scratch.text("out.csv")?.contains("ada,Maths 7a,9") == true)
    #expect(scratch.text("out.csv")?.contains("4.25") == true)
    #expect(run.messages.contains("Invented by the mapping file: 2 values of lineItem.type"))
  }

  @Test("a scale mapping states its loss")
  func scales() throws {
    try scratch.write(
      "map.yaml",
      """
      scales:
        halves:
          fields: [result.score]
          levels: {"9.5": "9", "10": "9"}
          loss: half points are gone
      """)
    let run = try convert("--map", "map.yaml")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.messages.contains("scale mapping halves: half points are gone"))
  }

  static let faults: [(text: String, says: String)] = [
    ("defualts: {}", "map.yaml:1:1: there is no key 'defualts'"),
    ("defaults:\n  person:\n    shoeSize: 4\n", "map.yaml:3:5: a person has no field shoeSize"),
    ("values:\n  score: {a: b}\n", "map.yaml:2:3: 'score' is no field"),
    ("values: [1]\n", "map.yaml:1:9: values must be keys with values"),
    ("values: {a: b\n", "map.yaml:2:1: this is not valid YAML"),
    ("samePerson: [[a]]\n", "map.yaml:1:14: a group wants"),
    ("sameClass: [[a, b], [c, a]]\n", "map.yaml:1:12: 'a' is kept by one group and replaced"),
    ("sameColour: [[a, b]]\n", "map.yaml:1:1: there is no key 'sameColour'"),
    (
      "scales:\n  s:\n    fields: [result.textScore]\n    levels: {A: x, B: x}\n",
      "map.yaml:4:20: the scale mapping s makes 'A' and 'B' the same"
    ),
    ("", "map.yaml: the file is empty"),
  ]

  @Test("a fault has file, line and column", arguments: faults)
  func fault(text: String, says: String) throws {
    try scratch.write("map.yaml", text)
    let run = try convert("--map", "map.yaml")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(scratch.text("out.csv") == nil)
  }

  @Test("pseudonyms are stable, need the key, and take names out")
  func pseudonyms() throws {
    let first = try convert("--pseudonymize", "key")
    #expect(first.exitCode == 0, "\(first.messages)")
    let text = try #require(scratch.text("out.csv"))
    for word in ["Lovelace", "Ada", "ada", "emmy", "Sophie"] { #expect(!text.contains(word)) }
    #expect(try convert("--pseudonymize", "key").exitCode == 0)
    #expect(scratch.text("out.csv") == text)
    try scratch.write("key2", String(repeating: "q", count: 32))
    try scratch.permit("key2", 0o600)
    #expect(try convert("--pseudonymize", "key2").exitCode == 0)
    #expect(scratch.text("out.csv") != text)
  }

  @Test("a pseudonym is HMAC-SHA-256 in base32")
  func knownPseudonym() throws {
    // echo -n 'person\01' | openssl dgst -sha256 -hmac kkkk..., then the first 26 characters of
    // lower-case base32.
    #expect(try convert("--pseudonymize", "key").exitCode == 0)
    #expect(scratch.text("out.csv")?.contains(Self.known) == true)
  }

  static let known = "nv77irc3pf32blgyyutk4ipgqb"

  @Test("keys that are short or for everybody to read are refused")
  func keys() throws {
    try scratch.write("short", "0123456789abcde")
    try scratch.permit("short", 0o600)
    try scratch.permit("key", 0o644)
    #expect(try convert("--pseudonymize", "key").exitCode == 77)
    #expect(try convert("--pseudonymize", "short").exitCode == 65)
    #expect(try convert("--pseudonymize", "none").exitCode == 66)
    #expect(scratch.text("out.csv") == nil)
  }
}
