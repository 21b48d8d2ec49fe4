public import Domain
public import LinkedData

/// A rule by which badges are awarded.
public struct AwardRule: Hashable, Sendable {
  /// The name of the rule.
  public var id: Identifier
  /// What has to hold.
  public var criterion: AwardCriterion
  /// Whether a learner has the badge once only; otherwise a badge that was revoked is issued anew
  /// when the criterion holds again.
  public var isOnceOnly: Bool
  /// The badge, without whom it is about and without a proof.
  public var credential: JSONObject

  /// Creates a rule.
  public init(
    id: Identifier, criterion: AwardCriterion, isOnceOnly: Bool = false,
    credential: JSONObject = JSONObject()
  ) {
    self.id = id
    self.criterion = criterion
    self.isOnceOnly = isOnceOnly
    self.credential = credential
  }
}

/// A badge that was issued by a rule.
public struct Award: Hashable, Sendable {
  /// The rule.
  public var rule: Identifier
  /// Whose badge it is.
  public var learner: LearnerID
  /// The identifier of the credential.
  public var credential: Identifier
  /// Whether it was revoked.
  public var isRevoked: Bool

  /// Creates an award.
  public init(
    rule: Identifier, learner: LearnerID, credential: Identifier, isRevoked: Bool = false
  ) {
    self.rule = rule
    self.learner = learner
    self.credential = credential
    self.isRevoked = isRevoked
  }
}

/// What has to be done about a badge, and why.
public struct AwardDecision: Hashable, Sendable {
  /// What has to be done.
  public enum Step: Hashable, Sendable {
    /// The criterion holds and the learner has no badge.
    case issue
    /// The criterion holds and the learner has the badge.
    case keep(Identifier)
    /// The criterion does not hold any more: the badge has to be revoked.
    case revoke(Identifier)
    /// The badge was revoked once and is given once only.
    case spent
    /// The criterion does not hold.
    case wait
  }

  /// The rule.
  public var rule: Identifier
  /// The learner.
  public var learner: LearnerID
  /// What has to be done.
  public var step: Step
  /// Why.
  public var trace: AwardTrace
}

/// Rules with the badges that were issued by them.
///
/// Awards follow results: whenever results are worked out again, after a correction say, the same
/// call says which badges are due and which have to be revoked, with the answers that led there.
public struct AwardBook: Sendable {
  /// The rules, those that others ask for before these.
  public let rules: [AwardRule]
  private var awards: [Key: Award] = [:]

  private struct Key: Hashable {
    var rule: Identifier
    var learner: LearnerID
  }

  /// Creates a book.
  ///
  /// - Parameters:
  ///   - rules: The rules, in any order.
  ///   - awards: The badges that were issued; of those of one rule and learner the last one stands.
  /// - Throws: ``BadgesError`` with the code `document` for two rules of one name, and for rules
  ///   that ask for each other in a circle or for one that is not there.
  public init(rules: [AwardRule], awards: [Award] = []) throws(BadgesError) {
    self.rules = try Self.ordered(rules)
    for award in awards { record(award) }
  }

  /// Notes that a badge was issued or revoked.
  public mutating func record(_ award: Award) {
    awards[Key(rule: award.rule, learner: award.learner)] = award
  }

  /// Says what has to be done about the badges of a learner.
  ///
  /// - Parameters:
  ///   - learner: The learner.
  ///   - results: The learner's results; those of others are passed over.
  ///   - gates: What the gates of the policy say of the learner.
  /// - Returns: A decision for each rule, in the order of the rules.
  /// - Complexity: O(*n*) in the number of results and the size of the rules.
  public func decisions(
    for learner: LearnerID, _ results: [MasteryResult], gates: [GateAnswer] = []
  ) -> [AwardDecision] {
    var known: [CompetencyID: MasteryResult] = [:]
    for result in results where result.learner == learner { known[result.competency] = result }
    var held: Set<Identifier> = []
    return rules.map { rule in
      let trace = rule.criterion.answer(known, gates: gates, holding: held)
      let award = awards[Key(rule: rule.id, learner: learner)]
      let step = Self.step(rule, award, holds: trace.holds)
      switch step {
      case .issue, .keep: held.insert(rule.id)
      default: break
      }
      return AwardDecision(rule: rule.id, learner: learner, step: step, trace: trace)
    }
  }

  private static func step(_ rule: AwardRule, _ award: Award?, holds: Bool) -> AwardDecision.Step {
    switch (award, holds) {
    case (let award?, true) where !award.isRevoked: .keep(award.credential)
    case (let award?, false) where !award.isRevoked: .revoke(award.credential)
    case (_?, true) where rule.isOnceOnly: .spent
    case (_, true): .issue
    case (_, false): .wait
    }
  }

  private static func ordered(_ rules: [AwardRule]) throws(BadgesError) -> [AwardRule] {
    let names = Set(rules.map(\.id))
    guard names.count == rules.count else {
      throw BadgesError(.document, "Two rules of the award book have one name.")
    }
    var (done, left, order) = (Set<Identifier>(), rules, [AwardRule]())
    while !left.isEmpty {
      guard let next = left.firstIndex(where: { $0.criterion.rules.isSubset(of: done) }) else {
        throw BadgesError(
          .document,
          "The rules \(left.map(\.id.text).joined(separator: ", ")) ask for each other, or for one "
            + "that is not there.")
      }
      let rule = left.remove(at: next)
      done.insert(rule.id)
      order.append(rule)
    }
    return order
  }
}
