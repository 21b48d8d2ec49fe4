public import Domain

/// The events of many learners as one history each, without what no history can have.
///
/// Identifiers of evidence are unique over all learners. The order of the events does not matter
/// but for evidence of the same moment: what takes evidence back is looked at last.
public struct EvidenceIntake: Sendable {
  private var histories: [LearnerID: EvidenceHistory] = [:]

  /// The learners with events, in the order of their identifiers.
  public let learners: [LearnerID]

  /// Sorts events.
  ///
  /// - Parameters:
  ///   - events: The events.
  ///   - problems: Takes what is wrong with events, with the place that their provenance names:
  ///     evidence whose identifier is taken, reversals of what is not there or was taken back
  ///     before. Evidence that stands there twice with the same content is skipped.
  /// - Complexity: O(*n* log *n*) time and O(*n*) memory in the number of events.
  public init(_ events: [EvidenceEvent], reporting problems: some ProblemReporter) {
    var owners: [EvidenceID: (learner: LearnerID, index: Int)] = [:]
    var histories: [LearnerID: EvidenceHistory] = [:]
    for (index, event) in events.enumerated() {
      guard case .recorded(let piece) = event else { continue }
      if let owner = owners[piece.id] {
        let isSame = EvidenceIntake.isSame(events[owner.index], piece)
        problems.report(EvidenceIntake.duplicate(piece, isSame: isSame))
        continue
      }
      owners[piece.id] = (piece.learner, index)
      try? histories[piece.learner, default: EvidenceHistory()].append(event)
    }
    for case .reversed(let reversal) in events {
      let learner = owners[reversal.evidence]?.learner
      do throws(DomainError) {
        guard let learner else { throw DomainError(.unknownEvidence, "") }
        try histories[learner, default: EvidenceHistory()].append(.reversed(reversal))
      } catch {
        problems.report(EvidenceIntake.unfounded(reversal, isKnown: learner != nil))
      }
    }
    self.histories = histories
    learners = histories.keys.sorted()
  }

  /// The events of a learner; none of a learner who has none.
  public func history(of learner: LearnerID) -> EvidenceHistory {
    histories[learner] ?? EvidenceHistory()
  }

  /// All evidence, learner by learner, whether or not it was taken back.
  public var evidence: some Sequence<Evidence> {
    learners.lazy.flatMap { learner in
      history(of: learner).events.lazy.compactMap { event in
        if case .recorded(let piece) = event { piece } else { nil }
      }
    }
  }

  private static func isSame(_ event: EvidenceEvent, _ piece: Evidence) -> Bool {
    guard case .recorded(let first) = event else { return false }
    return first.json == piece.json
  }

  static func duplicate(_ piece: Evidence, isSame: Bool) -> Problem {
    Problem(
      isSame ? .skipped : .rejected, "grading.duplicate_evidence",
      isSame
        ? "This evidence stands there twice with the same content; one is kept."
        : "The identifier of this evidence is taken by other evidence; give it one of its own, "
          + "and reverse what was wrong.",
      at: piece.provenance?.place ?? Place(), value: piece.id.description)
  }

  static func unfounded(_ reversal: Reversal, isKnown: Bool) -> Problem {
    Problem(
      .rejected, "grading.unfounded_reversal",
      isKnown
        ? "This takes back evidence that was taken back before; leave one of the two."
        : "This takes back evidence that is not there; correct the identifier or add the evidence.",
      at: reversal.provenance?.place ?? Place(), value: reversal.evidence.description)
  }
}
