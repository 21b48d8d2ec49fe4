internal import Domain

/// What relations of other formats are among the types of CASE.
enum RelationName {
  /// The type and whether origin and destination change places.
  struct Meaning {
    var type: AssociationType
    var isSwapped: Bool
  }

  private static let meanings: [String: Meaning] = [
    "requires": Meaning(type: .precedes, isSwapped: true),
    "isenabledby": Meaning(type: .precedesSoftly, isSwapped: true),
    "desires": Meaning(type: .precedesSoftly, isSwapped: true),
    "narrows": Meaning(type: .isChildOf, isSwapped: false),
    "isequivalentto": Meaning(type: .exactMatchOf, isSwapped: false),
    "implies": Meaning(type: "ext:implies", isSwapped: false),
    "prerequisitealignment": Meaning(type: .precedes, isSwapped: true),
    "exactalignment": Meaning(type: .exactMatchOf, isSwapped: false),
    "exactmatch": Meaning(type: .exactMatchOf, isSwapped: false),
    "broadalignment": Meaning(type: .isPartOf, isSwapped: false),
    "broadmatch": Meaning(type: .isPartOf, isSwapped: false),
    "narrowalignment": Meaning(type: .isPartOf, isSwapped: true),
    "narrowmatch": Meaning(type: .isPartOf, isSwapped: true),
    "majoralignment": Meaning(type: .majorAlignment, isSwapped: false),
    "closematch": Meaning(type: .majorAlignment, isSwapped: false),
    "minoralignment": Meaning(type: .isRelatedTo, isSwapped: false),
    "relatedmatch": Meaning(type: .isRelatedTo, isSwapped: false),
    "related": Meaning(type: .isRelatedTo, isSwapped: false),
    "broader": Meaning(type: .isChildOf, isSwapped: false),
    "narrower": Meaning(type: .isChildOf, isSwapped: true),
    "haschild": Meaning(type: .isChildOf, isSwapped: true),
    "haspart": Meaning(type: .isPartOf, isSwapped: true),
    "replaces": Meaning(type: .replacedBy, isSwapped: true),
    "isreplacedby": Meaning(type: .replacedBy, isSwapped: false),
  ]

  /// The alignments of ASN and CTDL-ASN and the mappings of SKOS.
  static let alignments = [
    "exactAlignment", "majorAlignment", "minorAlignment", "broadAlignment", "narrowAlignment",
    "prerequisiteAlignment", "exactMatch", "closeMatch", "broadMatch", "narrowMatch",
    "relatedMatch", "related",
  ]

  /// The meaning of a name; names that are not known are read as types of CASE.
  static func meaning(_ name: String) -> Meaning {
    let local = LinkedNode.localName(name)
    if let meaning = meanings[local.lowercased()] { return meaning }
    let type = AssociationType(reading: name.hasPrefix("ext:") ? name : local)
    return Meaning(type: type, isSwapped: false)
  }
}

extension AssociationType {
  /// The origin is good to know before the destination, but not needed.
  static let precedesSoftly: AssociationType = "ext:precedesSoftly"
  /// Both say nearly the same.
  static let majorAlignment: AssociationType = "ext:majorAlignment"
}

extension CatalogBuilder {
  /// Adds a link by the name that another format has for it.
  mutating func relate(
    _ origin: String, _ name: String, _ destination: String, at place: Place,
    isOrdered: Bool = false
  ) {
    let meaning = RelationName.meaning(name)
    let (first, second) = meaning.isSwapped ? (destination, origin) : (origin, destination)
    link(meaning.type, from: first, to: second, at: place, isOrdered: isOrdered)
  }

  /// Adds the alignments of a node.
  mutating func alignments(of node: LinkedNode, identifier: String, at place: Place) {
    for name in RelationName.alignments {
      for target in node.references(name) { relate(identifier, name, target, at: place) }
    }
  }
}

/// School levels in the codes that CASE uses.
enum SchoolLevel {
  /// `K`, `1` and addresses that end with them, as `KG` and `01`; other words stay.
  static func code(_ text: String) -> String {
    var term = LinkedNode.term(text.trimmingBlanks())
    if term.lowercased().hasPrefix("grade ") { term = term.dropFirst(6).trimmingBlanks() }
    if let grade = Int(term), (0...13).contains(grade) {
      if grade == 0 { return "KG" }
      return grade < 10 ? "0\(grade)" : "\(grade)"
    }
    switch term.uppercased() {
    case "K", "KG", "KINDERGARTEN": return "KG"
    case "PK", "PRE-K", "PREK": return "PK"
    default: return term
    }
  }
}
