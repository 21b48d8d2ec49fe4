import Foundation
import Testing

@Suite("convert", .enabled(if: ToolRun.hasFormat("canvas-gradebook")))
struct ConvertTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("grades.csv", Gradebook.canvas)
    try scratch.write("faults.csv", Gradebook.canvasWithFaults)
  }

  func convert(_ input: String, _ more: String...) throws -> ToolRun {
    try ToolRun(
      ["convert", input, "--to", "canvas-gradebook", "-o", "out.csv"] + more, in: scratch.url)
  }

  @Test("an unchanged gradebook comes back byte for byte")
  func identity() throws {
    let run = try convert("grades.csv")
    #expect(run.exitCode == 0)
    #expect(run.output.isEmpty)
    #expect(scratch.text("out.csv") == Gradebook.canvas)
    #expect(run.messages.contains("Read grades.csv as canvas-gradebook"))
    #expect(run.messages.contains("Wrote canvas-gradebook to out.csv."))
    #expect(scratch.names == ["faults.csv", "grades.csv", "out.csv"])
  }

  @Test("rejected rows are named, kept in the rejects file, and end the run with 1")
  func rejects() throws {
    let run = try convert("faults.csv", "--rejects", "rejects.csv")
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("faults.csv:3:5: rejected:"))
    #expect(run.messages.contains("faults.csv:4: rejected:"))
    let rejects = try #require(scratch.text("rejects.csv"))
    #expect(rejects.hasPrefix("member,line,column,kind,code,message,value,row\r\n"))
    #expect(rejects.contains("0x10"))
    #expect(rejects.contains("\"\"Noether, Emmy\"\",2,emmy"))
  }

  @Test("reports hold no names and no values unless they are asked for")
  func privacy() throws {
    let run = try convert("faults.csv")
    for word in ["Lovelace", "Noether", "emmy", "0x10"] { #expect(!run.messages.contains(word)) }
    let shown = try convert("faults.csv", "--force", "--show-values")
    #expect(shown.messages.contains("(found \"0x10\")"))
  }

  @Test("--strict writes nothing when a row is rejected")
  func strict() throws {
    try scratch.write("out.csv", "old")
    let run = try convert("faults.csv", "--strict", "--force")
    #expect(run.exitCode == 65)
    #expect(scratch.text("out.csv") == "old")
    #expect(run.messages.contains("[csv.row_too_short]"))
  }

  @Test("more rejected rows than --max-rejects stop the run")
  func maximumRejects() throws {
    #expect(try convert("faults.csv", "--max-rejects", "1").exitCode == 65)
    #expect(scratch.text("out.csv") == nil)
    #expect(try convert("faults.csv", "--max-rejects", "2").exitCode == 1)
  }

  @Test("--quiet says nothing, --json speaks to machines")
  func reports() throws {
    #expect(try convert("grades.csv", "--quiet").messages.isEmpty)
    let run = try convert("faults.csv", "--force", "--json")
    #expect(run.exitCode == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let rows = try #require(json["rows"] as? [[String: Any]])
    let results = try #require(rows.first { $0["kind"] as? String == "result" })
    #expect(results["read"] as? Int == 3)
    #expect(results["rejected"] as? Int == 1)
    #expect((json["output"] as? [String: Any])?["path"] as? String == "out.csv")
    for row in rows {
      let counts = ["written", "skipped", "rejected", "dropped", "unwritten"]
      let sum = counts.reduce(0) { $0 + (row[$1] as? Int ?? 0) }
      #expect(row["read"] as? Int == sum)
    }
  }

  @Test("standard input and output", .enabled(if: ToolRun.hasFormat("evidence")))
  func streams() throws {
    let run = try scratch.run(
      ["convert", "-", "--to", "evidence", "-o", "-", "--quiet"], input: Gradebook.canvas)
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("learner,"))
  }

  @Test("the loss report is text, or JSON by its name")
  func lossReport() throws {
    #expect(try convert("grades.csv", "--loss-report", "losses.txt").exitCode == 0)
    #expect(scratch.text("losses.txt")?.hasPrefix("What was lost\n") == true)
    #expect(try convert("grades.csv", "--force", "--loss-report", "losses.json").exitCode == 0)
    let data = try #require(scratch.bytes("losses.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["lossless"] as? Bool == true)
  }

  @Test("an adapter that the user names is used; one that is missing ends the run with 69")
  func adapters() throws {
    let library = try #require(ToolRun.buildFolder).appending(path: "libCanvasAdapter.so").path
    #expect(try convert("grades.csv", "--adapter", library).exitCode == 0)
    #expect(try convert("grades.csv", "--force", "--adapter", "no.so").exitCode == 69)
    try scratch.write("text.so", "not a library")
    #expect(try convert("grades.csv", "--force", "--adapter", "text.so").exitCode == 69)
    try scratch.permit("text.so", 0o666)
    #expect(try convert("grades.csv", "--force", "--adapter", "text.so").exitCode == 77)
  }

  @Test("kinds can be left out")
  func dropping() throws {
    let run = try convert("grades.csv", "--drop", "result", "--json")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("\"dropped\": 5"))
  }
}
