import Assessment
import Testing

@Suite("Placement")
struct PlacementTests {
  /// Eight levels a logit apart, about a year of growth in the lower grades.
  static func scale() throws -> LevelScale {
    try LevelScale(
      labels: (1...8).map { "grade \($0)" }, cuts: (0..<7).map { Double($0) - 3 })
  }

  @Test("positions are linear between cuts, with the middle of a level on a whole number")
  func positions() throws {
    let scale = try LevelScale(labels: ["a", "b", "c"], cuts: [-1, 1])
    #expect(scale.position(of: 0) == 1)
    #expect(scale.position(of: -1) == 0.5)
    #expect(scale.position(of: 2) == 2)
    #expect(scale.level(of: 1) == 2)
    #expect(scale.level(of: 0.99) == 1)
  }

  @Test("15 items for a domain find the place within half a level in at least 95 % of simulations")
  func recovers() throws {
    var chance = SeededGenerator(seed: 21)
    let entries = try (0..<400).map { number in
      let item = try LogisticItem(
        discrimination: 1.8 + 0.8 * chance.uniform(), difficulty: -4 + 8 * chance.uniform())
      return ItemBank.Entry(
        "i\(number)", item, domain: number % 2 == 0 ? "number" : "geometry")
    }
    var rules = AdaptiveRules()
    rules.maximumCount = 15
    let test = try PlacementTest(bank: try ItemBank(entries), rules: rules, scale: try Self.scale())
    for accuracy in test.simulate(learners: 1_000, seed: 17) {
      #expect(accuracy.withinHalf >= 0.95, "\(accuracy)")
      #expect(accuracy.withinOne >= 0.978, "\(accuracy)")
      #expect(accuracy.meanLength <= 15)
      // What placements say of themselves is what is true of them.
      #expect(abs(accuracy.reportedAccuracy - accuracy.exact) < 0.04, "\(accuracy)")
    }
  }

  @Test("all levels have a probability, and a costly mistake moves the start down")
  func distribution() throws {
    let bank = try AdaptiveTests.bank(60)
    var rules = AdaptiveRules()
    rules.maximumCount = 4
    let scale = try LevelScale(labels: ["a", "b", "c", "d", "e"], cuts: [-0.6, -0.2, 0.2, 0.6])
    var session = try AdaptiveTest(bank: bank, rules: rules).session()
    while let item = session.nextItem() {
      session.record(item, isRight: session.steps.count % 2 == 0)
    }
    let even = DomainPlacement(domain: "number", session: session, scale: scale)
    let careful = DomainPlacement(
      domain: "number", session: session, scale: scale, costOfTooHigh: 4)
    #expect(isNear(even.probabilities.reduce(0, +), 1, 1e-12))
    #expect(careful.start < even.start)
    #expect(even.accuracy < 0.8)
    #expect(even.findings.contains { $0.code == .caution && $0.message.contains("first task") })
    #expect(even.accuracyWithinOne > even.accuracy)
  }

  @Test("without answers the placement says that it is the prior's")
  func empty() throws {
    let test = try AdaptiveTest(bank: try AdaptiveTests.bank(5), rules: AdaptiveRules())
    let placement = DomainPlacement(
      domain: "d", session: test.session(), scale: try Self.scale())
    #expect(placement.itemCount == 0)
    #expect(placement.findings.map(\.code) == [.emptyPerson])
  }

  @Test("scales whose cuts do not rise are refused", arguments: [[1.0, 1], [0], [0, .nan]])
  func refused(cuts: [Double]) {
    #expect(throws: AssessmentError.self) { try LevelScale(labels: ["a", "b", "c"], cuts: cuts) }
  }
}
