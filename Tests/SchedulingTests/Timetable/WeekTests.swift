import Scheduling
import Testing

@Suite("Timetables of a week")
struct WeekTests {
  typealias Rule = TimetableConstraint

  static func rule(_ kind: Rule.Kind, required: Bool = true, weight: Int = 1) -> Rule {
    Rule(id: "r", isRequired: required, weight: weight, costFunction: .linear, kind: kind)
  }

  /// Two classes and two teachers over two days of three times; event 3 is any teacher's.
  static func problem(_ rules: [Rule]) -> TimetableProblem {
    func event(_ id: String, _ duration: Int, _ resources: [Int]) -> TimetableProblem.Event {
      .init(
        id: id, duration: duration, time: nil,
        demands: resources.map {
          .init(role: nil, type: $0 < 2 ? 0 : 1, resource: $0, workload: duration)
        })
    }
    var open = event("open", 2, [0])
    open.demands.append(.init(role: "teacher", type: 1, resource: nil, workload: 2))
    return TimetableProblem(
      times: ["a1", "a2", "a3", "b1", "b2", "b3"], resourceTypes: ["class", "teacher"],
      resources: ["c0", "c1", "t0", "t1"].map { .init(id: $0, type: $0.hasPrefix("c") ? 0 : 1) },
      events: [event("x", 2, [0, 2]), event("y", 2, [1, 2]), event("z", 1, [1, 3]), open],
      constraints: rules,
      days: [.init(id: "a", times: [0, 1, 2]), .init(id: "b", times: [3, 4, 5])])
  }

  /// Everything at the first time, nothing split, the open demand unmet.
  static func heap() -> Timetable {
    Timetable(meetings: [
      .init(event: 0, duration: 2, time: 0, resources: [nil, nil]),
      .init(event: 1, duration: 2, time: 0, resources: [nil, nil]),
      .init(event: 2, duration: 1, time: 5, resources: [nil, nil]),
    ])
  }

  @Test(
    "each kind of rule counts its deviation; by hand",
    arguments: [
      // Only the open event has no time: 2.
      (Rule.Kind.assignTime(events: [0, 1, 2, 3]), 2),
      (.assignResource(role: "teacher", events: [3]), 2),
      (.splitEvents(events: [0], durations: 1...1, amount: 2...2), 2),
      (.distributeSplitEvents(events: [0], duration: 1, amount: 2...2), 2),
      (.preferResources(role: "teacher", events: [3], resources: [2]), 0),
      (.preferTimes(events: [0, 2], times: [1, 2], duration: nil), 3),
      (.preferTimes(events: [0, 2], times: [1, 2], duration: 1), 1),
      (.avoidSplitAssignments(role: "teacher", groups: [[3]]), 0),
      (
        .spreadEvents(
          groups: [[0, 1, 2]], times: [.init(times: [0, 1, 2], minimum: 0, maximum: 1)]), 1
      ),
      (.linkEvents(groups: [[0, 2]]), 3),
      (.orderEvents(pairs: [.init(first: 0, second: 2, minimum: 0, maximum: 1)]), 2),
      (.orderEvents(pairs: [.init(first: 0, second: 1, minimum: 0, maximum: 9)]), 2),
      (.avoidClashes(resources: [0, 1, 2, 3]), 2),
      (.avoidUnavailableTimes(resources: [0, 1, 2, 3], times: [1, 5]), 5),
      (.limitIdleTimes(resources: [1], groups: [[0, 1, 2, 3, 4, 5]], amount: 0...1), 2),
      (.clusterBusyTimes(resources: [1], groups: [[0, 1, 2], [3, 4, 5]], amount: 0...1), 1),
      (.limitBusyTimes(resources: [1], groups: [[0, 1, 2], [3, 4, 5]], amount: 2...2), 1),
      (.limitWorkload(resources: [2], amount: 0...3), 1),
    ])
  func deviations(kind: Rule.Kind, deviation: Int) {
    let problem = Self.problem([Self.rule(kind)])
    #expect(problem.cost(of: Self.heap()).hard == deviation)
    for (function, cost) in [
      (Rule.CostFunction.quadratic, deviation * deviation), (.step, min(1, deviation)),
    ] {
      var rule = Self.rule(kind, required: false, weight: 7)
      rule.costFunction = function
      let total = Self.problem([rule]).cost(of: Self.heap())
      // Where a rule has several points of application, the functions apply to each.
      #expect(total.hard == 0 && total.soft % 7 == 0)
      if case .avoidUnavailableTimes = kind { continue }
      if case .preferTimes(_, _, nil) = kind { continue }
      #expect(total.soft == 7 * cost)
    }
  }

  @Test("a small week is solved, and the search prices as the plain count does", arguments: 1...8)
  func solves(seed: Int) throws {
    let all = [0, 1, 2, 3]
    let days = [[0, 1, 2], [3, 4, 5]]
    let problem = Self.problem([
      Self.rule(.assignTime(events: all)),
      Self.rule(.assignResource(role: "teacher", events: [3])),
      Self.rule(.avoidClashes(resources: all)),
      Self.rule(.splitEvents(events: [0, 1], durations: 1...1, amount: 2...2)),
      Self.rule(
        .spreadEvents(
          groups: [[0], [1]],
          times: days.map { .init(times: $0, minimum: 0, maximum: 1) })),
      Self.rule(.limitIdleTimes(resources: [0, 1], groups: days, amount: 0...0), required: false),
      Self.rule(.limitWorkload(resources: [2, 3], amount: 0...4)),
      Self.rule(.preferTimes(events: [3], times: [0, 1, 3, 4], duration: 2)),
    ])
    let effort = TimetableEffort(mostSteps: 40_000, seed: UInt64(seed))
    let (timetable, cost) = try TimetableSolver.solve(problem, effort: effort)
    #expect(cost == TimetableCost(hard: 0, soft: 0))
    #expect(problem.cost(of: timetable) == cost)
    #expect(try TimetableSolver.solve(problem, effort: effort).timetable == timetable)
    // Checked once more by hand: nobody is in two places, and everything takes place.
    var seen: Set<[Int]> = []
    var lasted = Array(repeating: 0, count: 4)
    for one in timetable.meetings {
      lasted[one.event] += one.duration
      let time = try #require(one.time)
      for resource in one.resources {
        for busy in time..<(time + one.duration) {
          #expect(seen.insert([try #require(resource), busy]).inserted)
          #expect(busy < 6)
        }
      }
    }
    #expect(lasted == [2, 2, 1, 2])
  }

  @Test("an order of events is kept from the first change on", arguments: 1...4)
  func order(seed: Int) throws {
    let pairs = [(2, 0), (0, 1)].map {
      Rule.EventPair(first: $0.0, second: $0.1, minimum: 0, maximum: 0)
    }
    let problem = Self.problem([
      Self.rule(.assignTime(events: [0, 1, 2, 3])), Self.rule(.orderEvents(pairs: pairs)),
    ])
    let (timetable, cost) = try TimetableSolver.solve(
      problem, effort: TimetableEffort(mostSteps: 40_000, seed: UInt64(seed)))
    #expect(cost == TimetableCost(hard: 0, soft: 0))
    let starts = Dictionary(uniqueKeysWithValues: timetable.meetings.map { ($0.event, $0.time) })
    let first = try #require(starts[2] ?? nil)
    #expect(starts[0] == first + 1)
    #expect(starts[1] == first + 3)
  }

  @Test("what cannot be is said")
  func impossible() {
    var long = Self.problem([])
    long.events[0].duration = 7
    var empty = Self.problem([])
    empty.events[0].duration = 0
    var unknown = Self.problem([Self.rule(.assignTime(events: [9]))])
    unknown.days = []
    for problem in [long, empty, unknown] {
      #expect(throws: SchedulingError.self) {
        try TimetableSolver.solve(problem, effort: TimetableEffort(mostSteps: 1))
      }
    }
  }
}
