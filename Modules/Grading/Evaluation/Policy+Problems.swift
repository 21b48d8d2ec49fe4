public import Domain

extension Policy {
  /// What is wrong with the score of one piece of evidence under this policy.
  ///
  /// - Parameter evidence: The evidence.
  /// - Returns: A rejection when the score does not lie on its scale; a warning when the policy
  ///   counts such evidence and has no rule to read its score; `nil` when it can be read, when
  ///   there is no score, or when it is for no target.
  public func problem(with evidence: Evidence) -> Problem? {
    guard evidence.competency != nil else { return nil }
    var problem = problem(with: evidence.state, of: EvidenceTraits(evidence))
    problem?.place = evidence.provenance?.place ?? Place()
    return problem
  }

  /// What is wrong with a score for a target, as ``problem(with:)`` tells it, without a place.
  ///
  /// - Parameters:
  ///   - state: The score, or why there is none.
  ///   - traits: What decides whether the policy counts it.
  package func problem(with state: EvidenceState, of traits: EvidenceTraits) -> Problem? {
    guard let score = state.score, case .failure(let failure) = value(of: score) else {
      return nil
    }
    let value = Policy.text(of: score)
    switch failure.omission {
    case .offScale:
      return Problem(
        .rejected, "grading.off_scale",
        "The score does not lie on its scale; scale \(scale.id) goes from \(ends.lowest) to "
          + "\(ends.highest), and points are 0 or more of more than 0. Correct the score.",
        value: value)
    case .unconverted where counts.misfit(of: traits) == nil:
      return Problem(
        .warning, "grading.unconverted",
        "The score is on a scale, or a level of one, that policy \"\(id)\" does not read; add it "
          + "to \"conversions\".", value: value)
    case .pointsUnread where counts.misfit(of: traits) == nil:
      return Problem(
        .warning, "grading.points_unread",
        "The score is in points, which policy \"\(id)\" does not read; say how with \"points\", "
          + "such as \"points\": \"percent\".", value: value)
    default: return nil
    }
  }

  private var ends: (lowest: Identifier, highest: Identifier) {
    (scale.levels[0].label, scale.levels[scale.levels.count - 1].label)
  }

  private static func text(of score: Score) -> String {
    switch score {
    case .level(let label, _): label.text
    case .number(let number, _): number.description
    case .points(let earned, let possible): "\(earned) of \(possible)"
    }
  }

  /// The targets that gates name, in their order.
  public var namedTargets: [CompetencyID] {
    var seen: Set<CompetencyID> = []
    return gates.flatMap(\.gate.namedTargets).filter { seen.insert($0).inserted }
  }
}

extension Gate {
  /// Whether single pieces of evidence are asked for.
  var asksForEvidence: Bool {
    switch self {
    case .evidence: true
    case .combine(_, let gates): gates.contains(where: \.asksForEvidence)
    default: false
    }
  }

  /// The targets that this gate names one by one.
  var namedTargets: [CompetencyID] {
    switch self {
    case .combine(_, let gates): gates.flatMap(\.namedTargets)
    case .target(let id, _): [id]
    case .targets(_, .named(let ids), _), .mean(_, .named(let ids)): ids
    case .points(_, let items): items.map(\.target)
    case .evidence(let gate):
      if case .named(let ids) = gate.targets { ids } else { [] }
    default: []
    }
  }
}

extension Grader: PolicyEvaluating {
  /// Judges learners.
  ///
  /// A learner whose exact results have more digits than there is room for is left out and
  /// reported as an error.
  public func evaluate(
    _ events: [EvidenceEvent], asOf: AsOf, reporting problems: some ProblemReporter
  ) -> [MasteryResult] {
    let intake = EvidenceIntake(events, reporting: problems)
    for piece in intake.evidence {
      if let problem = policy.problem(with: piece) { problems.report(problem) }
    }
    var order: [LearnerID] = []
    var seen: Set<LearnerID> = []
    for case .recorded(let piece) in events where seen.insert(piece.learner).inserted {
      order.append(piece.learner)
    }
    var results: [MasteryResult] = []
    for learner in order {
      do throws(GradingError) {
        let report = try report(on: learner, history: intake.history(of: learner), asOf: asOf)
        results += report.targets.map(\.result)
      } catch { problems.report(error.problem(.error)) }
    }
    return results
  }
}
