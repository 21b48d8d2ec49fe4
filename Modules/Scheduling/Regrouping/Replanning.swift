/// A published plan that is brought in line with changes of the day, moving as few as can be.
///
/// Whoever has a place that still exists keeps it. Only those whose place is gone, or who are new, are
/// seated, exactly, in the room that is left.
public struct Replanning: Hashable, Sendable {
  /// The new plan.
  public let plan: GroupingPlan
  /// The learners whose places differ from the published ones.
  public let moved: [Int]
  /// Sections that were published, still exist, and do not take place for want of learners.
  public let cancelled: [Int]

  /// Brings a plan in line with a problem.
  ///
  /// - Parameters:
  ///   - published: The section of each learner in each block, as numbers of this problem; `nil`
  ///     where a place is gone, such as that of a teacher who is away.
  ///   - problem: The problem of today.
  public init(_ published: [[Int?]], in problem: GroupingProblem) {
    let index = GroupingIndex(problem)
    var state = DayState(
      index,
      isOpen: index.blocks.indices.map { block in
        let wanted = Set(
          (published.indices.contains(block) ? published[block] : []).compactMap { $0 })
        return index.blocks[block].sections.map { section in
          let place = problem.sections[Int(section)]
          return !problem.opensSections || wanted.contains(Int(section))
            || place.minimum == 0 && place.openCost == 0 && place.teacher == nil
        }
      })
    state.take(published, in: problem)
    var cancelled: [Int] = []
    for block in index.blocks.indices {
      state.seatUnplaced(block)
      guard problem.opensSections else { continue }
      while let small = state.tooSmall(block).first {
        cancelled.append(Int(index.blocks[block].sections[small]))
        state.set(small, of: block, open: false)
        state.seatUnplaced(block)
      }
    }
    let plan = state.plan(bound: nil, seed: 0, stop: .steps)
    self.plan = plan
    self.cancelled = cancelled.sorted()
    moved = problem.learners.indices.filter { learner in
      plan.places.indices.contains { block in
        let before =
          published.indices.contains(block) && published[block].indices.contains(learner)
          ? published[block][learner] : nil
        return plan.places[block][learner] != before
      }
    }
  }
}
