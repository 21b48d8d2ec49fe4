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
  /// The numbers of the states and traits of scores with which nothing is wrong.
  private var fine: Set<UInt64> = []
  private var newest: (occurred: Instant?, known: Instant?) = (nil, nil)

  init(_ policy: Policy) { self.policy = policy }

  func begin() {
    columns = EvidenceColumns()
    hasTarget = false
    count = 0
    fine = []
    newest = (nil, nil)
  }

  func take(_ event: EvidenceEvent) -> Problem? {
    count += 1
    let (problem, numbers) = columns.add(event)
    if let problem { return problem }
    newest.known = max(newest.known ?? event.recorded, event.recorded)
    guard case .recorded(let piece) = event else { return nil }
    hasTarget = hasTarget || piece.competency != nil
    if let moment = piece.times.occurred.earliest(offsetMinutes: policy.offsetMinutes) {
      newest.occurred = max(newest.occurred ?? moment, moment)
    }
    return self.problem(with: piece, numbers)
  }

  /// What is wrong with a score; equal scores for targets are looked at once.
  private func problem(with piece: Evidence, _ numbers: UInt64) -> Problem? {
    guard piece.competency != nil, !fine.contains(numbers) else { return nil }
    let problem = policy.problem(with: piece)
    if problem == nil { fine.insert(numbers) }
    return problem
  }

  /// The newest moments in which something occurred and was recorded.
  var newestMoments: (occurred: Instant?, known: Instant?) { newest }

  /// Hands the columns over, so that they are there once only.
  func takeColumns() -> EvidenceColumns {
    var empty = EvidenceColumns()
    swap(&empty, &columns)
    empty.removeIndex()
    return empty
  }
}

/// Passes over evidence, for those who want the targets alone.
final class NoEvidence: EvidenceSink {
  func begin() {}
  func take(_ event: EvidenceEvent) -> Problem? { nil }
}
