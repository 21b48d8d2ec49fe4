// What follows from the links alone.
extension PrerequisiteGraph {
  /// The strict prerequisites of an item, direct and through others, in order of their numbers.
  ///
  /// - Complexity: O(items + links).
  public func prerequisites(of item: Int) -> [Int] {
    strict.reached(from: [item], backwards: true).sorted()
  }

  /// The strict prerequisites that are published as direct ones.
  public func directPrerequisites(of item: Int) -> [Int] {
    strict.previous(item).map(Int.init)
  }

  /// The direct prerequisites that no other one makes necessary already.
  ///
  /// - Complexity: O(items + links).
  public func reducedPrerequisites(of item: Int) -> [Int] {
    let direct = directPrerequisites(of: item)
    guard direct.count > 1 else { return direct }
    let (_, level) = condensed(strict)
    // A direct one that lies before another one is implied; those between have lower levels.
    var isBefore = [Bool](repeating: false, count: count)
    var kept: [Int] = []
    for candidate in direct.sorted(by: { (level[$0], $0) > (level[$1], $1) }) {
      if isBefore[candidate] { continue }
      kept.append(candidate)
      for earlier in strict.reached(from: [candidate], backwards: true) { isBefore[earlier] = true }
    }
    return kept.sorted()
  }

  /// The items that build on an item, directly and through others, in order of their numbers.
  ///
  /// - Complexity: O(items + links).
  public func dependents(of item: Int) -> [Int] {
    strict.reached(from: [item], backwards: false).sorted()
  }

  /// The layer of each item: 0 where nothing comes before, otherwise one more than the highest
  /// prerequisite. Alternatives count like strict links; items of one cycle share a layer.
  ///
  /// - Complexity: O(items + links).
  public var levels: [Int] { condensed(all).levels.map(Int.init) }

  /// How many layers there are.
  public var levelCount: Int { (levels.max() ?? -1) + 1 }

  func condensed(_ links: Adjacency) -> (components: [Int32], levels: [Int32]) {
    let (components, number) = links.components()
    return (components, links.layers(components, number))
  }

  /// The cycles: for each set of items that all come before one another, a shortest way around
  /// through its first item. Alternatives count like strict links.
  ///
  /// - Returns: The items of each way in the order in which they come, without the first again;
  ///   empty for a sound graph.
  /// - Complexity: O(items + links).
  public var cycles: [[Int]] {
    let (components, number) = all.components()
    var sizes = [Int](repeating: 0, count: number)
    for component in components { sizes[Int(component)] += 1 }
    var isDone = [Bool](repeating: false, count: number)
    var found: [[Int]] = []
    for node in 0..<count {
      let component = Int(components[node])
      guard sizes[component] > 1, !isDone[component] else { continue }
      isDone[component] = true
      found.append(wayAround(node, within: components))
    }
    return found
  }

  private func wayAround(_ start: Int, within components: [Int32]) -> [Int] {
    var parent: [Int: Int] = [:]
    var (queue, place) = ([start], 0)
    while place < queue.count {
      let node = queue[place]
      place += 1
      for target in all.next(node).map(Int.init) where components[target] == components[start] {
        if target == start {
          var (way, step) = ([node], node)
          while step != start, let before = parent[step] {
            way.append(before)
            step = before
          }
          return way.reversed()
        }
        guard parent[target] == nil else { continue }
        parent[target] = node
        queue.append(target)
      }
    }
    return [start]
  }

  /// The strict links that others make necessary already: from `a` to `c` where a longer way leads
  /// from `a` to `c`. Links inside of a cycle are never among them.
  ///
  /// - Returns: The pairs, by prerequisite and then by dependent.
  /// - Complexity: O(items · links) at worst; a search goes no higher than the links of its start.
  public var impliedLinks: [(prerequisite: Int, dependent: Int)] {
    let (components, levels) = condensed(strict)
    var mark = [Int32](repeating: -1, count: count)
    var implied: [(prerequisite: Int, dependent: Int)] = []
    var stack: [Int] = []
    for node in 0..<count {
      let next = strict.next(node).map(Int.init).filter { components[$0] != components[node] }
      guard next.count > 1, let highest = next.map({ levels[$0] }).max() else { continue }
      mark[node] = Int32(node)
      var own: [Int] = []
      for target in next.sorted(by: { (levels[$0], $0) < (levels[$1], $1) }) {
        if mark[target] == Int32(node) {
          own.append(target)
          continue
        }
        mark[target] = Int32(node)
        stack.append(target)
        while let step = stack.popLast() {
          for other in strict.next(step).map(Int.init)
          where levels[other] <= highest && mark[other] != Int32(node) {
            mark[other] = Int32(node)
            stack.append(other)
          }
        }
      }
      implied += own.sorted().map { (node, $0) }
    }
    return implied
  }

  /// A shortest way from one item to another that builds on it, as the links that say so.
  ///
  /// - Returns: The links in order, each with its association and catalog; `nil` where the second
  ///   does not build on the first.
  /// - Complexity: O(items + links).
  public func chain(from first: Int, to last: Int) -> [Edge]? {
    guard first != last else { return [] }
    var parent: [Int: Int] = [:]
    var (queue, place) = ([last], 0)
    while place < queue.count, parent[first] == nil {
      let node = queue[place]
      place += 1
      for before in all.previous(node).map(Int.init) where before != last && parent[before] == nil {
        parent[before] = node
        queue.append(before)
      }
    }
    guard parent[first] != nil else { return nil }
    var (pairs, step): ([(Int, Int)], Int) = ([], first)
    while step != last, let after = parent[step] {
      pairs.append((step, after))
      step = after
    }
    return pairs.compactMap { pair in
      edges.first {
        $0.prerequisite == pair.0 && $0.dependent == pair.1 && $0.strength != .soft
      }
    }
  }
}
