import Foundation
import Testing

/// From evidence to badges and, after a correction, to their revocation.
@Suite("cbl-tool badge award", .enabled(if: ToolRun.hasFormat("evidence")))
struct BadgeAwardTests {
  private static let evidence = """
    id,learner,target,kind,score,date,status
    e1,p1,fractions,project,4,2025-10-03,
    e2,p1,decimals,quiz,3,2025-09-08,
    e3,p2,fractions,quiz,2,2025-09-01,
    e4,p2,decimals,project,3,2025-10-03,

    """
  private static let policy = """
    {"policy": "p", "gates": [{"name": "credit", "when": {"targets": "all"}}],
     "scale": {"id": "s", "masteredFrom": "3", "levels": [
       {"label": "1", "number": 1}, {"label": "2", "number": 2}, {"label": "3", "number": 3},
       {"label": "4", "number": 4}]},
     "method": {"name": "latest"}}
    """
  private static let credential = """
    {"credentialSubject": {"achievement": {"id": "https://school.example/unit-1",
     "type": ["Achievement"], "name": "Unit 1", "description": "Fractions and decimals.",
     "criteria": {"narrative": "Level 3 on every target."}}}}
    """
  private static let book = #"""
    {"rules": [{"rule": "unit-1", "when": {"gate": "credit"}, "credential": \#(credential)}]}
    """#
  private static let moment = "2026-09-01T12:00:00Z"

  private static func school() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("evidence.csv", evidence)
    try scratch.write("policy.json", policy)
    try scratch.write("book.json", book)
    return scratch
  }

  private static func award(_ scratch: Scratch, _ more: String...) throws -> ToolRun {
    try ToolRun(
      ["badge", "award", "evidence.csv", "--policy", "policy.json", "--book", "book.json"] + more,
      in: scratch.url)
  }

  private static func decisions(_ run: ToolRun) throws -> [[String: Any]] {
    try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("a badge is due once, is kept, and is revoked by the run that sees the correction")
  func correction() throws {
    let scratch = try Self.school()
    let files = ["--ledger", "ledger.ndjson", "--drafts"]
    let first = try Self.award(scratch, files[0], files[1], files[2], "due.ndjson")
    #expect(first.exitCode == 0, "\(first.messages)")
    #expect(first.output.contains("p1 unit-1: issue urn:uuid:"))
    #expect(first.output.contains("\n  yes: gate credit is open, found open"))
    #expect(first.output.hasSuffix("1 to issue, 0 to revoke, 0 kept, 0 spent, 1 waiting\n"))
    let draft = try #require(scratch.text("due.ndjson"))
    #expect(draft.contains("sha256$") && !draft.contains("\"p1\""))

    let second = try Self.award(scratch, files[0], files[1], files[2], "none.ndjson", "--all")
    #expect(second.output.contains("p1 unit-1: keep urn:uuid:"))
    #expect(scratch.text("none.ndjson") == "")

    // The project was copied: its evidence is taken back, and an earlier quiz is entered.
    try scratch.write(
      "evidence.csv",
      Self.evidence + "e1,p1,fractions,project,4,2025-10-03,reversed\n"
        + "e9,p1,fractions,quiz,2,2025-09-02,\n")
    let third = try Self.award(
      scratch, files[0], files[1], files[2], "more.ndjson", "--json")
    #expect(third.exitCode == 0, "\(third.messages)")
    let decisions = try Self.decisions(third)
    let revoked = try #require(decisions.first { $0["step"] as? String == "revoke" })
    let trace = try #require(revoked["trace"] as? [String: Any])
    #expect(trace["holds"] as? Bool == false)
    #expect(trace["question"] as? String == "gate credit is open")
    let ledger = try #require(scratch.text("ledger.ndjson"))
    #expect(ledger.contains(try #require(revoked["credential"] as? String)))
    #expect(ledger.hasSuffix("\"revoked\":true}\n"))
  }

  @Test("what a run decides is issued, revoked and then invalid")
  func toTheEnd() throws {
    let scratch = try Self.school()
    let key = try scratch.run("badge", "key", "new", "-o", "school.key")
    if key.exitCode == 69 { return }
    let url = "https://school.example/list"
    try scratch.write("resolver.json", #"{"documents": {"\#(url)": {"file": "list.json"}}}"#)
    #expect(
      try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "due.ndjson").exitCode == 0)
    let signing = ["--key", "school.key", "--at", Self.moment]
    let steps = [
      ["badge", "status", "new", "--id", url, "-o", "list.json"] + signing,
      ["badge", "issue", "due.ndjson", "--issuer-name", "Riverside", "--status-list", url]
        + ["--status-index", "7", "-o", "issued.ndjson"] + signing,
      ["badge", "verify", "issued.ndjson", "--resolver", "resolver.json", "--recipient"]
        + ["sisSourcedId:p1", "--at", Self.moment],
    ]
    for step in steps {
      let run = try ToolRun(step, in: scratch.url)
      #expect(run.exitCode == 0, "\(step): \(run.output) \(run.messages)")
    }
    try scratch.write(
      "evidence.csv", Self.evidence.replacing("project,4,2025-10-03", with: "project,2,2025-10-03"))
    #expect(
      try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "more.ndjson").exitCode == 0)
    let revoke = try ToolRun(
      ["badge", "revoke", "--list", "list.json", "--badge", "issued.ndjson", "--ledger"]
        + ["ledger.ndjson", "-o", "list.json", "--force"] + signing, in: scratch.url)
    #expect(revoke.exitCode == 0, "\(revoke.messages)")
    let verify = try ToolRun(
      ["badge", "verify", "issued.ndjson", "--resolver", "resolver.json", "--at", Self.moment],
      in: scratch.url)
    #expect(verify.exitCode == 65)
    #expect(verify.output.contains("invalid (revoked)"))
  }

  @Test("badges of learners of whom the inputs say nothing stay")
  func absent() throws {
    let scratch = try Self.school()
    let line = #"{"rule":"unit-1","learner":"p3","credential":"urn:3","revoked":false}"# + "\n"
    try scratch.write("ledger.ndjson", line)
    let run = try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "due.ndjson")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(run.output.contains("1 badges of learners without evidence"))
    #expect(scratch.text("ledger.ndjson")?.hasPrefix(line) == true)
  }

  static let wrong: [(book: String, code: Int32, says: String)] = [
    (book.replacing("credit", with: "graduation"), 65, "graduation"),
    (book.replacing(#""gate": "credit""#, with: #""mastered": "algebra""#), 65, "algebra"),
    (book.replacing(#""gate""#, with: #""gait""#), 65, "/rules/0/when"),
    (
      book.replacing(#""gate": "credit""#, with: #""gate": "credit", "group": "g""#), 65, "no group"
    ),
    (
      book.replacing(#"{"gate": "credit"}"#, with: #"{"atLeast": 2, "of": [{"gate": "credit"}]}"#),
      65, "from 1 to the 1"
    ),
    (
      book.replacing(#""achievement""#, with: #""id": "x", "achievement""#), 65, "credentialSubject"
    ),
    ("{", 65, "book.json"),
  ]

  @Test(
    "a book that is wrong stops before anything is decided or written", arguments: wrong.indices)
  func refused(_ index: Int) throws {
    let scratch = try Self.school()
    try scratch.write("book.json", Self.wrong[index].book)
    let run = try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "due.ndjson")
    #expect(run.exitCode == Self.wrong[index].code)
    #expect(run.messages.contains(Self.wrong[index].says), "\(run.messages)")
    #expect(scratch.text("ledger.ndjson") == nil && scratch.text("due.ndjson") == nil)
  }

  @Test("a ledger that is wrong is told with its line, and rows that are wrong revoke nothing")
  func badInput() throws {
    let scratch = try Self.school()
    try scratch.write("ledger.ndjson", "\n{\"rule\": \"unit-1\"}\n")
    let run = try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "due.ndjson")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains("line 2"), "\(run.messages)")
    try scratch.write("evidence.csv", Self.evidence.replacing("project,4,", with: "project,four,"))
    let line = #"{"rule":"unit-1","learner":"p1","credential":"urn:1","revoked":false}"# + "\n"
    try scratch.write("ledger.ndjson", line)
    let bad = try Self.award(scratch, "--ledger", "ledger.ndjson", "--drafts", "due.ndjson")
    #expect(bad.exitCode == 65)
    #expect(scratch.text("ledger.ndjson") == line)
  }

  @Test("misuse ends with 64")
  func misuse() throws {
    #expect(try Self.award(try Self.school(), "--ledger", "ledger.ndjson").exitCode == 64)
  }
}
