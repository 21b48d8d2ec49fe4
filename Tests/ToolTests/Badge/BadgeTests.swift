import Foundation
import Testing

/// The badge commands from making a key to revoking, as the guide for registrars goes.
@Suite("cbl-tool badge", .enabled(if: ToolRun.buildFolder != nil))
struct BadgeTests {
  private static let award = """
    {"credentialSubject": {"id": "did:example:learner-17", "type": ["AchievementSubject"],
     "achievement": {"id": "https://school.example/achievements/linear", "type": ["Achievement"],
      "name": "Linear functions", "description": "Interprets them.",
      "criteria": {"narrative": "Level 3 or above, twice."}}}}

    """
  private static let issued = "2026-09-01T12:00:00Z"
  private static let now = "2026-11-22T00:00:00Z"
  private static let svg = #"<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>"#

  /// A folder with a key and an award, or `nil` in a build without signatures.
  private static func school() throws -> Scratch? {
    let scratch = try Scratch()
    try scratch.write("award.json", award)
    let run = try scratch.run("badge", "key", "new", "-o", "school.key")
    if run.exitCode == 69 { return nil }
    #expect(run.exitCode == 0, "\(run.messages)")
    return scratch
  }

  private static func issue(_ scratch: Scratch, _ more: String..., to output: String) throws {
    let run = try ToolRun(
      ["badge", "issue", "award.json", "--key", "school.key", "--issuer-name", "Riverside"]
        + ["--at", issued, "-o", output, "--force"] + more, in: scratch.url)
    #expect(run.exitCode == 0, "\(run.messages)")
  }

  private static func verify(_ scratch: Scratch, _ arguments: String...) throws -> ToolRun {
    try ToolRun(["badge", "verify", "--at", now] + arguments, in: scratch.url)
  }

  @Test("a badge that was issued is valid, and the key is its owner's only")
  func issue() throws {
    guard let scratch = try Self.school() else { return }
    try Self.issue(scratch, to: "badge.json")
    let run = try Self.verify(scratch, "badge.json")
    #expect(run.exitCode == 0)
    #expect(run.output.hasPrefix("badge.json: valid\n"))
    let mode = try FileManager.default.attributesOfItem(
      atPath: scratch.url.appending(path: "school.key").path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    try scratch.permit("school.key", 0o644)
    let open = try scratch.run("badge", "key", "show", "school.key")
    #expect(open.exitCode == 77)
  }

  @Test("a key is never replaced and never printed")
  func keys() throws {
    guard let scratch = try Self.school() else { return }
    let again = try scratch.run("badge", "key", "new", "-o", "school.key")
    #expect(again.exitCode == 73)
    let shown = try scratch.run("badge", "key", "show", "school.key")
    #expect(shown.exitCode == 0)
    #expect(!shown.output.contains("secretKeyMultibase"))
  }

  @Test("a changed badge ends with 65 and says why")
  func changed() throws {
    guard let scratch = try Self.school() else { return }
    try Self.issue(scratch, to: "badge.json")
    let text = try #require(scratch.text("badge.json"))
    try scratch.write("bad.json", text.replacing("twice", with: "once"))
    let run = try Self.verify(scratch, "bad.json", "--json")
    #expect(run.exitCode == 65)
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(json?["verdict"] as? String == "invalid")
    #expect(json?["reason"] as? String == "signature")
    let both = try Self.verify(scratch, "badge.json", "bad.json")
    #expect(both.exitCode == 65)
    #expect(both.output.hasSuffix("1 of 2 valid\n"))
  }

  @Test("a badge in an image verifies, and comes out as it went in")
  func baked() throws {
    guard let scratch = try Self.school() else { return }
    try Self.issue(scratch, to: "badge.json")
    try scratch.write("star.svg", Self.svg)
    let bake = try scratch.run(
      "badge", "bake", "badge.json", "--image", "star.svg", "-o", "badge.svg")
    #expect(bake.exitCode == 0, "\(bake.messages)")
    #expect(try Self.verify(scratch, "badge.svg").exitCode == 0)
    let out = try scratch.run("badge", "unbake", "badge.svg")
    #expect(out.output + "\n" == scratch.text("badge.json"))
    let twice = try scratch.run(
      "badge", "bake", "badge.json", "--image", "badge.svg", "-o", "two.svg")
    #expect(twice.exitCode == 65)
    #expect(scratch.text("two.svg") == nil)
  }

  @Test("a revoked badge is told by its list, and only by files that the resolver names")
  func revoked() throws {
    guard let scratch = try Self.school() else { return }
    let url = "https://school.example/list"
    let list = try scratch.run(
      "badge", "status", "new", "--id", url, "--key", "school.key", "--at", Self.issued, "-o",
      "list.json")
    #expect(list.exitCode == 0, "\(list.messages)")
    try Self.issue(scratch, "--status-list", url, "--status-index", "94567", to: "badge.json")
    try scratch.write("resolver.json", #"{"documents": {"\#(url)": {"file": "list.json"}}}"#)
    #expect(try Self.verify(scratch, "badge.json").output.contains("status-unavailable"))
    #expect(
      try Self.verify(scratch, "badge.json", "--resolver", "resolver.json").exitCode == 0)
    let revoke = try scratch.run(
      "badge", "revoke", "--list", "list.json", "--badge", "badge.json", "--key", "school.key",
      "--at", Self.issued, "-o", "list.json", "--force")
    #expect(revoke.exitCode == 0, "\(revoke.messages)")
    let run = try Self.verify(scratch, "badge.json", "--resolver", "resolver.json")
    #expect(run.exitCode == 65)
    #expect(run.output.hasPrefix("badge.json: invalid (revoked)\n"))
    let shown = try scratch.run("badge", "status", "show", "list.json", "--index", "94567")
    #expect(shown.output == "94567: revocation 1\n")
  }

  @Test("badges get places on the list at random, none twice in two runs")
  func places() throws {
    guard let scratch = try Self.school() else { return }
    let line = Self.award.replacing("\n", with: "")
    let lines = (0..<50).map { line.replacing("learner-17", with: "learner-\($0)") + "\n" }
    try scratch.write("award.json", lines.joined())
    let url = "https://school.example/list"
    #expect(
      try scratch.run("badge", "issue", "award.json", "--key", "school.key", "--status-list", url)
        .exitCode == 64)
    var given: [Substring] = []
    for output in ["one.ndjson", "two.ndjson"] {
      try Self.issue(scratch, "--status-list", url, "--status-taken", "taken.txt", to: output)
      given += try #require(scratch.text(output)).split(separator: "\n").compactMap {
        $0.split(separator: "\"statusListIndex\":\"").last?.split(separator: "\"").first
      }
    }
    #expect(given.count == 100 && Set(given).count == 100)
    #expect(given.map { Int($0) ?? 0 } != given.map { Int($0) ?? 0 }.sorted())
    #expect(scratch.text("taken.txt")?.split(separator: "\n").count == 100)
  }

  @Test("a badge on the older list of 1EdTech is revoked by its identifier")
  func legacy() throws {
    guard let scratch = try Self.school() else { return }
    let url = "https://school.example/revoked"
    try Self.issue(scratch, "--revocation-list", url, to: "badge.json")
    try scratch.write("resolver.json", #"{"documents": {"\#(url)": {"file": "list.json"}}}"#)
    let list = try scratch.run(
      "badge", "status", "new", "--legacy", "--id", url, "--key", "school.key", "-o", "list.json")
    #expect(list.exitCode == 0, "\(list.messages)")
    let good = try Self.verify(scratch, "badge.json", "--resolver", "resolver.json")
    #expect(good.exitCode == 0, "\(good.output)")
    let revoke = try scratch.run(
      "badge", "revoke", "--list", "list.json", "--badge", "badge.json", "--key", "school.key",
      "-o", "list.json", "--force")
    #expect(revoke.exitCode == 0, "\(revoke.messages)")
    let run = try Self.verify(scratch, "badge.json", "--resolver", "resolver.json")
    #expect(run.exitCode == 65)
    #expect(run.output.hasPrefix("badge.json: invalid (revoked)\n"))
  }

  @Test("a holder shows a part of a badge, which is valid and has nothing else")
  func derive() throws {
    let scratch = try Scratch()
    try scratch.write("award.json", Self.award)
    let key = try scratch.run("badge", "key", "new", "--kind", "P-256", "-o", "school.key")
    if key.exitCode == 69 { return }
    try Self.issue(
      scratch, "--suite", "ecdsa-sd-2023", "--mandatory", "/credentialSubject/achievement",
      to: "base.json")
    #expect(try Self.verify(scratch, "base.json").exitCode == 65)
    let derive = try scratch.run(
      "badge", "derive", "base.json", "--reveal", "/name", "-o", "shown.json")
    #expect(derive.exitCode == 0, "\(derive.messages)")
    let run = try Self.verify(scratch, "shown.json")
    #expect(run.output.hasPrefix("shown.json: valid\n"), "\(run.output)")
    let wrong = try scratch.run("badge", "derive", "base.json", "--reveal", "/nickname")
    #expect(wrong.exitCode == 65)
    #expect(wrong.messages.contains("/nickname"))
  }

  @Test("many awards in lines become as many badges, and are verified line by line")
  func lines() throws {
    guard let scratch = try Self.school() else { return }
    let line = Self.award.replacing("\n", with: "")
    let awards = (0..<20).map { line.replacing("learner-17", with: "learner-\($0)") }
    try scratch.write("awards.ndjson", awards.joined(separator: "\n") + "\n")
    let issue = try scratch.run(
      "badge", "issue", "awards.ndjson", "--key", "school.key", "--at", Self.issued, "-o",
      "badges.ndjson")
    #expect(issue.exitCode == 0, "\(issue.messages)")
    let run = try Self.verify(scratch, "badges.ndjson")
    #expect(run.exitCode == 0)
    #expect(run.output.contains("badges.ndjson:20: valid\n"))
    #expect(run.output.hasSuffix("20 of 20 valid\n"))
    let text = try #require(scratch.text("badges.ndjson"))
    let piped = try scratch.run(
      ["badge", "verify", "-", "--at", Self.now], input: text + "{\"cut\": \n")
    #expect(piped.exitCode == 65)
    #expect(piped.output.contains("-:21: invalid (json)\n"))
  }

  @Test("trust is asked for when there is a list")
  func trust() throws {
    guard let scratch = try Self.school() else { return }
    try Self.issue(scratch, to: "badge.json")
    try scratch.write("trust.json", #"["did:web:other.example"]"#)
    let run = try Self.verify(scratch, "badge.json", "--trust", "trust.json")
    #expect(run.exitCode == 65)
    #expect(run.output.contains("untrusted-issuer"))
  }

  @Test("what nobody can sign is refused before anything is written")
  func refused() throws {
    guard let scratch = try Self.school() else { return }
    try scratch.write(
      "award.json", Self.award.replacing("\"name\"", with: "\"gradeBoost\": 9, \"name\""))
    let run = try scratch.run(
      "badge", "issue", "award.json", "--key", "school.key", "-o", "badge.json")
    #expect(run.exitCode == 65)
    #expect(run.messages.contains("gradeBoost"))
    #expect(scratch.text("badge.json") == nil)
  }

  @Test("misuse ends with 64, and what is not there with 66")
  func misuse() throws {
    let scratch = try Scratch()
    #expect(try scratch.run("badge", "verify").exitCode == 64)
    #expect(try scratch.run("badge", "verify", "x.json", "--at", "noon").exitCode == 64)
    #expect(try scratch.run("badge", "verify", "x.json").exitCode == 66)
    #expect(try scratch.run("badge", "verify", "x.json", "--values").exitCode == 64)
  }
}
