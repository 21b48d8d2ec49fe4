import Assessment
import Testing

@Suite("Knowledge tracing of learners and items")
struct IndividualKnowledgeTests {
  /// Answers to one skill on two items by turns, whose guesses differ.
  private func log(learners: Int, priors: [Double] = [0.3]) throws -> (PracticeLog, [String]) {
    var random = SeededGenerator(seed: 11)
    var (rows, names, answers, items) = ([Int32](), [Int32](), [UInt8](), [String]())
    for learner in 0..<learners {
      for skill in 0..<4 {
        var isKnown = random.uniform() < priors[learner % priors.count]
        for step in 0..<8 {
          let isChoice = (learner + step) % 2 == 0
          let chance = isKnown ? 0.9 : isChoice ? 0.4 : 0.1
          rows.append(Int32(skill))
          names.append(Int32(learner))
          answers.append(random.uniform() < chance ? 1 : 0)
          items.append(isChoice ? "choice" : "open")
          isKnown = isKnown || random.uniform() < 0.15
        }
      }
    }
    let log = try PracticeLog(
      skills: ["a", "b", "c", "d"], learnerCount: learners, skillOfRow: rows,
      learnerOfRow: names, answers: answers)
    return (log, items)
  }

  @Test("without anything of its own it is the plain fit", arguments: [false, true])
  func plain(forgets: Bool) throws {
    let (log, _) = try log(learners: 200)
    var options = IndividualKnowledgeFit.Options()
    (options.hasForgetting, options.tolerance) = (forgets, 1e-8)
    let fit = try IndividualKnowledgeFit(log, options: options)
    let plain = log.sequences().compactMap { $0 }.map { sequences in
      KnowledgeFit(sequences, options: .init(hasForgetting: forgets, tolerance: 1e-8))
    }
    let sum = plain.reduce(0) { $0 + $1.logLikelihood }
    #expect(abs(fit.logLikelihood - sum) < 1e-3 * Double(plain.count))
    if !forgets {
      for (own, other) in zip(fit.skills, plain) {
        #expect(abs(own.prior - other.parameters.prior) < 1e-3)
        #expect(abs(own.guess - other.parameters.guess) < 1e-3)
      }
    }
  }

  @Test("guess and slip of items come back")
  func items() throws {
    let (log, items) = try log(learners: 1_500)
    let fit = try IndividualKnowledgeFit(log, items: items)
    for item in fit.items {
      #expect(abs(item.guess - (item.name == "choice" ? 0.4 : 0.1)) < 0.06)
      #expect(abs(item.slip - 0.1) < 0.05)
    }
    let plain = try IndividualKnowledgeFit(log)
    #expect(fit.logLikelihood > plain.logLikelihood + 50)
  }

  @Test("learners who know more at first get a higher prior, in every skill")
  func learners() throws {
    let (log, _) = try log(learners: 600, priors: [0.05, 0.8])
    var options = IndividualKnowledgeFit.Options()
    options.hasLearnerPriors = true
    let fit = try IndividualKnowledgeFit(log, options: options)
    func mean(_ rest: Int) -> Double {
      let own = (0..<600).filter { $0 % 2 == rest }.map { fit.prior(skill: 0, learner: $0) }
      return own.reduce(0, +) / Double(own.count)
    }
    #expect(mean(1) - mean(0) > 0.25)
    // What is shrunk stays inside: nobody is put at 0 or 1 by a handful of answers.
    #expect(fit.learners.allSatisfy { abs($0) < 3 })
  }

  @Test("nothing to trace is an error, and items have to fit the rows")
  func faults() throws {
    let empty = try PracticeLog(
      skills: ["a"], learnerCount: 1, skillOfRow: [0], learnerOfRow: [0], answers: [2])
    #expect(throws: AssessmentError.self) { try IndividualKnowledgeFit(empty) }
    let (log, _) = try log(learners: 2)
    #expect(throws: AssessmentError.self) { try IndividualKnowledgeFit(log, items: ["x"]) }
  }

  @Test("ratings after Elo order items as they are, and steps shrink")
  func elo() throws {
    var random = SeededGenerator(seed: 5)
    let truth = [-1.5, 0, 1.5]
    var (rows, names, answers) = ([Int32](), [Int32](), [UInt8]())
    for learner in 0..<400 {
      let ability = random.normal()
      for item in 0..<3 {
        rows.append(Int32(item))
        names.append(Int32(learner))
        let chance = EloPair(ability: ability, difficulty: truth[item]).chance
        answers.append(random.uniform() < chance ? 1 : 0)
      }
    }
    let log = try PracticeLog(
      skills: ["x", "y", "z"], learnerCount: 400, skillOfRow: rows, learnerOfRow: names,
      answers: answers)
    let ratings = EloRatings(log)
    #expect(ratings.difficulties[0] < ratings.difficulties[1])
    #expect(ratings.difficulties[1] < ratings.difficulties[2])
    #expect(ratings.counts == [400, 400, 400])
    #expect(ratings.accuracy > 0.6)
  }
}
