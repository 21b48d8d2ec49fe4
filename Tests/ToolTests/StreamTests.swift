import Foundation
import Testing

@Suite("Outputs that flow", .enabled(if: ToolRun.hasFormat("cbl-ndjson")))
struct StreamTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A class with as many results, some of which stand there twice; more than any buffer holds.
  private func writeResults(_ ids: some Sequence<Int>, state: String = "graded") throws {
    var lines = [
      #"{"format":"cbl","version":1}"#, #"{"record":"class","id":"c"}"#,
      #"{"record":"person","id":"p"}"#,
      #"{"record":"lineItem","id":"i","class":"c","maximum":"10"}"#,
    ]
    for id in ids {
      lines.append(
        "{\"record\":\"result\",\"id\":\"r\(id)\",\"lineItem\":\"i\",\"person\":\"p\","
          + "\"state\":\"\(state)\",\"score\":\"7\"}")
    }
    try scratch.write("in.ndjson", lines.map { $0 + "\n" }.joined())
  }

  private func convert(_ more: String...) throws -> ToolRun {
    try ToolRun(
      ["convert", "in.ndjson", "--to", "evidence", "--option", "unaligned=keep", "-o", "-"] + more,
      in: scratch.url)
  }

  @Test("a second reading, for results that stand twice, writes no row twice")
  func secondReading() throws {
    try writeResults(Array(0..<20_000) + [5, 19_999])
    let run = try convert("--json", "--rejects", "rejects.csv")
    #expect(run.exitCode == 0, "\(run.messages)")
    let lines = run.output.split(separator: "\n").filter { $0.hasPrefix("p,c,i,") }
    #expect(lines.count == 20_000)
    #expect(run.output.utf8.count > 400_000)
  }

  @Test("a strict run that is refused in the end writes nothing")
  func strict() throws {
    try writeResults(0..<20_000)
    let text = try #require(scratch.text("in.ndjson"))
    try scratch.write(
      "in.ndjson",
      text + #"{"record":"result","id":"z","lineItem":"i","person":"p","score":"many"}"# + "\n")
    let run = try convert("--strict")
    #expect(run.exitCode == 65)
    #expect(run.output.isEmpty)
  }

  @Test("a pipe gets the same bytes as standard output")
  func namedPipe() throws {
    try writeResults(Array(0..<3_000) + [7])
    let expected = try convert("--quiet")
    let run = try scratch.shell(
      "mkfifo pipe; cat pipe > copy & \"$TOOL\" convert in.ndjson --to evidence --quiet "
        + "--option unaligned=keep -o pipe; wait")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(scratch.text("copy") == expected.output)
    #expect(expected.output.split(separator: "\n").count == 3_001)
  }

  @Test("rows rejected so far are published when the output fails")
  func rejectsAfterFailure() throws {
    try scratch.write("faults.csv", Gradebook.canvasWithFaults)
    let run = try scratch.shell(
      "\"$TOOL\" convert faults.csv --to canvas-gradebook --quiet --rejects rejects.csv "
        + "-o - > /dev/full")
    #expect(run.exitCode == 74, "\(run.messages)")
    let rejects = try #require(scratch.text("rejects.csv"))
    #expect(rejects.split(separator: "\r\n").count == 3)
    #expect(rejects.contains("0x10"))
  }
}
