public import Domain

/// Items of an older edition and the items of a newer one that took their place.
public struct Replacement: Hashable, Sendable {
  /// How many took the place of how many.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// One of one.
    case oneToOne
    /// Several of one.
    case split
    /// One of several.
    case merge
    /// Several of several.
    case manyToMany
  }

  /// The items that are gone, in the order of the older edition.
  public var old: [Identifier]
  /// The items that took their place, in the order in which links name them.
  public var new: [Identifier]
  /// The links that say so.
  public var chain: [StatedLink]

  /// How many took the place of how many.
  public var kind: Kind {
    switch (old.count, new.count) {
    case (1, 1): .oneToOne
    case (1, _): .split
    case (_, 1): .merge
    default: .manyToMany
    }
  }

  /// Joins replaced items that share a successor.
  static func groups(
    of items: [EditionComparison.Item], links: ReplacementLinks
  ) -> [Replacement] {
    var groups: [Replacement?] = []
    var owner: [CatalogKey: Int] = [:]
    for item in items {
      for case .replaced(let next) in item.changes {
        let chain = links.chain(
          from: CatalogKey(item.identifier), to: Set(next.map { CatalogKey($0) }))
        var merged = Replacement(old: [], new: [], chain: [])
        for number in Set(next.compactMap { owner[CatalogKey($0)] }).sorted() {
          guard let group = groups[number] else { continue }
          groups[number] = nil
          merged.old += group.old
          merged.new += group.new
          merged.chain += group.chain
        }
        merged.old.append(item.identifier)
        merged.new += next.filter { !merged.new.contains($0) }
        merged.chain += chain.filter { !merged.chain.contains($0) }
        for target in merged.new { owner[CatalogKey(target)] = groups.count }
        groups.append(merged)
      }
    }
    return groups.compactMap { $0 }
  }
}
