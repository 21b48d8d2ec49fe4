import Foundation
import Testing

@Suite("inspect, validate, diff, formats", .enabled(if: ToolRun.hasFormat("canvas-gradebook")))
struct ReadingTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("grades.csv", Gradebook.canvas)
    try scratch.write("later.csv", Gradebook.canvasLater)
    try scratch.write("faults.csv", Gradebook.canvasWithFaults)
  }

  func json(_ run: ToolRun) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("inspect tells the format as --from takes it, and no names")
  func inspect() throws {
    let run = try scratch.run("inspect", "grades.csv")
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("format: canvas-gradebook\n"))
    #expect(run.output.contains("UTF-8, delimiter comma, lines end with LF"))
    #expect(run.output.contains("problems: none"))
    #expect(!run.output.contains("Lovelace"))
    let object = try json(try scratch.run("inspect", "grades.csv", "--json"))
    let format = try #require(object["format"] as? String)
    #expect(try scratch.run("inspect", "grades.csv", "--from", format).exitCode == 0)
  }

  @Test("validate lists problems with file, line and column, and ends with 65")
  func validate() throws {
    let run = try scratch.run("validate", "faults.csv")
    #expect(run.exitCode == 65)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("faults.csv:3:5: rejected: "))
    #expect(lines[0].hasSuffix("]"))
    #expect(try scratch.run("validate", "grades.csv").exitCode == 0)
  }

  @Test("validate --json and --sarif are whole documents")
  func validateMachines() throws {
    let object = try json(try scratch.run("validate", "faults.csv", "--json"))
    #expect(object["valid"] as? Bool == false)
    #expect((object["problems"] as? [Any])?.count == 2)
    let clean = try json(try scratch.run("validate", "grades.csv", "--json"))
    #expect(clean["valid"] as? Bool == true)
    let sarif = try json(try scratch.run("validate", "faults.csv", "--sarif"))
    #expect(sarif["version"] as? String == "2.1.0")
    let run = try #require((sarif["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["level"] as? String } == ["error", "error"])
    #expect(((run["tool"] as? [String: Any])?["driver"] as? [String: Any])?["name"] != nil)
  }

  @Test("diff shows records and fields, not text, and ends with 1")
  func diff() throws {
    let run = try scratch.run("diff", "grades.csv", "later.csv")
    #expect(run.exitCode == 1)
    #expect(run.output.contains("- person 3\n"))
    #expect(run.output.contains("    score: \"9.5\" -> \"8\"\n"))
    #expect(try scratch.run("diff", "grades.csv", "grades.csv").exitCode == 0)
    let object = try json(try scratch.run("diff", "grades.csv", "later.csv", "--json"))
    #expect(object["found"] as? Int == 4)
    #expect((object["differences"] as? [Any])?.count == 4)
    let counted = try json(
      try scratch.run("diff", "grades.csv", "later.csv", "--json", "--summary"))
    #expect((counted["differences"] as? [Any])?.isEmpty == true)
  }

  @Test("formats and adapters as text, Markdown and JSON")
  func formats() throws {
    #expect(try scratch.run("formats").output.contains("canvas-gradebook"))
    #expect(try scratch.run("formats", "--markdown").output.contains("| `canvas-gradebook` |"))
    #expect(try scratch.run("adapter", "list").output.contains("libCanvasAdapter.so"))
    let info = try json(try scratch.run("adapter", "info", "canvas-gradebook", "--json"))
    #expect((info["formats"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test(
    "help has an example for each command",
    arguments: [
      "convert", "inspect", "validate", "diff", "formats", "adapter",
    ])
  func help(command: String) throws {
    let run = try scratch.run(command, "--help")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("  cbl-tool \(command)"))
  }

  @Test("the version and the completions of shells")
  func version() throws {
    #expect(try scratch.run("--version").output == "0.1.0\n")
    let run = try scratch.run("--generate-completion-script", "zsh")
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("#compdef cbl-tool"))
  }
}
