public import Domain

/// How much assessment each learner has in each week.
public struct AssessmentLoad: Hashable, Sendable {
  /// An assessment that a learner has to do.
  public struct Entry: Hashable, Sendable {
    /// Who.
    public var learner: LearnerID
    /// What.
    public var task: Identifier
    /// When.
    public var day: CalendarDate
    /// How long it takes, in minutes.
    public var minutes: Int

    /// Creates an entry.
    public init(learner: LearnerID, task: Identifier, day: CalendarDate, minutes: Int) {
      self.learner = learner
      self.task = task
      self.day = day
      self.minutes = minutes
    }
  }

  /// The load of a learner in a week.
  public struct Week: Hashable, Sendable {
    /// Who.
    public var learner: LearnerID
    /// The Monday of the week (ISO 8601).
    public var monday: CalendarDate
    /// The tasks, by day.
    public var tasks: [Identifier]
    /// The minutes in all.
    public var minutes: Int
    /// The greatest number of tasks on one day.
    public var mostOnOneDay: Int
    /// Whether a limit is exceeded.
    public var isOver: Bool
  }

  /// What a week may have at most.
  public struct Limits: Hashable, Sendable {
    /// How many minutes in a week; `nil` for any number.
    public var minutes: Int?
    /// How many tasks in a week; `nil` for any number.
    public var tasks: Int?
    /// How many tasks on a day; `nil` for any number.
    public var tasksPerDay: Int?

    /// Creates limits.
    public init(minutes: Int? = nil, tasks: Int? = nil, tasksPerDay: Int? = nil) {
      self.minutes = minutes
      self.tasks = tasks
      self.tasksPerDay = tasksPerDay
    }
  }

  /// The weeks with assessment, by learner and date.
  public let weeks: [Week]

  /// Adds up the load.
  ///
  /// - Parameters:
  ///   - entries: The assessments, in any order.
  ///   - limits: What a week may have at most.
  /// - Throws: ``AssessmentError`` when a task takes less than no time or more than a day.
  /// - Complexity: O(*n* log *n*).
  public init(_ entries: [Entry], limits: Limits = Limits()) throws(AssessmentError) {
    if let entry = entries.first(where: { !(0...1_440).contains($0.minutes) }) {
      throw AssessmentError(
        .wrongValue,
        "Task \(entry.task) on \(entry.day) takes \(entry.minutes) minutes; give 0 to 1440.")
    }
    let ordered = entries.sorted {
      ($0.learner, $0.day, $0.task) < ($1.learner, $1.day, $1.task)
    }
    var weeks: [Week] = []
    var onDay = (day: CalendarDate?.none, count: 0)
    for entry in ordered {
      let monday = entry.day.adding(days: 1 - entry.day.weekday) ?? entry.day
      let isSame = weeks.last.map { $0.learner == entry.learner && $0.monday == monday } ?? false
      if !isSame {
        weeks.append(
          Week(
            learner: entry.learner, monday: monday, tasks: [], minutes: 0, mostOnOneDay: 0,
            isOver: false))
        onDay = (nil, 0)
      }
      onDay = onDay.day == entry.day ? (entry.day, onDay.count + 1) : (entry.day, 1)
      weeks[weeks.count - 1].add(entry, onDay: onDay.count, limits)
    }
    self.weeks = weeks
  }
}

extension AssessmentLoad.Week {
  fileprivate mutating func add(
    _ entry: AssessmentLoad.Entry, onDay count: Int, _ limits: AssessmentLoad.Limits
  ) {
    tasks.append(entry.task)
    minutes += entry.minutes
    mostOnOneDay = max(mostOnOneDay, count)
    isOver =
      minutes > limits.minutes ?? .max || tasks.count > limits.tasks ?? .max
      || mostOnOneDay > limits.tasksPerDay ?? .max
  }
}
