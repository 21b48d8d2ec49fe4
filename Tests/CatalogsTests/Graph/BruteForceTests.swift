import Catalogs
import Testing

@Suite("Prerequisite graph against trying everything")
struct BruteForceTests {
  static let seeds = Array(UInt64(1)...1_000)

  @Test("prerequisites, dependents, levels and missing items", arguments: [false, true])
  func reach(mayCycle: Bool) {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: mayCycle, hasGroups: false)
      let (graph, reaches) = (plain.graph, plain.reaches)
      let known = Set((0..<plain.count).filter { (seed >> UInt64($0)) & 1 == 1 })
      #expect(graph.linkCount == plain.links.count)
      for item in 0..<plain.count {
        let before = (0..<plain.count).filter { $0 != item && reaches[$0][item] }
        let after = (0..<plain.count).filter { $0 != item && reaches[item][$0] }
        #expect(graph.prerequisites(of: item) == before, "seed \(seed)")
        #expect(graph.dependents(of: item) == after, "seed \(seed)")
        #expect(graph.impact(of: item) == after.count, "seed \(seed)")
        #expect(
          graph.missing(for: [item], known: known) == Self.missing(item, known, plain),
          "seed \(seed)")
      }
      if !mayCycle { #expect(graph.levels == Self.levels(plain), "seed \(seed)") }
    }
  }

  /// What is reached backwards without passing through known items.
  static func missing(_ item: Int, _ known: Set<Int>, _ plain: RandomGraph) -> [Int] {
    guard !known.contains(item) else { return [] }
    var found: Set<Int> = [item]
    while true {
      let next = plain.links.filter { found.contains($0[1]) && !known.contains($0[0]) }.map {
        $0[0]
      }
      guard !found.isSuperset(of: next) else { return found.subtracting([item]).sorted() }
      found.formUnion(next)
    }
  }

  /// The longest way to each item, by lengthening ways as often as there are items.
  static func levels(_ plain: RandomGraph) -> [Int] {
    var levels = [Int](repeating: 0, count: plain.count)
    for _ in 0..<plain.count {
      for link in plain.links { levels[link[1]] = max(levels[link[1]], levels[link[0]] + 1) }
    }
    return levels
  }

  @Test("fringes, with and without alternatives", arguments: [false, true])
  func fringes(hasGroups: Bool) {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: false, hasGroups: hasGroups)
      let graph = plain.graph
      let known = Set((0..<plain.count).filter { (seed >> UInt64($0)) & 1 == 1 })
      let outer = (0..<plain.count).filter { !known.contains($0) && plain.isReady($0, known) }
      let inner = known.sorted().filter { item in
        !plain.links.contains { $0[0] == item && known.contains($0[1]) }
          && !plain.groups.contains { $0.choices.contains(item) && known.contains($0.dependent) }
      }
      #expect(graph.outerFringe(known: known) == outer, "seed \(seed)")
      #expect(graph.innerFringe(known: known) == inner, "seed \(seed)")
    }
  }

  @Test("smallest unlock sets and their order", arguments: [false, true], [false, true])
  func unlock(mayCycle: Bool, hasGroups: Bool) {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: mayCycle, hasGroups: hasGroups)
      let goals = Set([plain.count - 1, Int(seed) % plain.count])
      let known = Set((0..<plain.count).filter { (seed >> UInt64($0 + 3)) & 3 == 1 })
      let answer = plain.graph.smallestUnlockSet(for: goals.sorted(), known: known)
      #expect(answer?.items.count == plain.smallestUnlock(goals, known), "seed \(seed)")
      #expect(answer?.isSmallest ?? true, "seed \(seed)")
      var learned = known
      for item in answer?.items ?? [] {
        #expect(plain.isReady(item, learned), "seed \(seed)")
        learned.insert(item)
      }
      if answer != nil { #expect(goals.isSubset(of: learned), "seed \(seed)") }
    }
  }

  @Test("implied links and reduced prerequisites")
  func implied() {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: false, hasGroups: false)
      let reaches = plain.reaches
      let expected = plain.links.filter { link in
        (0..<plain.count).contains { reaches[link[0]][$0] && reaches[$0][link[1]] }
      }
      let graph = plain.graph
      let found = graph.impliedLinks.map { [$0.prerequisite, $0.dependent] }
      #expect(found == expected.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
      for item in 0..<plain.count {
        let kept = plain.links.subtracting(expected).filter { $0[1] == item }.map { $0[0] }
        #expect(graph.reducedPrerequisites(of: item) == kept.sorted(), "seed \(seed)")
      }
    }
  }

  @Test("cycles are ways around, one for each set of items that come before one another")
  func cycles() {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: true, hasGroups: false)
      let reaches = plain.reaches
      let cycles = plain.graph.cycles
      for cycle in cycles {
        for (index, item) in cycle.enumerated() {
          #expect(plain.links.contains([item, cycle[(index + 1) % cycle.count]]), "seed \(seed)")
        }
        #expect(Set(cycle).count == cycle.count)
      }
      let circular = (0..<plain.count).filter { reaches[$0][$0] }
      let sets = Set(
        circular.map { item in circular.filter { reaches[item][$0] && reaches[$0][item] } })
      #expect(cycles.count == sets.count, "seed \(seed)")
    }
  }

  @Test("bottlenecks are what cuts last items off", arguments: [false, true])
  func bottlenecks(mayCycle: Bool) {
    for seed in Self.seeds {
      let plain = RandomGraph(seed: seed, mayCycle: mayCycle, hasGroups: false)
      let found = plain.graph.bottlenecks
      for item in 0..<plain.count {
        let cut = plain.cutOff(by: item)
        let leaves = cut.filter { node in !plain.links.contains { $0[0] == node } }
        let bottleneck = found.first { $0.item == item }
        #expect((bottleneck?.leaves ?? 0) == leaves.count, "seed \(seed)")
        if let bottleneck { #expect(bottleneck.items == cut.count, "seed \(seed)") }
      }
    }
  }

  @Test("chains are shortest ways of published links")
  func chains() {
    for seed in Self.seeds.prefix(300) {
      let plain = RandomGraph(seed: seed, mayCycle: true, hasGroups: false)
      let (graph, reaches) = (plain.graph, plain.reaches)
      for from in 0..<plain.count {
        for to in 0..<plain.count where from != to {
          let chain = graph.chain(from: from, to: to)
          #expect((chain != nil) == reaches[from][to], "seed \(seed)")
          guard let chain else { continue }
          #expect(chain.first?.prerequisite == from)
          #expect(chain.last?.dependent == to)
          #expect(zip(chain, chain.dropFirst()).allSatisfy { $0.dependent == $1.prerequisite })
        }
      }
    }
  }
}
