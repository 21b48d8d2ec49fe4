/// Simulated annealing over a week.
struct WeekAnnealing {
  let problem: TimetableProblem
  let effort: TimetableEffort
  let choices: WeekChoices
  /// The events that are linked with each event.
  let linked: [[Int]]
  /// The events that should have the same resource, with the role, for each event.
  let together: [[(role: String, events: [Int])]]
  /// The meetings whose time can be chosen.
  let movable: [Int]
  /// The meetings and demands whose resource can be chosen.
  let openSlots: [(meeting: Int, slot: Int)]
  /// The events that can be split in several ways.
  let splittable: [Int]
  /// What a hard deviation counts against a soft one.
  var hardWeight: Int
  let leastWeight: Int

  var search: WeekSearch
  var random: SplitMix
  var bestCost = TimetableCost(hard: .max, soft: .max)
  var bestDuration: [Int] = []
  var bestTime: [Int] = []
  var bestTaken: [Int] = []

  init(_ problem: TimetableProblem, _ effort: TimetableEffort) {
    self.problem = problem
    self.effort = effort
    let search = WeekSearch(problem)
    self.search = search
    random = SplitMix(seed: effort.seed)
    let choices = WeekChoices(problem, search.rules)
    self.choices = choices
    var linked = Array(repeating: [Int](), count: problem.events.count)
    var together = Array(
      repeating: [(role: String, events: [Int])](), count: problem.events.count)
    for group in search.rules.groups {
      for event in group.events {
        if group.kind == .link {
          for other in group.events where other != event && !linked[event].contains(other) {
            linked[event].append(other)
          }
        } else if group.kind == .avoidSplit {
          together[event].append((role: group.role, events: group.events))
        }
      }
    }
    self.linked = linked
    self.together = together
    movable = search.eventOf.indices.filter { meeting in
      problem.events[search.eventOf[meeting]].time == nil
    }
    var open: [(meeting: Int, slot: Int)] = []
    for meeting in search.eventOf.indices {
      let event = search.eventOf[meeting]
      for slot in problem.events[event].demands.indices
      where !choices.resources[event][slot].isEmpty {
        open.append((meeting: meeting, slot: slot))
      }
    }
    openSlots = open
    splittable = problem.events.indices.filter { choices.splits[$0].count > 1 }
    let soft = problem.constraints.filter { !$0.isRequired && $0.weight > 0 }.map(\.weight)
    let hard = problem.constraints.filter { $0.isRequired && $0.weight > 0 }.map(\.weight)
    let most = soft.max() ?? 1
    leastWeight = soft.min() ?? 1
    hardWeight = max(1, (3 * most + 2) / max(1, hard.min() ?? 1))
  }

  var energy: Int { search.total.hard * hardWeight + search.total.soft }

  var best: Timetable {
    var state = search
    state.duration = bestDuration
    state.time = bestTime
    state.taken = bestTaken
    return state.timetable
  }

  // MARK: Construction

  /// Splits events and puts the meetings with most resources and fewest times where they cost
  /// least.
  mutating func construct() {
    for event in problem.events.indices { split(event, choices.splits[event][0]) }
    let order = search.eventOf.indices.filter { search.duration[$0] > 0 }.sorted { one, other in
      (urgency(one), one) < (urgency(other), other)
    }
    for meeting in order where search.time[meeting] < 0 {
      let linkedOnes = partners(of: meeting).filter { search.time[$0] < 0 }
      let times = choices.times[search.eventOf[meeting]][search.duration[meeting]]
      var least = Int.max
      var choice = times[0]
      for time in times {
        search.begin()
        for one in [meeting] + linkedOnes {
          search.set(one, duration: search.duration[one], time: time)
        }
        search.settle()
        if energy < least { (least, choice) = (energy, time) }
        search.takeBack()
      }
      search.begin()
      for one in [meeting] + linkedOnes {
        search.set(one, duration: search.duration[one], time: choice)
      }
      search.settle()
      fillSlots(of: meeting)
      for one in linkedOnes { fillSlots(of: one) }
    }
    for meeting in order { fillSlots(of: meeting) }
    keepBest()
  }

  private func urgency(_ meeting: Int) -> Int {
    let event = search.eventOf[meeting]
    let times = choices.times[event][search.duration[meeting]].count
    return times - 4 * problem.events[event].demands.count * search.duration[meeting]
  }

  private mutating func split(_ event: Int, _ parts: [Int]) {
    search.begin()
    for (index, meeting) in search.meetings[event].enumerated() {
      let lasts = index < parts.count ? parts[index] : 0
      search.set(meeting, duration: lasts, time: lasts > 0 ? problem.events[event].time ?? -1 : -1)
    }
    search.settle()
  }

  private mutating func fillSlots(of meeting: Int) {
    let event = search.eventOf[meeting]
    for slot in problem.events[event].demands.indices {
      let place = search.slotStart[meeting] + slot
      guard search.taken[place] < 0 else { continue }
      var least = energy
      var choice = -1
      for resource in choices.resources[event][slot] {
        search.begin()
        search.set(meeting, slot: place, resource: resource)
        search.settle()
        if energy < least { (least, choice) = (energy, resource) }
        search.takeBack()
      }
      guard choice >= 0 else { continue }
      search.begin()
      search.set(meeting, slot: place, resource: choice)
      search.settle()
    }
  }

  /// The meetings of linked events at the same time and of the same duration.
  func partners(of meeting: Int) -> [Int] {
    var found: [Int] = []
    for event in linked[search.eventOf[meeting]] where !search.fixedTime[event] {
      for other in search.meetings[event]
      where search.duration[other] == search.duration[meeting]
        && search.time[other] == search.time[meeting]
      {
        found.append(other)
        break
      }
    }
    return found
  }

  // MARK: Annealing

  mutating func keepBest() {
    guard search.total < bestCost else { return }
    bestCost = search.total
    bestDuration = search.duration
    bestTime = search.time
    bestTaken = search.taken
  }

  private mutating func returnToBest() {
    search.begin()
    for meeting in search.eventOf.indices {
      for slot in search.slotStart[meeting]..<search.slotStart[meeting + 1]
      where search.taken[slot] != bestTaken[slot] {
        search.set(meeting, slot: slot, resource: bestTaken[slot])
      }
      if search.time[meeting] != bestTime[meeting]
        || search.duration[meeting] != bestDuration[meeting]
      {
        search.set(meeting, duration: bestDuration[meeting], time: bestTime[meeting])
      }
    }
    search.settle()
  }

  mutating func run() {
    let hot = Double(hardWeight) * 1.5
    let cold = Double(leastWeight) * 0.14
    let warm = max(cold * 2, (hot * cold).squareRoot())
    let cooling = Cooling(parts: [
      (share: 0.5, from: hot, to: cold), (share: 0.15, from: warm, to: cold),
      (share: 0.2, from: warm * 1.5, to: cold), (share: 0.15, from: warm, to: cold),
    ])
    guard !movable.isEmpty || !openSlots.isEmpty else { return }
    var steps = 0
    var part = 0
    while true {
      let used = effort.used(steps, bestCost)
      guard used < 1, bestCost > TimetableCost(hard: 0, soft: 0) else { return }
      let now = cooling.temperature(at: used)
      if now.part != part {
        part = now.part
        // Where rules are still broken, they count more from now on.
        if bestCost.hard > 0 { hardWeight *= 2 }
        returnToBest()
      }
      for _ in 0..<512 { step(now.temperature) }
      steps += 512
    }
  }

  private mutating func step(_ temperature: Double) {
    let bits = random.next()
    let allowed = temperature * Cooling.allowances[Int(bits & 4_095)]
    let before = energy
    search.begin()
    guard change(Int((bits >> 12) & 1_023)) else {
      search.settle()
      search.takeBack()
      return
    }
    search.settle()
    let after = energy
    if Double(after - before) <= allowed {
      if after < before { keepBest() }
    } else {
      search.takeBack()
    }
  }

  /// Makes a change of a kind drawn at random; whether there was one to make.
  private mutating func change(_ kind: Int) -> Bool {
    if !openSlots.isEmpty, kind < 512 || movable.isEmpty { return changeResource(kind & 3) }
    guard !movable.isEmpty else { return false }
    if !splittable.isEmpty, kind & 31 == 0 { return changeSplit() }
    let meeting = movable[random.below(movable.count)]
    guard search.duration[meeting] > 0 else { return false }
    let times = choices.times[search.eventOf[meeting]][search.duration[meeting]]
    let time = times[random.below(times.count)]
    guard time != search.time[meeting] else { return false }
    if kind & 3 == 1 {
      for other in partners(of: meeting) {
        search.set(other, duration: search.duration[other], time: time)
      }
      search.set(meeting, duration: search.duration[meeting], time: time)
      return true
    }
    return moveChain(meeting, to: time)
  }
}
