/// The rules of a problem sorted by what they look at, so that a change asks only those it touches.
struct WeekRules {
  /// How a deviation becomes a cost.
  struct Price {
    let weight: Int
    let function: TimetableConstraint.CostFunction
    let isHard: Bool

    @inline(__always)
    func add(_ deviation: Int, to cost: inout TimetableCost) {
      guard deviation > 0 else { return }
      let value = weight * function(deviation)
      if isHard { cost.hard += value } else { cost.soft += value }
    }
  }

  enum ResourceKind { case clash, unavailable, idle, cluster, busy, workload }

  /// A rule for one resource.
  struct ForResource {
    let kind: ResourceKind
    let price: Price
    let low: Int
    let high: Int
    /// Where its sets of times are among the masks, and how many there are.
    let masks: Range<Int>
  }

  enum EventKind {
    case assignTime, assignResource, split, distribute, preferTimes, preferResources
  }

  /// A rule for one event.
  struct ForEvent {
    let kind: EventKind
    let price: Price
    /// The bounds of the number of meetings.
    var low = 0
    var high = 0
    /// The bounds of durations, or the duration that is meant; 0 for any.
    var shortest = 0
    var longest = 0
    var slots: [Int] = []
    /// Which times or resources are preferred.
    var isPreferred: [Bool] = []
  }

  enum GroupKind { case spread, link, avoidSplit, order }

  /// A rule for some events together.
  struct ForGroup {
    let kind: GroupKind
    let price: Price
    let events: [Int]
    var role = ""
    var bounded: [(isInside: [Bool], low: Int, high: Int)] = []
    var low = 0
    var high = 0
  }

  private(set) var ofResource: [[ForResource]]
  private(set) var ofEvent: [[ForEvent]]
  private(set) var groups: [ForGroup] = []
  /// The groups of each event.
  private(set) var groupsOfEvent: [[Int]]
  /// Sets of times, `words` words each.
  private(set) var masks: [UInt64] = []
  let words: Int
  private let timeCount: Int

  init(_ problem: TimetableProblem) {
    timeCount = problem.times.count
    words = max(1, (problem.times.count + 63) / 64)
    ofResource = Array(repeating: [], count: problem.resources.count)
    ofEvent = Array(repeating: [], count: problem.events.count)
    groupsOfEvent = Array(repeating: [], count: problem.events.count)
    for rule in problem.constraints where rule.weight > 0 {
      let price = Price(
        weight: rule.weight, function: rule.costFunction, isHard: rule.isRequired)
      if !addResourceRule(rule.kind, price) && !addEventRule(rule.kind, price, problem) {
        addGroupRule(rule.kind, price)
      }
    }
    for (number, group) in groups.enumerated() {
      for event in Set(group.events).sorted() { groupsOfEvent[event].append(number) }
    }
  }

  private mutating func addMasks(_ groups: [[Int]]) -> Range<Int> {
    let start = masks.count / words
    for group in groups {
      var mask = Array(repeating: UInt64(0), count: words)
      for time in group { mask[time / 64] |= 1 << UInt64(time % 64) }
      masks += mask
    }
    return start..<(start + groups.count)
  }

  private mutating func addResourceRule(
    _ kind: TimetableConstraint.Kind, _ price: Price
  ) -> Bool {
    let found: (kind: ResourceKind, resources: [Int], groups: [[Int]], amount: ClosedRange<Int>)
    switch kind {
    case .avoidClashes(let resources): found = (.clash, resources, [], 0...0)
    case .avoidUnavailableTimes(let resources, let times):
      found = (.unavailable, resources, [times], 0...0)
    case .limitIdleTimes(let resources, let groups, let amount):
      found = (.idle, resources, groups, amount)
    case .clusterBusyTimes(let resources, let groups, let amount):
      found = (.cluster, resources, groups, amount)
    case .limitBusyTimes(let resources, let groups, let amount):
      found = (.busy, resources, groups, amount)
    case .limitWorkload(let resources, let amount): found = (.workload, resources, [], amount)
    default: return false
    }
    let masks = addMasks(found.groups)
    for resource in found.resources {
      ofResource[resource].append(
        ForResource(
          kind: found.kind, price: price, low: found.amount.lowerBound,
          high: found.amount.upperBound, masks: masks))
    }
    return true
  }

  private mutating func addEventRule(
    _ kind: TimetableConstraint.Kind, _ price: Price, _ problem: TimetableProblem
  ) -> Bool {
    func slots(_ event: Int, _ role: String) -> [Int] {
      problem.events[event].demands.indices.filter {
        problem.events[event].demands[$0].role == role
      }
    }
    func marks(_ numbers: [Int], _ count: Int) -> [Bool] {
      var marks = Array(repeating: false, count: count)
      for number in numbers { marks[number] = true }
      return marks
    }
    switch kind {
    case .assignTime(let events):
      for event in events { ofEvent[event].append(ForEvent(kind: .assignTime, price: price)) }
    case .assignResource(let role, let events):
      for event in events {
        for slot in slots(event, role) {
          ofEvent[event].append(ForEvent(kind: .assignResource, price: price, slots: [slot]))
        }
      }
    case .splitEvents(let events, let durations, let amount):
      for event in events {
        ofEvent[event].append(
          ForEvent(
            kind: .split, price: price, low: amount.lowerBound, high: amount.upperBound,
            shortest: durations.lowerBound, longest: durations.upperBound))
      }
    case .distributeSplitEvents(let events, let duration, let amount):
      for event in events {
        ofEvent[event].append(
          ForEvent(
            kind: .distribute, price: price, low: amount.lowerBound, high: amount.upperBound,
            shortest: duration, longest: duration))
      }
    case .preferTimes(let events, let times, let duration):
      let preferred = marks(times, problem.times.count)
      for event in events {
        ofEvent[event].append(
          ForEvent(
            kind: .preferTimes, price: price, shortest: duration ?? 0, longest: duration ?? 0,
            isPreferred: preferred))
      }
    case .preferResources(let role, let events, let resources):
      let preferred = marks(resources, problem.resources.count)
      for event in events {
        ofEvent[event].append(
          ForEvent(
            kind: .preferResources, price: price, slots: slots(event, role),
            isPreferred: preferred))
      }
    default: return false
    }
    return true
  }

  private mutating func addGroupRule(_ kind: TimetableConstraint.Kind, _ price: Price) {
    switch kind {
    case .spreadEvents(let sets, let times):
      let bounded = times.map { one in
        var inside = Array(repeating: false, count: timeCount)
        for time in one.times { inside[time] = true }
        return (isInside: inside, low: one.minimum, high: one.maximum)
      }
      for set in sets {
        groups.append(ForGroup(kind: .spread, price: price, events: set, bounded: bounded))
      }
    case .linkEvents(let sets):
      for set in sets { groups.append(ForGroup(kind: .link, price: price, events: set)) }
    case .avoidSplitAssignments(let role, let sets):
      for set in sets {
        groups.append(ForGroup(kind: .avoidSplit, price: price, events: set, role: role))
      }
    case .orderEvents(let pairs):
      for pair in pairs {
        groups.append(
          ForGroup(
            kind: .order, price: price, events: [pair.first, pair.second], low: pair.minimum,
            high: pair.maximum))
      }
    default: break
    }
  }
}
