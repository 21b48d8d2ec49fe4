import Domain
import Testing

@Suite("Proficiency scale")
struct ProficiencyScaleTests {
  static func scale(
    _ labels: [Identifier], from cut: Identifier, numbers: [ExactDecimal?] = []
  ) throws -> ProficiencyScale {
    let levels = labels.enumerated().map { index, label in
      MasteryLevel(label, number: index < numbers.count ? numbers[index] : nil)
    }
    return try ProficiencyScale(
      id: ID("\(labels.count)-\(cut)"), title: "Scale", levels: levels, masteredFrom: cut)
  }

  static let scales: [(labels: [Identifier], cut: Identifier, mastered: [Identifier])] = [
    (["NYC", "C", "BC", "A"], "C", ["C", "BC", "A"]),
    (["F", "D", "C-", "C", "C+", "B", "A"], "C", ["C", "C+", "B", "A"]),
    (["Foundation", "Presentation", "Plus"], "Plus", ["Plus"]),
    (["1"], "1", ["1"]),
    ((1...13).map { Identifier("\($0)") }, "3", (3...13).map { Identifier("\($0)") }),
  ]

  @Test("counts the levels from the cut as mastery", arguments: scales)
  func mastery(labels: [Identifier], cut: Identifier, mastered: [Identifier]) throws {
    let scale = try Self.scale(labels, from: cut)
    #expect(labels.filter { scale.isMastery($0) == true } == mastered)
    #expect(scale.cut.label == cut)
    #expect(!scale.hasNumbers)
    #expect(scale.isMastery("none") == nil)
    #expect(scale.rank(of: labels[0]) == 0)
    #expect(scale.level(reachedBy: 100) == nil)
  }

  @Test("compares numbers with levels before rounding")
  func numbers() throws {
    let half = ExactDecimal("2.5")
    let scale = try Self.scale(
      ["0", "1", "2", "2.5", "3", "4"], from: "3", numbers: [0, 1, 2, half, 3, 4])
    #expect(scale.level(reachedBy: 0)?.label == "0")
    #expect(scale.level(reachedBy: try Rational(299, over: 100))?.label == "2.5")
    #expect(scale.level(reachedBy: 3)?.label == "3")
    #expect(scale.level(reachedBy: 99)?.label == "4")
    #expect(scale.level(reachedBy: -1) == nil)
  }

  static let wrong: [(labels: [Identifier], cut: Identifier, numbers: [ExactDecimal?])] = [
    ([], "1", []), (["a", "a"], "a", []), (["a", "b"], "c", []), (["a", "b"], "a", [1]),
    (["a", "b"], "a", [2, 1]), (["a", "b"], "a", [1, 1]), (["\u{E9}"], "e\u{301}", []),
  ]

  @Test("refuses what is no scale", arguments: wrong)
  func refuses(labels: [Identifier], cut: Identifier, numbers: [ExactDecimal?]) {
    let error = #expect(throws: DomainError.self) {
      try Self.scale(labels, from: cut, numbers: numbers)
    }
    #expect(error?.code == .invalidScale)
  }
}

@Suite("Scale mapping")
struct ScaleMappingTests {
  let letters: ProficiencyScale
  let levels: ProficiencyScale

  init() throws {
    letters = try ProficiencyScaleTests.scale(["F", "C-", "C", "B", "A"], from: "C")
    levels = try ProficiencyScaleTests.scale(["1", "2", "3", "4"], from: "3")
  }

  private func mapping(_ pairs: [(Identifier, Identifier)]) throws -> ScaleMapping {
    try ScaleMapping(
      id: "m", name: "Letters to levels", from: letters, to: levels,
      pairs: pairs.map { ScaleMapping.Pair($0.0, to: $0.1) })
  }

  @Test("states what it loses")
  func losses() throws {
    let mapping = try mapping([("A", "4"), ("B", "3"), ("C", "3"), ("C-", "3")])
    #expect(mapping.translate("A") == "4")
    #expect(mapping.translate("F") == nil)
    #expect(mapping.pairs.map(\.from) == ["C-", "C", "B", "A"])
    #expect(
      mapping.losses == [
        .untranslated("F"), .merged(levels: ["C-", "C", "B"], into: "3"),
        .masteryChanged(from: "C-", to: "3"),
      ])
  }

  @Test("states a change of order")
  func order() throws {
    let mapping = try mapping([("F", "2"), ("C-", "1"), ("C", "3"), ("B", "4"), ("A", "4")])
    #expect(
      mapping.losses == [
        .merged(levels: ["B", "A"], into: "4"), .orderChanged(lower: "F", higher: "C-"),
      ])
  }

  @Test("refuses labels that are not on a scale and double translations")
  func refuses() {
    for pairs in [[("A", "9")], [("E", "4")], [("A", "4"), ("A", "3")]]
      as [[(Identifier, Identifier)]]
    {
      let error = #expect(throws: DomainError.self) { try mapping(pairs) }
      #expect(error?.code == .invalidMapping)
    }
  }
}
