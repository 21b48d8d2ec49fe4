/// Which unfinished courses a learner can bring to an end before a transfer.
///
/// Courses that do not fit keep their state and go on later; nothing is repeated.
public struct FinishingPlan: Hashable, Sendable {
  /// An unfinished course.
  public struct Course: Hashable, Sendable {
    /// How many minutes are left; at least 0.
    public var minutes: Int
    /// How many minutes of work come before its last day.
    public var deadline: Int
    /// How much it is worth to finish it; at least 0.
    public var weight: Int

    /// Creates a course.
    public init(minutes: Int, deadline: Int, weight: Int = 1) {
      self.minutes = minutes
      self.deadline = deadline
      self.weight = weight
    }
  }

  /// The numbers of the courses to finish, in the order in which to work on them.
  public let order: [Int]
  /// The numbers of the courses that go on later.
  public let postponed: [Int]

  /// Finishes as many courses as can be (Moore and Hodgson 1968). It is exact.
  ///
  /// - Complexity: O(*n*²) in the number of courses.
  public init(most courses: [Course]) {
    var chosen: [Int] = []
    var total = 0
    for index in Self.byDeadline(courses) {
      chosen.append(index)
      total += courses[index].minutes
      guard total > courses[index].deadline else { continue }
      let longest = chosen.indices.max {
        (courses[chosen[$0]].minutes, chosen[$0]) < (courses[chosen[$1]].minutes, chosen[$1])
      }
      if let longest { total -= courses[chosen.remove(at: longest)].minutes }
    }
    self.init(chosen, of: courses)
  }

  /// Finishes the courses that are worth most together. It is exact.
  ///
  /// - Throws: ``SchedulingError`` with the code `limitExceeded` for more than 16 courses, whose
  ///   sets are too many.
  /// - Complexity: O(2ⁿ · *n*) in the number of courses.
  public init(heaviest courses: [Course]) throws(SchedulingError) {
    guard courses.count <= 16 else {
      throw SchedulingError(
        .limitExceeded,
        "A learner has \(courses.count) unfinished courses; weights are compared for up to 16. "
          + "Leave some out or count courses instead.")
    }
    let order = Self.byDeadline(courses)
    var best = (worth: -1, set: 0)
    for set in 0..<(1 << courses.count) {
      var (total, worth, fits) = (0, 0, true)
      for (place, index) in order.enumerated() where set >> place & 1 == 1 {
        total += courses[index].minutes
        worth += courses[index].weight
        fits = fits && total <= courses[index].deadline
      }
      if fits, worth > best.worth { best = (worth, set) }
    }
    self.init(order.indices.filter { best.set >> $0 & 1 == 1 }.map { order[$0] }, of: courses)
  }

  private init(_ chosen: [Int], of courses: [Course]) {
    order = chosen
    let kept = Set(chosen)
    postponed = courses.indices.filter { !kept.contains($0) }
  }

  private static func byDeadline(_ courses: [Course]) -> [Int] {
    courses.indices.sorted { (courses[$0].deadline, $0) < (courses[$1].deadline, $1) }
  }
}
