public import Domain

/// The results of one learner, kept up to date event by event.
///
/// They are always equal to results that are worked out from scratch; only the target of an event
/// and the gates are derived again.
public struct LearnerLedger: Sendable {
  /// The grader.
  public let grader: Grader
  /// All events so far.
  public private(set) var history: EvidenceHistory
  /// The results and gates.
  public private(set) var report: LearnerReport
  private var evidence: [CompetencyID: [Evidence]] = [:]
  private var targets: [EvidenceID: CompetencyID] = [:]
  private let facts: LearnerFacts

  /// What an event changed.
  public struct Change: Hashable, Sendable {
    /// The learner.
    public var learner: LearnerID
    /// Results that changed their number, level or outcome, before and after.
    public var targets: [Pair<TargetResult>]
    /// Gates that opened or closed, before and after.
    public var gates: [Pair<GateResult>]

    /// Whether nothing changed.
    public var isEmpty: Bool { targets.isEmpty && gates.isEmpty }
  }

  /// A value before and after.
  public struct Pair<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Before.
    public var before: Value
    /// After.
    public var after: Value
  }

  /// Creates a ledger from a learner's events.
  ///
  /// - Parameters:
  ///   - grader: The grader.
  ///   - learner: The learner.
  ///   - history: The learner's events so far.
  ///   - facts: What else is known of the learner.
  ///   - asOf: The point of view, which stays.
  /// - Throws: ``GradingError`` with the code `overflow`.
  public init(
    _ grader: Grader, learner: LearnerID, history: EvidenceHistory = EvidenceHistory(),
    facts: LearnerFacts = LearnerFacts(), asOf: AsOf
  ) throws(GradingError) {
    self.grader = grader
    self.history = history
    self.facts = facts
    report = try grader.report(on: learner, history: history, facts: facts, asOf: asOf)
    for result in report.targets { evidence[result.target] = result.derivation.evidence }
    for case .recorded(let piece) in history.events where piece.learner == learner {
      targets[piece.id] = piece.competency
    }
  }

  /// Adds an event and derives again what depends on it.
  ///
  /// - Parameter event: The event.
  /// - Returns: What changed.
  /// - Throws: ``GradingError`` with the code `invalidEvidence` for evidence that is already there
  ///   or a reversal of nothing, or `overflow`; then the ledger stays as it was.
  /// - Complexity: O(*n* log *n*) in the evidence of the event's target.
  public mutating func append(_ event: EvidenceEvent) throws(GradingError) -> Change {
    var changed = self
    do throws(DomainError) { try changed.history.append(event) } catch {
      throw GradingError(error)
    }
    let change = try changed.derive(after: event)
    self = changed
    return change
  }

  private mutating func derive(after event: EvidenceEvent) throws(GradingError) -> Change {
    let none = Change(learner: report.learner, targets: [], gates: [])
    guard event.recorded <= report.asOf.known else { return none }
    let target: CompetencyID?
    switch event {
    case .recorded(let piece):
      guard piece.learner == report.learner else { return none }
      target = piece.competency
      targets[piece.id] = target
      let offset = grader.policy.offsetMinutes
      guard let target, let occurred = piece.times.occurred.earliest(offsetMinutes: offset),
        occurred <= report.asOf.occurred
      else { return none }
      evidence[target, default: []].append(piece)
    case .reversed(let reversal):
      target = targets[reversal.evidence]
      guard let target else { return none }
      evidence[target]?.removeAll { $0.id == reversal.evidence }
    }
    guard let target, let index = report.targets.firstIndex(where: { $0.target == target }) else {
      return none
    }
    let before = report
    var results = report.targets
    results[index] = try grader.policy.result(
      of: target, learner: report.learner, evidence: evidence[target] ?? [], asOf: report.asOf,
      policyDigest: grader.digest)
    report = try grader.report(
      on: report.learner, results: results, facts: facts, asOf: report.asOf)
    return LearnerLedger.change(from: before, to: report)
  }

  /// What is different between two reports on one learner by graders with the same targets.
  ///
  /// Gates are compared by name and group; those that only one report has are left out.
  public static func change(from before: LearnerReport, to after: LearnerReport) -> Change {
    let targets = zip(before.targets, after.targets).filter { old, new in
      old.result.number != new.result.number || old.result.level != new.result.level
        || old.result.outcome != new.result.outcome
    }
    var gates: [Pair<GateResult>] = []
    for old in before.gates {
      guard let new = after.gates.first(where: { $0.name == old.name && $0.group == old.group }),
        new.isOpen != old.isOpen
      else { continue }
      gates.append(Pair(before: old, after: new))
    }
    return Change(
      learner: before.learner, targets: targets.map { Pair(before: $0, after: $1) }, gates: gates)
  }
}
