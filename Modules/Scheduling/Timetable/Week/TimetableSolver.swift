/// Makes timetables for the model of XHSTT: first the most constrained meetings where they cost
/// least, then simulated annealing with chains of displaced meetings.
///
/// A change gives a meeting another time, and the meetings in its way the time that becomes free,
/// and so on (a Kempe chain); linked events move together. Other changes give another resource,
/// swap resources, or split an event in another way.
public enum TimetableSolver {
  /// Searches for a good timetable.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - effort: How long to search.
  /// - Returns: The best timetable found and its cost, worked out again from nothing. There is no
  ///   bound.
  /// - Throws: ``SchedulingError`` when numbers of the problem do not fit together, or counting
  ///   shows that there is no timetable.
  public static func solve(
    _ problem: TimetableProblem, effort: TimetableEffort
  ) throws(SchedulingError) -> (timetable: Timetable, cost: TimetableCost) {
    try problem.check()
    guard !problem.times.isEmpty else {
      throw SchedulingError(.infeasible, "There is no time at which anything could take place.")
    }
    if let event = problem.events.first(where: { $0.duration > problem.times.count }) {
      throw SchedulingError(
        .infeasible,
        "Event \"\(event.id)\" lasts \(event.duration) times, but there are \(problem.times.count)."
      )
    }
    var annealing = WeekAnnealing(problem, effort)
    annealing.construct()
    annealing.run()
    return (annealing.best, problem.cost(of: annealing.best))
  }
}
