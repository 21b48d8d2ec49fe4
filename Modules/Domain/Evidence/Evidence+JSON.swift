extension Evidence {
  /// The evidence as JSON, from which evidence sets are hashed and traces are made.
  ///
  /// Numbers are texts, so that none is rounded. What is not known is left out. The names of other
  /// systems and the provenance are no part of it: they do not change a result.
  public var json: DocumentValue {
    DocumentValue(members: [
      ("id", .string(id.identifier)),
      ("learner", .string(learner.identifier)),
      ("target", competency.map { .string($0.identifier) }),
      ("state", state.json),
      ("kind", .string(kind.word)),
      ("purpose", .string(purpose.word)),
      ("occurred", DocumentValue(times.occurred.isoText)),
      ("recorded", DocumentValue(times.recorded.description)),
      ("due", times.due.map { DocumentValue($0.isoText) }),
      ("submitted", times.submitted.map { DocumentValue($0.isoText) }),
      ("attempt", attempt.map { .number(ExactDecimal($0)) }),
      ("assessment", assessment.map { .string($0.identifier) }),
      ("artefact", artefact.map { .string($0.identifier) }),
      ("context", context.map { .string($0) }),
      ("depth", depth.map { DocumentValue($0.text) }),
      ("trust", DocumentValue(trust.rawValue)),
      ("rater", rater.map { .string($0.identifier) }),
    ])
  }

  /// The content hash of a set of evidence; the order does not matter.
  ///
  /// - Parameter evidence: The set.
  /// - Returns: The SHA-256 hash of the canonical JSON array, ordered by identifier.
  /// - Complexity: O(*n* log *n*).
  public static func digest(of evidence: [Evidence]) -> SHA256.Digest {
    DocumentValue.array(evidence.sorted { $0.id < $1.id }.map(\.json)).digest
  }
}

extension EvidenceState {
  /// The state as JSON, with numbers as texts.
  public var json: DocumentValue {
    switch self {
    case .notAssessed(let reason):
      DocumentValue(members: [("notAssessed", DocumentValue(reason.rawValue))])
    case .assessed(.level(let label, let scale)):
      DocumentValue(members: [("level", .string(label)), ("scale", .string(scale.identifier))])
    case .assessed(.number(let number, let scale)):
      DocumentValue(members: [
        ("number", DocumentValue(number.description)), ("scale", .string(scale.identifier)),
      ])
    case .assessed(.points(let earned, let possible)):
      DocumentValue(members: [
        ("points", DocumentValue(earned.description)), ("of", DocumentValue(possible.description)),
      ])
    }
  }
}

extension Depth {
  /// The depth as one word: `dok:3`, `bloom:4` or `other:` and the word of the source.
  public var text: String {
    switch self {
    case .knowledge(let level): "dok:\(level)"
    case .bloom(let step): "bloom:\(step)"
    case .other(let word): "other:\(word)"
    }
  }
}
