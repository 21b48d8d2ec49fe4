import Assessment
import Testing

@Suite("Sequential mastery tests")
struct SequentialTests {
  @Test("the ratio and the decision after each answer are those of the definition")
  func reference() throws {
    guard let sample = Sample.named("sequential-mastery") else { return }
    for entry in sample["sprt"].list {
      let input = entry["input"]
      var test = try SequentialTest(
        cut: input["cut"].double, delta: input["delta"].double,
        falsePassRate: input["alpha"].double, falseFailRate: input["beta"].double)
      #expect(isNear(test.upper, entry["expected", "upper"].double, 1e-10))
      #expect(isNear(test.lower, entry["expected", "lower"].double, 1e-10))
      let items = try input["items_abc"].rows.map {
        try LogisticItem(discrimination: $0[0], difficulty: $0[1], guessing: $0[2])
      }
      for (step, wanted) in entry["expected", "trace"].list.enumerated() {
        try test.record(isRight: input["answers"].whole[step] == 1, item: items[step])
        #expect(isNear(test.logRatio, wanted["log_lr"].double, 1e-10))
        #expect(test.decision.rawValue == wanted["decision"].text)
      }
    }
    for entry in sample["mdt"].list {
      let input = entry["input"]
      var decision = try LevelDecision(
        prior: input["prior"].numbers, items: input["p_correct_by_item_and_level"].rows)
      for (item, answer) in input["answers"].whole.enumerated() {
        decision.record(item, isRight: answer == 1)
        #expect(
          isNear(
            decision.probabilities, entry["expected_posterior_after_each"].rows[item], 1e-10))
      }
    }
  }

  @Test("without calibration: right answers add ln(p1/p0), wrong ones ln(q1/q0)")
  func byHand() throws {
    var test = try SequentialTest(notYet: 0.5, mastery: 0.8)
    try test.record(isRight: true)
    #expect(isNear(test.logRatio, 0.470_003_629_245_735_5, 1e-12))
    try test.record(isRight: false)
    #expect(isNear(test.logRatio, 0.470_003_629_245_735_5 - 0.916_290_731_874_155, 1e-12))
    #expect(test.decision == .goOn)
    #expect(test.forcedDecision == .notYet)
  }

  @Test("the error rates are kept in simulation", arguments: [(0.55, false), (0.85, true)])
  func rates(share: Double, isMaster: Bool) throws {
    var (wrong, length) = (0, 0)
    for learner in 0..<2_000 {
      var chance = SeededGenerator(seed: 31).stream(learner)
      var test = try SequentialTest(notYet: 0.55, mastery: 0.85)
      while test.decision == .goOn { try test.record(isRight: chance.uniform() < share) }
      if (test.decision == .mastery) != isMaster { wrong += 1 }
      length += test.count
    }
    #expect(Double(wrong) / 2_000 <= 0.05)
    let expected = try #require(try SequentialTest(notYet: 0.55, mastery: 0.85).expectedCounts)
    let mean = Double(length) / 2_000
    // Wald's numbers leave out by how much the last answer goes beyond a bound.
    let wald = isMaster ? expected.mastery : expected.notYet
    #expect(mean >= wald && mean < wald * 1.6, "\(mean) against \(wald)")
  }

  @Test("numbers that make no test are refused")
  func refused() {
    #expect(throws: AssessmentError.self) { try SequentialTest(cut: 0, delta: 0) }
    #expect(throws: AssessmentError.self) { try SequentialTest(notYet: 0.8, mastery: 0.7) }
    #expect(throws: AssessmentError.self) {
      try SequentialTest(cut: 0, delta: 0.3, falsePassRate: 0.5)
    }
    #expect(throws: AssessmentError.self) {
      var test = try SequentialTest(cut: 0, delta: 0.3)
      try test.record(isRight: true)
    }
  }

  @Test("on a progression the start is found, and asked is what tells most")
  func progression() throws {
    var within = 0
    for learner in 0..<500 {
      var chance = SeededGenerator(seed: 6).stream(learner)
      let truth = chance.below(5)
      let steps = (0..<40).map { 1 + $0 % 4 }
      var decision = try LevelDecision(
        progression: [1, 1, 1, 1, 1], steps: steps,
        errors: [ProblemErrors(careless: 0.1, lucky: 0.15)])
      var asked: Set<Int> = []
      for _ in 0..<10 {
        guard let item = decision.mostInformativeItem(excluding: asked) else { break }
        asked.insert(item)
        let share = truth >= steps[item] ? 0.9 : 0.15
        decision.record(item, isRight: chance.uniform() < share)
      }
      if abs(decision.mostProbable - truth) <= 1 { within += 1 }
    }
    #expect(Double(within) / 500 >= 0.978, "\(within) of 500 within one level")
  }
}
