/// The events of a log as a value: checked on entry, and looked at from any point in both times.
public struct EvidenceHistory: Hashable, Sendable {
  /// All events, in the order in which they were added; nothing is ever removed.
  public private(set) var events: [EvidenceEvent] = []
  private var live: [EvidenceID: Bool] = [:]

  /// Creates an empty history.
  public init() {}

  /// Creates a history from events.
  ///
  /// - Parameter events: The events, in the order in which they were recorded.
  /// - Throws: As ``append(_:)``.
  public init(_ events: [EvidenceEvent]) throws(DomainError) {
    for event in events { try append(event) }
  }

  /// Adds an event at the end.
  ///
  /// - Parameter event: The event.
  /// - Throws: ``DomainError`` with the code `duplicateEvidence` when the identifier is taken, also
  ///   by reversed evidence, or `unknownEvidence` when there is nothing to reverse; then nothing is
  ///   added.
  public mutating func append(_ event: EvidenceEvent) throws(DomainError) {
    switch event {
    case .recorded(let evidence):
      guard live[evidence.id] == nil else {
        throw DomainError(
          .duplicateEvidence,
          "Evidence \"\(evidence.id)\" is already there; give new evidence an identifier of its "
            + "own and reverse what was wrong.")
      }
      live[evidence.id] = true
    case .reversed(let reversal):
      guard live[reversal.evidence] == true else {
        throw DomainError(
          .unknownEvidence,
          "Reversal \"\(reversal.id)\" takes back evidence \"\(reversal.evidence)\", which is not "
            + "there or was taken back before; check the identifier.")
      }
      live[reversal.evidence] = false
    }
    events.append(event)
  }

  /// The evidence that stands from a point of view.
  ///
  /// - Parameters:
  ///   - asOf: What occurred or was recorded later is left out, reversals too.
  ///   - offsetMinutes: Minutes to the east of UTC, for dates without a zone.
  /// - Returns: The evidence, in the order of the events.
  /// - Complexity: O(*n*) in the number of events.
  public func evidence(asOf: AsOf, offsetMinutes: Int = 0) -> [Evidence] {
    var reversed: Set<EvidenceID> = []
    for case .reversed(let reversal) in events where reversal.recorded <= asOf.known {
      reversed.insert(reversal.evidence)
    }
    return events.compactMap { event in
      guard case .recorded(let evidence) = event, evidence.times.recorded <= asOf.known,
        !reversed.contains(evidence.id),
        let occurred = evidence.times.occurred.earliest(offsetMinutes: offsetMinutes),
        occurred <= asOf.occurred
      else { return nil }
      return evidence
    }
  }
}
