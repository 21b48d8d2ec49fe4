import Assessment
import Testing

/// The code of the guides about placement, compiled and run.
@Suite("Guides of placement")
struct PlacementGuideTests {
  @Test("place a learner")
  func placeALearner() throws {
    let bank = try ItemBank([
      ItemBank.Entry(
        "f1", try LogisticItem(discrimination: 1.4, difficulty: -0.5), domain: "fractions"),
      ItemBank.Entry(
        "f2", try LogisticItem(discrimination: 1.6, difficulty: 0.4), domain: "fractions"),
    ])
    var rules = AdaptiveRules()
    rules.maximumCount = 15
    rules.standardError = 0.3
    let scale = try LevelScale(labels: ["grade 4", "grade 5", "grade 6"], cuts: [-0.5, 0.5])
    let placement = try PlacementTest(
      bank: bank, rules: rules, scale: scale, costOfTooHigh: 2)
    var session = placement.tests[0].test.session(generator: SeededGenerator(seed: 7))
    while let item = session.nextItem() { session.record(item, isRight: item == 0) }
    let result = placement.placement("fractions", session)
    #expect(result.itemCount == 2)
    #expect(["grade 4", "grade 5"].contains(result.startLabel))
  }
}
