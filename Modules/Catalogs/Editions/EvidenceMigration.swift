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
  /// The `replacedBy` links that lead from the item to the targets, with the edition and licence of
  /// the document that states each.
  public var chain: [StatedLink]
  /// The newer edition.
  public var edition: String

  /// The associations that say so.
  public var associations: [Identifier] { chain.map(\.association) }

  /// A step for each item of the older edition, in its order; where an item went into several and
  /// one of these took in others too, a step for each rule.
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
    return items.filter { before.items[CatalogKey($0.identifier)] != nil }.flatMap { item in
      for case .replaced(let next) in item.changes {
        return replaced(item.identifier, by: next, sources, links, edition)
      }
      var step = EvidenceMigration(
        item: item.identifier, rule: .keep, targets: [item.identifier], completedBy: [], chain: [],
        edition: edition)
      if item.changes.contains(.textEdited(.large)) { step.rule = .keepForReview }
      if item.changes.contains(.removed) { (step.rule, step.targets) = (.retire, []) }
      return [step]
    }
  }

  private static func replaced(
    _ item: Identifier, by next: [Identifier], _ sources: [CatalogKey: [Identifier]],
    _ links: ReplacementLinks, _ edition: String
  ) -> [EvidenceMigration] {
    func step(_ rule: Rule, _ targets: [Identifier], _ together: [Identifier]) -> EvidenceMigration
    {
      EvidenceMigration(
        item: item, rule: rule, targets: targets, completedBy: together,
        chain: links.chain(from: CatalogKey(item), to: Set(targets.map { CatalogKey($0) })),
        edition: edition)
    }
    let alone = next.filter { (sources[CatalogKey($0)] ?? []).count < 2 }
    var steps: [EvidenceMigration] = []
    if !alone.isEmpty { steps.append(step(next.count > 1 ? .inferBySplit : .carry, alone, [])) }
    for target in next {
      let together = Set(sources[CatalogKey(target)] ?? []).sorted()
      if together.count > 1 { steps.append(step(.partialByMerge, [target], together)) }
    }
    return steps
  }
}
