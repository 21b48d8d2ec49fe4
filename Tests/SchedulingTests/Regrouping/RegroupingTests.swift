import Domain
import Scheduling
import Testing

/// Invented schools.
struct InventedSchool {
  var learners = 40
  var blocks = 4
  var competencies = 30
  var teachers = 4
  var opens = false
  var isOncePerDay = true
  var seed: UInt64 = 1

  func problem(bonuses: [GroupingProblem.Bonus] = []) throws -> GroupingProblem {
    var numbers = Numbers(seed: seed)
    let people = (0..<learners).map { number in
      let first = numbers.below(max(1, competencies - 6))
      let ready = Set((0..<5).map { _ in first + numbers.below(6) }).sorted()
      return GroupingProblem.Learner(
        ID("l\(number)"), ready: ready.map { .init($0, 1 + numbers.below(80)) },
        preferences: (0..<3).map { _ in numbers.below(10) },
        minimumLive: opens ? numbers.below(2) : 0)
    }
    var sections: [GroupingProblem.Section] = []
    for block in 0..<blocks {
      for teacher in 0..<teachers {
        for _ in 0..<(opens ? 5 : 1) {
          sections.append(
            .init(
              Identifier("s\(sections.count)"), block: block,
              competency: numbers.below(competencies), modality: numbers.below(2),
              teacher: teacher, room: opens ? nil : teacher, capacity: 3 + numbers.below(6),
              minimum: opens ? 2 : 0, openCost: opens ? 60 : 0))
        }
      }
      sections.append(
        .init(
          Identifier("o\(block)"), block: block, competency: nil, modality: 2, capacity: learners))
    }
    return try GroupingProblem(
      learners: people, sections: sections, blockCount: blocks, isOncePerDay: isOncePerDay,
      opensSections: opens, weights: .init(missingLive: opens ? 150 : 0), bonuses: bonuses)
  }
}

@Suite("Exact seating")
struct TransportTests {
  /// The greatest sum of values, by trying every seating.
  static func best(_ choices: [[TransportProblem.Choice]], _ room: [Int]) -> Int {
    func search(_ learner: Int, _ room: [Int]) -> Int {
      guard learner < choices.count else { return 0 }
      var best = search(learner + 1, room)
      for choice in choices[learner] where room[choice.activity] > 0 {
        var rest = room
        rest[choice.activity] -= 1
        best = max(best, choice.value + search(learner + 1, rest))
      }
      return best
    }
    return search(0, room)
  }

  static func random(_ numbers: inout Numbers) -> ([[TransportProblem.Choice]], [Int]) {
    let activities = 1 + numbers.below(4)
    let span = [3, 20, 2_000][numbers.below(3)]
    let choices = (0..<numbers.below(7)).map { _ in
      (0..<activities).filter { _ in numbers.below(3) > 0 }.map {
        TransportProblem.Choice($0, value: numbers.below(span) - span / 8)
      }
    }
    return (choices, (0..<activities).map { _ in numbers.below(4) })
  }

  @Test("1,000 small instances come out as trying every seating does, and prices prove it")
  func bruteForce() throws {
    var numbers = Numbers(seed: 12)
    for _ in 0..<1_000 {
      let (choices, room) = Self.random(&numbers)
      let problem = try TransportProblem(choices: choices, capacities: room)
      let seating = problem.solve()
      #expect(seating.objective == Self.best(choices, room))
      // Duality: prices of places and what learners have above them add up to the objective.
      var dual = zip(seating.prices, room).reduce(0) { $0 + $1.0 * $1.1 }
      for row in choices {
        dual += row.filter { room[$0.activity] > 0 }.reduce(0) {
          max($0, $1.value - seating.prices[$1.activity])
        }
      }
      #expect(dual == seating.objective)
      #expect(seating.prices.allSatisfy { $0 >= 0 })
    }
  }

  @Test("larger instances, also with ties everywhere, satisfy duality")
  func duality() throws {
    var numbers = Numbers(seed: 13)
    for span in [2, 5, 1_000, 400_000_000] {
      let choices = (0..<400).map { _ in
        (0..<30).filter { _ in numbers.below(4) == 0 }.map {
          TransportProblem.Choice($0, value: numbers.below(span))
        }
      }
      let room = (0..<30).map { _ in numbers.below(16) }
      let seating = try TransportProblem(choices: choices, capacities: room).solve()
      var dual = zip(seating.prices, room).reduce(0) { $0 + $1.0 * $1.1 }
      for row in choices {
        dual += row.filter { room[$0.activity] > 0 }.reduce(0) {
          max($0, $1.value - seating.prices[$1.activity])
        }
      }
      #expect(dual == seating.objective)
    }
  }

  @Test("rooms large and small: shortest paths by tables of ways out agree with those by choices")
  func tables() throws {
    var numbers = Numbers(seed: 14)
    for round in 0..<12 {
      let span = [3, 40, 500][round % 3]
      let choices = (0..<600).map { _ in
        (0..<24).filter { _ in numbers.below(3) == 0 }.map {
          TransportProblem.Choice($0, value: numbers.below(span) - span / 8)
        }
      }
      let room = (0..<24).map { $0 < 2 ? 150 + numbers.below(40) : numbers.below(12) }
      let seating = try TransportProblem(choices: choices, capacities: room).solve()
      // Values of this size are too large for the table, so that the other search is used.
      let factor = 100_000_000 / span
      let scaled = try TransportProblem(
        choices: choices.map { $0.map { .init($0.activity, value: $0.value * factor) } },
        capacities: room
      ).solve()
      #expect(scaled.objective == seating.objective * factor)
      for (activity, places) in room.enumerated() {
        #expect(seating.places.count { $0 == activity } <= places)
      }
    }
  }

  @Test("numbers out of range are refused")
  func refused() {
    let cases: [([[TransportProblem.Choice]], [Int], SchedulingError.Code)] = [
      ([[.init(1, value: 1)]], [1], .unknownIdentifier),
      ([[.init(0, value: 600_000_000)]], [1], .wrongValue), ([], [-1], .wrongValue),
      ([[.init(0, value: 1), .init(0, value: 2)]], [1], .duplicateIdentifier),
    ]
    for (choices, room, code) in cases {
      let error = #expect(throws: SchedulingError.self) {
        try TransportProblem(choices: choices, capacities: room)
      }
      #expect(error?.code == code)
    }
  }
}

@Suite("Fixed form")
struct FixedFormTests {
  @Test("plans pass the checker, are the same concurrently, and prove themselves")
  func checked() async throws {
    for seed in 1...20 {
      let problem = try InventedSchool(isOncePerDay: false, seed: UInt64(seed)).problem()
      var form = try FixedForm(problem)
      form.solve()
      let plan = form.plan
      let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
      #expect(faults == [])
      #expect(objective == plan.objective)
      #expect(plan.certificate == "optimal")
      var other = try FixedForm(problem)
      await other.solveConcurrently()
      #expect(other.plan == plan)
    }
  }

  @Test("late arrivals leave the plan as good as planning all at once")
  func late() throws {
    for seed in 1...20 {
      let problem = try InventedSchool(isOncePerDay: false, seed: UInt64(seed)).problem()
      var whole = try FixedForm(problem)
      whole.solve()
      var form = try FixedForm(problem)
      form.solve(without: [3, 7, 11, 30])
      for learner in [30, 3, 11, 7] {
        for block in 0..<problem.blockCount { form.insert(learner, into: block) }
      }
      #expect(form.plan.objective == whole.plan.objective)
      #expect(PlanChecker(problem: problem).check(form.plan.places).faults == [])
    }
  }

  @Test("a day whose blocks depend on each other is not taken for a fixed one")
  func refused() throws {
    let problem = try InventedSchool().problem()
    #expect(throws: SchedulingError.self) { try FixedForm(problem) }
  }
}

@Suite("Coupled form")
struct CoupledFormTests {
  /// The best plan, by trying all places learner by learner, for very small days.
  static func best(_ problem: GroupingProblem) -> Int {
    let checker = PlanChecker(problem: problem)
    var best = Int.min
    var places = Array(
      repeating: [Int?](repeating: nil, count: problem.learners.count), count: problem.blockCount)
    func search(_ cell: Int) {
      guard cell < problem.learners.count * problem.blockCount else {
        let (faults, objective) = checker.check(places)
        if faults.isEmpty { best = max(best, objective) }
        return
      }
      let (learner, block) = (cell / problem.blockCount, cell % problem.blockCount)
      for section in [nil]
        + problem.sections.indices.filter({ problem.sections[$0].block == block })
      {
        if let section, checker.value(learner, section) == nil { continue }
        places[block][learner] = section
        search(cell + 1)
      }
      places[block][learner] = nil
    }
    search(0)
    return best
  }

  @Test("bounds hold and plans pass the checker on days that can be tried out")
  func bruteForce() throws {
    var reached = 0
    for seed in 1...20 {
      let problem = try InventedSchool(
        learners: 3, blocks: 2, competencies: 6, teachers: 2, seed: UInt64(seed)
      ).problem()
      let best = Self.best(problem)
      let plan = try CoupledForm.solve(problem, effort: GroupingEffort(mostSteps: 60))
      let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
      #expect(faults == [])
      #expect(objective == plan.objective)
      #expect(plan.objective <= best)
      #expect(try #require(plan.bound) >= best)
      if plan.objective == best { reached += 1 }
    }
    #expect(reached >= 19)
  }

  @Test("larger days: within the gap that is certified, the same for a seed")
  func larger() throws {
    for seed in 1...2 {
      let problem = try InventedSchool(learners: 100, blocks: 6, seed: UInt64(seed)).problem()
      let plan = try CoupledForm.solve(problem, effort: GroupingEffort(mostSteps: 150))
      let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
      #expect(faults == [])
      #expect(objective == plan.objective)
      #expect(try #require(plan.gap) < 15_000)
      #expect(try CoupledForm.solve(problem, effort: GroupingEffort(mostSteps: 150)) == plan)
    }
  }

  @Test("a search stops when asked, with the best plan so far")
  func stops() throws {
    let problem = try InventedSchool(learners: 60).problem()
    let plan = try CoupledForm.solve(problem, effort: GroupingEffort { $0.steps < 3 })
    #expect(plan.stop == .caller || plan.stop == .optimal)
    #expect(PlanChecker(problem: problem).check(plan.places).faults == [])
  }
}

@Suite("Open form")
struct OpenFormTests {
  @Test("plans pass the checker, claim no certificate, are the same for a seed")
  func checked() throws {
    for seed in 1...5 {
      let problem = try InventedSchool(opens: true, seed: UInt64(seed)).problem()
      let effort = GroupingEffort(mostSteps: 100, seed: UInt64(seed))
      let plan = OpenForm.solve(problem, effort: effort)
      let (faults, objective) = PlanChecker(problem: problem).check(plan.places)
      #expect(faults == [])
      #expect(objective == plan.objective)
      #expect(plan.certificate == "no certificate")
      #expect(OpenForm.solve(problem, effort: effort) == plan)
      let start = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: 0))
      #expect(plan.objective >= start.objective)
    }
  }

  @Test("on days that can be tried out it finds the best plan nearly always")
  func bruteForce() throws {
    var reached = 0
    for seed in 1...12 {
      let problem = try InventedSchool(
        learners: 3, blocks: 2, competencies: 7, teachers: 1, opens: true, seed: UInt64(seed)
      ).problem()
      let best = CoupledFormTests.best(problem)
      let plan = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: 300))
      #expect(plan.objective <= best)
      if plan.objective == best { reached += 1 }
    }
    #expect(reached >= 11, "\(reached) of 12")
  }

  @Test("five changes move the five and those whose places are gone, nobody else")
  func replanning() throws {
    for seed in 1...4 {
      let school = InventedSchool(learners: 80, opens: true, seed: UInt64(seed))
      let problem = try school.problem()
      let plan = OpenForm.solve(problem, effort: GroupingEffort(mostSteps: 60))
      var published = plan.places
      for learner in 0..<5 { published[0][learner] = nil }
      let change = Replanning(published, in: problem)
      let (faults, objective) = PlanChecker(problem: problem).check(change.plan.places)
      #expect(faults == [])
      #expect(objective == change.plan.objective)
      let displaced = problem.learners.indices.count { learner in
        published.contains { places in places[learner].map(change.cancelled.contains) ?? false }
      }
      #expect(change.moved.count <= 5 + displaced)
      #expect(Replanning(plan.places, in: problem).moved == [])
    }
  }
}
