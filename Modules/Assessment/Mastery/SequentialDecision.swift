#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a sequential test says after an answer.
public enum SequentialOutcome: String, Hashable, Sendable {
  /// Ask on.
  case proceed = "continue"
  /// Above the cut.
  case mastery
  /// Below the cut.
  case nonMastery = "non-mastery"
}

/// Wald's sequential probability ratio test (1947) of mastery, after Reckase (1983).
///
/// It decides between an ability a little above and one a little below the cut, with fewer
/// questions than a fixed test needs for the same errors.
public struct SequentialTest: Hashable, Sendable {
  private let low: Double
  private let high: Double
  /// Above this log-ratio it is mastery.
  public let upper: Double
  /// Below this log-ratio it is not.
  public let lower: Double
  /// The log of the likelihood ratio now.
  public private(set) var logRatio = 0.0
  /// How many answers were taken.
  public private(set) var count = 0

  /// Creates a test.
  ///
  /// - Parameters:
  ///   - cut: The ability at the cut.
  ///   - delta: How far above and below the cut the two abilities are.
  ///   - alpha: The probability of passing at the lower one.
  ///   - beta: The probability of failing at the upper one.
  public init(cut: Double, delta: Double = 0.3, alpha: Double = 0.05, beta: Double = 0.05) {
    low = cut - delta
    high = cut + delta
    upper = log((1 - beta) / alpha)
    lower = log(beta / (1 - alpha))
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - category: The category of the answer; 1 for a right one.
  ///   - item: The item.
  /// - Returns: What the test says.
  @discardableResult
  public mutating func update(_ category: Int, _ item: CalibratedItem) -> SequentialOutcome {
    guard category >= 0, category < item.categoryCount else { return outcome }
    logRatio +=
      log(max(item.probabilities(at: high)[category], 1e-300))
      - log(max(item.probabilities(at: low)[category], 1e-300))
    count += 1
    return outcome
  }

  /// What the test says now.
  public var outcome: SequentialOutcome {
    logRatio >= upper ? .mastery : logRatio <= lower ? .nonMastery : .proceed
  }
}

/// Measurement decision theory (Rudner 2009): probabilities of levels from the answers.
///
/// For each item it needs only the share of right answers at each level, which about a hundred
/// calibrations give.
public struct LevelPosterior: Hashable, Sendable {
  /// The probabilities of the levels.
  public private(set) var probabilities: [Double]

  /// Begins with the shares of levels before any answer.
  public init(prior: [Double]) {
    let sum = prior.reduce(0, +)
    probabilities = prior.map { $0 / sum }
  }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - isRight: Whether it is right.
  ///   - chances: The chance of a right answer at each level.
  public mutating func update(_ isRight: Bool, chances: [Double]) {
    var next = zip(probabilities, chances).map { $0 * (isRight ? $1 : 1 - $1) }
    let sum = next.reduce(0, +)
    // An answer that is impossible at all levels says nothing.
    guard sum > 0 else { return }
    next = next.map { $0 / sum }
    probabilities = next
  }

  /// The most probable level; of equal ones the lowest.
  public var level: Int {
    probabilities.indices.max { left, right in
      probabilities[left] < probabilities[right]
        || (probabilities[left] == probabilities[right] && left > right)
    } ?? 0
  }

  /// How undecided the levels are, in bits.
  public var entropy: Double {
    probabilities.reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
  }
}
