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
  /// - Parameters:
  ///   - items: Where to begin.
  ///   - steps: How many links to follow.
  ///   - followsImplied: Whether links that others make necessary already are followed.
  /// - Complexity: O(links of the items found), and that of ``impliedLinks`` without those.
  public func neighbourhood(of items: [Int], steps: Int, followsImplied: Bool = true) -> [Int] {
    var hidden: Set<[Int]> = []
    if !followsImplied {
      for link in impliedLinks { hidden.insert([link.prerequisite, link.dependent]) }
    }
    var found = Set(items)
    var edge = items
    for _ in 0..<max(0, steps) {
      edge = edge.flatMap { item in
        let before = all.previous(item).map(Int.init).filter { !hidden.contains([$0, item]) }
        let after = all.next(item).map(Int.init).filter { !hidden.contains([item, $0]) }
        return (before + after).filter { found.insert($0).inserted }
      }
    }
    return found.sorted()
  }
}
