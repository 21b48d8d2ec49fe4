import Foundation
import Testing

@Suite("Converting catalogs", .enabled(if: ToolRun.buildFolder != nil))
struct CatalogConvertTests {
  static let moodle = """
    Parent id number,Id number,Shortname,Description,Is framework
    ,F,Team,<p>Work.</p>,1
    ,T1,Listens,<p>To all.</p>,
    T1,T2,Speaks,,

    """

  @Test("a framework of Moodle becomes CASE and comes back, with a loss report on each way")
  func thereAndBack() throws {
    let scratch = try Scratch()
    try scratch.write("in.csv", Self.moodle)
    let there = try ToolRun(
      [
        "catalog", "convert", "in.csv", "--to", "case", "-o", "out.json", "--loss-report",
        "losses.json", "--json",
      ], in: scratch.url)
    #expect(there.exitCode == 0, "\(there.messages)")
    let report = try JSONSerialization.jsonObject(with: Data(there.output.utf8)) as? [String: Any]
    #expect(report?["format"] as? String == "moodle")
    #expect(report?["items"] as? Int == 2)
    let losses =
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: scratch.url.appending(path: "losses.json"))) as? [String: Any]
    #expect(losses?["losses"] is [Any])
    let back = try ToolRun(
      ["catalog", "convert", "out.json", "--to", "jsonl", "-o", "-"], in: scratch.url)
    #expect(back.exitCode == 0)
    #expect(back.output.split(separator: "\n").count == 5)
    #expect(back.messages.contains("nothing was lost"))
  }

  @Test("standard input is read, and the text of the loss report names dropped fields")
  func streams() throws {
    let scratch = try Scratch()
    let run = try ToolRun(
      [
        "catalog", "convert", "-", "--from", "moodle", "--to", "canvas", "-o",
        scratch.url.appending(path: "o.csv").path, "--loss-report", "l.txt",
      ], in: scratch.url, input: Data(Self.moodle.utf8))
    #expect(run.exitCode == 0, "\(run.messages)")
    let text = try String(
      contentsOf: scratch.url.appending(path: "l.txt"), encoding: .utf8)
    #expect(text.contains("CFDocument.title: dropped 1 times"))
  }

  static let misuse: [(arguments: [String], exitCode: Int32, says: String)] = [
    (["in.csv", "--to", "esco", "-o", "o"], 64, "not written"),
    (["in.csv", "--from", "x", "--to", "case", "-o", "o"], 64, "not read"),
    (["in.csv", "--to", "case", "-o", "in.csv"], 73, "one of the inputs"),
    (["none.csv", "--to", "case", "-o", "o"], 66, "none.csv"),
    (["bad.json", "--to", "case", "-o", "o"], 65, "bad.json:2:"),
    (["in.csv", "--from", "ctdl-asn", "--to", "case", "-o", "o"], 65, "in.csv"),
    (["twice.csv", "--to", "jsonl", "-o", "o"], 1, "twice.csv:3: error: The identifier x"),
    (["in.csv", "--to", "case", "-o", "no/such/folder"], 73, "no/such"),
  ]

  @Test("misuse and bad data end with their codes and leave no output", arguments: misuse)
  func refused(arguments: [String], exitCode: Int32, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("in.csv", Self.moodle)
    try scratch.write("bad.json", "{\"CFDocument\": {},\n \"CFItems\": [}")
    try scratch.write("twice.csv", "vendor_guid,object_type,title\nx,group,X\nx,group,Y\n")
    let run = try ToolRun(["catalog", "convert"] + arguments, in: scratch.url)
    #expect(run.exitCode == exitCode, "\(run.messages)")
    #expect(run.messages.contains(says), "\(run.messages)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    #expect(
      names == ["bad.json", "in.csv"] + (exitCode == 1 ? ["o"] : []) + ["twice.csv"], "\(names)")
  }
}
