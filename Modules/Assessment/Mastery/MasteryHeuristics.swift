/// Mastery after some right answers in a row.
///
/// With unlimited tries it lets through learners who guess; ``MasteryRule`` has the figures.
public struct StreakRule: Hashable, Sendable {
  /// How many right answers in a row are needed.
  public var length: Int
  /// How many there are now.
  public private(set) var current = 0

  /// Creates a rule.
  public init(length: Int = 3) {
    self.length = length
  }

  /// Takes an answer.
  ///
  /// - Returns: Whether mastery is reached.
  public mutating func update(_ isRight: Bool) -> Bool {
    current = isRight ? current + 1 : 0
    return current >= length
  }
}

/// An average that forgets: mean = (1 - weight) mean + weight answer (Pelánek and Řihák 2018).
public struct MovingAverage: Hashable, Sendable {
  /// The weight of the newest answer.
  public var weight: Double
  /// The average now.
  public private(set) var value: Double

  /// Creates an average.
  public init(weight: Double = 0.2, start: Double = 0) {
    self.weight = weight
    value = start
  }

  /// Takes an answer.
  ///
  /// - Returns: The average.
  @discardableResult
  public mutating func update(_ isRight: Bool) -> Double {
    value = (1 - weight) * value + weight * (isRight ? 1 : 0)
    return value
  }
}

/// Ratings of a learner and an item that meet, after Elo (Pelánek 2016).
public struct EloPair: Hashable, Sendable {
  /// The ability of the learner, in logits.
  public var ability: Double
  /// The difficulty of the item, in logits.
  public var difficulty: Double
  /// How far an answer moves the ability.
  public var learnerStep: Double
  /// How far an answer moves the difficulty.
  public var itemStep: Double

  /// Creates ratings.
  public init(
    ability: Double = 0, difficulty: Double = 0, learnerStep: Double = 0.4, itemStep: Double = 0.1
  ) {
    self.ability = ability
    self.difficulty = difficulty
    self.learnerStep = learnerStep
    self.itemStep = itemStep
  }

  /// The probability of a right answer.
  public var chance: Double { CalibratedItem.logistic(ability - difficulty) }

  /// Takes an answer.
  ///
  /// - Returns: The probability of a right answer before it.
  @discardableResult
  public mutating func update(_ isRight: Bool) -> Double {
    let expected = chance
    let error = (isRight ? 1 : 0) - expected
    ability += learnerStep * error
    difficulty -= itemStep * error
    return expected
  }
}
