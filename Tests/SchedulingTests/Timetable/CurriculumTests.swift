import Domain
import Scheduling
import Testing

@Suite("Curriculum timetables")
struct CurriculumTests {
  static let text = """
    Name: Toy
    Courses: 4
    Rooms: 3
    Days: 5
    Periods_per_day: 4
    Curricula: 2
    Constraints: 8

    COURSES:
    SceCosC Ocra 3 3 30
    ArcTec Indaco 3 2 42
    TecCos Rosa 5 4 40
    Geotec Scarlatti 5 4 18

    ROOMS:
    rA 32
    rB 50
    rC 40

    CURRICULA:
    Cur1 3 SceCosC ArcTec TecCos
    Cur2 2 TecCos Geotec

    UNAVAILABILITY_CONSTRAINTS:
    TecCos 2 0
    TecCos 2 1
    TecCos 3 2
    TecCos 3 3
    ArcTec 4 0
    ArcTec 4 1
    ArcTec 4 2
    ArcTec 4 3

    END.

    """

  /// The hard rules, told once more from the definition of the competition, meeting by meeting.
  static func brokenRules(_ problem: CurriculumProblem, _ timetable: CurriculumTimetable) -> Int {
    var broken = 0
    for (number, course) in problem.courses.enumerated()
    where timetable.meetings.filter({ $0.course == number }).count != course.lectures {
      broken += 1
    }
    for (index, one) in timetable.meetings.enumerated() {
      for closed in problem.unavailabilities
      where closed.course == one.course && closed.day == one.day && closed.period == one.period {
        broken += 1
      }
      for other in timetable.meetings[..<index]
      where other.day == one.day && other.period == one.period {
        let teachers = [one, other].map { problem.courses[$0.course].teacher }
        let shares = problem.curricula.contains {
          $0.courses.contains(one.course) && $0.courses.contains(other.course)
        }
        if one.room == other.room || one.course == other.course || shares
          || teachers[0] == teachers[1]
        {
          broken += 1
        }
      }
    }
    return broken
  }

  @Test("what is written is read as the same problem")
  func roundTrip() throws {
    let problem = try CurriculumProblem(parsing: Self.text)
    #expect(problem.lectures == 16)
    #expect(problem.text == Self.text)
    #expect(try CurriculumProblem(parsing: problem.text) == problem)
  }

  @Test("the toy problem of the competition has a timetable without cost", arguments: 1...5)
  func toy(seed: Int) throws {
    let problem = try CurriculumProblem(parsing: Self.text)
    let effort = TimetableEffort(mostSteps: 400_000, seed: UInt64(seed))
    let (timetable, cost) = try CurriculumSolver.solve(problem, effort: effort)
    #expect(Self.brokenRules(problem, timetable) == 0)
    #expect(cost.total == TimetableCost(hard: 0, soft: 0), "\(cost)")
    let again = try CurriculumSolver.solve(problem, effort: effort)
    #expect(again.timetable == timetable)
    let text = timetable.text(of: problem)
    #expect(try CurriculumTimetable(parsing: text, of: problem) == timetable)
  }

  @Test("every rule has its price")
  func prices() throws {
    let problem = try CurriculumProblem(parsing: Self.text)
    var (timetable, _) = try CurriculumSolver.solve(
      problem, effort: TimetableEffort(mostSteps: 400_000, seed: 1))
    // All lectures at once, in one room: 120 pairs; each rule worked out by hand.
    for index in timetable.meetings.indices {
      timetable.meetings[index].day = 4
      timetable.meetings[index].period = 0
      timetable.meetings[index].room = 0
    }
    let cost = problem.cost(of: timetable)
    // Pairs of one course: 3 + 3 + 10 + 10. Cur1: 3*3 + 3*5 + 3*5. Cur2: 5*5.
    #expect(cost.lectures == 26)
    #expect(cost.conflicts == 9 + 15 + 15 + 25)
    #expect(cost.availability == 3)
    #expect(cost.roomOccupancy == 15)
    // Room rA seats 32: ArcTec has 10 too many three times, TecCos 8 five times.
    #expect(cost.roomCapacity == 30 + 40)
    // 1 day of 3, 2, 4 and 4.
    #expect(cost.minimumDays == 5 * (2 + 1 + 3 + 3))
    #expect(cost.compactness == 2 * (11 + 10))
    #expect(cost.roomStability == 0)
  }

  @Test(
    "bad input is told with its line",
    arguments: [
      ("Cur2 2 TecCos Geotec", "Cur2 2 TecCos Nobody", "unknown_identifier", 22),
      ("SceCosC Ocra 3 3 30", "SceCosC Ocra 0 3 30", "zero_length", 10),
      ("SceCosC Ocra 3 3 30", "SceCosC Ocra x 3 30", "malformed", 10),
      ("rB 50", "rA 50", "duplicate_identifier", 17),
      ("TecCos 2 0", "TecCos 7 0", "wrong_value", 25),
      ("Rooms: 3", "Rooms: 4", "malformed", 20),
      ("END.", "", "malformed", 32),
    ])
  func badInput(found: String, bad: String, code: String, line: Int) throws {
    let text = Self.text.replacing(found, with: bad)
    #expect {
      try CurriculumProblem(parsing: text)
    } throws: { error in
      guard let error = error as? SchedulingError else { return false }
      return error.code.description == code && error.place?.line == line
    }
  }

  @Test(
    "demand that cannot be met is named",
    arguments: [
      ("SceCosC Ocra 3 3 30", "SceCosC Ocra 60 3 30", "lectures"),
      ("SceCosC Ocra 3 3 30", "SceCosC Ocra 21 3 30", "\"SceCosC\""),
      ("SceCosC Ocra 3 3 30", "SceCosC Ocra 15 3 30", "\"Cur1\""),
    ])
  func demand(found: String, bad: String, name: String) throws {
    let problem = try CurriculumProblem(parsing: Self.text.replacing(found, with: bad))
    #expect {
      try CurriculumSolver.solve(problem, effort: TimetableEffort(mostSteps: 1))
    } throws: { error in "\(error)".contains(name) }
  }

  @Test("a search that is stopped by its time answers with what it has")
  func stopped() throws {
    let problem = try CurriculumProblem(parsing: Self.text)
    let (timetable, _) = try CurriculumSolver.solve(
      problem, effort: TimetableEffort { _ in 1 })
    #expect(timetable.meetings.count == 16)
  }
}
