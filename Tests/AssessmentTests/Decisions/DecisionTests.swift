import Assessment
import Testing

@Suite("Accuracy of mastery rules")
struct MasteryRuleTests {
  /// Pass probabilities at true shares of .6 and .9, exact binomial sums to two digits.
  static let table: [(needed: Int, of: Int, low: Double, high: Double)] = [
    (4, 5, 0.34, 0.92), (8, 10, 0.17, 0.93), (16, 20, 0.05, 0.96), (7, 8, 0.11, 0.81),
  ]

  @Test("so many of so many pass with the binomial probability", arguments: table)
  func share(needed: Int, of: Int, low: Double, high: Double) throws {
    let rule = MasteryRule.share(needed: needed, of: of)
    #expect(isNear(try rule.passProbability(at: 0.6), low, 0.005))
    #expect(isNear(try rule.passProbability(at: 0.9), high, 0.005))
  }

  @Test("three in a row at one half: .51 within 10 tries, .79 within 20")
  func streak() throws {
    #expect(
      isNear(
        try MasteryRule.streak(length: 3, tries: 10).passProbability(at: 0.5), 0.5078125, 1e-12))
    #expect(
      isNear(try MasteryRule.streak(length: 3, tries: 20).passProbability(at: 0.5), 0.79, 0.005))
  }

  @Test("a window of all tries with all right is a streak, and one as long as the tries a share")
  func window() throws {
    for share in [0.3, 0.6, 0.9] {
      let streak = try MasteryRule.streak(length: 4, tries: 15).passProbability(at: share)
      let window = try MasteryRule.lastTries(needed: 4, window: 4, tries: 15).passProbability(
        at: share)
      #expect(isNear(window, streak, 1e-12))
      let all = try MasteryRule.lastTries(needed: 3, window: 5, tries: 5).passProbability(at: share)
      #expect(
        isNear(all, try MasteryRule.share(needed: 3, of: 5).passProbability(at: share), 1e-12))
    }
  }

  @Test("rules that get worse with more evidence are warned of, others are not")
  func warnings() throws {
    for rule in [MasteryRule.ever(needed: 3, tries: 6), .streak(length: 3, tries: 8)] {
      let findings = try rule.findings(cut: 0.85, notYet: 0.5)
      #expect(findings.contains { $0.message.contains("worse with more evidence") })
    }
    let findings = try MasteryRule.share(needed: 16, of: 20).findings(cut: 0.9, notYet: 0.6)
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test("ten targets need 98 % each")
  func joint() {
    let joint = JointMastery(targetCount: 10)
    #expect(isNear(joint.neededPerTarget(for: 0.8), 0.978, 0.0005))
    #expect(isNear(joint.passProbability(perTarget: 0.9), 0.3486784401, 1e-12))
    #expect(joint.findings(perTarget: 0.9).contains { $0.message.contains("97.8 %") })
    #expect(joint.findings(perTarget: 0.99).isEmpty)
  }

  @Test("accuracy in a population is that of simulated learners")
  func population() throws {
    let rule = MasteryRule.share(needed: 4, of: 5)
    // A beta distribution with the parameters 6 and 2 has these moments.
    let mean = 0.75
    let population = try ShareDistribution(
      mean: mean, deviation: (mean * 0.25 / 9).squareRoot())
    let found = try rule.accuracy(cut: 0.75, population: population)
    var chance = SeededGenerator(seed: 4)
    var right = 0
    for _ in 0..<40_000 {
      // The sixth smallest of seven uniform numbers has that beta distribution.
      let share = (0..<7).map { _ in chance.uniform() }.sorted()[5]
      let score = (0..<5).count { _ in chance.uniform() < share }
      if (score >= 4) == (share >= 0.75) { right += 1 }
    }
    #expect(abs(found.accuracy - Double(right) / 40_000) < 0.01, "\(found)")
    #expect(isNear(found.accuracy, 1 - found.falsePass - found.falseFail, 1e-12))
    #expect(found.consistency < found.accuracy)
  }

  @Test("too few learners for a calibration are sent to sequential tests")
  func calibration() {
    #expect(CalibrationSize.findings(persons: 60, parameters: 1)[0].message.contains("sequential"))
    #expect(CalibrationSize.findings(persons: 150, parameters: 2)[0].message.contains("Rasch"))
    #expect(CalibrationSize.findings(persons: 300, parameters: 2).isEmpty)
  }

  static let impossible: [MasteryRule] = [
    .share(needed: 6, of: 5), .share(needed: 0, of: 5), .streak(length: 0, tries: 3),
    .lastTries(needed: 3, window: 40, tries: 50), .lastTries(needed: 3, window: 16, tries: 5_000),
    .ever(needed: 1, tries: 1_000_000_000),
  ]

  @Test("rules that cannot be are refused", arguments: impossible)
  func refused(rule: MasteryRule) {
    #expect(throws: AssessmentError.self) { try rule.passProbability(at: 0.5) }
  }
}

@Suite("How many tasks and raters")
struct DecisionStudyTests {
  static func study() throws -> DecisionStudy {
    try DecisionStudy(
      variances: .init(
        learner: 0.5, task: 0.05, rater: 0.04, learnerTask: 0.25, learnerRater: 0.03,
        taskRater: 0.02, rest: 0.2),
      mean: 2.7, cut: 3)
  }

  @Test("by hand: the error variance of two tasks and two raters")
  func error() throws {
    let study = try Self.study()
    // (0.05 + 0.25)/2 + (0.04 + 0.03)/2 + (0.02 + 0.2)/4
    #expect(isNear(study.errorVariance(.init(tasks: 2, raters: 2)), 0.24, 1e-12))
    let result = study.result(.init(tasks: 2, raters: 2))
    #expect(isNear(result.dependability, 0.5 / 0.74, 1e-12))
    #expect(result.cost == 6)
  }

  @Test("by hand: with the cut at the mean, accuracy is 1/2 + arcsin(rho) / pi")
  func accuracy() throws {
    // For two normal numbers with correlation rho (Sheppard 1899); error as large as the spread
    // gives rho = sqrt(1/2) and 3/4; two such assessments correlate 1/2 and agree in 2/3.
    let study = try DecisionStudy(
      variances: .init(learner: 1, learnerTask: 1, rest: 0), mean: 0, cut: 0)
    let decisions = study.result(.init(tasks: 1, raters: 1)).decisions
    #expect(isNear(decisions.accuracy, 0.75, 1e-4))
    #expect(isNear(decisions.consistency, 2.0 / 3, 1e-4))
    #expect(isNear(decisions.passRate, 0.5, 1e-9))
  }

  @Test("more tasks and raters make decisions better, and the cheapest good design is found")
  func search() throws {
    let study = try Self.study()
    let results = study.results(mostTasks: 6, mostRaters: 3)
    for result in results where result.design.tasks > 1 {
      let fewer = results.first {
        $0.design == .init(tasks: result.design.tasks - 1, raters: result.design.raters)
      }
      #expect(result.decisions.accuracy > (fewer?.decisions.accuracy ?? 1))
    }
    let best = try #require(study.cheapest(accuracy: 0.85, mostTasks: 20, mostRaters: 3))
    #expect(best.decisions.accuracy >= 0.85)
    for result in study.results(mostTasks: 20, mostRaters: 3) where result.cost < best.cost {
      #expect(result.decisions.accuracy < 0.85)
    }
    #expect(study.cheapest(accuracy: 0.999, mostTasks: 3, mostRaters: 1) == nil)
  }

  @Test("with many levels simulated decisions are the exact ones")
  func simulation() throws {
    let scaled = try DecisionStudy(
      variances: .init(learner: 2_500, learnerTask: 900, rest: 400), mean: 500, cut: 520)
    let design = DecisionStudy.Design(tasks: 3, raters: 1)
    let exact = scaled.result(design).decisions
    let found = scaled.simulate(design, levels: 0...1_000, learners: 20_000, seed: 5)
    #expect(abs(found.accuracy - exact.accuracy) < 0.01)
    #expect(abs(found.consistency - exact.consistency) < 0.012)
    #expect(found == scaled.simulate(design, levels: 0...1_000, learners: 20_000, seed: 5))
  }

  @Test("variances that cannot be are refused")
  func refused() {
    #expect(throws: AssessmentError.self) {
      try DecisionStudy(variances: .init(learner: 0, learnerTask: 1, rest: 1), mean: 1, cut: 1)
    }
    #expect(throws: AssessmentError.self) {
      try DecisionStudy(variances: .init(learner: 1, learnerTask: -1, rest: 1), mean: 1, cut: 1)
    }
  }
}
