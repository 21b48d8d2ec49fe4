import Foundation
import Testing

@Suite("Catalogs on the command line", .enabled(if: ToolRun.buildFolder != nil))
struct CatalogTests {
  /// A catalog of three items; the last two wait for the one before.
  static func package(
    _ links: [String] = ["a precedes b", "b precedes c"], edition: String = "1",
    items: [(id: String, code: String, text: String)] = [
      ("a", "M.1", "Counts to 20."), ("b", "M.2", "Adds to 20."), ("c", "M.3", "Multiplies."),
    ]
  ) -> String {
    let items = items.map {
      "{\"identifier\": \"\($0.id)\", \"humanCodingScheme\": \"\($0.code)\", "
        + "\"fullStatement\": \"\($0.text)\"}"
    }
    let links = links.map { line in
      let parts = line.split(separator: " ")
      return "{\"identifier\": \"\(line)\", \"associationType\": \"\(parts[1])\", "
        + "\"originNodeURI\": {\"identifier\": \"\(parts[0])\"}, "
        + "\"destinationNodeURI\": {\"identifier\": \"\(parts[2])\"}}"
    }
    return """
      {"CFDocument": {"identifier": "d\(edition)", "title": "Ours", "version": "\(edition)"},
      "CFItems": [
      \(items.joined(separator: ",\n"))],
      "CFAssociations": [
      \(links.joined(separator: ",\n"))]}
      """
  }

  static func json(_ run: ToolRun) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("lint ends with 65 on errors and names the cycle, in text, JSON and SARIF")
  func lint() throws {
    let scratch = try Scratch()
    try scratch.write("sound.json", Self.package())
    #expect(try ToolRun(["catalog", "lint", "sound.json"], in: scratch.url).exitCode == 0)
    try scratch.write("round.json", Self.package(["a precedes b", "b precedes a"]))
    let text = try ToolRun(["catalog", "lint", "round.json"], in: scratch.url)
    #expect(text.exitCode == 65)
    #expect(text.output.contains("round.json:3:1#/CFItems/0: error: There is a cycle"))
    #expect(text.output.contains("M.1 → M.2 → M.1"))
    #expect(text.output.contains("Score "))
    let json = try ToolRun(["catalog", "lint", "round.json", "--json"], in: scratch.url)
    #expect(json.exitCode == 65)
    let report = try Self.json(json)
    #expect(report["valid"] as? Bool == false)
    let checks = try #require(report["checks"] as? [[String: Any]])
    #expect(checks.compactMap { $0["weight"] as? Int }.reduce(0, +) == 100)
    let sarif = try ToolRun(["catalog", "lint", "round.json", "--sarif"], in: scratch.url)
    #expect(sarif.exitCode == 65)
    let runs = try #require(try Self.json(sarif)["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    let cycle = try #require(results.first { $0["ruleId"] as? String == "lint.cycle" })
    #expect(cycle["level"] as? String == "error")
  }

  @Test("a path is told in order, with who says so")
  func path() throws {
    let scratch = try Scratch()
    try scratch.write("ours.json", Self.package())
    let run = try ToolRun(
      ["catalog", "path", "ours.json", "--to", "M.3", "--known", "M.1", "--why"], in: scratch.url)
    #expect(run.exitCode == 0)
    #expect(
      run.output == """
        1. M.2: Adds to 20.
             M.1 precedes M.2 (Ours, edition 1, association a precedes b)
        2. M.3: Multiplies.
             M.2 precedes M.3 (Ours, edition 1, association b precedes c)

        """)
    let json = try ToolRun(
      ["catalog", "path", "ours.json", "--to", "c", "--json"], in: scratch.url)
    let path = try #require(try Self.json(json)["path"] as? [[String: Any]])
    #expect(path.compactMap { $0["code"] as? String } == ["M.1", "M.2", "M.3"])
  }

  @Test("what is ready and what it opens")
  func ready() throws {
    let scratch = try Scratch()
    try scratch.write("ours.json", Self.package())
    let run = try ToolRun(
      ["catalog", "ready", "ours.json", "--known", "M.1"], in: scratch.url)
    #expect(run.output == "M.2: Adds to 20.\n    1 item builds on it; opens M.3\n")
  }

  @Test("editions are compared and evidence gets a plan")
  func editions() throws {
    let scratch = try Scratch()
    try scratch.write("old.json", Self.package())
    let items = [
      ("a", "M.1", "Counts to 20."), ("b", "N.2", "Adds to 20."), ("z", "M.3", "Sorts."),
    ]
    try scratch.write(
      "new.json",
      Self.package(["b precedes a", "c replacedBy z"], edition: "2", items: items))
    let same = try ToolRun(["catalog", "diff", "old.json", "old.json"], in: scratch.url)
    #expect(same.exitCode == 0)
    let diff = try ToolRun(["catalog", "diff", "old.json", "new.json"], in: scratch.url)
    #expect(diff.exitCode == 1)
    for line in [
      "    recoded: M.2 to N.2", "    replaced: by M.3", "link reversed: N.2 precedes M.1",
      "replaced 1:1: 1",
    ] {
      #expect(diff.output.contains(line), "\(diff.output)")
    }
    let plan = try ToolRun(["catalog", "migrate", "old.json", "new.json"], in: scratch.url)
    #expect(plan.exitCode == 0)
    #expect(plan.output.contains("carry M.3: Multiplies.\n    to M.3: Sorts."))
    #expect(plan.output.contains("because"))
    #expect(plan.output.hasSuffix("keep 2, carry 1\n"))
  }

  @Test(
    "a drawing takes the place of no file unless it is asked to",
    arguments: [
      ("map.svg", "<svg "), ("map.html", "<!DOCTYPE html>"), ("map.dot", "digraph"),
      ("map.mmd", "---"), ("map.graphml", "<?xml"), ("map.json", "{"),
    ])
  func draw(file: String, beginning: String) throws {
    let scratch = try Scratch()
    try scratch.write("ours.case.json", Self.package())
    let arguments = ["catalog", "draw", "ours.case.json", "--known", "M.1", "-o", file]
    #expect(try ToolRun(arguments, in: scratch.url).exitCode == 0)
    let text = try String(contentsOf: scratch.url.appending(path: file), encoding: .utf8)
    #expect(text.hasPrefix(beginning))
    #expect(try ToolRun(arguments, in: scratch.url).exitCode == 73)
    #expect(try ToolRun(arguments + ["--force"], in: scratch.url).exitCode == 0)
  }

  @Test("a class is drawn from lines of learners")
  func learners() throws {
    let scratch = try Scratch()
    try scratch.write("ours.json", Self.package())
    try scratch.write("class.txt", "# mastered\n01,M.1\n02,M.1\n02,M.2\n")
    let run = try ToolRun(
      ["catalog", "draw", "ours.json", "--learners", "class.txt"], in: scratch.url)
    #expect(run.output.contains("2 of 2 mastered"))
  }

  @Test("crosswalks and overlays say who states what")
  func others() throws {
    let scratch = try Scratch()
    try scratch.write("ours.json", Self.package())
    try scratch.write(
      "theirs.json", Self.package([], edition: "t", items: [("x", "T.1", "Counts.")]))
    try scratch.write(
      "walk.json", Self.package(["a exactMatchOf x"], edition: "w", items: []))
    let walk = try ToolRun(
      ["catalog", "crosswalk", "ours.json", "theirs.json", "--via", "walk.json"], in: scratch.url)
    #expect(walk.exitCode == 0)
    #expect(walk.output.contains("gap: M.2"))
    #expect(walk.output.contains("1 of 3 targets"))
    try scratch.write(
      "district.json", Self.package(["a ext:overlay.hide b"], edition: "x", items: []))
    let overlay = try ToolRun(
      ["catalog", "overlay", "ours.json", "district.json"], in: scratch.url)
    #expect(overlay.exitCode == 0)
    #expect(overlay.output.contains("hide: M.1"))
    let path = try ToolRun(
      ["catalog", "path", "ours.json", "--overlay", "district.json", "--to", "M.2"],
      in: scratch.url)
    #expect(path.output == "1. M.2: Adds to 20.\n")
  }

  @Test("names and items are listed")
  func lists() throws {
    let scratch = try Scratch()
    try scratch.write("ours.json", Self.package())
    let names = try ToolRun(["catalog", "names", "ours.json"], in: scratch.url)
    #expect(names.output.contains("M_1   M.1   a           current"))
    let show = try ToolRun(["catalog", "show", "ours.json", "M.2"], in: scratch.url)
    #expect(show.output.contains("level 1 of prerequisites; 1 item builds on it"))
    for command in ["names", "show"] {
      let json = try ToolRun(["catalog", command, "ours.json", "--json"], in: scratch.url)
      #expect(throws: Never.self) { try Self.json(json) }
    }
  }

  static let own: [(name: String, text: String)] = [
    (
      "map.json",
      #"{"nodes":[{"id":"a"},{"id":"b"},{"id":"c"}],"edges":[{"from":"a","to":"b"},"#
        + #"{"from":"b","to":"c"},{"from":"a","to":"c"}]}"#
    ),
    (
      "nodes.json",
      #"[{"id":"a"},{"id":"b","prerequisites":["a"]},"#
        + #"{"id":"c","prerequisites":["a","b"]}]"#
    ),
    ("pairs.csv", "from,to\na,b\nb,c\na,c\n"),
  ]

  @Test("maps and lists of prerequisites are asked like packages", arguments: own)
  func ownShapes(name: String, text: String) throws {
    let scratch = try Scratch()
    try scratch.write(name, text)
    let graph = try ToolRun(["catalog", "show", name, "--graph", "--json"], in: scratch.url)
    let counts = try Self.json(graph)
    #expect(counts["items"] as? Int == 3)
    #expect(counts["links"] as? Int == 3)
    #expect(counts["levels"] as? Int == 3)
    #expect(counts["implied"] as? Int == 1)
    let path = try ToolRun(
      ["catalog", "path", name, "--to", "c", "--known", "a", "--json"], in: scratch.url)
    let steps = try #require(try Self.json(path)["path"] as? [[String: Any]])
    #expect(steps.compactMap { $0["identifier"] as? String } == ["b", "c"])
    let convert = try ToolRun(
      ["catalog", "convert", name, "--to", "case", "-o", "-", "--quiet"], in: scratch.url)
    #expect(convert.exitCode == 0, "\(convert.messages)")
    #expect(convert.output.contains("\"associationType\": \"precedes\""))
  }

  static let bad: [(arguments: [String], text: String, says: String)] = [
    (["lint"], "{\"CFDocument\": {\"identifier\": \"d\"}, \"CFItems\": [", "bad.json:1"),
    (["show"], String(repeating: "[", count: 10_000), "bad.json"),
    (["show"], "[]", "no format of catalogs"),
    (["path", "--to", "nothing"], package(), "no item has the identifier or code 'nothing'"),
    (["path", "--to", "a"], package(["a precedes b", "b precedes a"]), "cycle"),
    (["draw", "--type", "Nothing"], package(), "no item has the type Nothing"),
    (["names"], "\u{FEFF}nothing", "bad.json"),
  ]

  @Test("what is wrong ends with 65 and says so", arguments: bad)
  func refused(arguments: [String], text: String, says: String) throws {
    let scratch = try Scratch()
    try scratch.write("bad.json", text)
    let run = try ToolRun(
      ["catalog", arguments[0], "bad.json"] + arguments.dropFirst(), in: scratch.url)
    #expect(run.exitCode == 65)
    #expect(run.messages.contains(says), "\(run.messages)")
    #expect(run.output.isEmpty)
  }
}
