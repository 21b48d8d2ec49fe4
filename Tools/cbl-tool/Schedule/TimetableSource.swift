#if CommandLine
  import Domain
  import Scheduling
  import TimetableFiles

  /// A timetabling problem in one of the formats that are known by their content.
  enum TimetableSource {
    /// A problem of ITC-2007, track 3.
    case curriculum(CurriculumProblem)
    /// An archive of XHSTT-2014.
    case archive(XHSTTArchive)
    /// A file of FET.
    case fet(FETFile)

    /// Reads a problem.
    init(_ bytes: [UInt8], file: String) throws(SchedulingError) {
      let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
      guard first == UInt8(ascii: "<") else {
        let text = String(decoding: bytes, as: UTF8.self)
        guard CurriculumProblem.recognizes(text) else {
          throw SchedulingError(
            .malformed,
            "This is no problem that is known; an XHSTT archive, a file of FET or a .ctt of "
              + "ITC-2007 was expected.", at: Place(file: file, line: 1))
        }
        self = .curriculum(try CurriculumProblem(parsing: text, file: file))
        return
      }
      let tree = try XMLTree(parsing: bytes, file: file)
      if FETFile.recognizes(tree) {
        self = .fet(try FETFile(tree: tree, file: file))
        return
      }
      let archive = try XHSTTArchive(tree: tree, file: file)
      guard !archive.instances.isEmpty else {
        throw SchedulingError(
          .malformed, "The archive holds no instance.", at: Place(file: file, line: tree.line))
      }
      self = .archive(archive)
    }

    /// The rules that a timetable may break because they were not understood.
    var untranslated: [Problem] {
      if case .fet(let file) = self { file.untranslated } else { [] }
    }

    /// Searches for timetables of all problems.
    func solving(_ effort: TimetableEffort) throws(SchedulingError) -> TimetableAnswer {
      switch self {
      case .curriculum(let problem):
        let (timetable, cost) = try CurriculumSolver.solve(problem, effort: effort)
        return TimetableAnswer(
          rows: [(problem.name, cost.total)], parts: Self.parts(cost),
          text: timetable.text(of: problem))
      case .archive(var archive):
        var rows: [(String, TimetableCost)] = []
        let taken = Set(archive.solutions.map(\.group))
        let group = taken.contains("cbl-tool") ? "cbl-tool-\(taken.count)" : "cbl-tool"
        for (number, instance) in archive.instances.enumerated() {
          let (timetable, cost) = try TimetableSolver.solve(instance.problem, effort: effort)
          rows.append((instance.id, cost))
          archive.add(timetable, of: number, group: group, contributor: "cbl-tool")
        }
        return TimetableAnswer(rows: rows, parts: [], text: archive.document)
      case .fet(let file):
        let (timetable, cost) = try TimetableSolver.solve(file.problem, effort: effort)
        return TimetableAnswer(
          rows: [("activities", cost)], parts: Self.parts(file.problem, timetable),
          text: file.document(of: timetable))
      }
    }

    /// Prices a timetable that somebody else made.
    func checking(_ bytes: [UInt8], file: String) throws(SchedulingError) -> TimetableAnswer {
      switch self {
      case .curriculum(let problem):
        let text = String(decoding: bytes, as: UTF8.self)
        let timetable = try CurriculumTimetable(parsing: text, of: problem, file: file)
        let cost = problem.cost(of: timetable)
        return TimetableAnswer(
          rows: [(problem.name, cost.total)], parts: Self.parts(cost), text: "")
      case .archive(let archive):
        let solved = try XHSTTArchive(parsing: bytes, file: file)
        var rows: [(String, TimetableCost)] = []
        for solution in solved.solutions {
          let id = solved.instances[solution.instance].id
          guard let own = archive.instances.first(where: { $0.id == id }) else { continue }
          guard own.problem == solved.instances[solution.instance].problem else {
            throw SchedulingError(
              .wrongValue, "Instance \"\(id)\" is another one than in the problem.",
              at: Place(file: file))
          }
          rows.append(("\(id), \(solution.group)", own.problem.cost(of: solution.timetable)))
        }
        guard !rows.isEmpty else {
          throw SchedulingError(
            .malformed, "There is no solution of this problem in the archive.",
            at: Place(file: file))
        }
        return TimetableAnswer(rows: rows, parts: [], text: "")
      case .fet(let own):
        let timetable = try own.timetable(XMLTree(parsing: bytes, file: file), file: file)
        return TimetableAnswer(
          rows: [("activities", own.problem.cost(of: timetable))],
          parts: Self.parts(own.problem, timetable), text: "")
      }
    }

    private static func parts(_ cost: CurriculumCost) -> [(String, Int)] {
      [
        ("lectures", cost.lectures), ("conflicts", cost.conflicts),
        ("availability", cost.availability), ("room occupancy", cost.roomOccupancy),
        ("room capacity", cost.roomCapacity), ("minimum days", cost.minimumDays),
        ("compactness", cost.compactness), ("room stability", cost.roomStability),
      ]
    }

    /// The rules that are broken, by their names.
    private static func parts(
      _ problem: TimetableProblem, _ timetable: Timetable
    ) -> [(String, Int)] {
      var parts: [(String, Int)] = []
      for (rule, cost) in zip(problem.constraints, problem.costs(of: timetable))
      where cost > TimetableCost(hard: 0, soft: 0) {
        parts.append(("\(rule.isRequired ? "hard" : "soft") \(rule.id)", cost.hard + cost.soft))
      }
      return parts
    }
  }

  /// What was found: costs for the table, and the text of the file to write.
  struct TimetableAnswer {
    var rows: [(name: String, cost: TimetableCost)]
    var parts: [(name: String, cost: Int)]
    var text: String

    init(rows: [(String, TimetableCost)], parts: [(String, Int)], text: String) {
      self.rows = rows.map { (name: $0.0, cost: $0.1) }
      self.parts = parts.map { (name: $0.0, cost: $0.1) }
      self.text = text
    }
  }
#endif
