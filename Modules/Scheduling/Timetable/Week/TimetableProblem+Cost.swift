// What a timetable costs, worked out from nothing: slow, plain, and apart from the search.
extension TimetableProblem {
  /// What a timetable costs by all rules.
  ///
  /// Durations of an event that no meeting covers count as a meeting without time and resources;
  /// given times and resources hold whatever the timetable says.
  ///
  /// - Complexity: O(*rules* × *meetings*) at most.
  public func cost(of timetable: Timetable) -> TimetableCost {
    costs(of: timetable).reduce(TimetableCost(hard: 0, soft: 0)) {
      TimetableCost(hard: $0.hard + $1.hard, soft: $0.soft + $1.soft)
    }
  }

  /// What a timetable costs by each rule.
  public func costs(of timetable: Timetable) -> [TimetableCost] {
    let view = TimetableView(self, timetable)
    return constraints.map { rule in
      view.deviations(of: rule.kind).reduce(into: TimetableCost(hard: 0, soft: 0)) {
        let cost = rule.cost($1)
        $0.hard += cost.hard
        $0.soft += cost.soft
      }
    }
  }

  /// The timetable with what it leaves out: given times and resources, and durations without a
  /// meeting.
  public func completed(_ timetable: Timetable) -> Timetable {
    var meetings = timetable.meetings
    var covered = Array(repeating: 0, count: events.count)
    for one in meetings { covered[one.event] += one.duration }
    for (number, event) in events.enumerated() where covered[number] < event.duration {
      meetings.append(
        Timetable.Meeting(
          event: number, duration: event.duration - covered[number], time: nil,
          resources: event.demands.map { _ in nil }))
    }
    for index in meetings.indices {
      let event = events[meetings[index].event]
      if let time = event.time { meetings[index].time = time }
      for (slot, demand) in event.demands.enumerated() {
        if let resource = demand.resource { meetings[index].resources[slot] = resource }
      }
    }
    return Timetable(meetings: meetings)
  }
}

/// A timetable sorted by events and resources.
private struct TimetableView {
  let problem: TimetableProblem
  var ofEvent: [[Timetable.Meeting]]
  /// How many meetings a resource has at each time.
  var load: [[Int]]
  var work: [Double]

  init(_ problem: TimetableProblem, _ timetable: Timetable) {
    self.problem = problem
    ofEvent = Array(repeating: [], count: problem.events.count)
    load = Array(
      repeating: Array(repeating: 0, count: problem.times.count), count: problem.resources.count)
    work = Array(repeating: 0, count: problem.resources.count)
    for one in problem.completed(timetable).meetings {
      ofEvent[one.event].append(one)
      let event = problem.events[one.event]
      for (slot, resource) in one.resources.enumerated() {
        guard let resource else { continue }
        work[resource] +=
          Double(event.demands[slot].workload * one.duration) / Double(event.duration)
        guard let time = one.time else { continue }
        for busy in time..<min(time + one.duration, problem.times.count) {
          load[resource][busy] += 1
        }
      }
    }
  }

  func deviations(of kind: TimetableConstraint.Kind) -> [Int] {
    typealias Rule = TimetableConstraint
    switch kind {
    case .assignResource, .preferResources, .assignTime, .preferTimes, .splitEvents,
      .distributeSplitEvents:
      return eventDeviations(kind)
    case .avoidSplitAssignments(let role, let groups):
      return groups.map { group in
        max(0, Set(group.flatMap { assigned($0, role).compactMap(\.resource) }).count - 1)
      }
    case .spreadEvents(let groups, let times):
      return groups.map { group in
        times.reduce(0) { sum, bounded in
          let count = group.reduce(0) { count, event in
            count + ofEvent[event].count { $0.time.map { bounded.times.contains($0) } ?? false }
          }
          return sum + max(0, bounded.minimum - count, count - bounded.maximum)
        }
      }
    case .linkEvents(let groups):
      return groups.map { group in
        let running = group.map { runningTimes($0) }
        return running.reduce(Set()) { $0.union($1) }.count { time in
          !running.allSatisfy { $0.contains(time) }
        }
      }
    case .orderEvents(let pairs): return pairs.map { order($0) }
    case .avoidClashes(let resources):
      return resources.map { load[$0].reduce(0) { $0 + max(0, $1 - 1) } }
    case .avoidUnavailableTimes(let resources, let times):
      return resources.map { resource in times.count { load[resource][$0] > 0 } }
    case .limitIdleTimes(let resources, let groups, let amount):
      return resources.map { resource in
        Rule.deviation(groups.reduce(0) { $0 + idle(resource, $1) }, amount)
      }
    case .clusterBusyTimes(let resources, let groups, let amount):
      return resources.map { resource in
        Rule.deviation(groups.count { $0.contains { load[resource][$0] > 0 } }, amount)
      }
    case .limitBusyTimes(let resources, let groups, let amount):
      return resources.map { resource in
        groups.reduce(0) { sum, group in
          let busy = group.count { load[resource][$0] > 0 }
          return sum + (busy == 0 ? 0 : Rule.deviation(busy, amount))
        }
      }
    case .limitWorkload(let resources, let amount):
      return resources.map { resource in
        let most = work[resource] - Double(amount.upperBound)
        let least = Double(amount.lowerBound) - work[resource]
        return Int((max(0, most, least) - 1e-6).rounded(.up))
      }
    }
  }

  private func eventDeviations(_ kind: TimetableConstraint.Kind) -> [Int] {
    switch kind {
    case .assignResource(let role, let events):
      return events.flatMap { event in
        slots(event, role).map { slot in
          ofEvent[event].reduce(0) { $0 + ($1.resources[slot] == nil ? $1.duration : 0) }
        }
      }
    case .preferResources(let role, let events, let resources):
      let preferred = Set(resources)
      return events.map { event in
        assigned(event, role).reduce(0) { sum, one in
          sum + (one.resource.map { preferred.contains($0) } ?? true ? 0 : one.duration)
        }
      }
    case .assignTime(let events):
      return events.map { ofEvent[$0].reduce(0) { $0 + ($1.time == nil ? $1.duration : 0) } }
    case .preferTimes(let events, let times, let duration):
      let preferred = Set(times)
      return events.map { event in
        ofEvent[event].reduce(0) { sum, one in
          guard let time = one.time, duration ?? one.duration == one.duration else { return sum }
          return sum + (preferred.contains(time) ? 0 : one.duration)
        }
      }
    case .splitEvents(let events, let durations, let amount):
      return events.map { event in
        ofEvent[event].count { !durations.contains($0.duration) }
          + TimetableConstraint.deviation(ofEvent[event].count, amount)
      }
    case .distributeSplitEvents(let events, let duration, let amount):
      return events.map { event in
        TimetableConstraint.deviation(ofEvent[event].count { $0.duration == duration }, amount)
      }
    default: return []
    }
  }

  private func slots(_ event: Int, _ role: String) -> [Int] {
    let demands = problem.events[event].demands
    return demands.indices.filter { demands[$0].role == role }
  }

  private func assigned(_ event: Int, _ role: String) -> [(resource: Int?, duration: Int)] {
    let slots = slots(event, role)
    return ofEvent[event].flatMap { one in
      slots.map { (resource: one.resources[$0], duration: one.duration) }
    }
  }

  private func runningTimes(_ event: Int) -> Set<Int> {
    Set(
      ofEvent[event].flatMap { one -> [Int] in
        one.time.map { Array($0..<min($0 + one.duration, problem.times.count)) } ?? []
      })
  }

  private func order(_ pair: TimetableConstraint.EventPair) -> Int {
    let first = ofEvent[pair.first]
    let second = ofEvent[pair.second]
    let ends = first.compactMap { one in one.time.map { $0 + one.duration } }
    let starts = second.compactMap(\.time)
    guard ends.count == first.count, starts.count == second.count, let end = ends.max(),
      let start = starts.min()
    else { return 0 }
    return max(0, pair.minimum - (start - end), (start - end) - pair.maximum)
  }

  private func idle(_ resource: Int, _ group: [Int]) -> Int {
    let busy = group.indices.filter { load[resource][group[$0]] > 0 }
    guard let first = busy.first, let last = busy.last else { return 0 }
    return last - first + 1 - busy.count
  }
}
