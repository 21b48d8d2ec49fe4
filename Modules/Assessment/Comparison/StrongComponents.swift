/// Sets of points each of which can be reached from every other one.
struct StrongComponents {
  /// The points of the largest set, rising; the set with the lowest point among equals.
  let largest: [Int]

  /// Finds the sets by two passes, forwards and backwards (Kosaraju), without recursion.
  ///
  /// - Complexity: O(*n* + *m*) for *n* points and *m* arcs.
  init(count: Int, arcs: [(from: Int, to: Int)]) {
    let forward = Neighbours(count: count, arcs: arcs)
    let backward = Neighbours(count: count, arcs: arcs.map { (from: $0.to, to: $0.from) })
    let order = forward.finishingOrder()
    var component = [Int](repeating: -1, count: count)
    var sizes: [Int] = []
    for start in order.reversed() where component[start] < 0 {
      var stack = [start]
      component[start] = sizes.count
      var size = 0
      while let point = stack.popLast() {
        size += 1
        for next in backward.of(point) where component[next] < 0 {
          component[next] = sizes.count
          stack.append(next)
        }
      }
      sizes.append(size)
    }
    let best = (0..<count).max { left, right in
      let (a, b) = (sizes[component[left]], sizes[component[right]])
      return a != b ? a < b : left > right
    }
    largest = best.map { best in (0..<count).filter { component[$0] == component[best] } } ?? []
  }

  /// Where arcs lead, in one flat list.
  private struct Neighbours {
    private var starts: [Int]
    private var ends: [Int]

    init(count: Int, arcs: [(from: Int, to: Int)]) {
      starts = [Int](repeating: 0, count: count + 1)
      for arc in arcs { starts[arc.from + 1] += 1 }
      for point in 0..<count { starts[point + 1] += starts[point] }
      ends = [Int](repeating: 0, count: arcs.count)
      var next = starts
      for arc in arcs {
        ends[next[arc.from]] = arc.to
        next[arc.from] += 1
      }
    }

    func of(_ point: Int) -> ArraySlice<Int> { ends[starts[point]..<starts[point + 1]] }

    /// The points in the order in which a depth-first walk leaves them.
    func finishingOrder() -> [Int] {
      let count = starts.count - 1
      var isSeen = [Bool](repeating: false, count: count)
      var next = starts
      var order: [Int] = []
      for start in 0..<count where !isSeen[start] {
        var stack = [start]
        isSeen[start] = true
        while let point = stack.last {
          if next[point] < starts[point + 1] {
            let other = ends[next[point]]
            next[point] += 1
            if !isSeen[other] {
              isSeen[other] = true
              stack.append(other)
            }
          } else {
            order.append(point)
            stack.removeLast()
          }
        }
      }
      return order
    }
  }
}
