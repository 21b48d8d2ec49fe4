import Assessment

/// Knowledge tracing, performance factors and many-facet Rasch.
func skillTasks(_ runs: Int) throws {
  let log = try InventedPractice().log()
  let sequences = log.sequences().compactMap { $0 }
  let start = KnowledgeParameters(prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1)
  let answers = sequences.reduce(0) { $0 + $1.answerCount }
  let (step, likelihood) = Measurement.least(of: runs) {
    sequences.reduce(0.0) { $0 + KnowledgeFit.step($1, from: start).logLikelihood }
  }
  line("A9 one EM step of \(Int(answers)) answers", step, likelihood)
  let (fit, total) = Measurement.least(of: runs) {
    log.sequences().compactMap { $0 }.reduce(0.0) { $0 + KnowledgeFit($1).logLikelihood }
  }
  line("A10 fit of 20 skills from rows", fit, total)
  var state = KnowledgeState(start)
  let (update, probability) = Measurement.least(of: runs) {
    for answer in 0..<1_000_000 { state.update(answer % 3 != 0, start) }
    return state.probability
  }
  line("A11 one answer", update / 1_000_000, probability)
  let practice = try InventedPractice.short.log()
  let (factors, sum) = Measurement.least(of: runs) {
    PerformanceFactors.fits(practice).reduce(0.0) { $0 + $1.logLikelihood }
  }
  line("A18 performance factors of 60 skills", factors, sum)
  let rows = InventedPractice.ratings(persons: 1_000)
  let ratings = try FacetRatings(facets: ["item", "rater"], rows: rows)
  let (facets, deviance) = try Measurement.least(of: runs) {
    try ManyFacetRasch(ratings, options: .init(tolerance: 1e-4, findsErrors: false)).logLikelihood
  }
  line("A15 many-facet Rasch of \(rows.count) ratings", facets, deviance)
}

/// Other item response models on smaller and gappier data.
func otherModelTasks(_ answers: InventedAnswers, _ runs: Int) throws {
  let options = Calibration.Options(tolerance: 1e-4, errors: .none)
  let table = try answers.table()
  var cells = answers.cells()
  var random = SeededGenerator(seed: 3)
  for place in cells.indices where random.uniform() < 0.3 { cells[place] = 255 }
  let gaps = try ResponseTable(items: table.items, persons: table.persons, cells: cells)
  for (name, data, model) in [
    ("3PL", table, ResponseModel.threeParameter), ("2PL with 30 % missing", gaps, .twoParameter),
    ("graded", try answers.ordered(), .gradedResponse),
    ("gpcm", try answers.ordered(), .generalizedPartialCredit),
  ] {
    let (seconds, fit) = try Measurement.least(of: runs) {
      try Calibration(data, model: model, options: options)
    }
    line(
      "A3 \(name) \(data.persons.count)x\(data.items.count), \(fit.steps) steps"
        + (fit.hasConverged ? "" : ", not at rest"), seconds, fit.logLikelihood)
  }
}

/// Answers of invented learners to skills.
struct InventedPractice {
  var learners = 10_000
  var steps = 50
  var skills = 20
  var seed: UInt64 = 7

  /// A million answers to 60 skills.
  static let short = InventedPractice(learners: 1_667, steps: 10, skills: 60)

  /// The columns of the rows.
  func columns() -> (skills: [Int32], learners: [Int32], answers: [UInt8]) {
    let generator = SeededGenerator(seed: seed)
    var (skillOfRow, learnerOfRow, answers) = ([Int32](), [Int32](), [UInt8]())
    for learner in 0..<learners {
      var random = generator.stream(learner)
      for skill in 0..<skills {
        var isKnown = random.uniform() < 0.25 + 0.02 * Double(skill)
        for _ in 0..<steps {
          let isRight = random.uniform() < (isKnown ? 0.9 : 0.2)
          skillOfRow.append(Int32(skill))
          learnerOfRow.append(Int32(learner))
          answers.append(isRight ? 1 : 0)
          isKnown = isKnown || random.uniform() < 0.06
        }
      }
    }
    return (skillOfRow, learnerOfRow, answers)
  }

  func log() throws -> PracticeLog {
    let (skillOfRow, learnerOfRow, answers) = columns()
    return try PracticeLog(
      skills: (1...skills).map { "s\($0)" }, learnerCount: learners, skillOfRow: skillOfRow,
      learnerOfRow: learnerOfRow, answers: answers)
  }

  /// Scores from 0 to 3 of persons on 5 items by 4 of 8 raters.
  static func ratings(persons: Int) -> [(person: String, levels: [String], score: Int)] {
    var random = SeededGenerator(seed: 9)
    var rows: [(person: String, levels: [String], score: Int)] = []
    for person in 0..<persons {
      let ability = 1.5 * random.normal()
      for item in 0..<5 {
        for seat in 0..<4 {
          let rater = (person + 2 * seat) % 8
          let place = 0.3 * Double(item - 2) + 0.2 * Double(rater) - 0.7
          let shown = 1.5 + ability - place + 0.9 * random.normal()
          rows.append(
            ("p\(person)", ["i\(item)", "r\(rater)"], min(3, max(0, Int(shown.rounded())))))
        }
      }
    }
    return rows
  }
}

extension InventedAnswers {
  /// Scores from 0 to 4 of 20 items by a graded model.
  func ordered() throws -> ResponseTable {
    let generator = SeededGenerator(seed: seed &+ 5)
    let (persons, items) = (5_000, 20)
    var cells = [UInt8](repeating: 0, count: persons * items)
    for person in 0..<persons {
      var random = generator.stream(person)
      let ability = random.normal()
      for item in 0..<items {
        let seen = 2 + 1.1 * ability + 0.15 * Double(item - 10) + 1.2 * random.normal()
        cells[item * persons + person] = UInt8(min(4, max(0, seen.rounded())))
      }
    }
    return try ResponseTable(
      items: (1...items).map { "i\($0)" }, persons: (1...persons).map { "p\($0)" }, cells: cells)
  }
}
