import Foundation
import Testing

@Suite("Policies on policies", .enabled(if: ToolRun.buildFolder != nil))
struct ExtendingTests {
  private static let state = GradeExample.policy(
    #"{"name": "mean"}"#, #", "minimum": 2, "gates": [{"name": "g", "when": {"targets": "all"}}]"#)

  @Test("a school demands more than its district, which demands more than the state")
  func tighter() throws {
    let scratch = try Scratch()
    try scratch.write("state.json", Self.state)
    try scratch.write("d/district.yaml", "policy: d\nextends: ../state.json\nminimum: 3\n")
    try scratch.write(
      "d/school.yaml", "policy: s\nextends: district.yaml\ncounts: {kinds: [quiz, essay]}\n")
    let run = try scratch.run("policy", "show", "d/school.yaml")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output.contains(#""minimum":3"#))
    #expect(run.output.contains(#""counts":{"kinds":["quiz","essay"]}"#))
    #expect(run.output.contains(#""policy":"s""#))
    #expect(!run.output.contains("extends"))
  }

  static let refused: [(text: String, exitCode: Int32, says: String)] = [
    ("policy: s\nextends: state.json\nminimum: 1\n", 65, "s.yaml:3:10#/minimum: error: Policy"),
    ("policy: s\nextends: state.json\nscale: {masteredFrom: \"2\"}\n", 65, "#/scale/masteredFrom"),
    ("policy: s\nextends: state.json\ngates: []\n", 65, "#/gates"),
    ("policy: s\nextends: state.json\ncolour: red\n", 65, "s.yaml:3:9#/colour"),
    ("policy: s\nextends: s.yaml\n", 65, "s.yaml -> s.yaml extend each other"),
    ("policy: s\nextends: ./s.yaml\n", 65, "extend each other"),
    ("policy: s\nextends: [a]\n", 65, "s.yaml:2:10#/extends: error: extends wants"),
    ("policy: s\nextends: none.json\n", 66, "none.json"),
  ]

  @Test("a policy that demands less, or stands on itself, is refused", arguments: refused)
  func looser(text: String, exitCode: Int32, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("state.json", Self.state)
    try scratch.write("s.yaml", text)
    let run = try scratch.run("policy", "hash", "s.yaml")
    #expect(run.exitCode == exitCode)
    #expect(run.messages.contains(says), "\(run.messages)")
  }
}
