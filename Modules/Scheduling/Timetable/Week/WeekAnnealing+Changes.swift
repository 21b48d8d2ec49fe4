// The changes: chains of meetings, resources, and other splits.
extension WeekAnnealing {
  /// Moves a meeting, and what is in its way to where it was.
  mutating func moveChain(_ first: Int, to time: Int) -> Bool {
    guard search.time[first] >= 0 else {
      search.set(first, duration: search.duration[first], time: time)
      return true
    }
    var queue: [(meeting: Int, shift: Int)] = [(first, time - search.time[first])]
    var next = 0
    while next < queue.count {
      let (meeting, shift) = queue[next]
      next += 1
      let start = search.time[meeting] + shift
      let lasts = search.duration[meeting]
      guard start >= 0, start + lasts <= search.timeCount,
        !search.fixedTime[search.eventOf[meeting]]
      else { return false }
      for other in partners(of: meeting) where !queue.contains(where: { $0.meeting == other }) {
        queue.append((other, shift))
      }
      for slot in search.slotStart[meeting]..<search.slotStart[meeting + 1] {
        let resource = search.taken[slot]
        guard resource >= 0 else { continue }
        for time in start..<(start + lasts) {
          guard let other = other(than: meeting, at: resource * search.timeCount + time, time)
          else { continue }
          if !queue.contains(where: { $0.meeting == other }) { queue.append((other, -shift)) }
        }
      }
      guard queue.count <= 24 else { return false }
    }
    for (meeting, shift) in queue {
      search.set(
        meeting, duration: search.duration[meeting], time: search.time[meeting] + shift)
    }
    return true
  }

  /// The one other meeting of a resource at a time, if there is exactly one.
  private func other(than meeting: Int, at cell: Int, _ time: Int) -> Int? {
    var count = search.load[cell]
    guard count > 0 else { return nil }
    var sum = search.occupant[cell]
    let start = search.time[meeting]
    if start >= 0, time >= start, time < start + search.duration[meeting] {
      count -= 1
      sum -= meeting + 1
    }
    return count == 1 && sum > 0 && sum <= search.eventOf.count ? sum - 1 : nil
  }

  /// Gives a meeting, or all that should be together, another resource.
  mutating func changeResource(_ kind: Int) -> Bool {
    let (meeting, slot) = openSlots[random.below(openSlots.count)]
    guard search.duration[meeting] > 0 else { return false }
    let event = search.eventOf[meeting]
    let all = choices.resources[event][slot]
    let resource = all[random.below(all.count)]
    let place = search.slotStart[meeting] + slot
    guard search.taken[place] != resource else { return false }
    if kind == 0 {
      search.set(meeting, slot: place, resource: resource)
      return true
    }
    if kind == 1,
      let group = together[event].first(where: {
        $0.role == problem.events[event].demands[slot].role
      })
    {
      for other in group.events {
        for (number, demand) in problem.events[other].demands.enumerated()
        where demand.role == group.role && demand.resource == nil {
          for one in search.meetings[other] where search.duration[one] > 0 {
            give(one, number, resource)
          }
        }
      }
      return true
    }
    give(meeting, slot, resource)
    return true
  }

  /// Gives a meeting a resource; who had it at that time gets the old one.
  private mutating func give(_ meeting: Int, _ slot: Int, _ resource: Int) {
    let place = search.slotStart[meeting] + slot
    let old = search.taken[place]
    guard old != resource else { return }
    let start = search.time[meeting]
    if start >= 0 {
      for time in start..<min(start + search.duration[meeting], search.timeCount) {
        let cell = resource * search.timeCount + time
        guard search.load[cell] == 1 else { continue }
        let other = search.occupant[cell] - 1
        guard other != meeting, search.eventOf.indices.contains(other) else { continue }
        let first = search.slotStart[other]
        for number in choices.resources[search.eventOf[other]].indices
        where search.taken[first + number] == resource
          && !choices.resources[search.eventOf[other]][number].isEmpty
        {
          search.set(other, slot: first + number, resource: old)
        }
      }
    }
    search.set(meeting, slot: place, resource: resource)
  }

  /// Splits an event in another way; meetings keep their times where they can.
  mutating func changeSplit() -> Bool {
    let event = splittable[random.below(splittable.count)]
    let splits = choices.splits[event]
    let split = splits[random.below(splits.count)]
    let active = search.meetings[event].filter { search.duration[$0] > 0 }
    guard active.map({ search.duration[$0] }).sorted(by: >) != split else { return false }
    var rest = split
    var changing: [Int] = []
    for meeting in active {
      if let index = rest.firstIndex(of: search.duration[meeting]) {
        rest.remove(at: index)
      } else {
        changing.append(meeting)
      }
    }
    changing += search.meetings[event].filter { search.duration[$0] == 0 }
    for (index, meeting) in changing.enumerated() {
      let lasts = index < rest.count ? rest[index] : 0
      if lasts == 0 {
        guard search.duration[meeting] > 0 else { break }
        search.set(meeting, duration: 0, time: -1)
        continue
      }
      let times = choices.times[event][lasts]
      let old = search.time[meeting]
      let keeps = old >= 0 && times.contains(old) && random.below(4) > 0
      // New meetings take the resources of the first one.
      if search.duration[meeting] == 0, let model = active.first {
        for slot in choices.resources[event].indices where !choices.resources[event][slot].isEmpty {
          search.set(
            meeting, slot: search.slotStart[meeting] + slot,
            resource: search.taken[search.slotStart[model] + slot])
        }
      }
      search.set(meeting, duration: lasts, time: keeps ? old : times[random.below(times.count)])
    }
    return true
  }
}
