/// A named translation from one scale to another that states what it loses.
///
/// Nothing translates between scales by itself: a school names the mapping it uses, and reports
/// carry its losses.
public struct ScaleMapping: Hashable, Sendable, Identified {
  /// The translation of one level.
  public struct Pair: Hashable, Sendable {
    /// The label on the first scale.
    public var from: Identifier
    /// The label on the second scale.
    public var to: Identifier

    /// Creates a pair.
    public init(_ from: Identifier, to: Identifier) {
      self.from = from
      self.to = to
    }
  }

  /// Something that a translated result no longer says, or says differently.
  public enum Loss: Hashable, Sendable {
    /// Several levels become one and cannot be told apart again.
    case merged(levels: [Identifier], into: Identifier)
    /// A level has no translation.
    case untranslated(Identifier)
    /// A level is mastery on one scale only.
    case masteryChanged(from: Identifier, to: Identifier)
    /// Two levels change their order.
    case orderChanged(lower: Identifier, higher: Identifier)
  }

  /// The identifier that our own data uses.
  public let id: ID<ScaleMapping>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// The name under which a school chose it.
  public let name: String
  /// The scale that is translated.
  public let source: ScaleID
  /// The scale that it becomes.
  public let target: ScaleID
  /// The translations, in the order of the source's levels.
  public let pairs: [Pair]
  /// What is lost, in the order of the source's levels; empty when nothing is.
  public let losses: [Loss]

  /// Creates a mapping and works out what it loses.
  ///
  /// - Parameters:
  ///   - id: The identifier that our own data uses.
  ///   - externalIdentifiers: What other systems call it.
  ///   - name: The name under which a school chose it.
  ///   - source: The scale that is translated.
  ///   - target: The scale that it becomes.
  ///   - pairs: The translations, in any order; levels may be left out.
  /// - Throws: ``DomainError`` with the code `invalidMapping` when a label is not on its scale or
  ///   a level has two translations.
  public init(
    id: ID<ScaleMapping>, externalIdentifiers: [ExternalIdentifier] = [], name: String,
    from source: ProficiencyScale, to target: ProficiencyScale, pairs: [Pair]
  ) throws(DomainError) {
    for pair in pairs {
      guard source.rank(of: pair.from) != nil, target.rank(of: pair.to) != nil else {
        throw DomainError(
          .invalidMapping,
          "Mapping \(id) translates \"\(pair.from)\" to \"\(pair.to)\"; use labels of the scales "
            + "\(source.id) and \(target.id).")
      }
    }
    let translations = Dictionary(pairs.map { ($0.from, $0.to) }) { first, _ in first }
    guard translations.count == pairs.count else {
      throw DomainError(
        .invalidMapping,
        "Mapping \(id) translates a level twice; leave one translation of each level.")
    }
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.name = name
    self.source = source.id
    self.target = target.id
    self.pairs = source.levels.compactMap { level in
      translations[level.label].map { Pair(level.label, to: $0) }
    }
    losses = ScaleMapping.losses(of: self.pairs, from: source, to: target)
  }

  /// Translates one level.
  ///
  /// - Parameter label: A label on the source scale.
  /// - Returns: The label on the target scale, or `nil` when there is no translation.
  public func translate(_ label: Identifier) -> Identifier? {
    pairs.first { $0.from == label }?.to
  }

  private static func losses(
    of pairs: [Pair], from source: ProficiencyScale, to target: ProficiencyScale
  ) -> [Loss] {
    var losses: [Loss] = []
    for level in source.levels {
      guard let pair = pairs.first(where: { $0.from == level.label }) else {
        losses.append(.untranslated(level.label))
        continue
      }
      let merged = pairs.filter { $0.to == pair.to }.map(\.from)
      if merged.count > 1, merged.first == pair.from {
        losses.append(.merged(levels: merged, into: pair.to))
      }
      if source.isMastery(pair.from) != target.isMastery(pair.to) {
        losses.append(.masteryChanged(from: pair.from, to: pair.to))
      }
    }
    for (lower, higher) in zip(pairs, pairs.dropFirst()) {
      guard let first = target.rank(of: lower.to), let second = target.rank(of: higher.to),
        first > second
      else { continue }
      losses.append(.orderChanged(lower: lower.from, higher: higher.from))
    }
    return losses
  }
}
