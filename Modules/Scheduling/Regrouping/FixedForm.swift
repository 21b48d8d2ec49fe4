/// Regrouping where all sections take place and blocks do not depend on each other: exact.
///
/// The seating of each block is kept with its prices, so that late arrivals are brought in at once
/// and every placement has a reason.
public struct FixedForm: Sendable {
  /// The problem.
  public let problem: GroupingProblem
  let index: GroupingIndex
  var solvers: [TransportSolver]

  /// Prepares a problem.
  ///
  /// - Throws: ``SchedulingError`` with the code `wrongValue` for a problem whose blocks depend on
  ///   each other or whose sections are opened by need.
  public init(_ problem: GroupingProblem) throws(SchedulingError) {
    let hasMinimum = problem.sections.contains { $0.minimum > 0 || $0.openCost > 0 }
    let hasLive =
      problem.weights.missingLive > 0 && problem.learners.contains { $0.minimumLive > 0 }
    guard !problem.isOncePerDay, !problem.opensSections, !hasMinimum, !hasLive else {
      throw SchedulingError(
        .wrongValue,
        "The blocks of this day depend on each other, or sections have minimum sizes; the fixed form "
          + "has neither. Use the coupled or open form.")
    }
    self.problem = problem
    index = GroupingIndex(problem)
    solvers = index.blocks.map { TransportSolver($0.transport) }
  }

  /// Seats everybody, block by block. The plan is optimal.
  public mutating func solve() {
    for block in solvers.indices { solvers[block].solve(index.blocks[block].transport) }
  }

  /// Seats everybody, several blocks at a time. The plan is the same as with one block at a time.
  public mutating func solveConcurrently() async {
    let index = index
    let done = await withTaskGroup(of: (Int, TransportSolver).self) { group in
      for block in index.blocks.indices {
        group.addTask {
          var solver = TransportSolver(index.blocks[block].transport)
          solver.solve(index.blocks[block].transport)
          return (block, solver)
        }
      }
      var done: [(Int, TransportSolver)] = []
      for await pair in group { done.append(pair) }
      return done
    }
    for (block, solver) in done { solvers[block] = solver }
  }

  /// Takes a learner out of a block, for one who is away; nobody else moves.
  ///
  /// The plan stays feasible; it is optimal again after ``solve()``.
  public mutating func remove(_ learner: Int, from block: Int) {
    solvers[block].stand(Int32(learner))
  }

  /// Brings one more learner into a block, with the least change that keeps the plan optimal.
  ///
  /// - Parameters:
  ///   - learner: The number of a learner who has no place in the block.
  ///   - block: The block.
  /// - Complexity: One shortest path over the sections of the block.
  public mutating func insert(_ learner: Int, into block: Int) {
    guard solvers[block].places[learner] < 0 else { return }
    solvers[block].insert(Int32(learner), index.blocks[block].transport)
  }

  /// Seats all but some learners, who come later.
  public mutating func solve(without late: Set<Int>) {
    for block in solvers.indices {
      solvers[block].solve(index.blocks[block].transport, without: Set(late.map { Int32($0) }))
    }
  }

  /// The plan as it is now.
  public var plan: GroupingPlan {
    var prices = Array(repeating: 0, count: problem.sections.count)
    var places: [[Int?]] = []
    var objective = 0
    for (block, solver) in solvers.enumerated() {
      let sections = index.blocks[block].sections
      places.append(solver.places.map { $0 < 0 ? nil : Int(sections[Int($0)]) })
      for learner in solver.places.indices where solver.places[learner] >= 0 {
        objective += Int(solver.worth[learner])
      }
      for (local, section) in sections.enumerated() {
        prices[Int(section)] = Int(solver.prices[local])
      }
    }
    return GroupingPlan(
      places: places, objective: objective, bound: objective, prices: prices, seed: 0,
      stop: .optimal)
  }
}
