import Domain

/// What a policy says about observations: the method's number with level and outcome.
struct Judgement {
  var outcome: MasteryResult.Outcome
  var number: Rational?
  var shown: ExactDecimal?
  var level: Identifier?
  var steps: [Rational] = []

  init(_ result: MasteryResult) {
    outcome = result.outcome
    number = result.number
    level = result.level
  }

  init(outcome: MasteryResult.Outcome, number: Rational?, steps: [Rational]) {
    self.outcome = outcome
    self.number = number
    self.steps = steps
  }

  /// Whether a level is reached; without one, whether the target is mastered.
  func reaches(_ level: Identifier?, _ policy: Policy) -> Bool {
    guard outcome != .notAssessed else { return false }
    guard let level else { return outcome == .mastered }
    guard let own = self.level.flatMap({ policy.scale.rank(of: $0) }),
      let asked = policy.scale.rank(of: level)
    else { return false }
    return own >= asked
  }
}

extension Policy {
  /// Judges observations.
  func judgement(
    of observations: [Observation], requirementsMet: Bool
  ) throws(GradingError) -> Judgement {
    guard observations.count >= minimum, requirementsMet else {
      return Judgement(outcome: .notAssessed, number: nil, steps: [])
    }
    let outcome = try outcome(of: observations)
    guard let number = outcome.number else {
      return Judgement(
        outcome: outcome.state == .notYet ? .notYet : .notAssessed, number: nil,
        steps: outcome.steps)
    }
    let shown: ExactDecimal
    do throws(DomainError) { shown = try number.rounded(places: rounding.places) } catch {
      throw GradingError(error)
    }
    let compared = rounding.beforeCut ? Rational(shown) : number
    var judgement = Judgement(
      outcome: compared >= cutNumber ? .mastered : .notYet, number: number, steps: outcome.steps)
    judgement.shown = shown
    judgement.level = level(reachedBy: compared)?.label
    return judgement
  }
}
