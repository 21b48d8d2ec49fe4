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
  private var text = Text()

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
    // Outside of self while they are filled, so that the columns beside them need no copy.
    var text = Text()
    swap(&text, &self.text)
    defer { swap(&text, &self.text) }
    fill(&text, with: group)
    return SHA256.hash(text.bytes)
  }

  private func fill(_ text: inout Text, with group: Int) {
    text.bytes.removeAll(keepingCapacity: true)
    text.bytes.append(UInt8(ascii: "["))
    text.rows.removeAll(keepingCapacity: true)
    for place in groups.range(of: group) { text.rows.append(Int(groups.rows[place])) }
    if text.rows.count > 1 { groups.columns.sortByIdentifier(&text.rows) }
    let (learner, target) = (groups.learner(at: group), groups.target(at: group))
    for place in text.rows.indices {
      if place > 0 { text.bytes.append(UInt8(ascii: ",")) }
      text.bytes.append(UInt8(ascii: "{"))
      append(text.rows[place], learner, target, to: &text)
      text.bytes.append(UInt8(ascii: "}"))
    }
    text.bytes.append(UInt8(ascii: "]"))
  }

  private func append(
    _ row: Int, _ learner: LearnerID, _ target: CompetencyID, to text: inout Text
  ) {
    let own = Int(groups.columns.traits[row])
    if let artefact = groups.columns.artefact(of: row) {
      text.append("artefact", artefact.identifier)
    }
    if let assessment = groups.columns.assessment(of: row) {
      text.append("assessment", assessment.identifier)
    }
    text.bytes += traits[own].fromAttempt
    if let due = groups.columns.due { text.append("due", due, row) }
    text.append("id")
    groups.columns.identifiers.appendCanonical(row, to: &text.bytes)
    text.bytes.append(UInt8(ascii: ","))
    text.bytes += traits[own].kind
    text.append("learner", learner.identifier)
    text.append("occurred", groups.columns.occurred, row)
    text.bytes += traits[own].fromPurpose
    text.append("recorded", groups.columns.recorded, row)
    text.append("state")
    text.bytes += states[Int(groups.columns.states[row])]
    text.bytes.append(UInt8(ascii: ","))
    if let submitted = groups.columns.submitted { text.append("submitted", submitted, row) }
    text.append("target", target.identifier)
    text.bytes += traits[own].trust
  }

  /// The rows of a group and their text.
  private struct Text {
    var rows: [Int] = []
    var bytes: [UInt8] = []

    mutating func append(_ name: StaticString) {
      bytes.append(UInt8(ascii: "\""))
      name.withUTF8Buffer { unsafe bytes.append(contentsOf: unsafe $0) }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(UInt8(ascii: ":"))
    }

    mutating func append(_ name: StaticString, _ text: Identifier) {
      append(name)
      DocumentValue.appendCanonical(text, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }

    mutating func append(_ name: StaticString, _ column: TimeColumn, _ row: Int) {
      guard column.forms[row] != TimeColumn.none else { return }
      append(name)
      bytes.append(UInt8(ascii: "\""))
      column.append(row, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
      bytes.append(UInt8(ascii: ","))
    }
  }
}

extension RollUp {
  /// Hashes the evidence of groups.
  package var digester: EvidenceDigester { EvidenceDigester(groups) }
}
