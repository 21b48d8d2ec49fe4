/// The state of a search for a week: meetings, loads of resources, and the cost of each part.
///
/// The cost is kept in units: one for each resource, each event and each group of events. A change
/// marks the units that it touches; only those are priced again, and restored when it is taken back.
struct WeekSearch {
  /// Work is counted in parts of this size, so that shares of events stay whole.
  static let workUnit = 27_720

  let problem: TimetableProblem
  let rules: WeekRules
  let timeCount: Int
  let words: Int
  /// The meetings of each event; some may have duration 0 and are not there.
  let meetings: [Range<Int>]
  let eventOf: [Int]
  /// Where the resources of a meeting are in ``taken``.
  let slotStart: [Int]
  /// The work of a slot for each time that its meeting lasts, in parts.
  let workOfSlot: [Int]
  let fixedTime: [Bool]

  var duration: [Int]
  var time: [Int]
  var taken: [Int]
  var load: [Int]
  /// The sum of the numbers, from 1, of the meetings of a resource at a time.
  var occupant: [Int]
  var busy: [UInt64]
  var clash: [Int]
  var work: [Int]

  var costs: [TimetableCost]
  var total = TimetableCost(hard: 0, soft: 0)
  private var mark: [Int]
  private var stamp = 0
  private var touched: [Int] = []
  private var log: [Change] = []
  private var saved: [TimetableCost] = []

  /// What a part of a meeting was before a change.
  private enum Change {
    case when(meeting: Int, duration: Int, time: Int)
    case who(slot: Int, meeting: Int, resource: Int)
  }

  init(_ problem: TimetableProblem) {
    self.problem = problem
    rules = WeekRules(problem)
    timeCount = problem.times.count
    words = rules.words
    var meetings: [Range<Int>] = []
    var eventOf: [Int] = []
    var slotStart: [Int] = []
    var slots = 0
    var work: [Int] = []
    for (number, event) in problem.events.enumerated() {
      let count = event.time == nil ? min(event.duration, 12) : 1
      meetings.append(eventOf.count..<(eventOf.count + count))
      for _ in 0..<count {
        eventOf.append(number)
        slotStart.append(slots)
        slots += event.demands.count
        work += event.demands.map { $0.workload * Self.workUnit / event.duration }
      }
    }
    self.meetings = meetings
    self.eventOf = eventOf
    self.slotStart = slotStart + [slots]
    workOfSlot = work
    fixedTime = problem.events.map { $0.time != nil }
    duration = Array(repeating: 0, count: eventOf.count)
    time = Array(repeating: -1, count: eventOf.count)
    taken = Array(repeating: -1, count: slots)
    let resources = problem.resources.count
    load = Array(repeating: 0, count: resources * timeCount)
    occupant = load
    busy = Array(repeating: 0, count: resources * words)
    clash = Array(repeating: 0, count: resources)
    self.work = clash
    let units = resources + problem.events.count + rules.groups.count
    costs = Array(repeating: TimetableCost(hard: 0, soft: 0), count: units)
    mark = Array(repeating: 0, count: units)
    // Given resources are there from the beginning; meetings without duration do not load them.
    for (meeting, event) in eventOf.enumerated() {
      for (slot, demand) in problem.events[event].demands.enumerated() {
        taken[slotStart[meeting] + slot] = demand.resource ?? -1
      }
    }
    for unit in costs.indices {
      costs[unit] = price(unit)
      total = TimetableCost(
        hard: total.hard + costs[unit].hard, soft: total.soft + costs[unit].soft)
    }
  }

  // MARK: Trying

  /// Begins a change.
  @inline(__always)
  mutating func begin() {
    stamp += 1
    touched.removeAll(keepingCapacity: true)
    log.removeAll(keepingCapacity: true)
  }

  /// Prices what was touched since the change began; the total is the new one.
  mutating func settle() {
    saved.removeAll(keepingCapacity: true)
    for unit in touched {
      let old = costs[unit]
      saved.append(old)
      let new = price(unit)
      costs[unit] = new
      total.hard += new.hard - old.hard
      total.soft += new.soft - old.soft
    }
  }

  /// Takes a settled change back.
  mutating func takeBack() {
    for change in log.reversed() {
      switch change {
      case .when(let meeting, let old, let oldTime):
        place(meeting, -1)
        duration[meeting] = old
        time[meeting] = oldTime
        place(meeting, 1)
      case .who(let slot, let meeting, let resource):
        occupy(meeting, slot, -1)
        taken[slot] = resource
        occupy(meeting, slot, 1)
      }
    }
    for (unit, old) in zip(touched, saved) {
      total.hard += old.hard - costs[unit].hard
      total.soft += old.soft - costs[unit].soft
      costs[unit] = old
    }
  }

  mutating func set(_ meeting: Int, duration new: Int, time newTime: Int) {
    log.append(.when(meeting: meeting, duration: duration[meeting], time: time[meeting]))
    place(meeting, -1)
    duration[meeting] = new
    time[meeting] = newTime
    place(meeting, 1)
    touchEvent(eventOf[meeting])
  }

  mutating func set(_ meeting: Int, slot: Int, resource: Int) {
    log.append(.who(slot: slot, meeting: meeting, resource: taken[slot]))
    occupy(meeting, slot, -1)
    taken[slot] = resource
    occupy(meeting, slot, 1)
    touchEvent(eventOf[meeting])
  }

  @inline(__always)
  private mutating func touch(_ unit: Int) {
    guard mark[unit] != stamp else { return }
    mark[unit] = stamp
    touched.append(unit)
  }

  private mutating func touchEvent(_ event: Int) {
    touch(problem.resources.count + event)
    let first = problem.resources.count + problem.events.count
    for group in rules.groupsOfEvent[event] { touch(first + group) }
  }

  private mutating func place(_ meeting: Int, _ sign: Int) {
    for slot in slotStart[meeting]..<slotStart[meeting + 1] { occupy(meeting, slot, sign) }
  }

  private mutating func occupy(_ meeting: Int, _ slot: Int, _ sign: Int) {
    let resource = taken[slot]
    guard resource >= 0, duration[meeting] > 0 else { return }
    touch(resource)
    work[resource] += sign * duration[meeting] * workOfSlot[slot]
    let start = time[meeting]
    guard start >= 0 else { return }
    for time in start..<min(start + duration[meeting], timeCount) {
      let cell = resource * timeCount + time
      let old = load[cell]
      load[cell] = old + sign
      occupant[cell] += sign * (meeting + 1)
      if sign > 0 {
        if old == 0 {
          busy[resource * words + time / 64] |= 1 << UInt64(time % 64)
        } else {
          clash[resource] += 1
        }
      } else if old == 1 {
        busy[resource * words + time / 64] &= ~(1 << UInt64(time % 64))
      } else {
        clash[resource] -= 1
      }
    }
  }

  // MARK: Results

  var timetable: Timetable {
    var list: [Timetable.Meeting] = []
    for meeting in eventOf.indices where duration[meeting] > 0 {
      list.append(
        Timetable.Meeting(
          event: eventOf[meeting], duration: duration[meeting],
          time: time[meeting] < 0 ? nil : time[meeting],
          resources: taken[slotStart[meeting]..<slotStart[meeting + 1]].map { $0 < 0 ? nil : $0 }))
    }
    return Timetable(meetings: list)
  }
}
