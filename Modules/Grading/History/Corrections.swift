public import Domain

/// The ledgers of many learners, for corrections that touch some of them.
public struct Corrections: Sendable {
  private var ledgers: [LearnerID: LearnerLedger]
  private var owners: [EvidenceID: LearnerID] = [:]

  /// Creates corrections from ledgers; of one learner's the last one stands.
  public init(_ ledgers: [LearnerLedger]) {
    self.ledgers = Dictionary(ledgers.map { ($0.report.learner, $0) }) { _, last in last }
    for ledger in ledgers {
      for case .recorded(let piece) in ledger.history.events { owners[piece.id] = piece.learner }
    }
  }

  /// The report on a learner.
  public func report(on learner: LearnerID) -> LearnerReport? { ledgers[learner]?.report }

  /// Adds events, all or none, and lists the learners whose results or gates changed.
  ///
  /// - Parameter events: The events, in the order in which they were recorded.
  /// - Returns: One change from before all events to after them for each affected learner, in the
  ///   order of identifiers.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` for events that no history can have
  ///   or that are about learners without a ledger.
  public mutating func append(
    _ events: [EvidenceEvent]
  ) throws(GradingError) -> [LearnerLedger.Change] {
    var changed = self
    var touched: Set<LearnerID> = []
    for event in events {
      let learner: LearnerID?
      switch event {
      case .recorded(let piece):
        if let owner = changed.owners[piece.id] {
          throw GradingError(
            .invalidEvidence,
            "Evidence \"\(piece.id)\" is already there, of learner \"\(owner)\"; give new evidence "
              + "an identifier of its own.")
        }
        learner = piece.learner
        changed.owners[piece.id] = piece.learner
      case .reversed(let reversal): learner = changed.owners[reversal.evidence]
      }
      guard let learner, var ledger = changed.ledgers[learner] else {
        throw GradingError(
          .invalidEvidence,
          "The event on evidence \"\(event.evidence)\" belongs to no learner here; check it.")
      }
      _ = try ledger.append(event)
      changed.ledgers[learner] = ledger
      touched.insert(learner)
    }
    let before = self
    self = changed
    return touched.sorted().compactMap { learner in
      guard let old = before.ledgers[learner]?.report, let new = changed.ledgers[learner]?.report
      else { return nil }
      let change = LearnerLedger.change(from: old, to: new)
      return change.isEmpty ? nil : change
    }
  }
}
