import Domain
import Scheduling
import Testing

@Suite("Help on the same day")
struct SupportPlanTests {
  static let afternoon = SupportPlan.Session("X", start: 810, end: 840, seats: 1, competencies: [1])

  @Test("flagged at 10:00 a learner has the slot at 13:30, flagged at 14:00 it is reported")
  func sameDay() throws {
    let early = try SupportPlan([.init("a", competency: 1, at: 600)], sessions: [Self.afternoon])
    #expect(early.sessions == ["X"])
    #expect(early.unserved.isEmpty)
    let late = try SupportPlan([.init("a", competency: 1, at: 840)], sessions: [Self.afternoon])
    #expect(late.sessions == [nil])
    #expect(late.unserved.map(\.reason) == [.noSession])
  }

  @Test("the one furthest behind comes first; who is left learns who shares the seats")
  func furthestBehind() throws {
    let plan = try SupportPlan(
      [
        .init("a", competency: 1, at: 600, deficit: 10),
        .init("b", competency: 1, at: 600, deficit: 90),
      ], sessions: [Self.afternoon])
    #expect(plan.sessions == [nil, "X"])
    #expect(plan.unserved.map(\.reason) == [.full(sessions: ["X"], wanted: 2, seats: 1)])
    #expect(plan.unserved.map(\.reason.description) == ["2 learners want the 1 seat of \"X\""])
  }

  @Test("core time is doubled where it does not clash with what the learner has")
  func doubled() throws {
    let sections = [
      SupportPlan.Session("core 2", start: 540, end: 600, seats: 5),
      SupportPlan.Session("core 5", start: 720, end: 780, seats: 5),
    ]
    let plan = try SupportPlan(
      [
        .init("a", competency: 1, at: 0, busy: [480..<545]),
        .init("b", competency: 1, at: 0, busy: [480..<560, 700..<721]),
        .init("c", competency: 1, at: 0, busy: [600..<720]),
      ], sessions: sections)
    #expect(plan.sessions == ["core 5", nil, "core 2"])
    #expect(plan.unserved.map(\.reason) == [.clash])
  }

  @Test("as many have a seat, with as much weight, as trying every plan finds")
  func bruteForce() throws {
    var numbers = Numbers(seed: 15)
    for _ in 0..<500 {
      let sessions = (0..<3).map { number -> SupportPlan.Session in
        let start = 600 + numbers.below(200)
        return .init(
          Identifier("s\(number)"), start: start, end: start + 30, seats: numbers.below(3),
          competencies: Set((0..<2).map { _ in numbers.below(3) }))
      }
      let flags = (0..<numbers.below(6)).map { number in
        SupportPlan.Flag(
          ID("l\(number)"), competency: numbers.below(3), at: 500 + numbers.below(250),
          deficit: numbers.below(50))
      }
      func best(_ flag: Int, _ seats: [Int]) -> (Int, Int) {
        guard flag < flags.count else { return (0, 0) }
        var found = best(flag + 1, seats)
        for session in 0..<3
        where seats[session] > 0 && sessions[session].start >= flags[flag].minute
          && sessions[session].competencies.contains(flags[flag].competency)
        {
          var rest = seats
          rest[session] -= 1
          let next = best(flag + 1, rest)
          let weight = flags[flag].deficit * flags[flag].deficit
          if (next.0 + 1, next.1 + weight) > found { found = (next.0 + 1, next.1 + weight) }
        }
        return found
      }
      let plan = try SupportPlan(flags, sessions: sessions)
      let wanted = best(0, sessions.map(\.seats))
      #expect(plan.sessions.count { $0 != nil } == wanted.0)
      let weight = flags.indices.reduce(0) {
        $0 + (plan.sessions[$1] == nil ? 0 : flags[$1].deficit * flags[$1].deficit)
      }
      #expect(weight == wanted.1)
      for case .full(_, let wanted, let seats) in plan.unserved.map(\.reason) {
        #expect(wanted > seats)
      }
    }
  }

  @Test("sessions without length and learners flagged twice are refused")
  func refused() {
    let cases: [([SupportPlan.Flag], [SupportPlan.Session], SchedulingError.Code)] = [
      ([], [.init("z", start: 600, end: 600, seats: 1)], .zeroLength),
      ([], [Self.afternoon, Self.afternoon], .duplicateIdentifier),
      ([.init("a", competency: 1, at: 0), .init("a", competency: 2, at: 0)], [], .doubleBooking),
      ([.init("a", competency: 1, at: -1)], [], .wrongValue),
    ]
    for (flags, sessions, code) in cases {
      let error = #expect(throws: SchedulingError.self) {
        try SupportPlan(flags, sessions: sessions)
      }
      #expect(error?.code == code)
    }
  }
}
