public import Domain

/// A claim that something was learnt elsewhere: another school, work, a course, life.
///
/// A claim says nothing by itself. It is evidence only where somebody else has reviewed it, and
/// only for the targets that were granted.
public struct PriorLearningClaim: Hashable, Sendable, Identified {
  /// What a review found for one target.
  public enum Finding: Hashable, Sendable {
    /// The target is reached, at a level.
    case granted(Identifier)
    /// The target is not shown.
    case refused
    /// More has to be shown first.
    case moreNeeded
  }

  /// The review of one target.
  public struct Review: Hashable, Sendable {
    /// The target.
    public var target: CompetencyID
    /// What was found.
    public var finding: Finding
    /// Who reviewed.
    public var reviewer: ID<Person>
    /// Why.
    public var rationale: String
    /// Whether documents were checked at their source.
    public var isVerified: Bool
    /// When.
    public var recorded: Instant

    /// Creates a review.
    public init(
      target: CompetencyID, finding: Finding, reviewer: ID<Person>, rationale: String,
      isVerified: Bool = false, recorded: Instant
    ) {
      self.target = target
      self.finding = finding
      self.reviewer = reviewer
      self.rationale = rationale
      self.isVerified = isVerified
      self.recorded = recorded
    }
  }

  /// The identifier that our own data uses.
  public let id: ID<PriorLearningClaim>
  /// What other systems call it.
  public let externalIdentifiers: [ExternalIdentifier]
  /// Who claims.
  public let learner: LearnerID
  /// What was learnt.
  public let targets: [CompetencyID]
  /// Where, in the learner's words.
  public let source: String
  /// What is shown for it.
  public let artefacts: [ID<Artefact>]
  /// When it was learnt.
  public let occurred: PartialDate
  /// The reviews, in the order of recording; the last one of a target holds.
  public private(set) var reviews: [Review] = []

  /// Creates a claim.
  ///
  /// - Throws: ``AssessmentError`` when it is about no target or shows nothing.
  public init(
    id: ID<PriorLearningClaim>, externalIdentifiers: [ExternalIdentifier] = [],
    learner: LearnerID, targets: [CompetencyID], source: String, artefacts: [ID<Artefact>],
    occurred: PartialDate
  ) throws(AssessmentError) {
    guard !targets.isEmpty, !artefacts.isEmpty else {
      throw AssessmentError(
        .empty,
        "Claim \(id) names \(targets.count) targets and shows \(artefacts.count) artefacts; it "
          + "needs at least one of each.")
    }
    self.id = id
    self.externalIdentifiers = externalIdentifiers
    self.learner = learner
    self.targets = targets
    self.source = source
    self.artefacts = artefacts
    self.occurred = occurred
  }

  /// Adds a review.
  ///
  /// - Parameters:
  ///   - review: The review.
  ///   - scale: The scale of levels that are granted.
  /// - Throws: ``AssessmentError`` when the target is not claimed, the learner reviews, the level is
  ///   not on the scale or a rationale is missing.
  public mutating func add(_ review: Review, scale: ProficiencyScale) throws(AssessmentError) {
    guard targets.contains(review.target) else {
      throw AssessmentError(
        .wrongValue, "Claim \(id) is not about \(review.target); review one of its targets.")
    }
    guard review.reviewer.identifier != learner.identifier else {
      throw AssessmentError(
        .wrongValue, "The learner cannot review claim \(id); somebody else has to.")
    }
    guard review.rationale.contains(where: { !$0.isWhitespace }) else {
      throw AssessmentError(.wrongValue, "The review of claim \(id) needs a rationale.")
    }
    if case .granted(let level) = review.finding, scale.rank(of: level) == nil {
      throw AssessmentError(.wrongValue, "\"\(level)\" is no level of scale \(scale.id).")
    }
    reviews.append(review)
  }

  /// The review of a target that holds, or `nil` while it waits.
  public func review(of target: CompetencyID) -> Review? {
    reviews.last { $0.target == target }
  }

  /// The targets that wait for a review or for more to be shown.
  public var waiting: [CompetencyID] {
    targets.filter { target in
      guard let review = review(of: target) else { return true }
      return review.finding == .moreNeeded
    }
  }

  /// The evidence that granted targets are.
  public func evidence(scale: ProficiencyScale) -> [Evidence] {
    targets.compactMap { target in
      guard let review = review(of: target), case .granted(let level) = review.finding else {
        return nil
      }
      return Evidence(
        id: ID("\(id)/\(target)"), learner: learner, competency: target,
        state: .assessed(.level(level, scale: scale.id)), kind: .portfolio, purpose: .summative,
        times: EvidenceTimes(occurred: occurred, recorded: review.recorded),
        artefact: artefacts.first, context: "prior_learning",
        trust: review.isVerified ? .verified : .claimed, rater: review.reviewer)
    }
  }
}
