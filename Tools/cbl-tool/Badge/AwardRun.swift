import Badges
import Domain
import Grading
import Interop
import LinkedData

/// Decides about the badges of all learners, and notes what was decided.
struct AwardRun {
  /// How many decisions of each kind there were.
  struct Tally {
    var counts: [String: Int] = [:]
    /// Badges of learners of whom the run knows nothing.
    var absent = 0
    var report: ConversionReport
  }

  private let session: GradingSession
  private let path: String
  private let rules: [Identifier: AwardRule]
  private var book: AwardBook
  /// What was awarded, with what this run decides.
  private(set) var ledger: AwardLedger
  /// What kind of identifier the learners' are.
  private let identityType: Identifier
  private var random = SystemRandomNumberGenerator()

  /// Reads the rules.
  ///
  /// - Throws: ``ToolFailure`` with 65 for rules that are wrong, or ask for what is not graded: that
  ///   would revoke every badge.
  init(
    _ session: GradingSession, book path: String, ledger: AwardLedger, identityType: String
  ) throws {
    self.session = session
    self.path = path
    self.ledger = ledger
    self.identityType = Identifier(identityType)
    let document = JSONNode.object(try BadgeFile.object(path))
    do throws(BadgesError) {
      book = try AwardBook(rules: AwardBook.rules(of: document), awards: ledger.awards)
    } catch {
      throw BadgeFile.failure(error, path)
    }
    rules = Dictionary(book.rules.map { ($0.id, $0) }) { first, _ in first }
    for question in book.rules.flatMap(\.criterion.questions) {
      switch question {
      case .mastered(let target), .level(let target, oneOf: _):
        try session.check(target: target.description)
      case .gate(let name, group: _): try session.check(gate: name.text)
      default: break
      }
    }
  }

  /// Decides about every learner in turn.
  ///
  /// - Parameters:
  ///   - drafts: Where badges that are due are written, one a line.
  ///   - tell: Takes each decision, with the identifier of the badge that it is about.
  mutating func callAsFunction(
    drafts: TextFile?, isQuiet: Bool, _ tell: (AwardDecision, Identifier?) throws -> Void
  ) throws -> Tally {
    let collector = ProblemCollector()
    let bar = ProgressBar(isQuiet: isQuiet)
    defer { bar?.finish() }
    let learners = session.learners
    let form = ResultRows(session.grader, session.asOf)
    var judge = LearnerJudge(session, withTraces: false)
    var tally = Tally(report: session.report)
    for (index, learner) in learners.enumerated() {
      let results: LearnerResults
      do throws(GradingError) { results = try judge.judge(learner, form).results } catch {
        let problem = error.problem(.error)
        collector.report(
          Problem(
            .error, problem.code,
            "A learner is left out, the badges stay as they are: \(problem.message)",
            value: learner.description))
        continue
      }
      if index == 0 { try check(results.gates) }
      for decision in decisions(results) {
        tally.counts[decision.step.name, default: 0] += 1
        try tell(decision, try note(decision, drafts))
      }
      bar?.show(index + 1, of: learners.count, "learners")
    }
    let known = Set(learners)
    tally.absent = ledger.awards.count { !$0.isRevoked && !known.contains($0.learner) }
    tally.report = collector.adding(to: session.report)
    return tally
  }

  /// Refuses a rule that asks for a gate of a group that is not answered.
  private func check(_ gates: [GateResult]) throws {
    for case .gate(let name, let group) in book.rules.flatMap(\.criterion.questions)
    where !gates.contains(where: { $0.name == name && $0.group == group }) {
      let groups = gates.filter { $0.name == name }.compactMap(\.group?.text)
      throw ToolFailure(
        65,
        "\(path): the gate '\(name)' is answered "
          + (groups.isEmpty ? "for no group" : "for the groups \(groups.joined(separator: ", "))")
          + "; name \(groups.isEmpty ? "none" : "one of them")")
    }
  }

  /// Writes the badge that is due, and notes what became of the learner's badges.
  ///
  /// - Returns: The identifier of the badge that a decision is about.
  private mutating func note(_ decision: AwardDecision, _ drafts: TextFile?) throws -> Identifier? {
    switch decision.step {
    case .keep(let credential): return credential
    case .revoke(let credential):
      ledger.revoke(credential)
      return credential
    case .issue:
      guard let drafts, let rule = rules[decision.rule] else { return nil }
      let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let draft = AwardDraft.credential(
        of: rule, for: decision.learner, kind: identityType, salt: salt)
      guard let id = draft["id"]?.string else { return nil }
      try drafts.write { $0 += JSONNode.object(draft).compactBytes() + [0x0A] }
      ledger.add(Award(rule: rule.id, learner: decision.learner, credential: id))
      return id
    case .spent, .wait: return nil
    }
  }

  private func decisions(_ results: LearnerResults) -> [AwardDecision] {
    let grader = session.grader
    func basis(_ evidence: SHA256.Digest) -> MasteryResult.Basis {
      MasteryResult.Basis(policy: grader.digest, evidence: evidence, asOf: session.asOf)
    }
    let lines = results.lines.enumerated().compactMap { place, line -> MasteryResult? in
      let target = grader.targets[place].id
      let decided = results.override(of: .target(target))?.decision
      guard line != nil || decided != nil else { return nil }
      var result = MasteryResult(
        learner: results.learner, competency: target, outcome: line?.outcome ?? .notAssessed,
        level: line?.level, basis: basis(line?.evidence ?? Evidence.digest(of: [])))
      if case .level(let level)? = decided {
        result.level = level
        result.outcome = grader.policy.scale.isMastery(level) == true ? .mastered : .notYet
      }
      return result
    }
    let gates = results.gates.map { gate in
      var answer = GateAnswer(
        gate: gate.name, group: gate.group, isOpen: gate.isOpen, found: gate.found)
      if case .open(let isOpen)? = results.override(of: .gate(gate.name, group: gate.group))?
        .decision
      {
        (answer.isOpen, answer.found) = (isOpen, "\(isOpen ? "open" : "closed") by decision")
      }
      return answer
    }
    return book.decisions(for: results.learner, lines, gates: gates)
  }
}

extension GateResult {
  /// What was found, for people to read.
  fileprivate var found: String {
    let state = isOpen ? "open" : "closed"
    guard let found = node.found else { return state }
    return "\(state), \(found)" + (node.needed.map { " of \($0)" } ?? "")
  }
}

extension AwardDecision.Step {
  /// The step in one word.
  var name: String {
    switch self {
    case .issue: "issue"
    case .keep: "keep"
    case .revoke: "revoke"
    case .spent: "spent"
    case .wait: "wait"
    }
  }
}
