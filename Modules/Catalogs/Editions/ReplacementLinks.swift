internal import Domain

/// The associations that say what took an item's place.
struct ReplacementLinks {
  private(set) var next: [CatalogKey: [(item: CatalogKey, link: StatedLink)]] = [:]

  init(_ catalogs: Catalog...) {
    for catalog in catalogs {
      let source = CatalogSource(catalog)
      for association in catalog.associations where association.type == .replacedBy {
        guard let link = StatedLink(association, in: source) else { continue }
        let (from, to) = (CatalogKey(link.origin), CatalogKey(link.destination))
        guard from != to, !(next[from] ?? []).contains(where: { $0.item == to }) else { continue }
        next[from, default: []].append((to, link))
      }
    }
  }

  /// The last items of all chains from an item, in the order in which they are found.
  func successors(of item: CatalogKey) -> [CatalogKey] {
    let (order, _) = walk(from: item)
    return order.filter { (next[$0] ?? []).isEmpty }
  }

  /// The links of all chains from an item that lead to one of the ends.
  func chain(from item: CatalogKey, to ends: Set<CatalogKey>) -> [StatedLink] {
    let (order, before) = walk(from: item)
    var wanted: Set<CatalogKey> = ends
    var links: [StatedLink] = []
    // Backwards: a link counts when what it goes to does.
    for key in order.reversed() where wanted.contains(key) {
      for link in (before[key] ?? []).reversed() {
        wanted.insert(CatalogKey(link.origin))
        links.append(link)
      }
    }
    return links.reversed()
  }

  /// What is reached from an item, and the links that lead to each.
  private func walk(
    from item: CatalogKey
  ) -> (order: [CatalogKey], before: [CatalogKey: [StatedLink]]) {
    var seen: Set<CatalogKey> = [item]
    var (queue, place) = ([item], 0)
    var before: [CatalogKey: [StatedLink]] = [:]
    while place < queue.count {
      for (target, link) in next[queue[place]] ?? [] {
        // A chain that leads back has its end already.
        if target != item { before[target, default: []].append(link) }
        if seen.insert(target).inserted { queue.append(target) }
      }
      place += 1
    }
    return (Array(queue.dropFirst()), before)
  }
}
