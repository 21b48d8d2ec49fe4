#if CommandLine
  import ArgumentParser
  import Domain
  import Scheduling

  /// `cbl-tool schedule calendar`
  struct ScheduleCalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "calendar",
      abstract: "Checks a school year and shows its terms, breaks and days of instruction.",
      discussion: """
        Ends with 1 when a balanced calendar breaks its pattern.
          cbl-tool schedule calendar Docs/Examples/school-year.calendar.yaml
        """)

    @Argument(help: "A document of the format cbl-calendar/1.")
    var file: String

    @Flag(name: .long, help: "Print JSON, with every day of instruction.")
    var json = false

    func run() throws {
      let (calendar, problems) = try CalendarDocument.read(file)
      if json {
        try Console.print(Self.json(calendar, problems).pretty + "\n")
      } else {
        var output = OutputText()
        try output.line(
          "\(calendar.title): \(calendar.days.count) days of instruction, \(calendar.span)")
        var rows = [["part", "first", "last", "days"]]
        for term in calendar.terms {
          rows.append([
            term.title, "\(term.span.first)", "\(term.span.last)",
            String(calendar.days(in: term.span).count),
          ])
        }
        for bridge in calendar.bridges {
          rows.append(["(break)", "\(bridge.first)", "\(bridge.last)", String(bridge.count)])
        }
        rows[1...].sort { $0[1] < $1[1] }
        if rows.count > 1 {
          for line in TextTable.lines(rows, leftAligned: 3) { try output.line(line) }
        }
        for week in calendar.intensives() {
          if let first = week.first, let last = week.last {
            try output.line("room for an intensive: \(first) to \(last)")
          }
        }
        try output.flush()
      }
      for problem in problems { Console.error(problem.description) }
      if !problems.isEmpty { throw ToolFailure.ended(1) }
    }

    private static func json(_ calendar: SchoolCalendar, _ problems: [Problem]) -> JSONValue {
      func span(_ title: String, _ span: DateSpan, _ kind: String) -> JSONValue {
        [
          "title": .text(title), "kind": .text(kind), "first": .text("\(span.first)"),
          "last": .text("\(span.last)"), "days": .number(calendar.days(in: span).count),
        ]
      }
      return .object([
        ("title", .text(calendar.title)),
        ("terms", .array(calendar.terms.map { span($0.title, $0.span, "term") })),
        ("closures", .array(calendar.closures.map { span($0.title, $0.span, $0.kind.rawValue) })),
        ("breaks", .array(calendar.bridges.map { span("", $0, "break") })),
        ("days", .array(calendar.days.map { .text("\($0)") })),
        ("problems", .array(problems.map { .text($0.description) })),
      ])
    }
  }

  /// `cbl-tool schedule ics`
  struct ScheduleICSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ics",
      abstract: "Writes a school year as iCalendar, or lists the occurrences of one.",
      discussion: """
        Identifiers stay the same over all exports; with --previous the numbers of
        events that changed go up, and events that are gone are cancelled.
          cbl-tool schedule ics Docs/Examples/school-year.calendar.yaml \\
            --stamp 2026-08-01T00:00:00Z --domain school.example -o year.ics
          cbl-tool schedule ics year.ics --first 2026-08-01 --last 2027-07-31
        """)

    @Argument(help: "A document of the format cbl-calendar/1, or an iCalendar file to list.")
    var file: String

    @Option(name: .long, help: "The moment of this edition, such as 2026-08-01T00:00:00Z.")
    var stamp: String?

    @Option(name: .long, help: "The domain of the school, for identifiers.")
    var domain: String?

    @Option(name: .long, help: "The edition that was published before.")
    var previous: String?

    @Option(
      name: [.customShort("o"), .long], help: "The file to write; otherwise standard output.")
    var output: String?

    @Flag(name: .long, help: "Replace the output file.")
    var force = false

    @Option(name: .long, help: "The first day whose occurrences are listed.")
    var first: String?

    @Option(name: .long, help: "The last day whose occurrences are listed.")
    var last: String?

    func validate() throws {
      guard (stamp == nil) == (domain == nil), (first == nil) == (last == nil),
        (stamp == nil) != (first == nil)
      else {
        throw ValidationError("give --stamp and --domain to write, or --first and --last to list")
      }
    }

    func run() throws {
      if let first, let last { return try list(first, last) }
      guard let stamp, let moment = Instant(stamp) else {
        throw ToolFailure.usage("--stamp is a moment such as 2026-08-01T00:00:00Z")
      }
      let (meetings, zone) = try CalendarDocument.meetings(file)
      var calendar = try CalendarDocument.read(file).calendar.iCalendar(
        stamp: moment, domain: domain ?? "", meetings: meetings, zone: zone)
      if let previous { calendar = calendar.revised(after: try Self.read(previous)) }
      guard let output else { return try Console.print(calendar.text) }
      let target = try TextFile(output, force: force)
      try target.write(calendar.text)
      try target.commit()
    }

    private func list(_ first: String, _ last: String) throws {
      guard let from = CalendarDate(first), let through = CalendarDate(last), from <= through else {
        throw ToolFailure.usage("--first and --last are days such as 2026-08-24, in this order")
      }
      let span = try DateSpan(from, through: through)
      var lines: [(order: String, line: String)] = []
      for event in try Self.read(file).events where !event.isCancelled {
        for time in event.occurrences(in: span) {
          let clock = "\(time.second / 3_600):\(time.second / 60 % 60)"
          let hours = clock.split(separator: ":").map { $0.count < 2 ? "0\($0)" : "\($0)" }
          let shown: String =
            if case .day = time { "\(time.date)" } else {
              "\(time.date)T" + hours.joined(separator: ":")
            }
          lines.append(("\(shown) \(event.uid)", "\(shown) \(event.summary.escapingControls())"))
        }
      }
      var output = OutputText()
      for line in lines.sorted(by: { $0.order < $1.order }) { try output.line(line.line) }
      try output.flush()
    }

    private static func read(_ path: String) throws -> ICalendar {
      let bytes = try DocumentFile.read(path)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw ToolFailure(65, "\(path): the calendar is not UTF-8; save it as UTF-8")
      }
      let problems = ProblemList()
      defer {
        for problem in problems.problems {
          var placed = problem
          placed.place.file = path
          Console.error(placed.description)
        }
      }
      do throws(SchedulingError) {
        return try ICalendar(text, reporting: problems)
      } catch {
        var placed = error
        placed.place = Place(file: path, line: error.place?.line)
        throw ToolFailure(65, placed.description)
      }
    }
  }
#endif
