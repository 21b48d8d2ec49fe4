#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Mastery after some right answers in a row.
///
/// With unlimited tries it lets through learners who guess: at a chance of .5, three in a row come
/// within 10 tries in 51 % and within 20 in 79 % of cases.
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

  /// The probability that the rule is met within some tries at a fixed chance of a right answer.
  ///
  /// - Parameters:
  ///   - tries: How many answers there may be.
  ///   - chance: The chance of a right answer.
  /// - Complexity: O(*tries* * *length*).
  public func passRate(tries: Int, chance: Double) -> Double {
    var states = [Double](repeating: 0, count: max(1, length))
    states[0] = 1
    var passed = 0.0
    for _ in 0..<max(0, tries) {
      passed += states[length - 1] * chance
      let failed = states.reduce(0, +) * (1 - chance)
      for place in stride(from: length - 1, to: 0, by: -1) {
        states[place] = states[place - 1] * chance
      }
      states[0] = failed
    }
    return passed
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

/// The chance that a rule of *k* of *n* right answers passes a learner (binomial).
public struct QuizRule: Hashable, Sendable {
  /// How many right answers are needed.
  public var needed: Int
  /// How many questions there are.
  public var questions: Int

  /// Creates a rule.
  public init(_ needed: Int, of questions: Int) {
    self.needed = needed
    self.questions = questions
  }

  /// The probability of passing at a fixed chance of a right answer.
  public func passRate(chance: Double) -> Double {
    guard needed > 0 else { return 1 }
    guard needed <= questions else { return 0 }
    return (needed...questions).reduce(0) { sum, k in
      sum + exp(SpecialFunctions.logChoose(questions, k))
        * pow(chance, Double(k)) * pow(1 - chance, Double(questions - k))
    }
  }

  /// The share that a learner must master of each of some targets to master all of them with the
  /// wanted probability: .98 for ten targets and .82.
  ///
  /// - Parameters:
  ///   - targets: How many targets all must be mastered.
  ///   - goal: The wanted probability of all.
  public static func neededPerTarget(targets: Int, goal: Double) -> Double {
    pow(goal, 1 / Double(max(1, targets)))
  }
}
