/// An upper bound for a day in which every need is met at most once: a Lagrangian relaxation.
///
/// Meeting a need costs a price; then the blocks are independent and each is seated exactly. The sum
/// of seats and prices is no less than the best plan (weak duality), for any prices. The prices are
/// moved along the subgradient with Polyak's steps.
struct DayBound {
  let index: GroupingIndex
  /// The price of each need, in ``scale``-ths of a value.
  private(set) var needPrices: [Int32]
  /// The least bound so far.
  private(set) var bound = Int.max
  /// How often each need is met in the last solution.
  private(set) var uses: [Int8]
  private(set) var solvers: [TransportSolver]
  private var work: [TransportProblem]
  private var direction: [Float]
  private var factor = 1.5
  private var fruitless = 0

  /// Values are multiplied by this, so that prices are finer than values.
  static let scale: Int32 = 8

  init(_ index: GroupingIndex) {
    self.index = index
    needPrices = Array(repeating: 0, count: Int(index.needStarts.last ?? 0))
    uses = Array(repeating: 0, count: needPrices.count)
    direction = Array(repeating: 0, count: needPrices.count)
    work = index.blocks.map(\.transport)
    solvers = index.blocks.map { TransportSolver($0.transport) }
  }

  /// Seats all blocks at the prices of the moment, and moves the prices.
  ///
  /// - Parameter best: The objective of the best plan known.
  mutating func step(towards best: Int) {
    for place in uses.indices { uses[place] = 0 }
    var total = needPrices.reduce(0) { $0 + Int($1) }
    for block in index.blocks.indices {
      for pair in index.blocks[block].needs.indices {
        let need = index.blocks[block].needs[pair]
        let value = index.blocks[block].transport.values[pair] &* Self.scale
        work[block].values[pair] = need < 0 ? value : value &- needPrices[Int(need)]
      }
      solvers[block].solve(work[block])
      for learner in solvers[block].places.indices where solvers[block].places[learner] >= 0 {
        total += Int(solvers[block].worth[learner])
        let need = self.need(block, learner)
        if need >= 0 { uses[Int(need)] += 1 }
      }
    }
    let reached = total / Int(Self.scale)
    if reached < bound {
      bound = reached
      fruitless = 0
    } else {
      fruitless += 1
      if fruitless >= 3 {
        factor *= 0.6
        fruitless = 0
      }
    }
    move(total, best)
  }

  private func need(_ block: Int, _ learner: Int) -> Int32 {
    let transport = index.blocks[block].transport
    let section = solvers[block].places[learner]
    for pair in Int(transport.starts[learner])..<Int(transport.starts[learner + 1])
    where transport.activities[pair] == section {
      return index.blocks[block].needs[pair]
    }
    return -1
  }

  private mutating func move(_ total: Int, _ best: Int) {
    var norm: Float = 0
    for place in uses.indices {
      var slope = Float(uses[place]) - 1
      if slope < 0, needPrices[place] == 0 { slope = 0 }
      // A part of the last direction damps zigzags (Camerini, Fratta and Maffioli 1975).
      direction[place] = slope + 0.3 * direction[place]
      norm += direction[place] * direction[place]
    }
    guard norm > 0 else { return }
    let gap = max(1, total - best * Int(Self.scale))
    let length = Float(factor * Double(gap)) / norm
    for place in uses.indices where direction[place] != 0 {
      let price = Float(needPrices[place]) + length * direction[place]
      needPrices[place] = Int32(min(4_000_000, max(0, price.rounded())))
    }
  }
}
