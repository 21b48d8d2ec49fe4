import CatalogFiles
import Catalogs
import Domain
import Testing

@Suite("Linter")
struct LintTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var items: [String]
    var links: [String] = []
    var check: LintCheck
    var severity: Severity
    /// The identifiers of what is found, in order.
    var found: [Identifier]
    var says: String
    var testDescription: String { name }
  }

  static let faults: [Case] = [
    Case(
      name: "an end that is not there", items: ["a|1||Adds."], links: ["a precedes zz"],
      check: .danglingEnd, severity: .error, found: ["a precedes zz"], says: "zz"),
    Case(
      name: "a cycle is named by its codes",
      items: ["a|A.1||Adds.", "b|B.1||Adds.", "c|C.1||Adds."],
      links: ["a precedes b", "b precedes c", "c precedes a"], check: .cycle, severity: .error,
      found: ["a"], says: "A.1 → B.1 → C.1 → A.1"),
    Case(
      name: "a cycle of parents", items: ["a|A.1||Adds.", "b|B.1||Adds."],
      links: ["a isChildOf b", "b isChildOf a"], check: .cycle, severity: .error, found: ["a"],
      says: "cycle of parents"),
    Case(
      name: "a link to itself", items: ["a|A.1||Adds."], links: ["a precedes a"], check: .cycle,
      severity: .error, found: ["a precedes a"], says: "to itself"),
    Case(
      name: "a link that is stated twice", items: ["a|A.1||Adds.", "b|B.1||Adds."],
      links: ["a precedes b", "a precedes b"], check: .repeatedLink, severity: .warning,
      found: ["a precedes b"], says: "says again"),
    Case(
      name: "a link that reads both ways, stated both ways",
      items: ["a|A.1||Adds.", "b|B.1||Adds."], links: ["a isRelatedTo b", "b isRelatedTo a"],
      check: .repeatedLink, severity: .note, found: ["b isRelatedTo a"], says: "other way"),
    Case(
      name: "an identifier twice", items: ["a|A.1||Adds.", "a|B.1||Counts."],
      check: .duplicateIdentifier, severity: .error, found: ["a"], says: "A.1"),
    Case(
      name: "a code twice", items: ["a|A.1||Adds.", "b|A.1||Counts."], check: .duplicateCode,
      severity: .warning, found: ["b"], says: "2 items"),
    Case(
      name: "a zero for an O", items: ["a|K.OA.1||Adds.", "b|K.0A.1||Counts."],
      check: .lookAlikeCode, severity: .warning, found: ["b"], says: "K.OA.1"),
    Case(
      name: "an I for a 1", items: ["a|K.I||Adds.", "b|K.1||Counts."],
      check: .lookAlikeCode, severity: .warning, found: ["b"], says: "K.I"),
    Case(
      name: "a Cyrillic letter", items: ["a|MAT.1||Adds.", "b|M\u{410}T.1||Counts."],
      check: .lookAlikeCode, severity: .warning, found: ["b"], says: "MAT.1"),
    Case(
      name: "one separator more", items: ["a|K.CC.B.4a||Adds.", "b|K.CC.B.4.a||Counts."],
      check: .lookAlikeCode, severity: .warning, found: ["b"], says: "K.CC.B.4a"),
    Case(
      name: "an override in a statement", items: ["a|A.1||Adds \u{202E}ten."],
      check: .bidiCharacter, severity: .error, found: ["a"], says: "U+202E"),
    Case(
      name: "a mark in a code", items: ["a|A\u{200F}.1||Adds."], check: .bidiCharacter,
      severity: .error, found: ["a"], says: "U+200F"),
    Case(
      name: "an isolate that stays open", items: ["a|A.1||Adds \u{2067}ten."],
      check: .bidiCharacter, severity: .warning, found: ["a"], says: "U+2069"),
    Case(
      name: "a blank without width in a code", items: ["a|A\u{200B}.1||Adds."],
      check: .hiddenCharacter, severity: .warning, found: ["a"], says: "U+200B"),
    Case(
      name: "two scripts in a word", items: ["a|A.1||Adds up to t\u{435}n."], check: .mixedScripts,
      severity: .warning, found: ["a"], says: "scripts"),
    Case(
      name: "a prerequisite of a higher level", items: ["a|A.1|05|Adds.", "b|B.1|03|Counts."],
      links: ["a precedes b"], check: .gradeOrder, severity: .warning, found: ["a precedes b"],
      says: "level 05"),
    Case(
      name: "nothing said", items: ["a|A.1||"], check: .noStatement, severity: .error,
      found: ["a"], says: "no full statement"),
    Case(
      name: "a state of mind", items: ["a|A.1||Understands the number line."],
      check: .notMeasurable, severity: .note, found: ["a"], says: "seen to do"),
    Case(
      name: "a code in a statement", items: ["a|3.NF.1||Adds.", "b|4.NF.1||Adds as in 3.NF.1."],
      check: .unlinkedCode, severity: .warning, found: ["b"], says: "3.NF.1"),
  ]

  @Test("each fault is found once, with its place", arguments: faults)
  func found(fault: Case) throws {
    let catalog = try SmallCatalog.catalog(fault.items, fault.links)
    let report = catalog.lint(file: "doc.json")
    let found = report.findings.filter { $0.check == fault.check }
    #expect(found.map(\.identifier) == fault.found)
    for finding in found {
      #expect(finding.problem.severity == fault.severity)
      #expect(finding.problem.message.contains(fault.says), "\(finding.problem)")
      #expect(finding.problem.code == fault.check.code)
      #expect(finding.problem.place.file == "doc.json")
      #expect((finding.problem.place.line ?? 0) > 1)
      #expect(finding.problem.place.pointer?.hasPrefix("/CF") == true)
    }
    #expect(report.score < 100)
    #expect(report.hasErrors == report.findings.contains { $0.problem.severity >= .error })
    // Levels are described in no catalog here; nothing else may be found than what belongs together.
    let others = Set(report.findings.map(\.check)).subtracting([fault.check, .noLevels])
    #expect(others.isSubset(of: Self.companions[fault.check] ?? []), "\(others)")
  }

  /// What one fault brings along.
  static let companions: [LintCheck: Set<LintCheck>] = [
    .cycle: [.orphan], .lookAlikeCode: [.mixedScripts], .duplicateIdentifier: [.repeatedLink],
    .hiddenCharacter: [], .noStatement: [],
  ]

  static let harmless: [(items: [String], links: [String])] = [
    (["a|1.13||Adds.", "b|11.3||Counts.", "c|1.1.3||Draws."], []),
    (["a|5.3L||Adds.", "b|5.3I||Counts."], []),
    (["a|HS-PS1-6||Adds.", "b|HS-PS1-6*||Counts."], []),
    (["a|C||Adds.", "b|C#||Counts.", "c|C++||Draws."], []),
    (["a|A.1||Writes y = kx with \u{394}x and \u{3C0}r.", "b|B.1||Counts 1.5 m."], []),
    (["a|A.1|KG|Adds.", "b|B.1|01|Counts."], ["a precedes b"]),
    (["a|3.NF.1||Adds.", "b|4.NF.1||Adds as in 3.NF.1."], ["a precedes b"]),
    (["a|3.NF.1||Adds.", "b|3.NF.1.a||Adds as in 3.NF.1."], ["b isChildOf a"]),
    (["a|A.1||Adds."], ["a exactMatchOf elsewhere"]),
    (["a|A.1||\u{2067}\u{5D0}\u{2069} adds."], []),
  ]

  @Test("what is sound is left alone", arguments: harmless)
  func sound(items: [String], links: [String]) throws {
    let report = try SmallCatalog.catalog(items, links).lint()
    let found = report.findings.filter { $0.check != .noLevels }
    #expect(found.map { "\($0.problem)" } == [])
    #expect(!report.hasErrors)
  }

  @Test("the score is 100 minus weight times the root of the share")
  func score() throws {
    #expect(LintCheck.allCases.map(\.weight).reduce(0, +) == 100)
    // One of four codes repeats another: two of four fail, 8 · √0.5 = 5.66; no target of four
    // describes its levels, 2 · √1 = 2. 100 - 7.66 = 92.34.
    let catalog = try SmallCatalog.catalog(
      ["a|A.1||Adds.", "b|A.1||Counts.", "c|C.1||Draws.", "d|D.1||Sorts."])
    let report = catalog.lint()
    #expect(report.score == 92)
    let codes = try #require(report.results.first { $0.check == .duplicateCode })
    #expect((codes.subjects, codes.affected) == (4, 2))
    #expect(try SmallCatalog.catalog([]).lint().score == 0)
  }

  @Test("prerequisites that mostly go down are told as one error")
  func reversed() throws {
    let items = (1...6).map { "i\($0)|X.\($0)|0\($0)|Adds." }
    let links = (1...5).map { "i\($0 + 1) precedes i\($0)" }
    let report = try SmallCatalog.catalog(items, links).lint()
    let errors = report.findings.filter { $0.problem.severity >= .error }
    #expect(errors.map(\.check) == [.gradeOrder])
    #expect(errors.first?.problem.message.contains("other way around") == true)
  }

  @Test("an orphan is found where items hang on nothing")
  func orphan() throws {
    let report = try SmallCatalog.catalog(["a|A.1||Adds."], places: false).lint()
    #expect(report.findings.first { $0.check == .orphan }?.identifier == "a")
  }

  @Test("a rubric criterion describes the levels of its target")
  func levels() throws {
    var catalog = try SmallCatalog.catalog(["a|A.1||Adds.", "b|B.1||Counts."])
    let rubric = """
      {"identifier": "r", "CFRubricCriteria": [{"identifier": "c", "CFItemURI": \
      {"identifier": "a"}, "CFRubricCriterionLevels": [{"identifier": "l", "quality": "Good"}]}]}
      """
    let members = try #require(try JSONValue(parsing: Array(rubric.utf8)).object)
    catalog.rubrics = [CatalogRubric(members: members)]
    let found = catalog.lint().findings.filter { $0.check == .noLevels }
    #expect(found.map(\.identifier) == ["b"])
  }

  @Test("elements that are no objects do not shift places")
  func pointers() throws {
    let text = """
      {"CFDocument": {"identifier": "d"}, "CFItems": [7,
      {"identifier": "a", "fullStatement": "Adds."}, null, {"identifier": "b"}]}
      """
    let report = try Catalog.reading(case: Array(text.utf8)).catalog.lint()
    let finding = try #require(report.findings.first { $0.check == .noStatement })
    #expect(finding.problem.place.pointer == "/CFItems/3/fullStatement")
    #expect(finding.problem.place.line == 2)
  }

  @Test("every sample is looked at without a stop", arguments: Samples.packages)
  func samples(name: String) throws {
    guard let bytes = try Samples.bytes(name) else { return }
    let report = try Catalog.reading(case: bytes).catalog.lint(file: name)
    #expect((0...100).contains(report.score))
    #expect(report.results.allSatisfy { $0.affected <= $0.subjects })
  }
}
