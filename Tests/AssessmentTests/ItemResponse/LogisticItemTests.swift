import Assessment
import Testing

@Suite("Logistic items")
struct LogisticItemTests {
  @Test("probabilities and information are those of catR")
  func reference() throws {
    guard let sample = Sample.named("irt-information-classification") else { return }
    for (index, row) in sample["input", "items"].rows.enumerated() {
      let item = try LogisticItem(
        discrimination: row[0], difficulty: row[1], guessing: row[2], ceiling: row[3])
      for (place, ability) in sample["input", "theta"].numbers.enumerated() {
        #expect(
          isNear(item.probability(at: ability), sample["expected", "p"].rows[index][place], 1e-8))
        #expect(
          isNear(
            item.information(at: ability), sample["expected", "info"].rows[index][place], 1e-8))
      }
    }
  }

  @Test("by hand: at its difficulty a Rasch item has 1/2 and 1/4, and the 2/3 point is ln 2 above")
  func byHand() throws {
    let item = try LogisticItem(difficulty: 0.3)
    #expect(item.probability(at: 0.3) == 0.5)
    #expect(item.information(at: 0.3) == 0.25)
    #expect(isNear(item.ability(atProbability: 2.0 / 3), 0.3 + 0.693_147_180_559_945_3, 1e-12))
    #expect(item.mostInformativeAbility == 0.3)
  }

  @Test(
    "the information is greatest where it says", arguments: [(0.2, 1.0), (0, 0.95), (0.15, 0.9)])
  func peak(guessing: Double, ceiling: Double) throws {
    let item = try LogisticItem(
      discrimination: 1.4, difficulty: -0.5, guessing: guessing, ceiling: ceiling)
    let most = item.information(at: item.mostInformativeAbility)
    for step in -80...80 { #expect(item.information(at: Double(step) / 20) <= most + 1e-12) }
  }

  @Test("far away nothing overflows", arguments: [-800.0, 800])
  func far(ability: Double) throws {
    let item = try LogisticItem(discrimination: 2, difficulty: 0)
    #expect(item.information(at: ability) == 0)
    #expect((0...1).contains(item.probability(at: ability)))
  }

  static let refused: [(a: Double, b: Double, c: Double, d: Double, says: String)] = [
    (0, 0, 0, 1, "discrimination"), (-1, 0, 0, 1, "keyed wrongly"), (.nan, 0, 0, 1, "nan"),
    (1, .infinity, 0, 1, "logits"), (1, 0, 0.5, 0.5, "asymptotes"), (1, 0, -0.1, 1, "asymptotes"),
  ]

  @Test("what cannot be an item is refused with what was found", arguments: refused)
  func refusal(a: Double, b: Double, c: Double, d: Double, says: String) {
    let error = #expect(throws: AssessmentError.self) {
      try LogisticItem(discrimination: a, difficulty: b, guessing: c, ceiling: d)
    }
    #expect(error?.message.contains(says) == true)
  }
}

@Suite("Logistic items from a calibration")
struct LogisticItemFromCalibrationTests {
  @Test("an item that was calibrated keeps its curve; one of three categories is refused")
  func calibrated() throws {
    let calibrated = CalibratedItem("i1", slope: 1.3, difficulty: 0.4, guessing: 0.2)
    let item = try LogisticItem(calibrated)
    for ability in [-2.0, 0, 1.5] {
      #expect(
        isNear(item.probability(at: ability), calibrated.probabilities(at: ability)[1], 1e-12))
      #expect(isNear(item.information(at: ability), calibrated.information(at: ability), 1e-12))
    }
    #expect(throws: AssessmentError.self) {
      try LogisticItem(CalibratedItem("g", .graded, slope: 1, intercepts: [1, -1]))
    }
  }
}
