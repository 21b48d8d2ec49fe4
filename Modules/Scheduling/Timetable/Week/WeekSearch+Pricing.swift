// What a resource, an event or a group of events costs as it stands.
extension WeekSearch {
  func price(_ unit: Int) -> TimetableCost {
    if unit < problem.resources.count { return priceResource(unit) }
    let event = unit - problem.resources.count
    if event < problem.events.count { return priceEvent(event) }
    return priceGroup(event - problem.events.count)
  }

  private func priceResource(_ resource: Int) -> TimetableCost {
    var cost = TimetableCost(hard: 0, soft: 0)
    for rule in rules.ofResource[resource] {
      let deviation: Int
      switch rule.kind {
      case .clash: deviation = clash[resource]
      case .unavailable: deviation = common(resource, rule.masks.lowerBound)
      case .idle:
        var idle = 0
        for mask in rule.masks { idle += self.idle(resource, mask) }
        deviation = outside(idle, rule.low, rule.high)
      case .cluster:
        var count = 0
        for mask in rule.masks where common(resource, mask) > 0 { count += 1 }
        deviation = outside(count, rule.low, rule.high)
      case .busy:
        var sum = 0
        for mask in rule.masks {
          let count = common(resource, mask)
          if count > 0 { sum += outside(count, rule.low, rule.high) }
        }
        deviation = sum
      case .workload:
        let over = outside(
          work[resource], rule.low * Self.workUnit, rule.high * Self.workUnit)
        // Shares that do not divide are cut down; that is far below a hundredth.
        deviation = (over + Self.workUnit - 1 - Self.workUnit / 1_000) / Self.workUnit
      }
      rule.price.add(deviation, to: &cost)
    }
    return cost
  }

  @inline(__always)
  private func outside(_ number: Int, _ low: Int, _ high: Int) -> Int {
    number < low ? low - number : number > high ? number - high : 0
  }

  /// At how many times of a set a resource is busy.
  @inline(__always)
  private func common(_ resource: Int, _ mask: Int) -> Int {
    var count = 0
    for word in 0..<words {
      count += (busy[resource * words + word] & rules.masks[mask * words + word]).nonzeroBitCount
    }
    return count
  }

  /// At how many times of a set a resource is idle between busy ones.
  private func idle(_ resource: Int, _ mask: Int) -> Int {
    if words == 1 {
      let group = rules.masks[mask]
      let inside = busy[resource] & group
      guard inside != 0 else { return 0 }
      let upTo = ~UInt64(0) >> UInt64(inside.leadingZeroBitCount)
      let from = ~UInt64(0) << UInt64(inside.trailingZeroBitCount)
      return (group & upTo & from).nonzeroBitCount - inside.nonzeroBitCount
    }
    var idle = 0
    var waiting = 0
    var started = false
    for time in 0..<timeCount {
      let bit = UInt64(1) << UInt64(time % 64)
      guard rules.masks[mask * words + time / 64] & bit != 0 else { continue }
      if busy[resource * words + time / 64] & bit != 0 {
        idle += waiting
        waiting = 0
        started = true
      } else if started {
        waiting += 1
      }
    }
    return idle
  }

  private func priceEvent(_ event: Int) -> TimetableCost {
    var cost = TimetableCost(hard: 0, soft: 0)
    for rule in rules.ofEvent[event] {
      var deviation = 0
      var count = 0
      for meeting in meetings[event] where duration[meeting] > 0 {
        let lasts = duration[meeting]
        switch rule.kind {
        case .assignTime: if time[meeting] < 0 { deviation += lasts }
        case .assignResource:
          for slot in rule.slots where taken[slotStart[meeting] + slot] < 0 { deviation += lasts }
        case .split:
          count += 1
          if lasts < rule.shortest || lasts > rule.longest { deviation += 1 }
        case .distribute: if lasts == rule.shortest { count += 1 }
        case .preferTimes:
          if time[meeting] >= 0, rule.shortest == 0 || rule.shortest == lasts,
            !rule.isPreferred[time[meeting]]
          {
            deviation += lasts
          }
        case .preferResources:
          for slot in rule.slots {
            let resource = taken[slotStart[meeting] + slot]
            if resource >= 0, !rule.isPreferred[resource] { deviation += lasts }
          }
        }
      }
      if rule.kind == .split || rule.kind == .distribute {
        deviation += outside(count, rule.low, rule.high)
      }
      rule.price.add(deviation, to: &cost)
    }
    return cost
  }

  private func priceGroup(_ number: Int) -> TimetableCost {
    var cost = TimetableCost(hard: 0, soft: 0)
    let rule = rules.groups[number]
    let deviation: Int
    switch rule.kind {
    case .spread: deviation = spread(rule)
    case .link: deviation = link(rule)
    case .avoidSplit:
      var resources: [Int] = []
      for event in rule.events {
        for (slot, demand) in problem.events[event].demands.enumerated()
        where demand.role == rule.role {
          for meeting in meetings[event] where duration[meeting] > 0 {
            let resource = taken[slotStart[meeting] + slot]
            if resource >= 0, !resources.contains(resource) { resources.append(resource) }
          }
        }
      }
      deviation = max(0, resources.count - 1)
    case .order: deviation = order(rule)
    }
    rule.price.add(deviation, to: &cost)
    return cost
  }

  private func spread(_ rule: WeekRules.ForGroup) -> Int {
    var deviation = 0
    for bounded in rule.bounded {
      var count = 0
      for event in rule.events {
        for meeting in meetings[event] where duration[meeting] > 0 && time[meeting] >= 0 {
          if bounded.isInside[time[meeting]] { count += 1 }
        }
      }
      deviation += outside(count, bounded.low, bounded.high)
    }
    return deviation
  }

  private func link(_ rule: WeekRules.ForGroup) -> Int {
    var deviation = 0
    for word in 0..<words {
      var any: UInt64 = 0
      var all = ~UInt64(0)
      for event in rule.events {
        var running: UInt64 = 0
        for meeting in meetings[event] where duration[meeting] > 0 && time[meeting] >= 0 {
          let end = min(time[meeting] + duration[meeting], timeCount)
          for time in time[meeting]..<end where time / 64 == word {
            running |= 1 << UInt64(time % 64)
          }
        }
        any |= running
        all &= running
      }
      deviation += (any & ~all).nonzeroBitCount
    }
    return deviation
  }

  private func order(_ rule: WeekRules.ForGroup) -> Int {
    var end = -1
    for meeting in meetings[rule.events[0]] where duration[meeting] > 0 {
      guard time[meeting] >= 0 else { return 0 }
      end = max(end, time[meeting] + duration[meeting])
    }
    var start = Int.max
    for meeting in meetings[rule.events[1]] where duration[meeting] > 0 {
      guard time[meeting] >= 0 else { return 0 }
      start = min(start, time[meeting])
    }
    // An event without meetings is before and after nothing.
    guard end >= 0, start < .max else { return 0 }
    return outside(start - end, rule.low, rule.high)
  }
}
