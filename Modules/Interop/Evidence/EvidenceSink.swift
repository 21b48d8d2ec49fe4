public import Domain

/// Takes evidence as it is read.
public protocol EvidenceSink: AnyObject {
  /// Forgets everything: a reading begins, perhaps again.
  func begin()

  /// Takes the next event; what takes evidence back comes after all evidence.
  ///
  /// - Parameter event: The event, with the line that it comes from in its provenance.
  func take(_ event: EvidenceEvent) throws
}

/// Keeps all events.
final class EventList: EvidenceSink {
  private(set) var events: [EvidenceEvent] = []

  func begin() { events = [] }

  func take(_ event: EvidenceEvent) { events.append(event) }
}
