internal import Domain

/// A link that two editions do not both have.
public struct LinkChange: Hashable, Sendable {
  /// How it differs.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Only the newer edition has it.
    case added
    /// Only the older edition has it.
    case removed
    /// The newer edition has it the other way around.
    case reversed
  }

  /// How it differs.
  public var kind: Kind
  /// The link as the newer edition states it; as the older one did where it was removed.
  public var link: StatedLink

  private struct Key: Hashable {
    var type: AssociationType
    var first: CatalogKey
    var second: CatalogKey

    init(_ link: StatedLink, isReversed: Bool = false) {
      type = link.type
      let ends = [CatalogKey(link.origin), CatalogKey(link.destination)]
      // Links that read both ways are the same whichever end comes first.
      let sorted = link.type.isSymmetric ? ends.sorted() : isReversed ? ends.reversed() : ends
      (first, second) = (sorted[0], sorted[1])
    }
  }

  /// The links that differ, those of the newer edition first; parents are compared with the items.
  static func changes(from old: Catalog, to new: Catalog) -> [LinkChange] {
    let (before, after) = (links(of: old), links(of: new))
    let known = Dictionary(before.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let there = Set(after.map { Key($0) })
    var changes: [LinkChange] = []
    var turned: Set<Key> = []
    var told: Set<Key> = []
    for link in after where known[Key(link)] == nil && told.insert(Key(link)).inserted {
      let opposite = Key(link, isReversed: true)
      let isReversed = !link.type.isSymmetric && known[opposite] != nil && !there.contains(opposite)
      if isReversed { turned.insert(opposite) }
      changes.append(LinkChange(kind: isReversed ? .reversed : .added, link: link))
    }
    for link in before where !there.contains(Key(link)) && !turned.contains(Key(link)) {
      guard told.insert(Key(link)).inserted else { continue }
      changes.append(LinkChange(kind: .removed, link: link))
    }
    return changes
  }

  private static func links(of catalog: Catalog) -> [StatedLink] {
    let source = CatalogSource(catalog)
    return catalog.associations.compactMap { association in
      // Parents and replacements are told with the items.
      [.isChildOf, .replacedBy].contains(association.type)
        ? nil : StatedLink(association, in: source)
    }
  }
}
