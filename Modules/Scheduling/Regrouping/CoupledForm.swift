/// Regrouping where all sections take place and a learner meets a competency once in the day.
///
/// The blocks depend on each other, so that the problem is no flow. A Lagrangian relaxation gives an
/// upper bound and a start; then blocks are seated again and again, each exactly, while learners may
/// move a competency from one block to another.
public enum CoupledForm {
  /// Plans a day.
  ///
  /// - Parameters:
  ///   - problem: The problem; its sections all take place.
  ///   - effort: How long to search. A step is one seating of all blocks.
  ///   - published: A plan to begin with, such as yesterday's; it is kept where nothing speaks
  ///     against it.
  /// - Returns: The best plan found, with a bound.
  /// - Throws: ``SchedulingError`` with the code `wrongValue` for a problem of the open form.
  public static func solve(
    _ problem: GroupingProblem, effort: GroupingEffort = GroupingEffort(),
    from published: [[Int?]]? = nil
  ) throws(SchedulingError) -> GroupingPlan {
    guard !problem.opensSections, problem.sections.allSatisfy({ $0.minimum == 0 }) else {
      throw SchedulingError(
        .wrongValue, "Sections of this day are opened by need; use the open form.")
    }
    var search = CoupledSearch(GroupingIndex(problem), effort)
    search.start(from: published, in: problem)
    let stop = search.run()
    return search.best(stop)
  }
}

private struct CoupledSearch {
  private let index: GroupingIndex
  private let effort: GroupingEffort
  private var state: DayState
  private var memory: DayState.Memory
  private var bound: DayBound
  private var random: SplitMix
  private var limit: Int
  private var steps = 0

  init(_ index: GroupingIndex, _ effort: GroupingEffort) {
    self.index = index
    self.effort = effort
    let open = index.blocks.map { Array(repeating: true, count: $0.sections.count) }
    state = DayState(index, isOpen: open)
    memory = state.memory
    bound = DayBound(index)
    random = SplitMix(seed: effort.seed)
    limit = .max
  }

  mutating func start(from published: [[Int?]]?, in problem: GroupingProblem) {
    if let published {
      state.take(published, in: problem)
    }
    polish()
    memory = state.memory
    // Missing live sections only lower the objective, so a bound without them stays one.
    limit = .max
  }

  mutating func run() -> GroupingPlan.Stop {
    var stop = GroupingPlan.Stop.steps
    while steps < effort.mostSteps {
      steps += 1
      // Prices first; later they only rarely gain anything.
      if steps <= effort.mostSteps / 2 || !index.isOncePerDay {
        bound.step(towards: memory.objective)
        limit = min(limit, bound.bound)
        if steps % 8 == 0 { rebuild() }
      } else {
        exchange()
      }
      if isClosed { return memory.objective >= limit ? .optimal : .gap }
      if !effort.goesOn(
        GroupingProgress(objective: memory.objective, bound: limit, steps: steps))
      {
        stop = .caller
        break
      }
    }
    return stop
  }

  private var isClosed: Bool {
    memory.objective >= limit
      || (limit - memory.objective) * 1_000_000 <= effort.gap * max(1, abs(limit))
  }

  /// Seats all blocks in some order at the prices of the relaxation.
  private mutating func rebuild() {
    state.round(order(index.blocks.count), prices: bound.needPrices)
    polish()
    keep()
  }

  /// Some blocks in a random order.
  private mutating func order(_ count: Int) -> [Int] {
    var blocks = Array(index.blocks.indices)
    for place in 0..<count {
      blocks.swapAt(place, place + random.below(blocks.count - place))
    }
    return Array(blocks[..<count])
  }

  /// Seats every block again until that changes nothing.
  private mutating func polish() {
    var before = Int.min
    while state.objective > before {
      before = state.objective
      for block in index.blocks.indices { state.seat(block) }
    }
  }

  private mutating func keep() {
    if state.objective > memory.objective {
      memory = state.memory
    } else {
      state.restore(memory)
    }
  }

  /// Seats a few blocks again at the prices of the relaxation, and then all of them.
  private mutating func exchange() {
    let count = index.blocks.count
    for _ in 0..<max(1, count / 3) {
      state.round(order(min(count, 2 + random.below(3))), prices: bound.needPrices)
      polish()
      keep()
    }
  }

  mutating func best(_ stop: GroupingPlan.Stop) -> GroupingPlan {
    state.restore(memory)
    return state.plan(bound: max(limit, memory.objective), seed: effort.seed, stop: stop)
  }
}
