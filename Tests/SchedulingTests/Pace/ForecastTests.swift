import Domain
import Scheduling
import Testing

@Suite("Forecasts")
struct ForecastTests {
  @Test("the distribution is that of Kaplan and Meier's product, worked out by hand")
  func productLimit() {
    // At risk 5, 4 (one is still at it at 2), 2, 1: 4/5, then 4/5 · 2/3, then 0.
    let history = EffortHistory(
      [(1, true), (2, false), (3, true), (4, false), (5, true)].map {
        .init(minutes: $0.0, of: 1, isFinished: $0.1)
      })
    #expect(history.steps.map(\.share) == [1_000, 3_000, 5_000])
    let survival = history.steps.map(\.survival)
    #expect(abs(survival[0] - 0.8) < 1e-12)
    #expect(abs(survival[1] - 0.8 * 2 / 3) < 1e-12)
    #expect(survival[2] == 0)
    #expect(history.share(at: 0.2) == 1_000)
    #expect(history.share(at: 0.21) == 3_000)
  }

  @Test("where everybody slow is still at it, nothing is said about the slow")
  func unknown() {
    let history = EffortHistory(
      (0..<10).map { .init(minutes: $0 + 1, of: 10, isFinished: $0 < 5) })
    #expect(history.share(at: 0.5) == 500)
    #expect(history.share(at: 0.6) == nil)
    #expect(history.interval(coverage: 0.9) == nil)
    #expect(EffortHistory([]).interval(coverage: 0.5) == nil)
  }

  /// Times with a long tail, as learners have them.
  static func time(_ numbers: inout Numbers) -> Int {
    let parts = (0..<3).map { _ in 1 + numbers.below(100) }
    return parts[0] * parts[1] / 25 + parts[2]
  }

  @Test("80 of 100 intervals of 80 % hold the truth, with a third of learners still at it")
  func calibrated() {
    var numbers = Numbers(seed: 6)
    var (held, asked) = (0, 0)
    for _ in 0..<1_500 {
      let observations = (0..<60).map { _ -> EffortHistory.Observation in
        let (time, stop) = (Self.time(&numbers), 60 + numbers.below(900))
        return .init(minutes: min(time, stop), of: 100, isFinished: time <= stop)
      }
      let next = Self.time(&numbers) * 10
      guard let interval = EffortHistory(observations).interval(coverage: 0.8) else { continue }
      asked += 1
      if interval.contains(next) { held += 1 }
    }
    #expect(asked > 1_000)
    let share = Double(held) / Double(asked)
    #expect(share > 0.77 && share < 0.86, "\(share)")
  }

  @Test("leaving out those who are still at it would promise too much")
  func naive() {
    var numbers = Numbers(seed: 7)
    let observations = (0..<4_000).map { _ -> EffortHistory.Observation in
      let (time, stop) = (Self.time(&numbers), 40 + numbers.below(200))
      return .init(minutes: min(time, stop), of: 100, isFinished: time <= stop)
    }
    let honest = EffortHistory(observations).share(at: 0.5)
    let naive = EffortHistory(observations.filter(\.isFinished)).share(at: 0.5)
    #expect((naive ?? 0) < (honest ?? 0))
  }

  @Test("the finishing day is exact without spread, and the same for a seed")
  func finish() throws {
    let steady = EffortHistory([.init(minutes: 100, of: 100, isFinished: true)])
    let tasks = [60, 90, 45].map { FinishForecast.Task(effort: $0, history: steady) }
    let forecast = try FinishForecast(tasks, rate: 100, minutesPerDay: 50)
    #expect(forecast.day(at: 0.5) == 4)
    #expect(forecast.probability(by: 3) == 0)
    #expect(forecast.probability(by: 4) == 1)
    #expect(try FinishForecast(tasks, rate: 200, minutesPerDay: 50).day(at: 0.9) == 2)
    let wide = EffortHistory(
      (1...20).map { .init(minutes: $0 * 10, of: 100, isFinished: $0 < 20) })
    let risky = [60, 90].map { FinishForecast.Task(effort: $0, history: wide) }
    let one = try FinishForecast(risky, minutesPerDay: 50, seed: 3)
    #expect(try FinishForecast(risky, minutesPerDay: 50, seed: 3) == one)
    #expect(one.day(at: 0.99) == nil)
    #expect(throws: SchedulingError.self) { try FinishForecast(tasks, minutesPerDay: 0) }
  }

  @Test("a rate of few observations stays near that of the cohort")
  func rate() {
    #expect(EffortHistory.rate(effort: 0, minutes: 0, cohortRate: 120) == 120)
    #expect(EffortHistory.rate(effort: 600, minutes: 300) == 133)
    #expect(EffortHistory.rate(effort: 60_000, minutes: 30_000) == 198)
    #expect(EffortHistory.rate(effort: 0, minutes: 600) == 50)
  }
}

@Suite("Routes to a diploma")
struct DiplomaRouteTests {
  /// A map without links, but those given.
  static func map(_ count: Int, _ links: [Int: [Int]] = [:]) throws -> CompetencyMap {
    try CompetencyMap(
      (0..<count).map { number in
        .init(
          ID("c\(number)"), prerequisites: (links[number] ?? []).map { ID("c\($0)") },
          effort: 10 + number)
      })
  }

  @Test("of a way over 9 and one over 11 competencies, it takes the one over 9")
  func shorter() throws {
    let map = try Self.map(20)
    let long = DiplomaRule.all((0..<11).map { .competency($0) })
    let short = DiplomaRule.all((11..<20).map { .competency($0) })
    let route = try DiplomaRoute(
      .atLeast(1, [long, short]), in: map, mastered: Array(repeating: false, count: 20))
    #expect(route.cost == 9)
    #expect(route.competencies == Array(11..<20))
    #expect(route.isShortest)
  }

  @Test("as short as trying every set of competencies finds")
  func bruteForce() throws {
    var numbers = Numbers(seed: 8)
    func rule(_ depth: Int) -> DiplomaRule {
      guard depth > 0, numbers.below(3) > 0 else { return .competency(numbers.below(9)) }
      let inner = (0..<1 + numbers.below(4)).map { _ in rule(depth - 1) }
      return numbers.below(2) == 0 ? .all(inner) : .atLeast(numbers.below(inner.count + 1), inner)
    }
    func holds(_ rule: DiplomaRule, _ set: Int) -> Bool {
      switch rule {
      case .competency(let number): set >> number & 1 == 1
      case .all(let rules): rules.allSatisfy { holds($0, set) }
      case .atLeast(let count, let rules): rules.count { holds($0, set) } >= count
      }
    }
    for _ in 0..<300 {
      var links: [Int: [Int]] = [:]
      for number in 1..<9 { links[number] = (0..<number).filter { _ in numbers.below(5) == 0 } }
      let map = try Self.map(9, links)
      let mastered = numbers.below(64)
      let rule = rule(3)
      let states = (0..<9).map { mastered >> $0 & 1 == 1 }
      let best = (0..<512).filter { set in
        holds(rule, set | mastered)
          && (0..<9).allSatisfy { number in
            set >> number & 1 == 0
              || (links[number] ?? []).allSatisfy { (set | mastered) >> $0 & 1 == 1 }
          }
      }.map(\.nonzeroBitCount).min()
      let route = try DiplomaRoute(rule, in: map, mastered: states)
      #expect(route.cost == best)
      #expect(route.competencies.count == best)
    }
  }

  @Test("recovery asks only for what is missing")
  func recovery() throws {
    let map = try Self.map(5, [3: [0], 4: [3]])
    #expect(map.recovery(of: [1, 4], mastered: [true, true, false, false, false]) == [3, 4])
  }

  @Test("a diploma that asks for more than it lists is refused")
  func refused() throws {
    let map = try Self.map(2)
    let error = #expect(throws: SchedulingError.self) {
      try DiplomaRoute(.atLeast(2, [.competency(0)]), in: map, mastered: [false, false])
    }
    #expect(error?.code == .infeasible)
    #expect(throws: SchedulingError.self) {
      try DiplomaRoute(.competency(7), in: map, mastered: [false, false])
    }
  }
}
