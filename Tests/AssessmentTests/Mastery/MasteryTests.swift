import Assessment
import Foundation
import Testing

@Suite("Mastery models")
struct MasteryTests {
  @Test("the shared forward traces of knowledge tracing")
  func forward() throws {
    guard let sample = Sample.named("bkt-forward") else { return }
    for testCase in sample["cases"].list {
      let p = testCase["parameters"]
      let parameters = KnowledgeParameters(
        prior: p["prior"].double, learn: p["learn"].double, guess: p["guess"].double,
        slip: p["slip"].double, forget: p["forget"].double)
      var state = KnowledgeState(parameters)
      let answers = testCase["answers"].optionals.map { $0.map { $0 == 1 } }
      var (priors, chances, after) = ([Double](), [Double](), [Double]())
      for answer in answers {
        priors.append(state.probability)
        chances.append(state.chance(parameters))
        after.append(state.update(answer, parameters))
      }
      #expect(isNear(priors, testCase["expected", "prior"].numbers, 1e-12))
      #expect(isNear(chances, testCase["expected", "p_correct"].numbers, 1e-12))
      #expect(isNear(after, testCase["expected", "after"].numbers, 1e-12))
      #expect(isNear(state.probability, testCase["expected", "next_prior"].double, 1e-12))
      let sequences = try AnswerSequences(rows: [answers])
      let found = KnowledgeFit.step(
        sequences, from: parameters, hasForgetting: parameters.forget > 0)
      #expect(isNear(found.logLikelihood, testCase["loglik"].double, 1e-12))
    }
  }

  @Test("the shared EM steps and maximum")
  func expectationMaximization() throws {
    guard let sample = Sample.named("bkt-em") else { return }
    let rows = sample["input", "patterns"].texts.map { $0.map { Optional($0 == "1") } }
    let sequences = try AnswerSequences(rows: rows, weights: sample["input", "freq"].numbers)
    let steps = sample["expected", "em_parameters_after_step_0_to_5"].rows
    var current = KnowledgeParameters(
      prior: steps[0][0], learn: steps[0][1], guess: steps[0][2], slip: steps[0][3])
    for (index, wanted) in steps.dropFirst().enumerated() {
      let (next, likelihood) = KnowledgeFit.step(sequences, from: current)
      let logs = sample["expected", "loglik_at_steps_0_to_4"].numbers
      #expect(isNear(likelihood, logs[index], 1e-9))
      #expect(isNear([next.prior, next.learn, next.guess, next.slip], wanted, 1e-10))
      current = next
    }
    let fit = KnowledgeFit(sequences)
    #expect(isNear(fit.logLikelihood, sample["expected", "max_loglik"].double, 0.0001))
    let mle = sample["expected", "mle"]
    #expect(isNear(fit.parameters.prior, mle["prior"].double, 0.005))
    #expect(isNear(fit.parameters.learn, mle["learn"].double, 0.005))
    #expect(isNear(fit.parameters.guess, mle["guess"].double, 0.005))
    #expect(isNear(fit.parameters.slip, mle["slip"].double, 0.005))
    #expect(fit.hasConverged)
  }

  @Test("eight at once, one by one, uneven and with gaps: the same likelihood and counts")
  func ways() throws {
    var random = SeededGenerator(seed: 21)
    let parameters = KnowledgeParameters(prior: 0.3, learn: 0.15, guess: 0.2, slip: 0.1)
    var rows: [[Bool?]] = []
    for _ in 0..<45 {
      rows.append(
        (0..<(1 + random.below(12))).map { _ in
          random.uniform() < 0.1 ? nil : random.uniform() < 0.6
        })
    }
    let together = KnowledgeFit.step(try AnswerSequences(rows: rows), from: parameters)
    // A tiny chance of forgetting takes the other way through the data.
    var other = parameters
    other.forget = 1e-13
    let apart = KnowledgeFit.step(try AnswerSequences(rows: rows), from: other)
    #expect(isNear(together.logLikelihood, apart.logLikelihood, 1e-9))
    #expect(isNear(together.parameters.learn, apart.parameters.learn, 1e-9))
    #expect(isNear(together.parameters.guess, apart.parameters.guess, 1e-9))
    #expect(isNear(together.parameters.slip, apart.parameters.slip, 1e-9))
    #expect(isNear(together.parameters.prior, apart.parameters.prior, 1e-9))
    var sum = 0.0
    for row in rows {
      var state = KnowledgeState(parameters)
      for answer in row {
        let chance = state.chance(parameters)
        if let answer { sum += answer ? log(chance) : log(1 - chance) }
        state.update(answer, parameters)
      }
    }
    #expect(isNear(together.logLikelihood, sum, 1e-9))
  }

  @Test("a log in any order of skills and learners becomes sequences in order of time")
  func practiceLog() throws {
    let log = try PracticeLog(
      skills: ["a", "b"], learnerCount: 2, skillOfRow: [0, 1, 0, 0, 1, 0],
      learnerOfRow: [0, 0, 1, 0, 0, 1], answers: [1, 0, 0, 0, 1, 1])
    let sequences = log.sequences()
    let parameters = KnowledgeParameters(prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1)
    let direct = try AnswerSequences(rows: [[true, false], [false, true]])
    #expect(
      isNear(
        KnowledgeFit.step(try #require(sequences[0]), from: parameters).logLikelihood,
        KnowledgeFit.step(direct, from: parameters).logLikelihood, 1e-12))
    #expect(throws: AssessmentError.self) {
      try PracticeLog(
        skills: ["a"], learnerCount: 1, skillOfRow: [1], learnerOfRow: [0], answers: [0])
    }
  }

  @Test("the shared heuristics")
  func heuristics() throws {
    guard let sample = Sample.named("mastery-heuristics") else { return }
    for testCase in sample["cases"].list {
      let answers = testCase["answers"].whole.map { $0 == 1 }
      let expected = testCase["expected"]
      var (streak, average) = (StreakRule(length: 3), MovingAverage(weight: 0.2))
      var elo = EloPair(difficulty: 0.3)
      let factors = PerformanceFactors(easiness: -0.5, success: 0.25, failure: 0.05)
      var (streakStep, averageStep) = (Int?.none, Int?.none)
      var (right, wrong) = (0, 0)
      var (means, ratings, chances) = ([Double](), [[Double]](), [Double]())
      for (index, answer) in answers.enumerated() {
        if streak.update(answer), streakStep == nil { streakStep = index + 1 }
        means.append(average.update(answer))
        if average.value >= 0.67, averageStep == nil { averageStep = index + 1 }
        let chance = elo.update(answer)
        ratings.append([chance, elo.ability, elo.difficulty])
        chances.append(factors.chance(successes: right, failures: wrong))
        if answer { right += 1 } else { wrong += 1 }
      }
      #expect(streakStep.map { Double($0) } == expected["streak3_step"].number)
      #expect(averageStep.map { Double($0) } == expected["ema_mastery_step"].number)
      #expect(isNear(means, expected["ema"].numbers, 1e-12))
      #expect(isNear(chances, expected["pfa_p"].numbers, 1e-12))
      for (found, wanted) in zip(ratings, expected["elo_p_theta_difficulty"].rows) {
        #expect(isNear(found, wanted, 1e-12))
      }
    }
  }

  @Test("performance factors are found again")
  func performanceFactors() throws {
    var random = SeededGenerator(seed: 2)
    let truth = PerformanceFactors(easiness: -0.5, success: 0.3, failure: 0.1)
    var (learners, answers) = ([Int32](), [UInt8]())
    for learner in 0..<600 {
      var (right, wrong) = (0, 0)
      for _ in 0..<8 {
        let isRight = random.uniform() < truth.chance(successes: right, failures: wrong)
        if isRight { right += 1 } else { wrong += 1 }
        learners.append(Int32(learner))
        answers.append(isRight ? 1 : 0)
      }
    }
    let log = try PracticeLog(
      skills: ["a", "none"], learnerCount: 600,
      skillOfRow: [Int32](repeating: 0, count: answers.count), learnerOfRow: learners,
      answers: answers)
    let fits = PerformanceFactors.fits(log)
    let found = try #require(fits[0].factors)
    let errors = fits[0].standardErrors
    #expect(abs(found.easiness - truth.easiness) < 3.5 * errors[0])
    #expect(abs(found.success - truth.success) < 3.5 * errors[1])
    #expect(abs(found.failure - truth.failure) < 3.5 * errors[2])
    #expect(fits[1].factors == nil && fits[1].findings.map(\.code) == [.constantItem])
  }

  @Test("degenerate parameters are named")
  func degenerate() throws {
    let parameters = KnowledgeParameters(prior: 0.5, learn: 0.0001, guess: 0.7, slip: 0.4)
    #expect(parameters.findings("x").map(\.code) == [.degenerate, .boundary])
    #expect(throws: AssessmentError.self) { try AnswerSequences(rows: [[], []]) }
    let once = KnowledgeFit(try AnswerSequences(rows: [[true], [false]]))
    #expect(once.findings.contains { $0.code == .notIdentified })
  }
}
