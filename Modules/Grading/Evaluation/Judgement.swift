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
    var steps: [Rational] = []
    for step in outcome.steps {
      do throws(DomainError) { steps.append(try step.nearest()) } catch {
        throw GradingError(error)
      }
    }
    guard let number = outcome.number else {
      return Judgement(
        outcome: outcome.state == .notYet ? .notYet : .notAssessed, number: nil, steps: steps)
    }
    let shown: ExactDecimal
    let nearest: Rational
    do throws(DomainError) {
      shown = try number.rounded(places: rounding.places)
      nearest = try number.nearest()
    } catch {
      throw GradingError(error)
    }
    // What is decided is decided on the exact number, also where it has too many digits to tell.
    let compared = rounding.beforeCut ? BigRational(Rational(shown)) : number
    var judgement = Judgement(
      outcome: compared >= BigRational(cutNumber) ? .mastered : .notYet, number: nearest,
      steps: steps)
    judgement.shown = shown
    judgement.level = level(reachedBy: compared)?.label
    return judgement
  }
}
