/// What may be chosen for each event: times, resources and splits that break no rule by themselves.
struct WeekChoices {
  /// The starting times of an event for each duration.
  let times: [[[Int]]]
  /// The resources of each demand of an event; empty where one is given.
  let resources: [[[Int]]]
  /// The best ways to split each event, longest meetings first.
  let splits: [[[Int]]]

  init(_ problem: TimetableProblem, _ rules: WeekRules) {
    var unavailable = Array(
      repeating: Array(repeating: false, count: problem.times.count),
      count: problem.resources.count)
    for rule in problem.constraints where rule.isRequired {
      if case .avoidUnavailableTimes(let resources, let times) = rule.kind {
        for resource in resources { for time in times { unavailable[resource][time] = true } }
      }
    }
    times = problem.events.indices.map { event in
      (0...min(problem.events[event].duration, problem.times.count)).map { duration in
        Self.times(problem, rules, event, duration, unavailable)
      }
    }
    resources = problem.events.indices.map { event in
      problem.events[event].demands.indices.map { slot in
        Self.resources(problem, rules, event, slot)
      }
    }
    splits = problem.events.indices.map { Self.splits(problem, rules, $0) }
  }

  private static func times(
    _ problem: TimetableProblem, _ rules: WeekRules, _ event: Int, _ duration: Int,
    _ unavailable: [[Bool]]
  ) -> [Int] {
    if let time = problem.events[event].time { return [time] }
    let all = Array(0..<max(1, problem.times.count - max(1, duration) + 1))
    let preferred = all.filter { time in
      rules.ofEvent[event].allSatisfy { rule in
        rule.kind != .preferTimes || !rule.price.isHard || rule.isPreferred[time]
          || (rule.shortest != 0 && rule.shortest != duration)
      }
    }
    let given = problem.events[event].demands.compactMap(\.resource)
    let open = preferred.filter { time in
      given.allSatisfy { resource in
        (time..<min(time + duration, problem.times.count)).allSatisfy {
          !unavailable[resource][$0]
        }
      }
    }
    return open.isEmpty ? preferred.isEmpty ? all : preferred : open
  }

  private static func resources(
    _ problem: TimetableProblem, _ rules: WeekRules, _ event: Int, _ slot: Int
  ) -> [Int] {
    let demand = problem.events[event].demands[slot]
    guard demand.resource == nil else { return [] }
    let ofType = problem.resources.indices.filter { problem.resources[$0].type == demand.type }
    let preferred = ofType.filter { resource in
      rules.ofEvent[event].allSatisfy { rule in
        rule.kind != .preferResources || !rule.price.isHard || !rule.slots.contains(slot)
          || rule.isPreferred[resource]
      }
    }
    let isNeeded = rules.ofEvent[event].contains {
      $0.kind == .assignResource && $0.slots.contains(slot)
    }
    // A demand that no rule asks to meet stays open: meeting it could only cost.
    guard isNeeded else { return [] }
    return preferred.isEmpty ? ofType : preferred
  }

  private static func splits(
    _ problem: TimetableProblem, _ rules: WeekRules, _ event: Int
  ) -> [[Int]] {
    let whole = problem.events[event]
    guard whole.time == nil else { return [[whole.duration]] }
    let own = rules.ofEvent[event].filter { $0.kind == .split || $0.kind == .distribute }
    guard !own.isEmpty, whole.duration > 1 else { return [[whole.duration]] }
    var best: [[Int]] = []
    var least = TimetableCost(hard: .max, soft: .max)
    var visited = 0
    func visit(_ parts: [Int], _ rest: Int, _ longest: Int) {
      guard visited < 20_000 else { return }
      if rest == 0 {
        visited += 1
        let cost = Self.cost(of: parts, own)
        if cost < least { (least, best) = (cost, []) }
        if cost == least, best.count < 30 { best.append(parts) }
        return
      }
      guard parts.count < min(12, whole.duration) else { return }
      var next = min(rest, longest)
      while next >= 1 {
        visit(parts + [next], rest - next, next)
        next -= 1
      }
    }
    visit([], whole.duration, whole.duration)
    return best.isEmpty ? [[whole.duration]] : best
  }

  private static func cost(of parts: [Int], _ rules: [WeekRules.ForEvent]) -> TimetableCost {
    var cost = TimetableCost(hard: 0, soft: 0)
    for rule in rules {
      let count: Int
      var deviation = 0
      if rule.kind == .split {
        count = parts.count
        deviation = parts.count { $0 < rule.shortest || $0 > rule.longest }
      } else {
        count = parts.count { $0 == rule.shortest }
      }
      deviation += max(0, rule.low - count, count - rule.high)
      rule.price.add(deviation, to: &cost)
    }
    return cost
  }
}
