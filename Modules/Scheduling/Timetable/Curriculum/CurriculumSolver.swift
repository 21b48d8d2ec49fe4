/// Simulated annealing for curriculum-based course timetabling.
///
/// Every lecture has a place, a period and a room; a change moves a lecture to a free place or swaps
/// two. Courses are never put where they cannot be taught, rooms are never taken twice, and
/// conflicts cost so much that they are gone when it is cold. Method after Bellio, Ceschia, Di
/// Gaspero, Schaerf and Urli, "Feature-based tuning of simulated annealing applied to the
/// curriculum-based course timetabling problem" (2016), with bounds that refuse most changes early.
public enum CurriculumSolver {
  /// Searches for a good timetable.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - effort: How long to search.
  /// - Returns: The best timetable found and its cost. A timetable with hard cost above 0 breaks
  ///   rules: none without was found. There is no bound.
  /// - Throws: ``SchedulingError`` when counting shows that there is no timetable.
  public static func solve(
    _ problem: CurriculumProblem, effort: TimetableEffort
  ) throws(SchedulingError) -> (timetable: CurriculumTimetable, cost: CurriculumCost) {
    try problem.checkDemand()
    var search = CurriculumSearch(problem, seed: effort.seed)
    search.construct()
    search.run(effort)
    let timetable = search.best(of: problem)
    return (timetable, problem.cost(of: timetable))
  }
}
