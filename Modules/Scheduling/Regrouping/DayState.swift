/// A whole day of seats that a search changes block by block.
///
/// The objective is kept exact through every change.
struct DayState {
  let index: GroupingIndex
  /// The local section of each learner in each block, or -1.
  private(set) var places: [[Int32]]
  /// The block in which each need is met, or -1.
  private(set) var metIn: [Int8]
  /// How many live sections each learner has.
  private(set) var live: [Int32]
  /// Which sections take place.
  var isOpen: [[Bool]]
  /// What is added to the values of a section while seating, so that enough learners come; it is no
  /// part of the objective.
  var subsidies: [[Int32]] {
    didSet { changes += 1 }
  }
  /// The sum of values, less open costs and what missing live sections cost.
  private(set) var objective: Int
  /// Scratch: the problem of one block with the values of the moment.
  private var work: [TransportProblem]
  private var solvers: [TransportSolver]
  /// What a learner has in a block without a competency, at least.
  private let fallback: [[Int32]]
  /// The blocks in which each need can be met, as bits.
  private let possible: [UInt64]
  private var sizes: [Int32] = []
  /// How often places changed, and how often they had when each block was last seated.
  private var changes = 0
  private var seatedAt: [Int]

  init(_ index: GroupingIndex, isOpen: [[Bool]]) {
    self.index = index
    self.isOpen = isOpen
    let learners = index.learnerCount
    subsidies = isOpen.map { $0.map { _ in 0 } }
    places = index.blocks.map { _ in Array(repeating: -1, count: learners) }
    metIn = Array(repeating: -1, count: Int(index.needStarts.last ?? 0))
    live = Array(repeating: 0, count: learners)
    work = index.blocks.map(\.transport)
    solvers = index.blocks.map { TransportSolver($0.transport) }
    fallback = index.blocks.map { block in
      (0..<learners).map { learner in
        let (start, end) = (
          Int(block.transport.starts[learner]), Int(block.transport.starts[learner + 1])
        )
        return (start..<end).reduce(Int32(0)) {
          block.needs[$1] < 0 ? max($0, block.transport.values[$1]) : $0
        }
      }
    }
    var possible = Array(repeating: UInt64(0), count: metIn.count)
    for (number, block) in index.blocks.enumerated() {
      for need in block.needs where need >= 0 { possible[Int(need)] |= 1 << UInt64(number) }
    }
    self.possible = possible
    seatedAt = index.blocks.map { _ in -1 }
    objective = 0
    for learner in 0..<learners {
      objective -= Int(index.minimumLive[learner]) * Int(index.missingLive)
    }
    for block in isOpen.indices {
      for section in isOpen[block].indices where isOpen[block][section] {
        objective -= Int(index.blocks[block].openCosts[section])
      }
    }
  }

  /// The value of a seat without live sections.
  private func value(_ block: Int, _ learner: Int, _ section: Int32) -> (value: Int32, need: Int32)
  {
    let transport = index.blocks[block].transport
    for pair in Int(transport.starts[learner])..<Int(transport.starts[learner + 1])
    where transport.activities[pair] == section {
      return (transport.values[pair], index.blocks[block].needs[pair])
    }
    return (0, -1)
  }

  private func liveCost(_ learner: Int) -> Int {
    Int(max(0, index.minimumLive[learner] - live[learner])) * Int(index.missingLive)
  }

  /// Gives a learner a place in a block, or none, and keeps the books.
  mutating func place(_ learner: Int, in block: Int, at section: Int32) {
    let old = places[block][learner]
    guard old != section else { return }
    changes += 1
    objective += liveCost(learner)
    if old >= 0 {
      let (value, need) = value(block, learner, old)
      objective -= Int(value)
      if need >= 0 { metIn[Int(need)] = -1 }
      if index.blocks[block].isLive[Int(old)] { live[learner] -= 1 }
    }
    if section >= 0 {
      let (value, need) = value(block, learner, section)
      objective += Int(value)
      if need >= 0 { metIn[Int(need)] = Int8(truncatingIfNeeded: block) }
      if index.blocks[block].isLive[Int(section)] { live[learner] += 1 }
    }
    objective -= liveCost(learner)
    places[block][learner] = section
  }

  /// Opens or closes a section; those in a closed one have no place until the block is seated again.
  mutating func set(_ section: Int, of block: Int, open: Bool) {
    guard isOpen[block][section] != open else { return }
    isOpen[block][section] = open
    subsidies[block][section] = 0
    objective += Int(index.blocks[block].openCosts[section]) * (open ? -1 : 1)
    if !open {
      for learner in places[block].indices where places[block][learner] == Int32(section) {
        place(learner, in: block, at: -1)
      }
    }
  }

  /// Gives places to those who have none in a block, in what room is left; nobody else moves.
  mutating func seatUnplaced(_ block: Int) {
    let waiting = (0..<index.learnerCount).filter { places[block][$0] < 0 }
    guard !waiting.isEmpty else { return }
    fill(block, nil, [], 0)
    let counts = counts(of: block)
    let whole = index.blocks[block].transport
    var rest = TransportProblem(
      trustedCapacities: counts.indices.map {
        isOpen[block][$0] ? max(0, whole.capacities[$0] - counts[$0]) : 0
      })
    for learner in waiting {
      for pair in Int(whole.starts[learner])..<Int(whole.starts[learner + 1]) {
        rest.activities.append(whole.activities[pair])
        rest.values.append(work[block].values[pair])
      }
      rest.starts.append(Int32(rest.activities.count))
    }
    var solver = TransportSolver(rest)
    solver.solve(rest)
    for (place, learner) in waiting.enumerated() {
      self.place(learner, in: block, at: solver.places[place])
    }
  }

  /// Seats some blocks again, one after another, keeping needs free for the blocks that follow at the
  /// prices of a relaxation.
  mutating func round(_ blocks: [Int], prices: [Int32]) {
    for block in blocks {
      for learner in 0..<index.learnerCount { place(learner, in: block, at: -1) }
    }
    var later = blocks.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    for block in blocks {
      later &= ~(1 << UInt64(block))
      fill(block, nil, prices, later)
      solvers[block].solve(work[block])
      for learner in 0..<index.learnerCount {
        place(learner, in: block, at: solvers[block].places[learner])
      }
    }
  }

  /// Seats a block again, exactly for the other blocks as they are.
  ///
  /// - Parameters:
  ///   - block: The block.
  ///   - stealing: Of each learner, whether a need that is met in another block may be met here
  ///     instead; the learner then has no place there.
  /// - Returns: The blocks in which learners lost their place, as bits.
  @discardableResult
  mutating func seat(_ block: Int, stealing: [Bool]? = nil) -> UInt64 {
    // Without a change since the last time it would come out the same.
    if stealing == nil, seatedAt[block] == changes { return 0 }
    fill(block, stealing, [], 0)
    solvers[block].solve(work[block])
    var damaged: UInt64 = 0
    for learner in 0..<index.learnerCount {
      // Places are given up first, so that a need moves from one to another.
      if places[block][learner] != solvers[block].places[learner] {
        place(learner, in: block, at: -1)
      }
    }
    for learner in 0..<index.learnerCount {
      let section = solvers[block].places[learner]
      guard section >= 0, places[block][learner] != section else { continue }
      if stealing != nil {
        let need = value(block, learner, section).need
        if need >= 0, index.isOncePerDay, metIn[Int(need)] >= 0 {
          let other = Int(metIn[Int(need)])
          place(learner, in: other, at: -1)
          damaged |= 1 << UInt64(other)
        }
      }
      place(learner, in: block, at: section)
    }
    if stealing == nil { seatedAt[block] = changes }
    return damaged
  }

  private mutating func fill(
    _ block: Int, _ stealing: [Bool]?, _ prices: [Int32], _ later: UInt64
  ) {
    let part = index.blocks[block]
    let bonus = index.missingLive
    for learner in 0..<index.learnerCount {
      let old = places[block][learner]
      let elsewhere = live[learner] - (old >= 0 && part.isLive[Int(old)] ? 1 : 0)
      let liveBonus = elsewhere < index.minimumLive[learner] ? bonus : 0
      let mayTake = stealing?[learner] ?? false
      for pair in Int(part.transport.starts[learner])..<Int(part.transport.starts[learner + 1]) {
        let section = Int(part.transport.activities[pair])
        guard isOpen[block][section] else {
          work[block].values[pair] = -1
          continue
        }
        var value = part.transport.values[pair] &+ (part.isLive[section] ? liveBonus : 0)
        let need = part.needs[pair]
        if need >= 0, index.isOncePerDay {
          let met = metIn[Int(need)]
          if met >= 0, Int(met) != block {
            guard mayTake else {
              work[block].values[pair] = -1
              continue
            }
            value -= loss(of: need, for: learner)
          }
        }
        value = (value &+ subsidies[block][section]) &* DayBound.scale
        if later != 0, need >= 0, possible[Int(need)] & later != 0 {
          value -= prices[Int(need)]
        }
        work[block].values[pair] = value
      }
    }
  }

  /// Whether a need is met nowhere but in a block.
  func isFree(need: Int32, for block: Int) -> Bool {
    !index.isOncePerDay || metIn[Int(need)] < 0 || Int(metIn[Int(need)]) == block
  }

  /// What a learner loses, about, by not meeting a need in the block in which it is met now.
  func loss(of need: Int32, for learner: Int) -> Int32 {
    let block = Int(metIn[Int(need)])
    let seat = value(block, learner, places[block][learner]).value
    return max(0, seat - fallback[block][learner])
  }

  /// Whether a learner has too few live sections in the other blocks.
  func lacksLive(_ learner: Int, besides block: Int) -> Bool {
    let section = places[block][learner]
    let here: Int32 = section >= 0 && index.blocks[block].isLive[Int(section)] ? 1 : 0
    return live[learner] - here < index.minimumLive[learner]
  }

  /// What the place of each learner in a block is worth above its price, after it was seated.
  func worth(of block: Int) -> [Int32] {
    let solver = solvers[block]
    return places[block].indices.map { learner in
      let section = places[block][learner]
      guard section >= 0 else { return 0 }
      let price = solver.prices[Int(section)] / DayBound.scale
      let isLive = index.blocks[block].isLive[Int(section)] && lacksLive(learner, besides: block)
      return value(block, learner, section).value - price + (isLive ? index.missingLive : 0)
    }
  }

  /// Whether a learner may have a place without meeting a need twice.
  func isFree(_ learner: Int, in block: Int, at section: Int32) -> Bool {
    let need = value(block, learner, section).need
    return need < 0 || !index.isOncePerDay || metIn[Int(need)] < 0
  }

  /// Takes over a plan as far as it still fits: places that a learner may have, once per need, in
  /// sections that are open and have room.
  mutating func take(_ plan: [[Int?]], in problem: GroupingProblem) {
    for block in index.blocks.indices where plan.indices.contains(block) {
      var local: [Int: Int32] = [:]
      for (number, section) in index.blocks[block].sections.enumerated() {
        local[Int(section)] = Int32(number)
      }
      var counts = self.counts(of: block)
      for learner in 0..<min(index.learnerCount, plan[block].count) {
        guard let section = plan[block][learner], let number = local[section],
          problem.value(of: section, for: learner) != nil, isOpen[block][Int(number)],
          counts[Int(number)] < index.blocks[block].transport.capacities[Int(number)],
          isFree(learner, in: block, at: number)
        else { continue }
        place(learner, in: block, at: number)
        counts[Int(number)] += 1
      }
    }
  }

  /// The prices of the last seating of a block, and what each learner then has above them.
  func prices(of block: Int) -> [Int32] { solvers[block].prices }

  /// The sections of a block that are open and have too few learners.
  mutating func tooSmall(_ block: Int) -> [Int] {
    let part = index.blocks[block]
    sizes = Array(repeating: 0, count: part.sections.count)
    for section in places[block] where section >= 0 { sizes[Int(section)] += 1 }
    return part.sections.indices.filter { isOpen[block][$0] && sizes[$0] < part.minimums[$0] }
  }

  /// How many learners are in each section of a block.
  func counts(of block: Int) -> [Int32] {
    var counts = Array(repeating: Int32(0), count: index.blocks[block].sections.count)
    for section in places[block] where section >= 0 { counts[Int(section)] += 1 }
    return counts
  }

  /// What a search needs to come back to a state.
  struct Memory {
    var places: [[Int32]]
    var metIn: [Int8]
    var live: [Int32]
    var isOpen: [[Bool]]
    var subsidies: [[Int32]]
    var objective: Int
  }

  var memory: Memory {
    Memory(
      places: places, metIn: metIn, live: live, isOpen: isOpen, subsidies: subsidies,
      objective: objective)
  }

  mutating func restore(_ memory: Memory) {
    places = memory.places
    metIn = memory.metIn
    live = memory.live
    isOpen = memory.isOpen
    subsidies = memory.subsidies
    objective = memory.objective
    changes += 1
  }

  /// The plan that the state is.
  func plan(bound: Int?, seed: UInt64, stop: GroupingPlan.Stop) -> GroupingPlan {
    GroupingPlan(
      places: places.indices.map { block in
        places[block].map { $0 < 0 ? nil : Int(index.blocks[block].sections[Int($0)]) }
      }, objective: objective, bound: bound, prices: [], seed: seed, stop: stop)
  }
}
