// What hangs on an item, and what a program covers.
extension PrerequisiteGraph {
  /// An item that much of the rest can only be reached through.
  public struct Bottleneck: Hashable, Sendable {
    /// The item.
    public var item: Int
    /// How many last items, those that nothing builds on, no first item leads to without it.
    public var leaves: Int
    /// How many items in all no first item leads to without it.
    public var items: Int
  }

  /// How many items build on an item, directly and through others.
  ///
  /// - Complexity: O(items + links).
  public func impact(of item: Int) -> Int { dependents(of: item).count }

  /// The share of the weight of goals that need an item.
  ///
  /// - Parameters:
  ///   - item: The item; a goal needs itself.
  ///   - weights: The weight of each goal, not negative.
  /// - Returns: 0 to 1; 0 when the weights are all 0.
  public func impact(of item: Int, on weights: [Int: Double]) -> Double {
    let blocked = Set(dependents(of: item) + [item])
    var (lost, whole) = (0.0, 0.0)
    // In a fixed order, so that the sum is the same on every machine.
    for (goal, weight) in weights.sorted(by: { $0.key < $1.key }) {
      whole += weight
      if blocked.contains(goal) { lost += weight }
    }
    return whole > 0 ? lost / whole : 0
  }

  /// Items without which last items cannot be reached from any first item over links, gravest
  /// first.
  ///
  /// These are the dominators of the last items (Cooper, Harvey and Kennedy 2001), seen from all
  /// first items together. Items behind a cycle that no first item leads to have none.
  ///
  /// - Complexity: O(items · links) at worst, in practice nearly O(items + links).
  public var bottlenecks: [Bottleneck] {
    let (dominator, order) = dominators()
    var leaves = [Int](repeating: 0, count: count)
    var items = [Int](repeating: 0, count: count)
    for node in order.reversed() {
      let parent = dominator[node]
      guard parent >= 0 else { continue }
      leaves[parent] += leaves[node] + (strict.next(node).isEmpty ? 1 : 0)
      items[parent] += items[node] + 1
    }
    return (0..<count).filter { leaves[$0] > 0 }
      .map { Bottleneck(item: $0, leaves: leaves[$0], items: items[$0]) }
      .sorted { ($1.leaves, $1.items, $0.item) < ($0.leaves, $0.items, $1.item) }
  }

  /// The nearest dominator of each item, -1 where there is none, and the items in an order in
  /// which dominators come first.
  private func dominators() -> (nearest: [Int], order: [Int]) {
    let order = reversePostorder()
    var place = [Int](repeating: -1, count: count)
    for (index, node) in order.enumerated() { place[node] = index }
    // -2: not known yet; -1: the beginning, before all first items.
    var nearest = [Int](repeating: -2, count: count)
    func common(_ first: Int, _ second: Int) -> Int {
      var (left, right) = (first, second)
      while left != right {
        if left < 0 || right < 0 { return -1 }
        if place[left] > place[right] { left = nearest[left] } else { right = nearest[right] }
      }
      return left
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for node in order {
        var found = strict.previous(node).isEmpty ? -1 : -2
        for before in strict.previous(node).map(Int.init)
        where place[before] >= 0 && nearest[before] != -2 {
          found = found == -2 ? before : common(found, before)
        }
        if nearest[node] != found {
          nearest[node] = found
          isChanged = true
        }
      }
    }
    return (nearest.map { max($0, -1) }, order)
  }

  /// What first items lead to, each before most of what it leads to.
  private func reversePostorder() -> [Int] {
    var isSeen = [Bool](repeating: false, count: count)
    var done: [Int] = []
    var path: [(node: Int, place: Int)] = []
    for start in 0..<count where strict.previous(start).isEmpty {
      isSeen[start] = true
      path.append((start, 0))
      while let (node, place) = path.last {
        let next = strict.next(node)
        guard place < next.count else {
          done.append(node)
          path.removeLast()
          continue
        }
        path[path.count - 1].place += 1
        let target = Int(next[next.startIndex + place])
        guard !isSeen[target] else { continue }
        isSeen[target] = true
        path.append((target, 0))
      }
    }
    return done.reversed()
  }

  /// How many resources touch each item.
  ///
  /// - Parameters:
  ///   - resources: The items that each resource is about.
  ///   - throughDependents: Whether a resource also counts for the prerequisites of its items,
  ///     which it practises along.
  /// - Returns: A number for each item; an item is covered when it is at least as high as asked.
  /// - Complexity: O(resources · (items + links)).
  public func coverage(of resources: [[Int]], throughDependents: Bool) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for resource in resources {
      let touched = Array(Set(resource)).sorted()
      for item in touched { counts[item] += 1 }
      guard throughDependents else { continue }
      for item in strict.reached(from: touched, backwards: true) { counts[item] += 1 }
    }
    return counts
  }

  /// The graph with items replaced by others, such as parts by the standard they belong to.
  ///
  /// Links inside of a family are left out.
  ///
  /// - Parameter representative: The item that stands for an item; itself where nothing does.
  /// - Returns: A graph of the representatives, in their order here.
  /// - Complexity: O(items + links).
  public func rolledUp(to representative: (Int) -> Int) -> PrerequisiteGraph {
    let stands = (0..<count).map(representative)
    var builder = PrerequisiteGraphBuilder()
    for source in sources { _ = builder.addSource(source) }
    for item in Set(stands).sorted() { builder.addItem(items[item], rank: Int(ranks[item])) }
    for edge in edges {
      let (first, second) = (stands[edge.prerequisite], stands[edge.dependent])
      guard first != second else { continue }
      builder.addLink(
        edge.type, from: items[first], to: items[second], association: edge.association,
        source: edge.source)
    }
    return builder.build()
  }
}
