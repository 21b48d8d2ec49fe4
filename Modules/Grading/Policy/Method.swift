public import Domain

/// How the observations of one target become one number.
///
/// Scores are `s1 ... sn`, oldest first in the order of the policy's ``Policy/Order``. All
/// arithmetic is exact but that of ``powerLaw(zero:)`` and ``knowledgeTracing(_:)``.
public enum Method: Hashable, Sendable {
  /// Which score stands when several come equally often.
  public enum Tie: String, Hashable, Sendable, CaseIterable {
    /// The highest of them.
    case highest
    /// The lowest of them.
    case lowest
    /// The one that was seen last.
    case latest
  }

  /// What stands in the middle of an even number of scores.
  public enum Middle: String, Hashable, Sendable, CaseIterable {
    /// The mean of the two in the middle.
    case mean
    /// The lower of the two.
    case lower
    /// The higher of the two.
    case higher
  }

  /// `sn`.
  case latest
  /// The greatest score.
  case highest
  /// `(s1 + ... + sn) / n`.
  case mean
  /// The mean of the last scores, or of all while there are fewer.
  case meanOfLast(Int)
  /// `sum(w * s) / sum(w)`, the weight by the kind of evidence.
  ///
  /// Without any weight above zero the target is not assessed.
  case weightedMean(weights: [EvidenceKind: Rational], others: Rational)
  /// The score in the middle of the sorted scores.
  case median(middle: Middle)
  /// The score that comes most often.
  case mode(tie: Tie)
  /// `w * sn + (1 - w) * mean(s1 ... s(n-1))`; a single score stands for itself.
  case newestAgainstOlder(weight: Rational)
  /// `a1 = s1; ak = (1 - w) * a(k-1) + w * sk`.
  case exponentialDecay(weight: Rational)
  /// Mastered once at least `least` of the last `of` scores (of all without it) reach the cut.
  ///
  /// The number is the mean of the scores that reach it; before that there is none.
  case timesAtCut(least: Int, of: Int?)
  /// Mastered while at least `least` scores in a row, the newest among them, reach the cut.
  ///
  /// The number is the mean of that row; before that there is none.
  case streak(least: Int)
  /// `s1 + ... + sn`.
  case sum
  /// `100 * sum(earned) / sum(possible)`; only of evidence with points.
  case pointsShare
  /// The least-squares line of `ln s` on `ln k`, read at `k = n` (Marzano 2000; JumpRope).
  ///
  /// A single score stands for itself. Scores of zero or below have no logarithm: they are raised
  /// to `zero`, or left out without it, and `k` counts the others.
  case powerLaw(zero: Rational?)
  /// Steps up and down the scale, one observation after another, by the first rule that fits.
  ///
  /// The state starts at the lowest level; the number is that of the last state.
  case promotion([PromotionRule])
  /// A count that rises and falls with each observation, starting at the floor.
  case counter(CounterRule)
  /// Bayesian knowledge tracing with fixed parameters (Corbett and Anderson 1995).
  case knowledgeTracing(KnowledgeTracing)
}

/// One rule of ``Method/promotion(_:)``.
public struct PromotionRule: Hashable, Sendable {
  /// Only observations of these kinds; empty for all.
  public var kinds: [EvidenceKind]
  /// Only while the state is one of these levels; empty for all.
  public var from: [Identifier]
  /// Only scores of at least this.
  public var least: Rational?
  /// Only scores below this.
  public var below: Rational?
  /// What happens to the state.
  public var move: Move

  /// A change of the state.
  public enum Move: Hashable, Sendable {
    /// To this level.
    case to(Identifier)
    /// By so many levels, up or down, but not off the scale.
    case by(Int)
  }

  /// Creates a rule.
  public init(
    kinds: [EvidenceKind] = [], from: [Identifier] = [], least: Rational? = nil,
    below: Rational? = nil, move: Move
  ) {
    self.kinds = kinds
    self.from = from
    self.least = least
    self.below = below
    self.move = move
  }
}

/// The rule of ``Method/counter(_:)``.
public struct CounterRule: Hashable, Sendable {
  /// A score of at least this counts as a success.
  public var success: Rational
  /// What a success adds.
  public var gain: Rational
  /// What a failure takes away; without it the count falls back to the floor.
  public var loss: Rational?
  /// The count is never below this.
  public var floor: Rational
  /// The count is never above this.
  public var ceiling: Rational?

  /// Creates a rule.
  public init(
    success: Rational, gain: Rational, loss: Rational?, floor: Rational = 0,
    ceiling: Rational? = nil
  ) {
    self.success = success
    self.gain = gain
    self.loss = loss
    self.floor = floor
    self.ceiling = ceiling
  }
}

/// The parameters of Bayesian knowledge tracing, each a probability.
public struct KnowledgeTracing: Hashable, Sendable {
  /// A score of at least this counts as right.
  public var success: Rational
  /// That the learner knew it before the first observation.
  public var prior: Rational
  /// That it is learnt between two observations.
  public var learn: Rational
  /// That it is lost between two observations.
  public var forget: Rational
  /// That the answer is right without knowing.
  public var guess: Rational
  /// That the answer is wrong in spite of knowing.
  public var slip: Rational

  /// Creates parameters.
  public init(
    success: Rational, prior: Rational, learn: Rational, forget: Rational = 0, guess: Rational,
    slip: Rational
  ) {
    self.success = success
    self.prior = prior
    self.learn = learn
    self.forget = forget
    self.guess = guess
    self.slip = slip
  }
}
