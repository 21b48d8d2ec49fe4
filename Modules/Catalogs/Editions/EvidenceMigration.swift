public import Domain

/// What evidence for an item of an older edition becomes in a newer one.
///
/// Nothing is ever deleted or raised silently: each step says the rule, the associations and the
/// edition that caused it.
public struct EvidenceMigration: Hashable, Sendable {
  /// A rule.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// The item stays; so does the evidence.
    case keep
    /// The item stays but says something else; somebody has to look at it.
    case keepForReview
    /// One item took its place alone; the evidence counts for that.
    case carry
    /// Several items took its place; for each of them the evidence is an inference.
    case inferBySplit
    /// It went into an item together with others; the evidence is complete only with theirs.
    case partialByMerge
    /// Nothing took its place; the evidence stays in the record and counts for nothing new.
    case retire
  }

  /// The item of the older edition.
  public var item: Identifier
  /// The rule.
  public var rule: Rule
  /// The items of the newer edition that the evidence counts for.
  public var targets: [Identifier]
  /// All items of the older edition that are needed together, for ``Rule/partialByMerge``.
  public var completedBy: [Identifier]
  /// The associations that say so.
  public var associations: [Identifier]
  /// The newer edition.
  public var edition: String

  static func plan(
    for items: [EditionComparison.Item], links: ReplacementLinks, edition: String,
    in before: EditionIndex
  ) -> [EvidenceMigration] {
    var sources: [CatalogKey: [Identifier]] = [:]
    for item in items {
      for case .replaced(let next) in item.changes {
        for target in next { sources[CatalogKey(target), default: []].append(item.identifier) }
      }
    }
    return items.filter { before.items[CatalogKey($0.identifier)] != nil }.map { item in
      var step = EvidenceMigration(
        item: item.identifier, rule: .keep, targets: [item.identifier], completedBy: [],
        associations: [], edition: edition)
      if item.changes.contains(.textEdited(.large)) { step.rule = .keepForReview }
      if item.changes.contains(.removed) { (step.rule, step.targets) = (.retire, []) }
      for case .replaced(let next) in item.changes {
        step.targets = next
        step.associations = links.associations(from: CatalogKey(item.identifier))
        let together = next.compactMap { sources[CatalogKey($0)] }.flatMap { $0 }
        if Set(together).count > 1 {
          step.rule = .partialByMerge
          step.completedBy = Array(Set(together)).sorted()
        } else {
          step.rule = next.count > 1 ? .inferBySplit : .carry
        }
      }
      return step
    }
  }
}
