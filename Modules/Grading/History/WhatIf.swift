public import Domain

/// Runs another policy over the same histories and reports what would be different.
///
/// Nothing is written and no history is changed.
public struct WhatIf: Hashable, Sendable {
  /// What is known of one learner.
  public struct Record: Hashable, Sendable {
    /// The learner.
    public var learner: LearnerID
    /// The events.
    public var history: EvidenceHistory
    /// What else is known.
    public var facts: LearnerFacts
    /// The subgroups that the learner belongs to.
    public var subgroups: [Identifier]

    /// Creates a record.
    public init(
      _ learner: LearnerID, history: EvidenceHistory, facts: LearnerFacts = LearnerFacts(),
      subgroups: [Identifier] = []
    ) {
      self.learner = learner
      self.history = history
      self.facts = facts
      self.subgroups = subgroups
    }
  }

  /// How often a gate would be answered differently.
  public struct Count: Hashable, Sendable {
    /// How many learners there are.
    public var learners = 0
    /// For how many the gate would open.
    public var opened = 0
    /// For how many the gate would close.
    public var closed = 0

    /// Creates a count.
    public init(learners: Int = 0, opened: Int = 0, closed: Int = 0) {
      self.learners = learners
      self.opened = opened
      self.closed = closed
    }
  }

  /// The hash of the policy that was tried.
  public var policy: SHA256.Digest
  /// The learners with a difference, in the order of the records.
  public var changes: [LearnerLedger.Change]
  /// For each gate, over all learners.
  public var gates: [Identifier: Count]
  /// For each subgroup and gate.
  public var subgroups: [Identifier: [Identifier: Count]]

  /// Compares policies with the one in force.
  ///
  /// - Parameters:
  ///   - tried: The policies to try, over the same targets.
  ///   - grader: The policy in force.
  ///   - records: The learners, asked for one after another.
  ///   - asOf: The point of view.
  /// - Returns: One answer for each policy that is tried.
  /// - Throws: ``GradingError`` with the code `overflow`.
  public static func compare(
    _ tried: [Policy], with grader: Grader, over records: some Sequence<Record>, asOf: AsOf
  ) throws(GradingError) -> [WhatIf] {
    let others = tried.map { Grader($0, targets: grader.targets) }
    var answers = others.map { other in
      WhatIf(policy: other.digest, changes: [], gates: [:], subgroups: [:])
    }
    for record in records {
      let before = try grader.report(
        on: record.learner, history: record.history, facts: record.facts, asOf: asOf)
      for (index, other) in others.enumerated() {
        let after = try other.report(
          on: record.learner, history: record.history, facts: record.facts, asOf: asOf)
        answers[index].take(LearnerLedger.change(from: before, to: after), before, record)
      }
    }
    return answers
  }

  private mutating func take(
    _ change: LearnerLedger.Change, _ before: LearnerReport, _ record: Record
  ) {
    if !change.isEmpty { changes.append(change) }
    var seen: Set<Identifier> = []
    for name in before.gates.map(\.name) where seen.insert(name).inserted {
      // A gate per group counts once for a learner, when any of its groups changes.
      let own = change.gates.filter { $0.before.name == name }
      let opened = own.contains { $0.after.isOpen } ? 1 : 0
      let closed = own.contains { !$0.after.isOpen } ? 1 : 0
      gates[name, default: Count()].add(opened, closed)
      for subgroup in Set(record.subgroups) {
        subgroups[subgroup, default: [:]][name, default: Count()].add(opened, closed)
      }
    }
  }
}

extension WhatIf.Count {
  fileprivate mutating func add(_ opened: Int, _ closed: Int) {
    learners += 1
    self.opened += opened
    self.closed += closed
  }
}
