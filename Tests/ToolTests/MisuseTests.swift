import Foundation
import Testing

@Suite("Wrong use and wrong input", .enabled(if: ToolRun.hasFormat("canvas-gradebook")))
struct MisuseTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try scratch.write("grades.csv", Gradebook.canvas)
    try scratch.write("empty.csv", "")
    try scratch.write("novel.txt", "It was a bright cold day in April.\n")
    try scratch.write("old.csv", "old")
    try FileManager.default.createSymbolicLink(
      at: scratch.url.appending(path: "link.csv"),
      withDestinationURL: scratch.url.appending(path: "old.csv"))
  }

  static let cases: [(arguments: [String], exitCode: Int32, says: String)] = [
    (["frobnicate"], 64, "Usage"),
    (["convert"], 64, "Usage"),
    (["convert", "grades.csv", "--to", "canvas-gradebook"], 64, "--output"),
    (["convert", "grades.csv", "--to", "papyrus", "-o", "o.csv"], 64, "canvas-gradebook"),
    (
      ["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "o.csv", "--drop", "x"], 64,
      "role"
    ),
    (
      [
        "convert", "grades.csv", "--to", "canvas-gradebook", "-o", "o.csv", "--strict", "--lenient",
      ],
      64, "--lenient"
    ),
    (["convert", "-", "-", "--to", "canvas-gradebook", "-o", "o.csv"], 64, "once"),
    (
      ["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "o.csv", "--rejects", "o.csv"],
      64, "same file"
    ),
    (["convert", "none.csv", "--to", "canvas-gradebook", "-o", "o.csv"], 66, "none.csv"),
    (["convert", "/dev/null", "--to", "canvas-gradebook", "-o", "o.csv"], 66, "device"),
    (["convert", "novel.txt", "--to", "canvas-gradebook", "-o", "o.csv"], 65, "--from"),
    (["convert", "empty.csv", "--to", "canvas-gradebook", "-o", "o.csv"], 65, "empty.csv"),
    (["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "old.csv"], 73, "--force"),
    (
      ["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "grades.csv", "--force"], 73,
      "input"
    ),
    (["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "no/o.csv"], 73, "no/o.csv"),
    (
      ["convert", "grades.csv", "--to", "canvas-gradebook", "-o", "link.csv", "--force"], 73, "link"
    ),
    (["validate", "novel.txt"], 65, "--from"),
    (["inspect", "none.csv"], 66, "none.csv"),
    (["adapter", "info", "nobody"], 69, "nobody"),
  ]

  @Test("ends with the code and says why, and leaves no output", arguments: cases)
  func misuse(arguments: [String], exitCode: Int32, says: String) throws {
    let before = scratch.names
    let run = try ToolRun(arguments, in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
    #expect(scratch.names == before)
    #expect(scratch.text("old.csv") == "old")
  }

  @Test("a gradebook with headings only has no rows and is no fault")
  func headingOnly() throws {
    let heading = String(Gradebook.canvas.prefix { $0 != "\n" }) + "\n"
    try scratch.write("heading.csv", heading)
    let run = try scratch.run(
      "convert", "heading.csv", "--to", "canvas-gradebook", "-o", "o.csv")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(scratch.text("o.csv") == heading)
  }

  @Test("the last record is read without a line end")
  func noFinalLineEnd() throws {
    try scratch.write("open.csv", String(Gradebook.canvas.dropLast()))
    let run = try scratch.run("convert", "open.csv", "--to", "canvas-gradebook", "-o", "o.csv")
    #expect(run.exitCode == 0)
    #expect(scratch.text("o.csv") == String(Gradebook.canvas.dropLast()))
  }
}
