public import Domain

/// What items of catalogs have to do with items of others, as published crosswalks state it.
///
/// Nothing is guessed: each match is a link of a document, and keeps its source. Hierarchy,
/// prerequisites, replacements, examples and levels are no matches.
public struct Crosswalk: Hashable, Sendable {
  /// How an item relates to its counterpart.
  public enum Relation: String, Hashable, Sendable, CaseIterable, Comparable {
    /// Both say the same, or the same in two languages.
    case same
    /// The counterpart says all of it and more.
    case broader
    /// The counterpart says a part of it.
    case narrower
    /// Much of both is the same; how much is not stated.
    case close
    /// They have to do with each other.
    case related

    /// The relation seen from the counterpart.
    public var inverse: Relation {
      switch self {
      case .broader: .narrower
      case .narrower: .broader
      case .same, .close, .related: self
      }
    }

    /// Orders relations as they are listed here, the tightest first.
    public static func < (left: Relation, right: Relation) -> Bool { left.rank < right.rank }

    private var rank: Int { Relation.allCases.firstIndex(of: self) ?? 0 }

    /// The relation of an origin to its destination that a type states; `nil` for types that match
    /// nothing.
    public init?(_ type: AssociationType) {
      switch type {
      case .exactMatchOf, .isTranslationOf: self = .same
      case .isPartOf: self = .broader
      case .isPeerOf: self = .close
      case .isRelatedTo: self = .related
      default:
        let name = type.name.lowercased()
        guard name.contains("align") || name.contains("match") else { return nil }
        if name.contains("exact") {
          self = .same
        } else if name.contains("broad") {
          self = .broader
        } else if name.contains("narrow") {
          self = .narrower
        } else {
          self = name.contains("minor") || name.contains("related") ? .related : .close
        }
      }
    }
  }

  /// A stated match.
  public struct Match: Hashable, Sendable {
    /// The item.
    public var item: Identifier
    /// The item it is matched with.
    public var counterpart: Identifier
    /// How the item relates to its counterpart.
    public var relation: Relation
    /// How much of it holds, from 0 to 1, where the document says so in the extensions of the link.
    public var strength: Double?
    /// The link, with document, edition and licence.
    public var link: StatedLink

    /// The match seen from the counterpart.
    public var reversed: Match {
      Match(
        item: counterpart, counterpart: item, relation: relation.inverse, strength: strength,
        link: link)
    }
  }

  /// The matches, in the order of the catalogs and their files, as they are stated.
  public let matches: [Match]
  private let places: [CatalogKey: [Int]]

  /// Gathers the matches of catalogs.
  ///
  /// - Parameter catalogs: The documents that state matches; a crosswalk is often one of its own.
  /// - Complexity: O(associations).
  public init(_ catalogs: [Catalog]) {
    var matches: [Match] = []
    var places: [CatalogKey: [Int]] = [:]
    for catalog in catalogs {
      let source = CatalogSource(catalog)
      for association in catalog.associations {
        guard let relation = Relation(association.type),
          let link = StatedLink(association, in: source)
        else { continue }
        let ends = [CatalogKey(link.origin), CatalogKey(link.destination)]
        guard ends[0] != ends[1] else { continue }
        for end in ends { places[end, default: []].append(matches.count) }
        matches.append(
          Match(
            item: link.origin, counterpart: link.destination, relation: relation,
            strength: Crosswalk.strength(of: association), link: link))
      }
    }
    (self.matches, self.places) = (matches, places)
  }

  /// The matches of an item, seen from it: the tightest first, then the strongest.
  ///
  /// - Complexity: O(*n* log *n*) in its matches.
  public func matches(of item: Identifier) -> [Match] {
    let key = CatalogKey(item)
    let own = (places[key] ?? []).map { place in
      let match = matches[place]
      return CatalogKey(match.item) == key ? match : match.reversed
    }
    return own.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      if first.relation != second.relation { return first.relation < second.relation }
      let strengths = (first.strength ?? -1, second.strength ?? -1)
      if strengths.0 != strengths.1 { return strengths.0 > strengths.1 }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// A number from 0 to 1 under `strength`, alone or at the end of a longer name.
  private static func strength(of association: CatalogAssociation) -> Double? {
    for member in association.extensions.members {
      let name = member.name.lowercased()
      guard name == "strength" || name.hasSuffix(".strength") else { continue }
      let text: String? =
        switch member.value {
        case .number(let text), .string(let text): text
        default: nil
        }
      if let value = text.flatMap({ Double($0) }), (0...1).contains(value) { return value }
    }
    return nil
  }
}
