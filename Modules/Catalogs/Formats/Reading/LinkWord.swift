internal import Domain

/// What maps and lists of prerequisites call their links.
enum LinkWord {
  /// Headings and members that name the two ends, what comes first before what builds on it.
  static let ends: [(first: String, second: String)] = [
    ("from", "to"), ("source", "target"), ("prerequisite", "dependent"), ("begin", "end"),
    ("origin", "destination"), ("before", "after"),
  ]

  /// Headings and members that name what a link says.
  static let types = [
    "type", "kind", "relation", "relationship", "relationtype", "associationtype", "linktype",
    "strength",
  ]

  /// Headings and members that say why.
  static let reasons = ["reason", "why", "note", "notes", "comment"]

  private static let meanings: [String: AssociationType] = [
    "arrow": .precedes, "directed": .precedes, "edge": .precedes, "link": .precedes,
    "prerequisite": .precedes, "prerequisiteof": .precedes, "isprerequisiteof": .precedes,
    "before": .precedes, "buildstowards": .precedes, "strict": .precedes, "essential": .precedes,
    "required": .precedes, "soft": .precedesSoftly, "optional": .precedesSoftly,
    "recommended": .precedesSoftly, "undirected": .isRelatedTo, "nondirectional": .isRelatedTo,
    "nondirectionallink": .isRelatedTo, "bidirectional": .isRelatedTo,
  ]

  /// What a word says; words that are not known here are read as relations of other formats.
  static func meaning(_ word: String) -> RelationName.Meaning {
    if let type = meanings[CatalogTable.plain(word)] {
      return RelationName.Meaning(type: type, isSwapped: false)
    }
    return RelationName.meaning(word.trimmingBlanks())
  }

  /// What the links of a list say that give no word themselves, by the name of the list:
  /// prerequisites, unless it says that they have no direction.
  static func type(ofListNamed name: String) -> AssociationType {
    let plain = CatalogTable.plain(name)
    let isUndirected =
      ["undirected", "nondirect", "related"].contains { plain.contains($0) }
      || plain.hasPrefix("ndedge") || plain.hasPrefix("ndlink")
    return isUndirected ? .isRelatedTo : .precedes
  }
}

/// Links of which it does not matter which end comes first, each once.
struct LinkPairs {
  private struct Pair: Hashable {
    var type: AssociationType
    var low: CatalogKey
    var high: CatalogKey
  }

  private var pairs: [Pair: Bool] = [:]
  /// How many were stated in both directions.
  private(set) var mirrored = 0

  /// Whether a link is new, and not one that stands the other way round already.
  mutating func isNew(_ type: AssociationType, _ origin: String, _ destination: String) -> Bool {
    guard type.isSymmetric else { return true }
    let (first, second) = (CatalogKey(Identifier(origin)), CatalogKey(Identifier(destination)))
    let isTurned = second < first
    let pair = Pair(type: type, low: min(first, second), high: max(first, second))
    guard let known = pairs.updateValue(isTurned, forKey: pair) else { return true }
    if known != isTurned { mirrored += 1 }
    return false
  }
}

extension CatalogBuilder {
  /// Tells how many links without a direction were stated in both.
  mutating func report(_ pairs: LinkPairs) {
    guard pairs.mirrored > 0 else { return }
    report(
      .note, "both_directions",
      "\(pairs.mirrored) links that have no direction stand in both; each is read once.",
      at: Place(file: file))
  }
}
