// Drawing changes, pricing them without making them, and taking those that are good enough.
extension CurriculumSearch {
  mutating func run(_ effort: TimetableEffort) {
    let cooling = Cooling(parts: [
      (share: 0.7, from: 12, to: 0.18), (share: 0.15, from: 1.5, to: 0.15),
      (share: 0.15, from: 1.2, to: 0.15),
    ])
    keepBest()
    var steps = 0
    var part = 0
    while true {
      let used = effort.used(steps, bestCost)
      guard used < 1, bestCost > TimetableCost(hard: 0, soft: 0) else { return }
      let now = cooling.temperature(at: used)
      if now.part != part {
        part = now.part
        returnToBest()
      }
      for _ in 0..<8_192 { step(now.temperature) }
      steps += 8_192
    }
  }

  private mutating func keepBest() {
    let cost = TimetableCost(hard: conflicts, soft: soft)
    guard cost < bestCost else { return }
    bestCost = cost
    bestPlaces = placeOf
  }

  private mutating func returnToBest() {
    for lecture in placeOf.indices { remove(lecture) }
    for lecture in placeOf.indices { insert(lecture, bestPlaces[lecture]) }
  }

  @inline(__always)
  private mutating func step(_ temperature: Double) {
    let bits = random.next()
    let allowed = temperature * Cooling.allowances[Int(bits & 4_095)]
    let lecture = random.below(courseOf.count)
    let place: Int
    if (bits >> 12) & 7 == 0 {
      place = placeOf[lecture] / rooms * rooms + random.below(rooms)
    } else {
      place = random.below(lectureAt.count)
    }
    let other = lectureAt[place]
    guard let delta = price(lecture, place, other, allowed), Double(delta) <= allowed else {
      return
    }
    let old = placeOf[lecture]
    remove(lecture)
    if other >= 0 {
      remove(other)
      insert(other, old)
    }
    insert(lecture, place)
    if delta < 0 { keepBest() }
  }

  /// The change of the weighted cost, or `nil` when the change is not possible or surely too bad.
  @inline(__always)
  private func price(_ lecture: Int, _ place: Int, _ other: Int, _ allowed: Double) -> Int? {
    let one = courseOf[lecture]
    let old = placeOf[lecture]
    guard old != place else { return nil }
    let (period, room) = (old / rooms, old % rooms)
    let (newPeriod, newRoom) = (place / rooms, place % rooms)
    guard !isClosed[one * periods + newPeriod] else { return nil }
    var two = -1
    if other >= 0 {
      two = courseOf[other]
      guard two != one, !isClosed[two * periods + period] else { return nil }
    }
    var delta = 0
    if period != newPeriod {
      var hard =
        conflictCount[one * periods + newPeriod] - conflictCount[one * periods + period] + 1
      if two >= 0 {
        hard += conflictCount[two * periods + period] - conflictCount[two * periods + newPeriod] + 1
        if inConflict[one * courseCount + two] { hard -= 2 }
      }
      delta = hard * Self.conflictWeight
    }
    if room != newRoom {
      delta += roomDelta(one, room, newRoom)
      if two >= 0 { delta += roomDelta(two, newRoom, room) }
    }
    guard period != newPeriod else { return delta }
    let mostGain =
      10 + 6 * (curriculaOf[one].count + (two >= 0 ? curriculaOf[two].count : 0))
    guard Double(delta - mostGain) <= allowed else { return nil }
    let (day, newDay) = (period / perDay, newPeriod / perDay)
    if day != newDay {
      delta += dayDelta(one, day, newDay)
      if two >= 0 { delta += dayDelta(two, newDay, day) }
    }
    delta += compactnessDelta(one, two, period, newPeriod)
    if two >= 0 { delta += compactnessDelta(two, one, newPeriod, period) }
    return delta
  }

  @inline(__always)
  private func roomDelta(_ course: Int, _ room: Int, _ newRoom: Int) -> Int {
    let row = course * rooms
    var delta = overflow[row + newRoom] - overflow[row + room]
    if roomCount[row + newRoom] == 0 { delta += 1 }
    if roomCount[row + room] == 1 { delta -= 1 }
    return delta
  }

  @inline(__always)
  private func dayDelta(_ course: Int, _ day: Int, _ newDay: Int) -> Int {
    let used = daysUsed[course]
    let row = course * days
    let after =
      used + (dayCount[row + newDay] == 0 ? 1 : 0) - (dayCount[row + day] == 1 ? 1 : 0)
    let least = leastDays[course]
    return 5 * (max(0, least - after) - max(0, least - used))
  }

  /// The change for the curricula of a course that moves, unless they also hold its partner.
  @inline(__always)
  private func compactnessDelta(_ course: Int, _ partner: Int, _ from: Int, _ to: Int) -> Int {
    let (day, newDay) = (from / perDay, to / perDay)
    let bit = 1 << (from - day * perDay)
    let newBit = 1 << (to - newDay * perDay)
    var delta = 0
    for curriculum in curriculaOf[course] {
      if partner >= 0 && isMember[curriculum * courseCount + partner] { continue }
      let leaves = presence[curriculum * periods + from] == 1
      let enters = presence[curriculum * periods + to] == 0
      let old = mask[curriculum * days + day]
      if day == newDay {
        let new = (leaves ? old & ~bit : old) | newBit
        delta += cost(ofDay: new) - cost(ofDay: old)
      } else {
        if leaves { delta += cost(ofDay: old & ~bit) - cost(ofDay: old) }
        if enters {
          let there = mask[curriculum * days + newDay]
          delta += cost(ofDay: there | newBit) - cost(ofDay: there)
        }
      }
    }
    return delta
  }
}
