import Assessment
import Domain
import Testing

@Suite("Standard setting")
struct StandardSettingTests {
  @Test("the cuts of the definitions")
  func reference() throws {
    guard let sample = Sample.named("standard-setting") else { return }
    let (input, expected) = (sample["input"], sample["expected"])
    let angoff = try StandardSetting.angoff(input["angoff_judges_by_items"].rows)
    #expect(isNear(angoff.cut, expected["angoff_cut"].double, 1e-10))
    #expect(isNear(angoff.judgeCuts, expected["angoff_judge_cuts"].numbers, 1e-10))
    #expect(isNear(angoff.standardError, expected["angoff_se"].double, 1e-10))
    let items = try input["items_abc"].rows.map {
      try LogisticItem(discrimination: $0[0], difficulty: $0[1], guessing: $0[2])
    }
    #expect(
      isNear(
        StandardSetting.bookletAbilities(items, responseProbability: input["rp"].double),
        expected["bookmark_theta"].numbers, 1e-10))
    #expect(
      try StandardSetting.borderlineMedian(input["borderline"].numbers)
        == expected["borderline_median"].double)
    let groups = try StandardSetting.contrastingGroups(
      masters: input["masters"].numbers, nonMasters: input["non_masters"].numbers)
    #expect(groups.cut == expected["contrasting_cut"].double)
  }

  @Test("by hand: three judges of two items")
  func angoff() throws {
    let result = try StandardSetting.angoff([[0.5, 0.5], [0.6, 0.6], [0.7, 0.7]])
    #expect(isNear(result.cut, 1.2, 1e-12))
    // The spread of 1.0, 1.2 and 1.4 is 0.2; divided by the root of 3.
    #expect(isNear(result.standardError, 0.115_470_053_837_925, 1e-12))
    #expect(result.findings.contains { $0.code == .fewPersons })
    #expect(throws: AssessmentError.self) { try StandardSetting.angoff([[0.5], [60]]) }
    #expect(throws: AssessmentError.self) { try StandardSetting.angoff([[0.5], [0.5, 0.5]]) }
    #expect(try StandardSetting.angoff([[0.5]]).standardError == nil)
  }

  @Test("a bookmark on a page is the place of its item")
  func bookmark() throws {
    let items = try [2.0, 0, 1].map { try LogisticItem(difficulty: $0) }
    let result = try StandardSetting.bookmark([2, 3], items: items, responseProbability: 0.5)
    #expect(isNear(result.judgeCuts, [1, 2], 1e-12))
    #expect(isNear(result.cut, 1.5, 1e-12))
    #expect(throws: AssessmentError.self) {
      try StandardSetting.bookmark([4], items: items)
    }
  }

  @Test("by hand: contrasting groups that overlap in one learner each")
  func groups() throws {
    let result = try StandardSetting.contrastingGroups(
      masters: [5, 7, 8, 9], nonMasters: [2, 3, 4, 7])
    #expect(result.cut == 5)
    #expect(result.failedMasters == 0)
    #expect(result.passedNonMasters == 1)
    #expect(result.accuracy == 0.875)
    #expect(throws: AssessmentError.self) {
      try StandardSetting.contrastingGroups(masters: [], nonMasters: [1])
    }
  }

  @Test("by hand: the Hofstee line meets the curve of scores")
  func hofstee() throws {
    // Scores 1 to 100; cuts 50 to 70, fail rates 0.4 to 0.7: the line 0.7 - 0.015 (c - 50) meets
    // the share below, about c / 100, where 0.7 - 0.015 c + 0.75 = c / 100: c = 58.
    let scores = (1...100).map { Double($0) }
    let found = try StandardSetting.hofstee(
      [.init(cuts: 50...70, failRates: 0.4...0.7)], scores: scores)
    let result = try #require(found)
    #expect(abs(result.cut - 58) <= 1, "\(result)")
    #expect(abs(result.failRate - 0.58) <= 0.02)
    let none = try StandardSetting.hofstee(
      [.init(cuts: 80...90, failRates: 0.05...0.1)], scores: scores)
    #expect(none == nil)
  }

  @Test("a body-of-work cut is where half of the portfolios are called mastered")
  func bodyOfWork() throws {
    let scores = [1.0, 2, 3, 4, 5, 6, 7, 8]
    let result = try StandardSetting.bodyOfWork(
      scores: scores, isMastery: [false, false, false, true, false, true, true, true])
    // The pattern is symmetrical about 4.5.
    #expect(isNear(result.cut, 4.5, 1e-9))
    #expect(result.standardError > 0)
    let error = #expect(throws: AssessmentError.self) {
      try StandardSetting.bodyOfWork(
        scores: scores, isMastery: scores.map { $0 > 4 })
    }
    #expect(error?.code == .notEstimable)
  }

  @Test("95 % intervals of body-of-work cuts hold 93 to 97 %")
  func bodyOfWorkCoverage() throws {
    var held = 0
    for round in 0..<600 {
      var chance = SeededGenerator(seed: 90).stream(round)
      let scores = (0..<150).map { _ in 20 * chance.uniform() }
      let isMastery = scores.map { score in
        chance.uniform() < 1 / (1 + (0.5 * (11 - score)).exponential)
      }
      let cut = try StandardSetting.bodyOfWork(scores: scores, isMastery: isMastery)
      if abs(cut.cut - 11) <= 1.959964 * cut.standardError { held += 1 }
    }
    let share = Double(held) / 600
    #expect((0.93...0.97).contains(share), "\(share)")
  }

  @Test("a record refuses a cut far from the panel's without a reason")
  func record() throws {
    let day = try #require(CalendarDate(year: 2026, month: 5, day: 4))
    let rounds: [StandardRecord.Round] = [
      .init(judgeCuts: [10, 14, 18]), .init(judgeCuts: [13, 14, 15], feedback: ["pass rates"]),
    ]
    func make(_ cut: ExactDecimal, _ rationale: String?) throws -> StandardRecord {
      try StandardRecord(
        subject: "fractions", method: "modified Angoff", panel: ["teacher", "teacher", "parent"],
        rounds: rounds,
        adoption: .init(cut: cut, body: "school board", date: day, rationale: rationale))
    }
    #expect(throws: AssessmentError.self) { try make(12, nil) }
    #expect(try make(12, "too many would fail").adoption?.cut == 12)
    let record = try make(14, nil)
    #expect(record.cut.cut == 14)
    #expect(isNear(record.convergence, 0.25, 1e-12))
  }
}
