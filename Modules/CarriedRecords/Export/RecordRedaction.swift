internal import Badges
internal import Domain
internal import Grading

/// Takes out of a record what the consent does not name.
struct RecordRedaction {
  let consent: RecordConsent
  /// The identifier that the learner has in the package.
  let subject: LearnerID
  let vouches: Bool

  func redacted(_ record: LearnerRecord) throws(BadgesError) -> RedactedRecord {
    var events: [EvidenceEvent] = []
    for event in record.history.events {
      switch event {
      case .recorded(let evidence) where evidence.learner == record.learner:
        events.append(.recorded(redacted(evidence)))
      case .recorded: break
      case .reversed(let reversal): events.append(.reversed(redacted(reversal)))
      }
    }
    let history: EvidenceHistory
    do throws(DomainError) { history = try EvidenceHistory(events) } catch {
      throw BadgesError(.document, "The events of the learner do not go together: \(error)")
    }
    var names: [RecordField: String] = [:]
    if consent.fields.contains(.name) { names[.name] = record.name }
    if consent.fields.contains(.identifier) { names[.identifier] = record.learner.description }
    return RedactedRecord(
      record: LearnerRecord(
        learner: subject, history: history, facts: redacted(record.facts), asOf: record.asOf),
      names: names)
  }

  private func redacted(_ evidence: Evidence) -> Evidence {
    var evidence = evidence
    evidence.learner = subject
    evidence.externalIdentifiers = []
    evidence.provenance = nil
    if vouches, evidence.trust == .claimed { evidence.trust = .verified }
    if !consent.fields.contains(.rater) { evidence.rater = nil }
    if !consent.fields.contains(.context) { evidence.context = nil }
    if !consent.fields.contains(.artefact) { evidence.artefact = nil }
    return evidence
  }

  private func redacted(_ reversal: Reversal) -> Reversal {
    Reversal(
      id: reversal.id, of: reversal.evidence,
      reason: consent.fields.contains(.reason) ? reversal.reason : "",
      actor: consent.fields.contains(.actor) ? reversal.actor : ID(""),
      recorded: reversal.recorded)
  }

  /// What people confirmed and decided, and the learner's dates, leave only when who and why may.
  private func redacted(_ facts: LearnerFacts) -> LearnerFacts {
    consent.fields.isSuperset(of: [.actor, .reason]) ? facts : LearnerFacts()
  }
}

/// A record without what stays at the school.
struct RedactedRecord {
  let record: LearnerRecord
  let names: [RecordField: String]

  /// The pieces of evidence, those that were taken back too.
  var evidence: [Evidence] {
    record.history.events.compactMap { event in
      if case .recorded(let evidence) = event { evidence } else { nil }
    }
  }

  /// A claim for each event, and one for each personal field of it.
  func claims<Random>(_ salts: inout SaltSource<Random>) -> [RecordClaim] {
    var claims: [RecordClaim] = []
    for (field, value) in names.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      claims.append(RecordClaim(.learner, field: field, DocumentValue(value), salt: salts.text()))
    }
    let reversals = Dictionary(
      record.history.events.compactMap { event in
        if case .reversed(let reversal) = event { (reversal.evidence, reversal.id) } else { nil }
      }
    ) { first, _ in first }
    for event in record.history.events {
      let subject: RecordClaim.Subject
      let whole: DocumentValue
      switch event {
      case .recorded(let evidence):
        subject = .evidence(evidence.id)
        whole = evidence.json
      case .reversed(let reversal):
        subject = .reversal(reversal.id)
        whole = DocumentValue(members: [
          ("evidence", .string(reversal.evidence.identifier)),
          ("recorded", DocumentValue(reversal.recorded.description)),
          ("reason", reversal.reason.isEmpty ? nil : DocumentValue(reversal.reason)),
          (
            "actor",
            reversal.actor.identifier.isEmpty ? nil : .string(reversal.actor.identifier)
          ),
        ])
      }
      var kept: [DocumentValue.Member] = []
      // So that nobody shows the evidence and keeps back that it was taken back.
      if case .evidence(let id) = subject, let reversal = reversals[id] {
        kept.append(DocumentValue.Member("reversal", .string(reversal.identifier)))
      }
      var personal: [(field: RecordField, value: DocumentValue)] = []
      for member in whole.members ?? [] {
        if let field = RecordField(rawValue: member.name.text) {
          personal.append((field, member.value))
        } else if member.name != "learner" {
          kept.append(member)
        }
      }
      claims.append(RecordClaim(subject, .object(kept), salt: salts.text()))
      for (field, value) in personal {
        claims.append(RecordClaim(subject, field: field, value, salt: salts.text()))
      }
    }
    return claims
  }
}
