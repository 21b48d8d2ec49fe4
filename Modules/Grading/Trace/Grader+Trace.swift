public import Domain

extension Grader {
  /// The derivation of a report as one JSON document that the module TraceChecker can work out
  /// again: policy, point of view, evidence, every intermediate value, results and gates.
  ///
  /// - Parameter report: A report by this grader.
  /// - Returns: The trace, sealed with the hash of all of it.
  /// - Complexity: O(*n* log *n*) in the size of the report.
  public func trace(of report: LearnerReport) -> DocumentValue {
    let members: [(Identifier, DocumentValue?)] = [
      ("trace", 1),
      ("policy", policy.document),
      ("policyHash", DocumentValue(digest.description)),
      ("learner", .string(report.learner.identifier)),
      (
        "asOf",
        DocumentValue(members: [
          ("occurred", DocumentValue(report.asOf.occurred.description)),
          ("known", DocumentValue(report.asOf.known.description)),
        ])
      ),
      ("facts", report.facts.document),
      ("targets", .array(zip(targets, report.targets).map { $1.document(of: $0) })),
      ("gates", .array(report.gates.map(\.document))),
    ]
    let seal = DocumentValue(members: members).digest
    return DocumentValue(members: members + [("seal", DocumentValue(seal.description))])
  }
}

extension LearnerFacts {
  var document: DocumentValue {
    let days = dates.sorted { $0.key < $1.key }
    return DocumentValue(members: [
      ("confirmations", .array(confirmations.map(\.document))),
      (
        "dates",
        .object(days.map { DocumentValue.Member($0.key, DocumentValue($0.value.description)) })
      ),
      ("overrides", .array(overrides.map(\.document))),
      ("appeals", .array(appeals.map(\.document))),
    ])
  }
}

extension Confirmation {
  var document: DocumentValue {
    DocumentValue(members: [
      ("step", .string(step)), ("role", .string(role)), ("actor", .string(actor.identifier)),
      ("recorded", DocumentValue(recorded.description)),
    ])
  }
}

extension Override {
  var document: DocumentValue {
    var members = subject.members
    switch decision {
    case .level(let level): members.append(("level", .string(level)))
    case .open(let isOpen): members.append(("open", .bool(isOpen)))
    }
    return DocumentValue(
      members: members + [
        ("actor", .string(actor.identifier)), ("reason", DocumentValue(reason)),
        ("recorded", DocumentValue(recorded.description)),
      ])
  }
}

extension Appeal {
  var document: DocumentValue {
    DocumentValue(
      members: [("appeal", .string(id))] + subject.members + [
        ("step", DocumentValue(step.rawValue)), ("actor", .string(actor.identifier)),
        ("reason", DocumentValue(reason)), ("recorded", DocumentValue(recorded.description)),
      ])
  }
}

extension Subject {
  var members: [(Identifier, DocumentValue?)] {
    switch self {
    case .target(let id): [("target", .string(id.identifier))]
    case .gate(let name, let group):
      [("gate", .string(name)), ("group", group.map { .string($0) })]
    }
  }
}

extension TargetResult {
  func document(of target: GradedTarget) -> DocumentValue {
    DocumentValue(members: [
      ("target", .string(target.id.identifier)),
      ("backbone", .bool(target.isBackbone)),
      ("groups", .words(target.groups)),
      ("evidence", .array(derivation.evidence.map(\.json))),
      ("evidenceHash", DocumentValue(result.basis.evidence.description)),
      (
        "leftOut",
        .array(
          derivation.leftOut.map {
            DocumentValue(members: [
              ("evidence", .string($0.evidence.identifier)), ("why", DocumentValue($0.why.word)),
            ])
          })
      ),
      ("observations", .array(derivation.observations.map(\.document))),
      ("steps", .array(derivation.steps.map { DocumentValue($0.description) })),
      (
        "result",
        DocumentValue(members: [
          ("outcome", DocumentValue(result.outcome.rawValue)),
          ("number", result.number.map { DocumentValue($0.description) }),
          ("shown", shown.map { DocumentValue($0.description) }),
          ("level", result.level.map { .string($0) }),
        ])
      ),
    ])
  }
}

extension Observation {
  var document: DocumentValue {
    DocumentValue(members: [
      ("evidence", .array(evidence.map { .string($0.identifier) })),
      ("kind", .string(kind.word)),
      ("value", DocumentValue(value.description)),
      ("earned", points.map { DocumentValue($0.earned.description) }),
      ("possible", points.map { DocumentValue($0.possible.description) }),
    ])
  }
}

extension GateResult {
  var document: DocumentValue {
    DocumentValue(members: [
      ("name", .string(name)), ("group", group.map { .string($0) }), ("node", node.document),
    ])
  }
}

extension GateNode {
  var document: DocumentValue {
    DocumentValue(members: [
      ("open", .bool(isOpen)),
      ("found", found.map { DocumentValue($0.description) }),
      ("needed", needed.map { DocumentValue($0.description) }),
      (
        "notAssessed",
        notAssessed.isEmpty ? nil : .array(notAssessed.map { .string($0.identifier) })
      ),
      ("of", children.isEmpty ? nil : .array(children.map(\.document))),
    ])
  }
}
