public import Domain
public import Grading

/// Judges what a learner brings along by the rule of the school that receives it.
public struct RecordImporter: Sendable {
  /// What becomes of a piece of evidence.
  public enum Fate: Hashable, Sendable {
    /// A result here is made of it.
    case counts
    /// The policy here leaves it out: the word of an omission, or `not_graded` for a target that
    /// nobody grades.
    case leftOut(String)
    /// Nobody vouches for it, so it opens no gate.
    case claimed
    /// The school that signed took it back.
    case reversed
    /// Its target has no counterpart here.
    case unmapped
    /// Its score cannot be said on the scale here.
    case untranslated(String)

    /// The fate in one word, as scripts read it.
    public var word: String {
      switch self {
      case .counts: "counts"
      case .leftOut: "left-out"
      case .claimed: "claimed"
      case .reversed: "reversed"
      case .unmapped: "unmapped"
      case .untranslated: "untranslated"
      }
    }

    /// Why, where there is more to say.
    public var reason: String? {
      switch self {
      case .leftOut(let reason), .untranslated(let reason): reason
      default: nil
      }
    }
  }

  /// A piece of evidence that arrived.
  public struct Piece: Hashable, Sendable {
    /// As it was signed.
    public var evidence: Evidence
    /// As it stands here, once for each target; none when it has no counterpart.
    public var imported: [Evidence]
    /// What becomes of it.
    public var fate: Fate
  }

  /// What an import found.
  public struct Outcome: Sendable {
    /// Every piece of evidence that the record shows, in its order: none is lost.
    public var pieces: [Piece]
    /// The results by the rule here.
    public var report: LearnerReport
    /// Claims that the holder did not show.
    public var withheld: Int
    /// Results of the other school for targets without a counterpart here.
    public var unmappedResults: [CompetencyID]

    /// How many pieces have each fate, by its word.
    public var counts: [String: Int] {
      Dictionary(pieces.map { ($0.fate.word, 1) }, uniquingKeysWith: +)
    }
  }

  /// The rule here and its targets.
  public var grader: Grader
  /// How targets and scales of the other school stand here.
  public var crosswalk: RecordCrosswalk
  /// The learner here.
  public var learner: LearnerID

  /// Creates an importer.
  ///
  /// - Throws: `DomainError` when the crosswalk names levels that the policy does not have.
  public init(
    _ grader: Grader, crosswalk: RecordCrosswalk, learner: LearnerID
  ) throws(DomainError) {
    try crosswalk.check(levelsOf: grader.policy.scale)
    self.grader = grader
    self.crosswalk = crosswalk
    self.learner = learner
  }

  /// Judges a record.
  ///
  /// Only evidence that a trusted school vouches for reaches the policy; everything else is listed
  /// with its reason.
  ///
  /// - Parameters:
  ///   - contents: What the record shows.
  ///   - isVouchedFor: Whether the record is valid and its issuer trusted.
  ///   - asOf: The point of view.
  /// - Throws: `GradingError` when the results have no room.
  public func judge(
    _ contents: RecordContents, isVouchedFor: Bool, asOf: AsOf
  ) throws(GradingError) -> Outcome {
    let reversed = Set(
      contents.events.compactMap { event in
        if case .reversed(let reversal) = event { reversal.evidence } else { nil }
      })
    var pieces = contents.evidence.map { evidence in
      piece(
        evidence, contents, isVouchedFor: isVouchedFor,
        isReversed: reversed.contains(evidence.id))
    }
    let history: EvidenceHistory
    do throws(DomainError) {
      history = try EvidenceHistory(
        pieces.filter { $0.fate == .counts }.flatMap(\.imported).map { .recorded($0) })
    } catch {
      throw GradingError(.invalidEvidence, error.message, at: error.place)
    }
    let report = try grader.report(on: learner, history: history, asOf: asOf)
    settle(&pieces, by: report)
    return Outcome(
      pieces: pieces, report: report, withheld: contents.withheld,
      unmappedResults: contents.results.map(\.target).filter {
        crosswalk.targets[$0]?.isEmpty ?? true
      })
  }

  private func piece(
    _ evidence: Evidence, _ contents: RecordContents, isVouchedFor: Bool, isReversed: Bool
  ) -> Piece {
    let counterparts = evidence.competency.flatMap { crosswalk.targets[$0] } ?? []
    guard !counterparts.isEmpty else {
      return Piece(evidence: evidence, imported: [], fate: isReversed ? .reversed : .unmapped)
    }
    let state: EvidenceState
    switch translated(evidence.state, contents.policy) {
    case .success(let translation): state = translation
    case .failure(let fault):
      return Piece(
        evidence: evidence, imported: [], fate: isReversed ? .reversed : .untranslated(fault.reason)
      )
    }
    let imported = counterparts.enumerated().map { place, target in
      var copy = evidence
      if place > 0 { copy.id = EvidenceID("\(evidence.id)@\(target)") }
      copy.learner = learner
      copy.competency = target
      copy.state = state
      if !isVouchedFor, copy.trust == .verified { copy.trust = .claimed }
      return copy
    }
    let isVerified = isVouchedFor && evidence.trust == .verified
    return Piece(
      evidence: evidence, imported: imported,
      fate: isReversed ? .reversed : isVerified ? .counts : .claimed)
  }

  private struct Untranslated: Error {
    var reason: String
  }

  private func translated(
    _ state: EvidenceState, _ policy: Policy
  ) -> Result<EvidenceState, Untranslated> {
    guard case .assessed(let score) = state else { return .success(state) }
    let label: Identifier
    let source: ScaleID
    switch score {
    case .points:
      return grader.policy.points == nil
        ? .failure(Untranslated(reason: "the policy here takes no points"))
        : .success(state)
    case .level(let found, let scale): (label, source) = (found, scale)
    case .number(let number, let scale):
      guard scale == policy.scale.id,
        let level = policy.scale.level(reachedBy: Rational(number))
      else {
        return .failure(
          Untranslated(reason: "the number \(number) is no level of the scale \(scale)"))
      }
      (label, source) = (level.label, scale)
    }
    if source == grader.policy.scale.id, grader.policy.scale.rank(of: label) != nil {
      return .success(.assessed(.level(label, scale: source)))
    }
    guard let mapping = crosswalk.scales.first(where: { $0.source == source }) else {
      return .failure(Untranslated(reason: "the crosswalk does not name the scale \(source)"))
    }
    guard let level = mapping.levels[label] else {
      return .failure(
        Untranslated(reason: "the crosswalk does not name the level \(label) of \(source)"))
    }
    return .success(.assessed(.level(level, scale: grader.policy.scale.id)))
  }

  /// What was given to the policy counts when one of its copies was used.
  private func settle(_ pieces: inout [Piece], by report: LearnerReport) {
    var graded: Set<EvidenceID> = []
    var reasons: [EvidenceID: String] = [:]
    for result in report.targets {
      graded.formUnion(result.derivation.evidence.map(\.id))
      for omission in result.derivation.leftOut {
        reasons[omission.evidence] = omission.why.word
      }
    }
    for place in pieces.indices where pieces[place].fate == .counts {
      let copies = pieces[place].imported.map(\.id)
      guard !copies.contains(where: { graded.contains($0) && reasons[$0] == nil }) else { continue }
      pieces[place].fate = .leftOut(copies.lazy.compactMap { reasons[$0] }.first ?? "not_graded")
    }
  }
}
