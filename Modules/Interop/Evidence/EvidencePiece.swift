internal import Domain

/// Evidence that is put together.
struct EvidencePiece {
  var mark: EvidenceMark
  var learner: Identifier
  var id: Identifier?
  var target: Identifier?
  var assessment: Identifier?
  var artefact: Identifier?
  var occurred: PartialDate?
  var recorded = Instant.firstOfAll
  var due: PartialDate?
  var submitted: PartialDate?

  init(mark: EvidenceMark, learner: Identifier) {
    self.mark = mark
    self.learner = learner
  }

  func evidence(id: Identifier, at place: Place) -> Evidence {
    let traits = mark.traits
    return Evidence(
      id: ID(id), learner: ID(learner), competency: target.map { ID($0) }, state: mark.state,
      kind: traits.kind, purpose: traits.purpose,
      times: EvidenceTimes(
        occurred: occurred ?? EvidenceDates.undated, recorded: recorded, due: due,
        submitted: submitted),
      attempt: traits.attempt, assessment: assessment.map { ID($0) },
      artefact: artefact.map { ID($0) }, context: traits.context, depth: traits.depth,
      trust: traits.trust, rater: traits.rater, provenance: Provenance(place: place))
  }
}

extension Instant {
  fileprivate static let firstOfAll: Instant = {
    guard let first = Instant(secondsSince1970: 0) else {
      preconditionFailure("the first second of 1970 is a moment")
    }
    return first
  }()
}
