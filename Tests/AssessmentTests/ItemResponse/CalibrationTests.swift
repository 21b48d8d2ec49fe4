import Assessment
import Testing

@Suite("Calibration")
struct CalibrationTests {
  static let fine = Calibration.Options(
    grid: .normal(count: 161, limit: 8), tolerance: 1e-7)

  static func lsat() throws -> ResponseTable {
    try ResponseTable(
      patterns: ClassicalTests.patterns, frequencies: ClassicalTests.frequencies)
  }

  @Test("two-parameter model on LSAT section 6, as the R package ltm documents it")
  func lsatPublished() throws {
    let fit = try Calibration(Self.lsat(), model: .twoParameter, options: Self.fine)
    #expect(isNear(fit.logLikelihood, -2466.65, 0.006))
    #expect(isNear(fit.items.map(\.slope), [0.825, 0.723, 0.890, 0.689, 0.657], 0.002))
    #expect(isNear(fit.items.map(\.difficulty), [-3.36, -1.37, -0.28, -1.87, -3.12], 0.01))
    #expect(fit.hasConverged && fit.parameterCount == 10)
  }

  @Test("Rasch models of LSAT section 6, marginal and conditional")
  func lsatRasch() throws {
    let marginal = try Calibration(Self.lsat(), model: .rasch, options: Self.fine)
    #expect(isNear(marginal.logLikelihood, -2466.93759957863, 0.002))
    #expect(isNear(marginal.abilityVariance, 0.5702285765583, 0.002))
    let conditional = try RaschConditional(Self.lsat())
    #expect(isNear(conditional.logLikelihood, -1091.56968998069, 1e-6))
    #expect(
      isNear(
        conditional.difficulties,
        [0, 1.73103464273494, 2.4921128030024, 1.42453924691161, 0.632956352179905], 1e-6))
  }

  @Test("the shared cases of answers of 0 and 1", arguments: ["irt-lsat6", "irt-mobility"])
  func shared(name: String) throws {
    guard let sample = Sample.named(name) else { return }
    let table = try ResponseTable(
      patterns: sample["input", "patterns"].texts, frequencies: sample["input", "freq"].whole)
    let expected = sample["expected"]
    let fit = try Calibration(table, model: .twoParameter, options: Self.fine)
    #expect(isNear(fit.logLikelihood, expected["twoPL", "loglik"].double, 0.002))
    #expect(isNear(fit.items.map(\.slope), expected["twoPL", "a"].numbers, 0.002))
    #expect(isNear(fit.items.map { $0.intercepts[0] }, expected["twoPL", "d"].numbers, 0.002))
    #expect(isNear(fit.errors.map(\.slope), expected["twoPL", "se_a"].numbers, 0.002))
    #expect(isNear(fit.errors.map { $0.intercepts[0] }, expected["twoPL", "se_d"].numbers, 0.002))
    let rasch = try Calibration(table, model: .rasch, options: Self.fine)
    #expect(isNear(rasch.logLikelihood, expected["rasch_mml", "loglik"].double, 0.002))
    #expect(
      isNear(rasch.items.map { $0.intercepts[0] }, expected["rasch_mml", "d"].numbers, 0.002))
    #expect(
      isNear(rasch.abilityVariance, expected["rasch_mml", "theta_variance"].double, 0.005))
    let conditional = try RaschConditional(table)
    #expect(
      isNear(conditional.logLikelihood, expected["rasch_cml", "loglik_cml"].double, 0.0001))
    #expect(
      isNear(
        conditional.difficulties, expected["rasch_cml", "difficulty_first_item_zero"].numbers,
        0.001))
  }

  @Test("the shared scores of patterns", arguments: ["irt-lsat6", "irt-mobility"])
  func sharedScores(name: String) throws {
    guard let sample = Sample.named(name) else { return }
    let table = try ResponseTable(patterns: sample["input", "patterns"].texts)
    let a = sample["expected", "twoPL", "a"].numbers
    let d = sample["expected", "twoPL", "d"].numbers
    let items = zip(a, d).map { CalibratedItem("", .logistic, slope: $0, intercepts: [$1]) }
    let scorer = AbilityScorer(items: items, grid: .normal(count: 161, limit: 8))
    for method in AbilityMethod.allCases {
      let wanted = sample["expected", "scores_2pl_theta_se", method.rawValue.uppercased()].list
      let found = try scorer.estimates(table, method: method)
      for (estimate, pair) in zip(found, wanted) {
        guard let value = pair[0].number, let error = pair[1].number else {
          #expect(estimate.value == nil, "\(method)")
          continue
        }
        #expect(isNear(estimate.value, value, 0.001), "\(method)")
        #expect(isNear(estimate.standardError, error, 0.001), "\(method)")
      }
    }
  }

  @Test("the shared case of ordered scores")
  func science() throws {
    guard let sample = Sample.named("irt-science-grm") else { return }
    let table = try ResponseTable(
      patterns: sample["input", "patterns"].texts, frequencies: sample["input", "freq"].whole)
    let graded = try Calibration(table, model: .gradedResponse, options: Self.fine)
    let wanted = sample["expected", "graded"]
    #expect(isNear(graded.logLikelihood, wanted["loglik"].double, 0.005))
    for (item, row) in zip(graded.items, wanted["items"].rows) {
      #expect(isNear([item.slope] + item.intercepts, row, 0.003))
    }
    let models = [("gpcm", ResponseModel.generalizedPartialCredit), ("pcm", .partialCredit)]
    for (key, model) in models {
      let fit = try Calibration(table, model: model, options: Self.fine)
      #expect(isNear(fit.logLikelihood, sample["expected", key, "loglik"].double, 0.005))
      for (item, row) in zip(fit.items, sample["expected", key, "items"].rows) {
        #expect(isNear([item.slope] + item.intercepts, [row[0]] + row[6...], 0.003))
      }
    }
    let scorer = AbilityScorer(items: graded.items, grid: .normal(count: 161, limit: 8))
    let found = try scorer.estimates(table)
    for (estimate, pair) in zip(found, sample["expected", "eap_first_patterns_graded"].rows) {
      #expect(isNear(estimate.value, pair[0], 0.001))
      #expect(isNear(estimate.standardError, pair[1], 0.001))
    }
  }

  @Test("errors by Louis's formula are those of differences of the gradient")
  func errors() throws {
    let plain = try Calibration(Self.lsat(), model: .twoParameter, options: Self.fine)
    // A person without answers changes nothing but the way in which errors are found.
    let patterns = ClassicalTests.patterns + ["....."]
    let table = try ResponseTable(
      patterns: patterns, frequencies: ClassicalTests.frequencies + [5])
    let other = try Calibration(table, model: .twoParameter, options: Self.fine)
    #expect(isNear(other.logLikelihood, plain.logLikelihood, 1e-6))
    for (one, two) in zip(plain.errors, other.errors) {
      #expect(isNear(one.slope, two.slope ?? .nan, 1e-4))
      #expect(isNear(one.intercepts, two.intercepts.map { $0 ?? .nan }, 1e-4))
    }
    var rough = Self.fine
    rough.errors = .crossProduct
    let crossed = try Calibration(Self.lsat(), model: .twoParameter, options: rough)
    for (one, two) in zip(plain.errors, crossed.errors) {
      #expect(isNear(one.slope, two.slope ?? .nan, 0.06))
    }
  }

  @Test("shuffled persons give the same estimates")
  func shuffled() throws {
    var rows = zip(ClassicalTests.patterns, ClassicalTests.frequencies)
      .flatMap { Array(repeating: $0, count: $1) }
    let one = try Calibration(
      ResponseTable(patterns: rows), model: .twoParameter, options: Self.fine)
    var random = SeededGenerator(seed: 8)
    random.shuffle(&rows)
    let two = try Calibration(
      ResponseTable(patterns: rows), model: .twoParameter, options: Self.fine)
    #expect(isNear(two.logLikelihood, one.logLikelihood, 1e-7))
    #expect(isNear(two.items.map(\.slope), one.items.map(\.slope), 1e-4))
  }

  @Test("a three-parameter model finds what made the answers, with missing answers")
  func threeParameters() throws {
    var random = SeededGenerator(seed: 77)
    let items = (0..<12).map {
      CalibratedItem(
        "\($0)", slope: 1.2 + 0.1 * Double($0 % 4), difficulty: -1.5 + 0.25 * Double($0),
        guessing: 0.2)
    }
    var rows: [[Int?]] = []
    for _ in 0..<800 {
      let ability = random.normal()
      rows.append(
        items.map { item in
          let right = random.uniform() < item.probabilities(at: ability)[1]
          return random.uniform() < 0.1 ? nil : (right ? 1 : 0)
        })
    }
    let table = try ResponseTable(rows: rows)
    let options = Calibration.Options(
      grid: .normal(count: 21, limit: 4), tolerance: 2e-3, errors: .none,
      guessingPrior: .init(mean: -1.4, deviation: 0.5))
    let fit = try Calibration(table, model: .threeParameter, options: options)
    let difference = zip(fit.items, items).map { abs($0.difficulty - $1.difficulty) }
    #expect(difference.reduce(0, +) / 12 < 0.3)
    #expect(fit.items.allSatisfy { (0.05...0.4).contains($0.guessing) })
  }

  @Test("what cannot be calibrated is refused with the items' names")
  func refused() throws {
    func message(_ patterns: [String], _ model: ResponseModel) -> String {
      do throws(AssessmentError) {
        _ = try Calibration(ResponseTable(patterns: patterns), model: model)
        return ""
      } catch {
        return error.message
      }
    }
    #expect(message(["11", "10", "11"], .rasch).contains("1;"))
    #expect(message(["01", "10", "12"], .twoParameter).contains("3 categories"))
    #expect(message(["03", "10", "12"], .gradedResponse).contains("Nobody has score"))
    #expect(message(["01"], .rasch).contains("leave out"))
    #expect(throws: AssessmentError.self) {
      try RaschConditional(ResponseTable(patterns: ["10..", "01..", "..10", "..01"]))
    }
    // Everybody is right on item 1 who differs: Guttman's pattern has no finite difficulty.
    #expect(throws: AssessmentError.self) {
      try RaschConditional(ResponseTable(patterns: ["00", "10", "10", "11"]))
    }
    let few = try Calibration(
      ResponseTable(patterns: ["0110", "1010", "1100", "0101", "1001", "0011", "1110"]),
      model: .rasch, options: .init(mostSteps: 3, errors: .none))
    #expect(few.findings.contains { $0.code == .fewPersons })
  }

  @Test("persons without answers or with wrong items have no silent number")
  func scoring() throws {
    let scorer = AbilityScorer(items: [
      CalibratedItem("a", difficulty: 0), CalibratedItem("b", difficulty: 1),
    ])
    #expect(scorer.estimate([nil, nil], method: .ml).value == nil)
    #expect(scorer.estimate([1, 1], method: .ml).value == nil)
    #expect(isNear(scorer.eap([nil, nil]).value, 0, 1e-12))
    #expect(isNear(scorer.eap([nil, nil]).standardError, 1, 1e-6))
    #expect(scorer.estimate([1, 1], method: .wle).value != nil)
    #expect(throws: AssessmentError.self) { try scorer.estimates(ResponseTable(rows: [[1]])) }
    #expect(throws: AssessmentError.self) { try scorer.estimates(ResponseTable(rows: [[0, 2]])) }
  }

  @Test("many persons by one curve are the same as one by one")
  func curve() throws {
    var random = SeededGenerator(seed: 4)
    let items = (0..<20).map {
      CalibratedItem("\($0)", slope: 0.5 + random.uniform(), difficulty: random.normal())
    }
    var rows: [[Int?]] = []
    for _ in 0..<300 {
      let ability = 1.5 * random.normal()
      rows.append(
        items.map { random.uniform() < $0.probabilities(at: ability)[1] ? 1 : 0 })
    }
    let scorer = AbilityScorer(items: items)
    let table = try ResponseTable(rows: rows)
    for method in [AbilityMethod.map, .ml, .wle] {
      let together = try scorer.estimates(table, method: method)
      for (row, estimate) in zip(rows, together) {
        let alone = scorer.estimate(row, method: method)
        #expect((alone.value == nil) == (estimate.value == nil))
        if let value = alone.value { #expect(isNear(estimate.value, value, 1e-7)) }
        if let error = alone.standardError { #expect(isNear(estimate.standardError, error, 1e-4)) }
      }
    }
  }
}
