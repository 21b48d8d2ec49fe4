#if CommandLine
  import ArgumentParser

  /// `cbl-tool schedule`
  struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schedule",
      abstract: "Plans calendars, pace, groups, timetables and the daily regrouping of a school.",
      discussion: """
        Inputs are JSON or YAML documents. Bad input ends with 65 and names who or
        what is wrong; a plan that cannot be ends with 1 and says why.
          cbl-tool schedule calendar Docs/Examples/school-year.calendar.yaml
          cbl-tool schedule regroup Docs/Examples/one-day.grouping.json
        """,
      subcommands: [
        ScheduleCalendarCommand.self, SchedulePaceCommand.self, SchedulePlanCommand.self,
        ScheduleGroupsCommand.self, ScheduleRotateCommand.self, ScheduleRegroupCommand.self,
        ScheduleSupportCommand.self, ScheduleCheckCommand.self, ScheduleExplainCommand.self,
        ScheduleICSCommand.self, ScheduleTimetableCommand.self,
      ])
  }
#endif
