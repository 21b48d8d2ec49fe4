/// The state of a search: who is where, with the counts from which changes are priced.
struct CurriculumSearch {
  static let conflictWeight = 20

  let periods: Int
  let rooms: Int
  let perDay: Int
  let days: Int
  let courseCount: Int
  /// The course of each lecture.
  let courseOf: [Int]
  let isClosed: [Bool]
  let inConflict: [Bool]
  let conflicting: [[Int]]
  let curriculaOf: [[Int]]
  let isMember: [Bool]
  let overflow: [Int]
  let leastDays: [Int]
  /// The cost of the lectures that stand alone in a day, by the set of its periods.
  let alone: [Int]

  var placeOf: [Int]
  var lectureAt: [Int]
  var conflictCount: [Int]
  var dayCount: [Int]
  var daysUsed: [Int]
  var roomCount: [Int]
  var presence: [Int]
  var mask: [Int]

  var conflicts = 0
  var soft = 0
  var bestPlaces: [Int]
  var bestCost = TimetableCost(hard: .max, soft: .max)
  var random: SplitMix

  init(_ problem: CurriculumProblem, seed: UInt64) {
    random = SplitMix(seed: seed)
    periods = problem.periods
    rooms = problem.rooms.count
    perDay = problem.periodsPerDay
    days = problem.days
    let count = problem.courses.count
    courseCount = count
    courseOf = problem.courses.indices.flatMap {
      Array(repeating: $0, count: problem.courses[$0].lectures)
    }
    var closed = Array(repeating: false, count: count * periods)
    for one in problem.unavailabilities {
      closed[one.course * periods + one.day * perDay + one.period] = true
    }
    isClosed = closed
    let matrix = problem.conflictMatrix
    var withItself = matrix
    for course in 0..<count { withItself[course * count + course] = true }
    inConflict = withItself
    conflicting = (0..<count).map { one in
      (0..<count).filter { withItself[one * count + $0] }
    }
    var curricula = Array(repeating: [Int](), count: count)
    var member = Array(repeating: false, count: problem.curricula.count * count)
    for (number, curriculum) in problem.curricula.enumerated() {
      for course in curriculum.courses {
        curricula[course].append(number)
        member[number * count + course] = true
      }
    }
    curriculaOf = curricula
    isMember = member
    overflow = problem.courses.flatMap { course in
      problem.rooms.map { max(0, course.students - $0.capacity) }
    }
    leastDays = problem.courses.map(\.minimumDays)
    alone = perDay <= 12 ? Self.aloneTable(perDay) : []
    placeOf = Array(repeating: -1, count: courseOf.count)
    lectureAt = Array(repeating: -1, count: periods * rooms)
    conflictCount = Array(repeating: 0, count: count * periods)
    dayCount = Array(repeating: 0, count: count * days)
    daysUsed = Array(repeating: 0, count: count)
    roomCount = Array(repeating: 0, count: count * rooms)
    presence = Array(repeating: 0, count: problem.curricula.count * periods)
    mask = Array(repeating: 0, count: problem.curricula.count * days)
    bestPlaces = placeOf
    // Without lectures, all days are missing.
    soft = problem.courses.reduce(0) { $0 + 5 * $1.minimumDays }
  }

  private static func aloneTable(_ perDay: Int) -> [Int] {
    (0..<(1 << perDay)).map { Self.aloneCost($0) }
  }

  private static func aloneCost(_ mask: Int) -> Int {
    2 * (mask & ~(mask << 1) & ~(mask >> 1)).nonzeroBitCount
  }

  @inline(__always)
  func cost(ofDay mask: Int) -> Int { alone.isEmpty ? Self.aloneCost(mask) : alone[mask] }

  // MARK: Construction

  /// Puts every lecture somewhere: courses with the fewest choices first, where it costs least.
  mutating func construct() {
    let open = (0..<courseCount).map { course in
      (0..<periods).count { !isClosed[course * periods + $0] }
    }
    let order = courseOf.indices.sorted { one, other in
      let (a, b) = (courseOf[one], courseOf[other])
      let left = open[a] - conflicting[a].count
      let right = open[b] - conflicting[b].count
      return (left, one) < (right, other)
    }
    for lecture in order { seat(lecture, mayDisplace: true) }
  }

  private mutating func seat(_ lecture: Int, mayDisplace: Bool) {
    let course = courseOf[lecture]
    var best = Int.max
    var choice = -1
    for place in lectureAt.indices
    where lectureAt[place] < 0 && !isClosed[course * periods + place / rooms] {
      let cost =
        1_000 * conflictCount[course * periods + place / rooms]
        + overflow[course * rooms + place % rooms]
      if cost < best { (best, choice) = (cost, place) }
    }
    if choice < 0, mayDisplace { choice = displace(for: course) }
    insert(lecture, choice)
  }

  /// Frees a place in which a course can be taught, by moving another lecture to a free place.
  private mutating func displace(for course: Int) -> Int {
    for place in lectureAt.indices where !isClosed[course * periods + place / rooms] {
      let lecture = lectureAt[place]
      guard lecture >= 0 else { return place }
      let other = courseOf[lecture]
      for free in lectureAt.indices
      where lectureAt[free] < 0 && !isClosed[other * periods + free / rooms] {
        remove(lecture)
        insert(lecture, free)
        return place
      }
    }
    // Counting found room; any free place keeps the search going, and the cost says what is wrong.
    return lectureAt.firstIndex { $0 < 0 } ?? 0
  }

  // MARK: Changes

  mutating func insert(_ lecture: Int, _ place: Int) {
    let course = courseOf[lecture]
    let (period, room) = (place / rooms, place % rooms)
    let day = period / perDay
    placeOf[lecture] = place
    lectureAt[place] = lecture
    conflicts += conflictCount[course * periods + period]
    for other in conflicting[course] { conflictCount[other * periods + period] += 1 }
    soft += overflow[course * rooms + room]
    roomCount[course * rooms + room] += 1
    if roomCount[course * rooms + room] == 1 { soft += 1 }
    dayCount[course * days + day] += 1
    if dayCount[course * days + day] == 1 {
      daysUsed[course] += 1
      if daysUsed[course] <= leastDays[course] { soft -= 5 }
    }
    let bit = 1 << (period - day * perDay)
    for curriculum in curriculaOf[course] {
      presence[curriculum * periods + period] += 1
      if presence[curriculum * periods + period] == 1 {
        let old = mask[curriculum * days + day]
        mask[curriculum * days + day] = old | bit
        soft += cost(ofDay: old | bit) - cost(ofDay: old)
      }
    }
  }

  mutating func remove(_ lecture: Int) {
    let course = courseOf[lecture]
    let place = placeOf[lecture]
    let (period, room) = (place / rooms, place % rooms)
    let day = period / perDay
    placeOf[lecture] = -1
    lectureAt[place] = -1
    for other in conflicting[course] { conflictCount[other * periods + period] -= 1 }
    conflicts -= conflictCount[course * periods + period]
    soft -= overflow[course * rooms + room]
    roomCount[course * rooms + room] -= 1
    if roomCount[course * rooms + room] == 0 { soft -= 1 }
    dayCount[course * days + day] -= 1
    if dayCount[course * days + day] == 0 {
      if daysUsed[course] <= leastDays[course] { soft += 5 }
      daysUsed[course] -= 1
    }
    let bit = 1 << (period - day * perDay)
    for curriculum in curriculaOf[course] {
      presence[curriculum * periods + period] -= 1
      if presence[curriculum * periods + period] == 0 {
        let old = mask[curriculum * days + day]
        mask[curriculum * days + day] = old & ~bit
        soft += cost(ofDay: old & ~bit) - cost(ofDay: old)
      }
    }
  }

  mutating func best(of problem: CurriculumProblem) -> CurriculumTimetable {
    CurriculumTimetable(
      meetings: bestPlaces.indices.map { lecture in
        let (period, room) = (bestPlaces[lecture] / rooms, bestPlaces[lecture] % rooms)
        return CurriculumTimetable.Meeting(
          course: courseOf[lecture], room: room, day: period / perDay, period: period % perDay)
      })
  }
}
