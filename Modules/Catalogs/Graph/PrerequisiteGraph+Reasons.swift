internal import Domain

// Who says so.
extension PrerequisiteGraph {
  /// The link of an edge with the catalog that states it.
  public func stated(_ edge: Edge) -> StatedLink {
    StatedLink(
      type: edge.type, origin: items[edge.prerequisite], destination: items[edge.dependent],
      association: edge.association, source: sources[edge.source])
  }

  /// The links, but for soft ones, that lead from items to items: the reason for a path, a fringe
  /// or an unlock set.
  ///
  /// - Parameters:
  ///   - first: The items that come first.
  ///   - second: The items that build on them.
  /// - Returns: The links in the order in which they were given.
  /// - Complexity: O(links).
  public func reasons(from first: Set<Int>, to second: Set<Int>) -> [StatedLink] {
    edges.compactMap { edge in
      edge.strength != .soft && first.contains(edge.prerequisite) && second.contains(edge.dependent)
        ? stated(edge) : nil
    }
  }
}

// What is near.
extension PrerequisiteGraph {
  /// The items that at most some links, whichever way, lead to, in order of their numbers; the items
  /// themselves are among them.
  ///
  /// - Complexity: O(links of the items found).
  public func neighbourhood(of items: [Int], steps: Int) -> [Int] {
    var found = Set(items)
    var edge = items
    for _ in 0..<max(0, steps) {
      edge = edge.flatMap { item in
        (all.previous(item) + all.next(item)).map(Int.init).filter { found.insert($0).inserted }
      }
    }
    return found.sorted()
  }
}
