import Foundation
import Testing

@Suite("Policies and traces", .enabled(if: ToolRun.buildFolder != nil))
struct PolicyTests {
  @Test("a policy's canonical form has its hash")
  func show() throws {
    let scratch = try Scratch()
    let shown = try ToolRun(["policy", "show", "spaulding"], in: scratch.url)
    #expect(shown.exitCode == 0)
    try scratch.write("copy.json", shown.output)
    let hashes = try ["spaulding", "copy.json"].map {
      try ToolRun(["policy", "hash", $0], in: scratch.url).output
    }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0].count == 65)
  }

  @Test("the packs are listed, and the schema is JSON")
  func lists() throws {
    let packs = try ToolRun(["policy", "packs"]).output.split(separator: "\n")
    #expect(packs.count == 17)
    let schema = try ToolRun(["policy", "schema"]).output
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(schema.utf8)) }
  }

  static let bad: [(arguments: [String], text: String, exitCode: Int32, says: String)] = [
    (["policy", "show"], "{\"policy\": \"p\",\n \"color\": 1}", 65, "bad.json:1:1#"),
    (["policy", "hash"], String(repeating: "[", count: 10_000), 65, "flatter"),
    (["policy", "hash"], "{\"policy\": NaN}", 65, "bad.json:1:12#/policy"),
    (["trace", "check"], "{\"trace\": 1}", 65, "policy"),
    (["trace", "tell"], "{", 65, "name"),
  ]

  @Test("what is wrong ends with 65 and its place", arguments: bad)
  func refused(arguments: [String], text: String, exitCode: Int32, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("bad.json", text)
    let run = try ToolRun(arguments + ["bad.json"], in: scratch.url)
    #expect(run.exitCode == exitCode)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }
}
