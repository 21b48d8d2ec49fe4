package import Domain

/// Content hashes of the evidence of groups, from columns.
///
/// They are those of `Evidence.digest(of:)`: what many rows share is written as JSON once, and no
/// piece of evidence is made.
package struct EvidenceDigester {
  private let groups: EvidenceGroups
  /// For each set of traits the members of a piece that come from it, up to the next other one.
  private let traits: [TraitTexts]
  private let states: [[UInt8]]
  private var bytes: [UInt8] = []

  /// The members of a piece in the order of RFC 8785, as far as traits give them.
  private struct TraitTexts {
    var fromAttempt: [UInt8]
    var kind: [UInt8]
    var fromPurpose: [UInt8]
    var trust: [UInt8]

    init(_ traits: EvidenceTraits) {
      fromAttempt = Self.members([
        ("attempt", traits.attempt.map { .number(ExactDecimal($0)) }),
        ("context", traits.context.map { .string($0) }),
        ("depth", traits.depth.map { DocumentValue($0.text) }),
      ])
      kind = Self.members([("kind", .string(traits.kind.word))])
      fromPurpose = Self.members([
        ("purpose", .string(traits.purpose.word)),
        ("rater", traits.rater.map { .string($0.identifier) }),
      ])
      trust = Self.members([("trust", DocumentValue(traits.trust.rawValue))])
    }

    /// Members with a comma after each.
    private static func members(_ members: [(Identifier, DocumentValue?)]) -> [UInt8] {
      let text = DocumentValue(members: members).canonicalText.utf8.dropFirst().dropLast()
      return text.isEmpty ? [] : Array(text) + [UInt8(ascii: ",")]
    }
  }

  fileprivate init(_ groups: EvidenceGroups) {
    self.groups = groups
    traits = groups.columns.traitValues.values.map { TraitTexts($0) }
    states = groups.columns.stateValues.values.map { Array($0.json.canonicalText.utf8) }
  }

  /// The content hash of the evidence of a group, whether or not it counts.
  ///
  /// - Complexity: O(*n* log *n*) in the number of rows of the group.
  package mutating func digest(at group: Int) -> SHA256.Digest {
    let columns = groups.columns
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "["))
    var rows = groups.rows[groups.range(of: group)].map { Int($0) }
    if rows.count > 1 { columns.sortByIdentifier(&rows) }
    let (learner, target) = (groups.learner(at: group), groups.target(at: group))
    for (place, row) in rows.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "{"))
      append(row, learner, target)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
    return SHA256.hash(bytes)
  }

  private mutating func append(_ row: Int, _ learner: LearnerID, _ target: CompetencyID) {
    let columns = groups.columns
    let own = traits[Int(columns.traits[row])]
    if let artefact = columns.artefact(of: row) { append("artefact", artefact.identifier) }
    if let assessment = columns.assessment(of: row) { append("assessment", assessment.identifier) }
    bytes += own.fromAttempt
    append("due", columns.due, row)
    append("id", columns.identifiers[row])
    bytes += own.kind
    append("learner", learner.identifier)
    append("occurred", columns.occurred, row)
    bytes += own.fromPurpose
    append("recorded", columns.recorded, row)
    append("state")
    bytes += states[Int(columns.states[row])]
    bytes.append(UInt8(ascii: ","))
    append("submitted", columns.submitted, row)
    append("target", target.identifier)
    bytes += own.trust.dropLast()
  }

  private mutating func append(_ name: StaticString) {
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: unsafe $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(_ name: StaticString, _ text: Identifier) {
    append(name)
    DocumentValue.appendCanonical(text, to: &bytes)
    bytes.append(UInt8(ascii: ","))
  }

  private mutating func append(_ name: StaticString, _ column: TimeColumn?, _ row: Int) {
    guard let column, column.forms[row] != TimeColumn.none else { return }
    append(name)
    bytes.append(UInt8(ascii: "\""))
    column.append(row, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ","))
  }
}

extension RollUp {
  /// Hashes the evidence of groups.
  package var digester: EvidenceDigester { EvidenceDigester(groups) }
}
