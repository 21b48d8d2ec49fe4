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

  /// Reads evidence as ``json`` writes it.
  ///
  /// - Throws: ``DomainError`` with the pointer of the field that is missing or not understood.
  package init(json node: DocumentNode) throws(DomainError) {
    func id(_ name: Identifier) -> Identifier? { node[name]?.value.text }
    guard let trust = Trust(rawValue: try node.need("trust").text().text) else {
      throw node.malformed("trust of verified, claimed or self")
    }
    let times = EvidenceTimes(
      occurred: try node.need("occurred").date(), recorded: try node.need("recorded").moment(),
      due: try node["due"].map { (node) throws(DomainError) in try node.date() },
      submitted: try node["submitted"].map { (node) throws(DomainError) in try node.date() })
    self.init(
      id: ID(try node.need("id").text()), learner: ID(try node.need("learner").text()),
      competency: id("target").map { ID($0) }, state: try EvidenceState(json: node.need("state")),
      kind: EvidenceKind(word: try node.need("kind").text()),
      purpose: EvidencePurpose(word: try node.need("purpose").text()), times: times,
      attempt: try node["attempt"].map { (node) throws(DomainError) in try node.count() },
      assessment: id("assessment").map { ID($0) }, artefact: id("artefact").map { ID($0) },
      context: id("context"), depth: id("depth").map { Depth(text: $0.text) }, trust: trust,
      rater: id("rater").map { ID($0) })
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

extension EvidenceState {
  /// Reads a state as ``json`` writes it.
  package init(json node: DocumentNode) throws(DomainError) {
    func decimal(_ name: Identifier) throws(DomainError) -> ExactDecimal {
      let field = try node.need(name)
      guard let number = ExactDecimal(try field.text().text) else {
        throw field.malformed("a number as text")
      }
      return number
    }
    if let word = node["notAssessed"]?.value.text {
      guard let reason = Reason(rawValue: word.text) else { throw node.malformed("a reason") }
      self = .notAssessed(reason)
    } else if node["points"] != nil {
      self = .assessed(.points(try decimal("points"), of: try decimal("of")))
    } else if let label = node["level"] {
      self = .assessed(.level(try label.text(), scale: ID(try node.need("scale").text())))
    } else {
      self = .assessed(.number(try decimal("number"), scale: ID(try node.need("scale").text())))
    }
  }
}

extension Depth {
  /// Reads a depth as ``text`` writes it; any other word is a measure of the source.
  package init(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.last.flatMap { Int($0) }) {
    case ("dok", .some(let level)) where (1...4).contains(level): self = .knowledge(level: level)
    case ("bloom", .some(let step)) where (1...6).contains(step): self = .bloom(step: step)
    case ("other", _) where parts.count == 2: self = .other(Identifier(parts[1]))
    default: self = .other(Identifier(text))
    }
  }

  /// The depth as one word: `dok:3`, `bloom:4` or `other:` and the word of the source.
  public var text: String {
    switch self {
    case .knowledge(let level): "dok:\(level)"
    case .bloom(let step): "bloom:\(step)"
    case .other(let word): "other:\(word)"
    }
  }
}
