import AdapterHost
import Domain
import Grading
import Interop

/// Keeps evidence in columns as it is read, and tells what is wrong with it.
final class EvidenceKeeper: EvidenceSink {
  private let policy: Policy
  private(set) var columns = EvidenceColumns()
  /// What is wrong with the evidence that was read.
  private(set) var problems = ProblemCollector()
  /// How many events there were.
  private(set) var count = 0
  /// Whether a piece names a target.
  private(set) var hasTarget = false
  /// Whether scores, by the numbers of their states and traits, are such that nothing is wrong.
  private var isFine: [UInt64: Bool] = [:]
  private var newest: (occurred: Instant?, known: Instant?) = (nil, nil)

  /// Takes what is wrong, piece by piece.
  private let onProblem: (AdapterReport) throws -> Void

  init(_ policy: Policy, onProblem: @escaping (AdapterReport) throws -> Void) {
    self.policy = policy
    self.onProblem = onProblem
  }

  func begin() {
    columns = EvidenceColumns()
    problems = ProblemCollector()
    hasTarget = false
    count = 0
    isFine = [:]
    newest = (nil, nil)
  }

  func take(_ event: EvidenceEvent) throws {
    keep(event)
    for problem in problems.takeLatest() { try onProblem(problem) }
  }

  private func keep(_ event: EvidenceEvent) {
    count += 1
    guard columns.append(event, reporting: problems) else { return }
    newest.known = max(newest.known ?? event.recorded, event.recorded)
    guard case .recorded(let piece) = event else { return }
    hasTarget = hasTarget || piece.competency != nil
    judge(piece)
    guard let moment = piece.times.occurred.earliest(offsetMinutes: policy.offsetMinutes) else {
      return
    }
    newest.occurred = max(newest.occurred ?? moment, moment)
  }

  /// Tells what is wrong with a score; equal scores for targets are looked at once.
  private func judge(_ piece: Evidence) {
    guard piece.competency != nil else { return }
    let key = columns.lastNumbers
    if isFine[key] == true { return }
    let problem = policy.problem(with: piece)
    isFine[key] = problem == nil
    if let problem { problems.report(problem) }
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
  func take(_ event: EvidenceEvent) {}
}
