#if CommandLine
  import ArgumentParser
  import Domain
  import Scheduling
  import TimetableFiles
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  /// `cbl-tool schedule timetable`
  struct ScheduleTimetableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "timetable",
      abstract: "Makes the timetable of a school: who meets when, with whom and where.",
      discussion: """
        Reads XHSTT-2014 archives (.xml), FET files (.fet) and curriculum problems
        of ITC-2007 (.ctt); the content says which. -o writes the timetable in the
        way of the format: the archive with one more solution group, FET's
        activities with day, hour and room, or lines of course, room, day and period.
        The same --steps and --seed give the same bytes; --seconds are CPU seconds.
        Ends with 1 when no timetable without broken rules was found.
          cbl-tool schedule timetable Docs/Examples/one-week.ctt --steps 400000
          cbl-tool schedule timetable school.xml --seconds 120 -o solved.xml
          cbl-tool schedule timetable school.xml --check solved.xml
        """)

    @Argument(help: "The problem.")
    var file: String

    @Option(name: .long, help: "How many changes to try at most.")
    var steps: Int?

    @Option(name: .long, help: "After how many CPU seconds to stop (30 without --steps).")
    var seconds: Double?

    @Option(name: .long, help: "The seed of the search.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "Check this timetable instead of searching.")
    var check: String?

    @Option(name: [.customShort("o"), .long], help: "Write the timetable.")
    var output: String?

    @Flag(name: .long, help: "Replace output files.")
    var force = false

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func validate() throws {
      guard steps ?? 0 >= 0, seconds ?? 0 >= 0 else {
        throw ValidationError("--steps and --seconds are 0 or more")
      }
    }

    func run() throws {
      let bytes = try DocumentFile.read(file, limit: 256 << 20)
      let checked = try check.map { try DocumentFile.read($0, limit: 256 << 20) }
      let target = try output.map { try TextFile($0, force: force) }
      let answer: TimetableAnswer
      do throws(SchedulingError) {
        let source = try TimetableSource(bytes, file: file)
        for problem in source.untranslated { Console.error(problem.description) }
        if let check, let checked {
          answer = try source.checking(checked, file: check)
        } else {
          answer = try source.solving(effort)
        }
      } catch {
        throw ToolFailure(65, error.description)
      }
      if let target {
        try target.write(answer.text)
        try target.commit()
      }
      try show(answer)
      if answer.rows.contains(where: { $0.cost.hard > 0 }) { throw ToolFailure.ended(1) }
    }

    private var effort: TimetableEffort {
      let limit = seconds ?? (steps == nil ? 30 : nil)
      guard let limit else { return TimetableEffort(mostSteps: steps ?? 0, seed: seed) }
      let start = clock()
      let most = steps
      return TimetableEffort(seed: seed) { progress in
        let used = Double(clock() - start) / Double(CLOCKS_PER_SEC) / max(limit, 0.001)
        guard let most else { return used }
        return max(used, Double(progress.steps) / Double(max(1, most)))
      }
    }

    private func show(_ answer: TimetableAnswer) throws {
      if json {
        let rows = answer.rows.map { row -> JSONValue in
          .object([
            ("problem", .text(row.name)), ("hard", .number(row.cost.hard)),
            ("soft", .number(row.cost.soft)),
          ])
        }
        let parts = answer.parts.map { part -> JSONValue in
          .object([("rule", .text(part.name)), ("cost", .number(part.cost))])
        }
        return try Console.print(
          JSONValue.object([
            ("timetables", .array(rows)), ("rules", .array(parts)),
            ("certificate", "no certificate"), ("seed", .text(String(seed))),
          ]).pretty + "\n")
      }
      var text = OutputText()
      let rows =
        [["timetable", "hard", "soft"]]
        + answer.rows.map { [$0.name, String($0.cost.hard), String($0.cost.soft)] }
      for line in TextTable.lines(rows, leftAligned: 1) { try text.line(line) }
      if !answer.parts.isEmpty {
        try text.line("")
        let parts = [["rule", "cost"]] + answer.parts.map { [$0.name, String($0.cost)] }
        for line in TextTable.lines(parts, leftAligned: 1) { try text.line(line) }
      }
      try text.line("no certificate: how far the best timetable is, is not known")
      try text.flush()
    }
  }
#endif
