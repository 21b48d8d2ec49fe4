public import Domain
public import Grading

/// What a carried record shows.
public struct RecordContents: Sendable {
  /// The learner in the package.
  public var subject: LearnerID
  /// The school that signed.
  public var issuer: Identifier
  /// The rule of that school.
  public var policy: Policy
  /// What was graded there.
  public var targets: [RecordTarget]
  /// Which fields may have left.
  public var consent: RecordConsent
  /// The name of the learner, where it is shown.
  public var name: String?
  /// The identifier of the learner at that school, where it is shown.
  public var identifier: Identifier?
  /// The events that are shown, in the order in which they were recorded.
  public var events: [EvidenceEvent]
  /// The results that are shown, in the order of the targets.
  public var results: [Result]
  /// The derivation, where it is shown, as canonical JSON.
  public var trace: [UInt8]?
  /// Claims that were signed and are not shown.
  public var withheld: Int

  /// What the school found for a target.
  public struct Result: Hashable, Sendable {
    /// The target.
    public var target: CompetencyID
    /// Whether it was mastered.
    public var outcome: MasteryResult.Outcome
    /// The level on the scale of the school.
    public var level: Identifier?
    /// The number behind the level.
    public var number: Rational?
    /// Whether it follows from the evidence that the package had when it was signed.
    public var isDerivable: Bool
  }

  /// The pieces of evidence that are shown, those that were taken back too.
  public var evidence: [Evidence] {
    events.compactMap { event in
      if case .recorded(let evidence) = event { evidence } else { nil }
    }
  }
}

/// Puts claims together.
struct ContentsReader {
  let subject: LearnerID
  private var facts: [RecordClaim.Subject: DocumentNode] = [:]
  private var fields: [RecordClaim.Subject: [RecordField: DocumentValue]] = [:]
  private var order: [RecordClaim.Subject] = []
  private(set) var results: [CompetencyID: ResultClaim] = [:]
  private(set) var trace: [UInt8]?

  init(subject: LearnerID, _ claims: [RecordClaim]) throws(DomainError) {
    self.subject = subject
    for claim in claims {
      switch (claim.subject, claim.field) {
      case (.result(let target), _):
        results[target] = try ResultClaim(DocumentNode(claim.value))
      case (.trace, _): trace = Array(claim.value.canonicalText.utf8)
      case (_, .some(let field)): fields[claim.subject, default: [:]][field] = claim.value
      case (_, .none):
        if facts.updateValue(DocumentNode(claim.value), forKey: claim.subject) == nil {
          order.append(claim.subject)
        }
      }
    }
  }

  func text(_ field: RecordField) -> Identifier? { fields[.learner]?[field]?.text }

  /// The events, by the moment at which they were recorded; reversals come after their evidence.
  func events() throws(DomainError) -> [EvidenceEvent] {
    var events: [EvidenceEvent] = []
    for subject in order {
      guard let node = facts[subject] else { continue }
      switch subject {
      case .evidence: events.append(.recorded(try evidence(subject, node)))
      case .reversal(let id): events.append(.reversed(try reversal(id, node)))
      case .learner, .result, .trace: break
      }
    }
    let ranked = events.enumerated().sorted { left, right in
      let (first, second) = (left.element.recorded, right.element.recorded)
      return first != second ? first < second : left.offset < right.offset
    }
    return ranked.map(\.element)
  }

  private func evidence(
    _ subject: RecordClaim.Subject, _ node: DocumentNode
  ) throws(DomainError) -> Evidence {
    var members = (node.value.members ?? []).filter { $0.name != "learner" }
    members.append(DocumentValue.Member("learner", .string(self.subject.identifier)))
    for (field, value) in fields[subject] ?? [:] {
      members.append(DocumentValue.Member(Identifier(field.rawValue), value))
    }
    let evidence = try Evidence(json: DocumentNode(.object(members)))
    guard case .evidence(evidence.id) = subject else {
      throw node.unexpected("The claim is about other evidence than it says.")
    }
    if let reversal = node["reversal"], facts[.reversal(ID(try reversal.text()))] == nil {
      throw node.unexpected("The evidence \(evidence.id) was taken back, which is not shown.")
    }
    return evidence
  }

  private func reversal(
    _ id: ID<Reversal>, _ node: DocumentNode
  ) throws(DomainError) -> Reversal {
    let own = fields[.reversal(id)]
    return Reversal(
      id: id, of: ID(try node.need("evidence").text()), reason: own?[.reason]?.text?.text ?? "",
      actor: ID(own?[.actor]?.text ?? ""), recorded: try node.need("recorded").moment())
  }
}
