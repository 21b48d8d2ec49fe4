#if CommandLine
  import ArgumentParser
  import Domain
  import Scheduling

  /// `cbl-tool schedule pace`
  struct SchedulePaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pace",
      abstract: "Tells for each learner what is left, when it is done, and how far that is late.",
      discussion: """
        Competencies are done one after another in each track, after their
        prerequisites, at the learner's rate. With --day each learner is compared
        with an even line over the year: behind, on or ahead.
          cbl-tool schedule pace Docs/Examples/two-tracks.pacing.json --day 2026-10-02
        """)

    @Argument(help: "A document of the format cbl-pacing/1.")
    var file: String

    @Option(name: .long, help: "The day for which to compare what is done with what is expected.")
    var day: String?

    @Option(name: .long, help: "Percent around the line that still are on pace.")
    var tolerance = 10

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print CSV.")
    var csv = false

    func run() throws {
      let document = try PacingDocument(file)
      let index = try dayIndex(document)
      var plan = PacePlan(for: document.map)
      let engine = PacingEngine(document.map, dayCount: document.days.count)
      let line = PaceLine(even: document.map.count, over: document.days.count)
      var rows: [[String]] = [
        ["learner", "done", "left", "late", "finished", "minutes short", "pace"]
      ]
      for person in document.people {
        do throws(SchedulingError) { try engine.plan(person.learner, into: &plan) } catch {
          throw ToolFailure(65, "learner \(person.name): \(error.description)")
        }
        let done = person.learner.mastered.count { $0 }
        let last = plan.expectedDays.max() ?? -1
        let finished =
          plan.late > 0
          ? "after the year"
          : plan.remaining == 0 ? "done" : "\(document.days[Int(max(0, last))])"
        let status = index.map {
          PaceStatus(done: done, on: line, day: $0, tolerance: tolerance).reason
        }
        rows.append([
          person.name, String(done), String(plan.remaining), String(plan.late), finished,
          String(plan.shortage), status ?? "",
        ])
      }
      try ScheduleTable.print(rows, json: json, csv: csv, leftAligned: 1)
    }

    private func dayIndex(_ document: PacingDocument) throws -> Int? {
      guard let day else { return nil }
      guard let date = CalendarDate(day) else {
        throw ToolFailure.usage("--day is a day such as 2026-10-02")
      }
      return document.days.lastIndex { $0 <= date } ?? -1
    }
  }

  /// `cbl-tool schedule plan`
  struct SchedulePlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan",
      abstract: "Plans one learner up to a level, with dates, or says plainly that it cannot be.",
      discussion: """
        Ends with 1 when the level is not reached at the learner's rate.
          cbl-tool schedule plan Docs/Examples/two-tracks.pacing.json \\
            --learner ann --goal 2
        """)

    @Argument(help: "A document of the format cbl-pacing/1.")
    var file: String

    @Option(name: .long, help: "The learner.")
    var learner: String

    @Option(name: .long, help: "The last level to reach.")
    var goal: Int

    @Option(name: .long, help: "How many school years the days make, for the words.")
    var years = 1

    @Option(name: .long, help: "The greatest rate in percent that is thought possible.")
    var mostRate = 300

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print CSV.")
    var csv = false

    func run() throws {
      let document = try PacingDocument(file)
      let person = try document.person(learner)
      let plan: CatchUpPlan
      do throws(SchedulingError) {
        plan = try CatchUpPlan(
          document.map, person.learner, goal: goal, days: document.days,
          optionalDays: document.optionalDays, mostRate: mostRate)
      } catch { throw ToolFailure(65, error.description) }
      let rows = plan.steps.map { step in
        [
          document.map.competencies[step.competency].description,
          step.earliest?.description ?? "", step.expected?.description ?? "after the year",
          step.latest?.description ?? "too late",
        ]
      }
      if !json, !csv { try Console.print(plan.verdict(years: years) + "\n") }
      try ScheduleTable.print(
        [["competency", "earliest", "expected", "latest"]] + rows, json: json, csv: csv,
        leftAligned: 4, heading: [("verdict", .text(plan.verdict(years: years)))])
      if !plan.isReached { throw ToolFailure.ended(1) }
    }
  }
#endif
