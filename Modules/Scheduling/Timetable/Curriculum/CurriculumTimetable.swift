internal import Domain

/// A timetable of a curriculum problem: a day, a period and a room for every lecture.
public struct CurriculumTimetable: Hashable, Sendable {
  /// Where a lecture is.
  public struct Meeting: Hashable, Sendable {
    /// The course, from 0.
    public var course: Int
    /// The room, from 0.
    public var room: Int
    /// The day, from 0.
    public var day: Int
    /// The period of the day, from 0.
    public var period: Int

    /// Creates a meeting.
    public init(course: Int, room: Int, day: Int, period: Int) {
      self.course = course
      self.room = room
      self.day = day
      self.period = period
    }
  }

  /// The meetings.
  public var meetings: [Meeting]

  /// Creates a timetable.
  public init(meetings: [Meeting]) {
    self.meetings = meetings
  }

  /// Reads a timetable in the format of the competition: course, room, day, period on each line.
  ///
  /// - Throws: ``SchedulingError`` with the line, for unknown names and periods.
  public init(
    parsing text: String, of problem: CurriculumProblem, file: String? = nil
  ) throws(SchedulingError) {
    let courses = Dictionary(
      problem.courses.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rooms = Dictionary(
      problem.rooms.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    meetings = []
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      if words.isEmpty { continue }
      let place = Place(file: file, line: number + 1)
      guard words.count == 4 else {
        throw SchedulingError(
          .malformed,
          "A line has \(words.count) words; course, room, day and period were expected.",
          at: place)
      }
      guard let course = courses[words[0]] else {
        throw SchedulingError(.unknownIdentifier, "There is no course \"\(words[0])\".", at: place)
      }
      guard let room = rooms[words[1]] else {
        throw SchedulingError(.unknownIdentifier, "There is no room \"\(words[1])\".", at: place)
      }
      guard let day = Int(words[2]), let period = Int(words[3]), (0..<problem.days).contains(day),
        (0..<problem.periodsPerDay).contains(period)
      else {
        throw SchedulingError(
          .wrongValue,
          "Day \(words[2]) and period \(words[3]) are not in the week; days are from 0 to "
            + "\(problem.days - 1), periods from 0 to \(problem.periodsPerDay - 1).", at: place)
      }
      meetings.append(Meeting(course: course, room: room, day: day, period: period))
    }
  }

  /// The timetable in the format of the competition.
  public func text(of problem: CurriculumProblem) -> String {
    var text = ""
    for one in meetings {
      text += "\(problem.courses[one.course].id) \(problem.rooms[one.room].id) "
      text += "\(one.day) \(one.period)\n"
    }
    return text
  }
}
