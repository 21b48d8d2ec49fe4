internal import Domain

// The format of the competition: a head of named numbers, then four sections of lines.
extension CurriculumProblem {
  /// Reads a problem in the format `.ctt` of the competition.
  ///
  /// - Parameters:
  ///   - text: The whole file.
  ///   - file: Its name, for errors.
  /// - Throws: ``SchedulingError`` with the line, when the text is not in the format, names what is
  ///   not there, or has fewer or more entries than its head says.
  /// - Complexity: O(*n*).
  public init(parsing text: String, file: String? = nil) throws(SchedulingError) {
    var reader = CurriculumTextReader(text, file)
    self = try reader.problem()
  }

  /// Whether a text looks like a problem in this format.
  public static func recognizes(_ text: String) -> Bool {
    text.utf8.starts(with: "Name:".utf8) && text.contains("Periods_per_day:")
  }

  /// The problem in the format `.ctt`; reading it gives the same problem again.
  public var text: String {
    var text = """
      Name: \(name)
      Courses: \(courses.count)
      Rooms: \(rooms.count)
      Days: \(days)
      Periods_per_day: \(periodsPerDay)
      Curricula: \(curricula.count)
      Constraints: \(unavailabilities.count)

      COURSES:

      """
    for course in courses {
      text += "\(course.id) \(course.teacher) \(course.lectures) \(course.minimumDays) "
      text += "\(course.students)\n"
    }
    text += "\nROOMS:\n"
    for room in rooms { text += "\(room.id) \(room.capacity)\n" }
    text += "\nCURRICULA:\n"
    for one in curricula {
      text += "\(one.id) \(one.courses.count)"
      for course in one.courses { text += " \(courses[course].id)" }
      text += "\n"
    }
    text += "\nUNAVAILABILITY_CONSTRAINTS:\n"
    for one in unavailabilities { text += "\(courses[one.course].id) \(one.day) \(one.period)\n" }
    return text + "\nEND.\n"
  }
}

struct CurriculumTextReader {
  private var lines: [(number: Int, words: [Substring])] = []
  private var next = 0
  private let file: String?
  private var counts: [String: Int] = [:]
  private var name = ""

  private static let head = [
    "Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints",
  ]

  init(_ text: String, _ file: String?) {
    self.file = file
    for (number, line) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { lines.append((number + 1, words)) }
    }
  }

  private func fault(_ code: SchedulingError.Code, _ message: String, line: Int?) -> SchedulingError
  {
    SchedulingError(code, message, at: Place(file: file, line: line))
  }

  private mutating func line(_ what: String) throws(SchedulingError) -> (
    number: Int, words: [Substring]
  ) {
    guard next < lines.count else {
      throw fault(
        .malformed, "The file ends where \(what) was expected; it is cut short.",
        line: lines.last?.number)
    }
    defer { next += 1 }
    return lines[next]
  }

  private func number(
    _ word: Substring, _ what: String, _ range: ClosedRange<Int>, _ line: Int
  ) throws(SchedulingError) -> Int {
    guard let number = Int(word) else {
      throw fault(.malformed, "\(what) is \"\(word)\"; a whole number was expected.", line: line)
    }
    guard range.contains(number) else {
      throw fault(
        number == 0 ? .zeroLength : .wrongValue,
        "\(what) is \(number); it must be from \(range.lowerBound) to \(range.upperBound).",
        line: line)
    }
    return number
  }

  private mutating func readHead() throws(SchedulingError) {
    let first = try line("Name:")
    guard first.words[0] == "Name:" else {
      throw fault(
        .malformed, "\"\(first.words[0])\" stands where Name: was expected.", line: first.number)
    }
    name = first.words.dropFirst().joined(separator: " ")
    for key in Self.head {
      let entry = try line("\(key):")
      guard entry.words[0] == "\(key):", entry.words.count == 2 else {
        throw fault(
          .malformed, "A line \"\(key): number\" was expected, not \"\(entry.words[0])\".",
          line: entry.number)
      }
      let least = key == "Constraints" || key == "Curricula" ? 0 : 1
      let most = ["Days": 366, "Periods_per_day": 60][key] ?? 100_000
      counts[key] = try number(entry.words[1], key, least...most, entry.number)
    }
  }

  private mutating func section(
    _ title: String, _ count: Int, words: Int, atLeast: Bool = false
  ) throws(SchedulingError) -> [(number: Int, words: [Substring])] {
    let start = try line(title)
    guard start.words == [title[...]] else {
      throw fault(
        .malformed,
        "\"\(start.words[0])\" stands where \(title) was expected; the head says how many lines "
          + "a section has.", line: start.number)
    }
    var entries: [(number: Int, words: [Substring])] = []
    for _ in 0..<count {
      let entry = try line("an entry of \(title)")
      guard atLeast ? entry.words.count >= words : entry.words.count == words else {
        throw fault(
          .malformed,
          "An entry of \(title) has \(entry.words.count) words; \(words) were expected.",
          line: entry.number)
      }
      entries.append(entry)
    }
    return entries
  }

  private func names(
    _ entries: [(number: Int, words: [Substring])], _ what: String
  ) throws(SchedulingError) -> [Substring: Int] {
    var names: [Substring: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard names.updateValue(index, forKey: entry.words[0]) == nil else {
        throw fault(
          .duplicateIdentifier, "\(what) \"\(entry.words[0])\" is there twice.", line: entry.number)
      }
    }
    return names
  }

  mutating func problem() throws(SchedulingError) -> CurriculumProblem {
    try readHead()
    let days = counts["Days"] ?? 0
    let perDay = counts["Periods_per_day"] ?? 0
    let courseLines = try section("COURSES:", counts["Courses"] ?? 0, words: 5)
    let courseNames = try names(courseLines, "Course")
    var courses: [CurriculumProblem.Course] = []
    for (line, words) in courseLines {
      courses.append(
        CurriculumProblem.Course(
          id: String(words[0]), teacher: String(words[1]),
          lectures: try number(words[2], "The number of lectures", 1...10_000, line),
          minimumDays: try number(words[3], "The minimum of days", 0...days, line),
          students: try number(words[4], "The number of students", 0...1_000_000, line)))
    }
    let roomLines = try section("ROOMS:", counts["Rooms"] ?? 0, words: 2)
    _ = try names(roomLines, "Room")
    var rooms: [CurriculumProblem.Room] = []
    for (line, words) in roomLines {
      rooms.append(
        CurriculumProblem.Room(
          id: String(words[0]),
          capacity: try number(words[1], "The capacity", 0...1_000_000, line)))
    }
    let curricula = try readCurricula(courseNames)
    let closed = try readUnavailabilities(courseNames, days, perDay)
    let end = try line("END.")
    guard end.words == ["END."] else {
      throw fault(
        .malformed, "\"\(end.words[0])\" stands where END. was expected.", line: end.number)
    }
    return CurriculumProblem(
      name: name, days: days, periodsPerDay: perDay, courses: courses, rooms: rooms,
      curricula: curricula, unavailabilities: closed)
  }

  private mutating func readCurricula(
    _ names: [Substring: Int]
  ) throws(SchedulingError) -> [CurriculumProblem.Curriculum] {
    var curricula: [CurriculumProblem.Curriculum] = []
    let lines = try section("CURRICULA:", counts["Curricula"] ?? 0, words: 2, atLeast: true)
    _ = try self.names(lines, "Curriculum")
    for (line, words) in lines {
      let count = try number(words[1], "The number of courses", 0...100_000, line)
      guard words.count == count + 2 else {
        throw fault(
          .malformed,
          "Curriculum \"\(words[0])\" says \(count) courses and names "
            + "\(words.count - 2).", line: line)
      }
      var courses: [Int] = []
      for word in words.dropFirst(2) {
        let course = try find(word, names, line)
        guard !courses.contains(course) else {
          throw fault(
            .duplicateIdentifier, "Curriculum \"\(words[0])\" names course \"\(word)\" twice.",
            line: line)
        }
        courses.append(course)
      }
      curricula.append(CurriculumProblem.Curriculum(id: String(words[0]), courses: courses))
    }
    return curricula
  }

  private mutating func readUnavailabilities(
    _ names: [Substring: Int], _ days: Int, _ perDay: Int
  ) throws(SchedulingError) -> [CurriculumProblem.Unavailability] {
    var closed: [CurriculumProblem.Unavailability] = []
    let count = counts["Constraints"] ?? 0
    for (line, words) in try section("UNAVAILABILITY_CONSTRAINTS:", count, words: 3) {
      closed.append(
        CurriculumProblem.Unavailability(
          course: try find(words[0], names, line),
          day: try number(words[1], "The day", 0...(days - 1), line),
          period: try number(words[2], "The period", 0...(perDay - 1), line)))
    }
    return closed
  }

  private func find(
    _ word: Substring, _ names: [Substring: Int], _ line: Int
  ) throws(SchedulingError) -> Int {
    guard let course = names[word] else {
      throw fault(.unknownIdentifier, "There is no course \"\(word)\".", line: line)
    }
    return course
  }
}
