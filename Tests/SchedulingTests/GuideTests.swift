import Domain
import Scheduling
import Testing

@Suite("Guide")
struct GuideTests {
  static func day() throws -> GroupingProblem {
    let fractions = GroupingProblem.Section("fractions", block: 0, competency: 0, capacity: 2)
    let workshop = GroupingProblem.Section("workshop", block: 0, competency: nil, capacity: 10)
    return try GroupingProblem(
      learners: [
        GroupingProblem.Learner("ana", ready: [.init(0, 5)]),
        GroupingProblem.Learner("ben", ready: [.init(0, 3)]),
        GroupingProblem.Learner("cai", ready: [.init(0, 4)]),
      ],
      sections: [fractions, workshop], blockCount: 1, isOncePerDay: false)
  }

  @Test("the guide's day is seated as the guide says")
  func seat() throws {
    let day = try Self.day()
    var form = try FixedForm(day)
    form.solve()
    let plan = form.plan
    #expect(plan.objective == 108)
    #expect(plan.certificate == "optimal")
    #expect(plan.places == [[0, 1, 0]])
    let (problems, objective) = day.check(plan.places)
    #expect(problems.isEmpty)
    #expect(objective == 108)
  }

  @Test("the guide's learner without a place is told that it is full, and what it would cost")
  func reason() throws {
    let day = try Self.day()
    var form = try FixedForm(day)
    form.solve()
    let reason = try PlacementReason(of: 1, in: 0, of: form.plan, for: day)
    #expect(reason.section == 1)
    #expect(reason.value == 18)
    let other = try #require(reason.alternatives.first)
    #expect(other.section == 0)
    #expect(other.value == 30)
    guard case .full(let price?) = other.cause else {
      Issue.record("expected a full section with a price, got \(other.cause)")
      return
    }
    // Between what Ben would gain there and what Cai would lose.
    #expect((12...16).contains(price))
    #expect(!reason.sentences(for: day).isEmpty)
  }

  @Test("the guide's late learner is brought in, and the plan is the best one")
  func arriveLate() throws {
    let day = try Self.day()
    var late = try FixedForm(day)
    late.solve(without: [0])
    late.insert(0, into: 0)
    var whole = try FixedForm(day)
    whole.solve()
    #expect(late.plan.objective == whole.plan.objective)
  }
}
