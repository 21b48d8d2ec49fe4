import Assessment
import Testing

@Suite("Skill profiles")
struct SkillProfileTests {
  @Test("the shared DINA estimates of fraction subtraction")
  func dina() throws {
    guard let sample = Sample.named("dina-fraction-subtraction") else { return }
    let input = sample["input"]
    let needs = input["Q"].list.map { row in
      row.whole.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset) }
    }
    let found = try SkillProfiles(
      ResponseTable(patterns: input["patterns"].texts), needs: needs, skillCount: 8,
      tolerance: 1e-5)
    let expected = sample["expected"]
    #expect(isNear(found.logLikelihood, expected["loglik"].double, 0.01))
    #expect(isNear(found.guess, expected["guess"].numbers, 0.002))
    #expect(isNear(found.slip, expected["slip"].numbers, 0.002))
    #expect(isNear(found.skills, expected["skill_prob"].numbers, 0.002))
    #expect(found.profiles.count == 536)
  }

  @Test("needs that do not fit are refused, and classes that no item tells apart are named")
  func refused() throws {
    let table = try ResponseTable(patterns: ["10", "01", "11", "00"])
    #expect(throws: AssessmentError.self) { try SkillProfiles(table, needs: [1], skillCount: 1) }
    #expect(throws: AssessmentError.self) {
      try SkillProfiles(table, needs: [1, 4], skillCount: 2)
    }
    #expect(throws: AssessmentError.self) {
      try SkillProfiles(table, needs: [1, 0], skillCount: 2)
    }
    let found = try SkillProfiles(table, needs: [1, 1], skillCount: 2)
    #expect(found.findings.contains { $0.code == .notIdentified })
    #expect(isNear(found.classes.reduce(0, +), 1, 1e-9))
  }
}
