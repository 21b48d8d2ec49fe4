import Foundation
import Testing

@Suite("Odd inputs", .enabled(if: ToolRun.hasFormat("cbl-ndjson")))
struct OddInputTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func convert(_ input: String, to format: String, _ more: String...) throws -> ToolRun {
    try ToolRun(["convert", input, "--to", format, "--force"] + more, in: scratch.url)
  }

  @Test("scores below the minimum of their line item are told and kept, or refused when strict")
  func belowMinimum() throws {
    let items: [(id: String, minimum: String, score: String, isBelow: Bool)] = [
      ("a", "0", "-1", true), ("b", "0", "0", false), ("c", "2", "1.5", true),
      ("d", "2", "2.0", false), ("e", "-5", "-4", false), ("f", "-5", "-5.01", true),
      ("g", "", "-1", false), ("h", "0.0", "11", false),
    ]
    var text =
      #"{"format":"cbl","version":1}"# + "\n" + #"{"record":"class","id":"c"}"# + "\n"
      + #"{"record":"person","id":"p"}"# + "\n"
    for item in items {
      text +=
        "{\"record\":\"lineItem\",\"id\":\"\(item.id)\",\"class\":\"c\","
        + "\"minimum\":\"\(item.minimum)\",\"maximum\":\"10\"}\n"
    }
    for item in items {
      text +=
        "{\"record\":\"result\",\"id\":\"r\(item.id)\",\"lineItem\":\"\(item.id)\","
        + "\"person\":\"p\",\"state\":\"graded\",\"score\":\"\(item.score)\"}\n"
    }
    text += "{\"end\":true,\"rows\":\(2 * items.count + 2)}\n"
    try scratch.write("in.ndjson", text)
    let below = items.filter(\.isBelow).count
    let run = try convert("in.ndjson", to: "oneroster-1.2", "-o", "out", "--json")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output.split(separator: "record.score_below_minimum").count == below + 2)
    let results = try #require(scratch.text("out/results.csv"))
    #expect(results.split(separator: "\r\n").count == items.count + 1)
    let strict = try convert(
      "in.ndjson", to: "cbl", "-o", "strict", "--strict", "--rejects", "rejects.csv")
    #expect(strict.exitCode == 65)
    #expect(scratch.text("rejects.csv")?.split(separator: "\r\n").count == below + 1)
    #expect(!scratch.names.contains("strict"))
  }

  static let invisible: [(name: String, code: String?)] = [
    ("A\u{202E}B, D", "U+202E"), ("A\u{200B}B", "U+200B"), ("Long ASCII \u{FEFF}", "U+FEFF"),
    ("\u{2066}A", "U+2066"), ("\u{61C}A", "U+061C"), ("Zoë Ångström", nil), ("—…’€", nil),
    ("شيماء", nil), ("日本語", nil), ("\u{1F600}", nil),
  ]

  @Test("invisible characters in names are kept and noted", arguments: invisible)
  func invisibleCharacters(name: String, code: String?) throws {
    let gradebook = Gradebook.canvas.replacing("Noether, Emmy", with: name)
    try scratch.write("in.csv", gradebook)
    let run = try convert("in.csv", to: "canvas-gradebook", "-o", "out.csv")
    #expect(run.exitCode == 0)
    #expect(scratch.text("out.csv") == gradebook)
    #expect(run.messages.contains("[record.invisible_character]") == (code != nil))
    if let code { #expect(run.messages.contains("in.csv:4: note:") && run.messages.contains(code)) }
  }

  @Test("a bare quote in a heading is taken as it is, and noted")
  func bareQuoteInHeading() throws {
    let gradebook = Gradebook.canvas.replacing("Essay (101)", with: "6\" ruler (101)")
    try scratch.write("in.csv", gradebook)
    let run = try convert("in.csv", to: "canvas-gradebook", "-o", "out.csv")
    #expect(run.exitCode == 0)
    #expect(run.messages.contains("in.csv:1: note:"))
    #expect(run.messages.contains("[csv.bare_quote]"))
    #expect(scratch.text("out.csv") == gradebook)
  }

  @Test("an archive or a folder without files is refused, whatever it is said to be")
  func empty() throws {
    // The end of a zip's directory, alone.
    try scratch.write("empty.zip", Data([0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)))
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "empty"), withIntermediateDirectories: true)
    for input in ["empty.zip", "empty"] {
      let run = try convert(input, to: "evidence", "--from", "cbl", "-o", "out.csv")
      #expect(run.exitCode == 65, "\(input)")
      #expect(run.messages.contains("there are no files in it"))
      #expect(scratch.text("out.csv") == nil)
    }
  }

  @Test("a Learning Mastery file without targets is recognised and read again")
  func masteryWithoutTargets() throws {
    try scratch.write(
      "in.ndjson",
      [
        #"{"format":"cbl","version":1}"#, #"{"record":"class","id":"c","title":"C"}"#,
        #"{"record":"person","id":"p","name":"A B"}"#,
      ].map { $0 + "\n" }.joined())
    #expect(try convert("in.ndjson", to: "canvas-mastery", "-o", "out/").exitCode == 0)
    let back = try convert("out", to: "canvas-mastery", "-o", "again/")
    #expect(back.exitCode == 0, "\(back.messages)")
    #expect(back.messages.contains("as canvas-mastery"))
    #expect(scratch.bytes("again/mastery.csv") == scratch.bytes("out/mastery.csv"))
  }

  static let outcomes: [(heading: Data, rows: Data)] = {
    let heading = Data(
      ("outcome_name;outcome_shortname;outcome_description;scale_name;scale_items;"
        + "scale_description").utf8)
    let row = Data("A;a;d;S;\"x,y\";z\n".utf8)
    let bad = Data("B".utf8) + Data([0xFF]) + Data(";b;d;S;\"x,y\";z\n".utf8)
    return [
      (heading + Data(";x".utf8) + Data([0xFF, 0x0A]), row.dropLast() + Data(";w\n".utf8)),
      (heading + Data([0x0A]), row + bad),
    ]
  }()

  @Test(
    "a line that is not valid UTF-8 is rejected and ends the run with 1",
    arguments: outcomes)
  func invalidText(heading: Data, rows: Data) throws {
    try scratch.write("in.csv", heading + rows)
    let run = try convert(
      "in.csv", to: "moodle-outcomes", "--from", "moodle-outcomes", "-o", "out.csv", "--rejects",
      "rejects.csv")
    #expect(run.exitCode == 1, "\(run.messages)")
    #expect(scratch.text("rejects.csv")?.contains(".invalid_utf8,") == true)
    #expect(scratch.text("out.csv")?.contains("A;a;d;S;") == true)
  }
}
