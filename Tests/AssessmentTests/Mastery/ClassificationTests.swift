import Assessment
import Testing

@Suite("Classification and comparison of groups")
struct ClassificationTests {
  @Test("the shared case of information and classification")
  func classification() throws {
    guard let sample = Sample.named("irt-information-classification") else { return }
    let items = sample["input", "items"].rows.enumerated().map { index, row in
      CalibratedItem(
        "\(index)", slope: row[0], difficulty: row[1], guessing: row[2], upper: row[3])
    }
    let expected = sample["expected"]
    let abilities = sample["input", "theta"].numbers
    for (item, (p, information)) in zip(
      items, zip(expected["p"].rows, expected["info"].rows))
    {
      #expect(isNear(abilities.map { item.probabilities(at: $0)[1] }, p, 1e-8))
      #expect(isNear(abilities.map { item.information(at: $0) }, information, 1e-8))
    }
    for (ability, wanted) in zip(abilities, expected["sumscore_pmf_by_theta"].rows) {
      #expect(isNear(ClassificationAccuracy.sumDistribution(items, at: ability), wanted, 1e-8))
    }
    let cuts = sample["input", "cut_sum_scores"].whole
    let places = cuts.map { ClassificationAccuracy.ability(atCut: Double($0), items) }
    #expect(isNear(places, expected["theta_at_cut"].numbers, 1e-8))
    let grid = QuadratureGrid.normal(count: 121, limit: 6)
    for (index, chosen) in [[cuts[0]], [cuts[1]], cuts].enumerated() {
      let sums = ClassificationAccuracy.bySums(items, cuts: chosen, grid: grid)
      let lee = expected["lee_accuracy_consistency"].rows[index]
      #expect(isNear([sums?.accuracy, sums?.consistency], lee, 1e-8))
      let thetas = chosen.compactMap { ClassificationAccuracy.ability(atCut: Double($0), items) }
      let ability = ClassificationAccuracy.byAbility(items, cuts: thetas, grid: grid)
      let rudner = expected["rudner_accuracy_consistency"].rows[index]
      #expect(isNear([ability.accuracy, ability.consistency], rudner, 1e-8))
    }
  }

  @Test("the shared case of Livingston and Lewis")
  func livingstonLewis() throws {
    guard let sample = Sample.named("classification-livingston-lewis") else { return }
    let input = sample["input"]
    let found = try LivingstonLewis(
      scores: input["score"].numbers, frequencies: input["freq"].numbers,
      reliability: input["reliability"].double, most: input["items"].double,
      cut: input["cut"].double)
    let expected = sample["expected"]
    #expect(isNear(found.effectiveLength, expected["beta_parameters", "etl"].double, 1e-4))
    #expect(isNear(found.trueScores.low, expected["beta_parameters", "l"].double, 1e-4))
    #expect(isNear(found.trueScores.high, expected["beta_parameters", "u"].double, 1e-4))
    #expect(isNear(found.trueScores.alpha, expected["beta_parameters", "alpha"].double, 1e-4))
    #expect(isNear(found.decision.accuracy, expected["accuracy", "Accuracy"].double, 1e-4))
    #expect(isNear(found.decision.consistency, expected["consistency", "p"].double, 1e-4))
    #expect(isNear(found.decision.kappa, expected["consistency", "Kappa"].double, 1e-4))
    let cells = expected["confusion"].rows
    #expect(isNear(found.rightBelow, cells[0][0], 1e-4))
    #expect(isNear(found.rightAbove, cells[0][1], 1e-4))
  }

  @Test("differential functioning of the shared strata")
  func mantelHaenszel() throws {
    guard let sample = Sample.named("dif-mantel-haenszel") else { return }
    let found = MantelHaenszel(
      sample["input"].rows.map {
        .init(referenceRight: $0[0], referenceWrong: $0[1], focalRight: $0[2], focalWrong: $0[3])
      })
    let expected = sample["expected"]
    #expect(isNear(found.oddsRatio, expected["alpha_mh"].double, 1e-9))
    #expect(isNear(found.delta, expected["delta_mh"].double, 1e-9))
    #expect(isNear(found.correctedChiSquare, expected["chi2_corrected"].double, 1e-9))
    #expect(isNear(found.correctedProbability, expected["p_corrected"].double, 1e-9))
    #expect(isNear(found.chiSquare, expected["chi2"].double, 1e-9))
    #expect(isNear(found.standardError, expected["se_log_alpha_rbg"].double, 1e-9))
    #expect(found.level == .b)
  }

  @Test("a difference that was put in is found by both methods, and none where there is none")
  func functioning() throws {
    var random = SeededGenerator(seed: 31)
    var (rows, groups) = ([[Int?]](), [Bool]())
    for person in 0..<1_200 {
      let (ability, isFocal) = (random.normal(), person % 2 == 0)
      groups.append(isFocal)
      rows.append(
        (0..<10).map { item in
          let harder = item == 3 && isFocal ? 1.0 : 0
          let difficulty = Double(item - 5) * 0.3 + harder
          let chance = CalibratedItem("", difficulty: difficulty).probabilities(at: ability)[1]
          return random.uniform() < chance ? 1 : 0
        })
    }
    let table = try ResponseTable(rows: rows)
    let changed = try MantelHaenszel(table, item: 3, isFocal: groups)
    #expect(changed.level == .c && (changed.delta ?? 0) < -1.5)
    #expect(try MantelHaenszel(table, item: 7, isFocal: groups).level == .a)
    let scores = rows.map { Double($0.compactMap { $0 }.reduce(0, +)) }
    let one = try LogisticFunctioning(
      scores: scores, isRight: rows.map { $0[3] == 1 }, isFocal: groups)
    #expect(one.probability < 0.001 && one.uniform > one.nonUniform)
    let other = try LogisticFunctioning(
      scores: scores, isRight: rows.map { $0[7] == 1 }, isFocal: groups)
    #expect(other.probability > 0.001 && other.effect < 0.035)
    #expect(throws: AssessmentError.self) {
      try MantelHaenszel(table, item: 3, isFocal: [true])
    }
  }

  @Test("linking finds the line that was applied")
  func linking() throws {
    var random = SeededGenerator(seed: 6)
    let items = (0..<8).map { index in
      index % 2 == 0
        ? CalibratedItem("\(index)", slope: 0.7 + random.uniform(), difficulty: random.normal())
        : CalibratedItem(
          "\(index)", .partialCredit, slope: 1.1, intercepts: [0.4 + random.normal(), -0.7])
    }
    let line = try Linking.meanSigma(from: items, to: items)
    #expect(isNear(line.slope, 1, 1e-12) && isNear(line.shift, 0, 1e-12))
    // theta' = 1.3 theta - 0.4 applied by hand to an item of each kind.
    let moved = items.map { item -> CalibratedItem in
      var item = item
      let a = item.slope / 1.3
      item.intercepts = item.intercepts.enumerated().map { place, d in
        d + Double(item.family == .partialCredit ? place + 1 : 1) * a * 0.4
      }
      item.slope = a
      return item
    }
    let found = try Linking.stockingLord(from: items, to: moved)
    #expect(isNear(found.slope, 1.3, 1e-6) && isNear(found.shift, -0.4, 1e-6))
    #expect(throws: AssessmentError.self) { try Linking.meanSigma(from: items, to: []) }
  }
}
