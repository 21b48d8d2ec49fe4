import Domain
import Grading
import Interop

/// Keeps evidence in columns as it is read, and tells what is wrong with it.
final class EvidenceKeeper: EvidenceSink {
  private let policy: Policy
  private(set) var columns = EvidenceColumns()
  /// How many events there were.
  private(set) var count = 0
  /// Whether a piece names a target.
  private(set) var hasTarget = false
  /// Whether scores, by the numbers of their states and traits, are such that nothing is wrong.
  private var isFine: [UInt64: Bool] = [:]
  private var newest: (occurred: Instant?, known: Instant?) = (nil, nil)

  init(_ policy: Policy) { self.policy = policy }

  func begin() {
    columns = EvidenceColumns()
    hasTarget = false
    count = 0
    isFine = [:]
    newest = (nil, nil)
  }

  func take(_ event: EvidenceEvent) -> Problem? {
    count += 1
    if let problem = columns.add(event) { return problem }
    newest.known = max(newest.known ?? event.recorded, event.recorded)
    guard case .recorded(let piece) = event else { return nil }
    hasTarget = hasTarget || piece.competency != nil
    if let moment = piece.times.occurred.earliest(offsetMinutes: policy.offsetMinutes) {
      newest.occurred = max(newest.occurred ?? moment, moment)
    }
    return problem(with: piece)
  }

  /// What is wrong with a score; equal scores for targets are looked at once.
  private func problem(with piece: Evidence) -> Problem? {
    guard piece.competency != nil else { return nil }
    let key = columns.lastNumbers
    if isFine[key] == true { return nil }
    let problem = policy.problem(with: piece)
    isFine[key] = problem == nil
    return problem
  }

  /// The newest moments in which something occurred and was recorded.
  var newestMoments: (occurred: Instant?, known: Instant?) { newest }

  /// Hands the columns over, so that they are there once only.
  func takeColumns() -> EvidenceColumns {
    var empty = EvidenceColumns()
    swap(&empty, &columns)
    return empty
  }
}

/// Passes over evidence, for those who want the targets alone.
final class NoEvidence: EvidenceSink {
  func begin() {}
  func take(_ event: EvidenceEvent) -> Problem? { nil }
}
