public import Domain

/// A judgement over all evidence of a target: a decision that is recorded, not a formula.
///
/// The rule says what has to be there before anybody may judge: how much evidence, of which kinds,
/// over how long a time and how fresh. Who judges then gives a level and a rationale.
public struct BodyOfEvidenceRule: Hashable, Sendable {
  /// How many pieces of evidence there have to be.
  public var count = 3
  /// The kinds of which there has to be at least one piece each.
  public var kinds: [EvidenceKind] = []
  /// How many kinds there have to be at least, whichever they are.
  public var kindCount = 1
  /// How many days have to lie between the first and the last piece.
  public var spreadDays = 0
  /// The last piece may not be older than so many days; `nil` for any age.
  public var recencyDays: Int?
  /// The purposes that count; ratings of the learner and of peers do not by default.
  public var purposes: Set<EvidencePurpose> = [.formative, .summative]
  /// Evidence has to be vouched for at least so far.
  public var trust = Trust.claimed

  /// Creates a rule: three pieces of any kind.
  public init() {}

  /// What a body of evidence lacks.
  public struct Lack: Hashable, Sendable, CustomStringConvertible {
    /// What was found, what is wanted, and how to repair it.
    public var description: String
  }

  /// Looks at the evidence of one learner in one target.
  ///
  /// - Parameters:
  ///   - evidence: The evidence.
  ///   - learner: Whose.
  ///   - target: The target.
  ///   - asOf: The day on which it is judged.
  public func review(
    _ evidence: [Evidence], learner: LearnerID, target: CompetencyID, asOf: CalendarDate
  ) -> BodyOfEvidence {
    let counted = evidence.filter { piece in
      piece.learner == learner && piece.competency == target && piece.state.score != nil
        && purposes.contains(piece.purpose) && piece.trust >= trust
    }
    var lacks: [Lack] = []
    func want(_ isMet: Bool, _ text: String) {
      if !isMet { lacks.append(Lack(description: text)) }
    }
    want(
      counted.count >= count,
      "There are \(counted.count) pieces of evidence that count; \(count) are wanted.")
    let found = Set(counted.map(\.kind))
    for kind in kinds { want(found.contains(kind), "A piece of the kind \(kind) is wanted.") }
    want(
      found.count >= kindCount,
      "The evidence is of \(found.count) kinds; \(kindCount) are wanted.")
    let days = counted.compactMap { $0.times.occurred.earliest(offsetMinutes: 0)?.date() }.sorted()
    if spreadDays > 0 {
      let spread = days.first.flatMap { first in days.last.map { first.days(until: $0) } } ?? 0
      want(
        spread >= spreadDays,
        "The evidence is from \(spread) days; \(spreadDays) days between first and last are wanted."
      )
    }
    if let recencyDays {
      let age = days.last.map { $0.days(until: asOf) }
      want(
        age.map { $0 <= recencyDays } ?? false,
        "The last piece is \(age.map { "\($0) days old" } ?? "missing"); at most \(recencyDays) days "
          + "are wanted.")
    }
    return BodyOfEvidence(
      learner: learner, target: target, asOf: asOf, evidence: counted.map(\.id), lacks: lacks)
  }
}

/// The evidence of a target as somebody looked at it.
public struct BodyOfEvidence: Hashable, Sendable {
  /// Whose evidence it is.
  public let learner: LearnerID
  /// The target.
  public let target: CompetencyID
  /// The day on which it was looked at.
  public let asOf: CalendarDate
  /// The evidence that counts.
  public let evidence: [EvidenceID]
  /// What is not there; with it nobody may judge.
  public let lacks: [BodyOfEvidenceRule.Lack]

  /// The decision of a person.
  public struct Decision: Hashable, Sendable {
    /// The evidence that was judged.
    public let body: BodyOfEvidence
    /// The level.
    public let level: Identifier
    /// The scale of the level.
    public let scale: ScaleID
    /// Whether the level is mastery.
    public let isMastery: Bool
    /// Who decided.
    public let decidedBy: [ID<Person>]
    /// Why.
    public let rationale: String
    /// When.
    public let recorded: Instant
  }

  /// Records a decision.
  ///
  /// - Throws: ``AssessmentError`` when something is lacking, nobody decides, the learner decides
  ///   alone, there is no rationale or no such level.
  public func decide(
    _ level: Identifier, on scale: ProficiencyScale, by persons: [ID<Person>], rationale: String,
    recorded: Instant
  ) throws(AssessmentError) -> Decision {
    guard lacks.isEmpty else {
      throw AssessmentError(
        .notEstimable,
        "The body of evidence is not complete. "
          + lacks.map(\.description).joined(separator: " "))
    }
    guard let isMastery = scale.isMastery(level) else {
      throw AssessmentError(
        .wrongValue, "\"\(level)\" is no level of scale \(scale.id).")
    }
    guard persons.contains(where: { $0.identifier != learner.identifier }) else {
      throw AssessmentError(
        .wrongValue, "A decision needs somebody besides the learner; name who decided.")
    }
    guard rationale.contains(where: { !$0.isWhitespace }) else {
      throw AssessmentError(.wrongValue, "A decision needs a rationale; write what convinced.")
    }
    return Decision(
      body: self, level: level, scale: scale.id, isMastery: isMastery, decidedBy: persons,
      rationale: rationale, recorded: recorded)
  }
}
