import Assessment
import Domain

/// What `cbl-tool assess score practice` tells of one learner and skill.
struct AssessFollow {
  /// The answers of one learner to one skill.
  struct Answers {
    var learner = ""
    var skill = ""
    var answers: [Bool?] = []
    var parameters: KnowledgeParameters?
  }

  let learner: String
  let skill: String
  let answers: [Bool?]
  /// The answer from which on the skill was mastered, from 1.
  private(set) var masteryAt: Int?
  /// The probability or value after the last answer.
  private(set) var last: Double?
  private(set) var findings: [Finding] = []
  private var members: [(key: String, value: JSONValue)] = []

  /// For machines.
  var value: JSONValue {
    .object(
      [
        ("learner", .text(learner)), ("skill", .text(skill)),
        ("masteryAt", masteryAt.map { .number($0) } ?? .null),
      ] + members)
  }

  /// The cases of a file.
  static func cases(_ path: String) throws -> [Answers] {
    let plain = path.split(separator: "#").first.map(String.init)?.lowercased() ?? path
    if [".json", ".yaml", ".yml"].contains(where: plain.hasSuffix) {
      let document = try AssessDocument(path)
      if document.root.value.members != nil {
        let nodes = try document.optional("cases").map(document.list) ?? [document.root]
        return try nodes.map { node in
          var found = Answers()
          found.answers = try document.list(document.need("answers", in: node)).map { entry in
            guard entry.value != .null else { return nil }
            let number = try document.number(entry)
            guard number == 0 || number == 1 else {
              throw document.failure(entry, "an answer is 1, 0 or null")
            }
            return number == 1
          }
          found.parameters = try document.optional("parameters", in: node).map {
            try AssessPractice.parameters(document, $0)
          }
          return found
        }
      }
    }
    return try rows(path)
  }

  private static func rows(_ path: String) throws -> [Answers] {
    let table = try AssessTable(path, columns: ["learner"])
    guard let score = AssessAnswers.scoreNames.first(where: table.columns.contains) else {
      throw ToolFailure(65, "\(path):1: there is no column correct")
    }
    var places: [[String]: Int] = [:]
    var cases: [Answers] = []
    for row in table.rows {
      let key = [try row.text("learner"), row.optional("skill") ?? row.optional("item") ?? ""]
      if places[key] == nil {
        places[key] = cases.count
        cases.append(Answers(learner: key[0], skill: key[1]))
      }
      let value = try AssessAnswers.score(row, score)
      guard value == nil || value == 0 || value == 1 else {
        throw row.failure(score, "an answer is 1 or 0")
      }
      cases[places[key] ?? 0].answers.append(value.map { $0 == 1 })
    }
    return cases
  }

  /// Follows answers by a model.
  init(_ given: Answers, _ model: String, _ numbers: [Double]?, cut: Double) throws {
    (learner, skill, answers) = (given.learner, given.skill, given.answers)
    func number(_ place: Int, _ other: Double) -> Double {
      guard let numbers, place < numbers.count else { return other }
      return numbers[place]
    }
    switch model {
    case "bkt":
      let p = KnowledgeParameters(
        prior: number(0, given.parameters?.prior ?? 0.4),
        learn: number(1, given.parameters?.learn ?? 0.1),
        guess: number(2, given.parameters?.guess ?? 0.2),
        slip: number(3, given.parameters?.slip ?? 0.1),
        forget: number(4, given.parameters?.forget ?? 0))
      let all = [p.prior, p.learn, p.guess, p.slip, p.forget]
      guard all.allSatisfy({ (0...1).contains($0) }) else {
        throw ToolFailure.usage("the parameters of bkt are from 0 to 1")
      }
      followKnowledge(p, cut)
    case "pfa":
      followFactors(
        PerformanceFactors(
          easiness: number(0, 0), success: number(1, 0.1), failure: number(2, 0)), cut)
    case "elo":
      followRatings(
        EloPair(
          ability: number(0, 0), difficulty: number(1, 0), learnerStep: number(2, 0.4),
          itemStep: number(3, 0.1)), cut)
    case "streak": try followStreak(number(0, 3))
    default: followAverage(MovingAverage(weight: number(0, 0.2)), number(1, cut))
    }
  }

  private mutating func followKnowledge(_ p: KnowledgeParameters, _ cut: Double) {
    var state = KnowledgeState(p)
    var (priors, chances, after) = ([Double](), [Double](), [Double]())
    for (place, answer) in answers.enumerated() {
      priors.append(state.probability)
      chances.append(state.chance(p))
      after.append(state.update(answer, p))
      if masteryAt == nil, after[place] >= cut { masteryAt = place + 1 }
    }
    last = after.last
    findings = p.findings(nil)
    let likelihood = zip(answers, chances).reduce(0.0) { sum, pair in
      guard let answer = pair.0 else { return sum }
      return sum + PracticeLog.logarithm(answer ? pair.1 : 1 - pair.1)
    }
    members = [
      ("prior", AssessText.json(priors)), ("chance", AssessText.json(chances)),
      ("after", AssessText.json(after)), ("next", .decimal(state.probability)),
      ("logLikelihood", .decimal(likelihood)),
      // What is left open when mastery is declared: the posterior is the accuracy of the decision.
      ("accuracy", AssessText.json(masteryAt.map { after[$0 - 1] })),
    ]
  }

  private mutating func followFactors(_ factors: PerformanceFactors, _ cut: Double) {
    var (successes, failures) = (0, 0)
    var chances: [Double] = []
    for (place, answer) in answers.enumerated() {
      chances.append(factors.chance(successes: successes, failures: failures))
      if masteryAt == nil, chances[place] >= cut { masteryAt = place + 1 }
      guard let answer else { continue }
      if answer { successes += 1 } else { failures += 1 }
    }
    last = factors.chance(successes: successes, failures: failures)
    members = [("chance", AssessText.json(chances)), ("next", AssessText.json(last))]
  }

  private mutating func followRatings(_ start: EloPair, _ cut: Double) {
    var pair = start
    var steps: [JSONValue] = []
    for (place, answer) in answers.enumerated() {
      guard let answer else { continue }
      let chance = pair.update(answer)
      steps.append(AssessText.json([chance, pair.ability, pair.difficulty]))
      if masteryAt == nil, pair.chance >= cut { masteryAt = place + 1 }
    }
    last = pair.chance
    members = [("steps", .array(steps)), ("next", .decimal(pair.chance))]
  }

  private mutating func followStreak(_ length: Double) throws {
    guard let count = Int(exactly: length), (1...1_000).contains(count) else {
      throw ToolFailure.usage("--parameters of streak is a whole number from 1 to 1000")
    }
    var rule = StreakRule(length: count)
    var runs: [JSONValue] = []
    for (place, answer) in answers.enumerated() {
      guard let answer else { continue }
      if rule.update(answer), masteryAt == nil { masteryAt = place + 1 }
      runs.append(.number(rule.current))
    }
    last = Double(rule.current)
    members = [("run", .array(runs))]
    let tries = max(count, answers.count)
    let chance = try AssessText.options { () throws(AssessmentError) in
      try MasteryRule.streak(length: count, tries: tries).passProbability(at: 0.5)
    }
    findings = [
      Finding(
        .caution, nil,
        "a learner who is right every other time passes \(count) in a row within \(tries) tries with "
          + "\(Figures.percent(chance, places: 1)); the rule gets worse with more tries")
    ]
  }

  private mutating func followAverage(_ start: MovingAverage, _ cut: Double) {
    var average = start
    var values: [Double] = []
    for (place, answer) in answers.enumerated() {
      guard let answer else { continue }
      values.append(average.update(answer))
      if masteryAt == nil, average.value >= cut { masteryAt = place + 1 }
    }
    last = average.value
    members = [("averages", AssessText.json(values))]
  }
}
