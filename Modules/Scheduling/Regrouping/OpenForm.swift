/// Regrouping where the solver decides which sections take place.
///
/// A teacher leads one section in a block, sections need a minimum of learners, and learners are to
/// have some live sections. A first plan opens what most learners would gain from; then slots of
/// teachers are given to other sections, and blocks are seated again exactly, as in a large
/// neighbourhood search with flows inside. There is no bound: a plan of this form has no certificate.
public enum OpenForm {
  /// Plans a day.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - effort: How long to search. A step is one change of the sections of a block.
  ///   - published: A plan to begin with, such as yesterday's; its sections are opened first.
  /// - Returns: The best plan found. All its sections have their minimum of learners.
  public static func solve(
    _ problem: GroupingProblem, effort: GroupingEffort = GroupingEffort(mostSteps: 4_000),
    from published: [[Int?]]? = nil
  ) -> GroupingPlan {
    let byHouses = published == nil ? startByHouses(problem, effort) : nil
    var search = OpenSearch(problem, effort, isRefined: byHouses != nil)
    search.start(from: published ?? byHouses?.places)
    let stop = byHouses?.isStopped == true ? .caller : search.run()
    return search.best(stop)
  }
}

struct OpenSearch {
  private let problem: GroupingProblem
  private let index: GroupingIndex
  private let effort: GroupingEffort
  private var state: DayState
  private var best: DayState.Memory
  private var current: DayState.Memory
  private var random: SplitMix
  private let slots: [[[Int]]]
  private let slotless: [[Int]]
  private let choices: [[SectionChoices]]
  /// Whether the search begins with a plan that was searched already: then nothing is given up.
  private let isRefined: Bool

  /// The learners of a section with their values, for estimates.
  struct SectionChoices {
    var learners: [Int32] = []
    var values: [Int32] = []
    var needs: [Int32] = []
  }

  init(_ problem: GroupingProblem, _ effort: GroupingEffort, isRefined: Bool = false) {
    self.problem = problem
    self.effort = effort
    self.isRefined = isRefined
    index = GroupingIndex(problem)
    random = SplitMix(seed: effort.seed)
    slots = index.blocks.map { block in
      (0..<block.slotCount).map { slot in
        block.slots.indices.filter { block.slots[$0] == Int32(slot) }
      }
    }
    slotless = index.blocks.map { block in block.slots.indices.filter { block.slots[$0] < 0 } }
    choices = index.blocks.map { block in
      var choices = Array(repeating: SectionChoices(), count: block.sections.count)
      for learner in 0..<(block.transport.starts.count - 1) {
        for pair in Int(block.transport.starts[learner])..<Int(block.transport.starts[learner + 1])
        {
          let section = Int(block.transport.activities[pair])
          choices[section].learners.append(Int32(learner))
          choices[section].values.append(block.transport.values[pair])
          choices[section].needs.append(block.needs[pair])
        }
      }
      return choices
    }
    state = DayState(index, isOpen: index.blocks.map { $0.sections.map { _ in false } })
    best = state.memory
    current = best
  }

  // MARK: Start

  mutating func start(from published: [[Int?]]?) {
    for block in index.blocks.indices {
      for section in slotless[block]
      where index.blocks[block].minimums[section] == 0
        && index.blocks[block].openCosts[section] == 0
      {
        state.set(section, of: block, open: true)
      }
    }
    if let published {
      for (block, places) in published.enumerated() where index.blocks.indices.contains(block) {
        let wanted = Set(places.compactMap { $0 })
        for (local, section) in index.blocks[block].sections.enumerated()
        where wanted.contains(Int(section)) && isSlotFree(local, block) {
          state.set(local, of: block, open: true)
        }
      }
      state.take(published, in: problem)
    }
    for block in index.blocks.indices { settle(block) }
    for block in index.blocks.indices { fillSlots(block) }
    for block in index.blocks.indices { settle(block) }
    best = state.memory
    current = best
  }

  private func isSlotFree(_ section: Int, _ block: Int) -> Bool {
    let slot = index.blocks[block].slots[section]
    return isRoomFree(section, block)
      && (slot < 0 || !slots[block][Int(slot)].contains { state.isOpen[block][$0] })
  }

  private func isRoomFree(_ section: Int, _ block: Int) -> Bool {
    let rooms = index.blocks[block].rooms
    guard rooms[section] >= 0 else { return true }
    return !rooms.indices.contains {
      rooms[$0] == rooms[section] && state.isOpen[block][$0]
    }
  }

  /// Opens for each free slot what is estimated to gain most, best first.
  private mutating func fillSlots(_ block: Int) {
    var free = Set(
      slots[block].indices.filter { slot in
        !slots[block][slot].contains { state.isOpen[block][$0] }
      })
    while !free.isEmpty {
      let worth = self.worth(block)
      var ranked: [(gain: Int, section: Int, slot: Int)] = []
      for slot in free.sorted() {
        var chosen: (gain: Int, section: Int, slot: Int)?
        for section in slots[block][slot] where isRoomFree(section, block) {
          let gain = estimate(section, block, worth)
          if gain > chosen?.gain ?? 0 { chosen = (gain, section, slot) }
        }
        // What gains nothing now gains nothing when more is open.
        if let chosen { ranked.append(chosen) } else { free.remove(slot) }
      }
      ranked.sort { ($0.gain, $1.slot) > ($1.gain, $0.slot) }
      // Several at a time where there are many, but none that would take each other's learners.
      var taken: Set<Int> = []
      var left = max(1, ranked.count / 12)
      for (_, section, slot) in ranked where left > 0 {
        let place = problem.sections[Int(index.blocks[block].sections[section])]
        guard taken.insert(place.competency ?? -1).inserted, isRoomFree(section, block) else {
          continue
        }
        free.remove(slot)
        state.set(section, of: block, open: true)
        left -= 1
      }
      state.seat(block)
    }
  }

  // MARK: Estimates

  /// What each learner has in a block now, with what the place costs others.
  private func worth(_ block: Int) -> [Int32] {
    state.worth(of: block)
  }

  /// How much a closed section would gain if learners came from where they are.
  private func estimate(
    _ section: Int, _ block: Int, _ worth: [Int32], _ stealing: [Bool]? = nil
  ) -> Int {
    let part = index.blocks[block]
    let choices = choices[block][section]
    var gains: [Int32] = []
    let isLive = part.isLive[section]
    for place in choices.learners.indices {
      let learner = Int(choices.learners[place])
      let need = choices.needs[place]
      var value = choices.values[place]
      if need >= 0, !state.isFree(need: need, for: block) {
        guard let stealing, stealing[learner] else { continue }
        value -= state.loss(of: need, for: learner)
      }
      if isLive, state.lacksLive(learner, besides: block) { value += index.missingLive }
      gains.append(value - worth[learner])
    }
    let capacity = Int(part.transport.capacities[section])
    guard gains.count >= Int(part.minimums[section]) else { return .min }
    if gains.count > capacity { gains.sort(by: >) }
    var (sum, taken) = (0, 0)
    if gains.count <= capacity {
      for gain in gains where gain > 0 { (sum, taken) = (sum + Int(gain), taken + 1) }
    } else {
      for gain in gains.prefix(capacity) where gain > 0 {
        (sum, taken) = (sum + Int(gain), taken + 1)
      }
    }
    if taken < Int(part.minimums[section]) {
      gains.sort(by: >)
      sum = gains.prefix(Int(part.minimums[section])).reduce(0) { $0 + Int($1) }
    }
    return sum - Int(part.openCosts[section])
  }

  // MARK: Moves

  /// Seats a block and closes sections with too few learners, the worst first, until none is left.
  @discardableResult
  private mutating func settle(_ block: Int, stealing: [Bool]? = nil) -> UInt64 {
    var damaged = state.seat(block, stealing: stealing)
    while true {
      let small = state.tooSmall(block)
      guard !small.isEmpty else { return damaged }
      let counts = state.counts(of: block)
      let minimums = index.blocks[block].minimums
      let worst = small.max { left, right in
        (minimums[left] - counts[left], -left) < (minimums[right] - counts[right], -right)
      }
      guard let worst else { return damaged }
      let short = Int(minimums[worst] - counts[worst])
      if state.subsidies[block][worst] == 0, let subsidy = subsidy(worst, block, short) {
        state.subsidies[block][worst] = subsidy
      } else {
        state.set(worst, of: block, open: false)
      }
      damaged |= state.seat(block, stealing: stealing)
    }
  }

  /// How much better a section would have to be for a number of other learners to come, or `nil` when
  /// there are not so many, or that would cost more than the section can be worth.
  private func subsidy(_ section: Int, _ block: Int, _ short: Int) -> Int32? {
    let part = index.blocks[block]
    let choices = choices[block][section]
    let worth = self.worth(block)
    var gains: [Int32] = []
    for place in choices.learners.indices {
      let learner = Int(choices.learners[place])
      guard state.places[block][learner] != Int32(section) else { continue }
      let need = choices.needs[place]
      if need >= 0, !state.isFree(need: need, for: block) { continue }
      let isWanted = part.isLive[section] && state.lacksLive(learner, besides: block)
      gains.append(choices.values[place] + (isWanted ? index.missingLive : 0) - worth[learner])
    }
    guard gains.count >= short else { return nil }
    gains.sort(by: >)
    let lost = gains[short - 1]
    return lost > -1_500 ? max(1, 1 - lost) : nil
  }

  mutating func run() -> GroupingPlan.Stop {
    guard !index.blocks.isEmpty, index.learnerCount > 0 else { return .optimal }
    let blocks = index.blocks.indices.filter { !slots[$0].isEmpty }
    guard !blocks.isEmpty else { return .steps }
    let total = max(1, isRefined ? effort.mostSteps / 10 : effort.mostSteps)
    let slotCount = max(1, blocks.reduce(0) { $0 + slots[$1].count })
    for step in 0..<total {
      // Losses up to about a third of a section are taken at the beginning, none at the end.
      let heat =
        Double(max(1, best.objective)) * (isRefined ? 0.02 : 0.3) / Double(slotCount)
        * (1 - Double(step) / Double(total))
      change(blocks[random.below(blocks.count)])
      let loss = Double(current.objective - state.objective)
      if loss <= 0 || random.unit() < PortableExponential.negative(loss / max(1, heat)) {
        current = state.memory
        if current.objective > best.objective { best = current }
      } else {
        state.restore(current)
      }
      if step % 16 == 0,
        !effort.goesOn(GroupingProgress(objective: best.objective, bound: nil, steps: step))
      {
        return .caller
      }
    }
    return .steps
  }

  /// Gives one or two slots of a block to other sections and seats what that touches.
  private mutating func change(_ block: Int) {
    let stealing =
      random.below(3) > 0
      ? nil : (0..<index.learnerCount).map { _ in random.below(3) > 0 }
    let count = 1 + (random.below(3) == 0 ? 1 : 0)
    for _ in 0..<count {
      let slot = random.below(slots[block].count)
      let old = slots[block][slot].first { state.isOpen[block][$0] }
      if let old {
        state.set(old, of: block, open: false)
        state.seat(block)
      }
      let worth = self.worth(block)
      var ranked: [(gain: Int, section: Int)] = []
      for section in slots[block][slot] where section != old && isRoomFree(section, block) {
        let gain = estimate(section, block, worth, stealing)
        if gain > .min { ranked.append((gain, section)) }
      }
      ranked.sort { ($0.gain, -$0.section) > ($1.gain, -$1.section) }
      guard let top = ranked.first else { continue }
      // Mostly the best estimate, now and then one behind it.
      var place = 0
      while place + 1 < ranked.count, place < 4, random.below(3) == 0 { place += 1 }
      let chosen = ranked[place].gain > 0 ? ranked[place] : top
      if chosen.gain > 0 || random.below(3) == 0 {
        state.set(chosen.section, of: block, open: true)
      }
    }
    var damaged = settle(block, stealing: stealing)
    var rounds = 0
    while damaged != 0, rounds < 12 {
      let other = damaged.trailingZeroBitCount
      damaged &= ~(1 << UInt64(other))
      damaged |= settle(other)
      rounds += 1
    }
  }

  mutating func best(_ stop: GroupingPlan.Stop) -> GroupingPlan {
    state.restore(best)
    for block in index.blocks.indices { settle(block) }
    return state.plan(bound: nil, seed: effort.seed, stop: stop)
  }
}
