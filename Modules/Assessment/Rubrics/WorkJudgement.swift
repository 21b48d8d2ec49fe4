public import Domain

/// What all ratings of a piece of work come to, criterion by criterion.
public struct WorkJudgement: Hashable, Sendable {
  /// One criterion with its ratings and what they come to.
  public struct Row: Hashable, Sendable {
    /// The criterion.
    public var criterion: RubricCriterion
    /// The marks of staff and experts as they were given, in the order of recording.
    public var originals: [Original]
    /// What they come to.
    public var outcome: RatingResolution.Outcome
    /// Whether the cut is reached; `nil` while it is not known. Help lowers no cut.
    public var isMastery: Bool?
    /// The marks of the learner and of peers.
    public var beside: [Original]
  }

  /// A mark with who gave it.
  public struct Original: Hashable, Sendable {
    /// Who rated.
    public var rater: ID<Person>
    /// From where it comes.
    public var stream: RatingStream
    /// The level, or `nil` when the work did not allow a judgement.
    public var level: Identifier?
  }

  /// The work.
  public let work: TaskWork
  /// The task.
  public let task: PerformanceTask
  /// The criteria, in the order of the rubric.
  public let rows: [Row]
  /// What is to be said about the ratings.
  public let findings: [Finding]

  /// Brings the ratings of a piece of work together.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - task: Its task.
  ///   - ratings: All ratings of it, in any order; a later rating of the same rater counts instead
  ///     of an earlier one, which stays among the originals.
  /// - Throws: ``AssessmentError`` when a rating is of other work, by another version of the rubric,
  ///   or a learner rated own work as staff.
  public init(
    of work: TaskWork, task: PerformanceTask, ratings: [Rating]
  ) throws(AssessmentError) {
    for rating in ratings {
      guard rating.work == work.id, work.task == task.id else {
        throw AssessmentError(
          .wrongValue, "A rating of \(rating.work) cannot count for \(work.id) of task \(task.id).")
      }
      guard rating.rubric == task.rubric.reference else {
        throw AssessmentError(
          .wrongValue,
          "The rating of \(work.id) by \(rating.rubric) cannot be read with "
            + "\(task.rubric.reference); rate again, or judge by the old version.")
      }
      let isOwn = rating.rater.identifier == work.learner.identifier
      guard !isOwn || rating.stream == .selfRating else {
        throw AssessmentError(
          .wrongValue,
          "The learner rated \(work.id) as \(rating.stream.rawValue); own work is "
            + "rated in the stream self.")
      }
    }
    let ordered = ratings.sorted {
      $0.recorded != $1.recorded ? $0.recorded < $1.recorded : $0.rater < $1.rater
    }
    self.work = work
    self.task = task
    rows = task.rubric.criteria.map { Self.row($0, ordered, work, task) }
    findings = rows.compactMap { row in
      guard case .waiting(let need) = row.outcome, need != .rating else { return nil }
      let levels = row.originals.map { $0.level?.text ?? "none" }.joined(separator: ", ")
      return Finding(
        .caution, row.criterion.id.description,
        "The ratings \(levels) are too far apart; waiting for \(need.rawValue).")
    }
  }

  private static func row(
    _ criterion: RubricCriterion, _ ratings: [Rating], _ work: TaskWork, _ task: PerformanceTask
  ) -> Row {
    var (originals, beside): ([Original], [Original]) = ([], [])
    var latest: [ID<Person>: (order: Int, rank: Int?)] = [:]
    var expert: Int?
    let scale = task.rubric.scale
    for (order, rating) in ratings.enumerated() {
      guard let mark = rating.marks.first(where: { $0.criterion == criterion.id }) else { continue }
      let original = Original(rater: rating.rater, stream: rating.stream, level: mark.level)
      guard task.counting.counts(rating.stream) else {
        beside.append(original)
        continue
      }
      originals.append(original)
      let rank = mark.level.flatMap { scale.rank(of: $0) }
      if rating.stream == .expert {
        expert = rank ?? expert
      } else {
        latest[rating.rater] = (latest[rating.rater]?.order ?? order, rank)
      }
    }
    let given = latest.values.sorted { $0.order < $1.order }
    var outcome = task.resolution.outcome(
      ranks: given.compactMap(\.rank), expert: expert, raterCount: task.raterCount, scale: scale)
    if !given.isEmpty, expert == nil, given.allSatisfy({ $0.rank == nil }) {
      outcome = .notAssessed(.insufficient)
    }
    if criterion.targets.allSatisfy({ work.replacedTargets.contains($0) }) {
      outcome = .notAssessed(.insufficient)
    }
    var isMastery: Bool?
    if case .resolved(_, let level, _) = outcome { isMastery = scale.isMastery(level) }
    return Row(
      criterion: criterion, originals: originals, outcome: outcome, isMastery: isMastery,
      beside: beside)
  }

  /// Whether nothing is waited for.
  public var isComplete: Bool {
    rows.allSatisfy { row in
      if case .waiting = row.outcome { return false }
      return true
    }
  }

  /// The evidence that the judgement is: one piece for each criterion and target.
  ///
  /// Marks of the learner and of peers are pieces of their own, with the purposes `self` and
  /// `peer`. Criteria that are waited for give none. Targets that help has replaced are not
  /// assessed.
  ///
  /// - Parameter recorded: When the evidence enters the log.
  public func evidence(recorded: Instant) -> [Evidence] {
    rows.flatMap { row in
      row.criterion.targets.flatMap { target -> [Evidence] in
        var pieces: [Evidence] = []
        if let state = state(of: row, for: target) {
          pieces.append(piece(row, target, "", state, task.purpose, .claimed, nil, recorded))
        }
        for (number, mark) in row.beside.enumerated() {
          let isOwn = mark.stream == .selfRating
          let state: EvidenceState =
            mark.level.map { .assessed(.level($0, scale: task.rubric.scale.id)) }
            ?? .notAssessed(.insufficient)
          pieces.append(
            piece(
              row, target, "/\(mark.stream.rawValue)-\(number + 1)", state,
              isOwn ? .selfAssessment : .peer, isOwn ? .selfReported : .claimed, mark.rater,
              recorded))
        }
        return pieces
      }
    }
  }

  private func state(of row: Row, for target: CompetencyID) -> EvidenceState? {
    if work.replacedTargets.contains(target) { return .notAssessed(.insufficient) }
    switch row.outcome {
    case .waiting: return nil
    case .notAssessed(let reason): return .notAssessed(reason)
    case .resolved(let number, let level, _):
      let scale = task.rubric.scale
      guard scale.hasNumbers, let decimal = number.decimal else {
        return .assessed(.level(level, scale: scale.id))
      }
      return .assessed(.number(decimal, scale: scale.id))
    }
  }

  private func piece(
    _ row: Row, _ target: CompetencyID, _ suffix: String, _ state: EvidenceState,
    _ purpose: EvidencePurpose, _ trust: Trust, _ rater: ID<Person>?, _ recorded: Instant
  ) -> Evidence {
    Evidence(
      id: ID("\(work.id)/\(row.criterion.id)/\(target)\(suffix)"), learner: work.learner,
      competency: target, state: state, kind: work.demonstration.kind, purpose: purpose,
      times: EvidenceTimes(
        occurred: work.submitted, recorded: recorded, submitted: work.submitted),
      attempt: work.attempt, assessment: ID(task.id.identifier), artefact: work.artefacts.first,
      trust: trust, rater: rater)
  }
}
