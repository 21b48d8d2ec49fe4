#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When something that was learnt is to be reviewed: FSRS-6 of the Open Spaced Repetition project.
///
/// Memory has a stability, the days after which recall has fallen to 90 %, and a difficulty from
/// 1 to 10. The scheduler uses no clock and no chance: the same reviews give the same times.
public struct ReviewScheduler: Hashable, Sendable {
  /// How well something was recalled.
  public enum Rating: Int, Hashable, Sendable, CaseIterable {
    /// It was forgotten.
    case again = 1
    /// It was recalled with great effort.
    case hard
    /// It was recalled.
    case good
    /// It was recalled without effort.
    case easy
  }

  /// Where a memory is on its way.
  public enum Stage: String, Hashable, Sendable {
    /// It is new, and reviewed within the hour.
    case learning = "Learning"
    /// It is reviewed after days.
    case review = "Review"
    /// It was forgotten, and is reviewed within the hour again.
    case relearning = "Relearning"
  }

  /// What is known about a memory after its last review.
  public struct Memory: Hashable, Sendable {
    /// The stability in days, at least 0.001.
    public var stability: Double
    /// The difficulty, 1 to 10.
    public var difficulty: Double
    /// Where it is on its way.
    public var stage: Stage
    /// Which of the short steps comes next, while there are any.
    public var step: Int
    /// The seconds until the next review.
    public var interval: Double
  }

  /// The 21 parameters.
  public let parameters: [Double]
  /// The probability of recall at which a review is due.
  public let retention: Double
  /// The waits of new memories, in seconds.
  public let learningSteps: [Double]
  /// The waits of forgotten memories, in seconds.
  public let relearningSteps: [Double]
  /// The longest interval, in days.
  public let longestInterval: Int

  /// The parameters that fit most people, as published with FSRS-6.
  public static let defaultParameters = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ]

  private static let day = 86_400.0
  private static let leastStability = 0.001

  /// Creates a scheduler.
  ///
  /// - Parameters:
  ///   - parameters: The 21 parameters.
  ///   - retention: The probability of recall at which a review is due.
  ///   - learningSteps: The waits of new memories, in seconds.
  ///   - relearningSteps: The waits of forgotten memories, in seconds.
  ///   - longestInterval: The longest interval, in days.
  /// - Throws: ``AssessmentError`` when there are not 21 finite parameters or a number cannot be
  ///   what it stands for.
  public init(
    parameters: [Double] = ReviewScheduler.defaultParameters, retention: Double = 0.9,
    learningSteps: [Double] = [60, 600], relearningSteps: [Double] = [600],
    longestInterval: Int = 36_500
  ) throws(AssessmentError) {
    guard parameters.count == 21, parameters.allSatisfy(\.isFinite), parameters[20] > 0 else {
      throw AssessmentError(
        .shape,
        "FSRS-6 has 21 numbers, the last above 0; \(parameters.count) were found. Parameters of "
          + "older versions do not fit.")
    }
    guard retention > 0, retention < 1, longestInterval >= 1,
      (learningSteps + relearningSteps).allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw AssessmentError(
        .wrongValue,
        "The retention \(retention) has to be between 0 and 1, waits above 0 and the longest "
          + "interval at least 1 day.")
    }
    self.parameters = parameters
    self.retention = retention
    self.learningSteps = learningSteps
    self.relearningSteps = relearningSteps
    self.longestInterval = longestInterval
  }

  private var decay: Double { -parameters[20] }
  private var factor: Double { pow(0.9, 1 / decay) - 1 }

  /// The probability of recall some days after the last review.
  ///
  /// - Parameters:
  ///   - memory: What is known.
  ///   - days: Whole days since the last review.
  public func retrievability(of memory: Memory, afterDays days: Int) -> Double {
    pow(1 + factor * Double(max(0, days)) / memory.stability, decay)
  }

  /// Takes a review.
  ///
  /// - Parameters:
  ///   - memory: What was known before; `nil` at the first review.
  ///   - rating: How well it was recalled.
  ///   - seconds: Seconds since the last review.
  /// - Returns: What is known now, with the time until the next review.
  public func review(
    _ memory: Memory?, rating: Rating, afterSeconds seconds: Double = 0
  ) -> Memory {
    guard var next = memory else {
      let first = Memory(
        stability: max(Self.leastStability, parameters[rating.rawValue - 1]),
        difficulty: Self.bounded(firstDifficulty(rating)), stage: .learning, step: 0, interval: 0)
      return scheduled(first, rating)
    }
    let days = Int(max(0, min(seconds, 1e12)) / Self.day)
    next.stability =
      days < 1
      ? shortTermStability(next.stability, rating)
      : longTermStability(next, rating, recall: retrievability(of: next, afterDays: days))
    next.difficulty = difficulty(after: next.difficulty, rating)
    return scheduled(next, rating)
  }

  private func firstDifficulty(_ rating: Rating) -> Double {
    parameters[4] - exp(parameters[5] * Double(rating.rawValue - 1)) + 1
  }

  private static func bounded(_ difficulty: Double) -> Double { min(10, max(1, difficulty)) }

  private func difficulty(after difficulty: Double, _ rating: Rating) -> Double {
    let change = -(parameters[6] * Double(rating.rawValue - 3))
    let damped = difficulty + (10 - difficulty) * change / 9
    let target = firstDifficulty(.easy)
    return Self.bounded(parameters[7] * target + (1 - parameters[7]) * damped)
  }

  private func shortTermStability(_ stability: Double, _ rating: Rating) -> Double {
    var growth =
      exp(parameters[17] * (Double(rating.rawValue - 3) + parameters[18]))
      * pow(stability, -parameters[19])
    if rating.rawValue >= Rating.good.rawValue { growth = max(1, growth) }
    return max(Self.leastStability, stability * growth)
  }

  private func longTermStability(_ memory: Memory, _ rating: Rating, recall: Double) -> Double {
    let w = parameters
    let stability = memory.stability
    guard rating != .again else {
      let long =
        w[11] * pow(memory.difficulty, -w[12]) * (pow(stability + 1, w[13]) - 1)
        * exp((1 - recall) * w[14])
      let short = stability / exp(w[17] * w[18])
      return max(Self.leastStability, min(long, short))
    }
    let effort = (rating == .hard ? w[15] : 1) * (rating == .easy ? w[16] : 1)
    let growth =
      exp(w[8]) * (11 - memory.difficulty) * pow(stability, -w[9])
      * (exp((1 - recall) * w[10]) - 1) * effort
    return max(Self.leastStability, stability * (1 + growth))
  }

  /// Puts a memory on its next stage and sets the time of its next review.
  private func scheduled(_ memory: Memory, _ rating: Rating) -> Memory {
    var next = memory
    let steps: [Double]
    switch memory.stage {
    case .review:
      if rating == .again, let first = relearningSteps.first {
        (next.stage, next.step, next.interval) = (.relearning, 0, first)
      } else {
        next.interval = days(next.stability)
      }
      return next
    case .learning: steps = learningSteps
    case .relearning: steps = relearningSteps
    }
    guard !steps.isEmpty, memory.step < steps.count || rating == .again else {
      return graduated(next)
    }
    switch rating {
    case .again: (next.step, next.interval) = (0, steps[0])
    case .hard where memory.step == 0:
      next.interval = steps.count == 1 ? steps[0] * 1.5 : (steps[0] + steps[1]) / 2
    case .hard: next.interval = steps[memory.step]
    case .good where memory.step + 1 < steps.count:
      next.step += 1
      next.interval = steps[next.step]
    case .good, .easy: return graduated(next)
    }
    return next
  }

  private func graduated(_ memory: Memory) -> Memory {
    var next = memory
    (next.stage, next.step, next.interval) = (.review, 0, days(memory.stability))
    return next
  }

  /// The interval, in seconds, after which recall has fallen to the wanted retention.
  private func days(_ stability: Double) -> Double {
    let days = stability / factor * (pow(retention, 1 / decay) - 1)
    let whole = days.rounded(.toNearestOrEven)
    return min(Double(longestInterval), max(1, whole)) * Self.day
  }
}
