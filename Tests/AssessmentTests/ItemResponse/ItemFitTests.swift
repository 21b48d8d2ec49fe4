import Assessment
import Testing

@Suite("Item and person fit")
struct ItemFitTests {
  @Test("the shared statistics", arguments: ["irt-lsat6", "irt-mobility"])
  func shared(name: String) throws {
    guard let sample = Sample.named(name) else { return }
    let table = try ResponseTable(
      patterns: sample["input", "patterns"].texts, frequencies: sample["input", "freq"].whole)
    let items = zip(
      sample["expected", "twoPL", "a"].numbers, sample["expected", "twoPL", "d"].numbers
    ).map { CalibratedItem("", .logistic, slope: $0, intercepts: [$1]) }
    let fit = try ItemFit(table, items: items, grid: .normal(count: 161, limit: 8))
    #expect(fit.items.map(\.degrees) == sample["expected", "sx2", "df"].whole)
    for (item, wanted) in zip(fit.items, sample["expected", "sx2", "S_X2"].numbers) {
      #expect(isNear(item.statistic, wanted, 0.002 * max(1, wanted)))
    }
  }

  @Test("answers by the model fit, turned ones do not, and odd persons stand out")
  func misfit() throws {
    var random = SeededGenerator(seed: 15)
    let items = (0..<10).map { CalibratedItem("\($0)", difficulty: Double($0) * 0.4 - 1.8) }
    var rows: [[Int?]] = []
    for person in 0..<800 {
      let ability = random.normal()
      var row = items.map { item -> Int? in
        random.uniform() < item.probabilities(at: ability)[1] ? 1 : 0
      }
      // Item 4 is answered by chance.
      row[4] = random.uniform() < 0.5 ? 1 : 0
      // The first person has all hard items right and all easy ones wrong.
      if person == 0 { row = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] }
      rows.append(row)
    }
    let table = try ResponseTable(rows: rows)
    let fit = try ItemFit(table, items: items, parameters: 0, grid: .normal(count: 21, limit: 4))
    #expect(fit.findings.map(\.subject) == ["5"])
    let persons = try ItemFit.persons(table, AbilityScorer(items: items))
    #expect((persons[0] ?? 0) < -3)
    #expect(persons.count { ($0 ?? 0) < -1.645 } < 800 / 8)
    #expect(throws: AssessmentError.self) { try ItemFit(table, items: Array(items[..<3])) }
  }
}
