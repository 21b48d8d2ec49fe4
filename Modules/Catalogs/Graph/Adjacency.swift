/// Arrows between numbered nodes, from both sides, each once.
struct Adjacency: Sendable {
  private let starts: [Int32]
  private let targets: [Int32]
  private let reverseStarts: [Int32]
  private let reverseTargets: [Int32]

  /// How many nodes there are.
  var count: Int { starts.count - 1 }
  /// How many arrows there are.
  var arrowCount: Int { targets.count }

  /// Arranges arrows by counting; repeated ones and those from a node to itself are left out.
  init(count: Int, arrows: [(from: Int32, to: Int32)]) {
    let sorted = Adjacency.distinct(count: count, arrows: arrows)
    (starts, targets) = Adjacency.arranged(count: count, sorted)
    (reverseStarts, reverseTargets) = Adjacency.arranged(
      count: count, sorted.map { (from: $0.to, to: $0.from) })
  }

  /// The nodes that arrows of a node go to, in order of their numbers.
  func next(_ node: Int) -> ArraySlice<Int32> {
    targets[Int(starts[node])..<Int(starts[node + 1])]
  }

  /// The nodes that arrows to a node come from, in order of their numbers.
  func previous(_ node: Int) -> ArraySlice<Int32> {
    reverseTargets[Int(reverseStarts[node])..<Int(reverseStarts[node + 1])]
  }

  private static func distinct(
    count: Int, arrows: [(from: Int32, to: Int32)]
  ) -> [(from: Int32, to: Int32)] {
    // By target first, then by source: counting keeps the order of equals.
    let (starts, sources) = arranged(count: count, arrows.map { (from: $0.to, to: $0.from) })
    var byTarget: [(from: Int32, to: Int32)] = []
    byTarget.reserveCapacity(arrows.count)
    for target in 0..<count {
      for place in Int(starts[target])..<Int(starts[target + 1]) {
        byTarget.append((from: sources[place], to: Int32(target)))
      }
    }
    let (ends, targets) = arranged(count: count, byTarget)
    var result: [(from: Int32, to: Int32)] = []
    result.reserveCapacity(arrows.count)
    for source in 0..<count {
      var last: Int32 = -1
      for place in Int(ends[source])..<Int(ends[source + 1]) {
        let target = targets[place]
        if target != last, Int(target) != source { result.append((Int32(source), target)) }
        last = target
      }
    }
    return result
  }

  private static func arranged(
    count: Int, _ arrows: [(from: Int32, to: Int32)]
  ) -> (starts: [Int32], targets: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for arrow in arrows { starts[Int(arrow.from) + 1] += 1 }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var places = starts
    var targets = [Int32](repeating: 0, count: arrows.count)
    for arrow in arrows {
      targets[Int(places[Int(arrow.from)])] = arrow.to
      places[Int(arrow.from)] += 1
    }
    return (starts, targets)
  }
}

extension Adjacency {
  /// The strongly connected component of each node, numbered so that arrows between components go
  /// from higher to lower numbers (Tarjan 1972, with a stack of its own).
  ///
  /// - Complexity: O(nodes + arrows).
  func components() -> (of: [Int32], count: Int) {
    var component = [Int32](repeating: -1, count: count)
    var order = [Int32](repeating: -1, count: count)
    var lowest = [Int32](repeating: 0, count: count)
    var (waiting, clock, found): ([Int32], Int32, Int32) = ([], 0, 0)
    var path: [(node: Int, place: Int)] = []
    for start in 0..<count where order[start] < 0 {
      path.append((start, 0))
      while let (node, place) = path.last {
        if place == 0 {
          order[node] = clock
          lowest[node] = clock
          clock += 1
          waiting.append(Int32(node))
        }
        let next = next(node)
        if place < next.count {
          path[path.count - 1].place += 1
          let target = Int(next[next.startIndex + place])
          if order[target] < 0 {
            path.append((target, 0))
          } else if component[target] < 0 {
            lowest[node] = min(lowest[node], order[target])
          }
          // The first visit is told by the place, which must not be 0 again.
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
        guard lowest[node] == order[node] else { continue }
        while let member = waiting.popLast() {
          component[Int(member)] = found
          if Int(member) == node { break }
        }
        found += 1
      }
    }
    return (component, Int(found))
  }

  /// The layer of each node: 0 where nothing comes before, otherwise one more than the highest
  /// before it; nodes of one cycle share a layer.
  func layers(_ component: [Int32], _ componentCount: Int) -> [Int32] {
    var layer = [Int32](repeating: 0, count: componentCount)
    let members = Adjacency.arranged(
      count: componentCount, component.enumerated().map { ($0.element, Int32($0.offset)) })
    for number in stride(from: componentCount - 1, through: 0, by: -1) {
      for place in Int(members.starts[number])..<Int(members.starts[number + 1]) {
        for target in next(Int(members.targets[place])) where component[Int(target)] != number {
          let other = Int(component[Int(target)])
          layer[other] = max(layer[other], layer[number] + 1)
        }
      }
    }
    return component.map { layer[Int($0)] }
  }

  /// The nodes that are reached from others, without those, in the order in which they are found.
  ///
  /// - Parameters:
  ///   - backwards: Whether arrows are followed from their heads.
  ///   - passes: Whether the search goes on through a node.
  func reached(
    from nodes: [Int], backwards: Bool, passes: (Int) -> Bool = { _ in true }
  ) -> [Int] {
    var isSeen = [Bool](repeating: false, count: count)
    for node in nodes { isSeen[node] = true }
    var (queue, place) = (nodes, 0)
    while place < queue.count {
      let node = queue[place]
      place += 1
      for target in backwards ? previous(node) : next(node) where !isSeen[Int(target)] {
        isSeen[Int(target)] = true
        if passes(Int(target)) { queue.append(Int(target)) }
      }
    }
    return Array(queue[nodes.count...])
  }
}
