import Domain
import Scheduling
import TestSupport
import Testing

@Suite("Open form, several houses")
struct HouseTests {
  /// Two houses with sections of their own, sections for both, and two teachers who share a room.
  static func problem(learners: Int, sharesRooms: Bool = false, seed: UInt64) throws
    -> GroupingProblem
  {
    var numbers = Numbers(seed: seed)
    let people = (0..<learners).map { number in
      let first = numbers.below(20)
      return GroupingProblem.Learner(
        ID("l\(number)"), house: number % 2 * 5,
        ready: Set((0..<4).map { _ in first + numbers.below(5) }).sorted().map {
          .init($0, 10 + numbers.below(60))
        }, preferences: [numbers.below(10), numbers.below(10)])
    }
    var sections: [GroupingProblem.Section] = []
    for block in 0..<3 {
      for teacher in 0..<(learners / 40) {
        for _ in 0..<4 {
          sections.append(
            .init(
              Identifier("s\(sections.count)"), block: block, competency: numbers.below(25),
              teacher: teacher, room: sharesRooms ? teacher / 2 : teacher / 4 * 2 + teacher % 2,
              house: numbers.below(6) == 0 ? nil : teacher % 2 * 5, capacity: 20, minimum: 6,
              openCost: 100))
        }
      }
      sections.append(
        .init(
          Identifier("lab\(block)"), block: block, competency: nil, modality: 1,
          capacity: learners / 3 + 1))
    }
    return try GroupingProblem(
      learners: people, sections: sections, blockCount: 3, opensSections: true)
  }

  @Test(
    "plans of many learners keep all rules, rooms too, and are the same for a seed",
    arguments: [false, true])
  func rules(sharesRooms: Bool) throws {
    let problem = try Self.problem(learners: 810, sharesRooms: sharesRooms, seed: 3)
    let effort = GroupingEffort(mostSteps: 30, seed: 2)
    let plan = OpenForm.solve(problem, effort: effort)
    let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
    #expect(faults == [])
    #expect(objective == plan.objective)
    #expect(plan.certificate == "no certificate")
    #expect(OpenForm.solve(problem, effort: effort) == plan)
    // So few steps are not to cost more than what dividing the day into houses may.
    let start = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: 0))
    #expect(plan.objective > start.objective * 98 / 100)
  }

  @Test("a room holds one section, with few learners too", arguments: 1...6)
  func rooms(seed: Int) throws {
    let problem = try Self.problem(learners: 120, sharesRooms: seed % 2 == 0, seed: UInt64(seed))
    let plan = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: 80))
    let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
    #expect(faults == [])
    #expect(objective == plan.objective)
  }

  @Test("a search of several houses stops when it is asked to")
  func stops() throws {
    let problem = try Self.problem(learners: 810, seed: 4)
    let plan = OpenForm.solve(problem, effort: GroupingEffort { _ in false })
    #expect(plan.stop == .caller)
    #expect(PlanChecker(problem: problem).check(plan.places).faults == [])
  }
}
