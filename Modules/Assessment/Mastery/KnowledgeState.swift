/// The parameters of Bayesian knowledge tracing for one skill (Corbett and Anderson 1995).
public struct KnowledgeParameters: Hashable, Sendable {
  /// The probability that a learner knows the skill before the first answer.
  public var prior: Double
  /// The probability of learning it between two answers.
  public var learn: Double
  /// The probability of a right answer without knowing it.
  public var guess: Double
  /// The probability of a wrong answer although knowing it.
  public var slip: Double
  /// The probability of forgetting it between two answers.
  public var forget: Double

  /// Creates parameters.
  public init(prior: Double, learn: Double, guess: Double, slip: Double, forget: Double = 0) {
    self.prior = prior
    self.learn = learn
    self.guess = guess
    self.slip = slip
    self.forget = forget
  }

  /// What the parameters cannot stand for.
  ///
  /// - Parameter skill: The name of the skill.
  public func findings(_ skill: String?) -> [Finding] {
    var found: [Finding] = []
    if guess + slip >= 1 {
      found.append(
        Finding(
          .degenerate, skill,
          "guess and slip add up to \((guess + slip).rounded(places: 2)): a right answer speaks "
            + "against knowing the skill"))
    } else if guess > 0.5 || slip > 0.5 {
      found.append(
        Finding(
          .degenerate, skill,
          "guess \(guess.rounded(places: 2)) and slip \(slip.rounded(places: 2)): one above .5 "
            + "means that answers hardly show what a learner knows; bound them or mend the items"))
    }
    if learn < 0.001 {
      found.append(Finding(.boundary, skill, "learning comes out as 0: nobody gets better"))
    }
    return found
  }
}

/// How probable it is that a learner knows a skill, kept up to date answer by answer.
///
/// An answer takes a handful of multiplications and one division, whatever came before.
public struct KnowledgeState: Hashable, Sendable {
  /// The probability that the learner knows the skill before the next answer.
  public private(set) var probability: Double

  /// Begins before the first answer.
  public init(_ parameters: KnowledgeParameters) {
    probability = parameters.prior
  }

  /// The probability that the next answer is right.
  public func chance(_ parameters: KnowledgeParameters) -> Double {
    probability * (1 - parameters.slip) + (1 - probability) * parameters.guess
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - isRight: Whether it is right; `nil` for a step without an answer, in which the learner may
  ///     learn all the same.
  ///   - parameters: The parameters of the skill.
  /// - Returns: The probability that the learner knew the skill when answering.
  @discardableResult
  public mutating func update(_ isRight: Bool?, _ parameters: KnowledgeParameters) -> Double {
    var after = probability
    if let isRight {
      let known = probability * (isRight ? 1 - parameters.slip : parameters.slip)
      let unknown = (1 - probability) * (isRight ? parameters.guess : 1 - parameters.guess)
      after = known / (known + unknown)
    }
    probability = after * (1 - parameters.forget) + (1 - after) * parameters.learn
    return after
  }
}
