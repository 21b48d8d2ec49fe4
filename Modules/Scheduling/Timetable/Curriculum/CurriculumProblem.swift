/// Curriculum-based course timetabling, as in track 3 of the International Timetabling Competition
/// 2007 (Di Gaspero, McCollum and Schaerf 2007).
///
/// Every lecture of a course gets a period and a room. Courses of one curriculum or of one teacher
/// never meet in the same period.
public struct CurriculumProblem: Hashable, Sendable {
  /// A course, with all its lectures.
  public struct Course: Hashable, Sendable {
    /// The name, unique among courses.
    public var id: String
    /// The teacher.
    public var teacher: String
    /// How many lectures it has.
    public var lectures: Int
    /// On how many days its lectures should be spread at least.
    public var minimumDays: Int
    /// How many students attend.
    public var students: Int

    /// Creates a course.
    public init(id: String, teacher: String, lectures: Int, minimumDays: Int, students: Int) {
      self.id = id
      self.teacher = teacher
      self.lectures = lectures
      self.minimumDays = minimumDays
      self.students = students
    }
  }

  /// A room.
  public struct Room: Hashable, Sendable {
    /// The name, unique among rooms.
    public var id: String
    /// How many students it seats.
    public var capacity: Int

    /// Creates a room.
    public init(id: String, capacity: Int) {
      self.id = id
      self.capacity = capacity
    }
  }

  /// Courses that have students in common.
  public struct Curriculum: Hashable, Sendable {
    /// The name.
    public var id: String
    /// The courses, as numbers from 0.
    public var courses: [Int]

    /// Creates a curriculum.
    public init(id: String, courses: [Int]) {
      self.id = id
      self.courses = courses
    }
  }

  /// A period in which a course cannot be taught.
  public struct Unavailability: Hashable, Sendable {
    /// The course, from 0.
    public var course: Int
    /// The day, from 0.
    public var day: Int
    /// The period of the day, from 0.
    public var period: Int

    /// Creates an unavailability.
    public init(course: Int, day: Int, period: Int) {
      self.course = course
      self.day = day
      self.period = period
    }
  }

  /// The name of the problem.
  public var name: String
  /// The number of days.
  public var days: Int
  /// The periods of each day.
  public var periodsPerDay: Int
  /// The courses.
  public var courses: [Course]
  /// The rooms.
  public var rooms: [Room]
  /// The curricula.
  public var curricula: [Curriculum]
  /// When courses cannot be taught.
  public var unavailabilities: [Unavailability]

  /// The number of periods in all.
  public var periods: Int { days * periodsPerDay }
  /// The number of lectures in all.
  public var lectures: Int { courses.reduce(0) { $0 + $1.lectures } }

  /// Creates a problem; ``checkDemand()`` says whether it can have a timetable.
  public init(
    name: String, days: Int, periodsPerDay: Int, courses: [Course], rooms: [Room],
    curricula: [Curriculum], unavailabilities: [Unavailability]
  ) {
    self.name = name
    self.days = days
    self.periodsPerDay = periodsPerDay
    self.courses = courses
    self.rooms = rooms
    self.curricula = curricula
    self.unavailabilities = unavailabilities
  }

  /// Checks that there is room and time for the lectures, as far as counting can tell.
  ///
  /// - Throws: ``SchedulingError`` that names the course, teacher or curriculum with too many
  ///   lectures, and by how many.
  /// - Complexity: O(*n*).
  public func checkDemand() throws(SchedulingError) {
    guard lectures <= periods * rooms.count else {
      throw SchedulingError(
        .capacity,
        "There are \(lectures) lectures, but \(rooms.count) rooms in \(periods) periods hold "
          + "\(periods * rooms.count); \(lectures - periods * rooms.count) are too many.")
    }
    var closed = Array(repeating: Set<Int>(), count: courses.count)
    for one in unavailabilities { closed[one.course].insert(one.day * periodsPerDay + one.period) }
    for (number, course) in courses.enumerated() {
      let open = periods - closed[number].count
      guard course.lectures <= open else {
        throw SchedulingError(
          .infeasible,
          "Course \"\(course.id)\" has \(course.lectures) lectures and only \(open) periods in "
            + "which it can be taught; allow \(course.lectures - open) more.")
      }
    }
    var groups = curricula.map { (name: "Curriculum \"\($0.id)\"", courses: Set($0.courses)) }
    let teachers = Dictionary(grouping: courses.indices) { courses[$0].teacher }
    for teacher in teachers.keys.sorted() {
      groups.append((name: "Teacher \"\(teacher)\"", courses: Set(teachers[teacher] ?? [])))
    }
    for group in groups {
      let demand = group.courses.reduce(0) { $0 + courses[$1].lectures }
      guard demand <= periods else {
        throw SchedulingError(
          .infeasible, "\(group.name) has \(demand) lectures, but the week has \(periods) periods.")
      }
    }
  }
}
