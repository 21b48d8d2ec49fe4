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

  @Test("rules that pass learners who guess, by the binomial")
  func rules() {
    #expect(isNear(StreakRule(length: 3).passRate(tries: 10, chance: 0.5), 0.5078125, 1e-12))
    #expect(isNear(StreakRule(length: 3).passRate(tries: 20, chance: 0.5), 0.787, 0.001))
    #expect(isNear(QuizRule(4, of: 5).passRate(chance: 0.6), 0.33696, 1e-12))
    #expect(isNear(QuizRule(4, of: 5).passRate(chance: 0.9), 0.91854, 1e-12))
    #expect(isNear(QuizRule(8, of: 10).passRate(chance: 0.6), 0.1672897536, 1e-9))
    #expect(isNear(QuizRule.neededPerTarget(targets: 10, goal: 0.82), 0.98, 0.001))
  }

  @Test("the published steps of FSRS-6")
  func spacedReview() throws {
    // Ratings and intervals of the tests of py-fsrs.
    let schedule = try ReviewSchedule()
    var memory = ReviewSchedule.Memory()
    var (days, last) = ([Int](), 0)
    for rating in [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3] {
      let rating = try #require(ReviewSchedule.Rating(rawValue: rating))
      memory = schedule.reviewed(memory, rating, after: last)
      last = memory.interval
      days.append(last / 86_400)
    }
    #expect(days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21])
    #expect(throws: AssessmentError.self) { try ReviewSchedule(parameters: [1]) }
    #expect(throws: AssessmentError.self) { try ReviewSchedule(retention: 1) }
  }

  @Test("the shared cases of FSRS-6")
  func sharedReview() throws {
    guard let sample = Sample.named("fsrs-6") else { return }
    let schedule = try ReviewSchedule(parameters: sample["default_parameters"].numbers)
    for testCase in sample["cases"].list {
      var memory = ReviewSchedule.Memory()
      let days = testCase["input", "days_before_review"].whole
      for (index, rating) in testCase["input", "ratings"].whole.enumerated() {
        let seconds = days.isEmpty ? memory.interval : days[index] * 86_400
        memory = schedule.reviewed(
          memory, try #require(ReviewSchedule.Rating(rawValue: rating)), after: seconds)
        let wanted = testCase["expected"][index]
        #expect(isNear(memory.stability, wanted["stability"].double, 1e-9))
        #expect(isNear(memory.difficulty, wanted["difficulty"].double, 1e-9))
        #expect(memory.phase.rawValue == wanted["state"].text)
        #expect(Double(memory.interval) == wanted["interval_seconds"].double)
      }
      for wanted in testCase["retrievability_after_last"].list {
        let recall = schedule.recall(memory, days: Int(wanted["days_after"].double))
        #expect(isNear(recall, wanted["retrievability"].double, 1e-9))
      }
    }
  }

  @Test("the shared sequential tests")
  func sequential() throws {
    guard let sample = Sample.named("sequential-mastery") else { return }
    for testCase in sample["sprt"].list {
      let input = testCase["input"]
      var test = SequentialTest(
        cut: input["cut"].double, delta: input["delta"].double, alpha: input["alpha"].double,
        beta: input["beta"].double)
      #expect(isNear(test.upper, testCase["expected", "upper"].double, 1e-10))
      #expect(isNear(test.lower, testCase["expected", "lower"].double, 1e-10))
      let answers = input["answers"].whole
      for (index, wanted) in testCase["expected", "trace"].list.enumerated() {
        let abc = input["items_abc"][index].numbers
        let outcome = test.update(
          answers[index],
          CalibratedItem("", slope: abc[0], difficulty: abc[1], guessing: abc[2]))
        #expect(isNear(test.logRatio, wanted["log_lr"].double, 1e-10))
        #expect(outcome.rawValue == wanted["decision"].text)
      }
    }
    for testCase in sample["mdt"].list {
      var posterior = LevelPosterior(prior: testCase["input", "prior"].numbers)
      let wanted = testCase["expected_posterior_after_each"].rows
      for (index, answer) in testCase["input", "answers"].whole.enumerated() {
        posterior.update(
          answer == 1, chances: testCase["input", "p_correct_by_item_and_level"][index].numbers)
        #expect(isNear(posterior.probabilities, wanted[index], 1e-10))
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
