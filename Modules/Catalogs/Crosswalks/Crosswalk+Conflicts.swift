public import Domain

// Where crosswalks contradict each other.
extension Crosswalk {
  /// A contradiction, with the links that make it.
  public struct Conflict: Hashable, Sendable {
    /// What kind of contradiction it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// One pair of items is related in two ways.
      case relation
      /// One pair has two strengths that differ by more than 0.2.
      case strength
      /// One item says the same as two that are not said to be the same.
      case severalSame
      /// Links of several catalogs put items that say the same in a circle of prerequisites.
      case order
    }

    /// What kind of contradiction it is.
    public var kind: Kind
    /// The items it is about.
    public var items: [Identifier]
    /// The links that contradict each other, or make the circle.
    public var links: [StatedLink]
    /// The link to leave out so that the rest agrees; only for ``Kind/order``.
    public var weakest: StatedLink?
  }

  /// The contradictions between matches, in the order in which their first links stand.
  ///
  /// - Complexity: O(*n* log *n*).
  public var conflicts: [Conflict] {
    struct Pair: Hashable {
      var first: CatalogKey
      var second: CatalogKey
    }
    var pairs: [Pair: [Match]] = [:]
    var order: [Pair] = []
    for match in matches {
      let keys = [CatalogKey(match.item), CatalogKey(match.counterpart)]
      let isSwapped = keys[1] < keys[0]
      let pair = Pair(first: keys.min() ?? keys[0], second: keys.max() ?? keys[1])
      if pairs[pair] == nil { order.append(pair) }
      pairs[pair, default: []].append(isSwapped ? match.reversed : match)
    }
    var conflicts: [Conflict] = []
    for pair in order {
      let stated = pairs[pair] ?? []
      guard stated.count > 1 else { continue }
      let items = [pair.first.identifier, pair.second.identifier]
      // Being related says nothing against a tighter match.
      let tight = stated.filter { $0.relation != .related && $0.relation != .close }
      if Set(tight.map(\.relation)).count > 1 {
        conflicts.append(
          Conflict(kind: .relation, items: items, links: tight.map(\.link), weakest: nil))
      }
      let strengths = stated.compactMap(\.strength)
      if let low = strengths.min(), let high = strengths.max(), high - low > 0.2 {
        conflicts.append(
          Conflict(
            kind: .strength, items: items,
            links: stated.filter { $0.strength != nil }.map(\.link), weakest: nil))
      }
    }
    return conflicts + severalSame
  }

  /// Items that say the same as two others, which nothing says are the same.
  private var severalSame: [Conflict] {
    var conflicts: [Conflict] = []
    var seen: Set<CatalogKey> = []
    for match in matches where match.relation == .same {
      for item in [match.item, match.counterpart] where seen.insert(CatalogKey(item)).inserted {
        let same = matches(of: item).filter { $0.relation == .same }
        var others: [Identifier] = []
        for other in same.map(\.counterpart)
        where !others.contains(where: { CatalogKey($0) == CatalogKey(other) }) {
          others.append(other)
        }
        guard others.count > 1, !areJoined(others, without: item) else { continue }
        conflicts.append(
          Conflict(
            kind: .severalSame, items: [item] + others, links: same.map(\.link), weakest: nil))
      }
    }
    return conflicts
  }

  /// Whether matches that do not name an item say that all of others are the same.
  private func areJoined(_ others: [Identifier], without item: Identifier) -> Bool {
    let hidden = CatalogKey(item)
    var seen: Set<CatalogKey> = [CatalogKey(others[0])]
    var waiting = [others[0]]
    while let next = waiting.popLast() {
      for match in matches(of: next) where match.relation == .same {
        let key = CatalogKey(match.counterpart)
        if key != hidden, seen.insert(key).inserted { waiting.append(match.counterpart) }
      }
    }
    return others.allSatisfy { seen.contains(CatalogKey($0)) }
  }

  /// Circles of prerequisites that appear when items which say the same are taken as one.
  ///
  /// The weakest link of a circle is one that asks for least; among equals the one whose document
  /// was changed first, then the one that comes last in the file.
  ///
  /// - Parameter catalogs: The catalogs whose prerequisites are joined.
  /// - Complexity: O(items + links).
  public func orderConflicts(of catalogs: [Catalog]) -> [Conflict] {
    let graph = PrerequisiteGraph(catalogs)
    var leader = Array(0..<graph.count)
    func find(_ item: Int) -> Int {
      var item = item
      while leader[item] != item {
        leader[item] = leader[leader[item]]
        item = leader[item]
      }
      return item
    }
    for match in matches where match.relation == .same {
      guard let first = graph.number(of: match.item),
        let second = graph.number(of: match.counterpart)
      else { continue }
      let (low, high) = (min(find(first), find(second)), max(find(first), find(second)))
      leader[high] = low
    }
    let joined = graph.rolledUp { find($0) }
    let changed = catalogs.map { $0.document.lastChange }
    return joined.cycles.map { cycle in
      let steps = zip(cycle, cycle.dropFirst() + cycle.prefix(1))
      let links = steps.compactMap { step in
        joined.edges.first {
          $0.prerequisite == step.0 && $0.dependent == step.1 && $0.strength != .soft
        }
      }
      let weakest = links.enumerated().min { left, right in
        let strict = (left.element.strength == .strict, right.element.strength == .strict)
        if strict.0 != strict.1 { return !strict.0 }
        let days = (changed[left.element.source], changed[right.element.source])
        if let first = days.0, let second = days.1, first != second { return first < second }
        return left.offset > right.offset
      }
      return Conflict(
        kind: .order, items: cycle.map { joined.items[$0] }, links: links.map { joined.stated($0) },
        weakest: weakest.map { joined.stated($0.element) })
    }
  }
}
