/// What a timetable of a curriculum problem costs, rule by rule, in the competition's weights.
public struct CurriculumCost: Hashable, Sendable {
  /// Lectures that are missing or too many, and lectures of a course beyond one in a period.
  public var lectures = 0
  /// Pairs of lectures of conflicting courses in one period, each pair once.
  public var conflicts = 0
  /// Lectures in a period in which their course cannot be taught.
  public var availability = 0
  /// Lectures in a room beyond one in a period.
  public var roomOccupancy = 0
  /// Students above the capacity of their rooms, 1 each.
  public var roomCapacity = 0
  /// Days below the minimum of a course, 5 each.
  public var minimumDays = 0
  /// Lectures of a curriculum without another one beside them, 2 each.
  public var compactness = 0
  /// Rooms of a course beyond the first, 1 each.
  public var roomStability = 0

  /// The sums.
  public var total: TimetableCost {
    TimetableCost(
      hard: lectures + conflicts + availability + roomOccupancy,
      soft: roomCapacity + minimumDays + compactness + roomStability)
  }
}

extension CurriculumProblem {
  /// Works out what a timetable costs, from nothing.
  ///
  /// - Complexity: O(*n*²) in the lectures of a period.
  public func cost(of timetable: CurriculumTimetable) -> CurriculumCost {
    var cost = CurriculumCost()
    var byCourse = Array(repeating: [CurriculumTimetable.Meeting](), count: courses.count)
    var byPeriod = Array(repeating: [CurriculumTimetable.Meeting](), count: periods)
    for one in timetable.meetings {
      byCourse[one.course].append(one)
      byPeriod[one.day * periodsPerDay + one.period].append(one)
    }
    let closed = Set(unavailabilities)
    for (number, course) in courses.enumerated() {
      let meetings = byCourse[number]
      cost.lectures += abs(meetings.count - course.lectures)
      cost.availability += meetings.count {
        closed.contains(Unavailability(course: number, day: $0.day, period: $0.period))
      }
      cost.minimumDays += 5 * max(0, course.minimumDays - Set(meetings.map(\.day)).count)
      cost.roomStability += max(0, Set(meetings.map(\.room)).count - 1)
      cost.roomCapacity += meetings.reduce(0) {
        $0 + max(0, course.students - rooms[$1.room].capacity)
      }
    }
    let inConflict = conflictMatrix
    for meetings in byPeriod {
      cost.roomOccupancy += meetings.count - Set(meetings.map(\.room)).count
      for (index, one) in meetings.enumerated() {
        for other in meetings[(index + 1)...] {
          if one.course == other.course {
            cost.lectures += 1
          } else if inConflict[one.course * courses.count + other.course] {
            cost.conflicts += 1
          }
        }
      }
    }
    cost.compactness = compactness(byCourse)
    return cost
  }

  private func compactness(_ byCourse: [[CurriculumTimetable.Meeting]]) -> Int {
    var cost = 0
    for curriculum in curricula {
      var counts = Array(repeating: 0, count: periods)
      for course in curriculum.courses {
        for one in byCourse[course] { counts[one.day * periodsPerDay + one.period] += 1 }
      }
      for period in 0..<periods where counts[period] > 0 {
        let place = period % periodsPerDay
        let before = place > 0 && counts[period - 1] > 0
        let after = place + 1 < periodsPerDay && counts[period + 1] > 0
        if !before && !after { cost += 2 * counts[period] }
      }
    }
    return cost
  }

  /// Whether two courses may not meet in one period; a row for each course.
  var conflictMatrix: [Bool] {
    let count = courses.count
    var matrix = Array(repeating: false, count: count * count)
    for curriculum in curricula {
      for one in curriculum.courses {
        for other in curriculum.courses where one != other { matrix[one * count + other] = true }
      }
    }
    let teachers = Dictionary(grouping: courses.indices) { courses[$0].teacher }
    for group in teachers.values {
      for one in group {
        for other in group where one != other { matrix[one * count + other] = true }
      }
    }
    return matrix
  }
}
