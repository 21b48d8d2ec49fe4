import Domain
import Grading

/// What another policy would change, as far as it is told.
///
/// It is what `WhatIf` says, without the evidence behind it, so that a log of millions of pieces has
/// room.
struct PolicyComparison {
  /// A result before and after.
  struct Pair {
    var target: CompetencyID
    var before: LearnerResults.Line?
    var after: LearnerResults.Line?
  }

  /// The gates of a learner that would be answered differently, and how then.
  struct GateChange {
    var name: Identifier
    var group: Identifier?
    var opens: Bool
  }

  /// A learner with a difference.
  struct Change {
    var learner: LearnerID
    var targets: [Pair]
    var gates: [GateChange]
  }

  var policy: Policy
  var digest: SHA256.Digest
  /// In the order of the identifiers of learners.
  var changes: [Change] = []
  /// For each gate, over all learners.
  var gates: [Identifier: WhatIf.Count] = [:]
  /// For each subgroup and gate.
  var subgroups: [Identifier: [Identifier: WhatIf.Count]] = [:]

  /// Compares policies with the one in force, learner by learner.
  ///
  /// - Throws: ``ToolFailure`` with 65 when a result has no room.
  static func compare(_ tried: [Policy], in session: GradingSession) throws -> [PolicyComparison] {
    let rows = ResultRows(session.grader, session.asOf)
    var judge = LearnerJudge(session, withTraces: false, hashesEvidence: false)
    var others = tried.map { policy in
      var other = session
      other.grader = Grader(policy, targets: session.grader.targets)
      return LearnerJudge(other, withTraces: false, hashesEvidence: false, like: judge)
    }
    var answers = others.map { PolicyComparison(policy: $0.policy, digest: $0.digest) }
    do throws(GradingError) {
      for learner in session.learners {
        let before = try judge.judge(learner, rows).results
        let groups = Set(session.entries[learner]?.subgroups ?? [])
        for index in others.indices {
          answers[index].take(before, try others[index].judge(learner, rows).results, rows, groups)
        }
      }
    } catch { throw ToolFailure(65, error.description) }
    return answers
  }

  private mutating func take(
    _ before: LearnerResults, _ after: LearnerResults, _ rows: ResultRows, _ own: Set<Identifier>
  ) {
    var change = Change(learner: before.learner, targets: [], gates: [])
    for (place, target) in rows.grader.targets.enumerated() {
      let (old, new) = (before.lines[place], after.lines[place])
      guard old?.outcome != new?.outcome || old?.level != new?.level || old?.number != new?.number
      else { continue }
      change.targets.append(Pair(target: target.id, before: old, after: new))
    }
    for old in before.gates {
      let new = after.gates.first { $0.name == old.name && $0.group == old.group }
      guard let new, new.isOpen != old.isOpen else { continue }
      change.gates.append(GateChange(name: old.name, group: old.group, opens: new.isOpen))
    }
    var seen: Set<Identifier> = []
    for name in before.gates.map(\.name) where seen.insert(name).inserted {
      // A gate per group counts once for a learner, when any of its groups changes.
      let changes = change.gates.filter { $0.name == name }
      let (opens, closes) = (changes.contains(where: \.opens), changes.contains { !$0.opens })
      Self.add(opens, closes, to: &gates[name, default: WhatIf.Count()])
      for group in own {
        Self.add(
          opens, closes, to: &subgroups[group, default: [:]][name, default: WhatIf.Count()])
      }
    }
    if !change.targets.isEmpty || !change.gates.isEmpty { changes.append(change) }
  }

  private static func add(_ opens: Bool, _ closes: Bool, to count: inout WhatIf.Count) {
    count.learners += 1
    count.opened += opens ? 1 : 0
    count.closed += closes ? 1 : 0
  }
}
