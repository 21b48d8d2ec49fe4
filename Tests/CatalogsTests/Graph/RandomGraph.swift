import Catalogs
import Domain
import TestSupport

/// A small graph with the same links as plain sets, to be asked by trying everything.
struct RandomGraph {
  var count: Int
  var links: Set<[Int]> = []
  var groups: [(dependent: Int, needed: Int, choices: Set<Int>)] = []

  /// A graph from a seed: acyclic, with cycles, with alternatives.
  init(seed: UInt64, mayCycle: Bool, hasGroups: Bool) {
    var random = SeededGenerator(seed: seed)
    count = Int.random(in: 1...9, using: &random)
    let density = Int.random(in: 1...4, using: &random)
    for from in 0..<count {
      for to in 0..<count where mayCycle ? from != to : from < to {
        let chance = mayCycle ? 12 : 5
        if Int.random(in: 0..<chance, using: &random) < density { links.insert([from, to]) }
      }
    }
    guard hasGroups, count > 3 else { return }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let dependent = Int.random(in: 0..<count, using: &random)
      let others = (0..<count).filter { $0 != dependent && (mayCycle || $0 < dependent) }
      let choices = Set(others.shuffled(using: &random).prefix(3))
      guard choices.count > 1 else { continue }
      let needed = Int.random(in: 1..<choices.count, using: &random)
      groups.append((dependent, needed, choices))
    }
  }

  /// The same graph, with some links twice, one to nowhere and one to itself.
  var graph: PrerequisiteGraph {
    var builder = PrerequisiteGraphBuilder()
    let source = builder.addSource(.init(document: "d"))
    for item in 0..<count { builder.addItem(Identifier("i\(item)")) }
    for link in links.sorted(by: { $0.lexicographicallyPrecedes($1) }).reversed() {
      for copy in 0..<(link[0] % 2 + 1) {
        builder.addLink(
          .precedes, from: Identifier("i\(link[0])"), to: Identifier("i\(link[1])"),
          association: Identifier("a\(link[0])-\(link[1])-\(copy)"), source: source)
      }
    }
    builder.addLink(.precedes, from: "i0", to: "i0", association: "self", source: source)
    builder.addLink(.precedes, from: "i0", to: "nowhere", association: "far", source: source)
    for (number, group) in groups.enumerated() {
      for choice in group.choices.sorted() {
        builder.addLink(
          AssociationType("ext:precedes\(group.needed)Of.g\(number)"),
          from: Identifier("i\(choice)"), to: Identifier("i\(group.dependent)"),
          association: Identifier("g\(number)-\(choice)"), source: source)
      }
    }
    return builder.build()
  }

  /// Whether one item comes before another, by closing over all pairs (Warshall).
  var reaches: [[Bool]] {
    var reach = (0..<count).map { from in (0..<count).map { links.contains([from, $0]) } }
    for middle in 0..<count {
      for from in 0..<count where reach[from][middle] {
        for to in 0..<count where reach[middle][to] { reach[from][to] = true }
      }
    }
    return reach
  }

  func isReady(_ item: Int, _ known: Set<Int>) -> Bool {
    links.filter { $0[1] == item }.allSatisfy { known.contains($0[0]) }
      && groups.filter { $0.dependent == item }.allSatisfy {
        $0.choices.intersection(known).count >= $0.needed
      }
  }

  /// The size of the smallest set to learn for goals, by trying every set.
  func smallestUnlock(_ goals: Set<Int>, _ known: Set<Int>) -> Int? {
    var best: Int?
    for mask in 0..<(1 << count) {
      let set = Set((0..<count).filter { mask >> $0 & 1 == 1 })
      guard set.isDisjoint(with: known), goals.subtracting(known).isSubset(of: set) else {
        continue
      }
      var learned = known
      while let next = set.subtracting(learned).first(where: { isReady($0, learned) }) {
        learned.insert(next)
      }
      if set.isSubset(of: learned) { best = min(best ?? .max, set.count) }
    }
    return best
  }

  /// What no first item leads to once an item is taken out.
  func cutOff(by item: Int) -> Set<Int> {
    let roots = (0..<count).filter { node in !links.contains { $0[1] == node } }
    func reached(without removed: Int?) -> Set<Int> {
      var found = Set(roots.filter { $0 != removed })
      while true {
        let next = links.filter { found.contains($0[0]) && $0[1] != removed }.map { $0[1] }
        guard !found.isSuperset(of: next) else { return found }
        found.formUnion(next)
      }
    }
    return reached(without: nil).subtracting(reached(without: item)).subtracting([item])
  }
}
