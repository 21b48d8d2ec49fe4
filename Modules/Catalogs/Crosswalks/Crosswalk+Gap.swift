public import Domain

// What one catalog says that another one says too.
extension Crosswalk {
  /// How much of a catalog has a counterpart in another.
  public struct Coverage: Hashable, Sendable {
    /// The targets that were looked for: items that nothing stands under.
    public var targets: [Identifier]
    /// For each target that has one, its tightest match with the other catalog.
    public var matches: [Match]
    /// The targets without a counterpart that says the same or more: the gap.
    public var gap: [Identifier]

    /// The share of targets that have a counterpart which says the same or more; 1 without targets.
    public var share: Double {
      targets.isEmpty ? 1 : Double(targets.count - gap.count) / Double(targets.count)
    }
  }

  /// Looks for counterparts of a catalog's targets in another.
  ///
  /// A counterpart of an item above a target counts for it when it says the same or more, since
  /// what is said above holds below.
  ///
  /// - Parameters:
  ///   - catalog: The catalog whose targets are looked for.
  ///   - other: The catalog that may have counterparts.
  /// - Complexity: O(*n* log *n*) in items and matches, times the depth of the hierarchy.
  public func coverage(of catalog: Catalog, by other: Catalog) -> Coverage {
    let own = Set(catalog.items.map { CatalogKey($0.identifier) })
    // A package may hold both: then only what is not of the first one counts.
    let there = Set(other.items.map { CatalogKey($0.identifier) }).subtracting(own)
    let parents = catalog.parents
    let above = Set(parents.values.flatMap { $0 })
    var coverage = Coverage(targets: [], matches: [], gap: [])
    for item in catalog.items where !item.identifier.isEmpty {
      let key = CatalogKey(item.identifier)
      guard !above.contains(key) else { continue }
      coverage.targets.append(item.identifier)
      var (best, seen, waiting): (Match?, Set<CatalogKey>, [CatalogKey]) = (nil, [key], [key])
      var isOwn = true
      while !waiting.isEmpty {
        let found = waiting.flatMap { matches(of: $0.identifier) }.first { match in
          there.contains(CatalogKey(match.counterpart)) && (isOwn || match.relation <= .broader)
        }
        if let found, best == nil || found.relation < (best?.relation ?? .related) { best = found }
        if let best, best.relation <= .broader { break }
        isOwn = false
        waiting = waiting.flatMap { parents[$0] ?? [] }.filter {
          own.contains($0) && seen.insert($0).inserted
        }
      }
      if let best { coverage.matches.append(best) }
      if (best?.relation ?? .related) > .broader { coverage.gap.append(item.identifier) }
    }
    return coverage
  }
}
