/// A grouping problem in columns, block by block, as the solvers work on it.
struct GroupingIndex: Sendable {
  /// The sections and pairs of a block.
  struct Block: Sendable {
    /// The pairs of learners and sections, with local numbers of sections.
    var transport: TransportProblem
    /// The needs that the pairs meet, numbered over all learners, or -1.
    var needs: [Int32] = []
    /// The numbers of the sections in the problem.
    var sections: [Int32] = []
    /// Whether each section is live.
    var isLive: [Bool] = []
    /// How many learners each section needs.
    var minimums: [Int32] = []
    /// What it costs to open each.
    var openCosts: [Int32] = []
    /// What excludes sections from each other: those with one slot; -1 for none.
    var slots: [Int32] = []
    /// How many slots there are.
    var slotCount = 0
    /// The room of each section, numbered in the block; -1 for none.
    var rooms: [Int32] = []
  }

  let learnerCount: Int
  /// The number of the first need of each learner, and the end of the last.
  let needStarts: [Int32]
  var blocks: [Block]
  /// Whether a section of each need was met is kept, so that none is met twice.
  let isOncePerDay: Bool
  let missingLive: Int32
  let minimumLive: [Int32]

  init(_ problem: GroupingProblem) {
    learnerCount = problem.learners.count
    isOncePerDay = problem.isOncePerDay
    missingLive = Int32(problem.weights.missingLive)
    minimumLive = problem.learners.map { Int32(clamping: max(0, $0.minimumLive)) }
    var starts: [Int32] = [0]
    for learner in problem.learners {
      starts.append(starts[starts.count - 1] + Int32(learner.ready.count))
    }
    needStarts = starts
    var bonuses: [[Int]: Int] = [:]
    for bonus in problem.bonuses {
      bonuses[[bonus.learner, bonus.section], default: 0] += bonus.value
    }
    blocks = (0..<problem.blockCount).map { Self.block($0, problem, starts, bonuses) }
  }

  /// Numbers what excludes sections from each other.
  private static func numberSlots(
    _ sections: [Int], of problem: GroupingProblem, in block: inout Block
  ) {
    var (slots, rooms): ([Int: Int32], [Int: Int32]) = ([:], [:])
    for section in sections.map({ problem.sections[$0] }) {
      if let room = section.room {
        let number = rooms[room, default: Int32(rooms.count)]
        rooms[room] = number
        block.rooms.append(number)
      } else {
        block.rooms.append(-1)
      }
      guard problem.opensSections else {
        block.slots.append(-1)
        continue
      }
      if let teacher = section.teacher {
        let slot = slots[teacher, default: Int32(block.slotCount)]
        if slots.updateValue(slot, forKey: teacher) == nil { block.slotCount += 1 }
        block.slots.append(slot)
      } else if section.minimum > 0 || section.openCost > 0 || section.room != nil {
        // Without a teacher it excludes none, but whether it takes place is to be decided.
        block.slots.append(Int32(block.slotCount))
        block.slotCount += 1
      } else {
        block.slots.append(-1)
      }
    }
  }

  private static func block(
    _ number: Int, _ problem: GroupingProblem, _ starts: [Int32], _ bonuses: [[Int]: Int]
  ) -> Block {
    let sections = problem.sections.indices.filter { problem.sections[$0].block == number }
    var block = Block(
      transport: TransportProblem(
        trustedCapacities: sections.map { Int32(problem.sections[$0].capacity) }))
    block.sections = sections.map { Int32($0) }
    block.isLive = sections.map {
      problem.sections[$0].modality == problem.weights.liveModality
    }
    block.minimums = sections.map { Int32(clamping: problem.sections[$0].minimum) }
    block.openCosts = sections.map { Int32(problem.sections[$0].openCost) }
    numberSlots(sections, of: problem, in: &block)
    // Sections by competency, so that each learner finds the own ones at once.
    var byCompetency: [Int: [Int]] = [:]
    var open: [Int] = []
    for (local, section) in sections.enumerated() {
      if let competency = problem.sections[section].competency {
        byCompetency[competency, default: []].append(local)
      } else {
        open.append(local)
      }
    }
    for (learner, person) in problem.learners.enumerated() {
      var pairs: [(local: Int, need: Int32)] = open.map { ($0, -1) }
      for (place, need) in person.ready.enumerated() {
        for local in byCompetency[need.competency] ?? [] {
          pairs.append((local, starts[learner] + Int32(place)))
        }
      }
      for (local, need) in pairs.sorted(by: { $0.local < $1.local }) {
        guard let value = problem.value(of: sections[local], for: learner) else { continue }
        let bonus = bonuses.isEmpty ? 0 : bonuses[[learner, sections[local]], default: 0]
        block.transport.activities.append(Int32(local))
        block.transport.values.append(Int32(clamping: value + bonus))
        block.needs.append(need)
      }
      block.transport.starts.append(Int32(block.transport.activities.count))
    }
    return block
  }
}
