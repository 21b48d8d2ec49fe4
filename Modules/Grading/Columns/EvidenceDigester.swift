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
  private var rows: [Int] = []

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
      // The last member has no comma.
      trust = Self.members([("trust", DocumentValue(traits.trust.rawValue))]).dropLast()
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
    // The columns are named in full each time: as a local value they would be copied.
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "["))
    rows.removeAll(keepingCapacity: true)
    for place in groups.range(of: group) { rows.append(Int(groups.rows[place])) }
    if rows.count > 1 { groups.columns.sortByIdentifier(&rows) }
    let (learner, target) = (groups.learner(at: group), groups.target(at: group))
    for place in rows.indices {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "{"))
      append(rows[place], learner, target)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
    return SHA256.hash(bytes)
  }

  private mutating func append(_ row: Int, _ learner: LearnerID, _ target: CompetencyID) {
    let own = Int(groups.columns.traits[row])
    if let artefact = groups.columns.artefact(of: row) { append("artefact", artefact.identifier) }
    if let assessment = groups.columns.assessment(of: row) {
      append("assessment", assessment.identifier)
    }
    bytes += traits[own].fromAttempt
    if let due = groups.columns.due { append("due", due, row) }
    append("id")
    groups.columns.identifiers.appendCanonical(row, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    bytes += traits[own].kind
    append("learner", learner.identifier)
    append("occurred", groups.columns.occurred, row)
    bytes += traits[own].fromPurpose
    append("recorded", groups.columns.recorded, row)
    append("state")
    bytes += states[Int(groups.columns.states[row])]
    bytes.append(UInt8(ascii: ","))
    if let submitted = groups.columns.submitted { append("submitted", submitted, row) }
    append("target", target.identifier)
    bytes += traits[own].trust
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

  private mutating func append(_ name: StaticString, _ column: TimeColumn, _ row: Int) {
    guard column.forms[row] != TimeColumn.none else { return }
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
